/** A whole visit by keyboard alone: from the sign-in to a decision and an action item, and the agenda put in another order. */
import { expect, test } from 'vitest'
import { DEMO_PASSWORD } from '../../server/demo/community.ts'
import { openContext } from '../support/browser.ts'
import { demoInBrowser } from '../support/demo-in-browser.ts'
import { tabTo } from '../support/keyboard.ts'

const demo = demoInBrowser()

test('signing in, opening an item, writing, deciding, promising and ordering the agenda without a mouse', async () => {
  const context = await openContext(demo.browser)
  const page = await context.newPage()
  const { keyboard } = page
  await page.goto(demo.dure.urlOf('saengyeon'))
  await page.getByLabel('아이디').waitFor()
  // The field may have the focus already.
  await page.evaluate(() => (document.activeElement instanceof HTMLElement ? document.activeElement.blur() : undefined))
  await tabTo(page, /^아이디/)
  await keyboard.type('saengyeon.team')
  await tabTo(page, /^비밀번호/)
  await keyboard.type(DEMO_PASSWORD)
  await keyboard.press('Enter')

  await page.getByRole('heading', { name: '내 회의' }).waitFor()
  await tabTo(page, /들어가기/)
  await keyboard.press('Enter')
  await page.locator('[data-testid=receipt][data-place=stored]').waitFor()

  // The press that says that one is here has the focus already.
  await page.getByRole('button', { name: '참석하고 비밀유지에 동의합니다' }).and(page.locator(':focus')).waitFor()
  await keyboard.press('Enter')
  await page.getByTestId('arrival').waitFor({ state: 'detached' })

  // Into the agenda's list, down to the household, opened.
  await tabTo(page, /^\d+\. /)
  await keyboard.press('Home')
  await keyboard.press('ArrowDown')
  await keyboard.press('Enter')
  const discussion = page.getByRole('textbox', { name: '논의', exact: true })
  await discussion.getByText('건강 문제가 먼저라는 데').waitFor()

  await tabTo(page, '논의')
  await keyboard.press('Control+End')
  await keyboard.press('Enter')
  await keyboard.type('주 사례관리는 생연1동이 맡는다')
  await keyboard.press('Control+Enter')
  await page.getByRole('textbox', { name: '결정 2 내용' }).getByText('주 사례관리는 생연1동이 맡는다').waitFor()

  await page.getByText('주 사례관리는 생연1동이 맡는다').first().waitFor()
  await tabTo(page, '논의')
  await keyboard.press('Control+End')
  await keyboard.press('Enter')
  await keyboard.type('병원 동행을 이번 주에 시작한다')
  await keyboard.press('Control+Shift+Enter')
  await page.getByRole('textbox', { name: '조치사항 3 내용' }).getByText('병원 동행을 이번 주에 시작한다').waitFor()

  const order = () =>
    page
      .getByRole('grid', { name: '안건' })
      .getByRole('row')
      .evaluateAll(rows => rows.map(row => row.getAttribute('aria-label') ?? ''))
  const before = await order()
  await page.evaluate(() => window.scrollTo(0, 0))
  await tabTo(page, '김○○ 가구 아래로').catch(async () => {
    // Inside the list's row the arrow keys go from one control to the next.
    await tabTo(page, /^\d+\. 김○○ 가구/)
    for (let stop = 0; stop < 6; stop++) {
      await keyboard.press('ArrowRight')
      if ((await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))) === '김○○ 가구 아래로') return
    }
    throw new Error('The button that moves an item down cannot be reached')
  })
  await keyboard.press('Enter')
  await page.waitForFunction(
    was =>
      JSON.stringify(
        [...document.querySelectorAll('[role=grid] [role=row]')].map(row => row.getAttribute('aria-label') ?? ''),
      ) !== was,
    JSON.stringify(before),
  )
  const indexOf = (rows: string[]) => rows.findIndex(row => row.includes('김○○ 가구'))
  expect(indexOf(await order())).toBe(indexOf(before) + 1)
  await page.locator('[data-testid=receipt][data-place=stored]').waitFor()
  await context.close()
})
