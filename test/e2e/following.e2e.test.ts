/**
 * Following the chair in real browsers: who is together comes along, who writes is not moved, who may not open the item waits beside it; another
 * leads when the chair's browser is gone. Through visible controls and keys only.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faultsOf } from '../support/axe.ts'
import { OFFICE_PC, TABLET } from '../support/browser.ts'
import { demoInBrowser } from '../support/demo-in-browser.ts'
import { finishComposing, keysOf, pressKey } from '../support/hangul-typing.ts'
import type { RoomPage } from '../support/room-page.ts'

/** The agenda of the demo's live conference. The third is restricted for the charity and the council. */
const [LAST_MEETING, HOUSEHOLD, , SCHEDULE] = [
  '비밀유지 안내와 지난 회의 조치사항 점검',
  '김○○ 가구',
  '이○○ 가구',
  '다음 회의 일정',
] as const

/** Twenty in the deep run, where the figure comes from. */
const MOVES = process.env.DEEP === '1' ? 20 : 6

const demo = demoInBrowser()
let chair: RoomPage
let minuteTaker: RoomPage
let charity: RoomPage
let council: RoomPage

beforeAll(async () => {
  chair = await enter('saengyeon.team')
  ;[minuteTaker, charity, council] = await Promise.all([
    enter('saengyeon.case'),
    enter('angel.case'),
    enter('council.case', TABLET),
  ])
})
afterAll(async () => {
  for (const one of [chair, minuteTaker, charity, council]) expect(one?.errors ?? []).toEqual([])
})

/** Into the room, with the press that says "I am here and keep what I hear to myself" where it is asked for. */
async function enter(login: string, viewport = OFFICE_PC): Promise<RoomPage> {
  const one = await demo.person(login, viewport)
  const { page } = one
  await page
    .getByRole('link', { name: /들어가기/ })
    .first()
    .click()
  const arrive = page.getByRole('button', { name: '참석하고 비밀유지에 동의합니다' })
  const title = page.locator('.item-title')
  await arrive.or(title).or(page.getByTestId('holding-card')).first().waitFor()
  if (await arrive.isVisible()) await arrive.click()
  await title.or(page.getByTestId('holding-card')).first().waitFor()
  await page.getByTestId('meeting-item').waitFor()
  return one
}

const agenda = (page: Page) => page.getByRole('grid', { name: '안건' })
const titled = (page: Page, name: string) => page.locator('.item-title', { hasText: name }).waitFor()
const chip = (page: Page) => page.getByTestId('go-chip')
const mode = (page: Page) => page.getByRole('radiogroup', { name: '함께 보기' }).getByRole('radio', { checked: true })
const lead = (name: string) => agenda(chair.page).getByText(name).first().click()

/** Ready to follow: no chip, together, nothing typed within the last seconds. */
async function together(one: RoomPage): Promise<void> {
  await one.page.getByRole('radio', { name: '함께 보기' }).check({ force: true })
}

describe('the chair leads', () => {
  test('begins with the first item, and everybody is there', async () => {
    expect(await mode(chair.page).inputValue()).toBe('lead')
    await chair.page.getByRole('button', { name: '1번 안건부터 시작' }).click()
    await Promise.all([chair, charity, council].map(one => titled(one.page, LAST_MEETING)))
    await charity.page.getByTestId('meeting-item').getByText('1번 안건').waitFor()
  })

  test('[MF2] goes on, and those who are together come along, said once', async () => {
    const began = performance.now()
    await chair.page.getByRole('button', { name: '다음 안건 →', exact: true }).click()
    await Promise.all([charity, council, minuteTaker].map(one => titled(one.page, HOUSEHOLD)))
    console.log(`on three other screens after ${Math.round(performance.now() - began)} ms`)
    expect(await charity.page.getByTestId('follow-said').textContent()).toBe('2번 안건으로 함께 왔습니다.')
    await agenda(charity.page).locator('[data-standing=done]').getByText(LAST_MEETING).waitFor()
  })

  test('[MF4] opening an item in the agenda takes everybody there; another’s click takes nobody', async () => {
    await lead(SCHEDULE)
    await Promise.all([charity, minuteTaker].map(one => titled(one.page, SCHEDULE)))
    await agenda(minuteTaker.page).getByText(HOUSEHOLD).first().click()
    await titled(minuteTaker.page, HOUSEHOLD)
    expect(await mode(minuteTaker.page).inputValue()).toBe('alone')
    await chip(minuteTaker.page).waitFor()
    expect(await charity.page.locator('.item-title').textContent()).toContain(SCHEDULE)
    await minuteTaker.page.getByRole('button', { name: '여기로 모두 안내' }).click()
    await Promise.all([chair, charity].map(one => titled(one.page, HOUSEHOLD)))
    await together(minuteTaker)
  })

  test('the place inside the item comes along as well, and takes no focus', async () => {
    await charity.page.evaluate(() => document.querySelector('#main .item-scroll')?.scrollTo(0, 0))
    const focused = () => charity.page.evaluate(() => document.activeElement?.tagName)
    const before = await focused()
    await chair.page.getByRole('button', { name: '조치사항 추가' }).focus()
    await charity.page.waitForFunction(() => {
      const part = document.querySelector('[data-place=actions]')?.getBoundingClientRect()
      const view = document.querySelector('#main .item-scroll')?.getBoundingClientRect()
      return part && view && part.top >= view.top && part.top < view.bottom - 100
    })
    expect(await focused()).toBe(before)
  })
})

