/**
 * Referrals (의뢰·회신) over HTTP (`shared/referrals/REFERRALS.md`). To whom one is not sent, and who does not work on its case, it does not exist.
 *
 *   GET   /api/referrals                              ReferralsView             what came to my agencies, and what mine sent
 *   GET   /api/referrals/:referralId                  ReferralView
 *   PATCH /api/referrals/:referralId                  changeReferralBody        ReferralView   a draft
 *   POST  /api/referrals/:referralId/moves            moveReferralBody          ReferralView, or { discarded: true }
 *   POST  /api/referrals/:referralId/prints           printReferralBody         ReferralPrintView
 *   GET   /api/cases/:caseId/referrals                { referrals: ReferralView[] }
 *   POST  /api/cases/:caseId/referrals                createReferralsBody       { referrals: ReferralView[] }
 *   GET   /api/cases/:caseId/referral-basis/:agencyId ReferralBasisView
 *   GET   /api/conferences/:conferenceId/items/:itemId/referrals   { referrals: ItemReferralView[] }   what came of them, where the case is heard
 */
import * as z from 'zod'
import type { DisclosureBasis } from '../bases/basis-codes.ts'
import { SERVICES, type Service } from '../code-sets/services.ts'
import type { CodeVersions } from '../code-sets/shipped.ts'
import { NEED_DOMAINS } from '../codes.ts'
import type { AgencyId, CaseId, CommandId, PrintId, ReferralId } from '../ids.ts'
import {
  type DeclineReason,
  REFERRAL_FIELDS,
  REFERRAL_GROUNDS,
  REFERRAL_MOVES,
  type ReferralField,
  type ReferralGround,
  type ReferralMove,
  type ReferralStatus,
} from '../referrals/referral-codes.ts'
import type { ReferralDraft, ReferralGiven } from '../referrals/referral-content.ts'
import type { StandingBasis } from '../referrals/referral-grounds.ts'
import type { Silence } from '../referrals/silence.ts'
import { openCode } from './code-sets.ts'
import { code, codeOrOwn, day, id, paragraphs, version } from './fields.ts'
import type { AllocationView } from './resources.ts'

export const REFERRAL_REQUEST_MAX = 1000
export const REFERRAL_FIELD_MAX = 1000
export const REFERRAL_CONTACT_MAX = 120
export const REFERRAL_NOTE_MAX = 1000
/** One request to so many agencies at once. */
export const REFERRAL_RECEIVERS_MAX = 10
export const REFERRAL_PURPOSE_MIN = 5
export const REFERRAL_PURPOSE_MAX = 200

const draft = z.strictObject({
  request: paragraphs(REFERRAL_REQUEST_MAX).min(1),
  contact: paragraphs(REFERRAL_CONTACT_MAX),
  needs: z.array(code(NEED_DOMAINS)).max(11),
  fields: z.partialRecord(code(REFERRAL_FIELDS), paragraphs(REFERRAL_FIELD_MAX)),
  chosen: z.array(code(REFERRAL_FIELDS)).max(9),
  givesNeeds: z.boolean(),
})

export const createReferralsBody = z.strictObject({
  command: id<CommandId>(),
  to: z.array(id<AgencyId>()).min(1).max(REFERRAL_RECEIVERS_MAX),
  service: codeOrOwn(SERVICES),
  draft,
})
export type CreateReferralsBody = z.infer<typeof createReferralsBody>

export const changeReferralBody = z.strictObject({ _v: version, service: codeOrOwn(SERVICES), draft })
export type ChangeReferralBody = z.infer<typeof changeReferralBody>

