/**
 * Joint case management of 중앙동 and 노인복지관 (DOMAIN §11.3), act by act at their screens: from the finding of a household to its aftercare, the lead
 * handed to the city's team on the way. Each act leaves what the next one begins with; all of it is made up.
 */
import type { Page } from 'playwright-core'
import { addDays, dayInSeoul } from '../../shared/working-days.ts'
import { expectNoFaults } from './axe.ts'
import { arrive } from './room-page.ts'
import { caseIdOf, enterConsent, enterPublicTask, movesTo, section, tick } from './scenario-case.ts'
import { addCaseItem, announce, closeMeeting, confirmAttendance, roomPathOf, writes } from './scenario-conference.ts'
import { choose, fillIn, findAndTake, kept, look, type ScenarioPerson } from './scenario-people.ts'

export const HOUSEHOLD = '윤○○ 어르신 가구'
export const CASE_NUMBER = '2026-101'
const DONG = '중앙동 행정복지센터'
const CENTRE = '동두천시 노인복지관'
const PHONE = '010-0000-0101'
const CITY = '동두천시 무한돌봄팀'

export interface Cast {
  /** Leads the meetings of the dong. */
  team: ScenarioPerson
  /** Finds the household, writes the minutes. */
  finder: ScenarioPerson
  /** Of the senior welfare centre. */
  centre: ScenarioPerson
  /** Of the city's unit for hard cases. */
  city: ScenarioPerson
}

/** What acts hand on. */
export interface Story {
  caseId: string
}

const sheet = async (one: ScenarioPerson, { caseId }: Story, part = ''): Promise<void> => {
  await one.goes(`/cases/${caseId}${part === '' ? '' : `/${part}`}`)
  await one.page.getByRole('heading', { level: 1, name: HOUSEHOLD }).waitFor()
}
const life = async (one: ScenarioPerson, story: Story): Promise<void> => {
  await sheet(one, story, 'life')
  await one.page.getByRole('list', { name: '진행 단계' }).waitFor()
}
/** What was written stands among what is kept, and not only in the field in which it was typed. */
const said = (page: Page, words: string) => page.locator('.life-words').filter({ hasText: words }).first().waitFor()
const button = (one: ScenarioPerson, name: string) => one.page.getByRole('button', { name, exact: true })

/** The household is written down by hand, held against those that are known, and becomes a case at its finding. */
export async function finds({ finder }: Cast): Promise<Story> {
  const { page } = finder
  await finder.goes('/cases')
  await page.getByRole('link', { name: '발굴 명단' }).click()
  await button(finder, '한 가구 추가').first().click()
  const form = page.getByRole('dialog', { name: '찾은 가구 한 곳 추가' })
  await button(finder, '추가').click()
  await form.getByText('이름이 없습니다. 이름을 쓰세요.').waitFor()
  await form.getByLabel(/^이름/).fill('윤정자')
  await form.getByLabel('생년월일').fill('1944-05-01')
  await form.getByRole('radio', { name: '여', exact: true }).check({ force: true })
  await form.getByLabel('전화').fill(PHONE)
  await form.getByLabel('주소').fill('동두천시 중앙동 1길 1')
  await choose(form, '발굴 경로', '사례관리자 발굴')
  await form.getByLabel('위기 정보').fill('두 달째 밖에 나오지 않음, 약을 거르심')
  await look(finder, '3-01-finding', true)
  await expectNoFaults(page)
  await button(finder, '추가').click()
  await form.waitFor({ state: 'detached' })
  const row = page.getByRole('row').filter({ hasText: '윤정자' })
  await row.waitFor()
  await tick(row.getByRole('checkbox'))
  await button(finder, '사례로').click()
  const becoming = page.getByRole('dialog', { name: '1가구를 사례로 등록합니다' })
  await becoming.getByLabel(/^첫 사례번호/).fill(CASE_NUMBER)
  await becoming.getByRole('radio', { name: '발굴', exact: true }).check({ force: true })
  await becoming.getByLabel('윤정자의 가구 표시').fill(HOUSEHOLD)
  await look(finder, '3-02-becoming')
  await becoming.getByRole('button', { name: '사례로 등록' }).click()
  await becoming.getByText('1가구를 사례로 등록했습니다').waitFor()
  await becoming.getByRole('button', { name: '닫기' }).last().click()
  await row.getByRole('link', { name: '사례 열기' }).click()
  await page.getByRole('heading', { level: 1, name: HOUSEHOLD }).waitFor()
  return { caseId: caseIdOf(page) }
}

