/** A case's life as the screens get it; each look leaves its record of access first (LIFE.md CE5). */
import { canChangeCase, canReadConference } from '../../shared/access.ts'
import { type CaseLife, gradeOf, jointOn, openOffer, type StageEntry, thisRound } from '../../shared/cases/case-life.ts'
import { clocksOf } from '../../shared/cases/clocks.ts'
import type { AftercareState } from '../../shared/cases/life-codes.ts'
import { PROPOSED_BY, pathsFrom, pathTo, type StagePath } from '../../shared/cases/stage-moves.ts'
import type { CaseStage } from '../../shared/codes.ts'
import type { AgencyId, UserId } from '../../shared/ids.ts'
import type {
  CaseLifeView,
  ClosureView,
  LifeAgency,
  LifeDecisionView,
  NextStageView,
  StageEntryView,
} from '../../shared/protocol/case-life.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import { type AdmittedCase, caseOfRecord } from '../conferences/admission.ts'
import { leadAgencyOf } from '../conferences/case-commands.ts'
import type { LifeWords, OpenedLife } from '../conferences/case-repository.ts'
import type { Conference } from '../conferences/conference-repository.ts'
import { conferenceFactsOf } from '../conferences/facts.ts'
import type { By } from '../conferences/ports.ts'
import { decisionFor, type Standing, standingOf } from './evidence.ts'
import { leadKeeps } from './former-lead.ts'
import { caseObject, speaksFor } from './life-admission.ts'
import { openedAt } from './life-writing.ts'
import type { LifeParts } from './ports.ts'

export async function openLife(parts: LifeParts, by: By, admitted: AdmittedCase): Promise<CaseLifeView> {
  await parts.audit.record({
    actor: by.actor.userId,
    sessionId: by.sessionId,
    address: by.address,
    action: 'case.open-life',
    subject: admitted.file._id,
    object: caseObject(admitted.file._id),
    outcome: 'ok',
  })
  return lifeView(parts, by, await openedAt(parts, admitted))
}

