/** Random walks of a case's life, with everything that is known of it by chance: nothing passes that the table does not allow, and what is said to be missing is. */
import { expect, test } from 'vitest'
import type { StageNeed } from '../../../shared/cases/life-codes.ts'
import { STAGE_NEEDS } from '../../../shared/cases/life-codes.ts'
import {
  jointStepOf,
  type MoveFacts,
  pathsFrom,
  pathTo,
  STAGE_MOVES,
  trackBy,
} from '../../../shared/cases/stage-moves.ts'
import { CASE_STAGES, type CaseStage, codesOf, DECISION_KINDS, type DecisionKind } from '../../../shared/codes.ts'
import { type SeededRandom, seededRandom, seedsToRun } from '../../support/seeded-random.ts'

const STAGES = codesOf(CASE_STAGES)

/** DOMAIN order, written down once more and apart from the table: which stage follows which. */
const FOLLOWS: Record<CaseStage, readonly CaseStage[]> = {
  case_finding: ['intake'],
  intake: ['registered'],
  registered: ['assessment'],
  assessment: ['conference'],
  conference: ['selection', 'service_planning', 'service_delivery', 'closed'],
  selection: ['service_planning', 'service_linked', 'not_selected', 'deferred', 'referred_out'],
  service_planning: ['service_delivery'],
  service_linked: ['aftercare', 'assessment'],
  service_delivery: ['reassessment', 'conference'],
  reassessment: ['conference', 'service_delivery'],
  closed: ['aftercare', 'assessment'],
  aftercare: ['ended', 'assessment'],
  ended: ['assessment'],
  not_selected: ['assessment'],
  deferred: ['conference'],
  referred_out: ['assessment'],
}

function factsByChance(random: SeededRandom, stage: CaseStage): MoveFacts {
  return {
    stage,
    selected: random.chance(0.5),
    decisions: codesOf(DECISION_KINDS).filter(() => random.chance(0.2)),
    exOfficio: random.pick(['none', 'grounded', 'ungrounded']),
    plan: random.pick(['none', 'lacking', 'whole']),
    reassessed: random.chance(0.5),
    closure: random.pick(['none', 'reassess', 'no-reason', 'whole']),
    aftercareContacts: random.below(3),
    reason: random.chance(0.5),
  }
}

/** Whether a case may go so, said in plain sentences. */
function allowed(steps: readonly CaseStage[], facts: MoveFacts): boolean {
  const has = (...kinds: DecisionKind[]) => kinds.some(kind => facts.decisions.includes(kind))
  let at = facts.stage
  for (const to of steps) {
    if (!FOLLOWS[at].includes(to)) return false
    if (to === 'assessment' && at === 'registered' && facts.exOfficio === 'ungrounded') return false
    if (to === 'assessment' && at !== 'registered' && !facts.reason) return false
    if (to === 'selection' && facts.selected) return false
    if (
      to === 'selection' &&
      !has('select_case_management', 'select_service_linkage', 'not_selected', 'deferred', 'refer_out', 'transfer')
    )
      return false
    if (at === 'selection') {
      const kinds: Partial<Record<CaseStage, DecisionKind[]>> = {
        service_planning: ['select_case_management'],
        service_linked: ['select_service_linkage'],
        not_selected: ['not_selected'],
        deferred: ['deferred'],
        referred_out: ['refer_out', 'transfer'],
      }
      if (!has(...(kinds[to] ?? []))) return false
    }
    if (at === 'conference' && to !== 'selection' && !facts.selected) return false
    if (
      at === 'conference' &&
      to === 'service_planning' &&
      !has('approve_plan', 'amend_plan', 'assign_roles', 'reassess')
    )
      return false
    if (to === 'service_delivery' && at !== 'reassessment' && facts.plan !== 'whole') return false
    if (to === 'service_delivery' && at !== 'service_planning' && !facts.reason) return false
    if (to === 'reassessment' && !facts.reassessed) return false
    if (to === 'closed' && (!has('close') || facts.closure !== 'whole')) return false
    if (to === 'aftercare' && at === 'service_linked' && !facts.reason) return false
    if (to === 'ended' && facts.aftercareContacts === 0) return false
    at = to
  }
  return true
}

