/** The directory of what agencies can give, at rest. In clear: whose, codes, days, counts. Sealed in the installation's drawer: names, rules, contacts. */
import type { Service, ServiceSector } from '../../shared/code-sets/services.ts'
import type { NeedDomain } from '../../shared/codes.ts'
import type { AgencyId, CommandId, ResourceId, UserId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { Keyring } from '../crypto/keyring.ts'
import { isDuplicateKey, type Store } from '../storage/port.ts'

interface ResourceRecord {
  _id: ResourceId
  _v: number
  agencyId: AgencyId
  command: CommandId
  domains: NeedDomain[]
  service: Service
  sector: ServiceSector
  /** Places, and −1 for no limit. */
  places: number
  takenElsewhere: number
  from: string
  until: string
  retired: boolean
  changedBy: UserId
  changedAt: Date
  sealed: Buffer
}

interface ResourceText {
  name: string
  eligibility: string
  rule: string
  cost: string
  contact: string
}

export type Resource = Omit<ResourceRecord, 'sealed'> & ResourceText
export type ResourceFields = Omit<Resource, '_id' | '_v' | 'agencyId' | 'command'>

export interface ResourceRepository {
  find(resourceId: ResourceId): Promise<Resource | undefined>
  findMany(resourceIds: readonly ResourceId[]): Promise<Resource[]>
  all(): Promise<Resource[]>
  /** The one that this command made before, where it did. */
  insert(created: Omit<Resource, '_v'>): Promise<Resource>
  /** @throws Refusal `conflict` when another version is stored */
  update(known: Resource, fields: ResourceFields): Promise<Resource>
}

const contextOf = (resourceId: ResourceId) => `resources|${resourceId}|text`

export function createResourceRepository({
  store,
  keyring,
}: {
  store: Store
  keyring: Pick<Keyring, 'drawer'>
}): ResourceRepository {
  const records = store.collection<ResourceRecord>('resources')

  async function opened({ sealed, ...clear }: ResourceRecord): Promise<Resource> {
    const drawer = await keyring.drawer('installation')
    return { ...clear, ...drawer.openJson<ResourceText>(sealed, contextOf(clear._id)) }
  }

  async function sealedText(resourceId: ResourceId, { name, eligibility, rule, cost, contact }: ResourceText) {
    const drawer = await keyring.drawer('installation')
    return drawer.sealJson({ name, eligibility, rule, cost, contact }, contextOf(resourceId))
  }

  const clearOf = ({ name: _n, eligibility: _e, rule: _r, cost: _c, contact: _t, ...clear }: ResourceFields) => clear

  return {
    async find(resourceId) {
      const record = await records.findOne({ _id: resourceId })
      return record ? opened(record) : undefined
    },
    async findMany(resourceIds) {
      if (resourceIds.length === 0) return []
      return Promise.all((await records.find({ _id: { $in: [...resourceIds] } }).toArray()).map(opened))
    },
    async all() {
      return Promise.all((await records.find({}).toArray()).map(opened))
    },
    async insert(created) {
      const { _id, agencyId, command, ...fields } = created
      try {
        await records.insertOne({
          ...clearOf(fields),
          _id,
          agencyId,
          command,
          _v: 1,
          sealed: await sealedText(_id, fields),
        })
        return { ...created, _v: 1 }
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
        const known = await records.findOne({ command })
        if (known?.agencyId !== agencyId) throw new Refusal('conflict')
        return opened(known)
      }
    },
    async update(known, fields) {
      const stored = await records.findOneAndUpdate(
        { _id: known._id, _v: known._v },
        { $set: { ...clearOf(fields), sealed: await sealedText(known._id, fields) }, $inc: { _v: 1 } },
        { returnDocument: 'after' },
      )
      if (!stored) throw new Refusal('conflict')
      return opened(stored)
    },
  }
}
