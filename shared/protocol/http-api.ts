/**
 * The HTTP interface: request bodies as strict schemas, answers as types. Unknown keys, repeated query parameters and anything that is no
 * JSON are refused. An error answers `{ error: { reason, detail?, requestId } }` with the status of `refusals.ts`; the words for people
 * are the client's.
 *
 * `_v` is the version that the caller saw; a command on an older one answers `conflict`.
 */
import * as z from 'zod'
import type { GroundView } from '../bases/bases.ts'
import type { ClockState } from '../cases/clocks.ts'
import type { CaseTrack } from '../cases/life-codes.ts'
import type { CaseGrade } from '../code-sets/grades.ts'
import type {
  AgencyType,
  CaseAgencyRole,
  CaseStage,
  ConferenceRole,
  ConferenceState,
  ConferenceType,
} from '../codes.ts'
import {
  AGENCY_ROLES,
  AGENCY_TYPES,
  type AgencyRole,
  CASE_AGENCY_ROLES,
  CASE_STAGES,
  CONFERENCE_ROLES,
  CONFERENCE_STATES,
  CONFERENCE_TYPES,
  DISCOVERY_ROUTES,
  type DiscoveryRoute,
} from '../codes.ts'
import type { AgencyId, CaseId, ConferenceId, ItemId, UserId } from '../ids.ts'
import {
  code,
  day,
  id,
  instant,
  line,
  login,
  maskedLine,
  newPassword,
  optionalLine,
  optionalMaskedLine,
  password,
  version,
} from './fields.ts'
import { type PasskeyView, passkeyProof } from './passkeys.ts'
import type { RefusalReason } from './refusals.ts'

export interface ErrorBody {
  error: { reason: RefusalReason; detail?: string; requestId: string }
}

// Session and installation

/** What the sign-in page must know and say. No secrets. */
export interface InstallationView {
  demo: boolean
  /** Demo only: hosts and accounts to try. */
  demoAccounts: { agency: string; name: string; role: string; login: string; password: string; url: string }[]
  /** True on the first real start: the operator is made with the one-time code from the log. */
  needsOperator: boolean
  /** A reason to warn: `plain-http` (allowed by switch on an address that is not this machine), `wrong-address` (not DURE_PUBLIC_URL). */
  warnings: ('plain-http' | 'wrong-address')[]
  publicUrl: string
  /** The agency whose own address this is (demo: `saengyeon.localhost`), to show on the sign-in page. */
  agencyName: string | null
}

export interface PersonView {
  userId: UserId
  name: string
  operator: boolean
  memberships: { agencyId: AgencyId; agencyName: string; agencyShortName: string; colour: number; role: AgencyRole }[]
}

export type SessionView =
  | { state: 'signed-out'; installation: InstallationView }
  | { state: 'locked'; installation: InstallationView; person: { userId: UserId; name: string; login: string } }
  /** The password was right; the code of the person's second factor is awaited until `expiresAt` (ms since the epoch). */
  | {
      state: 'second-factor'
      installation: InstallationView
      person: { userId: UserId; name: string }
      expiresAt: number
      /** What may be given here: a code of the app, the proof of a passkey; a recovery code always. */
      app: boolean
      passkey: boolean
    }
  | {
      state: 'signed-in'
      installation: InstallationView
      person: PersonView
      mustChangePassword: boolean
      /** A second factor was given in this session. */
      secondFactor: boolean
      /** One is demanded where this browser is, and there is none: nothing but setting one up is open. */
      needsSecondFactor: boolean
      /** ms since the epoch. */
      idleLocksAt: number
      expiresAt: number
      idleLimitMs: number
      /** Where else this account is open now, the latest first; left out for a guest. */
      elsewhere?: ElsewhereView[]
      /** Somebody without an account, for whom there is one conference and nothing else. */
      guest?: { conferenceId: ConferenceId; agencyId: AgencyId }
    }

/** Another sign-in of the same account: when, and from which network address. */
export interface ElsewhereView {
  at: string
  address: string
}