/** Without a record of access: for the answer to a command, which has its own. */
export async function lifeView(parts: LifeParts, by: By, { file, words }: OpenedLife): Promise<CaseLifeView> {
  const { life } = file
  const today = dayInSeoul(parts.now())
  const lead = leadAgencyOf(file)
  const [{ facts }, keeps, rules, standing, names] = await Promise.all([
    caseOfRecord(parts, file),
    leadKeeps(parts, file, lead),
    parts.cases.rulesOf(lead),
    standingOf(parts, file, { reason: true }),
    namesFor(parts, by, file.life, file.agencies),
  ])
  const leads = canChangeCase(by.actor, facts)
  const joint = life.joint.at(-1)
  const open = openOffer(life, file.agencies)
  const done = ({ id, by: userId, at }: { id: string; by: UserId; at: string }) => ({
    id,
    by: { userId, name: names.person(userId) },
    at,
  })
  const decisionView = (decision: Parameters<typeof names.decision>[0]) => names.decision(decision)

  return {
    caseId: file._id,
    _v: file._v,
    stage: file.stage,
    track: life.track,
    grade: gradeOf(life),
    rules,
    leads,
    leadKeeps: leads ? keeps : null,
    speaksFor: speaksFor(by.actor, facts),
    agencies: file.agencies.map(({ agencyId, role }) => ({ ...names.agency(agencyId), role })),
    clocks: clocksOf(life, { today, counting: rules.counting }),
    next: leads ? nextStages(standing, decisionView) : [],
    proposals: leads ? proposalsOf(standing, decisionView) : [],
    history: life.history
      .map(entry => entryView(entry, life, words, { done, agency: names.agency, decision: decisionView }))
      .reverse(),
    planFaults: leads ? standing.plan.faults : [],
    goals: leads ? standing.plan.goals : [],
    exOfficio: last(life.exOfficio, one => ({
      ...done(one),
      ground: one.ground,
      reportedOn: one.reportedOn,
      reason: said(words, one.id, 'reason'),
    })),
    grades: life.grades.map(one => ({ ...done(one), grade: one.grade, reason: said(words, one.id, 'reason') })),
    emergencies: life.emergencies.map(one => ({
      ...done(one),
      reason: one.reason,
      toldOn: one.toldOn,
      words: said(words, one.id, 'words'),
      endedAt: one.ended?.at ?? null,
      endWords: said(words, one.id, 'endWords'),
    })),
    closures: life.closures.map(one => ({
      ...done(one),
      reasons: one.reasons,
      result: one.result,
      goals: (words[one.id]?.goals ?? []) as ClosureView['goals'],
      opinion: said(words, one.id, 'opinion'),
      changes: said(words, one.id, 'changes'),
      aftercareNote: said(words, one.id, 'aftercareNote'),
      days: daysUntil(life, one.at),
    })),
    reassessments: life.reassessments.map(one => ({
      ...done(one),
      on: one.on,
      reason: one.reason,
      result: one.result,
      changedNeeds: said(words, one.id, 'changedNeeds'),
    })),
    aftercare: life.aftercare.map(one => ({
      ...done(one),
      on: one.on,
      state: (words[one.id]?.state ?? 'watch') as AftercareState,
      changes: said(words, one.id, 'changes'),
      satisfaction: (words[one.id]?.satisfaction ?? null) as number | null,
      measures: said(words, one.id, 'measures'),
    })),
    joint:
      joint === undefined
        ? null
        : {
            ...done(joint),
            from: joint.from,
            until: joint.until,
            agencies: joint.agencies.map(({ agencyId, needs }) => ({ ...names.agency(agencyId), needs })),
            exitRule: said(words, joint.id, 'exitRule'),
            holds: jointOn(life, today) !== undefined,
          },
    offers: life.offers.map(one => ({
      ...done(one),
      kind: one.kind,
      to: names.agency(one.to),
      staysAs: one.staysAs,
      reason: said(words, one.id, 'reason'),
      outcome: one.outcome && {
        kind: one.outcome.kind,
        at: one.outcome.at,
        name: names.person(one.outcome.by),
        reason: said(words, one.id, 'outcomeReason'),
      },
      isOpen: one.id === open?.id,
    })),
  }
}

const said = (words: LifeWords, id: string, field: string): string => {
  const text = words[id]?.[field]
  return typeof text === 'string' ? text : ''
}

const last = <T, V>(list: readonly T[], view: (one: T) => V): V | null => {
  const one = list.at(-1)
  return one === undefined ? null : view(one)
}

type DecisionView = (
  decision: { conferenceId: Conference['_id'] } & Omit<LifeDecisionView, 'conference'>,
) => LifeDecisionView

function entryView(
  entry: StageEntry,
  life: CaseLife,
  words: LifeWords,
  show: {
    done: (one: { id: string; by: UserId; at: string }) => Pick<StageEntryView, 'id' | 'by' | 'at'>
    agency: (agencyId: AgencyId) => LifeAgency
    decision: DecisionView
  },
): StageEntryView {
  return {
    ...show.done(entry),
    kind: entry.kind,
    from: entry.from,
    to: entry.to,
    agency: show.agency(entry.agencyId),
    reason: said(words, entry.id, 'reason'),
    decision: entry.carriedBy && show.decision(entry.carriedBy),
    step: entry.step,
    asked: entry.asked.map(show.agency),
    answers: life.answers
      .filter(({ entryId }) => entryId === entry.id)
      .map(one => ({
        ...show.done(one),
        agencyId: one.agencyId,
        answer: one.answer,
        words: said(words, one.id, 'words'),
      })),
  }
}

/**
 * The next stages by themselves with all that each needs; further ones, past a conference, when they can be gone, and those that the conference is for.
 */
