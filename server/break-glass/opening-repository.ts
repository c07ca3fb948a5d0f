/** Openings in an emergency and what agencies allow, at rest. An opening is inserted and only ended; its words lie in the case's drawer (SPEC BG8). */
import type { BreakGlassReason } from '../../shared/access-desk/break-glass-codes.ts'
import { BREAK_GLASS_MINUTES } from '../../shared/access-desk/break-glass-codes.ts'
import type { AgencyId, BreakGlassId, CaseId, UserId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { Keyring } from '../crypto/keyring.ts'
import { isDuplicateKey, type Store } from '../storage/port.ts'

interface OpeningRecord {
  _id: BreakGlassId
  _v: number
  caseId: CaseId
  userId: UserId
  /** For which agency the person opened it, and which led the case then. */
  agencyId: AgencyId
  leadAgencyId: AgencyId
  reason: BreakGlassReason
  at: Date
  until: Date
  /** Left out while it lasts; what ran out by itself keeps `until`. */
  endedAt?: Date
  endedBy?: UserId
  sealed: Buffer
}

interface OpeningText {
  number: string
  words: string
}

export type Opening = Omit<OpeningRecord, 'sealed' | '_v'> & OpeningText

export interface BreakGlassSettings {
  _v: number
  own: boolean
  others: boolean
  minutes: number
}

export const USUAL_SETTINGS: BreakGlassSettings = {
  _v: 0,
  own: true,
  others: false,
  minutes: BREAK_GLASS_MINUTES.usual,
}

export interface OpeningRepository {
  insert(opening: Opening): Promise<void>
  find(openingId: BreakGlassId): Promise<Opening | undefined>
  /** The newest first. */
  ofUser(userId: UserId): Promise<Opening[]>
  ofCase(caseId: CaseId): Promise<Opening[]>
  /** Those that are not over at that moment. */
  lasting(now: Date): Promise<Omit<Opening, keyof OpeningText>[]>
  /** @returns false when it was ended before */
  end(openingId: BreakGlassId, by: UserId, at: Date): Promise<boolean>
  settings(agencyId: AgencyId): Promise<BreakGlassSettings>
  /** @throws Refusal `conflict` when another version is stored */
  putSettings(agencyId: AgencyId, known: number, next: Omit<BreakGlassSettings, '_v'>): Promise<void>
}

const contextOf = (openingId: BreakGlassId) => `breakGlass|${openingId}`

export function createOpeningRepository(options: {
  store: Store
  keyring: Pick<Keyring, 'drawer'>
}): OpeningRepository {
  const { store, keyring } = options
  const records = store.collection<OpeningRecord>('breakGlass')
  const allowances = store.collection<BreakGlassSettings & { _id: AgencyId }>('breakGlassSettings')

  async function opened({ sealed, _v, ...clear }: OpeningRecord): Promise<Opening> {
    const drawer = await keyring.drawer(`case:${clear.caseId}`)
    return { ...clear, ...drawer.openJson<OpeningText>(sealed, contextOf(clear._id)) }
  }

  return {
    async insert({ number, words, ...clear }) {
      const drawer = await keyring.drawer(`case:${clear.caseId}`)
      const sealed = drawer.sealJson({ number, words }, contextOf(clear._id))
      await records.insertOne({ ...clear, _v: 1, sealed })
    },
    async find(openingId) {
      const record = await records.findOne({ _id: openingId })
      return record ? opened(record) : undefined
    },
    async ofUser(userId) {
      return Promise.all((await records.find({ userId }, { sort: { at: -1 }, limit: 50 }).toArray()).map(opened))
    },
    async ofCase(caseId) {
      return Promise.all((await records.find({ caseId }, { sort: { at: -1 } }).toArray()).map(opened))
    },
    async lasting(now) {
      const found = await records.find({ until: { $gt: now } }).toArray()
      return found.filter(one => !one.endedAt).map(({ sealed, _v, ...clear }) => clear)
    },
    async end(openingId, by, at) {
      const { modifiedCount } = await records.updateOne(
        { _id: openingId, _v: 1 },
        { $set: { endedAt: at, endedBy: by }, $inc: { _v: 1 } },
      )
      return modifiedCount === 1
    },
    async settings(agencyId) {
      const record = await allowances.findOne({ _id: agencyId })
      if (record === null) return USUAL_SETTINGS
      const { _v, own, others, minutes } = record
      return { _v, own, others, minutes }
    },
    async putSettings(agencyId, known, next) {
      if (known === 0) {
        try {
          await allowances.insertOne({ _id: agencyId, _v: 1, ...next })
          return
        } catch (error) {
          if (isDuplicateKey(error)) throw new Refusal('conflict')
          throw error
        }
      }
      const { matchedCount } = await allowances.updateOne({ _id: agencyId, _v: known }, { $set: next, $inc: { _v: 1 } })
      if (matchedCount === 0) throw new Refusal('conflict')
    },
  }
}
