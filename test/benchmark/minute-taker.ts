/**
 *   npx tsx test/benchmark/minute-taker.ts
 *
 * One minute-taker takes the minutes of four households with nothing but the keyboard, once in Dure (build it first) and once in a form as a word
 * processor has it, with every name already printed in it. Counts key presses, a chord's keys one by one and a syllable's letters as a 2-set
 * keyboard needs them, and the time at one press every {@link PACE_MS} plus whatever had to be waited for.
 */
import { disassemble } from 'es-hangul'
import type { Page } from 'playwright-core'
import { DEMO_PASSWORD, demoPerson } from '../../server/demo/community.ts'
import { must } from '../../shared/assert.ts'
import type { CaseView, ConferenceView } from '../../shared/protocol/http-api.ts'
import { consentFor } from '../support/bases.ts'
import { OFFICE_PC, openBrowser, openContext } from '../support/browser.ts'
import { type DureProcess, startDure } from '../support/dure-process.ts'
import { signIn as signInOverHttp } from '../support/person.ts'
import { signIn } from '../support/room-page.ts'

/** 240 presses a minute: an ordinary office hand. */
const PACE_MS = 250

interface Household {
  label: string
  decision: string
  agency: string
  action: string
  due: string
}
const household = (letter: string, decision: string, agency: string, what: string, due: string): Household => ({
  label: `${letter}○○ 가구`,
  decision,
  agency,
  action: `${agency} ${what} ${due}까지`,
  due,
})
const HOUSEHOLDS = [
  household('강', '통합사례관리 대상자로 선정한다', '무한돌봄팀', '긴급지원 신청', '28일'),
  household('노', '서비스연계 대상으로 선정한다', '협의회', '채무조정 상담 연결', '27일'),
  household('문', '다음 회의에 다시 상정한다', '생연1동', '의료급여 상담', '26일'),
  household('백', '사후관리를 시작한다', '천사운동본부', '후원 물품 전달', '25일'),
]
const PEOPLE = ['saengyeon.team', 'saengyeon.case', 'muhan.case', 'council.case', 'angel.case']

/** A hand at the keyboard that counts. */
function handAt(page: Page) {
  const parts = new Map<string, { presses: number; waitedMs: number }>()
  let part = ''
  const now = () => must(parts.get(part), 'a part of the work')
  return {
    parts,
    begins(name: string) {
      part = name
      if (!parts.has(name)) parts.set(name, { presses: 0, waitedMs: 0 })
    },
    async press(chord: string) {
      now().presses += chord.split('+').length
      await page.keyboard.press(chord)
    },
    async types(text: string) {
      now().presses += disassemble(text).length
      await page.keyboard.type(text)
    },
    /** The hand rests until the screen is ready for what comes next. */
    async waits(ready: Promise<unknown>) {
      const began = performance.now()
      await ready
      now().waitedMs += performance.now() - began
    },
  }
}
type Hand = ReturnType<typeof handAt>

async function planConference(dure: DureProcess): Promise<ConferenceView> {
  const leader = await signInOverHttp(dure.url, 'saengyeon.team', DEMO_PASSWORD)
  const agencies = [...new Set(PEOPLE.map(login => demoPerson(login).agencyId))]
  const worker = (login: string) => ({ userId: demoPerson(login).userId, agencyId: demoPerson(login).agencyId })
  const [lead, ...partners] = agencies
  let view = await leader.post<ConferenceView>('/api/conferences', {
    type: 'integrated',
    title: '네 가구 통합사례회의',
    startsAt: new Date().toISOString(),
    minutes: 60,
    place: '생연1동 행정복지센터',
    remoteLink: '',
    hostAgencyId: lead,
    participants: PEOPLE.map((login, at) => ({ ...worker(login), role: ['leader', 'minute_taker'][at] ?? 'attendee' })),
  })
  for (const [at, { label }] of HOUSEHOLDS.entries()) {
    const { caseId } = await leader.post<CaseView>('/api/cases', {
      number: `2026-9${at}0`,
      label,
      agencies: [{ agencyId: lead, role: 'lead' }, ...partners.map(agencyId => ({ agencyId, role: 'partner' }))],
      workers: PEOPLE.map(worker),
    })
    await leader.post(`/api/cases/${caseId}/consents`, consentFor(partners))
    const item = { kind: 'case', caseId, agencies, minutes: 15 }
    view = await leader.post(`/api/conferences/${view.conferenceId}/items`, item)
  }
  for (const to of ['scheduled', 'live']) {
    view = await leader.post(`/api/conferences/${view.conferenceId}/state`, { _v: view._v, to })
  }
  return view
}