describe('nobody who writes is moved', () => {
  test(`[MF1] a person who types keeps caret, focus and item through ${MOVES} moves; a chip says where the chair is`, async () => {
    await lead(HOUSEHOLD)
    await titled(charity.page, HOUSEHOLD)
    const { page } = charity
    const editor = charity.discussion()
    await charity.caretToEnd(editor)
    await page.keyboard.press('Enter')
    const caret = () =>
      editor.evaluate(element => ({
        hasFocus: document.activeElement === element,
        before: (getSelection()?.focusNode?.textContent ?? '').slice(0, getSelection()?.focusOffset),
        top: Math.round(element.getBoundingClientRect().top),
      }))
    let written = ''
    for (let move = 0; move < MOVES; move++) {
      const letter = String.fromCharCode(97 + move)
      await page.keyboard.type(letter)
      written += letter
      const { top } = await caret()
      await lead(move % 2 === 0 ? SCHEDULE : LAST_MEETING)
      const number = move % 2 === 0 ? 4 : 1
      await page.getByTestId('meeting-item').getByText(`${number}번 안건`).waitFor()
      await chip(page).getByText(`진행자는 ${number}번 안건에 있습니다 · 가기`).waitFor()
      expect(await caret()).toEqual({ hasFocus: true, before: written, top })
    }
    expect(await charity.wordsIn(editor)).toContain(written)
    expect(await page.getByTestId('follow-said').textContent()).toBe('진행자는 1번 안건에 있습니다 · 가기')
  })

  test('[MF1] nor who composes a syllable, however long that takes', async () => {
    const { page } = charity
    const keyboard = await page.context().newCDPSession(page)
    await charity.caretToEnd(charity.discussion())
    for (const step of keysOf('한')) await pressKey(keyboard, step)
    await lead(SCHEDULE)
    await chip(page).getByText('4번 안건').waitFor()
    expect(await charity.discussion().evaluate(element => document.activeElement === element)).toBe(true)
    await finishComposing(keyboard, '한')
    expect((await charity.wordsIn(charity.discussion())).endsWith('한')).toBe(true)
  })

  test('goes there by keyboard, and is together again', async () => {
    await charity.page.keyboard.press('Control+Alt+KeyJ')
    await titled(charity.page, SCHEDULE)
    expect(await chip(charity.page).count()).toBe(0)
    expect(await mode(charity.page).inputValue()).toBe('together')
  })

  test('who looks alone stays, and says so with one switch', async () => {
    await charity.page.keyboard.press('Control+Alt+KeyF')
    expect(await mode(charity.page).inputValue()).toBe('alone')
    await lead(LAST_MEETING)
    await chip(charity.page).waitFor()
    await titled(charity.page, SCHEDULE)
    await chip(charity.page).click()
    await titled(charity.page, LAST_MEETING)
  })
})

