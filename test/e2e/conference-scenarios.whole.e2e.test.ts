/**
 * What goes wrong in meetings (DOMAIN §11.6, 11.7, 11.9), in browsers: somebody's line is lost while both sides write one decision; a relative steps out
 * of one item and of nothing else; a household withdraws its consent for an agency that is connected from far away. (§11.8, too few at the table:
 * `away.whole.e2e.test.ts`. What goes over the wire to whom: `need-to-know.e2e.test.ts`. A recusal behind a cut line: `read-back.e2e.test.ts`.)
 */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DEMO_AGENCIES } from '../../server/demo/community.ts'
import { fixedId } from '../../server/demo/fixed-ids.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { ItemId, UserId } from '../../shared/ids.ts'
import { type BlockingProxy, openBlockingProxy } from '../support/blocking-proxy.ts'
import { openBrowser } from '../support/browser.ts'
import { loadColdAudit } from '../support/cold-documents.ts'
import { type DureProcess, startDure } from '../support/dure-process.ts'
import { enterLiveConference, equalOnAll, type RoomPage } from '../support/room-page.ts'

const HOUSEHOLD = '김○○ 가구'
const NARROW = '이○○ 가구'
const LAST = '다음 회의 일정'
const SOON_MS = 15_000

let dure: DureProcess
let network: BlockingProxy
let near: Browser
let far: Browser
let leader: RoomPage
let city: RoomPage
let charity: RoomPage
let all: RoomPage[]

beforeAll(async () => {
  dure = await startDure()
  network = await openBlockingProxy(dure.port, 'passes')
  near = await openBrowser()
  far = await openBrowser({ 'angel.localhost': network.port })
  ;[leader, city, charity] = all = (await Promise.all([
    enterLiveConference(near, dure, 'saengyeon.team'),
    enterLiveConference(near, dure, 'muhan.case'),
    enterLiveConference(far, dure, 'angel.case'),
  ])) as [RoomPage, RoomPage, RoomPage]
  await leader.page.keyboard.press('Control+Alt+KeyA')
  await leader.page
    .getByRole('button', { name: /모두 대면 참석/ })
    .and(leader.page.locator(':focus'))
    .waitFor()
  await leader.page.keyboard.press('Enter')
  await leader.page.getByText('모두 확인했습니다').waitFor()
  await leader.page.keyboard.press('Escape')
  await leader.page.getByRole('button', { name: '1번 안건부터 시작' }).click()
  await Promise.all(all.map(({ page }) => page.locator('.item-title').waitFor()))
  await agenda(leader.page).getByText(HOUSEHOLD).first().click()
  await Promise.all(all.map(({ page }) => page.locator('.item-title', { hasText: HOUSEHOLD }).waitFor()))
  await Promise.all(all.map(({ page }) => page.getByTestId('action').nth(1).waitFor()))
})
afterAll(async () => {
  await near?.close()
  await far?.close()
  await dure?.close()
  await network?.close()
})

const agenda = (page: Page) => page.getByRole('grid', { name: '안건' })
const wording = (one: RoomPage) => one.page.getByRole('textbox', { name: '결정 1 내용' })

test('[DOMAIN 11.9] a lost line: what both sides typed into one decision is kept, the same for all, and confirmed once', async () => {
  network.cut()
  await charity.page.getByText('연결이 끊겼습니다').first().waitFor()
  await charity.caretToEnd(wording(charity))
  await charity.page.keyboard.type(' 간병은 본부가 맡는다.')
  await leader.caretToEnd(wording(leader))
  await leader.page.keyboard.type(' 검사는 생연1동이 맡는다.')
  network.mend()
  for (const words of ['간병은 본부가 맡는다.', '검사는 생연1동이 맡는다.']) {
    await Promise.all(all.map(one => wording(one).getByText(words).waitFor({ timeout: 60_000 })))
  }
  await charity.page.locator('[data-testid=receipt][data-place=stored]').waitFor({ timeout: 60_000 })
  await equalOnAll(all, one => one.wordsIn(wording(one)), SOON_MS)

  await leader.page.keyboard.press('Control+Alt+Enter')
  await leader.page.getByTestId('read-back').getByText('간병은 본부가 맡는다.').waitFor()
  await leader.page.getByRole('button', { name: '이견 없음 (모두) · 확인' }).click()
  await Promise.all(all.map(({ page }) => page.getByTestId('confirmed').getByText('모두 이견 없음').waitFor()))
  await equalOnAll(all, ({ page }) => page.getByTestId('confirmed').innerText(), SOON_MS)
  expect(await charity.page.getByTestId('confirmed').innerText()).toContain('확인됨 · 1차')
  expect(await charity.page.getByText('확인 이후 바뀜').count()).toBe(0)
})

