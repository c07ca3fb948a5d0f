/**
 * A whole meeting with five browsers watching, each recorded: one cleared for item 2, one whose agency is withdrawn from it on the way, one
 * that is cleared and never accepts the confidentiality statement, one that takes part and was never cleared, one of another city. What is typed comes from people in
 * Node and from the cleared browser's own keyboard; each browser's own page also asks for everything it is not shown. A whole recording
 * has two more: one who steps out of item 2, one who writes in it without a line while it is narrowed.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { DEMO_PASSWORD } from '../../server/demo/community.ts'
import { discussionOf } from '../../shared/documents/item-document.ts'
import { paragraphsOf } from '../../shared/documents/rich-text.ts'
import { openBlockingProxy } from './blocking-proxy.ts'
import { openBrowser, openContext } from './browser.ts'
import { ALL_CANARIES, type Canary } from './canaries.ts'
import {
  type CanaryMeeting,
  type Cleared,
  closeMeeting,
  edit,
  moveItems,
  planMeeting,
  typeIntoConference,
  typeIntoItem,
  withdrawThird,
} from './canary-meeting.ts'
import { tryEverything } from './curious-browser.ts'
import { type DureProcess, NETWORK_REFUSES } from './dure-process.ts'
import { signIn } from './person.ts'
import { Recorder } from './recorder.ts'
import {
  AFTER_RECUSAL,
  Conducting,
  comeBackLate,
  HEARD,
  hearItem,
  type LateSeen,
  type RecusalSeen,
  recuse,
  writeWithoutLine,
} from './recusal-and-raise.ts'
import { arrive } from './room-page.ts'

/** Typed by the cleared browser, letter by letter. */
export const TYPED: Canary = { field: 'typed in the browser', text: '모란꽃병자개농', secret: true }
/** Typed after the third agency was withdrawn. */
export const AFTER_WITHDRAWAL: Canary = { field: 'after the withdrawal', text: '솟을대문뒤주열쇠', secret: true }

/** The canaries of the conference itself: for everybody who takes part. */
export const IN_THE_ROOM: readonly Canary[] = ALL_CANARIES.filter(
  ({ secret, field }) => !secret && !field.includes('staff') && field !== 'conference title that was replaced',
)

export interface Watcher {
  login: string
  what: string
  recorder: Recorder
  page: Page
  context: BrowserContext
}

export interface MeetingRecording {
  meeting: CanaryMeeting
  cleared: Watcher
  withdrawn: Watcher
  unaccepted: Watcher
  uncleared: Watcher
  stranger: Watcher
  /** Who stepped out, and who wrote without a line while the item was narrowed; only in a whole recording. */
  whole: WholePart | undefined
  /** From sending the withdrawal to the close of the withdrawn browser's last socket on item 2. */
  withdrawalMs: number
  /** How long the command itself took until it was answered. */
  commandMs: number
  withdrawnAt: number
  close(): Promise<void>
}

export interface WholePart {
  recused: Watcher & RecusalSeen
  late: Watcher & LateSeen
}

