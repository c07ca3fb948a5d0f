/**
 * A dong asks three agencies for help for a household, and each answers under its own rule (DOMAIN §11.5), act by act at their screens: from the first
 * contact to the end of the help. Each act leaves what the next one begins with; all of it is made up.
 */
import { expect } from 'vitest'
import { addDays, dayInSeoul } from '../../shared/working-days.ts'
import { expectNoFaults } from './axe.ts'
import { arrive } from './room-page.ts'
import { movesTo, registerCase, tick } from './scenario-case.ts'
import { addCaseItem, announce, closeMeeting, roomPathOf, writes } from './scenario-conference.ts'
import { choose, day, fillIn, findAndTake, kept, look, type ScenarioPerson } from './scenario-people.ts'

const HOUSEHOLD = '정○○ 가구'
const DONG = '생연1동 행정복지센터'
const SENIOR = '동두천시 노인복지관'
const CENTRE = '동두천시 사회복지협의회'
const CHARITY = '희망지킴이 천사운동본부'
const PHONE = '010-0000-0505'
const ADDRESS = '동두천시 생연로 합성 5'
const MEALS = '반찬을 만들 손이 없어 끼니를 거르심'
const WANTED = '일주일에 두 번 반찬'
const REQUEST = '한 주에 두 번 반찬을 가져다주시길 부탁드립니다'
const GROUND = '11월 20일 서면 동의, 생연1동 사례철 5-1'

export interface Cast {
  /** Leads the meeting of the dong. */
  team: ScenarioPerson
  /** Finds the household, asks for help, writes the minutes. */
  finder: ScenarioPerson
  senior: ScenarioPerson
  centre: ScenarioPerson
  charity: ScenarioPerson
}

export interface Story {
  caseId: string
}

const today = () => dayInSeoul(Date.now())
const button = (one: ScenarioPerson, name: string) => one.page.getByRole('button', { name, exact: true })
/** As cards call them. */
const SHORT: Readonly<Record<string, string>> = {
  [SENIOR]: '노인복지관',
  [CENTRE]: '협의회',
  [CHARITY]: '천사운동본부',
}
const card = (one: ScenarioPerson, agency: string) =>
  one.page
    .getByRole('article')
    .filter({ hasText: SHORT[agency] ?? agency })
    .filter({ hasText: REQUEST })

const sheet = async (one: ScenarioPerson, { caseId }: Story, part: string): Promise<void> => {
  await one.goes(`/cases/${caseId}/${part}`)
  await one.page.getByRole('heading', { level: 1, name: HOUSEHOLD }).waitFor()
}
const help = async (one: ScenarioPerson, story: Story): Promise<void> => {
  await sheet(one, story, 'help')
  await one.page.getByRole('heading', { name: '지원', exact: true }).waitFor()
}
const life = async (one: ScenarioPerson, story: Story): Promise<void> => {
  await sheet(one, story, 'life')
  await one.page.getByRole('list', { name: '진행 단계' }).waitFor()
}

/** The first contact: the household is registered and its needs are written down, once. */
export async function finds({ finder }: Cast): Promise<Story> {
  const { page } = finder
  const caseId = await registerCase(finder, {
    number: '2026-생연-505',
    label: HOUSEHOLD,
    stage: '초기상담',
    route: '찾아가는 복지상담',
    agencies: [{ name: DONG, workers: [/팀장/] }],
  })
  const story = { caseId }
  await sheet(finder, story, 'household')
  await kept(finder)
  await fillIn(page, '전화', PHONE)
  await fillIn(page, '주민등록상 주소', ADDRESS)
  await button(finder, '가구원 추가').click()
  await page.keyboard.type('정순자')
  await page.keyboard.press('Enter')
  await fillIn(page.getByRole('group', { name: '정순자' }), '출생', '1948-02-01')
  await kept(finder)
  await sheet(finder, story, 'needs')
  await kept(finder)
  const table = page.locator('section').filter({ has: page.getByRole('heading', { name: '욕구', exact: true }) })
  for (const [domain, seen, wanted] of [
    ['일상생활 유지', MEALS, WANTED],
    ['건강', '당뇨가 있어 단 음식을 드시면 안 됨', ''],
  ] as const) {
    await table.getByRole('button', { name: '욕구 추가' }).click()
    const row = table.locator('.row-editor-line').last()
    await choose(row, '욕구영역', domain)
    await row.getByRole('textbox', { name: '현상' }).click()
    await page.keyboard.type(seen)
    if (wanted === '') continue
    await row.getByRole('textbox', { name: '원하는 도움' }).click()
    await page.keyboard.type(wanted)
  }
  await kept(finder)
  await look(finder, '5-01-needs')
  await life(finder, story)
  for (const stage of ['접수', '욕구·위기도 조사']) await movesTo(finder, stage)
  return story
}

