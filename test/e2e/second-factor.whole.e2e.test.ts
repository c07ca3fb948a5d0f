/**
 * A second factor as a person sets it up and gives it: through visible controls, with the key typed from the screen into an app of our own, or with
 * an authenticator that the browser pretends to have.
 */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DEMO_PASSWORD } from '../../server/demo/community.ts'
import { type Authenticator, createAuthenticator } from '../support/authenticator.ts'
import { expectNoFaults } from '../support/axe.ts'
import { collectErrors, openBrowser, openContext } from '../support/browser.ts'
import { type DureProcess, startDure } from '../support/dure-process.ts'
import { signIn } from '../support/room-page.ts'

/** The next one: a code opens once, and a step early is followed. */
const nextCode = (phone: Authenticator) => phone.codeAt(Date.now() + 30_000)

/** Walks through the three steps. Leaves the page with the recovery codes confirmed. */
async function setUp(page: Page, password: string): Promise<{ phone: Authenticator; recoveryCodes: string[] }> {
  await page.getByLabel('본인 확인을 위해 비밀번호를 입력해 주세요').fill(password)
  await page.getByRole('button', { name: '2단계 인증 켜기' }).click()
  const key = await page.getByTestId('setup-key').innerText()
  expect(key).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/)
  const phone = createAuthenticator(key)
  await page.getByRole('img', { name: /QR 코드/ }).waitFor()
  await expectNoFaults(page)
  await page.getByLabel('인증 코드', { exact: true }).fill(phone.codeAt(Date.now()))
  await page.getByRole('button', { name: '켜기', exact: true }).click()
  await page.getByText('두레 복구 코드').waitFor()
  const recoveryCodes = await page.locator('ol li').allInnerTexts()
  expect(recoveryCodes).toHaveLength(8)
  await expectNoFaults(page)
  await page.getByRole('button', { name: '보관했습니다' }).click()
  return { phone, recoveryCodes }
}

