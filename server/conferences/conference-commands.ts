/** Planning a conference, inviting people and giving it up while it is a draft. Its states are in `conference-states.ts`. */
import { canPlanConference } from '../../shared/access.ts'
import { type ConferenceType, codesOf, MEETING_FEATURES } from '../../shared/codes.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { AgencyId, ConferenceId } from '../../shared/ids.ts'
import { isFixed } from '../../shared/meeting/rule-sets.ts'
import type { ChangeConferenceBody, CreateConferenceBody } from '../../shared/protocol/http-api.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { AccessKey } from '../auth/access-changes.ts'
import { actionDocumentsOf } from './action-zones.ts'
import { type AdmittedConference, caseOf, refuse } from './admission.ts'
import { commit } from './commit.ts'
import type { Conference, Participant } from './conference-repository.ts'
import { fieldsOf, hasLeader } from './conference-states.ts'
import type { Item } from './item-repository.ts'
import { movedBetween, namedOf } from './moved-access.ts'
import type { By, ConferenceParts, PeopleDirectory } from './ports.ts'
import { assertActiveAgencies, assertDistinct, staffNamed } from './staff.ts'

export async function createConference(
  parts: ConferenceParts,
  by: By,
  input: CreateConferenceBody,
  options: { synthetic?: boolean } = {},
): Promise<Conference> {
  const { hostAgencyId, startsAt, ...fields } = input
  if (!canPlanConference(by.actor, hostAgencyId)) {
    return refuse(parts, by, 'not-allowed', { object: `agency.${hostAgencyId}` })
  }
  await assertActiveAgencies(parts.people, [hostAgencyId], 'unknown-agency')
  await assertParticipants(parts.people, fields.participants, [])
  const conferenceId = parts.newId<ConferenceId>()
  return commit(parts, by, {
    action: 'conference.create',
    object: documentNameOf({ kind: 'conference', conferenceId }),
    giving: namedOf(fields.participants),
    write: () =>
      parts.conferences.insert({
        ...fields,
        _id: conferenceId,
        hostAgencyId,
        startsAt: new Date(startsAt),
        state: 'draft',
        startedAt: null,
        closedAt: null,
        accepted: [],
        synthetic: options.synthetic ?? false,
        createdBy: by.actor.userId,
        createdAt: new Date(parts.now()),
      }),
    announces: () => [`conference:${conferenceId}`],
  })
}

export async function changeConference(
  parts: ConferenceParts,
  by: By,
  { conference }: AdmittedConference,
  { _v, startsAt, participants, ...others }: ChangeConferenceBody,
): Promise<Conference> {
  if (_v !== conference._v) throw new Refusal('conflict')
  const changes = { ...others, ...(participants && { participants: withGuestsOf(conference, participants) }) }
  const fields = {
    ...fieldsOf(conference),
    ...definedOf(changes),
    startsAt: startsAt === undefined ? conference.startsAt : new Date(startsAt),
  }
  if (changes.participants) {
    await assertParticipants(parts.people, changes.participants, conference.participants)
    if (conference.state !== 'draft' && !hasLeader(changes.participants)) throw new Refusal('bad-request', 'one-leader')
  }
  assertTypeMayChange(conference, fields.type)
  const document = documentNameOf({ kind: 'conference', conferenceId: conference._id })
  const changed = await commit(parts, by, {
    action: 'conference.change',
    object: document,
    reason: changes.participants ? 'participants' : undefined,
    ...movedBetween(namedOf(conference.participants), namedOf(fields.participants)),
    write: () => parts.conferences.update(conference, fields),
    // The kind of meeting says what it uses and asks for, which is told to everybody in it.
    announces: () => (changes.participants || changes.type ? [`conference:${conference._id}`] : []),
  })
  if (changes.participants) await withdrawUninvited(parts, changed)
  parts.documents.notify(document, 'conference')
  return changed
}

/** Who is invited is said of people with accounts; guests keep their seats, whatever is said of them here. */
function withGuestsOf(
  { participants: known }: Conference,
  asked: readonly Omit<Participant, 'guest'>[],
): Participant[] {
  const guests = known.filter(participant => participant.guest !== undefined)
  const isGuest = ({ userId }: Pick<Participant, 'userId'>) => guests.some(guest => guest.userId === userId)
  return [...asked.filter(participant => !isGuest(participant)), ...guests]
}

/**
 * A meeting that has begun under an ordinance goes on under it: as another kind of meeting it would decide without the quorum that nobody may
 * switch off (meetings/SPEC MQ1). @throws Refusal `not-allowed`
 */
