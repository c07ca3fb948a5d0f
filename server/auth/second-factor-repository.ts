/**
 * Second factors at rest: that somebody has one, the app's secret if there is an app, the recovery codes. (Passkeys are records of their own.) In
 * clear: whose, since when, the last step used, marks of recovery codes under a key outside the store. Sealed in the installation's drawer: the
 * secret. Each code is used up by one conditional write, so that the same one at once in two places opens one.
 */
import type { UserId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { Keyring } from '../crypto/keyring.ts'
import { createCached } from '../lib/cached.ts'
import type { Clock } from '../rooms/ports.ts'
import type { Store } from '../storage/port.ts'
import { stepsOfCode } from './totp.ts'

interface SecondFactorRecord {
  _id: UserId
  _v: number
  /** False while the secret was shown and no code of it was given yet: it is asked nowhere. */
  on: boolean
  createdAt: Date
  /** A code of this step or an earlier one is not taken (any more). */
  lastStep: number
  recoveryMarks: string[]
  /** The app's secret; null where only passkeys were set up, or no field at all: not every server writes a null into a new record. */
  sealed?: Buffer | null
  /** Beside passkeys: an app's secret that waits for its first code. */
  proposed?: { sealed: Buffer; at: Date } | null
}

export interface SecondFactorRepository {
  /** At most {@link FRESH_MS} old; at once what this process changed. */
  isOn(userId: UserId): Promise<boolean>
  /** When it was set up, how many recovery codes are left and whether there is an app; undefined while there is none. */
  summary(userId: UserId): Promise<{ since: Date; recoveryCodesLeft: number; app: boolean } | undefined>
  /** Switches it on for somebody who has a passkey. @returns false when it was on already, and the codes count for nothing */
  switchOn(userId: UserId, recoveryCodes: readonly string[]): Promise<boolean>
  /** Keeps a secret that waits for its first code, instead of one that waited before. @throws Refusal `conflict` when an app is on already */
  propose(userId: UserId, secret: Buffer): Promise<void>
  /**
   * Switches the waiting one on, if this is a code of it. Beside passkeys the recovery codes of before stay, and these count for nothing.
   * @returns `wrong`, or how the app was added
   */
  confirm(
    userId: UserId,
    code: string,
    recoveryCodes: readonly string[],
  ): Promise<'wrong' | 'first' | 'beside-passkeys'>
  /** Uses up a code of the app. @returns false when it is wrong or was used */
  spendCode(userId: UserId, code: string): Promise<boolean>
  /** Uses up a recovery code. @returns false when it is wrong or was used */
  spendRecoveryCode(userId: UserId, code: string): Promise<boolean>
  /** Instead of those there were. */
  replaceRecoveryCodes(userId: UserId, codes: readonly string[]): Promise<void>
  /** The person's passkeys too. @returns whether there was one */
  remove(userId: UserId): Promise<boolean>
}

/** So long may a change by another process stay unseen. */
const FRESH_MS = 1000
/** A secret that waits on a screen for longer was left there; the next to sit down begins anew. */
const PROPOSED_MS = 15 * 60_000

const hasApp = <R extends Pick<SecondFactorRecord, 'sealed'>>(record: R): record is R & { sealed: Buffer } =>
  (record.sealed ?? null) !== null

const contextOf = (userId: UserId) => `secondFactors|${userId}|secret`

export async function openSecondFactorRepository(options: {
  store: Store
  keyring: Keyring
  clock: Clock
}): Promise<SecondFactorRepository> {
  const { store, keyring, clock } = options
  const records = store.collection<SecondFactorRecord>('secondFactors')
  const drawer = await keyring.drawer('installation')
  const cache = createCached<UserId, boolean>({
    clock,
    ttlMs: FRESH_MS,
    maxEntries: 20_000,
    load: async userId => (await records.findOne({ _id: userId }))?.on ?? false,
  })
  const passkeys = store.collection<{ _id: string; userId: UserId }>('passkeys')
  const secretIn = (userId: UserId, sealed: Buffer) =>
    Buffer.from(drawer.openJson<string>(sealed, contextOf(userId)), 'base64url')
  const sealedSecret = (userId: UserId, secret: Buffer) =>
    drawer.sealJson(secret.toString('base64url'), contextOf(userId))
  /** As read from paper: capitals, spaces and hyphens are no difference. */
  const markOf = (userId: UserId, code: string) =>
    keyring.blindIndex('recovery-code', `${userId}\n${code.toLowerCase().replace(/[^a-z0-9]/g, '')}`)

  return {
    isOn: userId => cache.get(userId),

    async summary(userId) {
      const record = await records.findOne({ _id: userId })
      if (!record?.on) return undefined
      return {
        since: record.createdAt,
        recoveryCodesLeft: record.recoveryMarks.length,
        app: hasApp(record),
      }
    },

    async switchOn(userId, recoveryCodes) {
      await records.deleteOne({ _id: userId, on: false })
      const { upsertedCount } = await records.updateOne(
        { _id: userId },
        {
          $setOnInsert: {
            _v: 1,
            on: true,
            createdAt: new Date(clock.now()),
            lastStep: 0,
            recoveryMarks: recoveryCodes.map(one => markOf(userId, one)),
            sealed: null,
          },
        },
        { upsert: true },
      )
      cache.drop(userId)
      return upsertedCount === 1
    },

    async propose(userId, secret) {
      const proposed = { sealed: sealedSecret(userId, secret), at: new Date(clock.now()) }
      const beside = await records.updateOne({ _id: userId, on: true, sealed: null }, { $set: { proposed } })
      if (beside.matchedCount === 1) return
      // One that waits is taken away first; one that is on stays, and is in the way of the new one.
      await records.deleteOne({ _id: userId, on: false })
      const { upsertedCount } = await records.updateOne(
        { _id: userId },
        {
          $setOnInsert: {
            _v: 1,
            on: false,
            createdAt: new Date(clock.now()),
            lastStep: 0,
            recoveryMarks: [],
            sealed: proposed.sealed,
          },
        },
        { upsert: true },
      )
      if (upsertedCount === 0) throw new Refusal('conflict', 'second-factor-on')
    },

    async confirm(userId, code, recoveryCodes) {
      const now = clock.now()
      const record = await records.findOne({ _id: userId })
      const isBeside = record?.on === true && !hasApp(record)
      const waiting = isBeside
        ? record.proposed
        : record?.on === false && { sealed: record.sealed ?? null, at: record.createdAt }
      if (!record || !waiting || waiting.sealed === null || now - waiting.at.getTime() > PROPOSED_MS) {
        throw new Refusal('conflict')
      }
      const step = stepsOfCode(secretIn(userId, waiting.sealed), code, now).at(-1)
      if (step === undefined) return 'wrong'
      const _v = record._v + 1
      const { matchedCount } = isBeside
        ? await records.updateOne(
            { _id: userId, on: true, sealed: null, _v: record._v, 'proposed.at': waiting.at },
            { $set: { sealed: waiting.sealed, proposed: null, _v, lastStep: step } },
          )
        : await records.updateOne(
            // The very record whose secret was compared: a new proposal has another moment.
            { _id: userId, on: false, _v: record._v, createdAt: record.createdAt },
            {
              $set: {
                on: true,
                _v,
                createdAt: new Date(now),
                lastStep: step,
                recoveryMarks: recoveryCodes.map(one => markOf(userId, one)),
              },
            },
          )
      cache.drop(userId)
      if (matchedCount === 0) throw new Refusal('conflict')
      return isBeside ? 'beside-passkeys' : 'first'
    },

    async spendCode(userId, code) {
      const record = await records.findOne({ _id: userId })
      if (!record?.on || !hasApp(record)) return false
      const step = stepsOfCode(secretIn(userId, record.sealed), code, clock.now()).find(one => one > record.lastStep)
      if (step === undefined) return false
      const { matchedCount } = await records.updateOne(
        { _id: userId, on: true, lastStep: { $lt: step } },
        { $set: { lastStep: step } },
      )
      return matchedCount === 1
    },

    async spendRecoveryCode(userId, code) {
      const mark = markOf(userId, code)
      const { matchedCount } = await records.updateOne(
        { _id: userId, on: true, recoveryMarks: mark },
        { $pull: { recoveryMarks: mark } },
      )
      return matchedCount === 1
    },

    async replaceRecoveryCodes(userId, codes) {
      const recoveryMarks = codes.map(one => markOf(userId, one))
      await records.updateOne({ _id: userId, on: true }, { $set: { recoveryMarks } })
    },

    async remove(userId) {
      // First: a passkey that outlived the factor would count again with the next one.
      await passkeys.deleteMany({ userId })
      const { deletedCount } = await records.deleteOne({ _id: userId })
      cache.drop(userId)
      return deletedCount === 1
    },
  }
}
