/** A conference by its screens, from planning to final minutes. */
import type { Page } from 'playwright-core'
import { dayInSeoul } from '../../shared/working-days.ts'
import { arrive } from './room-page.ts'
import { tick } from './scenario-case.ts'
import { choose, day, findAndTake, type ScenarioPerson } from './scenario-people.ts'

export interface NewConference {
  type?: string
  /** Other agencies by full name; their case workers and supervisors come with them. */
  agencies: readonly string[]
  /** Whose part is another than the proposed one: name of the person, and the part. */
  parts?: readonly (readonly [person: string, part: string])[]
  /** Households, as the list of cases calls them. */
  cases: readonly string[]
  general?: readonly string[]
}

/** From the start page; resolves with the path of the conference, which is planned and announced. */
export async function planConference(one: ScenarioPerson, what: NewConference): Promise<string> {
  const { page } = one
  await one.goes('/')
  await page.getByRole('link', { name: '회의 준비하기' }).first().click()
  await page.getByRole('button', { name: '저장하고 안건 올리기' }).waitFor()
  if (what.type !== undefined) await choose(page, '회의 종류', what.type)
  // Held now, in a play.
  await day(page, '날짜', dayInSeoul(Date.now()))
  // Minutes name the place (공공기록물 관리에 관한 법률 시행령 제18조②).
  await page.getByLabel('장소', { exact: true }).fill('생연1동 행정복지센터 2층 회의실')
  for (const agency of what.agencies) {
    await findAndTake(page, '기관 추가', agency)
    await page.getByRole('group', { name: `${agency} 참석자` }).waitFor()
  }
  for (const [person, part] of what.parts ?? []) await choose(page, `${person}의 역할`, part)
  await page.getByRole('button', { name: '저장하고 안건 올리기' }).click()
  await page.waitForURL(/\/conferences\/[^/]+\/plan$/)
  const path = roomPathOf(page)
  for (const label of what.cases) await addCaseItem(page, label)
  for (const name of what.general ?? []) await addGeneralItem(page, name)
  return path
}

export async function addCaseItem(page: Page, label: string): Promise<void> {
  await page.getByRole('button', { name: '사례 안건 추가' }).first().click()
  const dialog = page.getByRole('dialog')
  await findAndTake(dialog, '사례', label)
  for (const box of await dialog.getByRole('checkbox').all()) if (await box.isEnabled()) await tick(box)
  await dialog.getByRole('button', { name: '안건에 올리기' }).click()
  await dialog.waitFor({ state: 'detached' })
}

export async function addGeneralItem(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: '일반 안건 추가' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/^안건 이름/).fill(name)
  await dialog.getByRole('button', { name: '안건에 올리기' }).click()
  await dialog.waitFor({ state: 'detached' })
}

/** The room that belongs to the planning page. */
export const roomPathOf = (page: Page) => new URL(page.url()).pathname.replace(/\/plan$/, '')

/** Everybody who is invited sees it from here on. */
export async function announce(page: Page): Promise<void> {
  await page.getByRole('button', { name: '예정으로 알림' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: '예정으로 알림' }).click()
  await page.getByRole('button', { name: '회의 열기' }).waitFor()
}

/** From the planning page. Opens the room, which the leader is in then. */
export async function openRoom(page: Page): Promise<void> {
  await page.getByRole('button', { name: '회의 열기' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: '회의 열기' }).click()
  await page.locator('[data-testid=receipt][data-place=stored]').waitFor()
}

/** Goes into the room, and says that one is here and keeps to oneself what is heard. */
export async function enterRoom(one: ScenarioPerson, path: string): Promise<void> {
  await one.goes(path)
  await one.page.locator('[data-testid=receipt][data-place=stored]').waitFor()
  await one.page.getByRole('grid', { name: '안건' }).waitFor()
  const arrival = one.page.getByRole('button', { name: '참석하고 비밀유지에 동의합니다' })
  // Whoever gave the statement before, with a sheet of research, only says that they are here.
  const announcing = one.page.getByRole('button', { name: '참석 알리기' })
  const isHere = one.page.getByRole('button', { name: '퇴장 알리기' })
  await arrival.or(announcing).or(isHere).first().waitFor()
  if (await arrival.isVisible()) await arrive(one.page)
  else if (await announcing.isVisible()) await announcing.click()
  await isHere.waitFor()
}