export const signInBody = z.strictObject({ login: z.string().min(1).max(64), password })
export const unlockBody = z.strictObject({ password })
export const changePasswordBody = z.strictObject({ current: password, next: newPassword })
/** Six digits of the app, or a recovery code as it was printed; spaces do not count. */
const secondFactorCode = z.string().trim().min(6).max(32)
export const secondFactorCodeBody = z.strictObject({ code: secondFactorCode })
/** A code, or the proof of a passkey. */
export const secondFactorBody = z.union([secondFactorCodeBody, z.strictObject({ passkey: passkeyProof })])
export const beginSecondFactorBody = z.strictObject({ password })
export const passwordAndCodeBody = z.union([
  z.strictObject({ password, code: secondFactorCode }),
  z.strictObject({ password, passkey: passkeyProof }),
])

/** `passkeyPossible`: browsers have passkeys at the address that was asked. */
export type SecondFactorView =
  | { on: false; passkeyPossible: boolean }
  | {
      on: true
      passkeyPossible: boolean
      since: string
      recoveryCodesLeft: number
      /** An authenticator app gives codes. */
      app: boolean
      passkeys: PasskeyView[]
    }

/** Shown once, to be put into an authenticator app: the secret in base32, and the same as the app reads it. */
export interface SecondFactorSecretView {
  secret: string
  uri: string
}

/** Shown once: each opens one sign-in when the phone is not there. */
export interface RecoveryCodesView {
  recoveryCodes: string[]
}

export const createOperatorBody = z.strictObject({
  code: z.string().min(1).max(64),
  login,
  name: line(40),
  password: newPassword,
})

// Agencies and people

export interface AgencyView {
  agencyId: AgencyId
  name: string
  shortName: string
  type: AgencyType
  public: boolean
  city: string
  /** 0–11 */
  colour: number
  active: boolean
  _v: number
}

export interface StaffView {
  userId: UserId
  name: string
  login: string
  role: AgencyRole
  active: boolean
  /** Locked out after too many wrong passwords until then (ISO), or null. */
  lockedUntil: string | null
  /** Has a second factor. */
  secondFactor: boolean
  lastSignInAt: string | null
  _v: number
}

/** Agencies of one's own city and those met in one's conferences, with the people who can be invited. */
export interface DirectoryView {
  agencies: (AgencyView & { people: { userId: UserId; name: string; role: AgencyRole }[] })[]
}

export const createAgencyBody = z.strictObject({
  name: line(60),
  shortName: line(8),
  type: code(AGENCY_TYPES),
  public: z.boolean(),
  city: line(40),
  colour: z.number().int().min(0).max(11).optional(),
})
export const changeAgencyBody = z.strictObject({
  _v: version,
  name: line(60).optional(),
  shortName: line(8).optional(),
  colour: z.number().int().min(0).max(11).optional(),
  active: z.boolean().optional(),
})
export const createStaffBody = z.strictObject({ name: line(40), login, role: code(AGENCY_ROLES) })
export const changeStaffBody = z.strictObject({
  _v: version,
  name: line(40).optional(),
  role: code(AGENCY_ROLES).optional(),
  active: z.boolean().optional(),
})
/** Change of staff: cases and coming conferences go from one person to another of the same agency. */
export const handOverBody = z.strictObject({ toUserId: id<UserId>() })

/** Shown once to the administrator, who gives it to the person by hand; must be changed at the first sign-in. */
export interface TemporaryPasswordView {
  userId: UserId
  login: string
  temporaryPassword: string
}

// Cases

export interface CaseView {
  caseId: CaseId
  number: string
  /** 가구 표시, e.g. `김○○ 가구`. Only for those who may read the case. */
  label: string
  stage: CaseStage
  /** What it was taken on for; empty before. */
  track: CaseTrack | ''
  /** Empty while none was given. */
  grade: CaseGrade | ''
  /** The limit of its life that is due first; null while none runs. The rest: `case-life.ts`. */
  clock: ClockState | null
  /** How the household was found, and on which day; empty while nobody said it. */
  route: DiscoveryRoute | ''
  foundOn: string
  agencies: { agencyId: AgencyId; name: string; shortName: string; role: CaseAgencyRole }[]
  workers: { userId: UserId; name: string; agencyId: AgencyId }[]
  /** Since when nothing new of it is given to others (처리정지); null while it is not suspended. */
  suspendedOn: string | null
  mayChange: boolean
  /** Synthetic demo data is marked so. */
  synthetic: boolean
  _v: number
}