/** The directory is searched by need, one request goes to three, and it begins with what the case says. */
export async function asks({ finder }: Cast, story: Story): Promise<void> {
  const { page } = finder
  await help(finder, story)
  await button(finder, '지역 자원에서 찾기').click()
  await choose(page, '욕구 영역', '일상생활 유지')
  const ask = page.getByRole('button', { name: '의뢰 쓰기: 밑반찬 배달' })
  await ask.waitFor()
  expect(await page.getByRole('button', { name: '의뢰 쓰기: 후원금 결연' }).count()).toBe(0)
  await look(finder, '5-02-directory', true)
  await ask.click()
  for (const agency of [CENTRE, CHARITY]) await findAndTake(page, '기관 추가', agency)
  // The household's own words and numbers stand there already; what the receiver gets is chosen.
  await expect.poll(() => page.getByLabel('대상자 연락처', { exact: true }).inputValue()).toBe(PHONE)
  expect(await page.getByLabel('주소', { exact: true }).inputValue()).toBe(ADDRESS)
  expect(await page.getByLabel('성명', { exact: true }).inputValue()).toBe('정순자')
  await tick(page.getByRole('checkbox', { name: new RegExp(MEALS) }))
  await expect.poll(() => page.getByLabel('주된 문제', { exact: true }).inputValue()).toBe(MEALS)
  expect(await page.getByLabel('대상자가 바라는 서비스', { exact: true }).inputValue()).toBe(WANTED)
  await tick(page.getByRole('checkbox', { name: /당뇨/ }))
  await page.getByRole('checkbox', { name: /당뇨/ }).uncheck({ force: true })
  expect(await page.getByRole('textbox', { name: '건강·장애 (민감정보)' }).inputValue()).toBe('')
  for (const field of ['주된 문제', '대상자가 바라는 서비스']) {
    await tick(page.getByRole('checkbox', { name: `${field} 보이기` }))
  }
  await page.getByRole('textbox', { name: /의뢰 내용/ }).fill(REQUEST)
  const preview = page.locator('.referral-preview').first()
  await preview.getByText(MEALS).waitFor()
  expect(await preview.innerText()).not.toContain(PHONE)
  await look(finder, '5-03-referral', true)
  await expectNoFaults(page)
  await button(finder, '초안 저장').click()
  for (const agency of [SENIOR, CENTRE, CHARITY]) await card(finder, agency).getByText('작성 중').waitFor()
}

