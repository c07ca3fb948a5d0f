/** The case form without its screen: what it starts with, what is wrong with it, what is sent. */
import { OPENING_STAGES } from '../../../shared/cases/stage-moves.ts'
import type { CaseAgencyRole, CaseStage, DiscoveryRoute } from '../../../shared/codes.ts'
import type { AgencyId, UserId } from '../../../shared/ids.ts'
import type { CaseView } from '../../../shared/protocol/http-api.ts'

/** The limits of `shared/protocol/http-api.ts`, told before sending. */
export const CASE_NUMBER_MAX = 24
export const CASE_LABEL_MAX = 70

export interface CaseForm {
  number: string
  label: string
  /** Of a new case; later it moves by commands of its own. */
  stage: CaseStage
  /** Why a new case is taken over under way. */
  reason: string
  route: DiscoveryRoute | ''
  /** `YYYY-MM-DD` or empty. */
  foundOn: string
  agencies: { agencyId: AgencyId; role: CaseAgencyRole }[]
  workers: { userId: UserId; agencyId: AgencyId }[]
}

export function newCaseForm(me: { userId: UserId; agencyId: AgencyId }): CaseForm {
  return {
    number: '',
    label: '',
    stage: 'registered',
    reason: '',
    route: '',
    foundOn: '',
    agencies: [{ agencyId: me.agencyId, role: 'lead' }],
    workers: [me],
  }
}

export function toCaseForm(view: CaseView): CaseForm {
  return {
    number: view.number,
    label: view.label,
    stage: view.stage,
    reason: '',
    route: view.route,
    foundOn: view.foundOn,
    agencies: view.agencies.map(({ agencyId, role }) => ({ agencyId, role })),
    workers: view.workers.map(({ userId, agencyId }) => ({ userId, agencyId })),
  }
}

export interface CaseFaults {
  /** How many lead agencies, when it is not one. */
  leads: number | undefined
  foundLater: boolean
  noWorker: boolean
  noLeadWorker: boolean
  noReason: boolean
}

/** Whether a new case at that stage is taken over under way, with a reason (shared/cases/LIFE.md CL7). */
export const isTakenOver = (stage: CaseStage) => !OPENING_STAGES.some(one => one === stage)

/** @param today in Seoul, `YYYY-MM-DD` */
export function caseFaults(form: CaseForm, today: string, isNew = true): CaseFaults {
  const leads = form.agencies.filter(agency => agency.role === 'lead')
  return {
    leads: leads.length === 1 ? undefined : leads.length,
    foundLater: form.foundOn > today,
    noReason: isNew && isTakenOver(form.stage) && form.reason.trim() === '',
    noWorker: form.workers.length === 0,
    noLeadWorker: leads.length === 1 && !form.workers.some(worker => worker.agencyId === leads[0]?.agencyId),
  }
}

export const hasFault = (faults: CaseFaults) =>
  faults.leads !== undefined || faults.foundLater || faults.noWorker || faults.noLeadWorker || faults.noReason

/** What is sent of the form: a case that is there keeps its stage. */
export function toCaseBody(form: CaseForm) {
  const { stage: _stage, reason: _reason, ...head } = form
  return { ...head, number: form.number.trim(), label: form.label.trim() }
}

export function toNewCaseBody(form: CaseForm) {
  const { stage, reason } = form
  return { ...toCaseBody(form), stage, reason: isTakenOver(stage) ? reason.trim() : '' }
}

/** Taking an agency off takes its workers off as well. */
export function withoutAgency(form: CaseForm, agencyId: AgencyId): Pick<CaseForm, 'agencies' | 'workers'> {
  return {
    agencies: form.agencies.filter(agency => agency.agencyId !== agencyId),
    workers: form.workers.filter(worker => worker.agencyId !== agencyId),
  }
}
