/**
 * A running meeting as one person sees it: everything that is not text in a document. The server builds it for each person from its records;
 * what a person must not know is not in it. It travels once whole and then as {@link MeetingChange}s: *snapshot + changes = fresh snapshot*.
 */
import type {
  AttendanceMode,
  AttendanceStanding,
  ConferenceRole,
  DeferralKind,
  ItemProgressState,
  MeetingFeature,
  PositionKind,
  QuorumChoice,
  RecusalKind,
  VoteChoice,
} from '../codes.ts'
import type { AgencyId, AttendeeKey, CardGroupId, CardId, ItemId, ReadBackId, UserId, VoteId } from '../ids.ts'
import type { Quorum } from './quorum.ts'
import type { ReadBackContent } from './read-back.ts'
import type { VoteCount } from './votes.ts'

export interface MeetingView {
  chair: ChairView
  pointer: PointerView | null
  attendance: readonly AttendeeView[]
  /** Items that the meeting has touched; others are waiting. Also of items that are not for me: all invited know that one is being heard. */
  progress: Readonly<Record<ItemId, ItemProgress>>
  speaking: SpeakingView
  /** Who is connected to the live channel now. */
  online: readonly UserId[]
  features: Readonly<Record<MeetingFeature, boolean>>
  /** What its quorum asks for where it uses one and its kind leaves a choice. */
  quorumChoice: QuorumChoice
  /** Of the meeting's item for who may open it, of the whole meeting for others; null where none is asked for. */
  quorum: QuorumView | null
  /** Only of items that I may open. */
  hearings: Readonly<Record<ItemId, HearingView>>
  /** What is told to me and to nobody else. */
  own: OwnView
}

/** What everybody who may open the same items is shown alike. */
export type SharedView = Omit<MeetingView, 'own'>

export interface OwnView {
  /** My hidden cards, by item, in the order in which I wrote them. */
  cards: Readonly<Record<ItemId, readonly CardView[]>>
}

export interface ChairView {
  /** Who leads now; null only before somebody of the order was there. */
  userId: UserId | null
  since: string | null
  /** The chair's last connection is gone since then. */
  awaySince: string | null
  /** Who would lead next, in order: leader, deputies, minute-taker. */
  order: readonly UserId[]
}

/** Where the meeting is. One for all. */
export interface PointerView {
  itemId: ItemId
  /** A place inside the item, e.g. `decisions` or `opinion:health:<agency>`; null for its beginning, and for who may not open the item. */
  place: string | null
  /** When the meeting came to the item, and who led there. */
  since: string
  by: UserId
}

export interface AttendeeView {
  /** A participant's is made of the user's id; a person without a device has one of their own. */
  key: AttendeeKey
  userId: UserId | null
  name: string
  agencyId: AgencyId
  role: ConferenceRole
  /** Post or office as people say it, e.g. `동장`; for people without an account. */
  title: string
  standing: AttendanceStanding
  mode: AttendanceMode | null
  /** Sits here in place of this person (대리 참석); empty otherwise. */
  deputyFor: string
  statement: 'none' | 'own-press' | 'by-minute-taker'
  /** Name of whoever entered it for them (구두 확인 · 입력: 기록자); empty when they did it themselves. */
  enteredBy: string
  arrivedAt: string | null
  leftAt: string | null
  /** Has to go at this time of day, `HH:mm`; empty when not known. */
  leavesAt: string
}

export interface ItemProgress {
  state: ItemProgressState
  /** Since when it is being heard without a break; null when it is not. */
  openedAt: string | null
  /** Time it was heard before that, ms. */
  spentMs: number
}

export interface SpeakingView {
  /** Who has the floor. */
  now: AttendeeKey | null
  since: string | null
  /** In the order of asking; remote hands and hands in the room alike. */
  queue: readonly { key: AttendeeKey; at: string }[]
}

export interface QuorumView extends Quorum {
  /** The item that was counted for; null for the meeting as a whole. */
  itemId: ItemId | null
}

/** The chair went on below the quorum. */
export interface GoneOnView {
  /** The chair's own words. */
  reason: string
  /** How many were there, and how many it takes. */
  here: number
  needed: number
  at: string
  by: string
}

/** An agency's id, or a member's key, as the kind of meeting gives votes. */
export type VoterId = AgencyId | AttendeeKey

/** An open vote: everybody in the item sees who voted how. */
export interface VoteView {
  voteId: VoteId
  question: string
  votesBy: 'agencies' | 'people'
  /** Who has a vote: fixed when it was opened. */
  voters: readonly VoterId[]
  cast: readonly CastView[]
  openedAt: string
  openedBy: string
  /** Null while it is open; afterwards it is never changed. */
  count: VoteCount | null
  closedAt: string | null
}

export interface CastView {
  voter: VoterId
  choice: VoteChoice
  at: string
  by: string
  byMinuteTaker: boolean
}

export interface DeferralView {
  kind: DeferralKind
  /** In the words of who leads; may be empty. */
  reason: string
  /** To be tabled again at the next meeting (재상정). */
  retable: boolean
  /** The last day on which it is to be heard again, `YYYY-MM-DD` in Seoul; empty where no term runs. */
  reopenBy: string
  /** The day that was named for it; empty while none was. */
  meetOn: string
  at: string
  by: string
}

