/**
 * A guest through visible controls: invited in the running meeting, in by link and code and through the lobby, arrives, writes their agency's
 * opinion, is asked when the item is read back, and is out with the meeting's end. The same browser finds nothing afterwards.
 */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { DEMO_PASSWORD } from '../../server/demo/community.ts'
import { must } from '../../shared/assert.ts'
import type { CaseBasesView } from '../../shared/protocol/bases.ts'
import type { CaseView } from '../../shared/protocol/http-api.ts'
import { consentFor } from '../support/bases.ts'
import { collectErrors, OFFICE_PC, openContext, TABLET } from '../support/browser.ts'
import { demoInBrowser } from '../support/demo-in-browser.ts'
import { describeInBrowser } from '../support/in-browser.ts'
import { signIn as signInByHand } from '../support/person.ts'
import { arrive, type RoomPage, roomPage } from '../support/room-page.ts'

const HOUSEHOLD = '김○○ 가구'
const SCHOOL = '새빛중학교'
const GUEST = '박미래'
const OPINION = '결석이 줄었고 상담을 이어 갑니다'

describeInBrowser('a guest', () => {
  const demo = demoInBrowser()
  let leader: RoomPage
  let link = ''
  let code = ''
  beforeAll(async () => {
    leader = await demo.enters('saengyeon.team')
  })

  async function expectNoFaults(page: Page): Promise<void> {
    const { violations } = await new AxeBuilder({ page }).exclude('[data-live-announcer]').analyze()
    const faults = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    expect(faults.map(({ id, nodes }) => ({ id, where: nodes.map(node => node.html.slice(0, 160)) }))).toEqual([])
  }

  /** Somebody with a browser of their own and no account, at an address. */
  async function openAs(address: string, viewport = OFFICE_PC) {
    const context = await openContext(demo.browser, viewport)
    const page = await context.newPage()
    const errors = collectErrors(page)
    await page.goto(address)
    return { context, page, errors }
  }

  /** The household agrees that the school hears of it: being invited and cleared opens nothing by itself. */
  async function enterConsent(): Promise<void> {
    const person = await signInByHand(demo.dure.url, 'saengyeon.team', DEMO_PASSWORD)
    const { cases } = await person.get<{ cases: CaseView[] }>('/api/cases')
    const path = `/api/cases/${
      must(
        cases.find(one => one.label === HOUSEHOLD),
        'the household',
      ).caseId
    }`
    const { _v, agencies } = await person.get<CaseBasesView>(`${path}/bases`)
    const school = must(
      agencies.find(agency => agency.name === SCHOOL),
      'the school, cleared for the item',
    )
    expect(school.standing).toBe('none')
    await person.post(`${path}/consents`, consentFor([school.agencyId], { _v }))
  }

  const household = (page: Page) => page.getByRole('grid', { name: '안건' }).getByText(HOUSEHOLD).first()
  const seat = (page: Page) => page.getByTestId('person').filter({ hasText: GUEST })

  test('the leader invites somebody of an agency that nobody knew, for one household, and gets link and code once', async () => {
    const { page } = leader
    await page.getByRole('button', { name: '손님', exact: true }).click()
    await page.getByText('초대한 손님이 없습니다.').waitFor()
    await page.getByRole('button', { name: '손님 초대' }).click()
    const dialog = page.getByRole('dialog', { name: '손님 초대' })
    await dialog.getByText('명단에 없는 기관').click()
    await dialog.getByRole('textbox', { name: '기관 이름' }).fill(SCHOOL)
    await dialog.getByRole('textbox', { name: '짧은 이름 (8자까지)' }).fill('새빛중')
    await dialog.getByRole('textbox', { name: '이름', exact: true }).fill(GUEST)
    await dialog.getByRole('textbox', { name: '직위 (선택)' }).fill('학교사회복지사')
    await dialog
      .getByRole('checkbox', { name: new RegExp(HOUSEHOLD) })
      .first()
      .click({ force: true })
    await expectNoFaults(page)
    await dialog.getByRole('button', { name: '초대 만들기' }).click()
    const shown = page.getByRole('alertdialog', { name: '초대를 만들었습니다' })
    code = (await shown.getByTestId('guest-code').innerText()).replace(/\s/g, '')
    const letter = await shown.getByTestId('guest-letter').innerText()
    link = must(/https?:\/\/\S+\/guest#[A-Za-z0-9_-]{43}/.exec(letter)?.[0], 'the link in the letter')
    expect(code).toMatch(/^\d{6}$/)
    await enterConsent()
    // The code is read out: it never stands in what is sent.
    expect(letter.replace(/\s/g, '')).not.toContain(code)
    await expectNoFaults(page)
    await shown.getByRole('button', { name: '닫기' }).click()
    await page.getByTestId('guest').filter({ hasText: GUEST }).getByText('초대함').waitFor()
    // The keyboard goes on where the next guest is invited.
    await page.getByRole('button', { name: '손님 초대' }).and(page.locator(':focus')).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog', { name: '손님' }).waitFor({ state: 'detached' })
    await seat(page).getByText('손님').waitFor()
    expect(await page.getByText(code).count()).toBe(0)
  })

  test('link and code lead into the lobby; the leader lets them in; they arrive, write, and are heard in the read-back', async () => {
    const guest = await openAs(link)
    const { page } = guest
    await page.getByText('생연1동 행정복지센터에서 초대했습니다.').waitFor()
    expect(await page.getByText('통합사례회의').count()).toBe(0)
    const wrong = code === '111111' ? '222222' : '111111'
    await page.getByRole('textbox', { name: '코드 여섯 자리' }).fill(wrong)
    await page.keyboard.press('Enter')
    await page.getByText('코드가 맞지 않거나').waitFor()
    // What the browser itself says of the refused code, and nothing else.
    expect(guest.errors.splice(0)).toEqual([expect.stringContaining('401')])
    await expectNoFaults(page)
    await page.getByRole('textbox', { name: '코드 여섯 자리' }).fill(`${code.slice(0, 3)} ${code.slice(3)}`)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '대기실' }).waitFor()
    // Used up: the address does not show it any more.
    expect(page.url()).not.toContain('#')
    await expectNoFaults(page)

    const lobby = leader.page.getByTestId('lobby')
    await lobby.getByText(`새빛중 ${GUEST} 님이 기다립니다`).waitFor()
    await expectNoFaults(leader.page)
    await lobby.getByRole('button', { name: `들이기: ${GUEST}` }).click()
    await lobby.waitFor({ state: 'detached' })

    await page.getByTestId('arrival').waitFor()
    await page.locator('.room-header').getByText('손님').waitFor()
    expect(await page.getByText(HOUSEHOLD).count()).toBe(0)
    await arrive(page)
    await household(page).click()
    await page.getByRole('heading', { name: HOUSEHOLD }).first().waitFor()
    await expectNoFaults(page)
    await seat(leader.page).getByText('참석 알림 · 원격').waitFor()

    const room = roomPage(guest.context, page, guest.errors)
    const opinion = page.getByRole('textbox', { name: /새빛중/ }).first()
    await opinion.click()
    await page.keyboard.type(OPINION)
    await room.stored()
    await household(leader.page).click()
    await leader.page.getByText(OPINION).first().waitFor()

    // Confirmed at the table, asked with the others.
    await leader.page.keyboard.press('Control+Alt+KeyA')
    const desk = leader.page.getByRole('dialog', { name: '참석 확인' })
    await desk.getByRole('button', { name: `${GUEST} 참석 확인`, exact: true }).click()
    await page.getByTestId('my-attendance').getByText('참석 확인됨 · 원격').waitFor()
    await leader.page.keyboard.press('Escape')
    await desk.waitFor({ state: 'detached' })
    await leader.page.getByRole('button', { name: '결정사항 확인', exact: true }).click()
    await leader.page.getByTestId('read-back').waitFor()
    const stage = page.getByTestId('read-back')
    // Who has just written is not moved, and comes by a press.
    const chip = page.getByText('결정사항 확인을 시작했습니다')
    await chip.or(stage).first().waitFor()
    if (!(await stage.isVisible())) await page.getByRole('button', { name: '함께 보기', exact: true }).last().click()
    await stage.waitFor()
    await expectNoFaults(page)
    await stage.getByRole('button', { name: '조건부' }).press('Enter')
    await page.keyboard.type('학교와 먼저 상의')
    await page.keyboard.press('Enter')
    await leader.page.getByTestId('answers').getByText('학교와 먼저 상의').waitFor()
    await leader.page.getByRole('button', { name: '나머지는 이견 없음 · 확인' }).click()
    await page.getByText('새빛중 “학교와 먼저 상의”').waitFor()
    expect(guest.errors).toEqual([])
    await guest.context.close()
  })

  test('with the meeting’s end the guest’s screen is calm and empty, and the link is dead', async () => {
    // Back by another code, on another device.
    await leader.page.getByRole('button', { name: '손님', exact: true }).click()
    await leader.page.getByRole('button', { name: `${GUEST} 손님: 새 코드` }).click()
    const shown = leader.page.getByRole('alertdialog', { name: '새 코드' })
    const another = (await shown.getByTestId('guest-code').innerText()).replace(/\s/g, '')
    await shown.getByRole('button', { name: '닫기' }).click()
    await leader.page.getByRole('button', { name: '손님 초대' }).and(leader.page.locator(':focus')).waitFor()
    await leader.page.keyboard.press('Escape')
    const { page, context } = await openAs(link, TABLET)
    await page.getByRole('textbox', { name: '코드 여섯 자리' }).fill(another)
    await page.keyboard.press('Enter')
    await leader.page
      .getByTestId('lobby')
      .getByRole('button', { name: `들이기: ${GUEST}` })
      .click()
    await page.getByRole('button', { name: '안건 보기' }).waitFor()
    const stay = page.getByText('회의 화면을 닫았습니다')
    expect(await stay.count()).toBe(0)

    await leader.page.getByRole('button', { name: '마침', exact: true }).click()
    const closing = leader.page.getByTestId('closing')
    await closing.getByRole('textbox', { name: /그대로 마치는 이유/ }).fill('나머지는 다음 회의에서')
    await leader.page.getByRole('button', { name: '회의 마침' }).click()
    const began = performance.now()
    await stay.waitFor()
    console.log(`the guest's screen was calm ${Math.round(performance.now() - began)} ms after the press`)
    expect(await page.getByText(HOUSEHOLD).count()).toBe(0)
    await expectNoFaults(page)
    await page.reload()
    await stay.waitFor()
    await page.goto(link)
    await page.reload()
    await page.getByText('이 초대는 더 쓸 수 없습니다').waitFor()
    // Their words and name stay with the meeting.
    await seat(leader.page).first().waitFor()
    await context.close()
  })
})
