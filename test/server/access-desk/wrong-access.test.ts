/**
 * The wrong access, over HTTP in the whole application: a colleague who is not on a household's case is refused, opens it in an emergency, everybody
 * whom it concerns hears of it, the officer asks, the colleague explains; and the household's whole story of look-ups is there afterwards.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { User } from '../../../server/people/user-repository.ts'
import type { CaseAccessView, FlagsView, MonthReviewView } from '../../../shared/protocol/access-desk.ts'
import type { OpenedInEmergencyView } from '../../../shared/protocol/break-glass.ts'
import type { NoticesView } from '../../../shared/protocol/notices.ts'
import { dayInSeoul } from '../../../shared/working-days.ts'
import { type AppUnderTest, startAppUnderTest, type TestClient } from '../../support/app-under-test.ts'

let dure: AppUnderTest
let leader: TestClient
let officer: TestClient
let colleague: { user: User; client: TestClient }
let agencyId: string
let caseId: string
const NUMBER = '2026-345'

beforeAll(async () => {
  dure = await startAppUnderTest()
  const agency = await dure.agency()
  agencyId = agency._id
  const at = { agencyId: agency._id }
  const led = await dure.person({ ...at, name: '박담당' })
  leader = led.client
  officer = (await dure.person({ ...at, role: 'privacy_officer', name: '보호책임자' })).client
  colleague = await dure.person({ ...at, name: '김동료' })
  const made = await leader.post('/api/cases', {
    number: NUMBER,
    label: '김○○ 가구',
    agencies: [{ agencyId, role: 'lead' }],
    workers: [{ userId: led.user._id, agencyId }],
  })
  caseId = (made.body as { caseId: string }).caseId
})
afterAll(() => dure.close())

const kindsOf = async (client: TestClient) => ((await client.get('/api/notices')).body as NoticesView).notices

test('[AD7] [AD8] [BG5] [NT9] [LR-15] [LR-36] refused, opened in an emergency, told, asked and explained', async () => {
  const { client } = colleague
  expect((await client.get(`/api/cases/${caseId}`)).reason).toBe('not-found')
  const opened = await client.post('/api/break-glass', {
    agencyId,
    number: NUMBER,
    reason: 'out_of_reach',
    words: '이웃이 사흘째 불이 켜져 있다고 신고했고 담당자는 휴가 중입니다',
  })
  expect((opened.body as OpenedInEmergencyView).caseId).toBe(caseId)
  expect((await client.get(`/api/cases/${caseId}`)).status).toBe(200)
  const change = await client.patch(`/api/cases/${caseId}`, { _v: 1, label: '바꾼 가구' })
  expect(change.reason).toBe('not-allowed')
  expect((await client.get('/api/cases')).text).not.toContain(NUMBER)

  expect(await kindsOf(leader)).toMatchObject([
    { kind: 'emergency_opened', group: { of: 'case', caseId, number: NUMBER } },
  ])
  const atDesk = await kindsOf(officer)
  expect(atDesk).toMatchObject([{ kind: 'emergency_opened', group: { of: 'desk' } }])
  expect(JSON.stringify(atDesk)).not.toContain(NUMBER)

  const desk = `/api/agencies/${agencyId}/access`
  const flags = ((await officer.get(`${desk}/flags`)).body as FlagsView).flags
  expect(flags.map(flag => flag.rule)).toEqual(expect.arrayContaining(['break_glass', 'same_family_name']))
  const flag = flags.find(one => one.rule === 'break_glass')
  const ask = { _v: flag?._v, move: 'ask', words: '어떻게 조치했는지 적어 주세요' }
  expect((await officer.post(`${desk}/flags/${flag?.flagId}`, ask)).status).toBe(200)
  expect((await kindsOf(client)).map(({ kind }) => kind)).toEqual(['explanation_asked'])
  const mine = ((await client.get('/api/access/explanations')).body as FlagsView).flags
  expect(mine).toMatchObject([{ rule: 'break_glass', number: NUMBER, moves: ['answer'] }])
  const answer = { _v: mine[0]?._v, move: 'answer', words: '119와 함께 방문해 안전을 확인했습니다' }
  expect((await client.post(`/api/access/explanations/${flag?.flagId}`, answer)).status).toBe(200)
  const after = ((await officer.get(`${desk}/flags`)).body as FlagsView).flags
  expect(after.find(one => one.rule === 'break_glass')).toMatchObject({
    state: 'answered',
    moves: ['accept', 'ask_again', 'set_aside'],
  })

  dure.advance(61 * 60_000)
  const back = await dure.signIn(colleague.user.login)
  expect((await back.get(`/api/cases/${caseId}`)).reason).toBe('not-found')
})

test('[AD2] [AD9] [LR-11] [LR-13] [LR-34] who saw what of this household, in the officer’s words, from the first look to the last', async () => {
  const again = await dure.signIn(
    (await dure.person({ agencyId: agencyId as never, role: 'privacy_officer' })).user.login,
  )
  const found = await again.get(`/api/agencies/${agencyId}/access/cases?text=${NUMBER}`)
  expect(found.text).toContain(caseId)
  const view = (await again.get(`/api/agencies/${agencyId}/access/cases/${caseId}`)).body as CaseAccessView
  const byName = Object.fromEntries(view.people.map(person => [person.name, person.counts]))
  expect(byName).toMatchObject({
    박담당: { change: 1 },
    김동료: { refused: 3, emergency: 1, open: 1 },
    보호책임자: { review: expect.any(Number) },
  })
  const month = dayInSeoul(dure.app.clock.now()).slice(0, 7)
  const review = (await again.get(`/api/agencies/${agencyId}/access/months/${month}`)).body as MonthReviewView
  expect(review.refused.filter(one => one.name === '김동료').map(one => [one.number, one.address])).toEqual(
    Array(3).fill([NUMBER, '127.0.0.1']),
  )
  const file = await again.post(`/api/agencies/${agencyId}/access/cases/${caseId}/file`, {
    purpose: '정보주체의 열람 요구에 답하기 위함',
  })
  expect(String(file.headers['content-disposition'])).toContain('attachment')
  expect(file.text).toContain('긴급 열람')
  expect(await dure.app.audit.verify()).toEqual([])
})