/** The other agency is put on the case, and sees nothing of it yet. */
export async function asksTogether({ finder, centre }: Cast, story: Story): Promise<void> {
  const { page } = finder
  await sheet(finder, story)
  await tick(page.getByRole('group', { name: `${DONG} 담당자` }).getByRole('checkbox', { name: /팀장/ }))
  await findAndTake(page, '기관 추가', CENTRE)
  await choose(page, `${CENTRE}의 역할`, '공동사례관리 기관')
  await tick(page.getByRole('group', { name: `${CENTRE} 담당자` }).getByRole('checkbox', { name: /사회복지사/ }))
  await look(finder, '3-03-agencies')
  await button(finder, '저장').click()
  await page.getByText('저장했습니다.').waitFor()
  await centre.goes(`/cases/${story.caseId}`)
  await centre.page.getByText('찾는 내용이 없거나 볼 수 없습니다').waitFor()
}

/** The first interview, its sheet, and the registration, which starts the clocks. */
export async function interviews({ finder }: Cast, story: Story): Promise<void> {
  const { page } = finder
  await life(finder, story)
  await movesTo(finder, '초기상담')
  await sheet(finder, story, 'household')
  await kept(finder)
  // What was written down at the finding stands here already; the interview adds to it.
  const known = await page.getByLabel('전화', { exact: true }).first().inputValue()
  if (known !== PHONE) throw new Error(`The telephone of the finding is not in the case: ${known}`)
  await button(finder, '윤정자 고치기').click()
  await fillIn(page.getByRole('group', { name: '윤정자' }), '직업', '없음')
  await page.getByRole('row').filter({ hasText: '1944-05-01' }).first().waitFor()
  await kept(finder)
  await look(finder, '3-04-household')
  await section(finder, '기록')
  await button(finder, '초기상담').click()
  const form = page.getByRole('form', { name: '새 초기상담' })
  await form.getByLabel('우리 팀·전화').fill('중앙동 맞춤형복지팀 031-000-0200')
  await form.getByLabel('원하는 도움 (대상자의 말로)').fill('혼자 밥해 먹기가 힘들어. 누가 들여다봐 주면 좋겠어.')
  await form.getByLabel('내용').fill('가정방문. 약을 거르시고 밖에 나가지 않으심. 방에 먹을 것이 거의 없음.')
  await look(finder, '3-05-intake')
  await form.getByRole('button', { name: '저장', exact: true }).click()
  await page.locator('li.record').filter({ hasText: '약을 거르시고' }).waitFor()
  await finder.goes(`/cases/${story.caseId}/forms/intake`)
  const paper = page.locator('.form-sheet')
  await paper.getByText('윤정자').first().waitFor()
  await paper.getByText('031-000-0200').waitFor()
  await look(finder, '3-06-intake-sheet')
  await life(finder, story)
  await movesTo(finder, '접수')
  await page.getByText('접수부터 계획까지').first().waitFor()
  await look(finder, '3-07-registered', true)
}

/** The household's paper names the other agency: from then on it opens the case, and not before. */
export async function agrees({ finder, centre }: Cast, story: Story): Promise<void> {
  await sheet(finder, story, 'bases')
  await enterConsent(finder, { receivers: [CENTRE], keptAt: '중앙동 문서보관함 3-1' })
  await finder.page
    .getByRole('row', { name: /노인복지관/ })
    .getByText('열람할 수 있음')
    .waitFor()
  await look(finder, '3-08-consent')
  await sheet(centre, story)
  await centre.page.getByText(CASE_NUMBER).first().waitFor()
}

