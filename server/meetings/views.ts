/**
 * A running meeting as its people see it. All of one audience, who may open the same items, are shown the same object, so that a change is made
 * once for all of them; what is one person's own stands beside it and is small. What is not for an audience is never put into its view.
 */
import { attendeeKeyOf, type ItemId, type UserId } from '../../shared/ids.ts'
import type {
  AttendeeView,
  ChairView,
  HearingView,
  MeetingView,
  OwnView,
  PointerView,
  QuorumView,
  SharedView,
} from '../../shared/meeting/meeting-view.ts'
import { featuresOf } from '../../shared/meeting/rule-sets.ts'
import type { Participant } from '../conferences/conference-repository.ts'
import { hearingViewOf, hiddenCardsOf, peopleInHearing } from './hearing-view.ts'
import type { MeetingRecords } from './meeting-records.ts'
import type { Attendance, HearingState, MeetingState } from './meeting-state.ts'
import { quorumIn } from './quorum.ts'
import { standingAnswers } from './standing-answers.ts'
import { type AbsentSince, chairOrder } from './succession.ts'

/** Everything that views are made of, at one moment. */
export interface MeetingFacts {
  records: MeetingRecords
  names: ReadonlyMap<UserId, string>
  /** Of guests; left out where there are none. */
  titles?: ReadonlyMap<UserId, string>
  state: MeetingState
  hearings: ReadonlyMap<ItemId, HearingState>
  online: ReadonlySet<UserId>
  absentSince: AbsentSince
}

/** A person's view in its two parts: {@link viewOf} puts them together. */
export interface Shown {
  /** The same object for everybody who may open the same items. */
  shared: SharedView
  own: OwnView
}

export const viewOf = ({ shared, own }: Shown): MeetingView => ({ ...shared, own })

const NOTHING_OWN: OwnView = { cards: {} }

/** Views for audiences, each built once. */
export function createViews(facts: MeetingFacts): (open: ReadonlySet<ItemId>, userId: UserId) => Shown {
  const { records, state, online } = facts
  const forAll = {
    chair: chairView(facts),
    attendance: attendanceView(facts),
    progress: Object.fromEntries(
      (Object.entries(state.progress) as [ItemId, MeetingState['progress'][ItemId]][]).filter(([itemId]) =>
        records.items.has(itemId),
      ),
    ),
    speaking: state.speaking,
    online: records.conference.participants.map(({ userId }) => userId).filter(userId => online.has(userId)),
    features: featuresOf(records.conference.type, state.features),
    quorumChoice: state.quorumChoice,
  }
  const hidden = [...facts.hearings].map(([itemId, hearing]) => [itemId, hiddenCardsOf(hearing, facts.names)] as const)
  const built = new Map<string, SharedView>()
  const sharedBy = (open: ReadonlySet<ItemId>) => {
    const audience = [...open].sort().join()
    const known = built.get(audience)
    if (known) return known
    const view = {
      ...forAll,
      pointer: pointerView(facts, open),
      quorum: quorumView(facts, open),
      hearings: hearingViews(facts, open),
    }
    built.set(audience, view)
    return view
  }
  return (open, userId) => {
    const cards = hidden.flatMap(([itemId, byWriter]) => {
      const mine = open.has(itemId) ? byWriter.get(userId) : undefined
      return mine ? [[itemId, mine] as const] : []
    })
    return { shared: sharedBy(open), own: cards.length === 0 ? NOTHING_OWN : { cards: Object.fromEntries(cards) } }
  }
}

/** Everybody whose name a view of this may need. */
export function peopleIn(
  records: MeetingRecords,
  state: MeetingState,
  hearings: Iterable<HearingState>,
): ReadonlySet<UserId> {
  const people = new Set(records.conference.participants.map(({ userId }) => userId))
  for (const { enteredBy } of state.attendance) if (enteredBy !== null) people.add(enteredBy)
  for (const hearing of hearings) for (const userId of peopleInHearing(hearing)) people.add(userId)
  return people
}

