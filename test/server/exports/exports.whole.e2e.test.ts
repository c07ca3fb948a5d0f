/**
 * Minutes taken out as an officer does it: one press for a PDF, HWPX and DOCX with the purpose that is proposed; a report on the page that is
 * printed, once; fields copied one by one; a redacted edition. Looked over for accessibility, at three sizes, and by keyboard.
 */
import { readFileSync } from 'node:fs'
import type { Browser, Download, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '../../../shared/assert.ts'
import type { ConferenceView } from '../../../shared/protocol/http-api.ts'
import { expectNoFaults } from '../../support/axe.ts'
import { openBrowser, TABLET } from '../../support/browser.ts'
import { type DureProcess, startDure } from '../../support/dure-process.ts'
import { enterLiveConference, type RoomPage } from '../../support/room-page.ts'
import { docxText, hwpxText, packed, pdfPages } from './readers.ts'

const DECIDED = '통합사례관리 대상자로 선정'

let dure: DureProcess
let browser: Browser
let leader: RoomPage
let page: Page
let conferenceId: string

beforeAll(async () => {
  dure = await startDure()
  browser = await openBrowser()
  leader = await enterLiveConference(browser, dure, 'saengyeon.team')
  page = leader.page
  conferenceId = must(/conferences\/([\w-]{22})/.exec(page.url())?.[1], 'the conference')
  const { _v } = await ask<ConferenceView>('GET', '')
  await ask('POST', '/state', { _v, to: 'closed' })
  const minutes = await ask<{ _v: number }>('GET', '/minutes')
  const filled = await ask<{ _v: number }>('PATCH', '/minutes', { _v: minutes._v, onPaper: '종이 서명부 5명' })
  await ask('POST', '/minutes/circulate', { _v: filled._v }).catch(() => undefined)
  await page.goto(`${dure.urlOf('saengyeon')}/conferences/${conferenceId}/minutes`)
  await page.getByRole('heading', { name: '내보내기' }).waitFor()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await dure?.close()
})

/** What screens of others do is asked for in their name. */
function ask<T>(method: string, path: string, body?: object): Promise<T> {
  return page.evaluate(
    async ([how, where, what]) => {
      const headers = { 'Content-Type': 'application/json' }
      const answer = await fetch(where, what === undefined ? { method: how } : { method: how, headers, body: what })
      if (!answer.ok) throw new Error(await answer.text())
      return answer.json()
    },
    [method, `/api/conferences/${conferenceId}${path}`, body && JSON.stringify(body)] as const,
  )
}

async function taken(name: string): Promise<{ file: Download; bytes: Buffer }> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()])
  return { file, bytes: readFileSync(await file.path()) }
}

async function choose(form: string): Promise<void> {
  await page.locator('label', { hasText: form }).first().click()
  expect(await page.getByRole('radio', { name: form, exact: true }).isChecked()).toBe(true)
}

test('one press for each format: the file says what was decided', async () => {
  await expectNoFaults(page)
  const pdf = await taken('PDF 받기')
  expect(pdf.file.suggestedFilename()).toMatch(/^사례회의록_\d{8}_.*\.pdf$/)
  expect(packed(pdfPages(pdf.bytes).join(''))).toContain(packed(DECIDED))
  expect(packed(pdfPages(pdf.bytes, 0).join(''))).toContain(packed('사례회의록 편철 및 보관'))
  expect(packed(hwpxText((await taken('한글(HWPX) 받기')).bytes))).toContain(packed(DECIDED))
  expect(packed(docxText((await taken('워드(DOCX) 받기')).bytes))).toContain(packed(DECIDED))
})

test('too short a purpose is said, and nothing is made', async () => {
  const purpose = page.getByLabel('사용 목적')
  await purpose.fill('보고')
  await page.getByRole('button', { name: 'PDF 받기' }).click()
  await page.getByText('다섯 글자 이상').waitFor()
  await purpose.fill('감사 자료 제출')
  const { bytes } = await taken('PDF 받기')
  expect(packed(pdfPages(bytes, 0).join(''))).toContain(packed('감사 자료 제출'))
})

test('the report opens on a page of its own, is printed with its boxes, and is gone after that', async () => {
  await choose('결과보고')
  // By keyboard alone.
  await page.getByRole('button', { name: '인쇄 화면 열기' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: '인쇄', exact: true }).waitFor()
  for (const box of ['담당', '팀장', '동장'])
    await page.getByRole('columnheader', { name: box, exact: true }).first().waitFor()
  await expectNoFaults(page)
  const printed = await page.pdf({ preferCSSPageSize: true })
  expect(printed.length).toBeGreaterThan(10_000)
  await page.setViewportSize(TABLET)
  const fits = await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)
  expect(fits).toBe(true)
  await page.setViewportSize({ width: 1366, height: 768 })
  await page.reload()
  await page.getByText('한 번만 볼 수 있습니다').waitFor()
  await page.getByRole('link', { name: '회의록으로' }).click()
  await page.getByRole('heading', { name: '내보내기' }).waitFor()
})

test('what is copied into another system is copied field by field', async () => {
  await choose('옮겨 적기')
  await page.getByRole('button', { name: '인쇄 화면 열기' }).click()
  await page.getByRole('button', { name: '회의 일시 복사' }).waitFor()
  expect(await page.getByRole('button', { name: /복사$/ }).count()).toBeGreaterThan(8)
  await page.goBack()
  await page.getByRole('heading', { name: '내보내기' }).waitFor()
})

test('a redacted edition says no word of the household', async () => {
  const box = page.getByLabel('비공개 정보를 뺀 판으로')
  await page.locator('label', { hasText: '비공개 정보를 뺀 판으로' }).click()
  expect(await box.isChecked()).toBe(true)
  const { file, bytes } = await taken('PDF 받기')
  const said = packed(pdfPages(bytes, 0).join(''))
  expect(file.suggestedFilename()).toContain('비공개 정보 제외본')
  for (const secret of [DECIDED, '김○○', '팀장', '사례회의록 편철']) expect(said).not.toContain(packed(secret))
  expect(said).toContain('확인값')
})
