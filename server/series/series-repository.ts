/**
 * Series of conferences at rest. In clear: ids, codes, the rule, who takes part, which conference was made for which month. Sealed in the
 * installation's drawer: title, place, remote link and the lines of the template; they name no household.
 */
import type { SeriesRule } from '../../shared/agenda/series-rule.ts'
import type { ConferenceType } from '../../shared/codes.ts'
import type { AgencyId, ConferenceId, SeriesId, UserId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { Participant } from '../conferences/conference-repository.ts'
import type { Keyring } from '../crypto/keyring.ts'
import type { Store } from '../storage/port.ts'

export interface MadeConference {
  month: string
  conferenceId: ConferenceId
  /** Its record and the lines of the template are there; until then it is finished before anything else is made. */
  isReady: boolean
}

interface SeriesRecord {
  _id: SeriesId
  _v: number
  hostAgencyId: AgencyId
  type: ConferenceType
  rule: SeriesRule
  minutes: number
  participants: Participant[]
  /** The earliest month first. */
  made: MadeConference[]
  ended: boolean
  sealed: Buffer
  createdBy: UserId
  createdAt: Date
}

interface SeriesText {
  title: string
  place: string
  remoteLink: string
  /** General items that every one of them has. */
  lines: { label: string; minutes: number }[]
}

export type Series = Omit<SeriesRecord, 'sealed'> & SeriesText

export interface SeriesRepository {
  find(seriesId: SeriesId): Promise<Series | undefined>
  ofHosts(agencyIds: readonly AgencyId[]): Promise<Series[]>
  insert(created: Omit<Series, '_v'>): Promise<Series>
  /** @throws Refusal `conflict` when another version is stored */
  update(known: Series, fields: Partial<Pick<Series, 'rule' | 'made' | 'ended'>>): Promise<Series>
}

const contextOf = (seriesId: SeriesId) => `series|${seriesId}|text`

export function createSeriesRepository({ store, keyring }: { store: Store; keyring: Keyring }): SeriesRepository {
  const records = store.collection<SeriesRecord>('series')

  async function opened({ sealed, ...clear }: SeriesRecord): Promise<Series> {
    const drawer = await keyring.drawer('installation')
    return { ...clear, ...drawer.openJson<SeriesText>(sealed, contextOf(clear._id)) }
  }

  return {
    async find(seriesId) {
      const record = await records.findOne({ _id: seriesId })
      return record ? opened(record) : undefined
    },
    async ofHosts(agencyIds) {
      if (agencyIds.length === 0) return []
      return Promise.all((await records.find({ hostAgencyId: { $in: [...agencyIds] } }).toArray()).map(opened))
    },
    async insert({ title, place, remoteLink, lines, ...clear }) {
      const drawer = await keyring.drawer('installation')
      const texts: SeriesText = { title, place, remoteLink, lines }
      await records.insertOne({ ...clear, _v: 1, sealed: drawer.sealJson(texts, contextOf(clear._id)) })
      return { ...clear, ...texts, _v: 1 }
    },
    async update(known, fields) {
      const stored = await records.findOneAndUpdate(
        { _id: known._id, _v: known._v },
        { $set: fields, $inc: { _v: 1 } },
        { returnDocument: 'after' },
      )
      if (!stored) throw new Refusal('conflict')
      return opened(stored)
    },
  }
}
