/**
 * One server at a time on one database. The embedded store has its folder's lock; a database can be reached from anywhere, so whoever serves from
 * it keeps a record fresh, and a second server is told in words instead of writing beside the first. (Several nodes on one database need
 * what comes with them: a log that all of them read.)
 *
 * Clocks of two machines are never compared: a lease is over when it was seen unchanged for the whole of its time.
 */
import { hostname } from 'node:os'
import type { Clock } from '../rooms/ports.ts'
import { isDuplicateKey, type Store } from './port.ts'

export interface LeaseHolder {
  host: string
  pid: number
}

interface LeaseRecord extends LeaseHolder {
  _id: string
  /** Another one for each start, so that a process never takes an earlier one's lease for its own. */
  holder: string
  /** Counts up with each renewal. */
  beat: number
}

const LEASE = 'serving'
export const RENEW_MS = 3_000
/** Three missed renewals and a bit. */
export const LEASE_MS = 10_000
const LOOK_MS = 1_000

/** Another server works on this database; the message says which and what to do. */
export class AlreadyServing extends Error {
  override name = 'AlreadyServing'
}

export interface ServingLease {
  /** Gives the lease back, so that the next server need not wait. */
  close(): Promise<void>
}

/**
 * Resolves when this server may serve: at once when nobody does, or when the last one on this machine is dead; after {@link LEASE_MS} when
 * one elsewhere ended without a word. @throws {AlreadyServing} when another one is alive
 */
export async function openServingLease(options: {
  store: Store
  clock: Clock
  holder: string
  isAlive: (pid: number) => boolean
  /** The lease was taken by another: nothing more may be written. */
  onLost: () => void
  self?: LeaseHolder
}): Promise<ServingLease> {
  const { store, clock, holder, isAlive, onLost } = options
  const self = options.self ?? { host: hostname(), pid: process.pid }
  const leases = store.collection<LeaseRecord>('installation')
  const pause = (ms: number) => new Promise<void>(resolve => clock.after(ms, resolve))

  async function take(seen: LeaseRecord): Promise<boolean> {
    const { holder: before, beat } = seen
    const mine = { ...self, holder, beat: beat + 1 }
    return (await leases.updateOne({ _id: LEASE, holder: before, beat }, { $set: mine })).modifiedCount === 1
  }

  async function acquire(): Promise<void> {
    let watched: { record: LeaseRecord; since: number } | undefined
    for (;;) {
      const record = await leases.findOne({ _id: LEASE })
      if (record === null) {
        try {
          await leases.insertOne({ _id: LEASE, ...self, holder, beat: 1 })
          return
        } catch (error) {
          if (!isDuplicateKey(error)) throw error
          continue
        }
      }
      const isDead = record.host === self.host && (record.pid === self.pid || !isAlive(record.pid))
      if (watched === undefined || watched.record.holder !== record.holder) {
        watched = { record, since: clock.now() }
      } else if (watched.record.beat !== record.beat) {
        throw new AlreadyServing(
          `Another Dure serves from this database: process ${record.pid} on ${record.host}. ` +
            'Stop it first, or give this one a database of its own.',
        )
      }
      if ((isDead || clock.now() - watched.since >= LEASE_MS) && (await take(record))) return
      await pause(LOOK_MS)
    }
  }

  await acquire()
  let isOver = false
  let stopTimer = () => {}
  const renewLater = () => {
    stopTimer = clock.after(RENEW_MS, () => void renew())
  }
  async function renew(): Promise<void> {
    try {
      const renewed = await leases.updateOne({ _id: LEASE, holder }, { $inc: { beat: 1 } })
      if (renewed.matchedCount === 0 && !isOver) {
        isOver = true
        onLost()
      }
    } catch {
      // The database is away: nothing can be written now by anybody, and the next renewal tells whether somebody came between.
    }
    if (!isOver) renewLater()
  }
  renewLater()

  return {
    async close() {
      if (isOver) return
      isOver = true
      stopTimer()
      await leases.deleteOne({ _id: LEASE, holder })
    },
  }
}

/** Whether a process of this machine is there, whoever owns it. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
