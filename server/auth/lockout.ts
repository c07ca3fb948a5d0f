/**
 * Wrong passwords in a row (안전성 확보조치 기준 제5조⑥). Each try is counted before the password is looked at, in one atomic write, so that
 * many at once get no more tries than one after the other. Kept by the login's keyed mark, whether there is such an account or not: a
 * stranger learns nothing from being locked out.
 *
 * Wrong codes of a second factor lock the same account and are counted apart: who has the password must not wipe them away by giving it again.
 */
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { Clock } from '../rooms/ports.ts'
import type { Store } from '../storage/port.ts'

interface AttemptsRecord {
  _id: string
  /** Wrong passwords. */
  failures: number
  /** Wrong codes after a right password. */
  codeFailures: number
  lockedUntil: Date | null
  expiresAt: Date
}

/** A row of failures is forgotten after a day. */
const REMEMBER_MS = 86_400_000

/** What is being tried. */
export type Tried = 'password' | 'code'

export interface Lockout {
  /** Counts one try. @throws Refusal `account-locked` */
  begin(loginHash: string, tried?: Tried): Promise<void>
  /** The password was right: wrong ones are forgotten, wrong codes are not. */
  clear(loginHash: string): Promise<void>
  /** Everything is forgotten: the code was right too, or an administrator vouches for the person. */
  clearAll(loginHash: string): Promise<void>
  /** Until when the account is locked, or null. */
  lockedUntil(loginHash: string): Promise<Date | null>
  removeExpired(): Promise<void>
}

export function createLockout(options: { store: Store; clock: Clock; attempts: number; lockMs: number }): Lockout {
  const { store, clock, attempts, lockMs } = options
  const records = store.collection<AttemptsRecord>('signInAttempts')

  async function lockedUntil(loginHash: string): Promise<Date | null> {
    const known = await records.findOne({ _id: loginHash })
    return known?.lockedUntil && known.lockedUntil.getTime() > clock.now() ? known.lockedUntil : null
  }

  return {
    lockedUntil,
    async begin(loginHash, tried = 'password') {
      const now = clock.now()
      if (await lockedUntil(loginHash)) throw new Refusal('account-locked')
      // A lock that has run out begins a new row.
      await records.updateOne(
        { _id: loginHash, lockedUntil: { $lte: new Date(now) } },
        { $set: { failures: 0, codeFailures: 0, lockedUntil: null } },
      )
      const isPassword = tried === 'password'
      const counted = await records.findOneAndUpdate(
        { _id: loginHash },
        {
          $inc: { failures: isPassword ? 1 : 0, codeFailures: isPassword ? 0 : 1 },
          $set: { expiresAt: new Date(now + REMEMBER_MS) },
          $setOnInsert: { lockedUntil: null },
        },
        { upsert: true, returnDocument: 'after' },
      )
      const failures = (isPassword ? counted?.failures : counted?.codeFailures) ?? 1
      // The last try that is allowed locks already; if it is the right one, `clear` opens again.
      if (failures >= attempts) {
        await records.updateOne({ _id: loginHash }, { $max: { lockedUntil: new Date(now + lockMs) } })
      }
      if (failures > attempts) throw new Refusal('account-locked')
    },
    async clear(loginHash) {
      const { deletedCount } = await records.deleteOne({ _id: loginHash, codeFailures: 0 })
      if (deletedCount > 0) return
      // A lock by codes stays: only one by the password's own last try is taken back.
      await records.updateOne(
        { _id: loginHash, codeFailures: { $lt: attempts } },
        { $set: { failures: 0, lockedUntil: null } },
      )
    },
    async clearAll(loginHash) {
      await records.deleteOne({ _id: loginHash })
    },
    async removeExpired() {
      await records.deleteMany({ expiresAt: { $lte: new Date(clock.now()) } })
    },
  }
}
