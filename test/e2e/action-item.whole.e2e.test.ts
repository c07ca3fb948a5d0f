/**
 * One promise over four monthly meetings, as people see it on their screens: made and accepted, carried, postponed and back, handed over, told to a
 * supervisor, done, asked whether it helped, and seen at closure. The application stands in this process so that months can pass; the browsers'
 * clocks are set to the day that it is.
 */
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DEMO_PASSWORD, demoPerson } from '../../server/demo/community.ts'
import type { CaseId, ConferenceId } from '../../shared/ids.ts'
import type { CaseView, ConferenceView } from '../../shared/protocol/http-api.ts'
import { type AppUnderTest, startAppUnderTest, type TestClient } from '../support/app-under-test.ts'
import { expectNoFaults } from '../support/axe.ts'
import { giveBases } from '../support/bases.ts'
import { collectErrors, OFFICE_PC, openBrowser, openContext } from '../support/browser.ts'
import { arrive } from '../support/room-page.ts'

const DAY_MS = 86_400_000
const WHAT = '틀니 비용을 알아봐 지원한다'
const HOUSEHOLD = '서○○ 가구'
const [LEADER, TAKER, GIVER, SUCCESSOR, SUPERVISOR] = [
  'saengyeon.team',
  'saengyeon.case',
  'angel.case',
  'muhan.case',
  'muhan.team',
] as const

let dure: AppUnderTest
let browser: Browser
let caseId: CaseId
let passedDays = 0
const errors: string[] = []

beforeAll(async () => {
  dure = await startAppUnderTest({
    environment: { DURE_DEMO: 'on' },
    parts: { clientFolder: join(import.meta.dirname, '..', '..', 'dist', 'client') },
  })
  browser = await openBrowser()
  const leader = await byHttp(LEADER)
  const role = (login: string, as: string) => ({ agencyId: demoPerson(login).agencyId, role: as })
  const worker = (login: string) => ({ userId: demoPerson(login).userId, agencyId: demoPerson(login).agencyId })
  const made = await leader.post('/api/cases', {
    number: '2026-777',
    label: HOUSEHOLD,
    agencies: [role(LEADER, 'lead'), role(GIVER, 'partner'), role(SUCCESSOR, 'partner')],
    workers: [worker(LEADER), worker(TAKER)],
  })
  caseId = (made.body as CaseView).caseId
  await giveBases(
    dure.app,
    caseId,
    [GIVER, SUCCESSOR].map(login => demoPerson(login).agencyId),
  )
})
afterAll(async () => {
  await browser?.close()
  await dure?.close()
  // What a screen asks for in the moment that something closes is answered by a 404, as it should be.
  expect(errors.filter(error => !/status of (404|401)/.test(error))).toEqual([])
})

async function byHttp(login: string): Promise<TestClient> {
  return dure.signIn(login, DEMO_PASSWORD)
}

/** So many days later; everybody signs in anew. */
function pass(days: number): void {
  passedDays += days
  dure.advance(days * DAY_MS)
}

async function screenOf(login: string, path: string): Promise<Page> {
  const context = await openContext(browser, OFFICE_PC)
  await context.clock.setFixedTime(Date.now() + passedDays * DAY_MS)
  const page = await context.newPage()
  const own = collectErrors(page)
  page.on('close', () => errors.push(...own))
  const host = new URL(dure.url).port
  await page.goto(`http://${login.split('.')[0]}.localhost:${host}${path}`)
  await page.getByLabel('아이디').fill(login)
  await page.getByLabel('비밀번호', { exact: true }).fill(DEMO_PASSWORD)
  await page.getByRole('button', { name: '로그인', exact: true }).click()
  return page
}

/** Plans the month's meeting; its agenda comes from the screen. */
async function plan(title: string): Promise<ConferenceId> {
  const leader = await byHttp(LEADER)
  const part = (login: string, role: string) => {
    const { userId, agencyId } = demoPerson(login)
    return { userId, agencyId, role }
  }
  const answer = await leader.post('/api/conferences', {
    type: 'integrated',
    title,
    startsAt: new Date(Date.now() + passedDays * DAY_MS).toISOString().replace(/\.\d+Z$/, 'Z'),
    minutes: 60,
    place: '2층 회의실',
    remoteLink: '',
    hostAgencyId: demoPerson(LEADER).agencyId,
    participants: [
      part(LEADER, 'leader'),
      part(TAKER, 'minute_taker'),
      part(GIVER, 'attendee'),
      part(SUCCESSOR, 'attendee'),
    ],
  })
  return (answer.body as ConferenceView).conferenceId
}