describe('a second factor', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser?.close())

  async function withDure(env: Record<string, string>, run: (dure: DureProcess, page: Page) => Promise<void>) {
    const dure = await startDure(env)
    const context = await openContext(browser)
    try {
      const page = await context.newPage()
      const errors = collectErrors(page)
      await run(dure, page)
      // A refused call is an answer here; the browser notes it as an error of the network.
      expect(errors.filter(error => !/status of 40[13]/.test(error))).toEqual([])
    } finally {
      await context.close()
      await dure.close()
    }
  }

  test('set up by one’s own wish, asked at the next sign-in, replaced by a printed code, and turned off', async () => {
    await withDure({}, async (dure, page) => {
      await signIn(page, dure, 'saengyeon.case')
      await page.getByRole('button', { name: /계정 메뉴/ }).click()
      await page.getByRole('link', { name: '2단계 인증' }).click()
      const { phone, recoveryCodes } = await setUp(page, DEMO_PASSWORD)
      await page.getByText('켜져 있습니다').waitFor()

      const toTheCode = async () => {
        await page.getByRole('button', { name: /계정 메뉴/ }).click()
        await page.getByRole('button', { name: '로그아웃', exact: true }).click()
        await page.getByLabel('아이디').fill('saengyeon.case')
        await page.getByLabel('비밀번호', { exact: true }).fill(DEMO_PASSWORD)
        await page.getByRole('button', { name: '로그인', exact: true }).click()
        await page.getByRole('heading', { name: '인증 코드 입력' }).waitFor()
      }
      await toTheCode()
      const field = page.getByLabel('인증 코드', { exact: true })
      expect(await field.getAttribute('autocomplete')).toBe('one-time-code')
      expect(await field.evaluate(input => input === document.activeElement)).toBe(true)
      await expectNoFaults(page)
      await field.fill('123 456')
      await page.keyboard.press('Enter')
      await page.getByText(/코드가 맞지 않습니다/).waitFor()
      await field.fill(nextCode(phone))
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: '내 회의' }).waitFor()

      await toTheCode()
      // The page may be loaded anew in between: the question stays.
      await page.reload()
      await page.getByRole('button', { name: /복구 코드로 로그인/ }).click()
      await page.getByLabel('복구 코드', { exact: true }).fill(recoveryCodes[0] ?? '')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: '내 회의' }).waitFor()

      await page.getByRole('button', { name: /계정 메뉴/ }).click()
      await page.getByRole('link', { name: '2단계 인증' }).click()
      await page.getByText('쓰지 않은 복구 코드 7개').waitFor()
      await page.getByRole('button', { name: '2단계 인증 끄기' }).click()
      await page.getByLabel('비밀번호', { exact: true }).fill(DEMO_PASSWORD)
      await page.getByLabel('인증 코드 또는 복구 코드').fill(recoveryCodes[1] ?? '')
      await page.getByRole('button', { name: '2단계 인증 끄기' }).click()
      await page.getByText('꺼져 있습니다').waitFor()
    })
  })

  test('a passkey: made by choice, asked at the next sign-in, named anew, a proof for turning it off', async () => {
    await withDure({}, async (dure, page) => {
      const device = await page.context().newCDPSession(page)
      await device.send('WebAuthn.enable')
      await device.send('WebAuthn.addVirtualAuthenticator', {
        options: {
          protocol: 'ctap2',
          transport: 'internal',
          hasResidentKey: true,
          hasUserVerification: true,
          isUserVerified: true,
          automaticPresenceSimulation: true,
        },
      })
      await signIn(page, dure, 'saengyeon.case')
      const menu = page.getByRole('button', { name: /계정 메뉴/ })
      await menu.click()
      await page.getByRole('link', { name: '2단계 인증' }).click()
      await page.getByText('패스키 (지문·얼굴·PIN·보안 키)').click()
      await expectNoFaults(page)
      await page.getByLabel('패스키 이름').fill('업무용 노트북')
      await page.getByLabel('본인 확인을 위해 비밀번호를 입력해 주세요').fill(DEMO_PASSWORD)
      await page.getByRole('button', { name: '패스키 만들기' }).click()
      await page.getByText('두레 복구 코드').waitFor()
      await page.getByRole('button', { name: '보관했습니다' }).click()
      await page.getByTestId('passkey').getByText('업무용 노트북').waitFor()
      await expectNoFaults(page)

      await menu.click()
      await page.getByRole('button', { name: '로그아웃', exact: true }).click()
      await page.getByLabel('아이디').fill('saengyeon.case')
      await page.getByLabel('비밀번호', { exact: true }).fill(DEMO_PASSWORD)
      await page.getByRole('button', { name: '로그인', exact: true }).click()
      await page.getByRole('heading', { name: '패스키로 확인해 주세요' }).waitFor()
      expect(await page.getByLabel('인증 코드', { exact: true }).count()).toBe(0)
      await expectNoFaults(page)
      await page.getByRole('button', { name: '패스키로 확인', exact: true }).click()
      await page.getByRole('heading', { name: '내 회의' }).waitFor()

      await menu.click()
      await page.getByRole('link', { name: '2단계 인증' }).click()
      const passkey = page.getByTestId('passkey')
      await passkey.getByRole('button', { name: /이름 바꾸기/ }).click()
      await passkey.getByLabel('패스키 이름').fill('집 노트북')
      await page.keyboard.press('Enter')
      await passkey.getByText('집 노트북').waitFor()
      // The last one does not go by itself: what to do instead is said.
      await passkey.getByRole('button', { name: /지우기/ }).click()
      await passkey.getByLabel('본인 확인을 위해 비밀번호를 입력해 주세요').fill(DEMO_PASSWORD)
      await passkey.getByRole('button', { name: '패스키 지우기' }).click()
      await page.getByText(/하나 남은 패스키입니다/).waitFor()
      await passkey.getByRole('button', { name: '취소' }).click()
      await page.getByRole('button', { name: '2단계 인증 끄기' }).click()
      await page.getByLabel('비밀번호', { exact: true }).fill(DEMO_PASSWORD)
      await page.getByRole('button', { name: '패스키로 확인', exact: true }).click()
      await page.getByText('꺼져 있습니다').waitFor()
    })
  })

  test('where it is demanded, nothing opens before it is set up', async () => {
    await withDure({ DURE_DEMO: 'off', DURE_SECOND_FACTOR: 'always' }, async (dure, page) => {
      const password = 'evening-soup-2026'
      const code = /(?:[a-z2-9]{4}-){3}[a-z2-9]{4}/.exec(dure.output())?.[0] ?? ''
      await page.goto(dure.url)
      await page.getByLabel('한 번 쓰는 코드').fill(code)
      await page.getByLabel('아이디').fill('operator')
      await page.getByLabel('이름 또는 직책').fill('운영 담당')
      await page.getByLabel('새 비밀번호', { exact: true }).fill(password)
      await page.getByLabel('새 비밀번호 한 번 더').fill(password)
      await page.getByRole('button', { name: '운영자 만들기' }).click()
      await page.getByRole('heading', { name: '2단계 인증을 설정해 주세요' }).waitFor()
      await page.goto(`${dure.url}/agencies`)
      await page.getByRole('heading', { name: '2단계 인증을 설정해 주세요' }).waitFor()
      await expectNoFaults(page)
      await setUp(page, password)
      await page.getByRole('link', { name: '두레' }).waitFor()
      await page.getByRole('heading', { name: /기관/ }).first().waitFor()
    })
  })
})
