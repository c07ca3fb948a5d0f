/**
 * DOMAIN §11.2 by the screens of one dong's team: at its monthly internal conference one household is closed because its situation has improved, with the
 * evaluation of the closing; another, found by the blind-spot system, is linked to a service at once, and who pays the medical cost stands in the ledger.
 * (The conference itself, its cards and its wall: `internal-conference.whole.e2e.test.ts`.)
 */
import { beforeAll, test } from 'vitest'
import { dayInSeoul } from '../../shared/working-days.ts'
import { demoInBrowser } from '../support/demo-in-browser.ts'
import { describeInBrowser } from '../support/in-browser.ts'
import { addNeed, beginRecord, lifeRecord, movesTo, openCase, registerCase, section } from '../support/scenario-case.ts'
import {
  announce,
  closeMeeting,
  comeTo,
  confirmAttendance,
  confirmsAll,
  enterRoom,
  minutesAreFinal,
  planConference,
  writes,
} from '../support/scenario-conference.ts'
import { choose, day, expectNoComplaints, fillIn, kept, look, type ScenarioPerson } from '../support/scenario-people.ts'

const DONG = '중앙동 행정복지센터'
const IMPROVED = '민○○ 가구'
const MEDICAL = '표○○ 가구'

describeInBrowser('[DOMAIN 11.2] a monthly internal conference: one household is closed, one is linked at once', () => {
  const demo = demoInBrowser()
  let head: ScenarioPerson
  let worker: ScenarioPerson
  let taker: ScenarioPerson
  let all: ScenarioPerson[]

  beforeAll(async () => {
    ;[head, worker, taker] = all = await demo.people('jungang.head', 'jungang.team', 'jungang.case')
  })

  const TEAM = [{ name: DONG, workers: [/팀장/, /^사례관리 담당/, /동장/] }]

  test('one household has been helped since spring; the other was found by the blind-spot system', async () => {
    await registerCase(worker, {
      ...{ number: '2026-041', label: IMPROVED, stage: '서비스 제공·점검', route: '찾아가는 복지상담' },
      ...{ takenOver: '종이로 관리하던 사례를 옮김', agencies: TEAM },
    })
    await section(worker, '기록')
    const note = await beginRecord(worker, '과정기록')
    await note.getByLabel('내용').fill('10월에 취업하여 월급을 받음. 밀린 월세를 다 갚음.')
    await note.getByRole('button', { name: '저장', exact: true }).click()
    await worker.page.locator('li.record', { hasText: '취업하여' }).waitFor()

    await registerCase(worker, {
      ...{ number: '2026-042', label: MEDICAL, stage: '발굴', route: '복지사각지대 발굴시스템', agencies: TEAM },
    })
    await section(worker, '진행')
    for (const stage of ['초기상담', '접수', '욕구·위기도 조사']) await movesTo(worker, stage)
    await section(worker, '욕구·계획')
    await kept(worker)
    await addNeed(worker, { domain: '경제', subdomain: '기초생활 해결', level: '높음', phenomenon: '수술비 미납' })
    await look(worker, '2-01-found', true)
  })

  test('the meeting closes the one and links the other; both are read back, and the minutes are final', async () => {
    const path = await planConference(worker, {
      ...{ type: '내부사례회의', agencies: [] },
      parts: [
        ['맞춤형복지팀 팀장', '진행 대행'],
        ['동장', '진행자'],
        ['사례관리 담당', '기록자'],
      ],
      cases: [IMPROVED, MEDICAL],
    })
    await announce(worker.page)
    await look(worker, '2-02-planned', true)
    await head.goes(path)
    await head.page.getByRole('button', { name: '회의 열기' }).click()
    for (const one of all) await enterRoom(one, path)
    await confirmAttendance(taker.page)
    await head.page.getByRole('button', { name: '1번 안건부터 시작' }).click()
    await comeTo(all, IMPROVED)
    await writes(taker, '상황이 호전되어 사례관리를 종결한다', 'decision')
    await taker.page.getByRole('button', { name: '종결 결정 1 종류' }).waitFor()
    await confirmsAll(head, all)
    await look(head, '2-03-closed-item')

    await head.page.keyboard.press('Control+Alt+KeyN')
    await comeTo(all, MEDICAL)
    await writes(taker, '의료비는 서비스연계로 바로 지원한다', 'decision')
    await taker.page.getByRole('button', { name: '서비스연계 대상 결정 1 종류' }).waitFor()
    await writes(taker, '중앙동이 의료비 100만 원을 28일까지 지원한다', 'action')
    const promise = taker.page.getByRole('listitem', { name: '조치사항 1' })
    await promise.getByRole('button', { name: /^기한 .* 넣기$/ }).click()
    const amount = promise.getByRole('button', { name: /^금액 .* 넣기$/ })
    if (await amount.isVisible()) await amount.click()
    else await fillIn(promise, '금액(원)', '1000000')
    await worker.page.getByRole('button', { name: /^수락: 중앙동이/ }).click()
    await confirmsAll(head, all)
    await look(head, '2-04-linked-item', true)
    await closeMeeting(head, '담당자는 팀에서 정함')
    await minutesAreFinal(head, [head])
    await look(head, '2-05-minutes', true)
  })

  test('the closing is evaluated, and the household is closed because its situation has improved', async () => {
    await openCase(worker, IMPROVED, '진행')
    await look(worker, '2-06-before-closing', true)
    await lifeRecord(worker, '종결평가서 쓰기', '종결평가서', async form => {
      await form.getByRole('button', { name: '목표 추가' }).click()
      await form.getByLabel('목표', { exact: true }).fill('일을 구해 월세를 낸다')
      await form.getByLabel(/^종합 의견/).fill('취업으로 소득이 생겨 스스로 생활함')
      await form.getByText('종결', { exact: true }).click()
      await form.getByText('상황 호전', { exact: true }).click()
      await look(worker, '2-07-evaluation')
    })
    await movesTo(worker, '종결')
    await worker.page.getByText('상황 호전').first().waitFor()
    await movesTo(worker, '사후관리')
    await look(worker, '2-08-aftercare', true)
  })

  test('the other goes the way of service linkage, and the medical cost stands in the ledger, given', async () => {
    const { page } = worker
    await openCase(worker, MEDICAL, '진행')
    await page.getByText('회의에서 결정되었습니다').waitFor()
    await movesTo(worker, '선정')
    await movesTo(worker, '서비스연계')
    await page.locator('.life-line', { hasText: '서비스연계' }).waitFor()
    await look(worker, '2-09-linked', true)
    await section(worker, '의뢰·자원')
    await page.getByRole('button', { name: /^지원에 적기: 중앙동이 의료비/ }).click()
    await choose(page, '서비스 종류', '재난적의료비 지원')
    await day(page, '첫날', dayInSeoul(Date.now()))
    await page.getByRole('button', { name: '지원에 적기', exact: true }).click()
    const given = page.getByRole('article').filter({ hasText: '의료비' })
    await given.getByText('재난적의료비 지원').first().waitFor()
    await given.getByRole('button', { name: / 드림$/ }).click()
    await page.getByRole('row', { name: '중앙동 행정복지센터 1,000,000원 0원' }).waitFor()
    await look(worker, '2-10-ledger', true)
    await section(worker, '진행')
    await movesTo(worker, '사후관리', '의료비를 지원했고 더 필요한 것이 없음')
  })

  test('no page complained', () => expectNoComplaints(all))
})