async function moveTo(conferenceId: ConferenceId, ...states: string[]): Promise<void> {
  const leader = await byHttp(LEADER)
  for (const to of states) {
    const { _v } = (await leader.get(`/api/conferences/${conferenceId}`)).body as ConferenceView
    const answer = await leader.post(`/api/conferences/${conferenceId}/state`, { _v, to })
    expect([to, answer.status, answer.text.slice(0, 200)]).toEqual([to, 200, expect.any(String)])
  }
}

/** The household on the agenda, as the planner puts it there. */
async function tableHousehold(conferenceId: ConferenceId): Promise<void> {
  const agencies = [LEADER, GIVER, SUCCESSOR].map(login => demoPerson(login).agencyId)
  const leader = await byHttp(LEADER)
  await leader.post(`/api/conferences/${conferenceId}/items`, { kind: 'case', caseId, agencies, minutes: 20 })
}

async function enter(login: string, conferenceId: ConferenceId): Promise<Page> {
  const page = await screenOf(login, `/conferences/${conferenceId}`)
  await page.locator('[data-testid=receipt][data-place=stored]').waitFor()
  await arrive(page)
  return page
}

const agenda = (page: Page) => page.getByRole('grid', { name: '안건' })
const line = (page: Page): Locator => page.getByTestId('review-line').filter({ hasText: WHAT })
const row = (page: Page): Locator => page.getByTestId('action-row').filter({ hasText: WHAT })

async function openReview(page: Page): Promise<Locator> {
  await agenda(page).getByText('지난 회의 조치사항 점검').first().click()
  await line(page).waitFor()
  return line(page)
}

/** The next meeting, its agenda taken from what proposes itself. */
async function nextMeeting(title: string): Promise<ConferenceId> {
  const conferenceId = await plan(title)
  await tableHousehold(conferenceId)
  const page = await screenOf(LEADER, `/conferences/${conferenceId}/plan`)
  const proposals = page.getByTestId('proposals')
  await proposals.getByText('지난 회의 조치사항 점검').waitFor()
  await expectNoFaults(page)
  await proposals.getByRole('button', { name: '지난 회의 조치사항 점검 안건으로 올리기' }).click()
  await proposals.getByText('지난 회의 조치사항 점검').waitFor({ state: 'detached' })
  await page.close()
  await moveTo(conferenceId, 'scheduled', 'live')
  return conferenceId
}

test('made and accepted in the first meeting, from where one writes', async () => {
  const first = await plan('9월 통합사례회의')
  await tableHousehold(first)
  await moveTo(first, 'scheduled', 'live')
  const [leader, giver] = [await enter(LEADER, first), await enter(GIVER, first)]
  for (const page of [leader, giver]) await agenda(page).getByText(HOUSEHOLD).first().click()
  await leader.getByRole('button', { name: '조치사항 추가' }).click()
  await leader.getByRole('textbox', { name: '조치사항 1 내용' }).click()
  await leader.keyboard.type(WHAT)
  await leader.getByRole('button', { name: /조치사항 1 기관/ }).click()
  await leader.getByRole('option', { name: /천사운동본부/ }).click()
  await leader.getByRole('button', { name: '더 쓰기' }).click()
  await leader.getByRole('button', { name: '정하지 않음 욕구' }).click()
  await leader.getByRole('option', { name: '건강' }).click()
  await leader.locator('[data-testid=receipt][data-place=stored]').waitFor()
  await giver
    .getByTestId('asked')
    .getByRole('button', { name: new RegExp(`^수락: ${WHAT}`) })
    .click()
  await leader.getByTestId('action').getByTestId('action-state').getByText('수락').waitFor()
  await moveTo(first, 'closed')
  await Promise.all([leader.close(), giver.close()])
})

test('carried by the second meeting, in which nobody says anything about it', async () => {
  pass(28)
  const second = await nextMeeting('10월 통합사례회의')
  const leader = await enter(LEADER, second)
  const shown = await openReview(leader)
  expect(await shown.innerText()).not.toContain('넘어감')
  await moveTo(second, 'closed')
  await leader.close()
})

