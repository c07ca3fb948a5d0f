/**
 * A quarter's list from the file to the agenda: looked at, mended, taken in, triaged by keyboard, several cases made at once and put on one conference; and the list of cases, whose
 * filters stay when one comes back.
 */
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { csv, HEADINGS, row } from '../../server/imports/imports-under-test.ts'
import { expectNoFaults } from '../../support/axe.ts'
import { demoInBrowser } from '../../support/demo-in-browser.ts'
import { describeInBrowser } from '../../support/in-browser.ts'
import { look, type ScenarioPerson } from '../../support/scenario-people.ts'

const LIST = csv([
  ['2026년 4분기 복지사각지대 발굴 명단'],
  [...HEADINGS],
  ...Array.from({ length: 9 }, (_, n) => row(n + 1)),
  row(30, { 생년월일: '610302-2234567', 성명: '문복순' }),
  row(31, { 성명: '' }),
  row(32, { 생년월일: '모름', 성명: '한점례' }),
  row(2),
])

describeInBrowser('finding in numbers', () => {
  const demo = demoInBrowser()
  let worker: ScenarioPerson
  let page: Page
  beforeAll(async () => {
    // Nothing lies on this dong's board yet.
    worker = await demo.person('heungseon.team')
    page = worker.page
  })

  const button = (name: string | RegExp) => page.getByRole('button', { name })

  test('a list is read, its faults and likely doubles are named, and it is taken in', async () => {
    await worker.goes('/cases')
    await page.getByRole('link', { name: '발굴 명단' }).click()
    await page.getByText('선별할 가구가 없습니다').waitFor()
    await expectNoFaults(page)
    await page.getByRole('link', { name: '명단 가져오기' }).first().click()
    const choosing = page.waitForEvent('filechooser')
    await button('명단 파일 고르기').click()
    await (await choosing).setFiles({ name: '4분기 명단.csv', mimeType: 'text/csv', buffer: Buffer.from(LIST) })
    await page.getByRole('heading', { name: '4분기 명단.csv' }).waitFor()
    await page.getByText('13행 가운데 10가구를 가져옵니다').waitFor()
    await page.getByText('주민등록번호 1개의 뒷자리를 가렸습니다').waitFor()
    await page.getByText('이름이 없습니다. 이름을 쓰세요.').waitFor()
    expect(await page.content()).not.toContain('2234567')
    await expectNoFaults(page)
    await look(worker, 'finding-list', true)
    await page.getByRole('checkbox', { name: /15행 .* 가져오기/ }).press('Space')
    await button('11가구 가져오기').click()
    await page.getByText('11가구를 가져왔습니다').waitFor()
    await look(worker, 'finding-taken-in', true)
  })

  test('households are triaged by keyboard, and three become cases and items', async () => {
    await page.getByRole('link', { name: '선별하러 가기' }).click()
    const boxes = page.locator('tbody input[type="checkbox"]')
    await boxes.first().waitFor()
    expect(await boxes.count()).toBe(11)
    await expectNoFaults(page)
    await look(worker, 'finding-board', true)
    await boxes.first().focus()
    await page.keyboard.press('2')
    await page.locator('tbody tr').first().getByText('서비스연계').waitFor()
    await boxes.first().focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('4')
    await page.getByRole('radio', { name: '이미 지원 중' }).press('Space')
    await button('제외').last().click()
    await page.locator('tbody tr').nth(1).getByText('이미 지원 중').waitFor()
    for (const at of [2, 3, 4]) await boxes.nth(at).press('Space')
    await page.getByRole('button', { name: '사례로', exact: true }).click()
    await page.getByLabel(/첫 사례번호/).fill('2026-201')
    await look(worker, 'finding-becoming', true)
    await button('사례로 등록').click()
    await page.getByText('3가구를 사례로 등록했습니다').waitFor()
    await button('회의에 올리기').last().click()
    await page.getByText('3개 사례를 회의에 올립니다').waitFor()
    await expectNoFaults(page)
    await look(worker, 'finding-tabling', true)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^사례로 3$/ }).click()
    await page.getByText('3가구 가운데 1–3').waitFor()
  })

  test('the list of cases keeps its filter when one comes back', async () => {
    await worker.goes('/cases')
    await page.getByRole('searchbox', { name: '사례 찾기' }).fill('2026-20')
    await page.getByText(/조건에 맞는 3건/).waitFor()
    await look(worker, 'finding-cases', true)
    await expectNoFaults(page)
    await page
      .getByRole('link', { name: /○○ 가구/ })
      .first()
      .click()
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.goBack()
    await page.getByText(/조건에 맞는 3건/).waitFor()
    await button('이 조건 저장').click()
    await page.getByRole('textbox', { name: '이름' }).fill('올해 발굴')
    await button('저장').last().click()
    await button('조건 모두 지우기').click()
    await page.getByRole('button', { name: '올해 발굴', exact: true }).click()
    await page.getByText(/조건에 맞는 3건/).waitFor()
    expect(worker.errors).toEqual([])
  })
})
