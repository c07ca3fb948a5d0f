/**
 * Thinking together, through visible controls: cards that nobody else's browser gets before they are revealed, put together by keyboard and by hand,
 * proposed from there and shown on the wall; a supervision note that reaches its readers and nobody else; and a question about the case between two.
 */
import type { Page } from 'playwright-core'
import { afterEach, expect, test } from 'vitest'
import { must } from '../../shared/assert.ts'
import { expectNoFaults } from '../support/axe.ts'
import { collectErrors } from '../support/browser.ts'
import type { Canary } from '../support/canaries.ts'
import { demoInBrowser } from '../support/demo-in-browser.ts'
import { describeInBrowser } from '../support/in-browser.ts'
import { findInRecording, Recorder } from '../support/recorder.ts'
import { type RoomPage, roomPage } from '../support/room-page.ts'

const HOUSEHOLD = '김○○ 가구'

const canary = (text: string): Canary => ({ field: text, text, secret: true })
const HIDDEN = canary('소쩍새카나리아한장')
const TAKEN_BACK = canary('뻐꾸기카나리아지움')
const NOTE = canary('두루미카나리아슈퍼비전')
const QUESTION = canary('왜가리카나리아물음')

/** Everything that came but the built files, which are the same for everybody and long to search. */
function found(recorder: Recorder, canaries: readonly Canary[]) {
  const { sockets, live, screens, missed } = recorder
  const bodies = recorder.bodies.filter(({ url }) => !/\.(js|css|woff2?|svg|png|ico|webmanifest)(\?|$)/.test(url))
  return findInRecording({ bodies, sockets, live, screens, missed }, canaries)
}

interface Recorded extends RoomPage {
  recorder: Recorder
}

