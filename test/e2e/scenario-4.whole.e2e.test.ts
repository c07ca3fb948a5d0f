/**
 * The quarter of DOMAIN §11.4 in browsers: three dongs take in their lists (61 rows; 8 unreadable, 2 twice), triage 51 households on the board, hear 47 of
 * them in their own internal conferences, select 43, link what helps, look after them regularly, and find the quarter's figures counted by themselves.
 * Every press that differs is played; equal presses of the way to the conference (the first interview of each household) and of the checks after it
 * are played once for each dong and sent over the same HTTP interface for the others.
 */
import { beforeAll, expect, test } from 'vitest'
import { DEMO_AGENCIES, DEMO_PASSWORD, demoPerson } from '../../server/demo/community.ts'
import { must } from '../../shared/assert.ts'
import { entryOf } from '../../shared/code-sets/code-sets.ts'
import type { Service } from '../../shared/code-sets/services.ts'
import { shippedSet } from '../../shared/code-sets/shipped.ts'
import {
  ATTENDANCE_MODES,
  CASE_STAGES,
  type CaseStage,
  CONFERENCE_TYPES,
  DECISION_KINDS,
  DISCOVERY_ROUTES,
  NEED_DOMAINS,
} from '../../shared/codes.ts'
import { FIGURES, type FigureId } from '../../shared/figures/figure-codes.ts'
import type { CaseLifeView } from '../../shared/protocol/case-life.ts'
import type { CaseView, ConferenceView } from '../../shared/protocol/http-api.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import { expectNoFaults } from '../support/axe.ts'
import { demoInBrowser } from '../support/demo-in-browser.ts'
import { describeInBrowser } from '../support/in-browser.ts'
import { type Person, signIn } from '../support/person.ts'
import { signIn as signInAtScreen } from '../support/room-page.ts'
import {
  checks,
  checksByScreen,
  entersPromise,
  finishes,
  ledgerOf,
  movesAll,
  plansAndDelivers,
} from '../support/scenario-4-after.ts'
import { cellOf, changed, rowOf, type ShownFigures, shownFigures } from '../support/scenario-4-figures.ts'
import { DONGS, type Dong, type Household, NEEDS, type Outcome, wordsOfFault } from '../support/scenario-4-lists.ts'
import { closesAndConfirms, decides, opens, type Pledge, SAID, type Table } from '../support/scenario-4-meeting.ts'
import { choose, expectNoComplaints, look, type ScenarioPerson } from '../support/scenario-people.ts'

/** What each dong itself gives for a need, how much, and what it is called in the ledger. */
const GIVES = {
  economy: { what: '생계급여', won: 710_000, service: 'livelihood_benefit' },
  health: { what: '의료급여', won: 1_500_000, service: 'medical_aid' },
  living_environment: { what: '주거급여', won: 268_000, service: 'housing_benefit' },
  employment: { what: '자활 참여비', won: 90_000, service: 'self_reliance' },
} as const satisfies Record<(typeof NEEDS)[number], { what: string; won: number; service: Service }>
const WON = Object.values(GIVES).reduce((sum, { won }) => sum + won, 0)

/** Where a household goes by what its meeting decided. */
const STAGE_BY = {
  selected: 'selection',
  service_linkage: 'service_linked',
  not_selected: 'not_selected',
  deferred: 'deferred',
} as const satisfies Record<Outcome, CaseStage>

const MINUTES_PLANNED = 120

/** One of the dongs in the test: two people at their screens, and the leader once more without one. */
interface Office extends Table {
  dong: Dong
  byHttp: Person
  conferenceId: string
  before: { year: ShownFigures; month: ShownFigures }
  cases: readonly CaseView[]
}