export const moveReferralBody = z.strictObject({
  _v: version,
  move: code(REFERRAL_MOVES),
  note: paragraphs(REFERRAL_NOTE_MAX),
  /** A code of the set `decline_reason`. */
  declined: openCode.optional(),
  plannedOn: day.optional(),
  /** Of a sending where the receiver has no basis for the case, or where it is not to rest on that. */
  ground: z
    .strictObject({
      ground: code(REFERRAL_GROUNDS),
      words: paragraphs(REFERRAL_NOTE_MAX).min(1),
      sensitive: z.boolean(),
    })
    .optional(),
})
export type MoveReferralBody = z.infer<typeof moveReferralBody>

export const printReferralBody = z.strictObject({
  purpose: paragraphs(REFERRAL_PURPOSE_MAX).min(REFERRAL_PURPOSE_MIN),
  what: z.enum(['referral', 'reply']),
})
export type PrintReferralBody = z.infer<typeof printReferralBody>

export interface ReferralPrintView {
  printId: PrintId
  at: string
}

interface AgencyName {
  agencyId: AgencyId
  name: string
  shortName: string
  colour: number
}

export interface ReferralStepView {
  at: string
  byName: string
  agency: string
  move: ReferralMove
  status: ReferralStatus
  note: string
  declined: DeclineReason | null
  /** Versions of the code sets at that moment, of a refusal (CODE-SETS.md CO9). */
  codes: CodeVersions
  plannedOn: string
}

/** On what it was sent. The words of an entered ground are the sender's own. */
export type ReferralGroundView =
  | { of: 'basis'; kind: DisclosureBasis; until: string }
  | { of: 'entered'; ground: ReferralGround; words: string }

export interface ReferralView {
  referralId: ReferralId
  status: ReferralStatus
  from: AgencyName
  to: AgencyName
  service: Service
  /** Versions of the code sets that it was written with, of a sent one: that it was sent with (CODE-SETS.md CO5). */
  codes: CodeVersions
  /** As the receiver sees it; null while its content is closed to the reader. Of a draft: as the receiver would see it. */
  given: ReferralGiven | null
  /** Why there is no content. */
  closed: 'revoked' | 'no-basis' | null
  /** All that was written, for the sending agency's workers; null for everybody else. */
  draft: ReferralDraft | null
  ground: ReferralGroundView | null
  writer: string
  createdAt: string
  /** `YYYY-MM-DD` in Seoul; empty for a draft. */
  sentOn: string
  plannedOn: string
  silence: Silence | null
  /** How often it was asked for again, and on which day last. */
  asked: { times: number; lastOn: string }
  steps: ReferralStepView[]
  moves: ReferralMove[]
  /** For who may read the case; to the receiver there is none. */
  case: { caseId: CaseId; number: string; label: string } | null
  /** In which way it is the reader's. */
  side: 'sender' | 'receiver'
  /** What the receiver gives on it, for its own people. */
  allocations: AllocationView[]
  mayAllocate: boolean
  _v: number
}

/** A line of a list: no field of the household's. */
export type ReferralRow = Omit<ReferralView, 'given' | 'draft' | 'steps' | 'allocations' | 'mayAllocate'> & {
  request: string
  /** The name of the household as the receiver was given it. */
  name: string
}

export interface ReferralsView {
  /** What waits for the reader's agency first. */
  inbox: ReferralRow[]
  outbox: ReferralRow[]
}

/** One referral as material of an item (RF17): how it stands, and what was answered last. */
export interface ItemReferralView {
  referralId: ReferralId
  from: AgencyName
  to: AgencyName
  service: Service
  /** As the reader may see it; empty where its content is closed to them. */
  request: string
  status: ReferralStatus
  /** `YYYY-MM-DD` in Seoul. */
  sentOn: string
  plannedOn: string
  /** On which the receiver last said anything; empty while it said nothing. */
  heardOn: string
  declined: DeclineReason | null
  /** What the receiver said last, in words. */
  note: string
  silence: Silence | null
}

export interface ReferralBasisView {
  agency: AgencyName & { public: boolean }
  basis: StandingBasis | null
}

export type { ReferralDraft, ReferralField, ReferralGiven }
