/**
 * The harder half of a recorded meeting: item 2 is brainstormed on, read back and confirmed; somebody cleared steps out of it; and it is narrowed
 * while a browser of the agency that loses it has no line and goes on writing. Commands go over the live channel as the leader's own browser sends
 * them.
 */
import type { Page } from 'playwright-core'
import { socketLines } from '../../client/meeting/live-line.ts'
import { type CommandPart, MeetingLink, type MeetingPicture } from '../../client/meeting/meeting-link.ts'
import { must } from '../../shared/assert.ts'
import { discussionOf } from '../../shared/documents/item-document.ts'
import { paragraphsOf } from '../../shared/documents/rich-text.ts'
import type { HearingView } from '../../shared/meeting/meeting-view.ts'
import type { CommandName } from '../../shared/protocol/live-channel.ts'
import type { BlockingProxy } from './blocking-proxy.ts'
import type { Canary } from './canaries.ts'
import { type CanaryMeeting, edit } from './canary-meeting.ts'
import type { Person } from './person.ts'
import type { Recorder } from './recorder.ts'

const secret = (field: string, text: string): Canary => ({ field, text, secret: true })
/** Said over the live channel while everybody who is cleared hears the item. */
export const HEARD = {
  card: secret('brainstorm card', '다듬잇돌두드리기'),
  answer: secret('words of an answer', '반짇고리자물쇠'),
}
/** In the item's document and in its hearing, once somebody has stepped out of it. */
export const AFTER_RECUSAL = {
  discussion: secret('after the recusal', '쪽마루밑댓돌'),
  card: secret('brainstorm card after the recusal', '장독대곁채송화'),
}
/** Typed without a line by somebody whose agency loses the item meanwhile. */
export const LATE = secret('late words', '뒤꼍굴뚝새')

const DEADLINE_MS = 40_000

/** Who leads, in the live channel. */
export class Conducting {
  readonly #link: MeetingLink
  readonly #meeting: CanaryMeeting

  constructor(leader: Person, meeting: CanaryMeeting) {
    this.#meeting = meeting
    this.#link = new MeetingLink({
      conferenceId: meeting.conferenceId,
      openLine: socketLines({ serverUrl: leader.url, headers: { cookie: leader.cookie, origin: leader.url } }),
      askWhyRefused: async () => 'unknown',
    })
    this.#link.start()
  }

  async does<Name extends CommandName>(name: Name, part: CommandPart<Name>): Promise<void> {
    const outcome = await this.#link.send(name, part)
    if (!outcome.ok) throw new Error(`${name} was refused: ${outcome.reason} ${outcome.message}`)
  }

  /** Waits until the leader is told so. */
  until(what: string, holds: (picture: MeetingPicture) => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!holds(this.#link.getState())) return
        clearTimeout(end)
        stop()
        resolve()
      }
      const stop = this.#link.subscribe(look)
      const end = setTimeout(() => {
        stop()
        reject(new Error(`Waited ${DEADLINE_MS} ms for ${what}`))
      }, DEADLINE_MS)
      look()
    })
  }

  get hearing(): HearingView | undefined {
    return this.#link.getState().view?.hearings[this.#meeting.secretItem]
  }

  close(): void {
    this.#link.close()
  }
}

/** Cards, a read-back with an answer in words, its confirmation: everything a hearing can hold goes over the live channel. */
export async function hearItem(
  conducting: Conducting,
  leader: Person,
  { secretItem: itemId }: CanaryMeeting,
): Promise<void> {
  await conducting.until('the chair', ({ view }) => view?.chair.userId === leader.userId)
  await conducting.does('feature.switch', { feature: 'brainstorming', on: true })
  await conducting.does('pointer.move', { itemId, place: null })
  await conducting.does('cards.add', { itemId, text: HEARD.card.text })
  await conducting.does('read-back.open', { itemId })
  await conducting.until('the read-back', () => conducting.hearing?.readBack != null)
  const { readBackId, hash, asked } = must(conducting.hearing?.readBack, 'a read-back')
  const agencyId = must(asked.at(-1), 'an agency that is asked')
  const words = HEARD.answer.text
  await conducting.does('read-back.answer', { itemId, readBackId, hash, agencyId, position: 'abstains', words })
  await conducting.does('read-back.confirm', { itemId, readBackId, hash })
  await conducting.until('the confirmation', () => conducting.hearing?.confirmed?.number === 1)
}

