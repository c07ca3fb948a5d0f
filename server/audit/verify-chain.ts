/**
 * Reads the chain again, in order, some thousand records at a time, and says what is not as it was written (SPEC AU5). What it is held against: the
 * hashes, the signed head and the signed note of what was removed in the store, and what is known outside it.
 */
import { type KeyObject, verify } from 'node:crypto'
import type { StoreCollection } from '../storage/port.ts'
import type { KnownEnd } from './anchor.ts'
import { type AuditRecord, type ChainEnd, isAsWritten, NO_RECORD } from './chain.ts'
import { type Checkpoint, checkpointBytes, type Head, headBytes } from './heads.ts'

export interface AuditProblem {
  sequence: number
  what:
    | 'missing'
    | 'changed'
    | 'head-missing'
    | 'head-unsigned'
    /** A head of an earlier time was put back. */
    | 'head-old'
    /** The chain is shorter than what is known outside the store. */
    | 'cut'
    | 'checkpoint-unsigned'
}

export interface ChainToVerify {
  records: StoreCollection<AuditRecord>
  chainKey: KeyObject
  publicKey: KeyObject
  head: Head | null
  checkpoint: Checkpoint | null
  /** Ends known outside the store: in memory, in the file beside the key. */
  known: readonly KnownEnd[]
  /** From this number on records have a keyed hash. */
  keyedFrom: number
  from: 'start' | 'last-head'
}

const WINDOW = 4000

export async function verifyChain(chain: ChainToVerify): Promise<AuditProblem[]> {
  const { records, chainKey, publicKey, head, checkpoint, known, keyedFrom, from } = chain
  const problems: AuditProblem[] = []
  const isHeadSigned = head !== null && verify(null, headBytes(head), publicKey, head.signature)
  if (head === null) problems.push({ sequence: 0, what: 'head-missing' })
  else if (!isHeadSigned) problems.push({ sequence: head.sequence, what: 'head-unsigned' })
  const signed = Math.max(0, ...known.map(end => end.signed))
  if (head !== null && head.sequence < signed) problems.push({ sequence: head.sequence, what: 'head-old' })
  const isNoteSigned = checkpoint !== null && verify(null, checkpointBytes(checkpoint), publicKey, checkpoint.signature)
  if (checkpoint !== null && !isNoteSigned)
    problems.push({ sequence: checkpoint.sequence, what: 'checkpoint-unsigned' })
  const begin: ChainEnd = isNoteSigned ? checkpoint : NO_RECORD

  // A head says where its record stands and which hash it has; so does everything that is known outside.
  const marks = new Map<number, Set<string>>()
  const expect = ({ sequence, hash }: ChainEnd) => {
    if (sequence > begin.sequence) marks.set(sequence, (marks.get(sequence) ?? new Set()).add(hash))
  }
  if (head && isHeadSigned) expect(head)
  for (const end of known) expect(end)

  const usesHead = from === 'last-head' && head !== null && isHeadSigned && head.sequence > begin.sequence
  const first = usesHead ? head.sequence : begin.sequence + 1
  let expected = first
  let previous: string | undefined = usesHead ? undefined : begin.hash
  let after = first - 1
  let last = begin.sequence
  let isKeyed = false
  for (;;) {
    const window = await records.find({ sequence: { $gt: after } }, { sort: { sequence: 1 }, limit: WINDOW }).toArray()
    for (const record of window) {
      const { sequence } = record
      if (sequence !== expected) problems.push({ sequence: expected, what: 'missing' })
      const isOfItsForm = record.form === 2 ? true : !isKeyed && sequence < keyedFrom
      const follows = previous === undefined || record.previous === previous
      if (!follows || !isOfItsForm || !isAsWritten(chainKey, record)) problems.push({ sequence, what: 'changed' })
      const hashes = marks.get(sequence)
      if (hashes) {
        if (hashes.size > 1 || !hashes.has(record.hash)) problems.push({ sequence, what: 'changed' })
        marks.delete(sequence)
      }
      // A cut that a start found (SPEC AU6); it is in the chain for good.
      if (record.action === 'audit.cut') problems.push({ sequence, what: 'cut' })
      isKeyed ||= record.form === 2
      expected = sequence + 1
      previous = record.hash
      last = sequence
    }
    if (window.length < WINDOW) break
    after = window.at(-1)?.sequence ?? after
  }
  for (const sequence of [...marks.keys()].sort((a, b) => a - b)) {
    if (sequence < first) continue
    const isOfHead = head !== null && sequence === head.sequence
    problems.push({ sequence, what: isOfHead ? 'head-missing' : sequence > last ? 'cut' : 'missing' })
  }
  return problems
}
