/**
 * A case's household, needs and plan, written by two people of two agencies at once, with the keyboard alone where it matters; a resident registration
 * number that one of them types; a form printed to paper.
 */
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DEMO_PASSWORD } from '../../../server/demo/community.ts'
import { fixedId } from '../../../server/demo/fixed-ids.ts'
import type { CaseId } from '../../../shared/ids.ts'
import { type AppUnderTest, startAppUnderTest } from '../../support/app-under-test.ts'
import { expectNoFaults } from '../../support/axe.ts'
import { collectErrors, OFFICE_PC, openBrowser, openContext, TABLET } from '../../support/browser.ts'

const CASE = fixedId<CaseId>('case', 'saengyeon-kim')
let dure: AppUnderTest
let browser: Browser
const errors: string[] = []

beforeAll(async () => {
  dure = await startAppUnderTest({
    environment: { DURE_DEMO: 'on' },
    parts: { clientFolder: join(import.meta.dirname, '..', '..', '..', 'dist', 'client') },
  })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await dure?.close()
  expect(errors).toEqual([])
})

const hostOf = (login: string) => `http://${login.split('.')[0]}.localhost:${new URL(dure.url).port}`

async function screenOf(login: string, viewport = OFFICE_PC): Promise<Page> {
  const context = await openContext(browser, viewport)
  const page = await context.newPage()
  const own = collectErrors(page)
  page.on('close', () => errors.push(...own))
  await page.goto(hostOf(login))
  await page.getByLabel('아이디').fill(login)
  await page.getByLabel('비밀번호', { exact: true }).fill(DEMO_PASSWORD)
  await page.getByRole('button', { name: '로그인', exact: true }).click()
  await page.getByRole('heading', { name: '내 회의' }).waitFor()
  return page
}

async function go(page: Page, login: string, path: string): Promise<void> {
  await page.goto(`${hostOf(login)}/cases/${CASE}/${path}`)
  await page.locator('[data-testid=receipt][data-place=stored]').waitFor()
}

const stored = (page: Page) => page.locator('[data-testid=receipt][data-place=stored]').waitFor()
const LEAD = 'saengyeon.case'
const OTHER = 'muhan.case'

test('[CW1] two agencies fill in one member at once, each sees where the other is, and both keep what they wrote', async () => {
  const [one, other] = [await screenOf(LEAD), await screenOf(OTHER)]
  await Promise.all([go(one, LEAD, 'household'), go(other, OTHER, 'household')])
  await one.getByRole('list', { name: '함께 보고 있는 사람' }).getByText('통합사례관리사').waitFor()

  // By keyboard: a member is added, its name is where the caret stands.
  await one.getByRole('button', { name: '가구원 추가' }).focus()
  await one.keyboard.press('Enter')
  await one.keyboard.type('김셋째')
  await one.keyboard.press('Enter')
  await other.getByRole('button', { name: '김셋째 고치기' }).click()
  const mine = one.getByRole('group', { name: '김셋째' })
  const theirs = other.getByRole('group', { name: '김셋째' })
  await theirs.getByLabel('학교').focus()
  await one.getByText('통합사례관리사 보고 있음').waitFor()

  await mine.getByLabel('출생').fill('150302')
  await theirs.getByLabel('학교').fill('생연중')
  await mine.getByLabel('출생').press('Enter')
  await theirs.getByLabel('학교').press('Enter')
  for (const page of [one, other]) {
    const row = page.getByRole('row').filter({ hasText: '김셋째' }).first()
    await expect.poll(() => row.innerText(), { timeout: 30_000 }).toMatch(/2015-03-02[\s\S]*아동[\s\S]*생연중/)
  }
  await Promise.all([stored(one), stored(other)])

  // Moved by Alt and an arrow, the focus stays with it; then taken back.
  await one.getByRole('button', { name: '김셋째 접기' }).focus()
  await one.keyboard.press('Alt+ArrowUp')
  const names = (page: Page) => page.locator('.row-table').first().locator('tbody th').allInnerTexts()
  await expect
    .poll(async () => (await names(other)).map(name => name.split('\n')[0]))
    .toEqual(['김○○', '김셋째', '여동생(합성)'])
  await one.getByRole('button', { name: '되돌리기' }).click()
  await expect.poll(async () => (await names(other))[1]?.split('\n')[0]).toBe('여동생(합성)')
  await one.getByRole('button', { name: '김셋째 빼기' }).click()
  await expect.poll(async () => (await names(other)).length).toBe(2)
  await one.getByRole('button', { name: '되돌리기' }).click()
  await expect.poll(async () => (await names(other)).length).toBe(3)
  await expectNoFaults(one)
  await one.close()
  await other.close()
})

