/**
 * Reads the chain again, in order, some hundred records at a time, and says what is not as it was written (SPEC AU5). What it is held against: the
 * hashes, the signed head and the signed note of what was removed in the store, and what is known outside it.
 */
import { type KeyObject, verify } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { StoreCollection } from '../storage/port.ts'
import type { KnownEnd } from './anchor.ts'
import {
  AFTER_NAMES,
  type AuditRecord,
  type ChainEnd,
  type ChainKey,
  idOfRecord,
  isAsWritten,
  NO_RECORD,
} from './chain.ts'
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
    /** Something lies beside the chain. */
    | 'added'
    | 'checkpoint-unsigned'
}

export interface ChainToVerify {
  records: StoreCollection<AuditRecord>
  chainKey: ChainKey
  publicKey: KeyObject
  head: Head | null
  checkpoint: Checkpoint | null
  /** Ends known outside the store: in memory, in the file beside the key. */
  known: readonly KnownEnd[]
  /** From this number on records have a keyed hash. */
  keyedFrom: number
  from: 'start' | 'last-head'
}

/** Few, so that what was read is done with before the collector looks: with 4,000 a third of the time was spent on copying them about. */
const WINDOW = 500

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
  // Where reading begins at a head, its own record is known by its hash alone.
  let previous: string | undefined = usesHead ? undefined : begin.hash
  let last = begin.sequence
  let read = 0
  for await (const window of inOrder(records, first, keyedFrom)) {
    for (const record of window) {
      const { sequence } = record
      if (sequence !== expected) problems.push({ sequence: expected, what: 'missing' })
      const isOfItsForm = (record.form === 2) === sequence >= keyedFrom
      const isWhole = previous === undefined || isAsWritten(chainKey, record, previous)
      if (!isOfItsForm || !isWhole) problems.push({ sequence, what: 'changed' })
      const hashes = marks.get(sequence)
      if (hashes) {
        if (hashes.size > 1 || !hashes.has(record.hash)) problems.push({ sequence, what: 'changed' })
        marks.delete(sequence)
      }
      // A cut that a start found (SPEC AU6); it is in the chain for good.
      if (record.action === 'audit.cut') problems.push({ sequence, what: 'cut' })
      expected = sequence + 1
      previous = record.hash
      last = sequence
      read += 1
    }
  }
  // Whatever lies beside the chain under another name was put there by somebody else. What has no number is read by nobody (`access-log.ts`).
  const inRange = await records.countDocuments({ sequence: { $gte: first } })
  if (inRange !== read) problems.push({ sequence: last, what: 'added' })
  for (const sequence of [...marks.keys()].sort((a, b) => a - b)) {
    if (sequence < first) continue
    const isOfHead = head !== null && sequence === head.sequence
    problems.push({ sequence, what: isOfHead ? 'head-missing' : sequence > last ? 'cut' : 'missing' })
  }
  return problems
}

/** The records from a number on. Those of form 2 lie in the order of their names, which are read without looking into an index. */
async function* inOrder(
  records: StoreCollection<AuditRecord>,
  first: number,
  keyedFrom: number,
): AsyncGenerator<AuditRecord[]> {
  let from = first
  while (from < keyedFrom) {
    const window = await records
      .find({ sequence: { $gte: from, $lt: keyedFrom } }, { sort: { sequence: 1 }, limit: WINDOW })
      .toArray()
    if (window.length > 0) yield window
    if (window.length < WINDOW) break
    await nextTurn()
    from = (window.at(-1)?.sequence ?? from) + 1
  }
  let after = idOfRecord(Math.max(first, keyedFrom) - 1)
  for (;;) {
    // Names of form 2 begin with a letter, those of form 1 with a digit.
    const window = await records
      .find({ _id: { $gt: after, $lt: AFTER_NAMES } }, { sort: { _id: 1 }, limit: WINDOW })
      .toArray()
    if (window.length > 0) yield window
    if (window.length < WINDOW) return
    // One window is one reading of the store, which gives the others their turn only within a longer one.
    await nextTurn()
    after = window.at(-1)?._id ?? after
  }
}
