/** The record of access as the access desk reads it: of one client, of one person, of a stretch of time. Never changed from here. */
import type { Store } from '../storage/port.ts'
import type { AuditRecord } from './chain.ts'

export interface AccessLog {
  /** Of one client, the oldest first. */
  ofSubject(subject: string, from: Date): Promise<AuditRecord[]>
  /** Everything of `from` until before `to`, the oldest first, in portions. */
  during(from: Date, to: Date): AsyncIterable<AuditRecord[]>
  /** Everything behind a number, in portions. */
  behind(sequence: number): AsyncIterable<AuditRecord[]>
  /** When the oldest record was written. */
  firstAt(): Promise<Date | undefined>
}

const WINDOW = 2000

export function createAccessLog({ store }: { store: Pick<Store, 'collection'> }): AccessLog {
  const records = store.collection<AuditRecord>('audit')

  async function* behind(sequence: number): AsyncGenerator<AuditRecord[]> {
    let after = sequence
    for (;;) {
      const window = await records
        .find({ sequence: { $gt: after } }, { sort: { sequence: 1 }, limit: WINDOW })
        .toArray()
      if (window.length > 0) yield window
      if (window.length < WINDOW) return
      after = window.at(-1)?.sequence ?? after
    }
  }

  /** The number before the first record of that moment: halved, because records lie in the order of time. */
  async function numberBefore(moment: Date): Promise<number> {
    const [first] = await records.find({}, { sort: { sequence: 1 }, limit: 1 }).toArray()
    const [last] = await records.find({}, { sort: { sequence: -1 }, limit: 1 }).toArray()
    let low = (first?.sequence ?? 1) - 1
    let high = last?.sequence ?? 0
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      const record = await records.findOne({ sequence: middle })
      if (record !== null && record.at < moment) low = middle
      else high = middle - 1
    }
    return low
  }

  return {
    async ofSubject(subject, from) {
      const found = await records.find({ subject }).toArray()
      // What has no number is no part of the chain.
      return found
        .filter(({ at, sequence }) => at >= from && Number.isInteger(sequence))
        .sort((a, b) => a.sequence - b.sequence)
    },
    async *during(from, to) {
      for await (const window of behind(await numberBefore(from))) {
        const inside = window.filter(({ at }) => at >= from && at < to)
        if (inside.length > 0) yield inside
        if (window.some(({ at }) => at >= to)) return
      }
    },
    behind,
    async firstAt() {
      const [first] = await records.find({}, { sort: { sequence: 1 }, limit: 1 }).toArray()
      return first?.at
    },
  }
}