/** Nothing leaves without a ground; what the receiver will see is shown before it does. */
export async function sends({ finder, senior }: Cast, story: Story): Promise<void> {
  const { page } = finder
  await senior.goes('/referrals')
  await senior.page.getByRole('heading', { level: 1, name: '의뢰' }).waitFor()
  expect(await senior.page.getByText(REQUEST).count()).toBe(0)
  await help(finder, story)
  for (const agency of [SENIOR, CENTRE, CHARITY]) {
    await card(finder, agency).getByRole('button', { name: '보내기' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('이렇게 보입니다').waitFor()
    await dialog.getByText(/열람 근거가 없습니다/).waitFor()
    if (agency === SENIOR) {
      await dialog.getByRole('button', { name: '보내기' }).click()
      await dialog.getByText('근거를 고르고 내용을 적어 주세요').first().waitFor()
      await look(finder, '5-04-gate', true)
      await expectNoFaults(page)
    }
    await choose(dialog, /제공 근거/, '이 의뢰에 대한 대상자 동의')
    await dialog.getByRole('textbox', { name: /근거 내용/ }).fill(GROUND)
    expect(await dialog.innerText()).not.toContain(PHONE)
    await dialog.getByRole('button', { name: '보내기' }).click()
    await dialog.waitFor({ state: 'detached' })
    await card(finder, agency).getByText('오늘 보냈습니다').waitFor()
  }
  await look(finder, '5-05-sent')
}

/** Each under its own rule: one accepts with a first day, one declines with its reason; of each other they learn nothing. */
export async function answer({ senior, centre }: Cast): Promise<void> {
  await opensReferral(senior)
  const bytes = await senior.page.content()
  for (const hidden of [PHONE, ADDRESS, GROUND, '2026-생연-505', CENTRE, CHARITY]) {
    expect([hidden, bytes.includes(hidden)]).toEqual([hidden, false])
  }
  await look(senior, '5-06-received', true)
  await expectNoFaults(senior.page)
  await button(senior, '접수').click()
  await button(senior, '수락').click()
  const accepting = senior.page.getByRole('dialog')
  await day(accepting, /시작 예정일/, today())
  await accepting.getByRole('textbox', { name: /결정 내용/ }).fill('내규 3조: 혼자 식사를 못 하시는 어르신 먼저')
  await look(senior, '5-07-accepting')
  await accepting.getByRole('button', { name: '수락', exact: true }).click()
  await accepting.waitFor({ state: 'detached' })

  await opensReferral(centre)
  await button(centre, '거절').click()
  const declining = centre.page.getByRole('dialog')
  await choose(declining, /거절 사유/, '정원·예산이 찼음')
  await declining.getByRole('textbox', { name: /까닭/ }).fill('올해 반찬 배달은 서른 가구로 정원이 찼습니다')
  await look(centre, '5-08-declining')
  await declining.getByRole('button', { name: '거절', exact: true }).click()
  await declining.waitFor({ state: 'detached' })
}

async function opensReferral(one: ScenarioPerson): Promise<void> {
  await one.goes('/referrals')
  await one.page.getByRole('row').filter({ hasText: REQUEST }).getByRole('link').first().click()
  await one.page.getByText(MEALS).first().waitFor()
}

/** The meeting of the dong: the answers lie with the household's item, and the third comes while it is heard. */
export async function hears(cast: Cast, story: Story): Promise<void> {
  const { team, finder, charity } = cast
  const path = await plans(team)
  for (const one of [team, finder]) {
    await one.goes(path)
    await one.page.locator('[data-testid=receipt][data-place=stored]').waitFor()
  }
  await button(team, '회의 열기').click()
  for (const { page } of [team, finder]) {
    await page.getByTestId('arrival').waitFor()
    await arrive(page)
  }
  await button(team, '1번 안건부터 시작').click()
  for (const { page } of [team, finder]) {
    await page.locator('.item-title', { hasText: HOUSEHOLD }).waitFor()
    const material = page.getByTestId('item-referrals')
    await material
      .getByRole('listitem')
      .filter({ hasText: '내규 3조' })
      .getByText(/^시작 /)
      .waitFor()
    await material.getByText(/정원·예산이 찼음: 올해 반찬 배달은/).waitFor()
    expect(await material.getByRole('listitem').count()).toBe(3)
  }
  await look(team, '5-09-answers-in-the-room', true)
  await expectNoFaults(team.page)

  await opensReferral(charity)
  await button(charity, '수락').click()
  const accepting = charity.page.getByRole('dialog')
  await day(accepting, /시작 예정일/, addDays(today(), 7))
  await accepting.getByRole('textbox', { name: /결정 내용/ }).fill('이사회 승인, 다달이 오만 원')
  await accepting.getByRole('button', { name: '수락', exact: true }).click()
  await accepting.waitFor({ state: 'detached' })
  for (const { page } of [team, finder]) await page.getByTestId('item-referrals').getByText('이사회 승인').waitFor()
  await look(team, '5-10-third-answer')

  const sentence = '두 기관의 도움을 잇는 서비스연계로 돕는다'
  await writes(finder, sentence, 'decision')
  await team.page.getByTestId('decision').filter({ hasText: sentence }).waitFor()
  await finder.stored()
  await team.page.keyboard.press('Control+Alt+Enter')
  await team.page.getByTestId('read-back').waitFor()
  await team.page
    .getByTestId('read-back')
    .getByRole('button', { name: /이견 없음.* · 확인|^확인/ })
    .first()
    .click()
  for (const { page } of [team, finder]) await page.getByTestId('confirmed').first().waitFor()
  await closeMeeting(team, '확인은 모두 받음')
  await life(team, story)
  await movesTo(team, '서비스연계')
  await look(team, '5-11-linked')
}

async function plans(team: ScenarioPerson): Promise<string> {
  const { page } = team
  await team.goes('/')
  await page.getByRole('link', { name: '회의 준비하기' }).first().click()
  await choose(page, '회의 종류', '내부사례회의')
  await tick(page.getByRole('checkbox', { name: /^사례관리 담당 / }))
  await choose(page, '사례관리 담당의 역할', '기록자')
  await button(team, '저장하고 안건 올리기').click()
  await addCaseItem(page, HOUSEHOLD)
  await announce(page)
  return roomPathOf(page)
}

/** Who accepted gives week by week and ticks it off; the same help from a second side is told before it is entered. */
export async function gives({ senior, charity, finder }: Cast, story: Story): Promise<void> {
  for (const [one, what, amount, rhythm, from] of [
    [senior, '밑반찬 2인분', '', '매주', today()],
    [charity, '후원금', '50000', '매월', addDays(today(), 7)],
  ] as const) {
    await opensReferral(one)
    await button(one, '지원 적기').click()
    const form = one.page.locator('form').filter({ hasText: '지원 적기' })
    await form.getByRole('textbox', { name: /무엇을/ }).fill(what)
    if (amount !== '') {
      await choose(form, /서비스 종류/, '후원금')
      await form.getByRole('textbox', { name: /금액/ }).fill(amount)
    }
    await form.getByRole('textbox', { name: /기준/ }).fill('우리 기관 내규')
    await choose(form, /얼마나 자주/, rhythm)
    await day(form, /첫날/, from)
    await day(form, /마지막 날/, addDays(from, 80))
    await form.getByRole('button', { name: '지원에 적기' }).click()
    await one.page.getByRole('article').filter({ hasText: what }).waitFor()
  }
  await senior.page.getByRole('button', { name: /드림$/ }).first().click()
  await senior.page.getByRole('button', { name: '되돌리기' }).waitFor()
  await look(senior, '5-12-given', true)
  await button(senior, '지원 시작').click()
  await senior.page.getByText('진행 중', { exact: true }).first().waitFor()

  const { page } = finder
  await help(finder, story)
  await page.getByRole('article').filter({ hasText: '밑반찬 2인분' }).waitFor()
  await button(finder, '지원 적기').click()
  const form = page.locator('form').filter({ hasText: '지원 적기' })
  await choose(form, /서비스 종류/, '후원품')
  await form.getByRole('textbox', { name: /무엇을/ }).fill('동 나눔 반찬')
  await choose(form, /얼마나 자주/, '매주')
  await day(form, /첫날/, today())
  await day(form, /마지막 날/, addDays(today(), 30))
  await form.getByText('이미 같은 도움이 있습니다').waitFor()
  await form.getByText(/노인복지관 · 밑반찬 2인분/).waitFor()
  await look(finder, '5-13-double', true)
  await expectNoFaults(page)
  await form.getByRole('button', { name: '취소' }).click()
  await page
    .getByText(/후원금/)
    .first()
    .waitFor()
  await look(finder, '5-14-ledger', true)
}

/** The reply as a form on paper, with what it is printed for. */
export async function printsReply({ senior }: Cast): Promise<void> {
  const { page } = senior
  await opensReferral(senior)
  await page.getByRole('link', { name: '회신서 인쇄' }).click()
  await page.evaluate(() => {
    window.print = () => undefined
  })
  await page.getByRole('heading', { level: 2, name: '회신서' }).waitFor()
  await button(senior, '인쇄').click()
  const paper = page.locator('.sheet')
  await paper.getByText(/출력번호/).waitFor({ state: 'attached' })
  await page.emulateMedia({ media: 'print' })
  await paper.getByText(/출력번호/).waitFor()
  for (const words of [DONG, SENIOR, '적격', '내규 3조']) await paper.getByText(words).first().waitFor()
  await look(senior, '5-15-reply')
  await page.emulateMedia({ media: 'screen' })
}

/** The dong looks after it; the help is told of, completed, and the case ends. */
export async function ends({ finder, team, senior, charity }: Cast, story: Story): Promise<void> {
  const { page } = finder
  await sheet(finder, story, 'records')
  await button(finder, '점검·모니터링').click()
  const check = page.getByRole('form', { name: '새 점검·모니터링' })
  for (const group of await check.getByRole('radiogroup', { name: /제공되었나요/ }).all()) {
    await group.getByRole('radio', { name: '제공됨' }).check({ force: true })
  }
  await check.getByRole('radiogroup', { name: '점검 결과' }).getByRole('radio', { name: '유지' }).check({ force: true })
  await check.getByLabel('의견').fill('반찬을 잘 드시고 기력이 나아지심')
  await check.getByRole('button', { name: '저장', exact: true }).click()
  await page.locator('li.record').filter({ hasText: '반찬을 잘 드시고' }).waitFor()
  await look(finder, '5-16-monitoring')

  await opensReferral(charity)
  await button(charity, '경과 알리기').click()
  const telling = charity.page.getByRole('dialog')
  await telling.getByRole('textbox', { name: /경과/ }).fill('첫 후원금을 다음 주에 드립니다')
  await telling.getByRole('button', { name: '경과 알리기', exact: true }).click()
  await telling.waitFor({ state: 'detached' })
  for (const [one, result] of [
    [senior, '열두 주 동안 밑반찬을 드렸고 이제 스스로 차려 드십니다'],
    [charity, '약속한 석 달을 드리고 마칩니다'],
  ] as const) {
    await opensReferral(one)
    await button(one, '완료 회신').click()
    const dialog = one.page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: /결과/ }).fill(result)
    await dialog.getByRole('button', { name: '완료 회신', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    await one.page.getByText(result).first().waitFor()
  }
  await help(finder, story)
  for (const result of ['열두 주 동안', '약속한 석 달을'])
    await page.getByText(result, { exact: false }).first().waitFor()
  await page.getByText('올해 반찬 배달은', { exact: false }).first().waitFor()
  await look(finder, '5-17-all-answered', true)
  // Help that goes on beyond the case's own time is ended where it is written.
  const weekly = senior.page.getByRole('article').filter({ hasText: '밑반찬 2인분' })
  await weekly.getByRole('button', { name: '그만 드리기' }).click()
  const ending = senior.page.getByRole('alertdialog')
  await ending.getByRole('textbox', { name: /까닭/ }).fill('스스로 차려 드심')
  await ending.getByRole('button', { name: '그만 드리기' }).click()
  await ending.waitFor({ state: 'detached' })
  await weekly.getByText(/그만 드림: 스스로/).waitFor()

  await life(team, story)
  await movesTo(team, '사후관리', '맡은 기관들이 모두 마침')
  await button(team, '사후관리 기록').click()
  await team.page.getByRole('radio', { name: '안정' }).check({ force: true })
  await team.page.getByLabel(/^종결 뒤 변화/).fill('혼자 장을 보고 반찬을 만드심')
  await button(team, '저장').click()
  await team.page.getByRole('paragraph').filter({ hasText: '혼자 장을 보고' }).waitFor()
  await movesTo(team, '사후관리 마침')
  await look(team, '5-18-ended', true)
  await expectNoFaults(team.page)
}