describeInBrowser('a quarter of finding', () => {
  const demo = demoInBrowser()
  const offices: Office[] = []

  beforeAll(async () => {
    for (const dong of DONGS) {
      const byHttp = await signIn(demo.dure.url, `${dong.slug}.team`, DEMO_PASSWORD)
      const leader = await demo.person(`${dong.slug}.team`)
      const taker = await demo.person(`${dong.slug}.case`)
      // The test speaks for the leader over HTTP as well, and the screen tells of the second sign-in.
      const known = leader.page.getByRole('button', { name: '내가 로그인했습니다' })
      if (await known.isVisible()) await known.click()
      const { conferenceId } = await plan(byHttp, dong)
      const before = await figuresOf(leader)
      offices.push({ dong, byHttp, leader, taker, conferenceId, before, cases: [] })
    }
  })

  /** The office's monthly meeting stands in the calendar; its agenda comes from the board. */
  function plan(person: Person, { slug, shortName }: Dong): Promise<ConferenceView> {
    const { agencyId } = DEMO_AGENCIES[slug]
    const part = (login: string, role: string) => ({ userId: demoPerson(login).userId, agencyId, role })
    return person.post<ConferenceView>('/api/conferences', {
      type: 'internal',
      title: `${shortName} 선정 회의`,
      startsAt: new Date().toISOString(),
      minutes: MINUTES_PLANNED,
      place: `${shortName} 행정복지센터 회의실`,
      remoteLink: '',
      hostAgencyId: agencyId,
      participants: [part(`${slug}.team`, 'leader'), part(`${slug}.case`, 'minute_taker')],
    })
  }

  const heard = ({ households }: Dong) => households.filter(one => one.fate.at === 'meeting')
  const outcomeOf = ({ fate }: Household) => (fate.at === 'meeting' ? fate.outcome : undefined)
  const selectedOf = (dong: Dong) => dong.households.filter(one => outcomeOf(one) === 'selected')
  /** The households for which the office promises something itself: the first selected one for each need. */
  function pledged(dong: Dong): ReadonlyMap<Household, (typeof NEEDS)[number]> {
    const first = NEEDS.map(need => {
      const household = selectedOf(dong).find(one => one.fate.at === 'meeting' && one.fate.need === need)
      return [must(household, 'somebody with that need'), need] as const
    })
    return new Map(first)
  }
  const pledgeOf = ({ shortName }: Dong, need: (typeof NEEDS)[number]): Pledge => {
    const { what, won } = GIVES[need]
    return { words: `${shortName}이 ${what} ${won.toLocaleString('ko')}원을 28일까지 지원한다`, about: what }
  }

  test('61 rows are the quarter of three dongs: 8 cannot be read, 2 stand there twice, 51 households, 43 of them selected', () => {
    const sum = (count: (dong: Dong) => number) => DONGS.reduce((total, dong) => total + count(dong), 0)
    expect([
      sum(dong => dong.rows),
      sum(dong => dong.faults.length),
      sum(dong => dong.doubles),
      sum(dong => dong.households.length),
      sum(dong => selectedOf(dong).length),
    ]).toEqual([61, 8, 2, 51, 43])
  })

  test('each dong takes its list in, XLSX and CP949 alike: every faulty row with its reason, every double asked about', async () => {
    for (const { dong, leader } of offices) {
      const { page } = leader
      await leader.goes('/findings/imports')
      await choose(page, '발굴 경로', DISCOVERY_ROUTES[dong.route].ko)
      const choosing = page.waitForEvent('filechooser')
      await page.getByRole('button', { name: '명단 파일 고르기' }).click()
      await (await choosing).setFiles(dong.file)
      await page.getByRole('heading', { name: dong.file.name }).waitFor()
      const good = dong.households.length
      await page.getByText(`${dong.rows}행 가운데 ${good}가구를 가져옵니다`).waitFor()
      const faults = page.locator('section', {
        has: page.getByRole('heading', { name: `고칠 행 ${dong.faults.length}` }),
      })
      const reasons = await faults.locator('tbody tr td:last-child').allInnerTexts()
      expect(reasons.sort()).toEqual(dong.faults.map(wordsOfFault).sort())
      if (dong.doubles > 0)
        await page.getByRole('heading', { name: `겹치는 것으로 보이는 행 ${dong.doubles}` }).waitFor()
      await look(leader, `1-list-${dong.slug}`, dong.slug === 'saengyeon')
      await expectNoFaults(page)
      await page.getByRole('button', { name: `${good}가구 가져오기` }).click()
      await page.getByText(`${good}가구를 가져왔습니다`).waitFor()
    }
  })

  test('51 households are triaged; 47 become cases, and each dong puts all of its own on its agenda at once', async () => {
    for (const office of offices) {
      const { dong, leader, conferenceId } = office
      const { page } = leader
      // The demo's own list lies on one of the boards as well.
      await leader.goes('/findings')
      await choose(page, '명단', dong.file.name)
      const box = (name: string) => page.getByRole('checkbox', { name: `${name} 고르기`, exact: true })
      const line = (name: string) => page.locator('tbody tr', { has: box(name) })
      await box(dong.households[0]?.name ?? '').waitFor()
      for (const { name, fate } of dong.households) {
        if (fate.at !== 'board') continue
        await box(name).focus()
        await page.keyboard.press({ linked: '2', unreachable: '3', excluded: '4' }[fate.state])
        if (fate.state === 'excluded') {
          await page.getByRole('radio', { name: '이미 지원 중' }).press('Space')
          await page.getByRole('dialog').getByRole('button', { name: '제외' }).click()
        }
        const said = { linked: '서비스연계', unreachable: '연락 안 됨', excluded: '이미 지원 중' }[fate.state]
        await line(name).getByText(said).waitFor()
      }
      await look(leader, `2-board-${dong.slug}`, dong.slug === 'saengyeon')
      const count = heard(dong).length
      await page.getByRole('button', { name: new RegExp(`^선별 전 ${count}$`) }).click()
      await page.getByText(`${count}가구 가운데 1–${count}`).waitFor()
      await page.getByRole('checkbox', { name: '이 쪽 모두 고르기' }).press('Space')
      await page.getByText(`${count}가구 고름`).waitFor()
      await choose(page, '맡기기', demoPerson(`${dong.slug}.case`).name)
      await page.getByText(`${count}가구를 정했습니다`).waitFor()
      await page.getByRole('checkbox', { name: '이 쪽 모두 고르기' }).press('Space')
      await page.getByRole('button', { name: '사례로', exact: true }).click()
      await page.getByLabel(/첫 사례번호/).fill(dong.firstNumber)
      await look(leader, `3-become-${dong.slug}`)
      await page.getByRole('button', { name: '사례로 등록' }).click()
      await page.getByText(`${count}가구를 사례로 등록했습니다`).waitFor()
      await page.getByRole('dialog').getByRole('button', { name: '회의에 올리기' }).click()
      const tabling = page.getByRole('dialog', { name: `${count}개 사례를 회의에 올립니다` })
      await choose(tabling, /회의/, new RegExp(`${dong.shortName} 선정 회의`))
      await tabling.getByLabel('사례마다 (분)').fill('5')
      await tabling.getByRole('button', { name: '안건으로 올리기' }).click()
      await tabling.getByText(`안건 ${count}개를 올렸습니다`).waitFor()
      await tabling.getByRole('link', { name: '회의 준비로 가기' }).click()
      await page
        .getByText(heard(dong).at(-1)?.label ?? '')
        .first()
        .waitFor()
      await look(leader, `4-agenda-${dong.slug}`, dong.slug === 'saengyeon')
      const view = await office.byHttp.get<ConferenceView>(`/api/conferences/${conferenceId}`)
      // In which order, the meeting itself shows.
      const labels = view.items.map(item => (item.restricted ? '' : item.case?.label))
      expect(labels.sort()).toEqual(
        heard(dong)
          .map(one => one.label)
          .sort(),
      )
      await office.byHttp.post(`/api/conferences/${conferenceId}/state`, { _v: view._v, to: 'scheduled' })
      const { cases } = await office.byHttp.get<{ cases: CaseView[] }>('/api/cases')
      const first = Number(dong.firstNumber.slice(5))
      office.cases = heard(dong).map(({ label }, at) => {
        const file = must(
          cases.find(one => one.number === `2026-${first + at}`),
          `the case of ${label}`,
        )
        expect([file.label, file.stage]).toEqual([label, 'registered'])
        return file
      })
    }
  })

  test('the first household goes on its way to the conference by the screen, the others by the same commands', async () => {
    const way = ['assessment'] as const
    for (const office of offices) {
      const { leader, byHttp, cases } = await awake(office)
      const [first, ...others] = cases
      await leader.goes(`/cases/${first?.caseId}/life`)
      for (const stage of way) {
        await leader.page.getByRole('button', { name: new RegExp(`^${CASE_STAGES[stage].ko}(으)?로 옮기기`) }).click()
        await leader.page
          .getByRole('list', { name: '진행 단계' })
          .locator('[aria-current=step]', { hasText: CASE_STAGES[stage].ko })
          .waitFor()
      }
      for (const { caseId } of others) {
        let { _v } = await byHttp.get<CaseLifeView>(`/api/cases/${caseId}/life`)
        for (const to of way) {
          ;({ _v } = await byHttp.post<CaseLifeView>(`/api/cases/${caseId}/life`, { _v, do: 'move', to }))
        }
      }
    }
  })

  test.for(DONGS.map(dong => [dong.shortName, dong] as const))(
    'the selection meeting of %s: each household decided by keys, and the minutes confirmed',
    async ([, dong]) => {
      const office = await awake(officeOf(dong))
      const pledges = pledged(dong)
      await opens(office, `/conferences/${office.conferenceId}`)
      const households = heard(dong)
      for (const [at, household] of households.entries()) {
        const need = pledges.get(household)
        await decides(office, household, need && pledgeOf(dong, need))
        if (at === 2) await look(office.taker, `5-item-${dong.slug}`, dong.slug === 'saengyeon')
        if (at + 1 < households.length) await office.leader.page.keyboard.press('Control+Alt+KeyN')
      }
      await look(office.leader, `6-end-${dong.slug}`)
      await closesAndConfirms(office)
      await look(office.leader, `7-minutes-${dong.slug}`)
    },
  )

  test('every household of one decision is moved with one press on the start page', async () => {
    for (const office of offices) {
      const { dong, leader, byHttp, cases } = await awake(office)
      await leader.goes('/')
      await leader.page.getByText('단계를 옮길 수 있습니다').first().waitFor()
      await look(leader, `8-start-${dong.slug}`, dong.slug === 'saengyeon')
      await expectNoFaults(leader.page)
      for (const [outcome, to] of Object.entries(STAGE_BY)) {
        const count = heard(dong).filter(one => outcomeOf(one) === outcome).length
        if (count > 0) await movesAll(leader, { count, decision: SAID[outcome as Outcome].kind, to })
      }
      for (const [at, { caseId }] of cases.entries()) {
        const { stage } = await byHttp.get<CaseView>(`/api/cases/${caseId}`)
        expect([at, stage]).toEqual([at, STAGE_BY[must(outcomeOf(must(heard(dong)[at], 'it')), 'an outcome')]])
      }
    }
  })

  test('what was promised for livelihood, medicine, housing and work goes into the ledgers as it was said, and is done', async () => {
    for (const office of offices) {
      const { dong, leader, byHttp, cases } = await awake(office)
      for (const [household, need] of pledged(dong)) {
        const { caseId } = must(cases[heard(dong).indexOf(household)], 'its case')
        await entersPromise(leader, caseId, GIVES[need].what)
        expect((await ledgerOf(byHttp, caseId)).map(one => one.service)).toEqual([GIVES[need].service])
        const { status } = await finishes(byHttp, GIVES[need].what)
        expect(status).toBe('done')
      }
      await look(leader, `9-help-${dong.slug}`, dong.slug === 'saengyeon')
    }
  })

  test('each selected household has its plan, help is given, and it is checked regularly', async () => {
    for (const office of offices) {
      const { dong, byHttp, taker, cases } = await awake(office)
      for (const [at, household] of heard(dong).entries()) {
        if (household.fate.at !== 'meeting' || household.fate.outcome !== 'selected') continue
        const { caseId } = must(cases[at], 'its case')
        const need = must(
          NEEDS.find(one => household.fate.at === 'meeting' && one === household.fate.need),
          'a need',
        )
        const { what, service } = GIVES[need]
        await plansAndDelivers(byHttp, caseId, { service, provider: dong.shortName, today: dayInSeoul(Date.now()) })
        if (household === selectedOf(dong)[0]) await checksByScreen(taker, caseId)
        else await checks(byHttp, caseId, what)
      }
      await look(taker, `10-check-${dong.slug}`)
    }
  })

  test.for(DONGS.map(dong => [dong.shortName, dong] as const))(
    'the figures of %s have come by themselves: every number that is another one is what was done',
    async ([, dong]) => {
      const { leader, before, byHttp, cases } = await awake(officeOf(dong))
      const after = await figuresOf(leader)
      const [year = '', month = ''] = dayInSeoul(Date.now()).split('-').map(Number).map(String)
      const quarterOf = (day: string) => `${Math.ceil(Number(day.slice(5, 7)) / 3)}분기`
      const now = quarterOf(dayInSeoul(Date.now()))
      const expected: Record<string, number> = {}
      const add = (figure: FigureId, row: string, column: string, count: number) => {
        const place = cellOf(figure, row, column)
        if (count > 0) expected[place] = (expected[place] ?? 0) + count
      }
      for (const household of heard(dong)) {
        if (household.fate.at !== 'meeting') continue
        const { outcome, need } = household.fate
        const stage = outcome === 'selected' ? 'service_delivery' : STAGE_BY[outcome]
        add('stages', CASE_STAGES[stage].ko, '사례 수', 1)
        add('needs', NEED_DOMAINS[need].ko, '사례 수', 1)
        add('routes', DISCOVERY_ROUTES[household.route].ko, now, 1)
        add('routes', rowOf('routes', 'total'), now, 1)
        add('decided', DECISION_KINDS[SAID[outcome].kind].ko, now, 1)
        if (outcome !== 'selected') continue
        add('checks', now, '점검', 1)
        add('checks', now, '점검한 가구', 1)
      }
      for (const [household, need] of pledged(dong)) {
        const [linked] = await ledgerOf(byHttp, must(cases[heard(dong).indexOf(household)], 'its case').caseId)
        // Given on the day that was promised, which may lie in the next quarter, and then perhaps in the next year.
        if (linked?.from.startsWith(year)) {
          const { ko } = must(entryOf(shippedSet('service'), linked.service), 'a shipped service')
          add('linked', ko, quarterOf(linked.from), 1)
        }
        add('actions', `${month}월`, '약속', 1)
        add('actions', `${month}월`, '완료', 1)
        add('help', NEED_DOMAINS[need].ko, '공공(건)', 1)
      }
      const { name } = DEMO_AGENCIES[dong.slug]
      add('givers', name, '해낸 일(건)', NEEDS.length)
      add('givers', name, '금액을 적은 건', NEEDS.length)
      add('givers', name, '금액(원)', WON)
      add('meetings', `${month}월`, '회의 수', 1)
      add('lengths', rowOf('lengths', 'all_in_person'), '회의 수', 1)
      add('attendance', ATTENDANCE_MODES.in_person.ko, '연인원', 2)
      const isMedian = (place: string) => /시간\(분\)$|걸린 날$/.test(place)
      const found = Object.entries(changed(before.year, after.year))
      expect(Object.fromEntries(found.filter(([place]) => !isMedian(place)))).toEqual(expected)
      // A median is this meeting's alone where there was none before it.
      if (!before.year.get(cellOf('lengths', rowOf('lengths', 'all_in_person'), '회의 수'))) {
        const planned = cellOf('lengths', rowOf('lengths', 'all_in_person'), '계획한 시간(분)')
        expect(after.year.get(planned)).toBe(MINUTES_PLANNED)
      }

      const sheet = (row: string, column: string) => [`${year}년 ${month}월 사례회의 실적`, row, column].join(' › ')
      const monthly: Record<string, number> = {}
      for (const row of [CONFERENCE_TYPES.internal.ko, rowOf('month', 'total'), rowOf('month', 'since_january')]) {
        monthly[sheet(row, '회의 수')] = 1
        monthly[sheet(row, '안건')] = heard(dong).length
        // An agency counts once, however often it meets.
        if (!before.month.get(sheet(row, '회의 수'))) monthly[sheet(row, '참여 기관')] = 1
        monthly[sheet(row, '선정(가구)')] = selectedOf(dong).length
        const linked = heard(dong).filter(one => outcomeOf(one) === 'service_linkage').length
        if (linked > 0) monthly[sheet(row, '연계(가구)')] = linked
      }
      expect(changed(before.month, after.month)).toEqual(monthly)

      await leader.goes('/figures')
      await leader.page.locator('.figure-table').first().waitFor()
      await look(leader, `11-figures-${dong.slug}`, dong.slug === 'saengyeon')
      await expectNoFaults(leader.page)
      await leader.goes('/figures/quarter')
      const report = await shownFigures(leader.page)
      for (const [place, count] of report) {
        if (place.startsWith(FIGURES.quarter_outcomes.title.ko) && count !== null) {
          const [, kind = ''] = place.split(' › ')
          expect([place, count]).toEqual([place, after.year.get(cellOf('decided', kind, now))])
        }
      }
      await look(leader, `12-quarter-${dong.slug}`)
    },
  )

  test('the quarter of all three together: 43 selected, each looked after, in four kinds of help', async () => {
    const sum = async (figure: FigureId, isRow: (row: string) => boolean, column: string) => {
      let total = 0
      for (const office of offices) {
        const { leader, before } = await awake(office)
        const { year } = await figuresOf(leader)
        for (const [place, more] of Object.entries(changed(before.year, year))) {
          const [, row = '', of] = place.split(' › ')
          if (place.startsWith(FIGURES[figure].title.ko) && isRow(row) && of === column) total += more
        }
      }
      return total
    }
    const now = `${Math.ceil(Number(dayInSeoul(Date.now()).slice(5, 7)) / 3)}분기`
    expect(await sum('decided', row => row === DECISION_KINDS.select_case_management.ko, now)).toBe(43)
    expect(await sum('checks', row => row === now, '점검한 가구')).toBe(43)
    expect(await sum('routes', row => row === rowOf('routes', 'total'), now)).toBe(47)
  })

  test('no page complained', () => {
    // Something that closes in the moment in which a screen asks for it is answered by a 404, and who was signed out by a 401, as it should be.
    for (const { leader, taker } of offices) expectNoComplaints([leader, taker], /status of (404|401)/)
  })

  /** Whoever did nothing while the other dongs met was signed out, and signs in again. */
  async function awake(office: Office): Promise<Office> {
    office.byHttp = await signIn(demo.dure.url, `${office.dong.slug}.team`, DEMO_PASSWORD)
    for (const one of [office.leader, office.taker]) {
      await one.goes('/')
      const asked = one.page.getByLabel('아이디')
      await asked
        .or(one.page.getByRole('heading', { name: '내 회의' }))
        .first()
        .waitFor()
      if (await asked.isVisible()) await signInAtScreen(one.page, demo.dure, one.login)
    }
    return office
  }

  /** The year and the month as they stand on the screen now. */
  async function figuresOf(leader: ScenarioPerson): Promise<Office['before']> {
    await leader.goes('/figures')
    const year = await shownFigures(leader.page)
    await leader.goes('/figures/month')
    return { year, month: await shownFigures(leader.page) }
  }

  const officeOf = (dong: Dong): Office =>
    must(
      offices.find(one => one.dong === dong),
      'the office',
    )
})
