/** Agencies at rest. In clear: ids, codes, states, version, and a keyed mark of the city. Sealed: the names and the city. */
import type { AgencyType } from '../../shared/codes.ts'
import type { AgencyId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { Keyring } from '../crypto/keyring.ts'
import { createCached } from '../lib/cached.ts'
import type { Clock } from '../rooms/ports.ts'
import type { Store } from '../storage/port.ts'
import { FRESH_MS } from './user-repository.ts'

interface AgencyRecord {
  _id: AgencyId
  _v: number
  type: AgencyType
  public: boolean
  cityCode: string
  /** 0–11 */
  colour: number
  active: boolean
  createdAt: Date
  sealed: Buffer
}

interface AgencyText {
  name: string
  shortName: string
  city: string
}

/** An agency with its names opened. */
export type Agency = Readonly<Omit<AgencyRecord, 'sealed'> & AgencyText>

export type AgencyChange = Partial<Pick<Agency, 'name' | 'shortName' | 'colour' | 'active'>>

export interface AgencyRepository {
  /** At most a second old; at once what this process changed. */
  find(agencyId: AgencyId): Promise<Agency | undefined>
  all(): Promise<Agency[]>
  ofCity(cityCode: string): Promise<Agency[]>
  insert(agency: Omit<Agency, '_v' | 'cityCode'>): Promise<Agency>
  /** @throws Refusal `conflict` when another version is stored */
  update(known: Agency, change: AgencyChange): Promise<Agency>
}

const textContext = (agencyId: AgencyId) => `agencies|${agencyId}|text`

export async function openAgencyRepository(options: {
  store: Store
  keyring: Keyring
  clock: Clock
}): Promise<AgencyRepository> {
  const { store, keyring, clock } = options
  const records = store.collection<AgencyRecord>('agencies')
  const drawer = await keyring.drawer('installation')

  const cache = createCached<AgencyId, Agency | undefined>({
    clock,
    ttlMs: FRESH_MS,
    maxEntries: 5000,
    async load(agencyId) {
      const record = await records.findOne({ _id: agencyId })
      return record ? opened(record) : undefined
    },
  })

  function opened({ sealed, ...clear }: AgencyRecord): Agency {
    return { ...clear, ...drawer.openJson<AgencyText>(sealed, textContext(clear._id)) }
  }

  const sealedText = (agencyId: AgencyId, { name, shortName, city }: AgencyText) =>
    drawer.sealJson({ name, shortName, city }, textContext(agencyId))

  return {
    find: agencyId => cache.get(agencyId),
    async all() {
      return (await records.find({}).toArray()).map(opened)
    },
    async ofCity(cityCode) {
      return (await records.find({ cityCode }).toArray()).map(opened)
    },
    async insert(agency) {
      const { name, shortName, city, ...clear } = agency
      const record: AgencyRecord = {
        ...clear,
        _v: 1,
        // Cities are compared, never listed: the mark is enough, and the database does not say where an agency is.
        cityCode: keyring.blindIndex('city', city.normalize('NFC')),
        sealed: sealedText(agency._id, { name, shortName, city }),
      }
      await records.insertOne(record)
      cache.drop(agency._id)
      return opened(record)
    },
    async update(known, change) {
      const { name = known.name, shortName = known.shortName, ...clear } = change
      const sealed = sealedText(known._id, { name, shortName, city: known.city })
      const after = await records.findOneAndUpdate(
        { _id: known._id, _v: known._v },
        { $set: { ...clear, sealed, _v: known._v + 1 } },
        { returnDocument: 'after' },
      )
      cache.drop(known._id)
      if (!after) throw new Refusal('conflict')
      return opened(after)
    },
  }
}
