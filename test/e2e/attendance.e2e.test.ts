/**
 * Attendance through visible controls: the minute-taker enters a whole table by keyboard in two key presses; somebody far away says so herself
 * and has the items at once; somebody who was entered finds them open.
 */
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectNoFaults } from '../support/axe.ts'
import { OFFICE_PC, TABLET } from '../support/browser.ts'
import { demoInBrowser } from '../support/demo-in-browser.ts'
import { describeInBrowser } from '../support/in-browser.ts'
import { arrive, type RoomPage } from '../support/room-page.ts'

const HOUSEHOLD = '김○○ 가구'
const ARRIVE = '참석하고 비밀유지에 동의합니다'

describeInBrowser('attendance', () => {
  const demo = demoInBrowser()
  /** Stays from one test to the next. */
  let taker: RoomPage

  /** Walks into the live conference and stays at its door. */
  async function comeTo(login: string): Promise<Page> {
    const { page } = await demo.person(login)
    await page
      .getByRole('link', { name: /들어가기/ })
      .first()
      .click()
    await page.getByTestId('arrival').waitFor()
    return page
  }

  const household = (page: Page) => page.getByRole('grid', { name: '안건' }).getByText(HOUSEHOLD).first()
  const person = (page: Page, name: string): Locator => page.getByTestId('person').filter({ hasText: name }).first()

  test('whoever walks in sees the order of the agenda and neutral labels, and is asked for one press', async () => {
    const page = await comeTo('mind.observer')
    await page.getByRole('button', { name: ARRIVE }).and(page.locator(':focus')).waitFor()
    for (const viewport of [OFFICE_PC, TABLET]) {
      await page.setViewportSize(viewport)
      expect(await page.getByRole('radio', { name: '원격' }).isChecked()).toBe(true)
      expect(await page.getByText('사회보장급여법 제49조').isVisible()).toBe(true)
      expect(await page.getByText(HOUSEHOLD).count()).toBe(0)
      await expectNoFaults(page)
      if (viewport === TABLET) await page.getByRole('button', { name: '안건 보기' }).click()
      await page.getByRole('grid', { name: '안건' }).getByText('다음 회의 일정').waitFor()
    }
    await page.context().close()
  })

  test('somebody far away says so and has the items at once; it counts once the minute-taker confirms it', async () => {
    taker = await demo.enters('saengyeon.case')
    const page = await comeTo('angel.case')
    await page.getByRole('button', { name: ARRIVE }).click()
    await household(page).click()
    await page.getByRole('textbox', { name: '논의', exact: true }).getByText('건강 문제가 먼저라는 데').waitFor()
    await page.getByTestId('my-attendance').getByText('참석 알림 · 원격').waitFor()

    // Being connected is not attendance: nobody but those who said so is counted.
    await person(taker.page, '후원 담당').getByText('참석 알림 · 원격').waitFor()
    await taker.page.keyboard.press('Control+Alt+KeyA')
    const desk = taker.page.getByRole('dialog', { name: '참석 확인' })
    await desk.getByRole('button', { name: '후원 담당 참석 확인', exact: true }).click()
    await page.getByTestId('my-attendance').getByText('참석 확인됨 · 원격').waitFor()
    // The keyboard stays in the line whose button has gone.
    const row = desk.getByTestId('attendance-row').filter({ hasText: '후원 담당' })
    await row.locator(':focus').waitFor()
    await expectNoFaults(taker.page)
    await taker.page.keyboard.press('Escape')
    await desk.waitFor({ state: 'detached' })
    await page.context().close()
  })

  test('the minute-taker enters everybody by a key and Enter; who waits at the door is let in by it', async () => {
    const waiting = await comeTo('council.case')
    await taker.page.keyboard.press('Control+Alt+KeyA')
    const desk = taker.page.getByRole('dialog', { name: '참석 확인' })
    await desk
      .getByRole('button', { name: /모두 대면 참석/ })
      .and(taker.page.locator(':focus'))
      .waitFor()
    const began = performance.now()
    await taker.page.keyboard.press('Enter')
    await desk.getByText('모두 확인했습니다').waitFor()
    const confirmedMs = performance.now() - began
    await household(waiting).waitFor()
    console.log(
      `everybody confirmed after ${Math.round(confirmedMs)} ms and two key presses, the one who waited was in after ${Math.round(performance.now() - began)} ms`,
    )
    const rows = desk.getByTestId('attendance-row')
    expect(await rows.evaluateAll(all => all.map(row => row.getAttribute('data-standing')))).toEqual(
      Array(9).fill('confirmed'),
    )
    // Who said so herself did; for the others stands who entered it.
    await rows.filter({ hasText: '동장' }).getByText('구두 확인 · 입력: 사례관리 담당').waitFor()
    expect(await rows.filter({ hasText: '후원 담당' }).getByText('구두 확인').count()).toBe(0)
    expect(await rows.filter({ hasText: '후원 담당' }).getByText('참석 확인됨 · 원격').count()).toBe(1)

    // Two people who were not invited and have no device: name, Enter, name, Enter.
    await desk.getByRole('textbox', { name: '이름' }).click()
    for (const name of ['박○○', '최○○']) {
      await taker.page.keyboard.type(name)
      await taker.page.keyboard.press('Enter')
      await rows.filter({ hasText: name }).getByText('참석 확인됨 · 대면').waitFor()
      await desk.getByRole('textbox', { name: '이름' }).and(taker.page.locator(':focus')).waitFor()
    }
    await desk.getByRole('button', { name: '최○○ 빼기' }).click()
    await rows.filter({ hasText: '최○○' }).waitFor({ state: 'detached' })
    await desk.getByRole('textbox', { name: '동장 먼저 나가는 시각' }).fill('1530')
    await taker.page.keyboard.press('Enter')
    await rows.filter({ hasText: '동장' }).getByText('15:30까지').waitFor()
    await expectNoFaults(taker.page)
    await taker.page.keyboard.press('Escape')
    await person(taker.page, '박○○').getByText('기기 없음').waitFor()

    // Entered by mistake: taken back, and the door is closed again at once.
    await taker.page.keyboard.press('Control+Alt+KeyA')
    await desk
      .getByRole('button', { name: '복지자원 담당 참석 방식' })
      .or(desk.getByLabel('복지자원 담당 참석 방식'))
      .first()
      .click()
    await taker.page.getByRole('option', { name: '불참', exact: true }).click()
    await waiting.getByTestId('arrival').waitFor()
    expect(await waiting.getByText(HOUSEHOLD).count()).toBe(0)
    await arrive(waiting)
    await household(waiting).waitFor()
    expect([...taker.errors]).toEqual([])
    await waiting.context().close()
  })

  test('a restart of the server forgets nobody', async () => {
    await taker.close()
    await demo.dure.kill()
    await demo.dure.start()
    taker = await demo.enters('saengyeon.case')
    await taker.openItem(HOUSEHOLD)
    await person(taker.page, '동장').getByText('참석 확인됨 · 대면').waitFor()
    await person(taker.page, '박○○').getByText('기기 없음').waitFor()
    await taker.close()
  })
})
