/**
 * Papers at rest. In clear: ids, codes, sizes, dates. Sealed in the paper's drawer: title, file name, and once more what the bytes must be
 * (kind, length, pieces, digest), so that a piece that is missing, moved or another's is noticed before the last one leaves.
 */
import { createHash } from 'node:crypto'
import type { PaperKind } from '../../shared/codes.ts'
import type { AgencyId, CaseId, ConferenceId, ItemId, PaperId, UserId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { Keyring } from '../crypto/keyring.ts'
import type { Store } from '../storage/port.ts'
import { drawerNameOf, type PaperDrawer } from './paper-drawers.ts'

/** Sealed, a piece is 39 bytes longer. */
export const CHUNK_BYTES = 256 * 1024 - 64

export interface PaperPlace {
  _id: PaperId
  conferenceId: ConferenceId
  itemId: ItemId
  caseId: CaseId | null
  drawer: PaperDrawer
  addedBy: UserId
  /** For whom the person laid it there. */
  agencyId: AgencyId | null
  addedAt: Date
}

interface PaperRecord extends PaperPlace {
  _v: number
  /** See PAPERS.md. */
  standing: 'arriving' | 'here' | 'leaving'
  /** Null while it arrives. */
  kind: PaperKind | null
  bytes: number
  sealed: Buffer | null
}

export interface PaperText {
  title: string
  fileName: string
}

export interface PaperContent {
  kind: PaperKind
  bytes: number
  chunks: number
  sha256: string
  /** When it was looked at for malware and nothing found; null where nobody looked. Missing in papers of before. */
  scannedAt?: string | null
}

export type Paper = PaperPlace & PaperText & PaperContent

interface ChunkRecord {
  _id: string
  paperId: PaperId
  bytes: Buffer
}

/** A paper's bytes are not as they were laid there. Never answered by other bytes. */
export class PaperDamaged extends Error {
  override name = 'PaperDamaged'
}

export interface PaperRepository {
  /** Keeps a place for it; nobody sees it yet. */
  reserve(place: PaperPlace): Promise<void>
  /** Keeps one piece of it, at most {@link CHUNK_BYTES}. */
  putChunk(place: PaperPlace, at: number, bytes: Uint8Array): Promise<void>
  /** From here on it exists. @throws Refusal `conflict` when its place is gone */
  settle(paper: Paper): Promise<void>
  /** Undefined also for one that is arriving or leaving. */
  find(paperId: PaperId): Promise<Paper | undefined>
  ofItem(itemId: ItemId): Promise<Paper[]>
  ofItems(itemIds: readonly ItemId[]): Promise<Paper[]>
  /** With those that arrive. */
  countOfItem(itemId: ItemId): Promise<number>
  /** The bytes in order. @throws {PaperDamaged} {@link SealBroken} before the last of them leaves */
  read(paper: PaperPlace & PaperContent): AsyncGenerator<Buffer>
  /** From here on it is gone for everybody. False when it was already. */
  markLeaving(paperId: PaperId): Promise<boolean>
  /** Removes what is left of it, whatever state it is in. May be repeated. */
  erase(paperId: PaperId): Promise<void>
  /** Marks what lies with an item as leaving, and names it. */
  leaveWithItem(itemId: ItemId): Promise<PaperId[]>
  /** What a stopped server left half done. */
  unfinished(): Promise<PaperId[]>
  /** Items with which something lies. */
  itemIds(): Promise<ItemId[]>
}

const aboutContext = (paperId: PaperId) => `papers|${paperId}|about`
const chunkContext = (paperId: PaperId, at: number) => `paperChunks|${paperId}|${at}`
const chunkId = (paperId: PaperId, at: number) => `${paperId}:${at}`

export function createPaperRepository({
  store,
  keyring,
}: {
  store: Store
  keyring: Pick<Keyring, 'drawer'>
}): PaperRepository {
  const records = store.collection<PaperRecord>('papers')
  const pieces = store.collection<ChunkRecord>('paperChunks')

  async function opened(record: PaperRecord): Promise<Paper> {
    const { _v, standing, sealed, kind: _kind, bytes: _bytes, ...place } = record
    if (sealed === null) throw new PaperDamaged(`${record._id}: ${standing} without its text (${_v})`)
    const drawer = await keyring.drawer(drawerNameOf(place))
    return { ...place, ...drawer.openJson<PaperText & PaperContent>(sealed, aboutContext(place._id)) }
  }

  async function listed(filter: Parameters<typeof records.find>[0]): Promise<Paper[]> {
    const found = await records.find(filter, { sort: { addedAt: 1, _id: 1 } }).toArray()
    return Promise.all(found.map(opened))
  }

  return {
    async reserve(place) {
      await records.insertOne({ ...place, _v: 1, standing: 'arriving', kind: null, bytes: 0, sealed: null })
    },
    async putChunk(place, at, bytes) {
      const drawer = await keyring.drawer(drawerNameOf(place))
      await pieces.insertOne({
        _id: chunkId(place._id, at),
        paperId: place._id,
        bytes: drawer.seal(bytes, chunkContext(place._id, at)),
      })
    },
    async settle(paper) {
      const { title, fileName, kind, bytes, chunks, sha256, scannedAt = null } = paper
      const drawer = await keyring.drawer(drawerNameOf(paper))
      const sealed = drawer.sealJson(
        { title, fileName, kind, bytes, chunks, sha256, scannedAt },
        aboutContext(paper._id),
      )
      const { matchedCount } = await records.updateOne(
        { _id: paper._id, standing: 'arriving' },
        { $set: { standing: 'here', kind, bytes, sealed }, $inc: { _v: 1 } },
      )
      if (matchedCount === 0) throw new Refusal('conflict')
    },
    async find(paperId) {
      const record = await records.findOne({ _id: paperId, standing: 'here' })
      return record ? opened(record) : undefined
    },
    ofItem: itemId => listed({ itemId, standing: 'here' }),
    ofItems: async itemIds => (itemIds.length === 0 ? [] : listed({ itemId: { $in: [...itemIds] }, standing: 'here' })),
    countOfItem: itemId => records.countDocuments({ itemId, standing: { $in: ['arriving', 'here'] } }),
    async *read(paper) {
      const drawer = await keyring.drawer(drawerNameOf(paper))
      const digest = createHash('sha256')
      for (let at = 0; at < paper.chunks; at++) {
        const piece = await pieces.findOne({ _id: chunkId(paper._id, at) })
        if (piece === null) throw new PaperDamaged(`${paper._id}: piece ${at} of ${paper.chunks} is missing`)
        const bytes = drawer.open(piece.bytes, chunkContext(paper._id, at))
        digest.update(bytes)
        if (at === paper.chunks - 1 && digest.digest('hex') !== paper.sha256) {
          throw new PaperDamaged(`${paper._id}: the bytes are others`)
        }
        yield bytes
      }
    },
    async markLeaving(paperId) {
      const { matchedCount } = await records.updateOne(
        { _id: paperId, standing: 'here' },
        { $set: { standing: 'leaving' }, $inc: { _v: 1 } },
      )
      return matchedCount > 0
    },
    async erase(paperId) {
      await pieces.deleteMany({ paperId })
      await records.deleteOne({ _id: paperId })
    },
    async leaveWithItem(itemId) {
      await records.updateMany({ itemId, standing: 'here' }, { $set: { standing: 'leaving' }, $inc: { _v: 1 } })
      return (await records.find({ itemId, standing: 'leaving' }).toArray()).map(record => record._id)
    },
    async unfinished() {
      return (await records.find({ standing: { $in: ['arriving', 'leaving'] } }).toArray()).map(record => record._id)
    },
    async itemIds() {
      const found = new Set<ItemId>()
      for await (const { itemId } of records.find({ standing: 'here' })) found.add(itemId)
      return [...found]
    },
  }
}
