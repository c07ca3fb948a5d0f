/**
 * Removing what is older than anybody must keep (SPEC AU7, AU8). Three years for all of it: look-ups need two (안전성 확보조치 기준 제8조①), rights three
 * (제5조③), and a chain with holes could not be verified. Repeated safely: the note is signed first, removing goes on from wherever it stopped.
 */
import { Refusal } from '../../shared/protocol/refusals.ts'
import { startEvery } from '../lib/every.ts'
import type { Log } from '../lib/log.ts'
import type { Clock } from '../rooms/ports.ts'
import type { Store } from '../storage/port.ts'
import type { Audit } from './audit.ts'
import type { AuditEntry, AuditRecord, ChainEnd } from './chain.ts'

export const KEPT_YEARS = 3

/** Everything at or after this moment stays. */
export function keptSince(now: number): Date {
  const day = new Date(now)
  day.setUTCFullYear(day.getUTCFullYear() - KEPT_YEARS)
  return day
}

const WINDOW = 2000

const DAY_MS = 86_400_000
/** A turn takes no more than this from the front: a clock that is years ahead for a day costs a month of records, not all of them. */
const MOST_DAYS_A_TURN = 31

type Parts = { store: Pick<Store, 'collection'>; audit: Pick<Audit, 'record' | 'beginBehind'>; now: () => number }

/** Removes what is too old, at once and from now on every day. Returns its stopper, which waits for a turn under way. */
export function startRetention(options: {
  store: Parts['store']
  audit: Parts['audit']
  clock: Clock
  log: Log
}): () => Promise<void> {
  const { store, audit, clock, log } = options
  const parts = { store, audit, now: clock.now }
  const onFailure = (error: unknown) => log.error({ error }, 'Old records of access could not be removed')
  let turn = Promise.resolve()
  const work = async () => {
    const removed = await removeOldest(parts)
    if (removed > 0) log.info({ removed }, 'Records of access older than three years were removed')
  }
  const look = () => {
    turn = work().catch(onFailure)
    return turn
  }
  void look()
  const stop = startEvery({ clock, everyMs: DAY_MS, work: look, onFailure })
  return () => {
    stop()
    return turn
  }
}

/** One turn: what nobody needs to keep any more, a month of it at the most. @returns how many */
async function removeOldest(parts: Parts): Promise<number> {
  const records = parts.store.collection<AuditRecord>('audit')
  const [oldest] = await records.find({}, { sort: { sequence: 1 }, limit: 1 }).toArray()
  const kept = keptSince(parts.now())
  if (oldest === undefined || oldest.at >= kept) return 0
  const mostOfATurn = oldest.at.getTime() + MOST_DAYS_A_TURN * DAY_MS
  return removeBefore(parts, { actor: null, address: '' }, new Date(Math.min(kept.getTime(), mostOfATurn)))
}

/**
 * Removes the records of before that moment from the front of the chain.
 * @returns how many @throws Refusal `not-allowed` (`audit-too-young`) for a moment less than three years ago
 */
export async function removeBefore(
  parts: Parts,
  by: Pick<AuditEntry, 'actor' | 'sessionId' | 'address'>,
  before: Date,
): Promise<number> {
  if (before.getTime() > keptSince(parts.now()).getTime()) {
    await parts.audit.record({ ...by, action: 'audit.remove', outcome: 'denied', reason: 'audit-too-young' })
    throw new Refusal('not-allowed', 'audit-too-young')
  }
  const records = parts.store.collection<AuditRecord>('audit')
  const last = await lastBefore(parts, before)
  if (last === undefined) return 0
  await parts.audit.record({ ...by, action: 'audit.remove', object: String(last.sequence), outcome: 'ok' })
  await parts.audit.beginBehind(last)
  return (await records.deleteMany({ sequence: { $lte: last.sequence } })).deletedCount
}

/** The last of the unbroken run of older records at the front: a clock that once went back leaves nothing younger behind it. */
async function lastBefore(
  { store }: { store: Pick<Store, 'collection'> },
  before: Date,
): Promise<ChainEnd | undefined> {
  const records = store.collection<AuditRecord>('audit')
  let last: ChainEnd | undefined
  for (;;) {
    const window = await records
      .find({ sequence: { $gt: last?.sequence ?? 0 } }, { sort: { sequence: 1 }, limit: WINDOW })
      .toArray()
    for (const { sequence, hash, at } of window) {
      if (at >= before) return last
      last = { sequence, hash }
    }
    // All of it: the record of the removing itself is the first that stays.
    if (window.length < WINDOW) return last
  }
}