test.each(seedsToRun(40))(
  '[CL1] what may be gone is what the sentences allow, and the rest names what it lacks (seed %i)',
  seed => {
    const random = seededRandom(seed)
    for (let round = 0; round < 40; round++) {
      const facts = factsByChance(random, random.pick(STAGES))
      const open = new Set(
        pathsFrom(facts)
          .filter(({ missing }) => missing.length === 0)
          .map(({ steps }) => steps.at(-1)),
      )
      for (const path of pathsFrom(facts)) {
        expect(path.missing.length === 0, JSON.stringify({ facts, path })).toBe(allowed(path.steps, facts))
        for (const need of path.missing) expect(Object.keys(STAGE_NEEDS)).toContain(need)
      }
      // A single step that the sentences allow is never kept back.
      for (const to of STAGES)
        if (to !== facts.stage && allowed([to], facts)) expect(open, `${facts.stage} > ${to}`).toContain(to)
    }
  },
)

test('[CL1] when all that is said to be missing is there, the move may be gone', () => {
  const random = seededRandom(11)
  let healed = 0
  for (let round = 0; round < 4000; round++) {
    const facts = factsByChance(random, random.pick(STAGES))
    for (const { steps, missing } of pathsFrom(facts)) {
      const to = steps.at(-1)
      if (missing.length === 0 || to === undefined) continue
      const mended = missing.reduce(withNeed, facts)
      expect(pathTo(to, mended)?.missing).toEqual([])
      healed++
    }
  }
  expect(healed).toBeGreaterThan(1000)
})

function withNeed(facts: MoveFacts, need: StageNeed): MoveFacts {
  const decided = (kind: DecisionKind) => ({ ...facts, decisions: [...facts.decisions, kind] })
  switch (need) {
    case 'no_such_move':
      return facts
    case 'ex_officio_ground':
      return { ...facts, exOfficio: 'grounded' }
    case 'selecting_decision':
    case 'decision_not_selected':
      return decided('not_selected')
    case 'decision_case_management':
      return decided('select_case_management')
    case 'decision_service_linkage':
      return decided('select_service_linkage')
    case 'decision_deferred':
      return decided('deferred')
    case 'decision_refer_out':
      return decided('transfer')
    case 'plan_decision':
      return decided('amend_plan')
    case 'decision_close':
      return decided('close')
    case 'plan':
    case 'plan_content':
      return { ...facts, plan: 'whole' }
    case 'reassessment_record':
      return { ...facts, reassessed: true }
    case 'closure_evaluation':
    case 'closure_reason':
      return { ...facts, closure: 'whole' }
    case 'aftercare_contact':
      return { ...facts, aftercareContacts: 1 }
    case 'reason':
      return { ...facts, reason: true }
  }
}

test('the table names every step once, and every stage but the first can be reached', () => {
  const named = STAGE_MOVES.map(({ from, to }) => `${from}>${to}`)
  expect(new Set(named).size).toBe(named.length)
  expect(named.sort()).toEqual(STAGES.flatMap(from => FOLLOWS[from].map(to => `${from}>${to}`)).sort())
  expect(STAGES.filter(stage => !STAGE_MOVES.some(({ to }) => to === stage))).toEqual(['case_finding'])
})

test('[CJ2] selection, the first delivery and closing are the steps that agencies are asked about', () => {
  const steps = STAGE_MOVES.map(({ from, to }) => [from, to, jointStepOf(from, to)] as const).filter(
    ([, , step]) => step,
  )
  expect(steps).toEqual([
    ['conference', 'selection', 'selection'],
    ['service_planning', 'service_delivery', 'plan'],
    ['conference', 'closed', 'closure'],
  ])
  expect(trackBy('service_linked')).toBe('service_linkage')
})