/** Both write down what the household needs; the agreement says who answers for what. */
export async function assesses({ finder, centre }: Cast, story: Story): Promise<void> {
  await life(finder, story)
  await movesTo(finder, '욕구·위기도 조사')
  await Promise.all([finder, centre].map(one => sheet(one, story, 'needs')))
  await Promise.all([finder, centre].map(kept))
  await addsNeed(finder, '일상생활 유지', '끼니를 거르고 약을 챙기지 못함')
  await addsNeed(centre, '사회적 관계', '두 달째 아무도 만나지 않음')
  await finder.page.getByText('두 달째 아무도 만나지 않음').first().waitFor()
  await centre.page.getByText('끼니를 거르고').first().waitFor()
  await Promise.all([finder, centre].map(kept))
  await look(centre, '3-09-needs')
  await life(finder, story)
  const { page } = finder
  await button(finder, '등급 정하기').click()
  await page.getByRole('radio', { name: '일반사례' }).check({ force: true })
  await page.getByLabel(/^사유/).fill('건강은 약으로 다스릴 수 있음')
  await button(finder, '저장').click()
  await said(page, '건강은 약으로')
  await agreesJointly(finder, [
    [DONG, ['일상생활 유지', '경제']],
    [CENTRE, ['사회적 관계']],
  ])
  await look(finder, '3-10-agreement', true)
  await expectNoFaults(page)
}

async function addsNeed(one: ScenarioPerson, domain: string, phenomenon: string): Promise<void> {
  const { page } = one
  const table = page.locator('section').filter({ has: page.getByRole('heading', { name: '욕구', exact: true }) })
  await table.getByRole('button', { name: '욕구 추가' }).click()
  const row = table.locator('.row-editor-line').last()
  await choose(row, '욕구영역', domain)
  await row.getByRole('textbox', { name: '현상' }).click()
  await page.keyboard.type(phenomenon)
}

/** @param shares of each agency: its needs, and those of before that it has no longer */
async function agreesJointly(
  one: ScenarioPerson,
  shares: readonly (readonly [string, readonly string[], (readonly string[])?])[],
): Promise<void> {
  const { page } = one
  await page.getByRole('button', { name: /^(약정 정하기|새로 약정하기)$/ }).click()
  for (const [agency, needs, gone = []] of shares) {
    const group = page.getByRole('group', { name: new RegExp(`^${agency}[이가] 맡을 욕구`) })
    for (const need of needs) await tick(group.getByRole('checkbox', { name: need, exact: true }))
    for (const need of gone) await group.getByRole('checkbox', { name: need, exact: true }).uncheck({ force: true })
  }
  await page.getByLabel(/^끝내는 방법/).fill('한 달 전에 서로 알리고 공동사례관리 회의에서 정한다')
  await button(one, '약정 저장').click()
  for (const [, needs] of shares) await page.getByRole('cell', { name: needs.join(', ') }).waitFor()
}

/** Plans a meeting about the household and opens it; resolves with its path. Of the guests nobody has another part than to attend. */
async function meets(
  leader: ScenarioPerson,
  { title, guests, parts = [] }: { title: string; guests: readonly string[]; parts?: readonly [string, string][] },
): Promise<string> {
  const { page } = leader
  await leader.goes('/')
  await page.getByRole('link', { name: '회의 준비하기' }).first().click()
  await choose(page, '회의 종류', '공동사례관리 회의')
  await page.getByLabel(/^제목/).fill(title)
  for (const guest of guests) await findAndTake(page, '기관 추가', guest)
  for (const [name, part] of parts) {
    const box = page.getByRole('checkbox', { name: new RegExp(`^${name} `) })
    const person = page.locator('.plan-person').filter({ has: box })
    await tick(person.getByRole('checkbox'))
    await choose(person, `${name}의 역할`, part)
  }
  await button(leader, '저장하고 안건 올리기').click()
  await addCaseItem(page, HOUSEHOLD)
  await announce(page)
  return roomPathOf(page)
}

interface Table {
  leader: ScenarioPerson
  taker: ScenarioPerson
  guests: readonly ScenarioPerson[]
}

