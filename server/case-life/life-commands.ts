/**
 * What the lead agency's workers do to a case's life: moving it, grading, the records of its end. One write each (LIFE.md CL10); a command on an older
 * version answers `conflict`, whatever it asks for.
 */
import { gradeOf, isSelected, openOffer, type StageEntry } from '../../shared/cases/case-life.ts'
import type { StageNeed } from '../../shared/cases/life-codes.ts'
import { jointStepOf, PROPOSED_BY, pathTo, trackBy } from '../../shared/cases/stage-moves.ts'
import { GRADE_SCHEMES } from '../../shared/code-sets/grades.ts'
import type { CaseStage } from '../../shared/codes.ts'
import type { CaseLifeBody } from '../../shared/protocol/case-life.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { assertOffered } from '../code-sets/code-sets.ts'
import { type AdmittedCase, refuse } from '../conferences/admission.ts'
import { leadAgencyOf } from '../conferences/case-commands.ts'
import type { Case, OpenedLife } from '../conferences/case-repository.ts'
import type { By } from '../conferences/ports.ts'
import { decisionFor, standingOf } from './evidence.ts'
import { agreedJointly, offeredLead, withdrawnLead } from './joint.ts'
import { caseObject } from './life-admission.ts'
import { contextOf, type LifeChange, type LifeContext, openedAt, writeLife } from './life-writing.ts'
import type { LifeParts } from './ports.ts'

/** @throws Refusal `conflict`, `not-allowed` with what is missing, `bad-request` for what cannot be */
export async function changeLife(
  parts: LifeParts,
  by: By,
  admitted: AdmittedCase,
  body: CaseLifeBody,
): Promise<OpenedLife> {
  const opened = await openedAt(parts, admitted)
  if (opened.file._v !== body._v) throw new Refusal('conflict')
  const context = contextOf(parts, by, opened)
  return writeLife(context, await changeBy(context, admitted, body))
}

async function changeBy(context: LifeContext, admitted: AdmittedCase, body: CaseLifeBody): Promise<LifeChange> {
  const { opened, done, today } = context
  const { life } = opened.file
  switch (body.do) {
    case 'move':
      return moved(context, body)
    case 'grade': {
      const { gradeScheme } = await context.parts.cases.rulesOf(leadAgencyOf(opened.file))
      if (!GRADE_SCHEMES[gradeScheme].grades.some(grade => grade === body.grade)) {
        throw new Refusal('bad-request', 'grade-of-other-scheme')
      }
      return {
        action: 'case.grade',
        code: body.grade,
        life: { grades: [...life.grades, { ...done, grade: body.grade }] },
        words: { [done.id]: { reason: body.reason } },
      }
    }
    case 'ex-officio': {
      const { ground, reportedOn, reason } = body
      if (opened.file.route !== 'ex_officio') throw new Refusal('bad-request', 'not-ex-officio')
      // Without the person's consent it is reported without delay (사회보장급여법 제5조③).
      if (ground !== 'consented' && reportedOn === '') throw new Refusal('bad-request', 'report-day')
      assertNotLater(reportedOn, today)
      return {
        action: 'case.ex-officio',
        code: ground,
        life: { exOfficio: [...life.exOfficio, { ...done, ground, reportedOn }] },
        words: { [done.id]: { reason } },
      }
    }
    case 'emergency': {
      const { reason, toldOn, words } = body
      assertNotLater(toldOn, today)
      return {
        action: 'case.emergency',
        code: reason,
        life: { emergencies: [...life.emergencies, { ...done, reason, toldOn, ended: null }] },
        words: { [done.id]: { words } },
      }
    }
    case 'emergency-end': {
      const ended = { by: done.by, at: done.at }
      if (!life.emergencies.some(help => help.id === body.id && help.ended === null)) throw new Refusal('conflict')
      return {
        action: 'case.emergency',
        code: 'ended',
        life: { emergencies: life.emergencies.map(help => (help.id === body.id ? { ...help, ended } : help)) },
        words: { [body.id]: { ...opened.words[body.id], endWords: body.words } },
      }
    }
    case 'closure': {
      if (!isSelected(life) || OVER.includes(opened.file.stage)) throw new Refusal('bad-request', 'closure-not-now')
      const { reasons, result, goals, opinion, changes, aftercareNote } = body
      if (new Set(reasons).size < reasons.length) throw new Refusal('bad-request', 'reason-twice')
      const codes = await context.parts.codeSets.now()
      assertOffered(
        codes,
        reasons.map(one => ['closure_reason', one] as const),
      )
      return {
        action: 'case.evaluate',
        code: result,
        life: { closures: [...life.closures, { ...done, reasons, result }] },
        words: { [done.id]: { goals, opinion, changes, aftercareNote } },
      }
    }
    case 'reassessment': {
      if (!isSelected(life) || OVER.includes(opened.file.stage))
        throw new Refusal('bad-request', 'reassessment-not-now')
      const { on, reason, result, changedNeeds } = body
      assertNotLater(on, today)
      assertOffered(await context.parts.codeSets.now(), [['reassessment_reason', reason]])
      return {
        action: 'case.reassess',
        code: reason,
        life: { reassessments: [...life.reassessments, { ...done, on, reason, result }] },
        words: { [done.id]: { changedNeeds } },
      }
    }
    case 'aftercare': {
      if (!IN_AFTERCARE.includes(opened.file.stage)) throw new Refusal('bad-request', 'aftercare-not-now')
      const { on, state, changes, satisfaction, measures } = body
      assertNotLater(on, today)
      return {
        action: 'case.aftercare',
        code: 'contact',
        life: { aftercare: [...life.aftercare, { ...done, on }] },
        words: { [done.id]: { state, changes, satisfaction, measures } },
      }
    }
    case 'joint':
      return agreedJointly(context, body)
    case 'offer-lead':
      return offeredLead(context, admitted, body, { open: openOffer(life, opened.file.agencies), grade: gradeOf(life) })
    case 'withdraw-lead':
      return withdrawnLead(context, body)
  }
}