export interface HearingView {
  /** Oldest first; at most the last one is open. */
  votes: readonly VoteView[]
  /** Why it was last deferred. */
  deferral: DeferralView | null
  /** The last time that the chair went on below the quorum; null while nobody did. */
  goneOn: GoneOnView | null
  readBack: ReadBackView | null
  /** The last confirmed record of this item. */
  confirmed: ConfirmationView | null
  recusals: readonly RecusalView[]
  /** Null while nobody collects ideas on it. */
  brainstorm: BrainstormView | null
}

/** Ideas on one item: those that are revealed. Hidden ones are {@link OwnView}'s. */
export interface BrainstormView {
  /** New cards are seen by who writes them alone, until they are revealed. */
  hiding: boolean
  /** In the order in which they were written. */
  cards: readonly CardView[]
  /** How many more are hidden, my own among them. That there are any is all that is told of others'. */
  hiddenCards: number
  groups: readonly { groupId: CardGroupId; title: string }[]
}

export interface CardView {
  cardId: CardId
  by: UserId
  name: string
  agencyId: AgencyId
  text: string
  groupId: CardGroupId | null
  /** Only its writer sees it yet. */
  hidden: boolean
}

/** What everybody is being read, and who has said what to it. */
export interface ReadBackView {
  readBackId: ReadBackId
  content: ReadBackContent
  /** SHA-256 of the content's canonical text, lower-case hex. */
  hash: string
  openedAt: string
  openedBy: string
  /** Agencies at the table that are asked. */
  asked: readonly AgencyId[]
  answers: readonly AnswerView[]
}

export interface AnswerView {
  agencyId: AgencyId
  position: PositionKind
  /** Condition, reason or minority view, word for word; empty for `agrees`. */
  words: string
  at: string
  by: string
  /** The minute-taker entered what the agency said (구두 확인). */
  byMinuteTaker: boolean
}

/** What stands, frozen: changed only by confirming anew. */
export interface ConfirmationView {
  /** From 1, per item. */
  number: number
  readBackId: ReadBackId
  content: ReadBackContent
  hash: string
  answers: readonly AnswerView[]
  confirmedAt: string
  confirmedBy: string
}

export interface RecusalView {
  userId: UserId
  name: string
  kind: RecusalKind
  leftAt: string
  returnedAt: string | null
}

/** One step of what a person sees. Whole parts are replaced; a hearing that is not for the person any more is null. */
export interface MeetingChange {
  /** Counts this connection's changes from 1. After a gap the client asks for a snapshot. */
  n: number
  set: Partial<Omit<MeetingView, 'hearings'>>
  hearings: Readonly<Record<ItemId, HearingView | null>>
}

const SHARED_PARTS = [
  'chair',
  'pointer',
  'attendance',
  'progress',
  'speaking',
  'online',
  'features',
  'quorumChoice',
  'quorum',
] as const satisfies readonly (keyof SharedView)[]

/** A step of a view before it is numbered. */
export type MeetingStep = Omit<MeetingChange, 'n'>

/** What leads from one view to the next, or undefined when nothing does. Equal parts may be different objects. */
export function changeBetween(before: MeetingView, after: MeetingView, n: number): MeetingChange | undefined {
  const step = withOwn(stepBetween(before, after), before.own, after.own)
  return step && { n, ...step }
}

/** What leads from one shared view to the next: the same for everybody who was shown the one and is shown the other. */
export function stepBetween(before: SharedView, after: SharedView): MeetingStep | undefined {
  const set = Object.fromEntries(
    SHARED_PARTS.filter(part => !same(before[part], after[part])).map(part => [part, after[part]]),
  )
  const hearings: Record<ItemId, HearingView | null> = {}
  for (const [itemId, hearing] of Object.entries(after.hearings) as [ItemId, HearingView][]) {
    if (!same(before.hearings[itemId], hearing)) hearings[itemId] = hearing
  }
  for (const itemId of Object.keys(before.hearings) as ItemId[]) {
    if (after.hearings[itemId] === undefined) hearings[itemId] = null
  }
  if (Object.keys(set).length === 0 && Object.keys(hearings).length === 0) return undefined
  return { set, hearings }
}

/** The step with what is one person's own, where that is another now. */
export function withOwn(step: MeetingStep | undefined, before: OwnView, after: OwnView): MeetingStep | undefined {
  if (same(before, after)) return step
  return { hearings: step?.hearings ?? {}, set: { ...step?.set, own: after } }
}

/**
 * The ideas on an item as I see them: the revealed ones and behind them my hidden ones, which are always the later ones; `hiddenCards` counts the
 * others' alone.
 */
export function brainstormOf(view: Pick<MeetingView, 'hearings' | 'own'>, itemId: ItemId): BrainstormView | null {
  const board = view.hearings[itemId]?.brainstorm ?? null
  const mine = view.own.cards[itemId] ?? []
  if (board === null || mine.length === 0) return board
  return { ...board, cards: [...board.cards, ...mine], hiddenCards: board.hiddenCards - mine.length }
}

export function applyChange(view: MeetingView, change: MeetingStep): MeetingView {
  const hearings = { ...view.hearings }
  for (const [itemId, hearing] of Object.entries(change.hearings) as [ItemId, HearingView | null][]) {
    if (hearing === null) delete hearings[itemId]
    else hearings[itemId] = hearing
  }
  return { ...view, ...change.set, hearings }
}

/** Views are plain JSON built in one place, so equal values have equal texts. */
function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}
