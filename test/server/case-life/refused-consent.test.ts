/** Who refuses every consent is helped like everybody else (개인정보 보호법 제22조⑤): the whole life of a case by the agency that answers for it, on real records. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { enterConsent } from '../../../server/bases/basis-commands.ts'
import { CONSENT_SCOPES, type ConsentScope } from '../../../shared/bases/basis-codes.ts'
import type { CaseStage, DecisionKind } from '../../../shared/codes.ts'
import { dayInSeoul } from '../../../shared/working-days.ts'
import { consentFor, sectionOf } from '../../support/bases.ts'
import { meet, NOON, openWorld, settle, type Town, type World } from '../conferences/world.ts'
import { CLOSURE, type Life, withLife } from './life-world.ts'

const TODAY = dayInSeoul(NOON)
const DAY_MS = 86_400_000

let world: World
let town: Town
let life: Life
beforeEach(async () => {
  world = await openWorld({ bases: 'as-entered' })
  town = await settle(world)
  life = withLife(world, town)
})
afterEach(() => world.close())

const go = (to: CaseStage) => life.tell(town.leader, { do: 'move', to })
async function decided(kind: DecisionKind): Promise<void> {
  world.pass(DAY_MS)
  const meeting = await meet(world, town)
  await life.writes(meeting, kind)
  await life.confirms(meeting)
}

/** Every step from registration to the end of aftercare; the stages as the history tells them. */
async function wholeLife(): Promise<string[]> {
  await go('assessment')
  await life.tell(town.leader, { do: 'emergency', reason: 'illness', toldOn: TODAY, words: '입원비' })
  await go('conference')
  await decided('select_case_management')
  await go('selection')
  await go('service_planning')
  life.plans({ hasPlan: true })
  await go('service_delivery')
  await decided('close')
  await life.tell(town.leader, CLOSURE)
  await go('closed')
  await go('aftercare')
  const contact = {
    do: 'aftercare',
    on: TODAY,
    state: 'stable',
    changes: '잘 지냄',
    satisfaction: 4,
    measures: '',
  } as const
  await life.tell(town.leader, { ...contact, on: dayInSeoul(world.parts.now()) })
  await go('ended')
  return (await life.view(town.leader)).history.map(({ to }) => to)
}

test('[BS9] [LR-28] every consent refused: registered, helped at once, selected, planned, delivered, closed and seen to afterwards', async () => {
  const scopes = Object.keys(CONSENT_SCOPES) as ConsentScope[]
  const admitted = await world.changeCase(town.leader, town.caseId)
  const refusing = consentFor([town.muhan], {
    from: TODAY,
    givenOn: TODAY,
    sections: scopes.map(scope => sectionOf(scope, { agreed: false })),
  })
  await enterConsent(world.parts, world.by(town.leader), admitted, refusing)
  const [paper] = (await world.parts.bases.find(town.caseId)).bases
  expect([paper?.given, paper?.refused.length]).toEqual([[], scopes.length])
  expect(await wholeLife()).toEqual([
    'ended',
    'aftercare',
    'closed',
    'conference',
    'service_delivery',
    'service_planning',
    'selection',
    'conference',
    'assessment',
    'registered',
  ])
  // And nobody else has seen any of it.
  await expect(life.view(town.co)).rejects.toMatchObject({ reason: 'not-found' })
  expect(await world.parts.disclosures.ofCase(town.caseId)).toEqual([])
})
