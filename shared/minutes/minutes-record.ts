/**
 * The minutes of one conference (사례회의록) as plain data: what the leaves of a version hold (`MINUTES.md`). Names are in it as they were, so that it
 * is read without asking anybody. Times are ISO in UTC, texts NFC, numbers whole. Sources of the fields: 사례회의록 form; 공공기록물 관리에
 * 관한 법률 시행령 제18조②.
 */
import type {
  ActionStatus,
  AttendanceMode,
  AttendanceStanding,
  CaseStage,
  ConferenceRole,
  ConferenceType,
  DecisionKind,
  DeferralKind,
  ItemProgressState,
  NeedDomain,
  PaperKind,
  PositionKind,
  RecusalKind,
  VoteChoice,
} from '../codes.ts'
import type { RichTextNode } from '../documents/rich-text.ts'
import type { ActionId, AgencyId, ConferenceId, DecisionId, ItemId } from '../ids.ts'
import type { ReadBackChange } from '../meeting/read-back.ts'
import type { VoteCount } from '../meeting/votes.ts'

/** A long text: its words alone, line by line, and as the editor's nodes. */
export interface MinutesText {
  words: string
  nodes: readonly RichTextNode[]
}

export interface NamedAgency {
  agencyId: AgencyId
  name: string
  shortName: string
}

export type LeafKey = 'meeting' | `item:${ItemId}` | `supervision:${ItemId}`

// The meeting's leaf

export interface MeetingParts {
  facts: MeetingFacts
  heading: MeetingHeading
  attendance: MeetingAttendance
  proceedings: readonly Proceeding[]
  notes: MeetingNotes
  closing: MeetingClosing | null
}

/** Codes, dates and counts: nothing that names anybody. */
export interface MeetingFacts {
  type: ConferenceType
  plannedAt: string
  plannedMinutes: number
  startedAt: string | null
  closedAt: string | null
  agencies: number
  attendees: number
  inAttendance: number
  items: number
  /** Made-up demo data. */
  synthetic: boolean
}

export interface MeetingHeading {
  /** 회의 명칭 */
  title: string
  /** 개최기관 */
  convenedBy: NamedAgency
  /** 장소, as planned or as added to the minutes; empty while nobody said it. */
  place: string
  chair: string
  minuteTaker: string
  /** Added after the meeting by who conducts (기타). */
  remarks: string
}

export interface MeetingAttendance {
  /** 참석자: whose attendance was confirmed, also those who went earlier. */
  attendees: readonly MinutesAttendee[]
  /** 배석자·참관인 */
  inAttendance: readonly MinutesAttendee[]
  /** 불참, with or without a report or a written opinion. */
  absent: readonly MinutesAttendee[]
  /** Attendance that was kept on paper only, as written down afterwards; usually empty. */
  onPaper: string
}

export interface MinutesAttendee {
  name: string
  agency: NamedAgency
  /** Post or office; for people without an account. */
  title: string
  role: ConferenceRole
  standing: AttendanceStanding
  mode: AttendanceMode | null
  /** 대리 참석: sat in for this person; empty otherwise. */
  deputyFor: string
  /** 비밀유지: given by oneself, entered by the minute-taker (구두 확인), or not. */
  statement: 'none' | 'own-press' | 'by-minute-taker'
  /** Name of whoever entered it; empty when they did it themselves. */
  enteredBy: string
  arrivedAt: string | null
  leftAt: string | null
}

/** 진행 순서 and 상정 안건: all that everybody invited may know of an item. */
export interface Proceeding {
  itemId: ItemId
  /** From 1, as on the agenda. */
  number: number
  /** Neutral words of a general item; empty for a case item. */
  label: string
  plannedMinutes: number
  spentMs: number
  progress: ItemProgressState
}

export interface MeetingNotes {
  /** 공유 메모 */
  notes: MinutesText
  proposals: readonly { text: MinutesText; by: string }[]
  /** Action items that belong to no item. */
  actions: readonly MinutesAction[]
}

export type OpenPointKind =
  | 'attendance-not-confirmed'
  | 'item-not-discussed'
  | 'decision-without-reason'
  | 'action-without-agency'
  | 'action-without-person'
  | 'action-without-date'
  | 'not-confirmed'
  | 'changed-since-confirmed'
  | 'words-not-stored'

/** How the room was closed. */
export interface MeetingClosing {
  at: string
  by: string
  /** Why it was closed with something open; empty when nothing was. */
  reason: string
  /** How many were open then of what everybody at the table may know: nothing from inside an item. */
  open: Readonly<Partial<Record<OpenPointKind, number>>>
}

// An item's leaf