function assertTypeMayChange({ state, type }: Conference, to: ConferenceType): void {
  const loosens = codesOf(MEETING_FEATURES).some(feature => isFixed(type, feature) && !isFixed(to, feature))
  if (state === 'live' && loosens) throw new Refusal('not-allowed', 'type-fixed-while-live')
}

/**
 * An agency that is not invited any more is not cleared any more either: who comes back later is cleared anew, knowingly. It had lost its
 * access with the invitation already; this can be repeated and is, with every change of the participants.
 */
export async function withdrawUninvited(
  parts: Pick<ConferenceParts, 'items' | 'changes'>,
  conference: Conference,
): Promise<void> {
  const invited = new Set(conference.participants.map(participant => participant.agencyId))
  for (const item of await parts.items.ofConference(conference._id)) {
    const gone = item.agencies.filter(agencyId => !invited.has(agencyId))
    for (const agencyId of gone) await parts.items.withdrawAgency(item._id, agencyId)
    if (gone.length > 0) parts.changes.announce(keysOf(item))
  }
}

/** A draft, with its items. */
export async function deleteConference(
  parts: ConferenceParts,
  by: By,
  { conference }: AdmittedConference,
  { _v }: { _v: number },
): Promise<void> {
  if (_v !== conference._v) throw new Refusal('conflict')
  if (conference.state !== 'draft') throw new Refusal('not-allowed', 'not-a-draft')
  const items = await parts.items.ofConference(conference._id)
  for (const item of items) await assertOwesNothing(parts, item)
  await commit(parts, by, {
    action: 'conference.delete',
    object: documentNameOf({ kind: 'conference', conferenceId: conference._id }),
    write: () => parts.conferences.remove(conference),
    announces: () => [`conference:${conference._id}`, ...items.flatMap(keysOf)],
  })
  // Without their conference the items are out of everybody's reach already; a crash here leaves records that open nothing.
  for (const item of items) await parts.items.remove(item._id)
}

/** An item whose own ledger holds promises cannot go: nobody could open them any more. */
export async function assertOwesNothing(parts: ConferenceParts, item: Item): Promise<void> {
  const file = (await caseOf(parts, item))?.file
  if (file === undefined) return
  const { current, others } = actionDocumentsOf(item, file)
  const open = documentNameOf({ kind: 'actions', caseId: file._id, zone: 'open' })
  for (const document of [current, ...others]) {
    if (document !== open && (await parts.documents.hasContent(document))) {
      throw new Refusal('not-allowed', 'item-has-actions')
    }
  }
}

/** Whose access may be another when this item has changed. */
export function keysOf(item: Pick<Item, '_id' | 'caseId'>): AccessKey[] {
  return item.caseId === null ? [`item:${item._id}`] : [`item:${item._id}`, `case:${item.caseId}`]
}

/** The agencies at the table. */
export function invitedAgenciesOf({ participants }: { participants: readonly Participant[] }): AgencyId[] {
  return [...new Set(participants.map(participant => participant.agencyId))]
}

/**
 * Active staff, each once, at most one leader and one minute-taker; who is only an observer in the agency takes part as one. Only new
 * invitations are checked against the directory, so that somebody who has left since does not stand in the way of every other change.
 */
async function assertParticipants(
  people: PeopleDirectory,
  participants: readonly Participant[],
  known: readonly Participant[],
): Promise<void> {
  assertDistinct(
    participants.map(participant => participant.userId),
    'participant-twice',
  )
  for (const role of ['leader', 'minute_taker'] as const) {
    if (participants.filter(participant => participant.role === role).length > 1) {
      throw new Refusal('bad-request', role === 'leader' ? 'one-leader' : 'one-minute-taker')
    }
  }
  const isKnown = (p: Participant) =>
    known.some(k => k.userId === p.userId && k.agencyId === p.agencyId && k.role === p.role)
  const invited = await staffNamed(
    people,
    participants.filter(participant => !isKnown(participant)),
    'participant-not-staff',
  )
  for (const { placement, person } of invited) {
    const roles = person.memberships.filter(m => m.agencyId === placement.agencyId).map(m => m.role)
    if (placement.role !== 'observer' && roles.every(role => role === 'observer')) {
      throw new Refusal('bad-request', 'observer-only')
    }
  }
}

/** The fields that a partial command names; a field given as `undefined` is not named. */
function definedOf<T extends object>(fields: T): { [K in keyof T]-?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]-?: Exclude<T[K], undefined>
  }
}