export interface RecusalSeen {
  recusedAt: number
  /** From the command's answer to the close of the last line on the item. */
  cutOffMs: number
}

/** Somebody cleared steps out; what is written and said afterwards is not for them. */
export async function recuse(
  conducting: Conducting,
  { secretItem: itemId, documents }: CanaryMeeting,
  who: { person: Person; recorder: Recorder },
  writer: Person,
): Promise<RecusalSeen> {
  await conducting.does('recusal.begin', { itemId, userId: who.person.userId, kind: 'exclusion' })
  const recusedAt = Date.now()
  const open = () => who.recorder.socketsOf(documents.item).filter(socket => socket.closedAt === undefined)
  await who.recorder.until('who is recused to be cut off', () => open().length === 0)
  const cutOffMs = Math.max(...who.recorder.socketsOf(documents.item).map(one => (one.closedAt ?? 0) - recusedAt))
  await edit(writer, documents.item, doc => discussionOf(doc).push(paragraphsOf(AFTER_RECUSAL.discussion.text)))
  await conducting.does('cards.add', { itemId, text: AFTER_RECUSAL.card.text })
  return { recusedAt, cutOffMs }
}

/** Somebody writes without a line. */
export async function writeWithoutLine(network: BlockingProxy, page: Page): Promise<void> {
  network.cut()
  await page.getByText('연결이 끊겼습니다').first().waitFor()
  const discussion = page.getByRole('textbox', { name: '논의' })
  await discussion.click()
  await page.keyboard.press('Control+End')
  await page.keyboard.press('Enter')
  await page.keyboard.type(LATE.text)
  await discussion.getByText(LATE.text).waitFor()
}

export interface LateSeen {
  mendedAt: number
  /** How often the late words stood on the screen when the line was back, and whether with why they were not taken. */
  shown: { times: number; why: boolean }
  /** What of them is anywhere in this browser once their author has put them away. */
  kept: string
}

/** The line is back, the item is not for them any more: their own words are there to copy, and gone once they are put away. */
export async function comeBackLate(network: BlockingProxy, page: Page, recorder: Recorder): Promise<LateSeen> {
  const mendedAt = Date.now()
  network.mend()
  const notice = page.getByText('회의실에 들어가지 못한 글이 있습니다')
  await notice.waitFor({ timeout: DEADLINE_MS })
  // The item goes from the screen with the answer that it is not for them, a moment after its document.
  await page.getByTestId('holding-card').waitFor({ timeout: DEADLINE_MS })
  const times = await page.getByText(LATE.text).count()
  const why = await page.getByText('찾는 내용이 없거나 볼 수 없습니다').first().isVisible()
  await recorder.look(page)
  await page.getByRole('button', { name: '치우기' }).first().click()
  await notice.waitFor({ state: 'detached' })
  const keeps = async () =>
    page.evaluate(async () => {
      const databases = (await indexedDB.databases()).map(one => one.name)
      const caches = await globalThis.caches.keys().catch(() => [])
      return JSON.stringify({ databases, caches, local: { ...localStorage }, session: { ...sessionStorage } })
    })
  const before = [await page.content(), await keeps()]
  await recorder.settled()
  await page.reload()
  await page.getByRole('grid', { name: '안건' }).first().waitFor()
  const kept = [...before, await page.content(), await keeps()].filter(text => text.includes(LATE.text)).join('\n')
  return { mendedAt, shown: { times, why }, kept }
}
