/** A dong's selection meeting at two screens: one leads by keys, the other writes by keys; item after item. */
import { DECISION_KINDS, type DecisionKind, NEED_DOMAINS } from '../../shared/codes.ts'
import { arrive } from './room-page.ts'
import type { Household, Outcome } from './scenario-4-lists.ts'
import { closeMeeting, confirmAttendance, minutesAreFinal, writes } from './scenario-conference.ts'
import type { ScenarioPerson } from './scenario-people.ts'
import { choose } from './scenario-people.ts'

/** What is said of a household, and as which kind of decision it is read. */
export const SAID: Readonly<Record<Outcome, { words: string; kind: DecisionKind }>> = {
  selected: { words: '통합사례관리 대상으로 선정한다', kind: 'select_case_management' },
  service_linkage: { words: '한 가지 지원이면 되어 서비스연계로 돕는다', kind: 'select_service_linkage' },
  not_selected: { words: '이미 도움을 받고 있어 선정하지 않는다', kind: 'not_selected' },
  deferred: { words: '본인을 다시 만난 뒤 다음 회의에 올린다', kind: 'deferred' },
}

export interface Table {
  leader: ScenarioPerson
  taker: ScenarioPerson
}

/** What the dong promises for a household, in the words in which it is said. */
export interface Pledge {
  words: string
  /** A part of the words by which it is found again. */
  about: string
}

/** Both walk in, the leader opens, both say that they are here, and the minute-taker confirms it. */
export async function opens({ leader, taker }: Table, path: string): Promise<void> {
  for (const one of [leader, taker]) {
    await one.goes(path)
    await one.page.locator('[data-testid=receipt][data-place=stored]').waitFor()
  }
  await leader.page.getByRole('button', { name: '회의 열기' }).click()
  for (const { page } of [leader, taker]) {
    await page.getByTestId('arrival').waitFor()
    await arrive(page)
  }
  await confirmAttendance(taker.page)
  await leader.page.getByRole('button', { name: '1번 안건부터 시작' }).click()
}

/** The item is heard, written down, read back and confirmed. */
export async function decides(table: Table, { label, fate }: Household, pledge?: Pledge): Promise<void> {
  if (fate.at !== 'meeting') throw new Error(`${label} is on no agenda`)
  const { leader, taker } = table
  await comeTo(table, label)
  await choose(taker.page, '욕구 추가', NEED_DOMAINS[fate.need].ko)
  await writes(taker, SAID[fate.outcome].words, 'decision')
  const decision = taker.page.getByTestId('decision').filter({ hasText: SAID[fate.outcome].words })
  await decision.getByText(DECISION_KINDS[SAID[fate.outcome].kind].ko, { exact: true }).first().waitFor()
  if (pledge) await promises(taker, pledge, NEED_DOMAINS[fate.need].ko)
  await taker.stored()
  await leader.page.getByTestId('decision').filter({ hasText: SAID[fate.outcome].words }).waitFor()
  if (pledge) await accepts(leader, pledge)
  await leader.page.keyboard.press('Control+Alt+Enter')
  await leader.page
    .getByRole('button', { name: '이견 없음 (모두) · 확인' })
    .and(leader.page.locator(':focus'))
    .waitFor()
  await leader.page.keyboard.press('Enter')
  for (const { page } of [leader, taker]) await page.getByTestId('confirmed').getByText('모두 이견 없음').waitFor()
}

/** Who wrote a moment ago is not moved; a key brings them. */
async function comeTo({ leader, taker }: Table, label: string): Promise<void> {
  await Promise.all(
    [leader, taker].map(async ({ page }) => {
      const chip = page.getByTestId('go-chip')
      const title = page.locator('.item-title', { hasText: label })
      await chip.or(title).first().waitFor()
      if (await chip.isVisible()) await page.keyboard.press('Control+Alt+KeyJ')
      await title.waitFor()
      await page.waitForFunction(isLineInSight)
    }),
  )
}

/** Runs in the page: of twenty households the one that is heard is to be seen in the agenda. */
function isLineInSight(): boolean {
  const frame = document.querySelector('.room-agenda')?.getBoundingClientRect()
  const line = document.querySelector('.agenda-line.is-open')?.getBoundingClientRect()
  return frame !== undefined && line !== undefined && line.top >= frame.top && line.bottom <= frame.bottom
}

async function promises(taker: ScenarioPerson, { words, about }: Pledge, need: string): Promise<void> {
  await writes(taker, words, 'action')
  const action = taker.page.getByTestId('action').filter({ hasText: about })
  await action.waitFor()
  await taker.page.keyboard.press('Control+Alt+KeyO')
  const more = action.getByRole('button', { name: '더 쓰기' })
  if (await more.isVisible()) await more.click()
  await action.getByRole('button', { name: '정하지 않음 욕구' }).click()
  await taker.page.getByRole('option', { name: need, exact: true }).click()
  await action.getByRole('button', { name: `${need} 욕구` }).waitFor()
}

async function accepts(leader: ScenarioPerson, { words }: Pledge): Promise<void> {
  await leader.page.getByRole('button', { name: new RegExp(`^수락: ${words.slice(0, 12)}`) }).click()
  await leader.page.getByTestId('action').getByTestId('action-state').getByText('수락').first().waitFor()
}

/** After the last item: nothing is open, the meeting is over, and its minutes go round and become final. */
export async function closesAndConfirms({ leader, taker }: Table): Promise<void> {
  await closeMeeting(leader, '담당자는 팀에서 정함')
  await taker.page.getByText('마친 회의입니다').first().waitFor()
  await minutesAreFinal(leader, [leader])
}
