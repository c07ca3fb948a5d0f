/**
 * Conferences at rest. In clear: ids, codes, dates, version, who takes part in which role. Sealed in the conference's own drawer: title,
 * place and remote link. The agenda is in the conference's document, its items are records of their own.
 */
import type { ConferenceRole, ConferenceState, ConferenceType, MinutesStanding } from '../../shared/codes.ts'
import type { AgencyId, ConferenceId, ItemId, UserId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { Keyring } from '../crypto/keyring.ts'
import type { Store } from '../storage/port.ts'

/** Deputies step in in the order in which they stand in the list. */
export interface Participant {
  userId: UserId
  agencyId: AgencyId
  role: ConferenceRole
  /** A guest's seat: which items the invitation opens. Made and changed by the guests' own commands (`server/guests`). */
  guest?: { items: ItemId[] }
}

interface ConferenceRecord {
  _id: ConferenceId
  _v: number
  type: ConferenceType
  state: ConferenceState
  startsAt: Date
  /** Planned length. */
  minutes: number
  hostAgencyId: AgencyId
  participants: Participant[]
  /** Who has accepted the confidentiality statement; one of the time before it was asked for has none. */
  accepted?: UserId[]
  /** For whom of them somebody else entered it; none of the others can be taken back. */
  enteredFor?: UserId[]
  sealed: Buffer
  startedAt: Date | null
  closedAt: Date | null
  synthetic: boolean
  createdBy: UserId
  createdAt: Date
}

export type AcceptedHow = 'own-press' | 'by-minute-taker'

interface ConferenceText {
  title: string
  place: string
  remoteLink: string
}

/** A conference with its text opened. */
export type Conference = Omit<ConferenceRecord, 'sealed'> &
  ConferenceText & {
    /** Where the minutes of a closed one stand. Theirs is another record (`minutes/`); read with this one, never written with it. */
    minutesStanding?: MinutesStanding
  }

export type ConferenceFields = Pick<
  Conference,
  | 'type'
  | 'title'
  | 'startsAt'
  | 'minutes'
  | 'place'
  | 'remoteLink'
  | 'participants'
  | 'state'
  | 'startedAt'
  | 'closedAt'
>

export interface ConferenceRepository {
  find(conferenceId: ConferenceId): Promise<Conference | undefined>
  findMany(conferenceIds: readonly ConferenceId[]): Promise<Conference[]>
  /** Those in which a person takes part or that the person made. Whether they may be seen is for the caller to ask. */
  ofPerson(userId: UserId): Promise<Conference[]>
  /** Those that an agency hosts. Whether they may be seen is for the caller to ask. */
  ofHost(agencyId: AgencyId): Promise<Conference[]>
  insert(created: Omit<Conference, '_v'>): Promise<Conference>
  /** @throws Refusal `conflict` when another version is stored. */
  update(known: Conference, fields: ConferenceFields): Promise<Conference>
  /** Notes who has accepted the confidentiality statement. May be repeated and stands beside every other change. */
  accept(conferenceId: ConferenceId, userIds: readonly UserId[], how?: AcceptedHow): Promise<void>
  /** Takes back what was entered by mistake. May be repeated. */
  unaccept(conferenceId: ConferenceId, userIds: readonly UserId[]): Promise<void>
  /** @throws Refusal `conflict` when another version is stored. */
  remove(known: Conference): Promise<void>
}

const contextOf = (conferenceId: ConferenceId) => `conferences|${conferenceId}|text`

export function createConferenceRepository(options: { store: Store; keyring: Keyring }): ConferenceRepository {
  const { store, keyring } = options
  const records = store.collection<ConferenceRecord>('conferences')

  async function opened({ sealed, ...clear }: ConferenceRecord): Promise<Conference> {
    const drawer = await keyring.drawer(`conference:${clear._id}`)
    return { ...clear, ...drawer.openJson<ConferenceText>(sealed, contextOf(clear._id)) }
  }

  async function sealedText(conferenceId: ConferenceId, { title, place, remoteLink }: ConferenceText): Promise<Buffer> {
    const drawer = await keyring.drawer(`conference:${conferenceId}`)
    return drawer.sealJson({ title, place, remoteLink }, contextOf(conferenceId))
  }

  return {
    async find(conferenceId) {
      const record = await records.findOne({ _id: conferenceId })
      return record ? opened(record) : undefined
    },
    async findMany(conferenceIds) {
      if (conferenceIds.length === 0) return []
      return Promise.all((await records.find({ _id: { $in: [...conferenceIds] } }).toArray()).map(opened))
    },
    async ofPerson(userId) {
      // Two questions that an index answers each; as one with `$or` the embedded store would look at every conference there is.
      const found = await Promise.all([
        records.find({ 'participants.userId': userId }).toArray(),
        records.find({ createdBy: userId }).toArray(),
      ])
      const once = new Map(found.flat().map(record => [record._id, record]))
      return Promise.all([...once.values()].map(opened))
    },
    async ofHost(agencyId) {
      return Promise.all((await records.find({ hostAgencyId: agencyId }).toArray()).map(opened))
    },
    async insert({ title, place, remoteLink, ...clear }) {
      const sealed = await sealedText(clear._id, { title, place, remoteLink })
      await records.insertOne({ ...clear, _v: 1, sealed })
      return { ...clear, title, place, remoteLink, _v: 1 }
    },
    async update(known, { title, place, remoteLink, ...clear }) {
      const sealed = await sealedText(known._id, { title, place, remoteLink })
      const stored = await records.findOneAndUpdate(
        { _id: known._id, _v: known._v },
        { $set: { ...clear, sealed }, $inc: { _v: 1 } },
        { returnDocument: 'after' },
      )
      if (!stored) throw new Refusal('conflict')
      return opened(stored)
    },
    async accept(conferenceId, userIds, how = 'own-press') {
      // One that was never asked stays so: a list that begins in the middle would close it to everybody else.
      const known = { _id: conferenceId, accepted: { $exists: true } }
      const added = { $each: [...userIds] }
      const isOwn = how === 'own-press'
      await records.updateOne(known, {
        $addToSet: isOwn ? { accepted: added } : { accepted: added, enteredFor: added },
      })
      if (!isOwn) return
      // One's own press stands from here on, whatever was entered before.
      for (const userId of userIds) {
        await records.updateOne({ _id: conferenceId, enteredFor: userId }, { $pull: { enteredFor: userId } })
      }
    },
    async unaccept(conferenceId, userIds) {
      for (const userId of userIds)
        await records.updateOne({ _id: conferenceId }, { $pull: { accepted: userId, enteredFor: userId } })
    },
    async remove(known) {
      const { deletedCount } = await records.deleteOne({ _id: known._id, _v: known._v })
      if (deletedCount === 0) throw new Refusal('conflict')
    },
  }
}