const caseAgencies = z
  .array(z.strictObject({ agencyId: id<AgencyId>(), role: code(CASE_AGENCY_ROLES) }))
  .min(1)
  .max(40)
const caseWorkers = z
  .array(z.strictObject({ userId: id<UserId>(), agencyId: id<AgencyId>() }))
  .min(1)
  .max(100)

const route = z.union([z.literal(''), code(DISCOVERY_ROUTES)])
const foundOn = z.union([z.literal(''), day])

export const createCaseBody = z.strictObject({
  number: maskedLine(24),
  label: maskedLine(70),
  stage: code(CASE_STAGES).optional(),
  /** Why a case is taken over that is under way: needed at every stage after `registered` (cases/LIFE.md CL7). */
  reason: optionalMaskedLine(500).optional(),
  route: route.optional(),
  foundOn: foundOn.optional(),
  agencies: caseAgencies,
  workers: caseWorkers,
})
export const changeCaseBody = z.strictObject({
  _v: version,
  number: maskedLine(24).optional(),
  label: maskedLine(70).optional(),
  route: route.optional(),
  foundOn: foundOn.optional(),
  agencies: caseAgencies.optional(),
  workers: caseWorkers.optional(),
})

// Conferences

export interface ConferenceSummary {
  conferenceId: ConferenceId
  type: ConferenceType
  title: string
  startsAt: string
  minutes: number
  place: string
  state: ConferenceState
  hostAgencyId: AgencyId
  hostAgencyName: string
  myRole: ConferenceRole | null
  mayChange: boolean
  /** Who is to lead; empty while nobody was named. */
  leaderName: string
  /** In the room now, as everybody who may enter may know. */
  presentCount: number
}

/**
 * By what right an agency may know of the case of an item; it opens the item only while its standing says so. Who may not change the clearance is told whether
 * it does and, while it does, until when.
 */
export interface ItemGround extends GroundView {
  agencyId: AgencyId
}

export type ItemView =
  | {
      restricted: false
      itemId: ItemId
      kind: 'case' | 'general'
      /** The household's label and number for a case item; null for a general one (its label stands in the conference document). */
      case: { caseId: CaseId; number: string; label: string; stage: CaseStage; leadAgencyId: AgencyId } | null
      agencies: { agencyId: AgencyId; name: string; shortName: string; colour: number }[]
      /** For a case item, each agency at the table and each that is cleared for it. */
      grounds: ItemGround[]
      /** Not everybody invited may open it. */
      narrowed: boolean
      /** It came onto the agenda of the running meeting without having been announced (긴급 상정). */
      urgent: boolean
      /** The line that checks the action items of earlier meetings (지난 회의 조치사항 점검). */
      review: boolean
      /** It was deferred at an earlier conference and is heard again here (재상정). */
      retabled: boolean
      /** Persons who may not open it; told only to those who may change that, empty for others. */
      recused: UserId[]
      mayWrite: boolean
      mayChangeClearance: boolean
      /** The document that new action items go to, and the others that may be read. */
      actionDocument: string
      otherActionDocuments: string[]
      /** What the case's workers and their supervisors keep between them: who may read it, told to these alone. Null for everybody else. */
      supervision: { readers: { userId: UserId; name: string }[] } | null
      _v: number
    }
  /** All that others learn of an item that is not for them. Its place and length stand in the conference document. */
  | { restricted: true; itemId: ItemId }