/** All arrive, the decision is written and read back, each agency answers, and the meeting is over. */
async function decides({ leader, taker, guests }: Table, path: string, sentence: string, name: string): Promise<void> {
  const all = [...new Set([leader, taker, ...guests])]
  for (const one of all) {
    await one.goes(path)
    await one.page.locator('[data-testid=receipt][data-place=stored]').waitFor()
  }
  await button(leader, '회의 열기').click()
  for (const { page } of all) {
    // Of the agency that holds the meeting somebody may have given the statement this year, and only says that they are here.
    const here = page.getByRole('button', { name: '참석 알리기' })
    await page.getByTestId('arrival').or(here).first().waitFor()
    if (await here.isVisible()) await here.click()
    else await arrive(page)
  }
  // Who is here is what the minute-taker says: only those agencies are asked later.
  await confirmAttendance(taker.page)
  await button(leader, '1번 안건부터 시작').click()
  for (const { page } of all) await page.locator('.item-title', { hasText: HOUSEHOLD }).waitFor()
  await writes(taker, sentence, 'decision')
  for (const { page } of all) await page.getByTestId('decision').filter({ hasText: sentence }).waitFor()
  await taker.stored()
  await leader.page.keyboard.press('Control+Alt+Enter')
  await leader.page.getByTestId('read-back').waitFor()
  for (const { page } of guests) {
    const stage = page.getByTestId('read-back')
    await stage.or(page.locator('.read-call')).first().waitFor()
    if (!(await stage.isVisible())) await page.getByRole('button', { name: '함께 보기', exact: true }).last().click()
    await stage.getByRole('button', { name: '이견 없음', exact: true }).click()
  }
  await look(leader, name)
  await leader.page
    .getByTestId('read-back')
    .getByRole('button', { name: /이견 없음.* · 확인|^확인/ })
    .first()
    .click()
  for (const { page } of all) await page.getByTestId('confirmed').getByText('모두 이견 없음').waitFor()
  await closeMeeting(leader, '확인은 모두 받음')
  for (const { page } of all) await page.getByText('마친 회의입니다').first().waitFor()
}

/** The household is heard by both agencies together and taken on. */
export async function selects(cast: Cast, story: Story): Promise<void> {
  const { team, finder, centre } = cast
  const path = await meets(team, {
    title: '공동사례관리 회의 · 중앙동·노인복지관 (선정)',
    guests: [CENTRE],
    parts: [['사례관리 담당', '기록자']],
  })
  await look(team, '3-11-planned')
  const words = '통합사례관리 대상으로 선정하고 두 기관이 함께 맡는다'
  await decides({ leader: team, taker: finder, guests: [centre] }, path, words, '3-12-read-back')
  await life(team, story)
  await look(team, '3-13-proposal')
  await movesTo(team, '선정')
}

/** The other agency says in words what it sees otherwise; the move stands meanwhile. */
export async function dissents({ team, centre }: Cast, story: Story): Promise<void> {
  const { page } = centre
  await centre.goes('/')
  await page.getByText(`${HOUSEHOLD}: 선정 확인을 기다립니다`).first().waitFor()
  await look(centre, '3-14-asked')
  await page
    .getByRole('link', { name: `${HOUSEHOLD} 진행 열기` })
    .first()
    .click()
  await button(centre, '다른 의견 남기기').click()
  await page.getByLabel(/^다른 의견/).fill('식사는 우리가 맡아야 안부도 함께 살필 수 있습니다.')
  await look(centre, '3-15-dissent')
  await button(centre, '의견 남기기').click()
  await page
    .getByText(/노인복지관: 다른 의견/)
    .first()
    .waitFor()

  await life(team, story)
  await team.page.getByText('동두천시 노인복지관이 선정에 다른 의견을 남겼습니다').waitFor()
  await look(team, '3-16-dissent-seen', true)
}

