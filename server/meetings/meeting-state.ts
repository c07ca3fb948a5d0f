/**
 * What holds of a running meeting, and of the hearing of one item in it. Plain data, kept as one record each (the meeting's sealed in the
 * conference's drawer, a hearing's in its item's), changed only by the pure steps of the commands. Times are ISO in UTC, from the server's clock.
 */
import {
  type AttendanceMode,
  type AttendanceStanding,
  type ItemProgressState,
  isPresentMode,
  type MeetingFeature,
  type PresentMode,
  type QuorumChoice,
  type RecusalKind,
} from '../../shared/codes.ts'
import type { AgencyId, AttendeeKey, CardGroupId, CardId, CommandId, ItemId, UserId } from '../../shared/ids.ts'
import type {
  AnswerView,
  ConfirmationView,
  DeferralView,
  GoneOnView,
  ReadBackView,
  VoteView,
} from '../../shared/meeting/meeting-view.ts'
import type { OpenPointKind } from '../../shared/minutes/minutes-record.ts'
import type { Spoken } from './spoken.ts'

export interface MeetingState {
  chair: { userId: UserId | null; since: string | null }
  pointer: { itemId: ItemId; place: string | null; since: string; by: UserId } | null
  attendance: readonly Attendance[]
  progress: Readonly<Record<ItemId, { state: ItemProgressState; openedAt: string | null; spentMs: number }>>
  speaking: { now: AttendeeKey | null; since: string | null; queue: readonly { key: AttendeeKey; at: string }[] }
  spoken: Spoken
  /** What was switched; the rest is as the kind of meeting has it (`rule-sets.ts`). */
  features: Readonly<Partial<Record<MeetingFeature, boolean>>>
  quorumChoice: QuorumChoice
  /** How the room was closed (MINUTES.md MN17); null while it is not, and where that was not asked. */
  closing: {
    at: string
    by: UserId
    reason: string
    open: Readonly<Partial<Record<OpenPointKind, number>>>
  } | null
  /** The latest commands that were done, newest last, so that a repeated one is answered and not done again. */
  done: readonly CommandId[]
}

/** One per participant who did or is said something, and per person at the table without an account. A participant without one is `expected`. */
export interface Attendance {
  key: AttendeeKey
  userId: UserId | null
  /** Only for people without an account; a participant's come from the conference. */
  guest: { name: string; agencyId: AgencyId; title: string; role: 'attendee' | 'observer' } | null
  standing: AttendanceStanding
  mode: AttendanceMode | null
  deputyFor: string
  statement: 'none' | 'own-press' | 'by-minute-taker'
  enteredBy: UserId | null
  arrivedAt: string | null
  leftAt: string | null
  leavesAt: string
}

export interface HearingState {
  /** When the chair went on below the quorum, oldest first; never changed, only added to. */
  goneOn: readonly GoneOnView[]
  readBack: ReadBackView | null
  /** Oldest first; never changed, only added to. */
  confirmations: readonly ConfirmationView[]
  recusals: readonly {
    userId: UserId
    kind: RecusalKind
    leftAt: string
    returnedAt: string | null
    enteredBy: UserId
  }[]
  votes: readonly VoteView[]
  deferral: DeferralView | null
  /** In the order in which they were written. */
  cards: readonly Card[]
  /** Each holds a card. */
  cardGroups: readonly { groupId: CardGroupId; title: string }[]
  /** New cards are their writer's alone, until they are revealed. */
  hidesCards: boolean
  done: readonly CommandId[]
}

/** One idea (SPEC MB). */
export interface Card {
  cardId: CardId
  by: UserId
  agencyId: AgencyId
  text: string
  groupId: CardGroupId | null
  isHidden: boolean
}

export type Answer = AnswerView

/** More than anybody repeats: a client repeats what was not acknowledged within a minute. */
const REMEMBERED_COMMANDS = 200

export function emptyMeeting(): MeetingState {
  return {
    chair: { userId: null, since: null },
    pointer: null,
    attendance: [],
    progress: {},
    speaking: { now: null, since: null, queue: [] },
    spoken: {},
    features: {},
    quorumChoice: 'majority',
    closing: null,
    done: [],
  }
}

export function emptyHearing(): HearingState {
  return {
    goneOn: [],
    votes: [],
    deferral: null,
    readBack: null,
    confirmations: [],
    recusals: [],
    cards: [],
    cardGroups: [],
    hidesCards: false,
    done: [],
  }
}

/** How somebody attends who is there; null for who is not, and while nothing was said. */
export function presentModeIn({ attendance }: Pick<MeetingState, 'attendance'>, userId: UserId): PresentMode | null {
  const entry = attendance.find(one => one.userId === userId)
  const isHere = entry?.standing === 'announced' || entry?.standing === 'confirmed'
  return isHere && isPresentMode(entry.mode) ? entry.mode : null
}

export function withDone<State extends { done: readonly CommandId[] }>(state: State, commandId: CommandId): State {
  return { ...state, done: [...state.done, commandId].slice(-REMEMBERED_COMMANDS) }
}
