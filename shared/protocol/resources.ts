/**
 * What agencies can give, and who gives what to a household (`shared/resources/RESOURCES.md`).
 *
 *   GET   /api/resources                              { resources: ResourceView[] }
 *   POST  /api/resources                              createResourceBody      ResourceView
 *   PATCH /api/resources/:resourceId                  changeResourceBody      ResourceView
 *   GET   /api/cases/:caseId/allocations              AllocationsView         for who may read the case
 *   POST  /api/cases/:caseId/allocations              createAllocationBody    AllocationsView
 *   POST  /api/referrals/:referralId/allocations      createAllocationBody    ReferralView     for who took the referral
 *   POST  /api/allocations/:allocationId/ticks        tickBody                AllocationView
 *   POST  /api/allocations/:allocationId/end          endAllocationBody       AllocationView
 */
import * as z from 'zod'
import { SERVICE_SECTORS, SERVICES, type Service, type ServiceSector } from '../code-sets/services.ts'
import type { CodeVersions } from '../code-sets/shipped.ts'
import { NEED_DOMAINS, type NeedDomain } from '../codes.ts'
import type { ActionId, AgencyId, AllocationId, CommandId, ReferralId, ResourceId } from '../ids.ts'
import { EMERGENCY_KINDS, type EmergencyCount, type EmergencyKind } from '../resources/emergency-limits.ts'
import { type GivingSum, RHYTHMS, type Rhythm } from '../resources/giving.ts'
import { code, codeOrOwn, day, id, line, paragraphs, version } from './fields.ts'

export const RESOURCE_NAME_MAX = 60
export const RESOURCE_TEXT_MAX = 500
export const ALLOCATION_TEXT_MAX = 300
/** More is a slip of the finger: ten thousand million won. */
const AMOUNT_MAX = 10_000_000_000
const PLACES_MAX = 100_000

const resourceFields = {
  name: line(RESOURCE_NAME_MAX),
  domains: z.array(code(NEED_DOMAINS)).min(1).max(11),
  service: codeOrOwn(SERVICES),
  sector: code(SERVICE_SECTORS),
  /** Whom it is for, as the agency says it. */
  eligibility: paragraphs(RESOURCE_TEXT_MAX),
  /** The agency's own rule by which it decides. */
  rule: paragraphs(RESOURCE_TEXT_MAX),
  cost: paragraphs(RESOURCE_TEXT_MAX),
  contact: paragraphs(RESOURCE_TEXT_MAX),
  /** Null: no limit. */
  places: z.union([z.null(), z.number().int().min(0).max(PLACES_MAX)]),
  takenElsewhere: z.number().int().min(0).max(PLACES_MAX),
  /** From and until which day it is given; empty where nothing is said. */
  from: z.union([z.literal(''), day]),
  until: z.union([z.literal(''), day]),
}
export const createResourceBody = z.strictObject({
  agencyId: id<AgencyId>(),
  command: id<CommandId>(),
  ...resourceFields,
})
export type CreateResourceBody = z.infer<typeof createResourceBody>
export const changeResourceBody = z.strictObject({ _v: version, retired: z.boolean(), ...resourceFields })
export type ChangeResourceBody = z.infer<typeof changeResourceBody>

interface AgencyName {
  agencyId: AgencyId
  name: string
  shortName: string
  colour: number
}

export interface ResourceView {
  resourceId: ResourceId
  agency: AgencyName
  name: string
  domains: NeedDomain[]
  service: Service
  sector: ServiceSector
  eligibility: string
  rule: string
  cost: string
  contact: string
  places: number | null
  takenElsewhere: number
  /** Counted; null where there is no limit. */
  left: number | null
  from: string
  until: string
  retired: boolean
  mayChange: boolean
  changedAt: string
  _v: number
}

const allocationSource = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('none') }),
  z.strictObject({ of: z.literal('action'), actionId: id<ActionId>() }),
  z.strictObject({ of: z.literal('referral'), referralId: id<ReferralId>() }),
])
export type AllocationSource = z.infer<typeof allocationSource>

export const createAllocationBody = z.strictObject({
  command: id<CommandId>(),
  agencyId: id<AgencyId>(),
  service: codeOrOwn(SERVICES),
  emergency: z.union([z.literal(''), code(EMERGENCY_KINDS)]),
  what: line(ALLOCATION_TEXT_MAX),
  /** Won for each giving; null for what has none. */
  amount: z.union([z.null(), z.number().int().min(1).max(AMOUNT_MAX)]),
  rule: paragraphs(ALLOCATION_TEXT_MAX),
  rhythm: code(RHYTHMS),
  from: day,
  /** The same as `from` for what is given once. */
  until: day,
  resourceId: z.union([z.null(), id<ResourceId>()]),
  source: allocationSource,
  /** Why it is given although the same help is there, or beyond the limit; empty where neither is so. */
  despite: paragraphs(ALLOCATION_TEXT_MAX),
})
export type CreateAllocationBody = z.infer<typeof createAllocationBody>

export const tickBody = z.strictObject({ _v: version, day, given: z.boolean() })
export type TickBody = z.infer<typeof tickBody>
export const endAllocationBody = z.strictObject({ _v: version, on: day, reason: line(ALLOCATION_TEXT_MAX) })
export type EndAllocationBody = z.infer<typeof endAllocationBody>

export interface AllocationView {
  allocationId: AllocationId
  agency: AgencyName
  service: Service
  /** Versions of the code sets that it was entered with (CODE-SETS.md CO5). */
  codes: CodeVersions
  emergency: EmergencyKind | ''
  what: string
  amount: number | null
  rule: string
  rhythm: Rhythm
  from: string
  until: string
  endedOn: string
  endReason: string
  despite: string
  source: AllocationSource
  resourceName: string
  /** Entered by another agency than the one that gives. */
  enteredFor: boolean
  byName: string
  at: string
  ticks: { day: string; byName: string; at: string }[]
  mayChange: boolean
  _v: number
}

export interface AllocationsView {
  /** The newest first. */
  allocations: AllocationView[]
  /** Pairs that are the same help in the same time, by their ids. */
  doubles: [AllocationId, AllocationId][]
  emergency: EmergencyCount[]
  sums: { agency: AgencyName | null; sum: GivingSum }[]
  /** For whom the reader may enter; their own agency first. */
  mayEnterFor: AgencyName[]
}