/** Who does what is agreed anew, and then it acknowledges. */
export async function agreesAnew({ team, centre }: Cast, story: Story): Promise<void> {
  const { page } = centre
  await life(team, story)
  await agreesJointly(team, [
    [DONG, ['경제'], ['일상생활 유지']],
    [CENTRE, ['일상생활 유지', '사회적 관계']],
  ])
  await life(centre, story)
  await button(centre, '확인').click()
  await page
    .getByText(/노인복지관: 확인/)
    .first()
    .waitFor()
  await life(team, story)
  await movesTo(team, '계획 수립')
}

/** The plan is refused as long as what the law asks of it is not there (사회보장급여법 제15조), and acknowledged by the other agency. */
export async function plans({ team, centre }: Cast, story: Story): Promise<void> {
  await life(team, story)
  await team.page.getByText('서비스 제공계획이 필요합니다').first().waitFor()
  await sheet(team, story, 'needs')
  await kept(team)
  await addsGoal(team, '석 달 안에 끼니와 약을 거르지 않는다')
  await addsService(team, {
    content: '긴급 생계비 신청',
    service: /긴급복지/,
    provider: DONG,
    method: '현금',
    interval: '1회',
  })
  await addsService(team, {
    content: '식사 배달과 안부 확인',
    service: /노인맞춤돌봄/,
    provider: CENTRE,
    method: '방문',
    interval: '회/주',
  })
  await kept(team)
  const faults = team.page.getByTestId('plan-faults')
  await faults.getByRole('listitem').first().waitFor()
  await look(team, '3-17-plan-lacks')
  await life(team, story)
  await team.page
    .getByText(/계획에서 빠진 것:/)
    .first()
    .waitFor()
  await look(team, '3-18-plan-refused')

  await sheet(centre, story, 'needs')
  await kept(centre)
  await types(centre, '대상자(보호자)의 의견', '밥만 챙겨 줘도 살 것 같다고 하심')
  await types(centre, '제공기관 사이의 연계 방법', '매주 금요일 두 기관이 전화로 서로 알린다')
  await fillIn(centre.page, '점검 주기(개월)', '1')
  await kept(centre)
  await centre.page.getByText('법에서 정한 내용이 모두 있습니다').waitFor()
  await look(centre, '3-19-plan-whole', true)
  await life(team, story)
  await movesTo(team, '서비스 제공·점검')
  await acknowledges(centre, story, '서비스 제공계획')
}

async function types(one: ScenarioPerson, field: string, words: string): Promise<void> {
  await one.page.getByRole('textbox', { name: field }).click()
  await one.page.keyboard.type(words)
}

async function addsGoal(one: ScenarioPerson, words: string): Promise<void> {
  await button(one, '목표 추가').click()
  const row = one.page.locator('.row-editor-line').last()
  await row.getByRole('textbox', { name: '목표' }).first().click()
  await one.page.keyboard.type(words)
}

async function addsService(
  one: ScenarioPerson,
  what: { content: string; service: RegExp; provider: string; method: string; interval: string },
): Promise<void> {
  const { page } = one
  const today = dayInSeoul(Date.now())
  await button(one, '서비스 추가').click()
  const row = page.locator('.row-editor-line').last()
  await row.getByRole('textbox', { name: '내용' }).click()
  await page.keyboard.type(what.content)
  await choose(row, /서비스$/, what.service)
  await choose(row, '제공기관', what.provider)
  await choose(row, '제공 방법', what.method)
  await fillIn(row, '시작일', today)
  await fillIn(row, '종료일', addDays(today, 90))
  await fillIn(row, '횟수', '1')
  await choose(row, /주기$/, what.interval)
}

async function acknowledges(one: ScenarioPerson, story: Story, step: string): Promise<void> {
  await life(one, story)
  const asked = one.page.getByRole('listitem').filter({ hasText: new RegExp(`${step} —`) })
  await asked.getByRole('button', { name: '확인', exact: true }).click()
  await asked.waitFor({ state: 'detached' })
}