describeInBrowser('thinking together', () => {
  const demo = demoInBrowser()
  let open: Recorded[] = []

  afterEach(async () => {
    for (const one of open) await one.close()
    open = []
  })

  /** In the room, and everything that reaches a fresh tab of it on record. */
  async function comes(login: string): Promise<Recorded> {
    const first = await demo.enters(login)
    const recorder = new Recorder(first.context)
    const page = await first.context.newPage()
    const errors = collectErrors(page)
    await page.goto(first.page.url())
    await first.page.close()
    const room = { ...roomPage(first.context, page, errors), recorder }
    open.push(room)
    await page.locator('[data-testid=receipt][data-place=stored]').waitFor()
    await room.openItem(HOUSEHOLD)
    await page.getByTestId('action').first().waitFor()
    return room
  }

  const board = (page: Page) => page.getByRole('region', { name: '브레인스토밍' })
  const card = (page: Page, text: string) => board(page).getByRole('row', { name: text })
  const write = async (page: Page, text: string) => {
    await board(page).getByRole('textbox', { name: '새 카드' }).fill(text)
    await page.keyboard.press('Enter')
    await card(page, text).waitFor()
  }
  const choose = async (page: Page, text: string, what: string) => {
    await board(page)
      .getByRole('button', { name: `“${text}” 카드로 할 일` })
      .click()
    await page.getByRole('menuitem', { name: what }).click()
  }

  test('hidden cards reach nobody else; revealed they are put together, proposed and shown on the wall', async () => {
    const leader = await comes('saengyeon.team')
    const council = await comes('council.case')
    const muhan = await comes('muhan.case')
    expect(await board(council.page).count()).toBe(0)
    await leader.page.getByText('회의 도구').click()
    await leader.page.getByText('브레인스토밍 하기').click()
    await write(leader.page, '도시락을 함께 나눈다')

    await board(leader.page).getByRole('button', { name: '가리고 모으기' }).click()
    await board(council.page).getByText('진행자가 공개할 때까지').waitFor()
    await write(council.page, HIDDEN.text)
    await write(council.page, TAKEN_BACK.text)
    for (const { page } of [leader, muhan]) await board(page).getByText('다른 사람의 가려진 카드 2장').waitFor()
    await choose(council.page, TAKEN_BACK.text, '지우기')
    for (const { page } of [leader, muhan]) await board(page).getByText('다른 사람의 가려진 카드 1장').waitFor()
    await expectNoFaults(council.page)
    for (const { page, recorder } of [leader, muhan]) {
      await recorder.look(page)
      await recorder.settled()
      expect(found(recorder, [HIDDEN, TAKEN_BACK])).toEqual([])
    }
    // The recording would have found it.
    expect(found(council.recorder, [HIDDEN, TAKEN_BACK]).length).toBeGreaterThan(0)

    await board(leader.page).getByRole('button', { name: '모두 공개' }).click()
    for (const { page } of open) await card(page, HIDDEN.text).waitFor()
    expect(found(muhan.recorder, [HIDDEN]).length).toBeGreaterThan(0)
    expect(found(muhan.recorder, [TAKEN_BACK])).toEqual([])

    // By menu into a new group, by keyboard dragging into it, by menu out again.
    await choose(muhan.page, HIDDEN.text, '새 묶음에 넣기')
    await muhan.page.getByRole('textbox', { name: '묶음 이름' }).fill('이웃')
    await muhan.page.keyboard.press('Enter')
    const group = (page: Page) => board(page).getByRole('grid', { name: '이웃' })
    await group(leader.page).getByText(HIDDEN.text).waitFor()
    await board(leader.page).getByRole('button', { name: '“도시락을 함께 나눈다” 카드 끌기' }).press('Enter')
    const target = group(leader.page)
    for (let tries = 0; tries < 6; tries++) {
      const isThere = await target.evaluate(list => list.contains(document.activeElement))
      if (isThere) break
      await leader.page.keyboard.press('Tab')
    }
    await leader.page.keyboard.press('Enter')
    for (const { page } of open) await group(page).getByText('도시락을 함께 나눈다').waitFor()
    await expectNoFaults(leader.page)
    await choose(leader.page, '도시락을 함께 나눈다', '묶음에서 빼기')
    await board(council.page).getByRole('grid', { name: '묶지 않은 카드' }).getByText('도시락을 함께 나눈다').waitFor()

    // One card laid on another by hand makes a group of both.
    await write(muhan.page, '동네 반장과 의논한다')
    await card(muhan.page, '동네 반장과 의논한다').dragTo(card(muhan.page, '도시락을 함께 나눈다'))
    await board(council.page).getByRole('grid', { name: '묶음 1' }).getByText('동네 반장과 의논한다').waitFor()

    const before = await council.page.getByRole('textbox', { name: /^결정 \d+ 내용$/ }).count()
    await choose(council.page, HIDDEN.text, '결정으로')
    await leader.page.getByRole('textbox', { name: `결정 ${before + 1} 내용` }).waitFor()
    expect(await leader.page.getByRole('textbox', { name: `결정 ${before + 1} 내용` }).innerText()).toBe(HIDDEN.text)
    await choose(council.page, '도시락을 함께 나눈다', '논의에 옮기기')
    await leader.discussion().getByText('도시락을 함께 나눈다').waitFor()

    const wall = await leader.context.newPage()
    await wall.goto(`${leader.page.url()}/projector`)
    await wall.getByTestId('projected').getByText('동네 반장과 의논한다').waitFor()
    await expectNoFaults(wall)

    await leader.page.getByText('브레인스토밍 하기').click()
    await board(council.page).getByText('브레인스토밍을 마쳤습니다').waitFor()
    expect(await board(council.page).getByRole('textbox', { name: '새 카드' }).count()).toBe(0)
    for (const one of open) expect(one.errors).toEqual([])
  })

  test('a supervision note reaches the case’s workers and their supervisor, and nobody else by any way', async () => {
    const worker = await comes('saengyeon.case')
    const supervisor = await comes('saengyeon.head')
    const others = [await comes('muhan.team'), await comes('council.case')]
    const note = (page: Page) => page.getByRole('textbox', { name: '슈퍼비전 기록' })
    const names = await worker.page.getByTestId('supervision-readers').innerText()
    expect(names).toBe('이 기록을 보는 사람: 맞춤형복지팀 팀장, 사례관리 담당, 동장')
    await note(worker.page).click()
    await worker.page.keyboard.type(NOTE.text)
    await note(supervisor.page).getByText(NOTE.text).waitFor()
    await supervisor.caretToEnd(note(supervisor.page))
    await supervisor.page.keyboard.press('Enter')
    await supervisor.page.keyboard.type('함께 가 보겠습니다')
    await note(worker.page).getByText('함께 가 보겠습니다').waitFor()
    await worker.stored()
    await supervisor.stored()
    await expectNoFaults(worker.page)

    const [line] = supervisor.recorder.sockets.filter(socket => socket.document.startsWith('supervision.'))
    const document = must(line, 'the line of the note').document
    expect(found(supervisor.recorder, [NOTE]).length).toBeGreaterThan(0)
    for (const { page, recorder, errors } of others) {
      expect(await page.getByText('슈퍼비전').count()).toBe(0)
      const status = await page.evaluate(async name => {
        const answer = await fetch(`/api/sync-check/${name}`)
        await answer.text()
        return answer.status
      }, document)
      expect(status).toBe(404)
      await recorder.look(page)
      await recorder.settled()
      expect(found(recorder, [NOTE])).toEqual([])
      expect(recorder.sockets.filter(socket => socket.document.startsWith('supervision'))).toEqual([])
      for (const { json } of recorder.bodies) expect(JSON.stringify(json) ?? '').not.toContain('"readers"')
      // Asked for by name it says 404, which the browser tells of.
      expect(errors.filter(error => !error.includes('404'))).toEqual([])
    }
    for (const { errors } of [worker, supervisor]) expect(errors).toEqual([])
  })

  test('a worker asks one supervisor about the case: the two have it, in the room and with the case; a colleague on the case does not', async () => {
    const worker = await comes('saengyeon.case')
    const supervisor = await comes('saengyeon.head')
    const others = [await comes('saengyeon.team'), await comes('muhan.team')]
    const thread = (page: Page) => page.getByTestId('supervision-thread')
    await worker.page.getByRole('button', { name: '동장님에게 슈퍼비전 요청' }).click()
    await worker.page.keyboard.type(QUESTION.text)
    await thread(worker.page).getByRole('button', { name: '질문하기' }).click()
    await thread(worker.page).getByText('답을 기다립니다').waitFor()

    // It comes by itself, within the time of one look.
    await thread(supervisor.page).getByText(QUESTION.text).waitFor()
    await thread(supervisor.page).getByText('두 사람만 봅니다: 동장, 사례관리 담당').waitFor()
    await thread(supervisor.page).getByRole('button', { name: '답 쓰기' }).click()
    await supervisor.page.keyboard.type('하루를 먼저 들어 보세요')
    await thread(supervisor.page).getByRole('button', { name: '답 보내기' }).click()
    expect(await thread(supervisor.page).getByRole('button', { name: '해결되었습니다' }).count()).toBe(0)
    await thread(worker.page).getByText('하루를 먼저 들어 보세요').waitFor()
    await thread(worker.page).getByRole('button', { name: '해결되었습니다' }).click()
    await thread(worker.page)
      .getByText(/^해결 20/)
      .waitFor()
    await expectNoFaults(worker.page)

    for (const { page, recorder, errors } of others) {
      expect(await thread(page).count()).toBe(0)
      await recorder.look(page)
      await recorder.settled()
      expect(found(recorder, [QUESTION])).toEqual([])
      expect(errors).toEqual([])
    }

    await worker.page.goto(new URL('/cases', worker.page.url()).href)
    await worker.page
      .getByRole('link', { name: new RegExp(HOUSEHOLD) })
      .first()
      .click()
    await thread(worker.page).getByText(QUESTION.text).waitFor()
    await expectNoFaults(worker.page)
    for (const { recorder, errors } of [worker, supervisor]) {
      await recorder.settled()
      expect(errors).toEqual([])
    }
  })
})