async function inDure(page: Page, dure: DureProcess): Promise<Hand> {
  const { conferenceId } = await planConference(dure)
  await signIn(page, dure, 'saengyeon.case')
  await page.goto(`${dure.urlOf('saengyeon')}/conferences/${conferenceId}`)
  const focused = (name: RegExp) => page.getByRole('button', { name }).and(page.locator(':focus')).waitFor()
  await focused(/^참석하고 비밀유지에 동의합니다$/)
  const hand = handAt(page)

  hand.begins('opening, attendance')
  await hand.press('Enter')
  await hand.waits(page.getByTestId('arrival').waitFor({ state: 'detached' }))
  await hand.press('Control+Alt+KeyA')
  await hand.waits(focused(/모두 대면 참석/))
  await hand.press('Enter')
  await hand.waits(page.getByText('모두 확인했습니다').waitFor())
  await hand.press('Escape')
  await hand.waits(page.getByRole('dialog').waitFor({ state: 'detached' }))

  for (const { label, decision, action, agency } of HOUSEHOLDS) {
    hand.begins('moving on')
    await hand.press('Control+Alt+KeyN')
    await hand.waits(page.locator('.item-title', { hasText: label }).waitFor())
    await hand.waits(page.getByRole('textbox', { name: '논의', exact: true }).waitFor())
    hand.begins('decision')
    await hand.press('Control+Alt+KeyD')
    await hand.types(decision)
    await hand.press('Control+Enter')
    await hand.waits(page.getByTestId('decision').getByText(decision).waitFor())
    hand.begins('action item, agency, date')
    await hand.press('Enter')
    await hand.types(action)
    await hand.press('Control+Shift+Enter')
    await hand.waits(page.getByTestId('action').getByText(action).waitFor())
    await hand.press('Control+Alt+KeyO')
    await hand.waits(page.getByRole('button', { name: /^기한 .*넣기$/ }).waitFor({ state: 'detached' }))
    hand.begins('confirming')
    await hand.press('Control+Alt+Enter')
    await hand.waits(focused(/^이견 없음 \(모두\) · 확인$/))
    const owed = page.getByTestId('read-text').getByText(agency).first()
    await owed.waitFor()
    await hand.press('Enter')
    await hand.waits(page.getByTestId('confirmed').getByText('모두 이견 없음').waitFor())
  }
  return hand
}

/** A table of minutes with the names of households and people printed in it, and a cell for everything that is not known before. */
async function inForm(page: Page): Promise<Hand> {
  const cell = (name: string) => `<td><input aria-label="${name}"></td>`
  const rows = HOUSEHOLDS.map(
    ({ label }) =>
      `<tr><th>${label}</th>${['결정 구분', '결정', '조치사항', '기관', '기한', '확인'].map(of => cell(`${label} ${of}`)).join('')}</tr>`,
  )
  await page.setContent(
    `<table>${PEOPLE.map(login => `<tr><th>${login}</th>${cell('참석')}${cell('비밀유지')}</tr>`).join('')}</table><table>${rows.join('')}</table>`,
  )
  await page.getByRole('textbox').first().focus()
  const hand = handAt(page)
  const fill = async (text: string) => {
    await hand.types(text)
    await hand.press('Tab')
  }
  hand.begins('opening, attendance')
  for (const _ of PEOPLE) for (const word of ['대면', '동의']) await fill(word)
  for (const { decision, action, agency, due } of HOUSEHOLDS) {
    hand.begins('moving on')
    hand.begins('decision')
    await fill(kindOf(decision))
    await fill(decision)
    hand.begins('action item, agency, date')
    await fill(action)
    await fill(agency)
    await fill(`11. ${due.replace('일', '')}.`)
    hand.begins('confirming')
    await fill('이견 없음')
  }
  const empty = await page
    .getByRole('textbox')
    .evaluateAll(cells => cells.filter(one => (one as HTMLInputElement).value === ''))
  if (empty.length > 0) throw new Error('A cell of the form was left empty')
  return hand
}

/** As it is written in the form's own column; Dure reads it from the sentence. */
const kindOf = (decision: string) =>
  decision.includes('통합')
    ? '선정'
    : decision.includes('연계')
      ? '서비스연계'
      : decision.includes('다시')
        ? '보류'
        : '사후관리'

const dure = await startDure()
const browser = await openBrowser()
try {
  const page = await (await openContext(browser, OFFICE_PC)).newPage()
  const ours = await inDure(page, dure)
  const form = await inForm(await (await openContext(browser, OFFICE_PC)).newPage())
  const secondsOf = ({ presses, waitedMs }: { presses: number; waitedMs: number }) =>
    (presses * PACE_MS + waitedMs) / 1000
  const row = (name: string, a: { presses: number; waitedMs: number }, b: { presses: number; waitedMs: number }) =>
    console.log(
      `| ${name} | ${a.presses} | ${secondsOf(a).toFixed(1)} | ${(a.waitedMs / 1000).toFixed(1)} | ${b.presses} | ${secondsOf(b).toFixed(1)} |`,
    )
  console.log(
    '| work | Dure: presses | seconds | of them waiting | form: presses | seconds |\n| --- | --- | --- | --- | --- | --- |',
  )
  const none = { presses: 0, waitedMs: 0 }
  const sum = (hand: Hand) =>
    [...hand.parts.values()].reduce(
      (all, one) => ({ presses: all.presses + one.presses, waitedMs: all.waitedMs + one.waitedMs }),
      none,
    )
  for (const [name, counted] of ours.parts) row(name, counted, form.parts.get(name) ?? none)
  row('all', sum(ours), sum(form))
} finally {
  await browser.close()
  await dure.close()
}