/** What is given is looked at, by each and together. */
export async function delivers({ finder, centre }: Cast, story: Story): Promise<void> {
  await sheet(finder, story, 'records')
  await button(finder, '공동방문').click()
  const visit = finder.page.getByRole('form', { name: '새 공동방문' })
  await visit.getByRole('radio', { name: '다녀옴' }).check({ force: true })
  await visit.getByLabel('걸린 시간(분)').fill('50')
  for (const agency of [DONG, CENTRE]) await tick(visit.getByRole('checkbox', { name: agency, exact: true }))
  for (const worker of [/사례관리 담당/, /사회복지사/]) await tick(visit.getByRole('checkbox', { name: worker }))
  await visit.getByLabel('방문 목적').fill('식사와 약 살피기')
  await visit.getByLabel('다녀온 결과').fill('약통을 함께 정리하고 도시락을 드시는 것을 봄')
  await look(finder, '3-20-joint-visit')
  await visit.getByRole('button', { name: '저장', exact: true }).click()
  await finder.page.locator('li.record').filter({ hasText: '약통을 함께' }).waitFor()

  await sheet(centre, story, 'records')
  await centre.page.locator('li.record').filter({ hasText: '약통을 함께' }).waitFor()
  await button(centre, '점검·모니터링').click()
  const check = centre.page.getByRole('form', { name: '새 점검·모니터링' })
  for (const group of await check.getByRole('radiogroup', { name: /제공되었나요/ }).all()) {
    await group.getByRole('radio', { name: '제공됨' }).check({ force: true })
  }
  await check.getByRole('radiogroup', { name: '점검 결과' }).getByRole('radio', { name: '변경' }).check({ force: true })
  await check.getByLabel('의견').fill('밤에 넘어지신 일이 있어 안전을 다시 살펴야 함')
  await look(centre, '3-21-monitoring')
  await check.getByRole('button', { name: '저장', exact: true }).click()
  await centre.page.locator('li.record').filter({ hasText: '밤에 넘어지신' }).waitFor()
  await look(centre, '3-22-records', true)
}

/** A new need is found, the case is looked at anew and goes on. */
export async function reassesses({ team }: Cast, story: Story): Promise<void> {
  await life(team, story)
  const { page } = team
  await button(team, '재사정표 쓰기').click()
  await page.getByRole('radio', { name: '새로운 욕구 발생' }).check({ force: true })
  await page.getByLabel(/^달라진 욕구/).fill('밤에 넘어짐. 누군가 문을 두드리고 돈을 요구한다고 하심.')
  await look(team, '3-23-reassessment')
  await button(team, '저장').click()
  await said(page, '누군가 문을 두드리고')
  await movesTo(team, '재사정')
  await movesTo(team, '서비스 제공·점검', '지금 서비스는 그대로 두고 안전을 더함')
}

/** It has become a hard case: the city's team comes on it, by its task. */
export async function becomesHard({ team }: Cast, story: Story): Promise<void> {
  const { page } = team
  await life(team, story)
  await button(team, '등급 정하기').click()
  await page.getByRole('radio', { name: '고난도사례' }).check({ force: true })
  await page.getByLabel(/^사유/).fill('안전 욕구가 새로 생김')
  await button(team, '저장').click()
  await said(page, '안전 욕구가 새로 생김')
  await section(team, '기본')
  await findAndTake(page, '기관 추가', CITY)
  await choose(page, `${CITY}의 역할`, '공동사례관리 기관')
  await tick(page.getByRole('group', { name: `${CITY} 담당자` }).getByRole('checkbox', { name: /통합사례관리사/ }))
  await button(team, '저장').click()
  await page.getByText('저장했습니다.').waitFor()
  await section(team, '기관·근거')
  await enterPublicTask(team, { receiver: CITY, sensitiveLaw: '같은 법 시행령 제28조' })
}

