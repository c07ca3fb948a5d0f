/** No screen has a serious or critical fault that axe can find, in Korean, at the size of an office PC and turned into a tablet's. */
import type { BrowserContext, Locator, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { DEMO_PASSWORD } from '../../server/demo/community.ts'
import { expectNoFaults, faultsOf } from '../support/axe.ts'
import { OFFICE_PC, openContext, TABLET } from '../support/browser.ts'
import { demoInBrowser } from '../support/demo-in-browser.ts'
import { arrive, signIn } from '../support/room-page.ts'

interface Screen {
  name: string
  login?: string
  go(page: Page): Promise<void>
}

/** As who has no mouse presses a link or button. */
async function press(page: Page, target: Locator): Promise<void> {
  await target.focus()
  await page.keyboard.press('Enter')
}

const SCREENS: Screen[] = [
  { name: 'sign-in', go: page => page.getByRole('button', { name: '로그인', exact: true }).waitFor() },
  {
    name: 'my conferences',
    login: 'saengyeon.team',
    go: page => page.getByRole('heading', { name: '내 회의' }).waitFor(),
  },
  {
    name: 'planning a conference',
    login: 'saengyeon.team',
    async go(page) {
      await page.getByRole('link', { name: '회의 준비하기' }).click()
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.getByRole('textbox').first().waitFor()
    },
  },
  {
    name: 'changing a live conference',
    login: 'saengyeon.team',
    async go(page) {
      // Its items open once one has said that one is here.
      await page
        .getByRole('link', { name: /들어가기/ })
        .first()
        .click()
      await page.locator('[data-testid=receipt][data-place=stored]').waitFor()
      await arrive(page)
      await page.goto(new URL('/', page.url()).href)
      await page
        .getByRole('link', { name: /준비 화면$/ })
        .first()
        .click()
      await page.getByText('김○○ 가구').first().waitFor()
    },
  },
  {
    name: 'action items',
    login: 'jungang.team',
    async go(page) {
      await page.getByRole('link', { name: '조치사항', exact: true }).click()
      await page.getByTestId('action-row').first().waitFor()
    },
  },
  {
    name: 'cases',
    login: 'jungang.case',
    async go(page) {
      await page.getByRole('link', { name: '사례', exact: true }).click()
      await page
        .getByText(/○○ 가구/)
        .first()
        .waitFor()
    },
  },
  {
    name: 'the month for the city, by keyboard, in its other edition',
    login: 'saengyeon.team',
    async go(page) {
      await press(page, page.getByRole('link', { name: '통계', exact: true }))
      await press(page, page.getByRole('link', { name: '한 달 실적' }))
      const sheet = page.getByTestId('month-sheet')
      await sheet.getByRole('table').waitFor()
      const shown = await sheet.getByRole('heading').innerText()
      await page.getByRole('button', { name: /어느 달인가요/ }).focus()
      for (const key of ['Enter', 'ArrowDown', 'Enter']) await page.keyboard.press(key)
      await sheet
        .getByRole('heading')
        .and(page.getByText(/사례회의 실적$/))
        .filter({ hasNotText: shown })
        .waitFor()
      await page.getByRole('radio', { name: /시에 내는 실적/ }).focus()
      await page.keyboard.press('ArrowRight')
      await sheet.getByText('작은 수 가림').waitFor()
    },
  },
  {
    name: 'the quarter for everybody, by keyboard',
    login: 'saengyeon.team',
    async go(page) {
      await page.goto(new URL('/figures/month', page.url()).href)
      await press(page, page.getByRole('link', { name: '분기 보고서' }))
      await page.getByTestId('quarter-report').waitFor()
    },
  },
  {
    name: 'the bell, by keyboard',
    login: 'muhan.case',
    async go(page) {
      await press(page, page.getByRole('button', { name: /^알림/ }))
      await page.getByRole('dialog', { name: '알림' }).getByRole('link', { name: '모두 보기', exact: true }).waitFor()
    },
  },
  {
    name: 'what one wants to hear of, by way of the bell',
    login: 'council.case',
    async go(page) {
      await press(page, page.getByRole('button', { name: /^알림/ }))
      await press(page, page.getByRole('link', { name: '모두 보기', exact: true }))
      await page.getByRole('heading', { name: '알림', exact: true, level: 1 }).waitFor()
      await press(page, page.getByRole('link', { name: '알림 설정' }))
      await page.getByRole('checkbox', { name: '회의에 초대됨: 화면에서 받기' }).waitFor()
      await press(page, page.getByRole('button', { name: '캘린더 링크 만들기' }))
      await page.getByLabel('캘린더 링크').waitFor()
    },
  },
  {
    name: 'one’s agency and its staff',
    login: 'saengyeon.admin',
    async go(page) {
      await page.getByRole('link', { name: /기관/ }).first().click()
      await page.getByText('동장').first().waitFor()
    },
  },
  {
    name: 'agencies, as the operator sees them',
    login: 'operator',
    async go(page) {
      await page.getByText('생연1동 행정복지센터').first().waitFor()
    },
  },
  {
    name: 'not found',
    login: 'saengyeon.team',
    async go(page) {
      await page.goto(new URL('/conferences/AAAAAAAAAAAAAAAAAAAAAA', page.url()).href)
      await page.getByRole('heading').first().waitFor()
    },
  },
]

describe('accessibility', () => {
  const demo = demoInBrowser()

  test('the search finds what it looks for', async () => {
    const context = await openContext(demo.browser)
    const page = await context.newPage()
    await page.goto(demo.dure.urlOf('saengyeon'))
    await page.getByLabel('아이디').waitFor()
    await page.evaluate(() => {
      const [button, words] = [document.createElement('button'), document.createElement('p')]
      Object.assign(words.style, { background: 'white', color: 'lightgray' })
      words.textContent = 'Hard to read'
      document.querySelector('main')?.append(button, words)
    })
    expect((await faultsOf(page)).map(({ rule }) => rule).sort()).toEqual(['button-name', 'color-contrast'])
    await context.close()
  })

  /** One sign-in a person: the screens are what is looked at. */
  const contexts = new Map<string, BrowserContext>()
  async function pageOf(login: string | undefined): Promise<Page> {
    const before = contexts.get(login ?? '')
    const context = before ?? (await openContext(demo.browser))
    contexts.set(login ?? '', context)
    const page = await context.newPage()
    if (login === undefined) await page.goto(demo.dure.urlOf('saengyeon'))
    else if (before === undefined && login.endsWith('.case')) await signIn(page, demo.dure, login)
    else {
      await page.goto(demo.dure.urlOf(login.split('.')[0] ?? ''))
      if (before === undefined) {
        await page.getByLabel('아이디').fill(login)
        await page.getByLabel('비밀번호', { exact: true }).fill(DEMO_PASSWORD)
        await page.getByRole('button', { name: '로그인', exact: true }).click()
        // The page of the sign-in has links to other agencies' accounts: nothing is pressed before it is gone.
        await page.getByLabel('아이디').waitFor({ state: 'detached' })
      }
      await page.getByRole('link', { name: '두레' }).waitFor()
    }
    return page
  }

  /** At the size of an office PC, then of a tablet. */
  async function expectNoFaultsAtBothSizes(page: Page): Promise<void> {
    for (const viewport of [OFFICE_PC, TABLET]) {
      await page.setViewportSize(viewport)
      await expectNoFaults(page)
    }
  }

  test.each(SCREENS)('$name', async ({ login, go }) => {
    const page = await pageOf(login)
    await go(page)
    await expectNoFaultsAtBothSizes(page)
    await page.close()
  })

  test('the room, an item, and an item that is not for one', async () => {
    const one = await demo.enters('angel.case')
    await one.openItem('김○○ 가구')
    await one.discussion().getByText('건강 문제가 먼저라는 데').waitFor()
    await expectNoFaultsAtBothSizes(one.page)
    await one.page.getByRole('button', { name: '안건 보기' }).click()
    await one.page.getByRole('grid', { name: '안건' }).getByText('열람 제한').first().click()
    await one.page.getByText('열람 제한 안건입니다').waitFor()
    await expectNoFaultsAtBothSizes(one.page)
    await one.close()
  })
})