test('[DOMAIN 11.7] a relative steps out of one item only, with the time, and comes back to it', async () => {
  await leader.page.getByRole('button', { name: '안건 메뉴' }).click()
  await leader.page.getByRole('menuitem', { name: '제척·기피 입력' }).click()
  const dialog = leader.page.getByRole('alertdialog')
  await dialog.getByRole('button', { name: /누가/ }).click()
  await leader.page.getByRole('option', { name: /통합사례관리사/ }).click()
  await dialog.getByRole('button', { name: '이 안건에서 제외' }).click()
  await leader.page.getByText(/제척 · 통합사례관리사 · \d\d:\d\d부터/).waitFor()

  const card = city.page.getByTestId('holding-card')
  await card.waitFor()
  expect(await city.page.getByText(HOUSEHOLD).count()).toBe(0)
  // Every other item is open to them as before, also one that is narrow.
  for (const label of [NARROW, LAST]) await city.openItem(label)
  expect(await charity.page.locator('.item-title').innerText()).toContain(HOUSEHOLD)

  await leader.page.getByRole('button', { name: '통합사례관리사 복귀' }).click()
  await leader.page.getByRole('alertdialog').getByRole('button', { name: '복귀' }).click()
  await agenda(city.page).getByText(HOUSEHOLD).first().waitFor()
  await city.openItem(HOUSEHOLD)
  await wording(city).getByText('간병은 본부가 맡는다.').waitFor()
})

test('[DOMAIN 11.6] consent withdrawn for an agency that is connected from far away: its screen closes, and keeps no copy', async () => {
  const desk = await leader.context.newPage()
  await desk.goto(`${leader.page.url().replace(/\/$/, '')}/plan`)
  const cell = desk.getByRole('checkbox', { name: /천사운동본부에 .*김○○ 가구.* 열람/ })
  await cell.waitFor()
  await cell.focus()
  await desk.keyboard.press('Space')
  await desk.getByRole('alertdialog').getByRole('button', { name: '열람 거두기' }).click()

  await charity.page.getByTestId('holding-card').waitFor()
  const secrets = /김○○|간병은 본부가|폐암이 뇌로/
  expect(await charity.page.content()).not.toMatch(secrets)
  await city.page.getByTestId('action').first().waitFor()

  // Neither after a reload nor without the server, and nothing of it lies in the browser's storage.
  await charity.page.reload()
  await agenda(charity.page).getByText(LAST).first().waitFor()
  expect(await charity.page.content()).not.toMatch(secrets)
  const kept = await charity.page.evaluate(async () => ({
    databases: (await indexedDB.databases()).map(one => one.name),
    caches: await caches.keys().catch(() => []),
    local: JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }),
  }))
  expect(kept.databases).toEqual([])
  expect(kept.caches).toEqual([])
  expect(kept.local).not.toMatch(secrets)
  await desk.close()
})

test('[DOMAIN 11.6] the record of access names the agency that lost it, who took it, and whose data it was', async () => {
  const itemId = fixedId<ItemId>('item', 'saengyeon-integrated-kim')
  const { dataFolder, keyFile } = dure
  await dure.stop()
  const rows = await loadColdAudit({ dataFolder, keyFile, mongodbUrl: process.env.MONGODB_URL }, 'access.withdraw')
  const ofAgencies = rows.filter(row => row.object?.startsWith('agency.'))
  expect(ofAgencies).toMatchObject([
    {
      actor: fixedId<UserId>('user', 'saengyeon.team'),
      object: `agency.${DEMO_AGENCIES.angel.agencyId}`,
      reason: documentNameOf({ kind: 'item', itemId }),
      outcome: 'ok',
    },
  ])
  // The relative's recusal of the same item, before it, is named as well; both are records of that household.
  const [recusal] = rows
  expect(recusal).toMatchObject({ object: `user.${fixedId<UserId>('user', 'muhan.case')}` })
  expect(new Set(rows.map(row => row.subject)).size).toBe(1)
  expect(ofAgencies[0]?.subject).toBeTruthy()
})
