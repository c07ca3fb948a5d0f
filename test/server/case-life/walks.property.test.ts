/** Random walks through a case's life on real records: whatever is tried, in whatever order, the history stays whole and nothing passes without its ground. */
import { afterEach, expect, test } from 'vitest'
import { must } from '../../../shared/assert.ts'
import { STAGE_MOVES } from '../../../shared/cases/stage-moves.ts'
import { CASE_STAGES, codesOf, DECISION_KINDS } from '../../../shared/codes.ts'
import type { CaseLifeView } from '../../../shared/protocol/case-life.ts'
import { type SeededRandom, seededRandom, seedsToRun } from '../../support/seeded-random.ts'
import { meet, openWorld, settle, type World } from '../conferences/world.ts'
import { CLOSURE, withLife } from './life-world.ts'

let world: World
afterEach(() => world.close())

const STEPS = 60

test.each(seedsToRun(2))('[CL1] [CL2] [CL3] [CL6] sixty tries of anything (seed %i)', async seed => {
  world = await openWorld()
  const random = seededRandom(seed)
  const town = await settle(world)
  const life = withLife(world, town)
  const meeting = await meet(world, town)
  let view = await life.view(town.leader)
  let moves = 0
  let refusals = 0

  for (let step = 0; step < STEPS; step++) {
    world.pass(random.below(3) * 86_400_000 + 1000)
    const before = view
    try {
      view = await something(life, town, meeting, random, before)
    } catch (error) {
      const { reason, detail = '' } = error as { reason?: string; detail?: string }
      expect(['not-allowed', 'bad-request', 'conflict'], `${error}`).toContain(reason)
      if (reason === 'not-allowed') expect(detail).toMatch(/^stage-needs(\.[a-z_]+)+$/)
      refusals++
      // What was refused has changed nothing.
      view = await life.view(town.leader)
      expect([view.stage, view._v]).toEqual([before.stage, before._v])
      continue
    }
    if (view.history.length > before.history.length) moves++
    assertWhole(view)
  }
  expect(refusals).toBeGreaterThan(5)
  expect(moves).toBeGreaterThan(3)
})

type Told = Parameters<typeof withLife>
async function something(
  life: ReturnType<typeof withLife>,
  town: Told[1],
  meeting: Awaited<ReturnType<typeof meet>>,
  random: SeededRandom,
  before: CaseLifeView,
): Promise<CaseLifeView> {
  const who = town.leader
  const reason = random.chance(0.5) ? '사유' : ''
  switch (random.below(8)) {
    case 0:
      await life.writes(meeting, random.pick(codesOf(DECISION_KINDS)))
      await life.confirms(meeting)
      return life.view(who)
    case 1:
      life.plans({ hasPlan: random.chance(0.8), faults: random.chance(0.3) ? ['no-review'] : [] })
      return life.view(who)
    case 2:
      return life.tell(who, random.chance(0.3) ? { ...CLOSURE, result: 'reassess' } : CLOSURE)
    case 3:
      return life.tell(who, {
        do: 'reassessment',
        on: '2026-11-24',
        reason: 'new_need',
        result: 'replan',
        changedNeeds: '간병',
      })
    case 4:
      return life.tell(who, {
        do: 'aftercare',
        on: '2026-11-24',
        state: 'stable',
        changes: '잘 지냄',
        satisfaction: null,
        measures: '',
      })
    case 5:
      return life.tell(who, { do: 'move', to: random.pick(codesOf(CASE_STAGES)), reason })
    default: {
      // Half the time what the view says can be gone: it must not be refused for want of anything but its reason.
      const open = before.next.filter(({ missing }) => missing.length === 0)
      if (open.length === 0) return life.tell(who, { do: 'move', to: random.pick(codesOf(CASE_STAGES)), reason })
      return life.tell(who, { do: 'move', to: random.pick(open).to, reason: '사유' })
    }
  }
}

function assertWhole(view: CaseLifeView): void {
  const history = view.history.toReversed()
  expect(history.at(-1)?.to).toBe(view.stage)
  const carried = new Map<string, string>()
  history.forEach((entry, index) => {
    const previous = history[index - 1]
    if (previous === undefined) return
    expect(entry.from).toBe(previous.to)
    expect(STAGE_MOVES.some(({ from, to }) => from === entry.from && to === entry.to)).toBe(true)
    const move = must(
      STAGE_MOVES.find(({ from, to }) => from === entry.from && to === entry.to),
      'the move',
    )
    if (move.needs.some(need => need.includes('decision'))) expect(entry.decision, entry.to).not.toBeNull()
    expect(entry.kind === 'reopened').toBe(move.reopens === true)
    if (entry.kind === 'reopened') expect(entry.reason).not.toBe('')
    // A decision carries one move, and the one from the selection on.
    const { decision } = entry
    if (decision === null) return
    const at = carried.get(decision.decisionId)
    if (at !== undefined) expect([at, entry.from]).toEqual(['selection', 'selection'])
    carried.set(decision.decisionId, entry.to)
  })
  const closed = history
    .slice(history.findLastIndex(({ kind }) => kind === 'reopened') + 1)
    .some(({ to }) => to === 'closed')
  if (closed) expect(view.closures.some(({ result }) => result === 'close')).toBe(true)
}
