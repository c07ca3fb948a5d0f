/** A household's file by its screens: found and registered, by what right agencies may know of it, the stages it goes through. */
import type { Page } from 'playwright-core'
import { choose, findAndTake, type ScenarioPerson } from './scenario-people.ts'

export interface NewCase {
  number: string
  /** As it is called in meetings, e.g. `김○○ 가구`. */
  label: string
  stage?: string
  route?: string
  /** The first is the agency that stands there already; by full name, with its role and its workers (`/팀장/`). */
  agencies: readonly { name: string; role?: string; workers: readonly (string | RegExp)[] }[]
}

/** Registers a case and opens its page; resolves with its id. */
export async function registerCase(one: ScenarioPerson, what: NewCase): Promise<string> {
  const { page } = one
  await one.goes('/cases')
  await page.getByRole('link', { name: '사례 등록' }).first().click()
  await page.getByLabel(/^번호/).fill(what.number)
  await page.getByLabel(/^가구 표시/).fill(what.label)
  if (what.stage !== undefined) await choose(page, '단계', what.stage)
  if (what.route !== undefined) await choose(page, '발굴 경로', what.route)
  for (const [at, { name, role, workers }] of what.agencies.entries()) {
    if (at > 0) await findAndTake(page, '기관 추가', name)
    if (role !== undefined) await choose(page, `${name}의 역할`, role)
    const people = page.getByRole('group', { name: `${name} 담당자` })
    for (const worker of workers) await tick(people.getByRole('checkbox', { name: worker }))
  }
  await page.getByRole('button', { name: '저장', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: what.label }).waitFor()
  return caseIdOf(page)
}

/** Of the page of a case. */
export const caseIdOf = (page: Page): string => /\/cases\/([^/?#]+)/.exec(page.url())?.[1] ?? ''

/** A box is pressed through its words: the box itself is drawn. */
export async function tick(box: import('playwright-core').Locator): Promise<void> {
  if (!(await box.isChecked())) await box.check({ force: true })
}

/** A section of a case's page by its tab. */
export async function section({ page }: { page: Page }, name: string): Promise<void> {
  await page.getByRole('navigation', { name: '사례의 부분' }).getByRole('link', { name, exact: true }).click()
}

/** A paper consent, entered once for every agency that it names (by full name): everything that was asked was agreed to. */
export async function enterConsent(
  { page }: { page: Page },
  { receivers, keptAt }: { receivers: readonly string[]; keptAt: string },
): Promise<void> {
  await page.getByRole('button', { name: '동의서 넣기', exact: true }).click()
  const paper = page.locator('form', { has: page.getByRole('heading', { name: '동의서 넣기' }) })
  for (const scope of ['수집·이용', '민감정보 처리', '제3자 제공']) {
    await paper
      .getByRole('group', { name: new RegExp(scope) })
      .getByText('동의함')
      .click()
  }
  for (const receiver of receivers) await tick(paper.getByRole('checkbox', { name: receiver, exact: true }))
  await paper.getByLabel(/동의서 보관 장소/).fill(keptAt)
  await paper.getByRole('button', { name: '저장', exact: true }).click()
  await paper.waitFor({ state: 'detached' })
}

/** A public body's own task, as the form proposes it, sensitive information included. */
export async function enterPublicTask(
  { page }: { page: Page },
  { receiver, sensitiveLaw }: { receiver: string; sensitiveLaw: string },
): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${receiver}: .* 넣기$`) }).click()
  const paper = page.locator('form', { has: page.getByRole('heading', { name: '법령·업무 근거 넣기' }) })
  await paper.getByLabel('민감정보를 허용하는 법령').fill(sensitiveLaw)
  await paper.getByRole('button', { name: '저장', exact: true }).click()
  await paper.waitFor({ state: 'detached' })
}

/** On the page 진행: the stage is gone, one press. A refusal of the machine is waited for as the words of the notice. */
export async function movesTo({ page }: { page: Page }, stage: string, reason?: string): Promise<void> {
  const press = page.getByRole('button', { name: new RegExp(`^${stage}(으로|로) 옮기기$`) }).first()
  await press.click()
  if (reason !== undefined) {
    await page.getByLabel(/^사유/).fill(reason)
    await press.click()
  }
  await page.getByText(new RegExp(`단계를 ${stage}(으로|로) 옮겼습니다`)).waitFor()
  await page.getByRole('list', { name: '진행 단계' }).locator('[aria-current=step]', { hasText: stage }).waitFor()
}