/** The city's team is asked, accepts, and leads; the dong stays and goes on seeing the case. */
export async function handsOver({ team, city }: Cast, story: Story): Promise<void> {
  const { page } = team
  await life(team, story)
  await section(team, '기관·근거')
  await section(team, '진행')
  await button(team, '주관기관 넘기기 제안').click()
  await page.getByRole('radio', { name: '고난도 사례 이관' }).check({ force: true })
  await choose(page, '받는 기관', CITY)
  await page.getByText('넘긴 뒤에도 우리 기관은 이 사례를 계속 봅니다.').waitFor()
  await page.getByLabel(/^넘기는 사유/).fill('경찰·정신건강복지센터와 함께 봐야 하는 안전 문제')
  await look(team, '3-24-offer', true)
  await expectNoFaults(page)
  await button(team, '제안하기').click()
  await page.getByRole('alertdialog').getByRole('button', { name: '제안하기' }).click()
  await page.getByText('답을 기다립니다').waitFor()

  await life(city, story)
  await city.page.getByText('경찰·정신건강복지센터와').first().waitFor()
  await look(city, '3-25-asked-to-lead')
  await button(city, '수락하고 주관기관 맡기').click()
  await city.page.getByRole('alertdialog').getByRole('button', { name: '수락하고 주관기관 맡기' }).click()
  await button(city, '주관기관 넘기기 제안').waitFor()

  await life(team, story)
  await page.getByText('단계는 주관기관의 담당자가 옮깁니다.').waitFor()
  await section(team, '기관·근거')
  await page
    .getByRole('row', { name: /중앙동/ })
    .getByText('열람할 수 있음')
    .waitFor()
  await look(team, '3-26-still-there')
}

/** All three close the case together: by a decision, an evaluation, and what each says to it. */
export async function closes({ team, city, centre }: Cast, story: Story): Promise<void> {
  const path = await meets(city, {
    title: '공동사례관리 회의 · 무한돌봄팀·중앙동·노인복지관 (종결)',
    guests: [DONG, CENTRE],
  })
  await decides(
    { leader: city, taker: city, guests: [team, centre] },
    path,
    '욕구가 해소되어 종결한다',
    '3-27-read-back',
  )
  const { page } = city
  await life(city, story)
  await button(city, '종결평가서 쓰기').click()
  await page.getByLabel(/^종합 의견/).fill('끼니와 약을 스스로 챙기고, 이웃과 다시 만나심')
  await page.getByLabel('변화').fill('안전 장치를 달고 신고 방법을 익힘')
  await page.getByLabel('사후관리 계획').fill('두 달 동안 두 번 안부 확인')
  await tick(page.getByRole('checkbox', { name: '상황 호전' }))
  await look(city, '3-28-evaluation')
  await button(city, '저장').click()
  await said(page, '안전 장치를 달고')
  await movesTo(city, '종결')
  await page.getByText('확인 기다림').first().waitFor()
  for (const one of [team, centre]) await acknowledges(one, story, '종결')
  await life(city, story)
  for (const agency of ['중앙동', '노인복지관'])
    await page
      .getByText(new RegExp(`${agency}: 확인 \\(`))
      .first()
      .waitFor()
  await look(city, '3-29-closed', true)
}

/** Contacts after the end; a case that ended is taken up again only with a reason. */
export async function looksAfter({ city }: Cast, story: Story): Promise<void> {
  const { page } = city
  await life(city, story)
  await movesTo(city, '사후관리')
  await page.getByText('사후관리 기록이 한 번 이상 필요합니다').waitFor()
  await button(city, '사후관리 기록').click()
  await page.getByRole('radio', { name: '안정' }).check({ force: true })
  await page.getByLabel(/^종결 뒤 변화/).fill('복지관 경로식당에 나오심')
  await look(city, '3-30-aftercare')
  await button(city, '저장').click()
  await said(page, '복지관 경로식당에')
  await movesTo(city, '사후관리 마침')
  await look(city, '3-31-ended', true)
  const again = button(city, '다시 시작하기 (조사부터)')
  await again.click()
  await again.click()
  await page.getByText('사유를 적어 주세요.').waitFor()
  await page.getByLabel(/^사유/).fill('다시 넘어져 입원하심')
  await again.click()
  await page.getByRole('list', { name: '진행 단계' }).locator('[aria-current=step]', { hasText: '조사' }).waitFor()
  await said(page, '다시 넘어져 입원하심')
  await look(city, '3-32-reopened', true)
  await expectNoFaults(page)
}
