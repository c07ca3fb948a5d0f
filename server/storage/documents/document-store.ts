/**
 * Documents at rest, over the storage port: an append-only log of sealed records, snapshots in chunks, and one pointer.
 *
 *   documentLog        { _id: `<document>:<sequence>`, document, sequence, bytes }
 *   documentSnapshots  { _id: `<document>:<generation>:<chunk>`, document, generation, chunk, chunks, bytes }
 *   documents          { _id: <document>, generation, upTo, chunks }
 *
 * Compacting writes the chunks of a new generation, switches the pointer, and only then removes the older chunks and the records that the
 * snapshot holds. Whatever instruction a crash falls on, the pointer names a whole generation and the log holds all that follows it. What a
 * crash leaves behind is removed by the next compaction.
 */

import type { DocumentStore, LogRecord, StoredDocumentState } from '../../rooms/ports.ts'
import { SequenceTaken } from '../../rooms/ports.ts'
import { isDuplicateKey, type Store } from '../port.ts'
import type { Sealer } from './sealer.ts'

interface LogRow {
  _id: string
  document: string
  sequence: number
  bytes: Buffer
}

interface ChunkRow {
  _id: string
  document: string
  generation: number
  chunk: number
  bytes: Buffer
}

interface PointerRow {
  _id: string
  generation: number
  /** The last sequence that the snapshot holds. */
  upTo: number
  chunks: number
}

/** Far below MongoDB's 16 MB, and small enough that one write never holds up the log's commits for long. */
const CHUNK_BYTES = 1 << 20

/** A stored document cannot be read as it was written. Never answered by an empty document. */
export class DocumentDamaged extends Error {
  override name = 'DocumentDamaged'
}

export function createDocumentStore({ store, sealer }: { store: Store; sealer: Sealer }): DocumentStore {
  const log = store.collection<LogRow>('documentLog')
  const snapshots = store.collection<ChunkRow>('documentSnapshots')
  const pointers = store.collection<PointerRow>('documents')

  async function loadSnapshot(document: string, pointer: PointerRow): Promise<Buffer | undefined> {
    const { generation, upTo, chunks } = pointer
    const rows = await snapshots.find({ document, generation }, { sort: { chunk: 1 } }).toArray()
    if (rows.length !== chunks || rows.some((row, at) => row.chunk !== at)) return undefined
    const opened = await Promise.all(
      rows.map(row => sealer.open(document, snapshotPlace(generation, row.chunk, chunks, upTo), row.bytes)),
    )
    return Buffer.concat(opened)
  }

  async function load(document: string): Promise<StoredDocumentState> {
    const pointer = await pointers.findOne({ _id: document })
    const payload = pointer ? await loadSnapshot(document, pointer) : undefined
    const upTo = pointer?.upTo ?? 0
    const rows = await log.find({ document, sequence: { $gt: upTo } }, { sort: { sequence: 1 } }).toArray()
    const isWhole = rows.every((row, at) => row.sequence === upTo + 1 + at)
    if ((pointer && payload === undefined) || !isWhole) {
      // Read while a compaction switched generations: the pointer has moved on. Otherwise something is really missing.
      const now = await pointers.findOne({ _id: document })
      if (now && now.generation !== pointer?.generation) return load(document)
      throw new DocumentDamaged(`${document}: ${payload === undefined && pointer ? 'snapshot' : 'log'} is not whole`)
    }
    const tail: LogRecord[] = await Promise.all(
      rows.map(async ({ sequence, bytes }) => ({
        sequence,
        payload: await sealer.open(document, logPlace(sequence), bytes),
      })),
    )
    return { snapshot: payload && { payload, upTo }, tail }
  }

  return {
    load,
    async append(document, { sequence, payload }) {
      const bytes = await sealer.seal(document, logPlace(sequence), payload)
      try {
        await log.insertOne({ _id: `${document}:${sequence}`, document, sequence, bytes })
      } catch (error) {
        if (isDuplicateKey(error)) throw new SequenceTaken(`${document}:${sequence}`, { cause: error })
        throw error
      }
    },
    async compact(document, { payload, upTo }) {
      const pointer = await pointers.findOne({ _id: document })
      if (pointer && pointer.upTo >= upTo) return
      const generation = (pointer?.generation ?? 0) + 1
      const chunks = Math.max(1, Math.ceil(payload.byteLength / CHUNK_BYTES))
      // Of a compaction that a crash cut short: same generation, perhaps other chunks.
      await snapshots.deleteMany({ document, generation })
      for (let chunk = 0; chunk < chunks; chunk++) {
        const part = payload.subarray(chunk * CHUNK_BYTES, (chunk + 1) * CHUNK_BYTES)
        const bytes = await sealer.seal(document, snapshotPlace(generation, chunk, chunks, upTo), part)
        await snapshots.insertOne({ _id: `${document}:${generation}:${chunk}`, document, generation, chunk, bytes })
      }
      await pointers.updateOne({ _id: document }, { $set: { generation, upTo, chunks } }, { upsert: true })
      await snapshots.deleteMany({ document, generation: { $lt: generation } })
      await log.deleteMany({ document, sequence: { $lte: upTo } })
    },
  }
}

const logPlace = (sequence: number) => `log|${sequence}`

/** All of the pointer's figures are bound in, so a snapshot cannot pass for an older or a shorter one. */
const snapshotPlace = (generation: number, chunk: number, chunks: number, upTo: number) =>
  `snapshot|${generation}|${chunk}/${chunks}|${upTo}`
