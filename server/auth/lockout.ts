/**
 * Wrong passwords in a row (안전성 확보조치 기준 제5조⑥). Each try is counted before the password is looked at, in one atomic write, so that
 * many at once get no more tries than one after the other. Kept by the login's keyed mark, whether there is such an account or not: a
 * stranger learns nothing from being locked out.
 */
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { Clock } from '../rooms/ports.ts'
import type { Store } from '../storage/port.ts'

interface AttemptsRecord {
  _id: string
  failures: number
  lockedUntil: Date | null
  expiresAt: Date
}

/** A row of failures is forgotten after a day. */
const REMEMBER_MS = 86_400_000

export interface Lockout {
  /** Counts one try. @throws Refusal `account-locked` */
  begin(loginHash: string): Promise<void>
  /** The password was right. */
  clear(loginHash: string): Promise<void>
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
    async begin(loginHash) {
      const now = clock.now()
      if (await lockedUntil(loginHash)) throw new Refusal('account-locked')
      // A lock that has run out begins a new row.
      await records.updateOne(
        { _id: loginHash, lockedUntil: { $lte: new Date(now) } },
        { $set: { failures: 0, lockedUntil: null } },
      )
      const counted = await records.findOneAndUpdate(
        { _id: loginHash },
        {
          $inc: { failures: 1 },
          $set: { expiresAt: new Date(now + REMEMBER_MS) },
          $setOnInsert: { lockedUntil: null },
        },
        { upsert: true, returnDocument: 'after' },
      )
      const failures = counted?.failures ?? 1
      // The last try that is allowed locks already; if it is the right password, `clear` opens again.
      if (failures >= attempts) {
        await records.updateOne({ _id: loginHash }, { $max: { lockedUntil: new Date(now + lockMs) } })
      }
      if (failures > attempts) throw new Refusal('account-locked')
    },
    async clear(loginHash) {
      await records.deleteOne({ _id: loginHash })
    },
    async removeExpired() {
      await records.deleteMany({ expiresAt: { $lte: new Date(clock.now()) } })
    },
  }
}
