/**
 * DOMAIN §11.1 from the first contact to the end, by the screens of five agencies: found on an outreach round, consent entered once, needs and research, an
 * integrated conference of eight people that takes the household on, its promises brought back until they are kept, plan, giving, monitoring,
 * reassessment, closing with its evaluation, aftercare. `DURE_PICTURES` names a folder for a picture of each stage.
 */
import { beforeAll, expect, test } from 'vitest'
import { dayInSeoul } from '../../shared/working-days.ts'
import { demoInBrowser } from '../support/demo-in-browser.ts'
import { describeInBrowser } from '../support/in-browser.ts'
import {
  acknowledges,
  addNeed,
  addPlanRow,
  beginRecord,
  enterConsent,
  enterPublicTask,
  lifeRecord,
  movesTo,
  openCase,
  registerCase,
  section,
  settles,
  writeInto,
} from '../support/scenario-case.ts'
import {
  announce,
  closeMeeting,
  comeTo,
  confirmAttendance,
  confirmsAll,
  enterRoom,
  minutesAreFinal,
  openRoom,
  planConference,
  writes,
} from '../support/scenario-conference.ts'
import { choose, day, expectNoComplaints, fillIn, kept, look, type ScenarioPerson } from '../support/scenario-people.ts'

const HOUSEHOLD = '윤○○ 가구'
const DONG = '생연1동 행정복지센터'
const CITY = '동두천시 무한돌봄팀'
const COUNCIL = '동두천시 사회복지협의회'
const ANGEL = '희망지킴이 천사운동본부'
const MIND = '가상 정신건강복지센터 (합성)'
const GUESTS = [CITY, COUNCIL, ANGEL, MIND]
const REVIEW = '지난 회의 조치사항 점검'
const NEXT = '다음 회의 일정'
const SENSITIVE_LAW = '사회보장급여법 시행령 제28조'

