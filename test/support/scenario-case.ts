/** A household's file by its screens: found and registered, by what right agencies may know of it, the stages it goes through. */
import type { Locator, Page } from 'playwright-core'
import { choose, escaped, fillIn, findAndTake, kept, type ScenarioPerson } from './scenario-people.ts'

export interface NewCase {
  number: string
  /** As it is called in meetings, e.g. `김○○ 가구`. */
  label: string
  stage?: string
  /** Why it is taken over at a stage after registration. */
  takenOver?: string
  route?: string
  /** The first is the agency that stands there already; by full name, with its role and its workers (`/팀장/`). */
  agencies: readonly { name: string; role?: string; workers: readonly (string | RegExp)[] }[]
}

/** Registers a case and opens its page; resolves with its id. */
export async function registerCase(one: ScenarioPerson, what: NewCase): Promise<string> {
  const { page } = one
  await one.goes('/cases')
  await page.getByRole('link', { name: '사례 등록' }).first().click()
  await page.getByRole('textbox', { name: /^번호/ }).fill(what.number)
  await page.getByRole('textbox', { name: /^가구 표시/ }).fill(what.label)
  if (what.stage !== undefined) await choose(page, '단계', what.stage)
  if (what.takenOver !== undefined) await page.getByLabel(/^옮겨 오는 사유/).fill(what.takenOver)
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
export async function tick(box: Locator): Promise<void> {
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
  await page.getByRole('button', { name: new RegExp(`^${escaped(receiver)}: .* 넣기$`) }).click()
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

/** From wherever one is: the page of a case, found in the list. */
export async function openCase(one: ScenarioPerson, label: string, tab?: string): Promise<void> {
  await one.goes('/cases')
  await one.page.getByRole('link', { name: label }).first().click()
  await one.page.getByRole('heading', { level: 1, name: label }).waitFor()
  if (tab === undefined) return
  await section(one, tab)
  if (tab === '진행') await one.page.getByRole('list', { name: '진행 단계' }).waitFor()
  if (tab === '가구' || tab === '욕구·계획') await kept(one)
}

/** Writes at the end of a long text of a case's document. */
export async function writeInto(scope: Page | Locator, label: string, words: string): Promise<void> {
  const field = scope.getByRole('textbox', { name: label, exact: true })
  await field.click()
  await field.press('Control+End')
  const page = 'page' in scope ? scope.page() : scope
  await page.keyboard.insertText(words)
}

/** The row that is opened of a table in a case's document. */
export const openedRow = (page: Page) => page.locator('fieldset.row-editor')

export interface NewNeed {
  domain: string
  subdomain: string
  level: string
  phenomenon: string
  wanted?: string
}

/** On the page 욕구·계획. */
export async function addNeed({ page }: { page: Page }, need: NewNeed): Promise<void> {
  await page.getByRole('button', { name: '욕구 추가' }).click()
  const row = openedRow(page)
  await choose(row, '욕구영역', need.domain)
  await choose(row, '세부영역', need.subdomain)
  await choose(row, '정도', need.level)
  await writeInto(row, '현상', need.phenomenon)
  if (need.wanted !== undefined) await writeInto(row, '원하는 도움', need.wanted)
  await kept({ page })
}

export interface NewPlanRow {
  service: string
  provider: string
  method: string
  staff: string
  start: string
  end: string
  times: string
  interval: string
  amount?: string
}

/** On the page 욕구·계획. */
export async function addPlanRow({ page }: { page: Page }, plan: NewPlanRow): Promise<void> {
  await page.getByRole('button', { name: '서비스 추가' }).click()
  const row = openedRow(page)
  await choose(row, '서비스', plan.service)
  await choose(row, '제공기관', plan.provider)
  await choose(row, '제공 방법', plan.method)
  await fillIn(row, '담당자', plan.staff)
  await fillIn(row, '시작일', plan.start)
  await fillIn(row, '종료일', plan.end)
  await fillIn(row, '횟수', plan.times)
  await choose(row, /주기$/, plan.interval)
  if (plan.amount !== undefined) await fillIn(row, '금액', plan.amount)
  await kept({ page })
}

/** On the page 기록: a record of a kind is begun; what is written in it comes back as its form. */
export async function beginRecord({ page }: { page: Page }, kind: string): Promise<Locator> {
  await page.getByRole('button', { name: kind, exact: true }).click()
  return page.getByRole('form', { name: `새 ${kind}` })
}

/** On the page 진행: a form by the button that opens it, filled by what is given, and kept. */
export async function lifeRecord(
  { page }: { page: Page },
  press: string,
  title: string,
  fill: (form: Locator) => Promise<void>,
): Promise<void> {
  await page.getByRole('button', { name: press, exact: true }).click()
  const form = page.locator('fieldset.life-fieldset', { has: page.locator('legend', { hasText: title }) }).first()
  await fill(form)
  await form.getByRole('button', { name: '저장', exact: true }).click()
  await form.waitFor({ state: 'detached' })
}

/** A co-managing agency says on its start page that it knows of a step. */
export async function acknowledges(one: ScenarioPerson, label: string): Promise<void> {
  const { page } = one
  await one.goes('/')
  await page
    .getByRole('link', { name: `${label} 진행 열기` })
    .first()
    .click()
  await page.getByRole('button', { name: '확인', exact: true }).click()
  await page.getByText('저장했습니다.').first().waitFor()
}

/** What the case lets happen to its promises: a line of the check is settled by a letter (`d1`: done, better off). */
export async function settles({ page }: { page: Page }, words: string, keys: string, state: string): Promise<void> {
  const line = page
    .getByRole('region', { name: /지난 회의 조치사항 점검/ })
    .getByRole('listitem')
    .filter({ hasText: words })
  await line.focus()
  for (const key of keys) await page.keyboard.press(key)
  await line.filter({ hasText: state }).waitFor()
}
