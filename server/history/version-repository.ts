/**
 * Versions at rest (SPEC HI4): the state in chunks first, the record last, so that a version without all of its state is not there.
 *
 *   itemVersions       { _id, itemId, once, conferenceId, moment, number, at, takenAt, by, from, isLate, agencies, chunks, sealed }
 *   itemVersionChunks  { _id: `<version>:<chunk>`, itemId, bytes }
 */
import { type ItemVersionId, VERSION_MOMENTS, type VersionMoment } from '../../shared/history/version-moments.ts'
import type { AgencyId, ConferenceId, ItemId, UserId } from '../../shared/ids.ts'
import type { Drawer, Keyring } from '../crypto/keyring.ts'
import { isDuplicateKey, type Store } from '../storage/port.ts'

interface VersionFacts {
  _id: ItemVersionId
  itemId: ItemId
  /** Names the moment: of one item there is one version of it. */
  once: string
  conferenceId: ConferenceId
  moment: VersionMoment
  number: number
  at: Date
  takenAt: Date
  by: UserId | null
  from: ItemVersionId | null
  /** Taken so much later than the moment that something may have been written in between. */
  isLate: boolean
  /** Cleared for the item when it was taken. */
  agencies: AgencyId[]
}

interface VersionRecord extends VersionFacts {
  chunks: number
  sealed: Buffer
}

interface ChunkRecord {
  _id: string
  itemId: ItemId
  bytes: Buffer
}

/** A version without its state. */
export type Version = VersionFacts & { name: string }

export interface VersionRepository {
  /** The oldest moment first. */
  ofItem(itemId: ItemId): Promise<Version[]>
  /** The moments of which there is a version. */
  momentsOf(itemId: ItemId): Promise<Set<string>>
  /** False when there is one of that moment already. */
  insert(version: Version, state: Uint8Array): Promise<boolean>
  /** @throws when it is not there or not whole */
  stateOf(version: Pick<Version, '_id' | 'itemId'>): Promise<Buffer>
  removeOf(itemId: ItemId): Promise<void>
}

/** Far below MongoDB's 16 MB. */
const CHUNK_BYTES = 1 << 20

const chunkId = (versionId: ItemVersionId, chunk: number) => `${versionId}:${chunk}`

export function createVersionRepository({ store, keyring }: { store: Store; keyring: Keyring }): VersionRepository {
  const records = store.collection<VersionRecord>('itemVersions')
  const chunks = store.collection<ChunkRecord>('itemVersionChunks')
  const drawerOf = (itemId: ItemId): Promise<Drawer> => keyring.drawer(`item:${itemId}`)

  async function removeChunks(versionId: ItemVersionId, count: number): Promise<void> {
    for (let chunk = 0; chunk < count; chunk++) await chunks.deleteOne({ _id: chunkId(versionId, chunk) })
  }

  return {
    async ofItem(itemId) {
      const found = await records.find({ itemId }).toArray()
      if (found.length === 0) return []
      const drawer = await drawerOf(itemId)
      return found
        .map(({ sealed, chunks: _, ...facts }) => ({
          ...facts,
          name: drawer.openJson<{ name: string }>(sealed, nameContext(facts._id)).name,
        }))
        .sort(byMoment)
    },
    async momentsOf(itemId) {
      const found = await records.find({ itemId }, { projection: { once: 1 } }).toArray()
      return new Set(found.map(record => record.once))
    },
    async insert({ name, ...facts }, state) {
      const { _id, itemId } = facts
      const drawer = await drawerOf(itemId)
      const count = Math.max(1, Math.ceil(state.byteLength / CHUNK_BYTES))
      for (let chunk = 0; chunk < count; chunk++) {
        const part = state.subarray(chunk * CHUNK_BYTES, (chunk + 1) * CHUNK_BYTES)
        await chunks.insertOne({
          _id: chunkId(_id, chunk),
          itemId,
          bytes: drawer.seal(part, stateContext(_id, chunk, count)),
        })
      }
      try {
        await records.insertOne({ ...facts, chunks: count, sealed: drawer.sealJson({ name }, nameContext(_id)) })
        return true
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
        await removeChunks(_id, count)
        return false
      }
    },
    async stateOf({ _id, itemId }) {
      const record = await records.findOne({ _id, itemId })
      if (!record) throw new Error(`Version ${_id} is not there`)
      const drawer = await drawerOf(itemId)
      const parts: Buffer[] = []
      for (let chunk = 0; chunk < record.chunks; chunk++) {
        const found = await chunks.findOne({ _id: chunkId(_id, chunk) })
        if (!found) throw new Error(`Version ${_id} is not whole`)
        parts.push(drawer.open(found.bytes, stateContext(_id, chunk, record.chunks)))
      }
      return Buffer.concat(parts)
    },
    async removeOf(itemId) {
      await records.deleteMany({ itemId })
      await chunks.deleteMany({ itemId })
    },
  }
}

const MOMENTS = Object.keys(VERSION_MOMENTS)

/** What one command took in one millisecond stands in the order in which it did. */
function byMoment(a: Version, b: Version): number {
  return (
    a.at.getTime() - b.at.getTime() ||
    a.takenAt.getTime() - b.takenAt.getTime() ||
    MOMENTS.indexOf(a.moment) - MOMENTS.indexOf(b.moment)
  )
}

const nameContext = (versionId: ItemVersionId) => `itemVersions|${versionId}|name`
const stateContext = (versionId: ItemVersionId, chunk: number, count: number) =>
  `itemVersions|${versionId}|state|${chunk}/${count}`