test('postponed in the third by keys, and back by itself on its day', async () => {
  pass(28)
  const third = await nextMeeting('11월 통합사례회의')
  const giver = await enter(GIVER, third)
  const shown = await openReview(giver)
  expect(await shown.innerText()).toContain('다음 회의로 1번 넘어감')
  await shown.focus()
  await giver.keyboard.press('KeyL')
  const dialog = giver.getByRole('dialog', { name: '날짜까지 미루기' })
  const day = new Date(Date.now() + (passedDays + 10) * DAY_MS + 9 * 3_600_000).toISOString().slice(0, 10)
  const [year = '', month = '', date = ''] = day.split('-')
  await dialog.getByRole('spinbutton').first().click()
  await giver.keyboard.type(`${year}${month}${date}`)
  await dialog.getByRole('button', { name: '적용' }).click()
  await dialog.waitFor({ state: 'detached' })
  await giver
    .getByText('점검할 지난 조치사항이 없습니다.')
    .or(shown.getByText('이번 회의에서 정리함'))
    .first()
    .waitFor()
  await moveTo(third, 'closed')
  await giver.close()

  const waiting = await screenOf(GIVER, '/actions')
  await waiting.getByText('미룬 것 1').click()
  await row(waiting)
    .getByText(/에 돌아옴/)
    .waitFor()
  await waiting.close()
  pass(10)
  const back = await screenOf(GIVER, '/actions')
  await row(back).getByText('돌아옴').waitFor()
  await back.close()
})

test('handed over: the giver’s until the taker accepts it; then told to the taker’s supervisor, who sees that one', async () => {
  const giver = await screenOf(GIVER, '/actions')
  await row(giver).getByTestId('action-state').click()
  await giver.getByRole('menuitem', { name: '다른 기관에 넘기기' }).click()
  const offer = giver.getByRole('dialog', { name: '다른 기관에 넘기기' })
  await offer.getByRole('combobox').fill('무한돌봄')
  await giver
    .getByRole('option', { name: /무한돌봄/ })
    .first()
    .click()
  await offer.getByRole('button', { name: /누구에게/ }).click()
  await giver.getByRole('option', { name: demoPerson(SUCCESSOR).name }).click()
  await offer.getByRole('button', { name: '적용' }).click()
  await row(giver).getByText('받을 때까지 천사운동본부의 일입니다').waitFor()
  await giver.close()

  const successor = await screenOf(SUCCESSOR, '/actions')
  await row(successor).getByTestId('action-state').click()
  await successor.getByRole('menuitem', { name: '넘겨받기' }).click()
  await row(successor).getByText('맡은 사람').waitFor()
  expect(await row(successor).innerText()).toContain('무한돌봄')
  await successor.close()

  const leader = await screenOf(LEADER, `/cases/${caseId}`)
  await row(leader).getByTestId('action-state').click()
  await leader.getByRole('menuitem', { name: '상급자에게 알리기' }).click()
  const telling = leader.getByRole('dialog', { name: '상급자에게 알리기' })
  await telling.getByRole('button', { name: /어느 상급자에게/ }).click()
  await leader.getByRole('option').first().click()
  await telling.getByRole('textbox').fill('석 달째 이어지는 일입니다')
  await telling.getByRole('button', { name: '적용' }).click()
  await telling.waitFor({ state: 'detached' })
  await leader.close()

  const supervisor = await screenOf(SUPERVISOR, '/actions')
  await row(supervisor).getByText('상급자로서 알림을 받았습니다').waitFor()
  await row(supervisor).getByText('지나온 일').click()
  await row(supervisor).getByText('석 달째 이어지는 일입니다').waitFor()
  expect(await supervisor.getByTestId('action-row').count()).toBeGreaterThan(0)
  await supervisor.close()
})

test('done in the fourth with two keys, and seen in the case as what closure rests on', async () => {
  pass(18)
  const fourth = await nextMeeting('12월 통합사례회의')
  const leader = await enter(LEADER, fourth)
  const shown = await openReview(leader)
  await shown.focus()
  await leader.keyboard.press('KeyD')
  await shown.getByText('도움이 되었습니까?').waitFor()
  await expectNoFaults(leader)
  await shown.focus()
  await leader.keyboard.press('KeyD')
  await leader.keyboard.press('Digit1')
  await shown.getByText('이번 회의에서 정리함').waitFor()
  await leader.getByText('모두 점검했습니다.').waitFor()
  await moveTo(fourth, 'closed')
  await leader.close()

  const page = await screenOf(LEADER, `/cases/${caseId}`)
  const effects = page.getByTestId('effects').getByRole('row').filter({ hasText: '건강' })
  await effects.waitFor()
  // Need, done, better, same, worse, cannot tell, not asked, open.
  expect((await effects.innerText()).split(/\s+/)).toEqual(['건강', '1', '1', '0', '0', '0', '0', '0'])
  await row(page).getByText('지나온 일').click()
  await expectNoFaults(page)
  const history = await row(page).locator('.action-history li strong').allInnerTexts()
  expect(history).toEqual(['완료', '상급자에게 알리기', '넘겨받기', '다른 기관에 넘기기', '날짜까지 미루기', '수락'])
  await page.close()
})
