/**
 * Guests at rest. `guestInvitations` holds what opens the door and nothing that a person could be told by: ids, times, states and keyed marks of
 * link and code; it goes with the invitation. `guestNames` holds name and title, sealed in the conference's drawer, and stays with the meeting.
 */
import type { AgencyId, ConferenceId, UserId } from '../../shared/ids.ts'
import type { Keyring } from '../crypto/keyring.ts'
import { createCached } from '../lib/cached.ts'
import type { Clock } from '../rooms/ports.ts'
import type { Store } from '../storage/port.ts'

/** So many wrong codes, and the invitation is over (SPEC GU4): one in 200,000 guesses it. */
export const WRONG_CODES = 5

interface InvitationRecord {
  /** The guest's: a user's id without a user. */
  _id: UserId
  conferenceId: ConferenceId
  agencyId: AgencyId
  state: 'invited' | 'waiting' | 'admitted' | 'ended'
  tokenMark: string
  /** Only while the code is open, which it is in the state `invited` alone. */
  codeMark: string | null
  wrongCodes: number
  /** Was let in, now or before. */
  wasIn: boolean
  /** Ended before its time: nobody is to come by it. */
  takenBack: boolean
  from: Date
  until: Date
  createdAt: Date
}

export type Invitation = Readonly<Omit<InvitationRecord, 'tokenMark' | 'codeMark'>>

interface NameRecord {
  _id: UserId
  conferenceId: ConferenceId
  agencyId: AgencyId
  sealed: Buffer
}

export interface GuestName {
  name: string
  title: string
}

export interface NewInvitation extends Pick<Invitation, '_id' | 'conferenceId' | 'agencyId' | 'from' | 'until'> {
  token: string
  code: string
}

export interface GuestRepository {
  /** At most a second old; at once what this process changed. */
  find(guestId: UserId): Promise<Invitation | undefined>
  findByToken(token: string): Promise<Invitation | undefined>
  /** Whose invitation is not over. */
  ofConference(conferenceId: ConferenceId): Promise<Invitation[]>
  /** Every invitation that is still kept, ended ones among them. */
  all(): Promise<Invitation[]>
  insert(invitation: NewInvitation): Promise<Invitation>
  /** Uses the code up when it is right. `over`: it was wrong once too often. */
  tryCode(guestId: UserId, code: string): Promise<'right' | 'wrong' | 'over'>
  /** Another code; undefined when the invitation is over. */
  openCode(guestId: UserId, code: string): Promise<Invitation | undefined>
  /** Undefined unless somebody waits. */
  admit(guestId: UserId): Promise<Invitation | undefined>
  /** Who waits gave up: the code is used, and another one leads back in. */
  leaveLobby(guestId: UserId): Promise<void>
  /** The one write that decides. What is over already stays as it ended. */
  end(guestId: UserId, takenBack: boolean): Promise<void>
  remove(guestId: UserId): Promise<void>
  /** Of everybody who ever had a seat by invitation. */
  nameOf(guestId: UserId): Promise<(GuestName & { agencyId: AgencyId; conferenceId: ConferenceId }) | undefined>
  putName(guest: Pick<Invitation, '_id' | 'conferenceId' | 'agencyId'>, name: GuestName): Promise<void>
  removeName(guestId: UserId): Promise<void>
}

/** So long may a change by another process stay unseen. */
const FRESH_MS = 1000

const nameContext = (guestId: UserId) => `guestNames|${guestId}|name`