export interface ConferenceView extends ConferenceSummary {
  remoteLink: string
  participants: {
    userId: UserId
    name: string
    agencyId: AgencyId
    role: ConferenceRole
    /** Without an account, by a link (`guests.ts`). */
    guest?: true
  }[]
  agencies: { agencyId: AgencyId; name: string; shortName: string; colour: number; public: boolean }[]
  /** Every item of the conference, also those not for me (restricted). Order and time are the conference document's. */
  items: ItemView[]
  /** My confidentiality statement. `needed`: it alone keeps every item closed to me, which then look restricted. */
  myStatement: 'needed' | 'given' | 'not-needed'
  mayConduct: boolean
  mayWriteNotes: boolean
  mayWriteForOthers: boolean
  startedAt: string | null
  closedAt: string | null
  synthetic: boolean
  _v: number
}

const participants = z
  .array(z.strictObject({ userId: id<UserId>(), agencyId: id<AgencyId>(), role: code(CONFERENCE_ROLES) }))
  .max(120)
const conferenceFields = {
  type: code(CONFERENCE_TYPES),
  title: line(80),
  startsAt: instant,
  minutes: z.number().int().min(5).max(600),
  place: optionalLine(80),
  remoteLink: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(500)]),
  participants,
}
export const createConferenceBody = z.strictObject({ ...conferenceFields, hostAgencyId: id<AgencyId>() })
export const changeConferenceBody = z
  .strictObject({ ...conferenceFields, _v: version })
  .partial()
  .required({ _v: true })
export const conferenceStateBody = z.strictObject({ _v: version, to: code(CONFERENCE_STATES) })

/** One's own confidentiality statement without attending: for reading afterwards. Who attends gives it with that (`LIVE.md`). */
export const statementBody = z.strictObject({ accept: z.literal(true) })

const newItem = {
  minutes: z.number().int().min(0).max(600),
  /** Only in a live conference: not announced before, and put behind the item where the meeting is. */
  urgent: z.boolean().optional(),
  /** The item of an earlier conference, about the same case or about none, that is heard again by this one (재상정). */
  retabledFrom: id<ItemId>().optional(),
}
export const createItemBody = z.discriminatedUnion('kind', [
  z.strictObject({
    ...newItem,
    kind: z.literal('case'),
    caseId: id<CaseId>(),
    agencies: z.array(id<AgencyId>()).min(1).max(60),
  }),
  /** The label is written by the server into the conference document. Neutral words only: everybody invited reads it. */
  z.strictObject({ ...newItem, kind: z.literal('general'), label: line(80) }),
])
export const changeItemBody = z.strictObject({
  _v: version,
  agencies: z.array(id<AgencyId>()).min(1).max(60).optional(),
  recused: z.array(id<UserId>()).max(60).optional(),
})

/** Whose words stand in an item: for each client id that wrote in its document, the person, and for which agency they are in the meeting. */
export interface WritersView {
  writers: { client: number; userId: UserId; name: string; agencyId: AgencyId | null }[]
}

/** How many records of a kind are new, have other words or fields, or are gone. */
export interface RecordsChanged {
  added: number
  changed: number
  removed: number
}

/** What others did in one item. Counts and agencies, no words: those are in the documents. */
export interface SinceItem {
  itemId: ItemId
  /** The person had not seen it before. */
  isNew: boolean
  decisions: RecordsChanged
  actions: RecordsChanged
  /** Whose opinions have other words. */
  opinions: AgencyId[]
  presentation: boolean
  discussion: boolean
}

/** Since the person's last connection to this meeting ended; of items that they may open now, those in which anything changed. */
export interface SinceView {
  /** Null for somebody who was not here yet: then everything that others did counts. */
  leftAt: string | null
  items: SinceItem[]
}