test('[CW5] [LR-17] a resident registration number is pointed out to both, masked by one press, and never gets into a short field', async () => {
  const [one, other] = [await screenOf(LEAD), await screenOf(OTHER)]
  await Promise.all([go(one, LEAD, 'needs'), go(other, OTHER, 'needs')])
  await one.getByRole('textbox', { name: '종합 의견' }).click()
  await one.keyboard.press('Control+End')
  await one.keyboard.type(' 주민등록번호 900101-1234568')
  for (const page of [one, other]) {
    await page.getByText('주민등록번호로 보이는 숫자가 1곳에 있습니다').waitFor()
    await page.getByText('있는 곳: 종합 의견').waitFor()
  }
  await other.getByRole('button', { name: '뒷자리 가리기' }).click()
  await expect.poll(() => one.getByRole('textbox', { name: '종합 의견' }).innerText()).toContain('900101-1******')
  await one.getByText('주민등록번호로 보이는 숫자가').waitFor({ state: 'detached' })
  await go(one, LEAD, 'household')
  await one.getByLabel('다른 연락처').fill('900101-1234568')
  await one.getByLabel('다른 연락처').press('Enter')
  await one.getByText('뒷자리를 가려서 적었습니다').first().waitFor()
  await expect.poll(() => one.getByLabel('다른 연락처').inputValue()).toBe('900101-1******')
  await one.close()
  await other.close()
})

test('[CW7] [CW8] the plan says what the law still wants, and says so no more when it is there; the radar has words', async () => {
  const page = await screenOf(LEAD)
  await go(page, LEAD, 'needs')
  await expect.poll(() => page.getByRole('img', { name: /영역마다 가장 높은 정도: 건강 매우 높음/ }).count()).toBe(1)
  const faults = page.getByTestId('plan-faults')
  await expect.poll(() => faults.getByRole('listitem').count()).toBe(3)
  await page.getByRole('button', { name: '간병비 지원 고치기' }).click()
  await page.getByLabel('종료일').fill('2027-02-28')
  await page.getByLabel('종료일').press('Enter')
  await page.getByLabel('점검 주기(개월)').fill('3')
  await page.getByLabel('점검 주기(개월)').press('Enter')
  await page.getByRole('textbox', { name: '제공기관 사이의 연계 방법' }).click()
  await page.keyboard.type('매주 금요일 세 기관이 서로 알린다')
  await page.getByText('법에서 정한 내용이 모두 있습니다').waitFor()
  await expectNoFaults(page)
  await page.close()
})

test('[CF2] [CF3] a form is printed with purpose, person and time on each page, and without what was not picked', async () => {
  const page = await screenOf(LEAD)
  await page.goto(`${hostOf(LEAD)}/cases/${CASE}/forms/intake`)
  await page.getByRole('heading', { name: '초기상담지' }).first().waitFor()
  const sheet = page.locator('.form-sheet')
  await sheet.getByText('주민등록번호').waitFor()
  expect(await sheet.innerText()).not.toContain('010-0000-0031')
  await page.getByRole('checkbox', { name: '주소와 연락처' }).check({ force: true })
  await expect.poll(() => sheet.innerText()).toContain('010-0000-0031')
  await page.evaluate(() => {
    window.print = () =>
      document.body.setAttribute('data-printed', document.querySelector('.sheet-stamp')?.textContent ?? '')
  })
  await page.getByLabel('인쇄 목적').fill('가')
  await page.getByRole('button', { name: '인쇄', exact: true }).click()
  await page.getByText('목적을 다섯 글자 이상 한 문장으로 적어 주세요.').first().waitFor()
  expect(await page.locator('body').getAttribute('data-printed')).toBeNull()
  await page.getByLabel('인쇄 목적').fill('초기상담 서식 보관')
  await page.getByRole('button', { name: '인쇄', exact: true }).click()
  await expect.poll(() => page.locator('body').getAttribute('data-printed')).toContain('사례관리 담당')
  const pdf = await page.pdf({ format: 'A4' })
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  await expectNoFaults(page)
  await page.close()
})

test('on a tablet nothing but a table in its own place is wider than the page', async () => {
  const page = await screenOf(LEAD, TABLET)
  for (const path of ['household', 'needs']) {
    await go(page, LEAD, path)
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect([path, over <= 0]).toEqual([path, true])
  }
  await page.close()
})
