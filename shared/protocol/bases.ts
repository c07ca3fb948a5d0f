/**
 * Who may know of a case over HTTP (`shared/bases/BASES.md`).
 *
 *   GET   /api/cases/:caseId/bases                          CaseBasesView
 *   PATCH /api/cases/:caseId/bases                          markSensitiveBody → CaseBasesView
 *   POST  /api/cases/:caseId/consents                       consentBody → CaseBasesView
 *   POST  /api/cases/:caseId/bases                          basisBody → CaseBasesView
 *   POST  /api/cases/:caseId/bases/:basisId/end             endBasisBody → CaseBasesView
 *   POST  /api/cases/:caseId/bases/:basisId/approve         approveBasisBody → CaseBasesView
 *   POST  /api/cases/:caseId/bases/:basisId/review          reviewBasisBody → CaseBasesView
 *   GET   /api/agencies/:agencyId/agreements                AgreementsView
 *   POST  /api/agencies/:agencyId/agreements                agreementBody → AgreementsView
 *   POST  /api/agencies/:agencyId/agreements/:agreementId/end   endAgreementBody → AgreementsView
 *
 * Each change of a case's bases carries the `_v` of the view that it was decided on.
 */
import * as z from 'zod'
import {
  type BasisStanding,
  CONSENT_SCOPES,
  type ConsentScope,
  DISCLOSURE_BASES,
  type DisclosureBasis,
  REPRESENTATIVE_CHECKS,
  type RepresentativeCheck,
} from '../bases/basis-codes.ts'
import type { CaseAgencyRole, ConferenceState } from '../codes.ts'
import type { AgencyId, AgreementId, BasisId, CaseId, CommandId, ConferenceId } from '../ids.ts'
import { code, day, id, line, optionalLine, version } from './fields.ts'

/** Receivers of one paper. More than that is a list that nobody read. */
const RECEIVERS_MAX = 30

/** One thing that is asked apart, agreed to or not. Nothing of it may be empty (BS5). */
const section = z.strictObject({
  scope: code(CONSENT_SCOPES),
  agreed: z.boolean(),
  purpose: line(500),
  items: line(1000),
  period: line(300),
  /** That one may refuse, and what refusing means. */
  refusal: line(500),
})
export type ConsentSection = z.infer<typeof section>

const common = {
  _v: version,
  /** Made by the client: the same paper sent again after a lost answer is entered once. */
  command: id<CommandId>(),
  receivers: z.array(id<AgencyId>()).max(RECEIVERS_MAX),
  from: day,
  until: z.union([z.null(), day]),
  agreementId: z.union([z.null(), id<AgreementId>()]),
}

export const consentBody = z.strictObject({
  ...common,
  /** The day on the paper. */
  givenOn: day,
  sections: z.array(section).min(1).max(Object.keys(CONSENT_SCOPES).length),
  /** The client is a child under 14 (제22조의2). */
  under14: z.boolean(),
  representative: z.union([
    z.null(),
    z.strictObject({ name: line(60), relation: line(60), check: code(REPRESENTATIVE_CHECKS) }),
  ]),
  /** Where the paper is kept. */
  keptAt: line(200),
})
export type ConsentBody = z.infer<typeof consentBody>

export const basisBody = z.strictObject({
  ...common,
  basis: code(DISCLOSURE_BASES),
  /** Law and article, where the kind of basis names one. */
  law: optionalLine(200),
  purpose: line(500),
  items: line(1000),
  /** Why; asked for in urgency. */
  reason: optionalLine(1000),
  /** The law that allows sensitive information; empty: it is not covered. */
  sensitiveLaw: optionalLine(200),
  /** What the receiver was asked to limit or to take care of (제18조⑤). */
  measures: optionalLine(500),
  /** By when it is looked at again; asked for in urgency. */
  reviewOn: z.union([z.null(), day]),
})
export type BasisBody = z.infer<typeof basisBody>

export const endBasisBody = z.strictObject({
  _v: version,
  /** For these; every agency that it names where none is said. */
  agencies: z.array(id<AgencyId>()).max(RECEIVERS_MAX),
  why: z.enum(['withdrawn', 'ended']),
})
export type EndBasisBody = z.infer<typeof endBasisBody>

export const approveBasisBody = z.strictObject({ _v: version })
export const reviewBasisBody = z.strictObject({ _v: version, reviewOn: day })
export const markSensitiveBody = z.strictObject({ _v: version, sensitive: z.boolean() })

export const agreementBody = z.strictObject({
  /** The other agencies. */
  parties: z.array(id<AgencyId>()).min(1).max(RECEIVERS_MAX),
  title: line(120),
  scope: line(1000),
  from: day,
  until: z.union([z.null(), day]),
})
export type AgreementBody = z.infer<typeof agreementBody>
export const endAgreementBody = z.strictObject({ _v: version })

interface AgencyName {
  agencyId: AgencyId
  name: string
  shortName: string
  colour: number
}

/** One agency's row: by what right, how far, until when. */
export interface AgencyBasisView extends AgencyName {
  public: boolean
  /** Its part in the case; null for one that is only cleared for an item or only named. */
  role: CaseAgencyRole | null
  standing: BasisStanding
  /** The kind that serves it best; null where none names it. */
  basis: DisclosureBasis | null
  sensitive: boolean
  /** Its last day; null where it has none. */
  until: string | null
  /** What is proposed where it has none. */
  proposed: DisclosureBasis
  /** Conferences of the reader's own where it is cleared for an item of this case: what closes with it. */
  clearedIn: { conferenceId: ConferenceId; title: string; startsAt: string; state: ConferenceState }[]
}

export interface BasisWords {
  sections: ConsentSection[]
  keptAt: string
  under14: boolean
  representative: { name: string; relation: string; check: RepresentativeCheck } | null
  law: string
  purpose: string
  items: string
  reason: string
  sensitiveLaw: string
  measures: string
}

export interface BasisView {
  basisId: BasisId
  basis: DisclosureBasis
  receivers: (AgencyName & {
    standing: BasisStanding
    end: { why: 'withdrawn' | 'ended' | 'expired'; on: string; byName: string } | null
  })[]
  given: ConsentScope[]
  refused: ConsentScope[]
  sensitive: boolean
  from: string
  until: string | null
  givenOn: string
  reviewOn: string | null
  approval: 'not-needed' | 'waiting' | { byName: string; on: string }
  mayApprove: boolean
  enteredBy: string
  enteredAt: string
  agreementId: AgreementId | null
  words: BasisWords
}

export interface CaseBasesView {
  caseId: CaseId
  /** 0 while nothing was entered. */
  _v: number
  today: string
  sensitive: boolean
  mayChange: boolean
  agencies: AgencyBasisView[]
  /** The latest first; empty for who may not change the case (BS15). */
  bases: BasisView[]
  /** Agreements of the agency that answers for the case, to name; empty likewise. */
  agreements: AgreementView[]
}

export interface AgreementView {
  agreementId: AgreementId
  parties: AgencyName[]
  title: string
  scope: string
  from: string
  until: string | null
  endedOn: string | null
  inForce: boolean
  _v: number
}

export interface AgreementsView {
  mayChange: boolean
  agreements: AgreementView[]
}
