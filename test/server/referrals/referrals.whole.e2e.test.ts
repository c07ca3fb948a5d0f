/**
 * A dong asks another agency for help by hand and the answer comes back (scenario 5): what is shown before it leaves, what the receiver sees and answers
 * by keyboard, what the dong reads then, what is given, and the directory; at three sizes and without faults of accessibility.
 */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectNoFaults } from '../../support/axe.ts'
import { collectErrors, OFFICE_PC, openBrowser, openContext, TABLET } from '../../support/browser.ts'
import { type DureProcess, startDure } from '../../support/dure-process.ts'
import { describeInBrowser } from '../../support/in-browser.ts'
import { signIn } from '../../support/room-page.ts'

const SECRET = '070-카나리아'

describeInBrowser('a referral between two agencies', () => {
  let dure: DureProcess
  let browser: Browser
  beforeAll(async () => {
    dure = await startDure()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await dure?.close()
  })

  async function person(login: string, viewport = OFFICE_PC) {
    const context = await openContext(browser, viewport)
    const page = await context.newPage()
    const errors = collectErrors(page)
    await signIn(page, dure, login)
    const go = (path: string) => page.goto(new URL(path, dure.urlOf(login.split('.')[0] ?? '')).href)
    return { page, errors, go, context }
  }

  async function openHelp(page: Page): Promise<void> {
    await page.getByRole('link', { name: '사례', exact: true }).click()
    await page.getByRole('link', { name: '김○○ 가구' }).first().click()
    await page.getByRole('link', { name: '의뢰·자원' }).click()
    await page.getByRole('heading', { name: '합계' }).waitFor()
  }

  test('[RF5] [RF9] is written, shown as the receiver will see it, sent, declined, and read where it was asked', async () => {
    const dong = await person('saengyeon.case')
    await openHelp(dong.page)
    await expectNoFaults(dong.page)
    await dong.page.getByRole('button', { name: '도움 의뢰하기' }).click()
    await dong.page.getByRole('combobox', { name: '받는 기관' }).fill('협의회')
    await dong.page.getByRole('option', { name: /사회복지협의회/ }).click()
    await dong.page.getByRole('textbox', { name: /의뢰 내용/ }).fill('이사 비용을 부탁드립니다')
    await dong.page.getByRole('textbox', { name: '대상자 연락처' }).fill(SECRET)
    await dong.page.getByRole('textbox', { name: '주된 문제' }).fill('월세가 밀려 집을 비워야 함')
    await dong.page.getByRole('checkbox', { name: '주된 문제 보이기' }).focus()
    await dong.page.keyboard.press('Space')
    await dong.page.getByRole('button', { name: '초안 저장' }).click()
    const card = dong.page.getByRole('article').filter({ hasText: '이사 비용' })
    await card.getByRole('button', { name: '보내기' }).click()
    const dialog = dong.page.getByRole('dialog')
    await dialog.getByText('이렇게 보입니다').waitFor()
    expect(await dialog.innerText()).toContain('월세가 밀려')
    expect(await dialog.innerText()).not.toContain(SECRET)
    await expectNoFaults(dong.page)
    await dialog.getByRole('button', { name: '보내기' }).click()
    await dialog.waitFor({ state: 'detached' })
    await card.getByText('오늘 보냈습니다').waitFor()

    const council = await person('council.case')
    await council.page.getByRole('link', { name: '의뢰', exact: true }).click()
    await council.page.getByText('이사 비용을 부탁드립니다').waitFor()
    await expectNoFaults(council.page)
    await council.page.getByRole('row').filter({ hasText: '이사 비용' }).getByRole('link').press('Enter')
    await council.page.getByText('월세가 밀려 집을 비워야 함').waitFor()
    expect(await council.page.content()).not.toContain(SECRET)
    await expectNoFaults(council.page)
    await council.page.getByRole('button', { name: '거절' }).press('Enter')
    const answer = council.page.getByRole('dialog')
    await answer.getByRole('button', { name: '거절', exact: true }).press('Enter')
    await answer.getByText('까닭을 적어 주세요').waitFor()
    await answer.getByRole('button', { name: /거절 사유/ }).press('Enter')
    await council.page.getByRole('option', { name: '정원·예산이 찼음' }).click()
    await answer.getByRole('textbox', { name: /까닭/ }).fill('올해 배분이 끝났습니다')
    await answer.getByRole('button', { name: '거절', exact: true }).click()
    await answer.waitFor({ state: 'detached' })

    await dong.page.reload()
    const declined = dong.page.getByRole('article').filter({ hasText: '올해 배분이 끝났습니다' })
    await declined.getByText('정원·예산이 찼음').waitFor()
    expect([dong.errors, council.errors]).toEqual([[], []])
    await dong.context.close()
    await council.context.close()
  })

  test('[AL5] [AL7] help is entered once, told when it is there already, and ticked off', async () => {
    const dong = await person('saengyeon.case')
    await openHelp(dong.page)
    await dong.page.getByRole('button', { name: /지원에 적기: 간병비/ }).click()
    await dong.page.getByRole('button', { name: '지원에 적기', exact: true }).click()
    const given = dong.page.getByRole('article').filter({ hasText: '조치사항에서' })
    await given.waitFor()
    expect(await dong.page.getByRole('button', { name: /지원에 적기: 간병비/ }).count()).toBe(0)
    const weekly = dong.page.getByRole('article').filter({ hasText: '후원금' })
    const ticked = await weekly.getByRole('button', { name: '되돌리기' }).count()
    await weekly.getByRole('button', { name: /드림$/ }).first().click()
    await expect.poll(() => weekly.getByRole('button', { name: '되돌리기' }).count()).toBe(ticked + 1)
    await dong.page.getByRole('button', { name: '지원 적기', exact: true }).click()
    const form = dong.page.locator('form').filter({ hasText: '지원 적기' })
    await form.getByRole('button', { name: /서비스 종류/ }).click()
    await dong.page.getByRole('option', { name: '후원금' }).click()
    await form.getByText('이미 같은 도움이 있습니다').waitFor()
    await expectNoFaults(dong.page)
    expect(dong.errors).toEqual([])
    await dong.context.close()
  })

  test('the directory and the inbox fit a tablet and 200 %, without faults', async () => {
    for (const viewport of [OFFICE_PC, TABLET, { width: 683, height: 384 }]) {
      const { page, go, errors, context } = await person('saengyeon.case', viewport)
      for (const [path, words] of [
        ['/resources', '밑반찬 배달'],
        ['/referrals?box=outbox', '노인복지관'],
      ] as const) {
        await go(path)
        await page.getByText(words).first().waitFor()
        await expectNoFaults(page)
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        expect([path, viewport.width, wider <= 0]).toEqual([path, viewport.width, true])
      }
      expect(errors).toEqual([])
      await context.close()
    }
  })
})