export type SignInBody = z.infer<typeof signInBody>
export type ChangePasswordBody = z.infer<typeof changePasswordBody>
export type SecondFactorCodeBody = z.infer<typeof secondFactorCodeBody>
export type SecondFactorBody = z.infer<typeof secondFactorBody>
export type BeginSecondFactorBody = z.infer<typeof beginSecondFactorBody>
export type PasswordAndCodeBody = z.infer<typeof passwordAndCodeBody>
export type CreateOperatorBody = z.infer<typeof createOperatorBody>
export type CreateAgencyBody = z.infer<typeof createAgencyBody>
export type ChangeAgencyBody = z.infer<typeof changeAgencyBody>
export type CreateStaffBody = z.infer<typeof createStaffBody>
export type ChangeStaffBody = z.infer<typeof changeStaffBody>
export type CreateCaseBody = z.infer<typeof createCaseBody>
export type ChangeCaseBody = z.infer<typeof changeCaseBody>
export type CreateConferenceBody = z.infer<typeof createConferenceBody>
export type ChangeConferenceBody = z.infer<typeof changeConferenceBody>
export type ConferenceStateBody = z.infer<typeof conferenceStateBody>
export type CreateItemBody = z.infer<typeof createItemBody>
export type ChangeItemBody = z.infer<typeof changeItemBody>

/**
 * Every route: method, path, answer. The server's route table and the client's calls are both checked against it.
 *
 *   GET    /api/session                                 SessionView (always answers)
 *   POST   /api/session                 signInBody      SessionView
 *   POST   /api/session/unlock          unlockBody      SessionView
 *   POST   /api/session/activity        –               { idleLocksAt, elsewhere? }
 *   DELETE /api/session                                 {}
 *   POST   /api/session/sign-out-everywhere             {}
 *   POST   /api/password                changePasswordBody {}
 *   POST   /api/operator                createOperatorBody SessionView
 *   Passkeys: `passkeys.ts`. What one worker and one supervisor write to each other about a case: `supervision.ts`.
 *   GET    /api/agencies                                { agencies: AgencyView[] }            (operator: all; administrator: own)
 *   POST   /api/agencies                createAgencyBody AgencyView                           (operator)
 *   PATCH  /api/agencies/:agencyId      changeAgencyBody AgencyView
 *   GET    /api/agencies/:agencyId/staff                { staff: StaffView[] }
 *   POST   /api/agencies/:agencyId/staff createStaffBody TemporaryPasswordView
 *   PATCH  /api/agencies/:agencyId/staff/:userId changeStaffBody StaffView
 *   POST   /api/agencies/:agencyId/staff/:userId/reset-password    TemporaryPasswordView
 *   POST   /api/agencies/:agencyId/staff/:userId/hand-over handOverBody { cases: number, conferences: number }
 *   GET    /api/directory                               DirectoryView
 *   GET    /api/cases                                   { cases: CaseView[] }
 *   POST   /api/cases                   createCaseBody  CaseView
 *   GET    /api/cases/:caseId                           CaseView
 *   PATCH  /api/cases/:caseId           changeCaseBody  CaseView                              (its stage: `case-life.ts`)
 *   GET    /api/conferences                             { conferences: ConferenceSummary[] }
 *   POST   /api/conferences             createConferenceBody ConferenceView
 *   GET    /api/conferences/:conferenceId               ConferenceView
 *   PATCH  /api/conferences/:conferenceId changeConferenceBody ConferenceView
 *   POST   /api/conferences/:conferenceId/state conferenceStateBody ConferenceView
 *   POST   /api/conferences/:conferenceId/statement statementBody ConferenceView                (live or closed)
 *   DELETE /api/conferences/:conferenceId?v=            {}                                    (drafts only)
 *   POST   /api/conferences/:conferenceId/items createItemBody ConferenceView
 *   PATCH  /api/conferences/:conferenceId/items/:itemId changeItemBody ConferenceView
 *   DELETE /api/conferences/:conferenceId/items/:itemId {}                                    (before it has content or while planning)
 *   Action items, their moves and what the next agenda lacks: `action-api.ts`.
 *   Papers of items and what is printed of them: `papers.ts`, the only place where bytes come in or go out.
 *   GET    /api/sync-check/:documentName                { mayWrite: boolean }
 *   GET    /api/health                                  { ok: true, store: 'embedded' | 'mongodb', version: string }
 *   Guests, who have no account: `guests.ts`.
 *   Lists of found households: `imports.ts`, what is decided about them: `triage.ts`. The list of cases: `case-list.ts`.
 *   Search: `search.ts`. The start page: `home.ts`. An agency's figures: `figures.ts`.
 */
export const HTTP_API_VERSION = 1