describe('an item that is not for everybody', () => {
  test('[MF5] who may not open it has a card, other things to do, and is brought back', async () => {
    await chair.page.keyboard.press('Control+Alt+BracketRight')
    await chair.page.keyboard.press('Control+Alt+BracketRight')
    await titled(chair.page, '이○○ 가구')
    const card = council.page.getByTestId('holding-card')
    await card.getByText('열람 제한 안건이 진행 중입니다').waitFor()
    await card.getByText('약 20분 · 끝나면 이 화면이 함께 이동합니다').waitFor()
    expect(await council.page.content()).not.toContain('이○○')
    await card.getByRole('button', { name: /김○○ 가구/ }).click()
    await titled(council.page, HOUSEHOLD)
    expect(await mode(council.page).inputValue()).toBe('together')
    await chair.page.keyboard.press('Control+Alt+KeyN')
    await titled(council.page, SCHEDULE)
  })

  test('on the wall nothing of it stands, not even its name, until somebody releases it', async () => {
    const wall = await chair.context.newPage()
    await wall.setViewportSize({ width: 1920, height: 1080 })
    await wall.goto(`${chair.page.url()}/projector`)
    await wall.getByRole('heading', { name: SCHEDULE }).waitFor()
    await lead(HOUSEHOLD)
    await wall.getByTestId('projected').getByRole('heading', { name: '결정' }).waitFor()
    expect(await wall.locator('textarea, [contenteditable=true]').count()).toBe(0)
    expect(await faultsOf(wall)).toEqual([])
    await lead('이○○ 가구')
    await wall.getByText('일부 기관만 보는 안건이라 내용을 비추지 않습니다').waitFor()
    expect(await wall.locator('.projector').textContent()).not.toContain('이○○')
    await wall.getByRole('button', { name: /모두가 볼 수 있어/ }).click()
    await wall.getByRole('heading', { name: /이○○ 가구/ }).waitFor()
    await wall.close()
    await lead(HOUSEHOLD)
  })
})

describe('the floor and what is asked', () => {
  test('a request stands in the chair’s queue, gets the floor and gives it back', async () => {
    await chair.page.getByText('회의 도구').click()
    await chair.page.getByText('발언 요청 받기').click()
    await charity.page.getByRole('button', { name: '발언 요청' }).waitFor()
    await charity.page.keyboard.press('Control+Alt+KeyW')
    await charity.page.getByText('1번째로 기다립니다').waitFor()
    await chair.page.getByRole('button', { name: /에게 발언권 주기$/ }).click()
    await charity.page.getByText('내가 발언하는 중입니다').waitFor()
    await council.page.getByRole('button', { name: '참석자 보기' }).click()
    await council.page.getByTestId('speaking').getByText('님 발언 중').waitFor()
    await council.page.keyboard.press('Escape')
    await charity.page.getByRole('button', { name: '발언 마침' }).click()
    await charity.page.getByText('발언 중인 사람이 없습니다').waitFor()
  })

  test('the keyboard help lists what can be done now', async () => {
    await chair.page.keyboard.press('Control+Slash')
    const help = chair.page.getByRole('dialog', { name: '키보드로 하기' })
    await help.getByText('Ctrl+Alt+N').waitFor()
    expect(await help.getByText('진행 맡기').count()).toBe(0)
    await chair.page.keyboard.press('Escape')
    await help.waitFor({ state: 'hidden' })
  })

  test('the screens have no serious fault that axe can find', async () => {
    for (const one of [chair, charity, council]) expect(await faultsOf(one.page)).toEqual([])
  })
})

const isWhole = process.env.DURE_TEST_WHOLE === '1'
const why = isWhole
  ? ''
  : ' (skipped every day: half a minute of real time; `chair` tests have it by a clock of their own; DURE_TEST_WHOLE=1 or --deep runs it)'
describe.skipIf(!isWhole)(`when the chair is gone${why}`, () => {
  test('the next of the order leads within thirty seconds, and the pointer stays', async () => {
    await chair.page.close()
    const began = performance.now()
    await minuteTaker.page.getByTestId('chair-away').getByText('곧 내가 이어서 진행합니다').waitFor()
    await minuteTaker.page.getByText('이제 내가 진행합니다').first().waitFor()
    console.log(`the next leads after ${Math.round((performance.now() - began) / 100) / 10} s`)
    expect(await mode(minuteTaker.page).inputValue()).toBe('lead')
    await titled(charity.page, HOUSEHOLD)
    await minuteTaker.page.getByRole('button', { name: '다음 안건 →', exact: true }).click()
    // The third is done; showing it on the wall again has not opened it anew.
    await titled(charity.page, SCHEDULE)
  })

  test('[MF3] who comes back lands where the meeting is and takes the chair by a press', async () => {
    chair.page.removeAllListeners()
    chair = await enter('saengyeon.team')
    await titled(chair.page, SCHEDULE)
    expect(await mode(chair.page).inputValue()).toBe('together')
    await chair.page.getByRole('button', { name: '진행 맡기' }).click()
    await chair.page.getByText('이제 내가 진행합니다').first().waitFor()
    await minuteTaker.page
      .getByText(/이제 .+ 님이 진행합니다/)
      .first()
      .waitFor()
    expect(await mode(chair.page).inputValue()).toBe('lead')
    expect(await mode(minuteTaker.page).inputValue()).toBe('together')
  })
})
