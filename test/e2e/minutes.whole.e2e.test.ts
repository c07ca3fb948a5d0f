/**
 * The live conference is closed with something open, its minutes circulated; one agency signs with a note, one objects; the words are put right as version
 * two, all sign, and it is final. A copy is taken out and checked on the page and by the command; a letter changed in it names the item.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DEMO_PASSWORD } from '../../server/demo/community.ts'
import { must } from '../../shared/assert.ts'
import type { MinutesBundle } from '../../shared/minutes/bundle.ts'
import { docxText, hwpxText, packed, pdfPages } from '../server/exports/readers.ts'
import { expectNoFaults } from '../support/axe.ts'
import { OFFICE_PC, TABLET } from '../support/browser.ts'
import { renameCode } from '../support/code-sets.ts'
import { demoInBrowser } from '../support/demo-in-browser.ts'
import { tabTo } from '../support/keyboard.ts'
import { type Person, signIn } from '../support/person.ts'
import type { RoomPage } from '../support/room-page.ts'

const OBJECTION = '간병비 금액은 정하지 않았습니다'
const ADDED = '간병비 금액은 다음 회의에서 정한다.'
const root = join(import.meta.dirname, '..', '..')

const demo = demoInBrowser()
let leader: RoomPage
let muhan: RoomPage
let angel: RoomPage
let council: RoomPage
let folder: string
let administrator: Person

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dure-minutes-'))
  administrator = await signIn(demo.dure.url, 'saengyeon.admin', DEMO_PASSWORD)
  await renameCode(administrator, 'need_domain', 'health', '몸과 마음의 건강')
  leader = await demo.enters('saengyeon.team')
  muhan = await demo.enters('muhan.case')
  angel = await demo.enters('angel.case')
  council = await demo.enters('council.case')
})
afterAll(async () => {
  expect([leader, muhan, angel, council].flatMap(one => one?.errors ?? [])).toEqual([])
  await rm(folder, { recursive: true, force: true })
})

const paper = (page: Page) => page.getByTestId('minutes-paper')
const kept = (page: Page) => page.getByText('남겼습니다').first().waitFor()
const versionShown = (page: Page, words: string) => page.getByTestId('minutes-version').getByText(words).waitFor()

async function signs(one: RoomPage): Promise<void> {
  await one.page.reload()
  await one.page.getByTestId('minutes-sign').getByRole('button', { name: '서명', exact: true }).click()
  await kept(one.page)
}

async function taken(page: Page, name: string): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()])
  return readFile(await file.path())
}

test('[MN16] [MN17] the room is closed over what is open, with a reason, by the keyboard alone', async () => {
  const { page } = leader
  await page.getByRole('button', { name: '참석 확인하기' }).click()
  const desk = page.getByRole('dialog', { name: '참석 확인' })
  for (const name of ['통합사례관리사', '후원 담당', '복지자원 담당']) {
    await desk.getByRole('button', { name: `${name} 참석 확인`, exact: true }).click()
  }
  await page.keyboard.press('Escape')
  await desk.waitFor({ state: 'detached' })
  await tabTo(page, '마침')
  await page.keyboard.press('Enter')
  const closing = page.getByTestId('closing')
  await closing.getByText('안건 2. 김○○ 가구').first().waitFor()
  for (const viewport of [TABLET, OFFICE_PC]) {
    await page.setViewportSize(viewport)
    await expectNoFaults(page)
  }
  // Thought better of it: one is where one was, and nothing was closed.
  await page.keyboard.press('Escape')
  await closing.waitFor({ state: 'detached' })
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('마침')
  await page.keyboard.press('Enter')
  await closing.getByText('안건 2. 김○○ 가구').first().waitFor()
  expect(await page.getByRole('button', { name: '회의 마침' }).isDisabled()).toBe(true)
  await tabTo(page, '시간 부족')
  await page.keyboard.press('Enter')
  await tabTo(page, '회의 마침')
  await page.keyboard.press('Enter')
  await Promise.all([leader, muhan, angel].map(one => one.page.getByText('마친 회의입니다').waitFor()))
})

test('the minutes make themselves, everybody reads what is theirs', async () => {
  await leader.page.getByRole('link', { name: '회의록 보기' }).click()
  await versionShown(leader.page, '작성 중인 회의록')
  await paper(leader.page).getByText('그대로 마친 이유: 시간 부족').waitFor()
  await expectNoFaults(leader.page)
  await leader.page.getByRole('button', { name: '회람 시작' }).click()
  await versionShown(leader.page, '1판')
  for (const one of [muhan, angel, council]) {
    await one.page.getByRole('link', { name: '회의록 보기' }).click()
    await versionShown(one.page, '1판')
    expect(await one.page.getByTestId('minutes-desk').count()).toBe(0)
  }
  await paper(muhan.page)
    .getByRole('heading', { name: /이○○ 가구/ })
    .waitFor()
  await angel.page
    .getByTestId('minutes-restricted')
    .getByText(/안건 3 · 열람 제한 안건 · 확인값 [0-9a-f]{12}/)
    .waitFor()
  expect(await paper(angel.page).innerText()).not.toContain('이○○')
})

test('one agency signs with a note, one objects: nothing is final by itself', async () => {
  await muhan.page.getByRole('button', { name: '의견 달고 서명' }).click()
  await muhan.page.getByRole('textbox', { name: /의견/ }).fill('예산은 다음 달에 정합니다')
  await muhan.page.getByRole('button', { name: '남기기' }).click()
  await kept(muhan.page)
  await angel.page.getByRole('button', { name: '이의 제기' }).click()
  await angel.page.getByRole('button', { name: /무엇에 대한/ }).click()
  await angel.page.getByRole('option', { name: /안건 2/ }).click()
  await angel.page.getByRole('textbox', { name: /이의 내용/ }).fill(OBJECTION)
  await angel.page.getByRole('button', { name: '남기기' }).click()
  await kept(angel.page)
  await leader.page.reload()
  await leader.page.getByTestId('minutes-said').getByText(OBJECTION).waitFor()
  await leader.page.getByTestId('minutes-desk').getByText('이의가 있어 저절로 확정되지 않습니다').waitFor()
})

test('the words are put right as version two; who saw no change need not sign again', async () => {
  const { page } = leader
  await council.page.reload()
  await council.page.getByTestId('minutes-sign').getByRole('button', { name: '서명', exact: true }).click()
  await kept(council.page)
  await page.reload()
  await page.getByRole('button', { name: '정정하기' }).click()
  await page.getByRole('textbox', { name: /정정 이유/ }).fill('금액에 대한 말을 바로잡음')
  await page.getByRole('button', { name: '정정 시작' }).click()
  await page.getByText('2판을 만들고 있습니다').waitFor()
  const minutes = page.url()
  await page.getByRole('link', { name: '회의실로' }).click()
  await leader.openItem('김○○ 가구')
  await leader.caretToEnd(leader.discussion())
  await page.keyboard.insertText(` ${ADDED}`)
  await leader.stored()
  await page.goto(minutes)
  await paper(page).getByText(ADDED).waitFor()
  await page.getByRole('button', { name: '회람 시작' }).click()
  await versionShown(page, '2판')
  await page.getByTestId('minutes-changes').getByText('안건 2 · 논의').waitFor()
  const agencies = page.getByTestId('minutes-agencies').getByRole('listitem')
  await agencies.filter({ hasText: '바뀐 안건 다시 서명' }).first().waitFor()
  for (const one of [muhan, angel, council, leader]) await signs(one)
  await page.reload()
  await page.getByRole('button', { name: '회의록 확정' }).click()
  await page.getByRole('button', { name: '확정', exact: true }).click()
  await page.getByTestId('minutes-rail').getByText('모든 기관이 서명하여 확정').waitFor()
  await page.getByRole('link', { name: '회의실로' }).click()
  await page.getByText('마친 회의입니다. 회의록이 만들어졌습니다').waitFor()
  await leader.openItem('김○○ 가구')
  expect(await leader.discussion().getAttribute('contenteditable')).not.toBe('true')
  await page.goto(minutes)
})

test('[CO9] the office calls a need otherwise: the room says the new name, the final minutes the one of then', async () => {
  const { page } = leader
  const before = page.url()
  await versionShown(page, '2판')
  await paper(page).getByText('몸과 마음의 건강').first().waitFor()
  await renameCode(administrator, 'need_domain', 'health', '보건')
  await page.getByRole('link', { name: '회의실로' }).click()
  // Labels are asked for anew with the page.
  await page.reload()
  await leader.openItem('김○○ 가구')
  await page.getByRole('heading', { name: '보건', exact: true }).waitFor()
  await page.goto(before)
  await versionShown(page, '2판')
  await paper(page).getByText('몸과 마음의 건강').first().waitFor()
  expect(await paper(page).getByText('보건', { exact: true }).count()).toBe(0)
  const pdf = packed(pdfPages(await taken(page, 'PDF 받기')).join(''))
  expect([pdf.includes('몸과마음의건강'), pdf.includes('보건')]).toEqual([true, false])
})

test('every file of the final minutes says the same, and what was put right', async () => {
  const { page } = leader
  await versionShown(page, '2판')
  const pdf = packed(pdfPages(await taken(page, 'PDF 받기')).join(''))
  const hwpx = packed(hwpxText(await taken(page, '한글(HWPX) 받기')))
  const docx = packed(docxText(await taken(page, '워드(DOCX) 받기')))
  for (const said of [ADDED, '예산은 다음 달에 정합니다', '시간 부족']) {
    for (const file of [pdf, hwpx, docx]) expect(file).toContain(packed(said))
  }
})

test('[MN15] a copy is checked on the page and by the command; a letter changed in it names the item', async () => {
  const { page } = leader
  await versionShown(page, '2판')
  await page.locator('label', { hasText: '검증용 묶음' }).click()
  const good = join(folder, 'minutes.json')
  await writeFile(good, await taken(page, 'JSON 받기'))
  const bundle = JSON.parse(await readFile(good, 'utf8')) as MinutesBundle
  const bad = join(folder, 'changed.json')
  await writeFile(bad, (await readFile(good, 'utf8')).replace('다음 회의에서 정한다', '다음 회의에서 정했다'))

  const { page: stranger } = await openedPage()
  await stranger.getByText('파일은 어디로도 보내지 않습니다').waitFor()
  const result = stranger.getByTestId('verify-result')
  await stranger.locator('input[type=file]').setInputFiles(good)
  await result.getByText('만든 그대로입니다').waitFor()
  await result.getByText('2판 · 모든 기관이 서명하여 확정').waitFor()
  await expectNoFaults(stranger)
  await stranger.locator('input[type=file]').setInputFiles(bad)
  await result.getByText('만든 그대로가 아닙니다').waitFor()
  await result.getByText('안건 2').first().waitFor()
  await result.getByText('‘논의’의 내용이 바뀌었습니다').waitFor()

  const run = promisify(execFile)
  const checks = (file: string) =>
    run(process.execPath, [
      join(root, 'node_modules/tsx/dist/cli.mjs'),
      join(root, 'server/bin/verify-minutes.ts'),
      file,
      bundle.publicKey,
    ])
  expect((await checks(good)).stdout).toContain('As it was made: version 2 of 2, final (all_signed)')
  await expect(checks(bad)).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('item 2: part-changed') })
})

/** Without an account. */
async function openedPage() {
  const context = await demo.browser.newContext({ locale: 'ko-KR' })
  const page = await context.newPage()
  await page.goto(new URL('/verify', must(demo.dure.urlOf('saengyeon'), 'address')).href)
  return { context, page }
}