function nextStages({ facts, decisions }: Standing, decisionView: DecisionView): NextStageView[] {
  const without = new Map(pathsFrom({ ...facts, reason: false }).map(path => [path.steps.at(-1), path]))
  const isShown = ({ steps, missing }: StagePath) =>
    steps.length === 1 || missing.length === 0 || steps.at(-1) === 'closed' || steps.at(-1) === 'selection'
  return pathsFrom(facts)
    .filter(isShown)
    .flatMap(path => {
      const to = path.steps.at(-1)
      if (to === undefined) return []
      const carrying = path.decisions.length > 0 ? decisionFor(decisions, path.decisions) : undefined
      return [
        {
          to,
          steps: path.steps,
          missing: path.missing,
          needsReason: without.get(to)?.missing.includes('reason') === true,
          decision: carrying === undefined ? null : decisionView(carrying),
          reopens: path.reopens,
        },
      ]
    })
}

export function proposalsOf(
  { facts, decisions }: Standing,
  decisionView: DecisionView,
): { to: CaseStage; decision: LifeDecisionView }[] {
  const proposed = new Map<CaseStage, LifeDecisionView>()
  for (const decision of [...decisions].reverse()) {
    const to = PROPOSED_BY[decision.kind]
    if (to !== undefined && !proposed.has(to) && pathTo(to, facts)) proposed.set(to, decisionView(decision))
  }
  return [...proposed].map(([to, decision]) => ({ to, decision }))
}

/** The days on which the case came to its stages, as they were when that was written. */
function daysUntil({ history }: CaseLife, at: string): ClosureView['days'] {
  const until = history.filter(entry => entry.at <= at)
  return thisRound(until).map(entry => ({ stage: entry.to, on: dayInSeoul(entry.at) }))
}

/** Names of everybody whom a life names, read once; a conference is named only to who may know that it was. */
async function namesFor(parts: LifeParts, by: By, life: CaseLife, ofCase: readonly { agencyId: AgencyId }[]) {
  const entries = [
    ...life.history,
    ...life.answers,
    ...life.grades,
    ...life.closures,
    ...life.reassessments,
    ...life.aftercare,
    ...life.joint,
    ...life.offers,
    ...life.emergencies,
    ...life.exOfficio,
  ]
  const userIds = [
    ...new Set([...entries.map(one => one.by), ...life.offers.flatMap(({ outcome }) => outcome?.by ?? [])]),
  ]
  const agencyIds = [
    ...new Set([
      ...ofCase.map(({ agencyId }) => agencyId),
      ...life.history.flatMap(({ agencyId, asked }) => [agencyId, ...asked]),
      ...life.offers.map(({ to }) => to),
      ...life.joint.flatMap(({ agencies }) => agencies.map(({ agencyId }) => agencyId)),
    ]),
  ]
  const [people, agencies, conferences] = await Promise.all([
    Promise.all(userIds.map(async userId => [userId, (await parts.people.person(userId))?.name ?? ''] as const)),
    Promise.all(agencyIds.map(async agencyId => [agencyId, await parts.people.agency(agencyId)] as const)),
    readableConferences(parts, by),
  ])
  const person = new Map(people)
  const agency = new Map(agencies)
  return {
    person: (userId: UserId) => person.get(userId) ?? '',
    agency: (agencyId: AgencyId): LifeAgency => {
      const found = agency.get(agencyId)
      return { agencyId, name: found?.name ?? '', shortName: found?.shortName ?? '' }
    },
    decision: ({ conferenceId, decisionId, kind }: Parameters<DecisionView>[0]): LifeDecisionView => {
      const found = conferences.get(conferenceId)
      return {
        decisionId,
        kind,
        conference: found ? { conferenceId, title: found.title, startsAt: found.startsAt.toISOString() } : null,
      }
    },
  }
}

async function readableConferences(parts: LifeParts, by: By): Promise<Map<Conference['_id'], Conference>> {
  const own = await parts.conferences.ofPerson(by.actor.userId)
  const readable = own.filter(conference => canReadConference(by.actor, conferenceFactsOf(conference)))
  return new Map(readable.map(conference => [conference._id, conference]))
}