function chairView({ records, state, absentSince }: MeetingFacts): ChairView {
  return {
    ...state.chair,
    awaySince: absentSince === undefined ? null : new Date(absentSince).toISOString(),
    order: chairOrder(records.conference),
  }
}

function pointerView({ records, state }: MeetingFacts, open: ReadonlySet<ItemId>): PointerView | null {
  const { pointer } = state
  if (pointer === null || !records.items.has(pointer.itemId)) return null
  return open.has(pointer.itemId) ? pointer : { ...pointer, place: null }
}

/** Of an item only for who may open it: how many are out of it is theirs to know. */
function quorumView({ records, state }: MeetingFacts, open: ReadonlySet<ItemId>): QuorumView | null {
  const at = state.pointer && open.has(state.pointer.itemId) ? records.items.get(state.pointer.itemId) : undefined
  const quorum = quorumIn(records.conference, state, at)
  return quorum ? { ...quorum, itemId: at?.item._id ?? null } : null
}

/** Participants in the order of the invitation, then people without an account in the order in which they were added. */
function attendanceView(facts: MeetingFacts): AttendeeView[] {
  const { records, state } = facts
  const { participants } = records.conference
  const known = new Map(state.attendance.map(entry => [entry.key, entry]))
  return [
    ...participants.map(participant =>
      participantView(facts, participant, known.get(attendeeKeyOf(participant.userId))),
    ),
    ...state.attendance.flatMap(entry => guestView(facts, entry)),
  ]
}

function participantView(facts: MeetingFacts, participant: Participant, entry: Attendance | undefined): AttendeeView {
  const { userId, agencyId, role } = participant
  const name = facts.names.get(userId) ?? ''
  const standing = standingView(facts, entry)
  // Given for the year, or by somebody who only reads: the conference's record knows, the meeting's does not.
  const { accepted, enteredFor } = facts.records.conference
  const isGiven = standing.statement === 'none' && accepted?.includes(userId) === true
  const given = enteredFor?.includes(userId) ? ('by-minute-taker' as const) : ('own-press' as const)
  const statement = isGiven ? given : standing.statement
  return {
    key: attendeeKeyOf(userId),
    userId,
    name,
    agencyId,
    role,
    title: facts.titles?.get(userId) ?? '',
    ...standing,
    statement,
  }
}

function guestView(facts: MeetingFacts, entry: Attendance): AttendeeView[] {
  if (entry.guest === null) return []
  return [{ key: entry.key, userId: null, ...entry.guest, ...standingView(facts, entry) }]
}

function standingView({ names }: MeetingFacts, entry: Attendance | undefined) {
  const { enteredBy = null, userId = null } = entry ?? {}
  return {
    standing: entry?.standing ?? 'expected',
    mode: entry?.mode ?? null,
    deputyFor: entry?.deputyFor ?? '',
    statement: entry?.statement ?? 'none',
    enteredBy: enteredBy === null || enteredBy === userId ? '' : (names.get(enteredBy) ?? ''),
    arrivedAt: entry?.arrivedAt ?? null,
    leftAt: entry?.leftAt ?? null,
    leavesAt: entry?.leavesAt ?? '',
  } as const
}

function hearingViews(facts: MeetingFacts, open: ReadonlySet<ItemId>): MeetingView['hearings'] {
  const views: Record<ItemId, HearingView> = {}
  for (const [itemId, hearing] of facts.hearings) {
    if (!open.has(itemId)) continue
    const view = hearingViewOf(asItStands(facts, itemId, hearing), facts.names)
    if (view) views[itemId] = view
  }
  return views
}

/** Screens show the answers that a confirmation would count now (SPEC MH8). */
function asItStands({ records, state }: MeetingFacts, itemId: ItemId, hearing: HearingState): HearingState {
  const item = records.items.get(itemId)
  if (item === undefined || hearing.readBack === null) return hearing
  const answers = standingAnswers(hearing.readBack, item, state)
  return { ...hearing, readBack: { ...hearing.readBack, answers } }
}