export interface ItemParts {
  facts: ItemFacts
  subject: ItemSubject
  /** 사례 개요 */
  presentation: MinutesText
  opinions: readonly MinutesOpinion[]
  discussion: ItemDiscussion
  decisions: readonly MinutesDecision[]
  actions: readonly MinutesAction[]
  /** 결정사항 확인: the last confirmed read-back; null where nothing was confirmed. */
  confirmation: MinutesConfirmation | null
  votes: readonly MinutesVote[]
  deferral: MinutesDeferral | null
  recusals: readonly MinutesRecusal[]
  /** Each time that the chair went on below the quorum. */
  quorum: readonly { reason: string; here: number; needed: number; at: string; by: string }[]
  papers: readonly { title: string; kind: PaperKind; addedBy: string; agency: string }[]
}

/** Codes and counts: nothing that names anybody. */
export interface ItemFacts {
  kind: 'case' | 'general'
  stage: CaseStage | null
  progress: ItemProgressState
  spentMs: number
  needs: readonly NeedDomain[]
  decisions: readonly { kind: DecisionKind | ''; need: NeedDomain | '' }[]
  /** How many agencies took which position to the confirmed record. */
  positions: Readonly<Partial<Record<PositionKind, number>>>
  actions: number
  votes: readonly VoteCount[]
  deferral: { kind: DeferralKind; retable: boolean } | null
}

export interface ItemSubject {
  /** Neutral words of a general item; empty for a case item. */
  label: string
  case: { number: string; label: string; leadAgency: NamedAgency | null } | null
  /** Agencies that were cleared for it; of a general item all at the table. */
  agencies: readonly NamedAgency[]
}

/** 기관 의견, per need. */
export interface MinutesOpinion {
  need: NeedDomain
  agency: NamedAgency
  text: MinutesText
}

export interface ItemDiscussion {
  text: MinutesText
  /** Revealed cards of the brainstorming, in their groups. */
  ideas: readonly { group: string; text: string; by: string; agency: string }[]
}

export interface MinutesDecision {
  decisionId: DecisionId
  /** From 1, as on the screen. */
  number: number
  kind: DecisionKind | ''
  need: NeedDomain | ''
  text: MinutesText
  reason: MinutesText
  condition: MinutesText
}

export interface MinutesAction {
  actionId: ActionId
  number: number
  /** Null while nobody took it on. */
  agency: NamedAgency | null
  person: string
  what: MinutesText
  /** Under which own rule of the agency. */
  rule: MinutesText
  /** Won; null when none is named. */
  amount: number | null
  /** `YYYY-MM-DD` or empty. */
  due: string
  need: NeedDomain | ''
  /** When the version was frozen. */
  status: ActionStatus
}

export interface MinutesConfirmation {
  /** From 1, per item. */
  number: number
  /** SHA-256 of what was read back, lower-case hex. */
  hash: string
  at: string
  by: string
  answers: readonly MinutesAnswer[]
  /** What was written differently after it was confirmed; empty when nothing was. */
  changedSince: readonly ReadBackChange[]
}

/** 기관별 확인, and 소수의견 word for word. */
export interface MinutesAnswer {
  agency: NamedAgency
  position: PositionKind
  words: string
  at: string
  by: string
  byMinuteTaker: boolean
}

export interface MinutesVote {
  question: string
  votesBy: 'agencies' | 'people'
  cast: readonly { voter: string; choice: VoteChoice | null; byMinuteTaker: boolean }[]
  /** Null for one that was never closed. */
  count: VoteCount | null
  openedAt: string
  closedAt: string | null
}

export interface MinutesDeferral {
  kind: DeferralKind
  reason: string
  /** 재상정 */
  retable: boolean
  at: string
  by: string
}

export interface MinutesRecusal {
  name: string
  agency: string
  kind: RecusalKind
  leftAt: string
  returnedAt: string | null
}

// Supervision

export interface SupervisionParts {
  note: { text: MinutesText; readers: readonly string[] }
}

export interface PartsOf {
  meeting: MeetingParts
  item: ItemParts
  supervision: SupervisionParts
}

/** Some parts of a leaf, and the hashes of those that are not shown (redacted edition). In a draft nothing has a hash. */
export interface ShownParts<Parts> {
  /** SHA-256, lower-case hex; empty in a draft. */
  hash: string
  parts: Readonly<Partial<Parts>>
  /** By the part's name. */
  hidden: Readonly<Record<string, string>>
}

/** What one reader, or one export, shows of a version. Screens and exports are made from this. */
export interface MinutesEdition {
  conferenceId: ConferenceId
  /** 0: a draft, not frozen. */
  version: number
  /** Hash of the version's root; empty in a draft. */
  root: string
  meeting: ShownParts<MeetingParts>
  /** In the order of the agenda. */
  items: readonly EditionItem[]
}

export type EditionItem =
  | ({
      restricted: false
      itemId: ItemId
      number: number
      /** Null for whoever may not read the note; their reader gets the hash. */
      supervision: ShownParts<SupervisionParts> | null
      supervisionHash: string
    } & ShownParts<ItemParts>)
  /** 열람 제한 안건: place and hash, nothing else. */
  | { restricted: true; itemId: ItemId; number: number; hash: string; supervisionHash: string }

export const EMPTY_TEXT: MinutesText = { words: '', nodes: [] }