describeInBrowser('[DOMAIN 11.1] a household in a high crisis, from the first contact to the end', () => {
  const demo = demoInBrowser()
  let leader: ScenarioPerson
  let taker: ScenarioPerson
  let city: ScenarioPerson
  let council: ScenarioPerson
  let angel: ScenarioPerson
  let mind: ScenarioPerson
  let all: ScenarioPerson[]
  let caseId: string

  beforeAll(async () => {
    leader = await demo.person('saengyeon.team')
  })

  /** Everybody who has a device comes in; the minute-taker confirms all who are at the table. */
  async function gathers(path: string, people: readonly ScenarioPerson[]): Promise<void> {
    for (const one of people) await enterRoom(one, path)
    await confirmAttendance(taker.page)
    await leader.page.getByRole('button', { name: '1번 안건부터 시작' }).click()
  }

  test('first contact: found on an outreach round, a file with its agencies, the first interview', async () => {
    const { page } = leader
    caseId = await registerCase(leader, {
      number: '2026-103',
      label: HOUSEHOLD,
      stage: '발굴',
      route: '찾아가는 복지상담',
      agencies: [
        { name: DONG, workers: [/팀장/, /^사례관리 담당/] },
        { name: CITY, role: '공동사례관리 기관', workers: [/통합사례관리사/] },
        { name: COUNCIL, workers: [/복지자원 담당/] },
        { name: ANGEL, workers: [/후원 담당/] },
        { name: MIND, workers: [/정신건강 담당/] },
      ],
    })
    await look(leader, '1-01-registered', true)
    await section(leader, '진행')
    await movesTo(leader, '초기상담')
    await section(leader, '기록')
    const intake = await beginRecord(leader, '초기상담')
    // Known from the finding, chosen once.
    await intake.getByRole('button', { name: '찾아가는 복지상담 발굴 경로' }).waitFor()
    await intake.getByLabel('걸린 시간(분)').fill('50')
    await intake.getByLabel('만난 사람').fill('본인')
    await intake.getByLabel(/원하는 도움/).fill('빚 독촉이 멈추고, 검사를 받고 싶다')
    await intake
      .getByLabel('내용')
      .fill('카드 빚 4천만 원. 폐암이 뇌로 전이되어 간병이 필요하나 도울 가족이 없음. 무기력함.')
    await look(leader, '1-02-intake')
    await intake.getByRole('button', { name: '저장', exact: true }).click()
    await page.locator('li.record', { hasText: '카드 빚' }).waitFor()
    await section(leader, '진행')
    await movesTo(leader, '접수')
    await movesTo(leader, '욕구·위기도 조사')
  })

  test('[LR-24] one consent, entered once, opens the file to the agencies that it names, and to nobody before', async () => {
    council = await demo.person('council.case')
    await council.goes(`/cases/${caseId}`)
    await council.page.getByText('찾는 내용이 없거나 볼 수 없습니다').waitFor()
    await section(leader, '기관·근거')
    await enterConsent(leader, { receivers: [COUNCIL, ANGEL], keptAt: '생연1동 문서보관함 2-3' })
    for (const receiver of [CITY, MIND]) await enterPublicTask(leader, { receiver, sensitiveLaw: SENSITIVE_LAW })
    await expect.poll(() => leader.page.getByRole('table').first().getByText('열람할 수 있음').count()).toBe(5)
    await look(leader, '1-03-bases', true)
    await council.page.reload()
    await council.page.getByRole('heading', { level: 1, name: HOUSEHOLD }).waitFor()
  })

  test('needs of debt, of mind and of body stand in the file, and how high the risk is', async () => {
    await section(leader, '욕구·계획')
    await kept(leader)
    await writeInto(leader.page, '사례 개요', '50대 1인가구. 빚과 병이 겹쳤고 도울 사람이 없음.')
    await addNeed(leader, { domain: '경제', subdomain: '자산관리', level: '높음', phenomenon: '카드 빚 4천만 원' })
    await addNeed(leader, { domain: '건강', subdomain: '정신적 건강', level: '높음', phenomenon: '우울, 무기력' })
    await addNeed(leader, {
      ...{ domain: '건강', subdomain: '신체적 건강', level: '매우 높음' },
      phenomenon: '폐암이 뇌로 전이됨',
      wanted: '검사와 간병',
    })
    await leader.page.getByRole('img', { name: /영역마다 가장 높은 정도: .*건강 매우 높음/ }).waitFor()
    await look(leader, '1-04-needs', true)
    await section(leader, '기록')
    const risk = await beginRecord(leader, '위기도 조사')
    for (const item of ['치료받지 못하는 질병·부상이 있는가', '갚을 수 없는 빚·연체가 있는가']) {
      await risk.getByRole('radiogroup', { name: item }).getByText('바로 개입 필요').click()
    }
    await risk.getByRole('button', { name: '저장', exact: true }).click()
    await leader.page.locator('li.record', { hasText: /점수 8\/40/ }).waitFor()
    await look(leader, '1-05-risk')
  })

  test('the conference is planned for five agencies and eight people; who is invited prepares a sheet', async () => {
    const path = await planConference(leader, {
      agencies: GUESTS,
      parts: [['사례관리 담당', '기록자']],
      cases: [HOUSEHOLD],
      general: [NEXT],
    })
    await leader.page.getByText('5개 기관 8명').waitFor()
    await expect.poll(() => leader.page.getByText('근거 있음').count()).toBe(4)
    await look(leader, '1-06-plan', true)
    await announce(leader.page)
    const { page } = council
    await council.goes('/')
    await page
      .getByRole('link', { name: /조사자료 쓰기/ })
      .last()
      .click()
    await page.getByRole('button', { name: '비밀유지에 동의하고 열기' }).click()
    await page.getByRole('table').getByRole('link').first().click()
    await page.getByText('아는 가구', { exact: true }).click()
    await page.getByLabel('사실').fill('2025년 12월 난방비 20만 원을 지원했다.')
    await page.getByLabel('제안하는 조치').fill('간병비를 석 달 동안 낼 수 있다.')
    await page.getByLabel('공유하지 않는 것과 그 까닭').fill('후원자 이름: 후원자가 원하지 않음')
    await look(council, '1-07-research', true)
    await page.getByRole('button', { name: '공유하기' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: '공유하기' }).click()
    await page.getByText(/복지자원 담당 님이 공유했습니다/).waitFor()
    await openRoom(leader.page)

    ;[taker, city, angel, mind] = await demo.people('saengyeon.case', 'muhan.case', 'angel.case', 'mind.case')
    all = [leader, taker, city, council, angel, mind]
    await gathers(path, all)
    await leader.page.getByText('8명').first().waitFor()
    await comeTo(all, HOUSEHOLD)
    // What the council keeps to itself is on nobody's screen.
    await leader.page.getByText('공유 1곳').first().waitFor()
    for (const one of all) expect(await one.page.content()).not.toContain('후원자')
    await look(leader, '1-08-room', true)
  })

  test('each agency says what it thinks, need by need; the household is taken on with promises of three agencies', async () => {
    // Written in the case once: a press brings outline and needs into the item.
    await leader.page.getByRole('button', { name: '사례의 개요와 욕구 가져오기' }).click()
    for (const need of ['경제', '건강']) {
      await Promise.all(all.map(({ page }) => page.getByRole('heading', { level: 4, name: need }).waitFor()))
    }
    await mind.page.getByText('빚과 병이 겹쳤고').waitFor()
    for (const [one, words, field] of [
      [council, '난방비를 지원한 적이 있음', '경제 욕구에 대한 협의회 의견'],
      [mind, '우울 검사와 방문 상담이 먼저', '건강 욕구에 대한 정신건강(합성) 의견'],
      [angel, '검사비를 낼 수 있음', '건강 욕구에 대한 천사운동본부 의견'],
    ] as const) {
      await writeInto(one.page, field, words)
      await leader.page.getByText(words).waitFor()
    }
    await writes(taker, '통합사례관리 대상자로 선정하고 욕구가 해소될 때까지 지원한다', 'decision')
    await taker.page.getByRole('button', { name: '통합사례관리 대상 선정 결정 1 종류' }).waitFor()
    await writes(taker, '생연1동이 국민기초생활을 27일까지 신청한다', 'action')
    await writes(taker, '협의회가 간병비를 석 달 동안 지원한다', 'action')
    await writes(taker, '천사운동본부가 검사비를 27일까지 지원한다', 'action')
    const promise = (n: number) => taker.page.getByRole('listitem', { name: `조치사항 ${n}` })
    for (const n of [1, 3])
      await promise(n)
        .getByRole('button', { name: /^기한 .* 넣기$/ })
        .click()
    await fillIn(promise(2), '금액(원)', '600000')
    await look(taker, '1-09-promises')
    await taker.stored()
    await taker.page.getByRole('button', { name: /^수락: 생연1동이/ }).click()
    await council.page.getByRole('button', { name: /^수락: 협의회가/ }).click()
    await angel.page.getByRole('button', { name: /^수락: 천사운동본부가/ }).click()
    await confirmsAll(leader, all)
    await look(leader, '1-10-confirmed')
    await leader.page.keyboard.press('Control+Alt+KeyN')
    await comeTo(all, NEXT)
    await writes(taker, '욕구가 해소될 때까지 한 달마다 다시 모인다')
    await taker.stored()
    await closeMeeting(leader, '담당자는 기관에서 정해 알리기로 함')
    await minutesAreFinal(leader, [leader, city, council, angel, mind])
    await look(leader, '1-11-minutes', true)
  })

  test('the decision moves the case by one press; the co-managing agency is asked and acknowledges', async () => {
    await leader.goes('/')
    await look(leader, '1-12-home')
    await openCase(leader, HOUSEHOLD, '진행')
    await leader.page.getByText('회의에서 결정되었습니다').waitFor()
    await look(leader, '1-13-proposal', true)
    await movesTo(leader, '선정')
    await movesTo(leader, '계획 수립')
    await acknowledges(city, HOUSEHOLD)
    await look(city, '1-14-acknowledged')
  })

  test('the plan holds what the law asks; what was promised in the meeting is given, and monitored', async () => {
    const { page } = leader
    await section(leader, '욕구·계획')
    await kept(leader)
    await addPlanRow(leader, {
      ...{ service: '간병비 지원', provider: COUNCIL, method: '현금', staff: '복지자원 담당' },
      ...{ start: '2026-12-01', end: '2027-02-28', times: '1', interval: '회/월', amount: '200000' },
    })
    await fillIn(page, '점검 주기(개월)', '1')
    await writeInto(page, '대상자(보호자)의 의견', '검사를 받고 집에서 지내고 싶다')
    await writeInto(page, '제공기관 사이의 연계 방법', '매월 첫 주 세 기관이 서로 알린다')
    await page.getByText('법에서 정한 내용이 모두 있습니다').waitFor()
    await look(leader, '1-15-plan', true)
    await section(leader, '진행')
    await movesTo(leader, '서비스 제공·점검')
    await acknowledges(city, HOUSEHOLD)

    // By the agency that promised it, out of the promise itself.
    const today = dayInSeoul(Date.now())
    await openCase(council, HOUSEHOLD, '의뢰·자원')
    await council.page.getByRole('button', { name: /^지원에 적기: 협의회/ }).click()
    await choose(council.page, '얼마나 자주', '매월')
    await council.page.getByLabel(/^금액/).fill('200000')
    await day(council.page, '첫날', today)
    await day(council.page, '마지막 날', `${Number(today.slice(0, 4)) + 1}-03-31`)
    await council.page.getByRole('button', { name: '지원에 적기', exact: true }).click()
    const given = council.page.getByRole('article').filter({ hasText: '간병비' })
    await given
      .getByRole('button', { name: / 드림$/ })
      .first()
      .click()
    await given.getByText(/드림 · 복지자원 담당/).waitFor()
    await look(council, '1-16-given', true)

    await section(leader, '기록')
    const check = await beginRecord(leader, '점검·모니터링')
    await check.getByText('제공됨', { exact: true }).click()
    await check.getByText('유지', { exact: true }).click()
    await check.getByLabel('의견').fill('간병인이 주 5일 온다. 검사를 받았다.')
    await check.getByRole('button', { name: '저장', exact: true }).click()
    await page.locator('li.record', { hasText: '간병인이 주 5일' }).waitFor()
    await look(leader, '1-17-monitored')
  })

  test('the next meeting brings the promises back; two are kept, one goes on; it decides to reassess', async () => {
    const path = await planConference(leader, {
      ...{ agencies: GUESTS, parts: [['사례관리 담당', '기록자']] as const, cases: [HOUSEHOLD] },
    })
    await leader.page.getByRole('button', { name: `${REVIEW} 안건으로 올리기` }).click()
    await leader.page.getByText('안건으로 올렸습니다.').first().waitFor()
    await announce(leader.page)
    await openRoom(leader.page)
    await gathers(path, all)
    await comeTo([leader, taker], REVIEW)
    await settles(taker, '간병비', 'd1', '완료')
    await settles(taker, '검사비', 'd1', '완료')
    await settles(taker, '국민기초생활', 'p', '진행 중')
    await look(taker, '1-18-review', true)
    await leader.page.keyboard.press('Control+Alt+KeyN')
    await comeTo([leader, taker], HOUSEHOLD)
    await writes(taker, '건강이 나빠져 재사정하고 계획을 다시 세운다', 'decision')
    await taker.page.getByRole('button', { name: '재사정 결정 1 종류' }).waitFor()
    await confirmsAll(leader, [leader, taker])
    await closeMeeting(leader, '다음 회의에서 이어감')
  })

  test('a reassessment changes the plan, and help goes on', async () => {
    await openCase(leader, HOUSEHOLD, '진행')
    await lifeRecord(leader, '재사정표 쓰기', '재사정표', async form => {
      await form.getByText('자원·환경의 변화', { exact: true }).click()
      await form.getByLabel(/달라진 욕구/).fill('이동이 어려워 방문 간호가 필요함')
    })
    await look(leader, '1-19-reassessed')
    await movesTo(leader, '재사정')
    await section(leader, '욕구·계획')
    await kept(leader)
    await addPlanRow(leader, {
      ...{ service: '상담·정보제공', provider: MIND, method: '방문', staff: '정신건강 담당' },
      ...{ start: '2026-12-01', end: '2027-02-28', times: '2', interval: '회/월' },
    })
    await leader.page.getByText('법에서 정한 내용이 모두 있습니다').waitFor()
    await section(leader, '진행')
    await movesTo(leader, '서비스 제공·점검', '달라진 욕구를 계획에 더했고, 하던 지원을 이어 감')
    await look(leader, '1-20-delivery-again', true)
  })

  test('the last promise is kept; the meeting decides to close; evaluation, acknowledgement and aftercare end it', async () => {
    const path = await planConference(leader, {
      ...{ agencies: GUESTS, parts: [['사례관리 담당', '기록자']] as const, cases: [HOUSEHOLD] },
    })
    await leader.page.getByRole('button', { name: `${REVIEW} 안건으로 올리기` }).click()
    await leader.page.getByText('안건으로 올렸습니다.').first().waitFor()
    await announce(leader.page)
    await openRoom(leader.page)
    await gathers(path, [leader, taker, council, angel])
    await comeTo([leader, taker], REVIEW)
    // Only what is not yet solved came back, a second time.
    await expect
      .poll(() =>
        taker.page
          .getByRole('region', { name: /지난 회의 조치사항 점검/ })
          .getByRole('listitem')
          .filter({ hasText: HOUSEHOLD })
          .or(
            taker.page
              .getByRole('region', { name: /지난 회의 조치사항 점검/ })
              .getByRole('listitem')
              .filter({ hasText: '간병비' }),
          )
          .count(),
      )
      .toBe(0)
    await settles(taker, '국민기초생활', 'd1', '완료')
    await leader.page.keyboard.press('Control+Alt+KeyN')
    await comeTo([leader, taker], HOUSEHOLD)
    await writes(taker, '욕구가 해소되어 사례관리를 종결한다', 'decision')
    await taker.page.getByRole('button', { name: '종결 결정 1 종류' }).waitFor()
    await confirmsAll(leader, [leader, taker])
    await closeMeeting(leader, '남은 것은 기관에서 마무리함')

    await openCase(leader, HOUSEHOLD, '진행')
    await look(leader, '1-21-before-closing', true)
    await lifeRecord(leader, '종결평가서 쓰기', '종결평가서', async form => {
      await form.getByLabel(/^종합 의견/).fill('급여가 결정되고 치료가 이어짐')
      await form.getByLabel('변화', { exact: true }).fill('혼자 병원에 다님')
      await form.getByText('종결', { exact: true }).click()
      await form.getByText('장기목표 달성', { exact: true }).click()
      await look(leader, '1-22-evaluation')
    })
    await movesTo(leader, '종결')
    await acknowledges(city, HOUSEHOLD)
    await leader.page.reload()
    await movesTo(leader, '사후관리')
    await lifeRecord(leader, '사후관리 기록', '사후관리', async form => {
      await form.getByLabel(/종결 뒤 변화/).fill('안정적으로 지냄')
    })
    await movesTo(leader, '사후관리 마침')
    await look(leader, '1-23-ended', true)
    const way = leader.page.locator('.life-history, section', { hasText: '지나온 길' }).last()
    for (const words of ['사후관리 → 사후관리 마침', '욕구·위기도 조사 → 사례회의', '발굴 → 초기상담']) {
      await way.getByText(words).waitFor()
    }
  })

  test('no page complained', () => expectNoComplaints(all))
})
