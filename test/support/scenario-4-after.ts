/** What follows a selection meeting: stages by its decisions, what was promised put into the ledger and done, plans, and regular checks. */

import type { Service } from '../../shared/code-sets/services.ts'
import { CASE_STAGES, type CaseStage, DECISION_KINDS, type DecisionKind } from '../../shared/codes.ts'
import { setCaseFacts } from '../../shared/documents/case-parts/case-facts.ts'
import { caseTextOf } from '../../shared/documents/case-parts/case-texts.ts'
import { plan } from '../../shared/documents/case-parts/plan.ts'
import { paragraphsOf } from '../../shared/documents/rich-text.ts'
import { type CommandId, idFromBytes, type PlanRowId } from '../../shared/ids.ts'
import type { ActionView } from '../../shared/protocol/action-api.ts'
import type { CaseLifeView } from '../../shared/protocol/case-life.ts'
import type { AllocationsView } from '../../shared/protocol/resources.ts'
import type { Person } from './person.ts'
import { beginRecord, section } from './scenario-case.ts'
import type { ScenarioPerson } from './scenario-people.ts'

const newCommand = () => idFromBytes<CommandId>(crypto.getRandomValues(new Uint8Array(16)))

/** On the start page: all households of one decision, moved with one press that is asked once. */
export async function movesAll(
  leader: ScenarioPerson,
  { count, decision, to }: { count: number; decision: DecisionKind; to: CaseStage },
): Promise<void> {
  const { page } = leader
  const row = page
    .getByRole('listitem')
    .filter({ hasText: `회의 결정 ‘${DECISION_KINDS[decision].ko}’에 따라 단계를 옮길 수 있습니다` })
  await row.waitFor()
  if (count > 1) await row.getByText(`${count}가구: `).waitFor()
  await row.getByRole('button', { name: /옮기기$/ }).click()
  const dialog = page.getByRole('alertdialog')
  await dialog.getByText(`${count}가구를 ${CASE_STAGES[to].ko}`, { exact: false }).waitFor()
  await dialog.getByRole('button', { name: /옮기기$/ }).click()
  await page
    .getByText(new RegExp(`^${count}가구를 .* 옮겼습니다`))
    .first()
    .waitFor()
  await row.waitFor({ state: 'detached' })
}

/** The ledger of a case proposes what the meeting promised; it is put there as proposed. */
export async function entersPromise(leader: ScenarioPerson, caseId: string, what: string): Promise<void> {
  const { page } = leader
  await leader.goes(`/cases/${caseId}/help`)
  await page.getByRole('button', { name: new RegExp(`^지원에 적기: .*${what}`) }).click()
  await page.locator('form').getByRole('button', { name: '지원에 적기', exact: true }).click()
  await page.getByText('지원에 적었습니다.').first().waitFor()
}

/** What stands in the ledger of a case. */
export async function ledgerOf(person: Person, caseId: string): Promise<{ service: Service; from: string }[]> {
  const { allocations } = await person.get<AllocationsView>(`/api/cases/${caseId}/allocations`)
  return allocations.map(({ service, from }) => ({ service, from }))
}

/** The same by which a person settles an action item on any of its screens. */
export async function finishes(person: Person, what: string): Promise<ActionView> {
  const { actions } = await person.get<{ actions: ActionView[] }>('/api/actions')
  const mine = actions.filter(one => one.what.includes(what) && one.status === 'accepted')
  const [action] = mine
  if (action === undefined || mine.length > 1) throw new Error(`${mine.length} promises of ${what}`)
  return person.post<ActionView>(`/api/actions/${action.document}/${action.actionId}`, {
    _v: action._v,
    move: 'finish',
    effect: { helped: 'better', account: 'client' },
  })
}

/** A plan with all that the law asks of it, written into the case's document; then the stages up to delivery. */
export async function plansAndDelivers(
  person: Person,
  caseId: string,
  what: { service: Service; provider: string; today: string },
): Promise<void> {
  const document = person.open(`case.${caseId}`)
  await document.live()
  const { doc } = document
  const id = idFromBytes<PlanRowId>(crypto.getRandomValues(new Uint8Array(16)))
  plan.add(doc, id, {
    service: what.service,
    provider: what.provider,
    method: 'cash',
    start: what.today,
    end: what.today,
    times: 1,
    interval: 'per_month',
  })
  caseTextOf(doc, 'clientView').insert(0, paragraphsOf('지금 집에서 지내고 싶습니다. (합성)'))
  setCaseFacts(doc, { reviewMonths: 3 })
  await document.stored()
  document.close()
  let { _v } = await person.get<CaseLifeView>(`/api/cases/${caseId}/life`)
  for (const to of ['service_planning', 'service_delivery'] as const) {
    ;({ _v } = await person.post<CaseLifeView>(`/api/cases/${caseId}/life`, { _v, do: 'move', to }))
  }
}

/** A regular check on the screen: each row of the plan was carried out, and the plan stays. */
export async function checksByScreen(worker: ScenarioPerson, caseId: string): Promise<void> {
  const { page } = worker
  await worker.goes(`/cases/${caseId}`)
  await section(worker, '기록')
  const form = await beginRecord(worker, '점검·모니터링')
  await form.getByText('제공됨', { exact: true }).click()
  await form.getByText('유지', { exact: true }).click()
  await form.getByRole('button', { name: '저장', exact: true }).click()
  await form.waitFor({ state: 'detached' })
  await page.locator('li.record').filter({ hasText: '제공됨' }).first().waitFor()
}

/** The same command without the screen. */
export async function checks(person: Person, caseId: string, service: string): Promise<void> {
  await person.post(`/api/cases/${caseId}/records`, {
    command: newCommand(),
    narrow: false,
    content: {
      kind: 'monitoring',
      at: new Date().toISOString(),
      type: 'regular',
      rows: [{ row: '', service, carriedOut: 'yes', note: '' }],
      satisfaction: [],
      result: 'keep',
      text: '',
    },
  })
}
