/** The plan as the life of a case asks for it: out of the case's document, with what the law wants in it. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readPlan } from '../../../server/case-life/plan.ts'
import { newId } from '../../../server/lib/random.ts'
import { setCaseFacts } from '../../../shared/documents/case-parts/case-facts.ts'
import { caseTextOf } from '../../../shared/documents/case-parts/case-texts.ts'
import { goals } from '../../../shared/documents/case-parts/goals.ts'
import { plan } from '../../../shared/documents/case-parts/plan.ts'
import { documentNameOf } from '../../../shared/documents/document-names.ts'
import { paragraphsOf } from '../../../shared/documents/rich-text.ts'
import type { CaseId, UserId } from '../../../shared/ids.ts'
import { Shelf } from '../conferences/world.ts'

const caseId = newId<CaseId>()
let shelf: Shelf
beforeEach(() => {
  shelf = new Shelf()
})
afterEach(() => shelf.docs.clear())

const write = (change: Parameters<Shelf['edit']>[2]) =>
  shelf.edit(documentNameOf({ kind: 'case', caseId }), { behalfOf: newId<UserId>() }, change)

test('[CL4] [LR-40] nothing written is no plan, and a row alone is not yet what the law asks for', async () => {
  expect(await readPlan(shelf, caseId)).toMatchObject({ hasPlan: false, goals: [] })
  const id = newId()
  await write(doc => plan.add(doc, id, { service: 'caregiving_cost', provider: '협의회' }))
  const { hasPlan, faults } = await readPlan(shelf, caseId)
  expect(hasPlan).toBe(true)
  expect([...faults].sort()).toEqual(['no-client-view', 'no-method', 'no-period', 'no-quantity', 'no-review'])
})

test('[CL4] [LR-40] with service, method, quantity, period, provider, the person’s own view and a review it is whole', async () => {
  await write(doc => {
    const values = { provider: '협의회', method: 'cash', start: '2026-12-01', end: '2027-02-28', times: 1 } as const
    plan.add(doc, newId(), { ...values, service: 'caregiving_cost', interval: 'per_month' })
    caseTextOf(doc, 'clientView').insert(0, paragraphsOf('집에서 지내고 싶습니다.'))
    setCaseFacts(doc, { reviewMonths: 3 })
    goals.add(doc, newId(), { term: 'long_term' }, { texts: { text: '빚 정리' } })
  })
  expect(await readPlan(shelf, caseId)).toEqual({
    hasPlan: true,
    faults: [],
    goals: [{ term: 'long_term', words: '빚 정리', result: '' }],
  })
})
