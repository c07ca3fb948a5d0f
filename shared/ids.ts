/**
 * Branded ids and their parsers. Ids are opaque: 22 characters of base64url (128 random bits), made by the server only, safe to stand in
 * clear in the database, in addresses and in logs. They never carry meaning, so nothing can be read or guessed from them.
 */
declare const brand: unique symbol
type Id<Name extends string> = string & { readonly [brand]: Name }

/** An organisation that takes part (기관). */
export type AgencyId = Id<'Agency'>
/** A person with an account. */
export type UserId = Id<'User'>
/** A planned, live or closed conference (사례회의). */
export type ConferenceId = Id<'Conference'>
/** A line of a conference's agenda (안건). */
export type ItemId = Id<'Item'>
/** A household's file (사례). */
export type CaseId = Id<'Case'>
/** A decision inside an item's document (결정). */
export type DecisionId = Id<'Decision'>
/** An agency's promise, once per case (조치사항). */
export type ActionId = Id<'Action'>
/** Somebody at a meeting's table, with an account or without (참석자). A participant's is the same 22 characters as the user's id. */
export type AttendeeKey = Id<'Attendee'>
export const attendeeKeyOf = (userId: UserId): AttendeeKey => userId as string as AttendeeKey
/** One reading back of an item's decisions and action items (결정사항 확인). */
export type ReadBackId = Id<'ReadBack'>
/** One idea of a brainstorming (브레인스토밍 카드). */
export type CardId = Id<'Card'>
/** What several cards are put together under. */
export type CardGroupId = Id<'CardGroup'>
export type VoteId = Id<'Vote'>
/** A command over the live channel, so that one repeated after a lost answer is done once. */
export type CommandId = Id<'Command'>
/** A paper that lies with an item (회의자료). */
export type PaperId = Id<'Paper'>
/** Conferences that come again by a rule (정기 회의). */
export type SeriesId = Id<'Series'>
/** One printing or copying out, with who, when and what for (출력·반출). */
export type PrintId = Id<'Print'>
/** One taking out of the minutes as a file or on paper (내보내기). */
export type ExportId = Id<'Export'>
/** What one worker and one supervisor write to each other about a case (슈퍼비전). */
export type SupervisionThreadId = Id<'SupervisionThread'>
export type SupervisionEntryId = Id<'SupervisionEntry'>
/** What people say to one place of an item, and a line of it (안건 댓글). */
export type CommentThreadId = Id<'CommentThread'>
export type CommentLineId = Id<'CommentLine'>
/** By what right agencies may know of a case (제공 근거), and an agreement between agencies (업무협약). */
export type BasisId = Id<'Basis'>
export type AgreementId = Id<'Agreement'>
/** A member of a household (가구원), and rows of what is written about it: a need, a goal, a service of its plan. */
export type MemberId = Id<'Member'>
export type CaseNeedId = Id<'CaseNeed'>
export type GoalId = Id<'Goal'>
export type PlanRowId = Id<'PlanRow'>
/** What one agency asks of another for a household (의뢰), what an agency can give (자원), and who gives what (자원 배분). */
export type ReferralId = Id<'Referral'>
export type ResourceId = Id<'Resource'>
export type AllocationId = Id<'Allocation'>
/** One entry of a case's records: a process note, a check, a visit … (사례 기록). */
export type CaseRecordId = Id<'CaseRecord'>
/** A case opened in an emergency by somebody who is not on it (긴급 열람), and an odd look-up that may have to be explained (소명). */
export type BreakGlassId = Id<'BreakGlass'>
export type AccessFlagId = Id<'AccessFlag'>
/** What a person asks about their own data (정보주체의 요구). */
export type SubjectRequestId = Id<'SubjectRequest'>
/** A list of found households that came in (발굴 명단), and one household of it (발굴 대상). */
export type ImportId = Id<'Import'>
export type FindingId = Id<'Finding'>
/** A filter of the case list that one person named (저장한 보기). */
export type CaseFilterId = Id<'CaseFilter'>
/** A hold on a case that would be destroyed (파기 보류), and one destruction of a case (파기). */
export type RetentionHoldId = Id<'RetentionHold'>
export type DestructionId = Id<'Destruction'>
/** A passkey of one person (패스키). */
export type PasskeyId = Id<'Passkey'>
/** A sign-in of one person on one browser. Names the record; the secret in the cookie is another value. */
export type SessionId = Id<'Session'>
/** One socket of one person to one document, while it is open. */
export type ConnectionId = Id<'Connection'>

const ID_PATTERN = /^[A-Za-z0-9_-]{22}$/

/** Whether a value has the form of one of our ids. Says nothing about whether such a thing exists. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && ID_PATTERN.test(value)
}

/** Reads an id from the outside; undefined when it cannot be one. */
export function parseId<T extends string>(value: unknown): T | undefined {
  return isId(value) ? (value as T) : undefined
}

/**
 * An id from 16 random bytes. The bytes come from the caller (crypto on the server, `crypto.getRandomValues` in the browser,
 * a seeded generator in tests), because shared code has no chance of its own.
 */
export function idFromBytes<T extends string>(bytes: Uint8Array): T {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  let id = ''
  for (let bit = 0; bit < 132; bit += 6) {
    const at = bit >> 3
    const pair = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
    id += alphabet[(pair >> (10 - (bit & 7))) & 63]
  }
  return id as T
}