/** Whoever said so in the room is confirmed at once. */
export async function confirmAttendance(page: Page): Promise<void> {
  await page.keyboard.press('Control+Alt+KeyA')
  const desk = page.getByRole('dialog', { name: '참석 확인' })
  const all = desk.getByRole('button', { name: /모두 대면 참석/ })
  await all.waitFor()
  if ((await all.getAttribute('aria-disabled')) !== 'true') await all.press('Enter')
  await desk.getByText('모두 확인했습니다').waitFor()
  await page.keyboard.press('Escape')
  await desk.waitFor({ state: 'detached' })
}

/** Where the meeting is: who wrote a moment ago is not taken away, but brought by a press. */
export async function comeTo(people: readonly ScenarioPerson[], name: string): Promise<void> {
  await Promise.all(
    people.map(async ({ page }) => {
      const title = page.locator('.item-title', { hasText: name })
      const chip = page.getByTestId('go-chip')
      await title.or(chip).first().waitFor()
      if (await chip.isVisible()) await chip.click()
      await title.waitFor()
    }),
  )
}

/** The minute-taker writes a sentence of its own line into the discussion, and makes of it what is said. */
export async function writes(taker: ScenarioPerson, sentence: string, makes?: 'decision' | 'action'): Promise<void> {
  const { page } = taker
  await taker.discussion().waitFor()
  await page.keyboard.press('Control+Alt+KeyD')
  await taker.discussion().and(page.locator(':focus')).waitFor()
  if ((await taker.wordsIn(taker.discussion())) !== '') {
    await page.keyboard.press('Control+End')
    await page.keyboard.press('Enter')
  }
  await page.keyboard.type(sentence)
  if (makes === undefined) return
  await page.keyboard.press(makes === 'decision' ? 'Control+Enter' : 'Control+Shift+Enter')
  await page
    .getByTestId(makes)
    .filter({ hasText: sentence.slice(0, 12) })
    .first()
    .waitFor()
}

/** Reads back what was decided; nobody differs. */
export async function confirmsAll(leader: ScenarioPerson, people: readonly ScenarioPerson[]): Promise<void> {
  await Promise.all(people.map(one => one.stored()))
  await leader.page.keyboard.press('Control+Alt+Enter')
  await leader.page.getByRole('button', { name: '이견 없음 (모두) · 확인' }).click()
  await Promise.all(people.map(({ page }) => page.getByTestId('confirmed').getByText('모두 이견 없음').waitFor()))
}

/** After the last item: the meeting is over; what is open is said, and closed over with a reason. */
export async function closeMeeting(leader: ScenarioPerson, reason: string): Promise<void> {
  const { page } = leader
  await page.getByRole('button', { name: '마지막 안건 마침' }).click()
  await page.getByText('모든 안건을 마쳤습니다').first().waitFor()
  await page.getByRole('button', { name: '마침', exact: true }).click()
  const closing = page.getByTestId('closing')
  await closing.getByText('마친 회의는 다시 열 수 없습니다').waitFor()
  await closing.getByRole('status').waitFor({ state: 'detached' })
  const why = closing.getByLabel('그대로 마치는 이유')
  if (await why.isVisible()) await why.fill(reason)
  await page.getByRole('button', { name: '회의 마침' }).click()
  await page.getByText('마친 회의입니다').first().waitFor()
}

/** The minutes are circulated, signed by every agency (one person each, the leader among them), and final. */
export async function minutesAreFinal(leader: ScenarioPerson, signers: readonly ScenarioPerson[]): Promise<void> {
  const { page } = leader
  await page.getByRole('link', { name: '회의록 보기' }).click()
  await page.getByTestId('minutes-version').getByText('작성 중인 회의록').waitFor()
  await page.getByRole('button', { name: '회람 시작' }).click()
  await page.getByTestId('minutes-version').getByText('1판').waitFor()
  const path = new URL(page.url()).pathname
  for (const one of signers) {
    await one.goes(path)
    await one.page.getByTestId('minutes-sign').getByRole('button', { name: '서명', exact: true }).click()
    await one.page.getByText('남겼습니다').first().waitFor()
  }
  await leader.goes(path)
  await page.getByRole('button', { name: '회의록 확정' }).click()
  await page.getByRole('button', { name: '확정', exact: true }).click()
  await page.getByTestId('minutes-rail').getByText('모든 기관이 서명하여 확정').waitFor()
}