/** @param whole the item is also heard, somebody steps out of it, and somebody without a line goes on writing in it: two more browsers */
export async function recordMeeting(
  dure: DureProcess,
  browser: Browser,
  say: (line: string) => void,
  { whole = false } = {},
): Promise<MeetingRecording> {
  const [lead, second, third, other, silent, relative] = await Promise.all(
    ['saengyeon.case', 'muhan.case', 'council.case', 'angel.case', 'mind.case', 'muhan.team'].map(login =>
      signIn(dure.url, login, DEMO_PASSWORD),
    ),
  )
  if (!lead || !second || !third || !other || !silent || !relative) throw new Error('Nobody came')
  const people: Cleared = { lead, second, third, unaccepted: silent }
  const meeting = await planMeeting(people, [other, relative])
  const { documents } = meeting
  say('planned, live; item 2 is for three agencies')
  const network = whole ? await openBlockingProxy(dure.port, 'passes') : undefined
  const far = network && (await openBrowser({ 'council.localhost': network.port }))
  const conducting = whole ? new Conducting(lead, meeting) : undefined

  const watch = async (agency: string, what: string, login = `${agency}.case`, from = browser) =>
    watchAs(dure, from, meeting, { agency, login, what })
  const cleared = await watch('muhan', 'cleared for item 2')
  const withdrawn = await watch('council', 'cleared, then withdrawn')
  const unaccepted = await watch('mind', 'cleared, and never accepted the statement')
  const uncleared = await watch('angel', 'in the conference, never cleared')
  await arrive(uncleared.page)
  const stranger = await watch('heungseon', 'another city')
  const recused = whole ? await watch('muhan', 'cleared, then recused', 'muhan.team') : undefined
  if (recused) await arrive(recused.page)
  const late = far && (await watch('council', 'without a line when its agency loses item 2', 'council.case', far))
  const more = [recused, late].filter(one => one !== undefined)
  const watchers = [cleared, withdrawn, unaccepted, uncleared, stranger, ...more]
  const inside = [cleared, withdrawn, ...more]
  for (const { page } of inside) await openItem2(page)
  say(`${watchers.length} browsers watch`)

  await typeIntoConference(meeting, lead)
  await typeIntoItem(meeting, people)
  const discussion = cleared.page.getByRole('textbox', { name: '논의' })
  await discussion.click()
  await cleared.page.keyboard.press('Control+End')
  await cleared.page.keyboard.press('Enter')
  await cleared.page.keyboard.type(TYPED.text)
  for (const { page } of inside) await page.getByText(TYPED.text).waitFor()
  say('a canary stands in every field')
  await moveItems(meeting, lead)
  for (const { recorder, page } of watchers) await recorder.look(page)

  for (const { context } of watchers) await context.setOffline(true)
  for (const { context } of watchers) await context.setOffline(false)
  await dure.kill()
  await dure.start()
  const again = (watcher: Watcher, document: string) =>
    watcher.recorder.until(`${watcher.login} to be back in ${document}`, () => {
      const sockets = watcher.recorder.socketsOf(document)
      return sockets.length > 1 && (sockets.at(-1)?.received.length ?? 0) > 0
    })
  for (const watcher of [...inside, unaccepted, uncleared]) await again(watcher, documents.conference)
  for (const watcher of inside) await again(watcher, documents.item)
  say('the server was killed and everybody came back')
  await Promise.all(watchers.map(({ page }) => tryEverything(page, meeting)))

  let recusal: RecusalSeen | undefined
  if (conducting && recused && network && late) {
    await hearItem(conducting, lead, meeting)
    for (const { recorder, login } of inside)
      await recorder.until(`${login} to hear the answer`, () => hasHeard(recorder, HEARD.answer))
    say('item 2 was heard, read back and confirmed')
    recusal = await recuse(conducting, meeting, { person: relative, recorder: recused.recorder }, second)
    await cleared.recorder.until('what follows the recusal', () => hasHeard(cleared.recorder, AFTER_RECUSAL.card))
    say(`one stepped out of it: cut off ${recusal.cutOffMs} ms after the command was answered`)
    for (const one of [recused, uncleared]) await tryEverything(one.page, meeting)
    await writeWithoutLine(network, late.page)
  }

  const openOnItem = () => withdrawn.recorder.socketsOf(documents.item).filter(socket => socket.closedAt === undefined)
  const withdrawnAt = Date.now()
  await withdrawThird(meeting, people)
  const commandMs = Date.now() - withdrawnAt
  await withdrawn.recorder.until('the withdrawn browser to be cut off', () => openOnItem().length === 0)
  const withdrawalMs = Math.max(
    ...withdrawn.recorder.socketsOf(documents.item).map(socket => (socket.closedAt ?? 0) - withdrawnAt),
  )
  say(`third agency withdrawn: its browser was cut off after ${withdrawalMs} ms`)
  await edit(second, documents.item, doc => discussionOf(doc).push(paragraphsOf(AFTER_WITHDRAWAL.text)))
  await cleared.page.getByText(AFTER_WITHDRAWAL.text).waitFor()
  const back = network && late ? await comeBackLate(network, late.page, late.recorder) : undefined
  if (back) say(`the late words stood ${back.shown.times} times before their author, and nowhere afterwards`)
  await Promise.all(watchers.map(({ page }) => tryEverything(page, meeting)))

  await closeMeeting(meeting, lead)
  for (const { page } of [cleared, withdrawn, unaccepted, uncleared, ...more])
    await page.getByText('마친 회의입니다').first().waitFor()
  await Promise.all(
    watchers.map(async ({ page, recorder }) => {
      await recorder.look(page)
      await allAnswered(page, recorder)
      await page.reload()
      await arrived(page)
      await tryEverything(page, meeting)
      await recorder.look(page)
      await recorder.settled()
    }),
  )
  for (const person of [lead, second, third, other, silent, relative]) person.leave()
  conducting?.close()
  say('closed, reloaded, and asked for everything once more')
  return {
    meeting,
    cleared,
    withdrawn,
    unaccepted,
    uncleared,
    stranger,
    whole: recused && recusal && late && back && { recused: { ...recused, ...recusal }, late: { ...late, ...back } },
    withdrawalMs,
    commandMs,
    withdrawnAt,
    async close() {
      for (const { context } of watchers) await context.close()
      await far?.close()
      await network?.close()
    },
  }
}

/** Signs in through the visible form on the agency's own address and goes into the conference. */
async function watchAs(
  dure: DureProcess,
  browser: Browser,
  meeting: CanaryMeeting,
  { agency, login, what }: { agency: string; login: string; what: string },
): Promise<Watcher> {
  const context = await openContext(browser)
  const recorder = new Recorder(context)
  const page = await context.newPage()
  await page.goto(dure.urlOf(agency))
  await page.getByLabel('아이디', { exact: true }).fill(login)
  await page.getByLabel('비밀번호', { exact: true }).fill(DEMO_PASSWORD)
  const submit = page.getByRole('button', { name: '로그인', exact: true })
  await submit.click()
  await submit.waitFor({ state: 'detached' })
  // What the first page asks for, it asks for with its heading.
  await page.getByRole('heading', { name: '내 회의' }).waitFor()
  await recorder.settled()
  await page.goto(`${dure.urlOf(agency)}/conferences/${meeting.conferenceId}`)
  await arrived(page)
  return { login, what, recorder, page, context }
}

/** Whether the live channel has brought it to this browser. */
const hasHeard = ({ live }: Recorder, { text }: Canary): boolean =>
  live.some(({ received }) => received.some(({ bytes }) => bytes.includes(text)))

/** A browser gives no body of a page that it has left. */
async function allAnswered(page: Page, recorder: Recorder): Promise<void> {
  // A room that polls is never without a request.
  if (!NETWORK_REFUSES) await page.waitForLoadState('networkidle')
  await recorder.settled()
}

/** The agenda is there, or the words for somebody who may not see it. */
async function arrived(page: Page): Promise<void> {
  const agenda = page.getByRole('grid', { name: '안건' })
  await agenda.or(page.getByText('찾는 내용이 없거나 볼 수 없습니다')).first().waitFor()
}

async function openItem2(page: Page): Promise<void> {
  await page.getByRole('grid', { name: '안건' }).getByRole('row').nth(1).click()
  await page.getByRole('textbox', { name: '논의' }).waitFor()
}