const OVER: readonly CaseStage[] = ['closed', 'aftercare', 'ended']
const IN_AFTERCARE: readonly CaseStage[] = ['closed', 'aftercare', 'ended', 'service_linked']

async function moved(context: LifeContext, body: Extract<CaseLifeBody, { do: 'move' }>): Promise<LifeChange> {
  const { parts, by, opened, done } = context
  const { file } = opened
  const reason = body.reason ?? ''
  const { facts, decisions } = await standingOf(parts, file, { reason: reason !== '' })
  const path = pathTo(body.to, facts)
  const missing: readonly StageNeed[] = path === undefined ? ['no_such_move'] : path.missing
  if (path === undefined || missing.length > 0) return refuseMove(parts, by, file, missing)
  const carrying =
    path.decisions.length > 0
      ? decisionFor(decisions, path.decisions, body.decisionId)
      : decisions.find(({ decisionId, kind }) => decisionId === body.decisionId && PROPOSED_BY[kind] === body.to)
  if (carrying === undefined && (path.decisions.length > 0 || body.decisionId !== undefined)) {
    throw new Refusal('bad-request', 'decision-unknown')
  }
  const lead = leadAgencyOf(file)
  const together = file.agencies.filter(({ role }) => role === 'co_managing').map(({ agencyId }) => agencyId)
  const entries = path.steps.map((to, index): StageEntry => {
    const from = path.steps[index - 1] ?? file.stage
    const step = jointStepOf(from, to)
    const carries = carrying !== undefined && to !== 'conference'
    return {
      ...done,
      id: index === path.steps.length - 1 ? done.id : parts.newId<string>(),
      kind: path.reopens ? 'reopened' : 'moved',
      from,
      to,
      agencyId: lead,
      carriedBy: carries ? carriedBy(carrying) : null,
      step,
      asked: step === null ? [] : together,
    }
  })
  const selectedFor = carrying && carrying.kind === 'select_service_linkage' ? 'service_linkage' : undefined
  const selectedWhole =
    carrying && carrying.kind === 'select_case_management' ? 'integrated_case_management' : undefined
  const track = path.reopens ? '' : (selectedFor ?? selectedWhole ?? trackBy(body.to) ?? file.life.track)
  return {
    action: 'case.move',
    code: `${file.stage}>${body.to}`,
    stage: body.to,
    life: { track, history: [...file.life.history, ...entries] },
    words: reason === '' ? {} : { [done.id]: { reason } },
  }
}

const carriedBy = ({ conferenceId, itemId, decisionId, kind }: NonNullable<StageEntry['carriedBy']>) => ({
  conferenceId,
  itemId,
  decisionId,
  kind,
})

/** All that is missing at once; the try is on record (CL1). */
function refuseMove(parts: LifeParts, by: By, file: Case, missing: readonly StageNeed[]): Promise<never> {
  return refuse(parts, by, 'not-allowed', {
    subject: file._id,
    object: caseObject(file._id),
    detail: ['stage-needs', ...missing].join('.'),
  })
}

function assertNotLater(day: string, today: string): void {
  if (day > today) throw new Refusal('bad-request', 'day-later')
}
