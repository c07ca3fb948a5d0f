/**
 * DOMAIN §11.6 in browsers: an agency sits in the live conference, the household takes its consent back for that agency alone, and from then on it sees a
 * restricted item like any other; a new paper, entered in the planner's cell, opens it again.
 */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectNoFaults } from '../support/axe.ts'
import { collectErrors } from '../support/browser.ts'
import { demoInBrowser } from '../support/demo-in-browser.ts'
import { describeInBrowser } from '../support/in-browser.ts'
import { arrive } from '../support/room-page.ts'

const HOUSEHOLD = '김○○ 가구'
const ANGEL = '희망지킴이 천사운동본부'
const COUNCIL = '동두천시 사회복지협의회'

describeInBrowser('a consent that is taken back in the meeting', () => {
  const demo = demoInBrowser()

  const title = (page: Page) => page.locator('.item-title', { hasText: HOUSEHOLD })

  test('[LR-28] closes the item on that agency’s screen, says so on the leader’s, and a new paper opens it again', async () => {
    const leader = await demo.enters('saengyeon.team')
    const angel = await demo.enters('angel.case')
    for (const { page } of [leader, angel]) await arrive(page)
    await leader.openItem(HOUSEHOLD)
    await title(angel.page).waitFor()
    const readers = leader.page.getByTestId('readers')
    await readers.getByText('천사운동본부 근거 만료').waitFor()
    const conference = leader.page.url()

    const desk = await leader.context.newPage()
    const errors = collectErrors(desk)
    await desk.goto(`${demo.dure.urlOf('saengyeon')}/cases`)
    await desk.getByRole('link', { name: HOUSEHOLD }).first().click()
    await desk.getByRole('link', { name: '기관·근거' }).click()
    await desk.getByRole('table').getByText('협의회').waitFor()
    await expectNoFaults(desk)
    await desk.getByRole('button', { name: '동의 철회' }).click()
    const dialog = desk.getByRole('alertdialog')
    await dialog.getByText(COUNCIL, { exact: true }).click()
    await dialog.getByText(`${ANGEL}: 사례와 그 문서`).waitFor()
    await expectNoFaults(desk)
    await dialog.getByRole('button', { name: '철회 기록' }).click()

    await angel.page.getByText('열람 제한 안건이 진행 중입니다').waitFor()
    await title(angel.page).waitFor({ state: 'detached' })
    expect(await angel.page.locator('body').innerText()).not.toContain(HOUSEHOLD)
    await readers.getByText('근거가 없어 열리지 않는 기관: 천사운동본부').waitFor()
    await desk
      .getByRole('row', { name: /천사운동본부/ })
      .getByText('동의 철회')
      .waitFor()

    // In the planner's cell, with the keyboard alone but for choosing the answers.
    await desk.goto(`${conference}/plan`)
    await desk.getByText('열람을 켰지만 근거가 없어 보이지 않는 칸이 1곳 있습니다.').waitFor()
    await desk.getByRole('button', { name: /천사운동본부: .*근거 넣기/ }).press('Enter')
    const paper = desk.getByRole('dialog')
    for (const scope of ['민감정보 처리', '제3자 제공']) {
      await paper
        .getByRole('group', { name: new RegExp(scope) })
        .getByText('동의함')
        .click()
    }
    await expectNoFaults(desk)
    await paper.getByRole('button', { name: '저장' }).click()
    await paper.getByText('표시된 칸을 확인해 주세요.').waitFor()
    await paper.getByLabel(/동의서 보관 장소/).fill('생연1동 문서보관함 2-3')
    await paper.getByRole('button', { name: '저장' }).click()
    await paper.waitFor({ state: 'detached' })
    await angel.openItem(HOUSEHOLD)
    await title(angel.page).waitFor()
    expect(errors).toEqual([])
  })
})