export function createGuestRepository(options: { store: Store; keyring: Keyring; clock: Clock }): GuestRepository {
  const { store, keyring, clock } = options
  const invitations = store.collection<InvitationRecord>('guestInvitations')
  const names = store.collection<NameRecord>('guestNames')
  const tokenMarkOf = (token: string) => keyring.blindIndex('guest-token', token)
  const codeMarkOf = (guestId: UserId, code: string) => keyring.blindIndex('guest-code', `${guestId}\n${code}`)

  const known = createCached<UserId, Invitation | undefined>({
    clock,
    ttlMs: FRESH_MS,
    maxEntries: 5_000,
    load: async guestId => withoutMarks(await invitations.findOne({ _id: guestId })),
  })
  const knownNames = createCached<UserId, Awaited<ReturnType<GuestRepository['nameOf']>>>({
    clock,
    ttlMs: FRESH_MS,
    maxEntries: 5_000,
    async load(guestId) {
      const record = await names.findOne({ _id: guestId })
      if (record === null) return undefined
      const { conferenceId, agencyId, sealed } = record
      const drawer = await keyring.drawer(`conference:${conferenceId}`)
      return { conferenceId, agencyId, ...drawer.openJson<GuestName>(sealed, nameContext(guestId)) }
    },
  })

  /** The invitation after the change; undefined where the filter found none. */
  async function change(
    guestId: UserId,
    states: readonly InvitationRecord['state'][],
    fields: Partial<InvitationRecord>,
  ): Promise<Invitation | undefined> {
    const after = await invitations.findOneAndUpdate(
      { _id: guestId, state: { $in: [...states] } },
      { $set: fields },
      { returnDocument: 'after' },
    )
    known.drop(guestId)
    return withoutMarks(after)
  }

  return {
    find: guestId => known.get(guestId),
    findByToken: async token => withoutMarks(await invitations.findOne({ tokenMark: tokenMarkOf(token) })),
    async ofConference(conferenceId) {
      const found = await invitations.find({ conferenceId, state: { $ne: 'ended' } }).toArray()
      return present(found.map(withoutMarks))
    },
    all: async () => present((await invitations.find({}).toArray()).map(withoutMarks)),
    async insert({ token, code, ...invitation }) {
      const record: InvitationRecord = {
        ...invitation,
        state: 'invited',
        tokenMark: tokenMarkOf(token),
        codeMark: codeMarkOf(invitation._id, code),
        wrongCodes: 0,
        wasIn: false,
        takenBack: false,
        createdAt: new Date(clock.now()),
      }
      await invitations.insertOne(record)
      known.drop(record._id)
      return openedOf(record)
    },
    async tryCode(guestId, code) {
      const codeMark = codeMarkOf(guestId, code)
      // Counted before it is compared: many at once are no more than so many.
      const counted = await invitations.findOneAndUpdate(
        { _id: guestId, state: 'invited', codeMark: { $ne: null }, wrongCodes: { $lt: WRONG_CODES } },
        { $inc: { wrongCodes: 1 } },
        { returnDocument: 'after' },
      )
      if (counted === null) return 'wrong'
      if (counted.codeMark !== codeMark) return counted.wrongCodes >= WRONG_CODES ? 'over' : 'wrong'
      const { modifiedCount } = await invitations.updateOne(
        { _id: guestId, state: 'invited', codeMark },
        { $set: { state: 'waiting', codeMark: null, wrongCodes: 0 } },
      )
      known.drop(guestId)
      return modifiedCount === 1 ? 'right' : 'wrong'
    },
    openCode: (guestId, code) =>
      change(guestId, ['invited', 'waiting', 'admitted'], {
        state: 'invited',
        codeMark: codeMarkOf(guestId, code),
        wrongCodes: 0,
      }),
    admit: guestId => change(guestId, ['waiting'], { state: 'admitted', wasIn: true }),
    async leaveLobby(guestId) {
      await change(guestId, ['waiting'], { state: 'invited', codeMark: null })
    },
    async end(guestId, takenBack) {
      await change(guestId, ['invited', 'waiting', 'admitted'], { state: 'ended', codeMark: null, takenBack })
    },
    async remove(guestId) {
      await invitations.deleteOne({ _id: guestId })
      known.drop(guestId)
    },
    nameOf: guestId => knownNames.get(guestId),
    async putName({ _id, conferenceId, agencyId }, { name, title }) {
      const drawer = await keyring.drawer(`conference:${conferenceId}`)
      const sealed = drawer.sealJson({ name, title }, nameContext(_id))
      await names.updateOne({ _id }, { $set: { conferenceId, agencyId, sealed } }, { upsert: true })
      knownNames.drop(_id)
    },
    async removeName(guestId) {
      await names.deleteOne({ _id: guestId })
      knownNames.drop(guestId)
    },
  }
}

function openedOf({ tokenMark: _token, codeMark: _code, ...invitation }: InvitationRecord): Invitation {
  return invitation
}

const withoutMarks = (record: InvitationRecord | null) => (record === null ? undefined : openedOf(record))

const present = (all: (Invitation | undefined)[]) => all.filter(one => one !== undefined)
