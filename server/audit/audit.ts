/**
 * The record of access (접속기록) and of what was done (SPEC.md). One writer appends to one chain: each entry's hash covers the one before, heads are
 * signed at short intervals, and an entry is durable before the caller goes on, so content is not shown when it could not be recorded.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Keyring } from '../crypto/keyring.ts'
import type { Store } from '../storage/port.ts'
import { type Anchor, type KnownEnd, openAnchor } from './anchor.ts'
import { type AuditEntry, type AuditRecord, type ChainEnd, chained, NO_RECORD } from './chain.ts'
import { openChainKey, openHeads } from './heads.ts'
import { type AuditProblem, verifyChain } from './verify-chain.ts'

export type { AuditEntry, AuditRecord } from './chain.ts'
export type { AuditProblem } from './verify-chain.ts'

export interface Audit {
  /** Durable when it resolves. Rejects when it could not be written: the caller must then not go on. */
  record(entry: AuditEntry): Promise<void>
  /** Does the work and says whose data it put on record, so that a boundary can make up for what was forgotten. */
  watch<T>(work: () => Promise<T>): Promise<{ value: T; subjects: ReadonlySet<string> }>
  /** Reads the whole chain, or what follows the last signed head; empty when all is as it was written. */
  verify(from?: 'start' | 'last-head'): Promise<AuditProblem[]>
  /** Notes, signed, that the chain begins behind this record from now on, before the front is removed (`retention.ts`). */
  beginBehind(end: ChainEnd): Promise<void>
  close(): Promise<void>
}

export interface AuditOptions {
  store: Store
  keyring: Keyring
  now: () => number
  /** Outside the store, beside the key file; left out, only the store itself speaks for its end. */
  anchorFile?: string
  /** The file could not be opened or written: from then on cuts of the tail are found only while this process runs. */
  onAnchorLost?: (error: unknown) => void
}

/** A head is signed after so many entries, and when the chain closes. */
const ENTRIES_PER_HEAD = 100

export async function openAudit(options: AuditOptions): Promise<Audit> {
  const { store, keyring, now, anchorFile, onAnchorLost } = options
  const records = store.collection<AuditRecord>('audit')
  const heads = await openHeads(store, keyring)
  const checkpoint = await heads.checkpoint()

  let end: ChainEnd = await lastOf(checkpoint ?? NO_RECORD)
  const { key, keyedFrom, isNew } = await openChainKey(store, keyring, end.sequence)
  let signedUpTo = (await heads.head())?.sequence ?? 0
  let anchor = anchorFile === undefined ? undefined : anchored(anchorFile)
  const before = anchor?.known

  const watching = new AsyncLocalStorage<Set<string>>()
  let waiting: { entry: AuditEntry; at: Date; done: () => void; failed: (error: unknown) => void }[] = []
  let writing: Promise<void> | undefined

  function anchored(file: string): Anchor | undefined {
    try {
      return openAnchor(file, key)
    } catch (error) {
      onAnchorLost?.(error)
      return undefined
    }
  }

  function keepEnd(): void {
    try {
      anchor?.keep({ ...end, signed: signedUpTo })
    } catch (error) {
      anchor?.close()
      anchor = undefined
      onAnchorLost?.(error)
    }
  }

  async function lastOf(fallback: ChainEnd): Promise<ChainEnd> {
    const [last] = await records.find({}, { sort: { sequence: -1 }, limit: 1 }).toArray()
    const isBehind = last !== undefined && last.sequence >= fallback.sequence
    return isBehind ? { sequence: last.sequence, hash: last.hash } : { ...fallback }
  }

  // One writer: entries that arrive while a write is on its way leave together in the next.
  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      let next = end
      const written = batch.map(({ entry, at }) => {
        const record = chained(key, entry, at, next)
        next = record
        return record
      })
      try {
        await records.insertMany(written)
      } catch (error) {
        for (const one of batch) one.failed(error)
        await reread()
        continue
      }
      end = { sequence: next.sequence, hash: next.hash }
      if (end.sequence - signedUpTo >= ENTRIES_PER_HEAD) await signHead().catch(() => undefined)
      keepEnd()
      for (const one of batch) one.done()
    }
    // In the same step as the last look at `waiting`: an entry that arrives later must find no writer and start one.
    writing = undefined
  }

  // A failed write may have got some of its entries down; the chain goes on from what is really there.
  async function reread(): Promise<void> {
    end = await lastOf(end).catch(() => end)
  }

  async function signHead(): Promise<void> {
    const { sequence } = end
    await heads.signHead(end, new Date(now()))
    signedUpTo = sequence
  }

  function record(entry: AuditEntry): Promise<void> {
    const subjects = watching.getStore()
    return new Promise((resolve, failed) => {
      const done = () => {
        if (entry.subject !== undefined) subjects?.add(entry.subject)
        resolve()
      }
      waiting.push({ entry, at: new Date(now()), done, failed })
      writing ??= writeAll()
    })
  }

  if (isNew) {
    await signHead()
    keepEnd()
  } else if (anchor !== undefined && before === undefined) {
    // Somebody removed the file on purpose, e.g. after restoring a backup, or this is another machine.
    await record({ actor: null, address: '', action: 'audit.begin', object: String(end.sequence), outcome: 'ok' })
  } else if (before !== undefined && before.sequence > end.sequence) {
    const lost = `${end.sequence + 1}-${before.sequence}`
    await record({ actor: null, address: '', action: 'audit.cut', object: lost, outcome: 'failed', reason: 'cut' })
  }

  return {
    record,
    async watch(work) {
      const subjects = new Set<string>()
      return { value: await watching.run(subjects, work), subjects }
    },
    async verify(from = 'start') {
      await writing
      // What was there when this process began, and where it has come to since.
      const known: KnownEnd[] = [{ ...end, signed: signedUpTo }]
      if (before !== undefined && before.sequence <= end.sequence) known.push(before)
      return verifyChain({
        records,
        chainKey: key,
        publicKey: heads.publicKey,
        head: await heads.head(),
        checkpoint: await heads.checkpoint(),
        known,
        keyedFrom,
        from,
      })
    },
    async beginBehind(behind) {
      if (behind.sequence > end.sequence) throw new Error('The chain does not reach so far')
      await heads.signCheckpoint(behind, new Date(now()))
    },
    async close() {
      await writing
      if (end.sequence > signedUpTo) await signHead()
      keepEnd()
      anchor?.close()
      anchor = undefined
    },
  }
}
