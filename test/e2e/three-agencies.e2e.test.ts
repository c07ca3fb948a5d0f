/** Three agencies, three browsers, one household: written through visible controls only, the server killed in between. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BlockingProxy, openBlockingProxy, type UpgradeFate } from '../support/blocking-proxy.ts'
import { openBrowser } from '../support/browser.ts'
import { type DureProcess, NETWORK_REFUSES, startDure } from '../support/dure-process.ts'
import { enterLiveConference, equalOnAll, type RoomPage, wordsOfEditor } from '../support/room-page.ts'

/** A change is on every screen within a second; that figure is for a machine that has nothing else to do. */
const SOON_MS = process.env.DEEP ? 1_000 : 20_000
const HOUSEHOLD = '김○○ 가구'
/** Typed by each around the killing of the server. */
const WORDS_EACH = process.env.DEEP ? 24 : 12

describe.each(stores())('three agencies write one item together, on $name', ({ env, fate }) => {
  let dure: DureProcess
  let proxy: BlockingProxy | undefined
  let browser: Browser
  let leader: RoomPage
  let charity: RoomPage
  let city: RoomPage
  let all: RoomPage[]

  beforeAll(async () => {
    if (fate) proxy = await openBlockingProxy(0, fate)
    dure = await startDure(proxy ? { ...env, DURE_PUBLIC_URL: `http://localhost:${proxy.port}` } : env)
    if (proxy) {
      const { port } = proxy
      proxy.targetPort = dure.port
      dure = { ...dure, urlOf: host => `http://${host}.localhost:${port}` }
    }
    browser = await openBrowser()
    ;[leader, charity, city] = all = (await Promise.all(
      ['saengyeon.team', 'angel.case', 'muhan.case'].map(login => enterLiveConference(browser, dure, login)),
    )) as [RoomPage, RoomPage, RoomPage]
    await Promise.all(all.map(one => one.openItem(HOUSEHOLD)))
    await Promise.all(all.map(one => one.discussion().getByText('건강 문제가 먼저라는 데').waitFor()))
  })
  afterAll(async () => {
    await browser?.close()
    await dure?.close()
    await proxy?.close()
  })

  const discussion = (one: RoomPage) => one.wordsIn(one.discussion())

  test('all three type in the discussion at once and read the same', async () => {
    await Promise.all(
      all.map(async (one, at) => {
        await one.caretToEnd(one.discussion())
        await one.page.keyboard.press('Enter')
        await one.page.keyboard.type(WORDS[at] ?? '', { delay: 15 })
      }),
    )
    const tookMs = await equalOnAll(all, discussion, SOON_MS)
    const text = await discussion(leader)
    // Each pressed Enter at the same place at the same moment: each has a line of their own, whole.
    for (const words of WORDS) expect(text.split('\n')).toContain(words)
    console.log(`equal on three screens after ${Math.round(tookMs)} ms`)
  })

  test('one adds a decision and two action items; the others see them, and what is whose', async () => {
    const { page } = charity
    await page.getByRole('button', { name: '결정 추가' }).click()
    await page.getByRole('textbox', { name: '결정 2 내용' }).click()
    await page.keyboard.type('간병비는 천사운동본부가 먼저 지원한다')
    for (const [at, what] of [
      [3, '간병인 연결'],
      [4, '검사 일정 잡기'],
    ] as const) {
      await page.getByRole('button', { name: '조치사항 추가' }).click()
      await page.getByRole('textbox', { name: `조치사항 ${at} 내용` }).click()
      await page.keyboard.type(what)
    }
    await equalOnAll(
      all,
      async one => {
        const editors = await one.page.getByRole('textbox', { name: /^(결정|조치사항) \d+ 내용$/ }).all()
        return Promise.all(editors.map(async e => [await e.getAttribute('aria-label'), await one.wordsIn(e)]))
      },
      SOON_MS,
    )
    const seen = await leader.wordsIn(leader.page.getByRole('textbox', { name: '조치사항 4 내용' }))
    expect(seen).toBe('검사 일정 잡기')
  })

  test('one asks another agency about words of the text, by keyboard; that agency answers, and it is told where the words are', async () => {
    const { page } = leader
    await leader.caretToEndOfLine(leader.discussion().getByText(WORDS[0] ?? ''))
    await page.keyboard.press('Shift+Home')
    await page.keyboard.press('Control+Alt+KeyM')
    const margin = page.getByTestId('comments')
    await margin
      .getByRole('blockquote')
      .getByText(WORDS[0] ?? '')
      .waitFor()
    await margin.getByText('기관에 질문').click()
    await margin.getByRole('button', { name: /누구에게 묻나요/ }).click()
    await page.getByRole('option', { name: /무한돌봄/ }).click()
    await margin.getByRole('textbox', { name: '질문 내용' }).fill('차량도 함께 보내 주실 수 있습니까?')
    await margin.getByRole('button', { name: '남기기' }).click()
    await margin.getByTestId('comment-thread').getByText('답을 기다림').waitFor()

    // The others' screens say so, in the item and in the agenda, and nothing opens by itself.
    await Promise.all(all.map(one => one.page.getByRole('grid', { name: '안건' }).getByText('댓글 1').waitFor()))
    expect(await city.page.getByTestId('comments').count()).toBe(0)
    await city.page.getByRole('button', { name: '댓글 열기: 해결되지 않은 것 1개' }).click()
    await city.page.getByRole('button', { name: '답글', exact: true }).click()
    await city.page.getByRole('textbox', { name: '답글 내용' }).fill('네, 화요일마다 됩니다.')
    await city.page.getByRole('button', { name: '답글 남기기' }).click()
    await margin.getByText('네, 화요일마다 됩니다.').waitFor()
    await margin.getByText('답 있음').waitFor()

    // Somebody goes on behind the words: the mark stays on them.
    await charity.caretToEndOfLine(charity.discussion().getByText(WORDS[0] ?? ''))
    await charity.page.keyboard.type(' (차량)')
    await leader.discussion().getByText(`${WORDS[0]} (차량)`).waitFor()
    await margin.getByRole('button', { name: /본문에서 보기/ }).click()
    await expect.poll(() => leader.discussion().locator('.comment-words').allInnerTexts()).toEqual([WORDS[0]])
    await margin.getByRole('button', { name: '해결', exact: true }).click()
    await margin.getByText('해결된 댓글 1개').waitFor()
    await page.keyboard.press('Escape')
    await margin.waitFor({ state: 'detached' })
    await Promise.all(
      all.map(one => one.page.getByRole('grid', { name: '안건' }).getByText('댓글 1').waitFor({ state: 'detached' })),
    )
  })

  test('the leader moves an item down the agenda and every screen follows', async () => {
    const order = (one: RoomPage) =>
      one.page
        .getByRole('grid', { name: '안건' })
        .getByRole('row')
        .evaluateAll(rows => rows.map(row => row.getAttribute('aria-label')?.replace(/^\d+\. /, '')))
    const before = await order(leader)
    await leader.page.getByRole('button', { name: `${HOUSEHOLD} 아래로` }).click()
    await equalOnAll(all, async one => (await order(one)).indexOf(HOUSEHOLD), SOON_MS)
    expect((await order(city)).indexOf(HOUSEHOLD)).toBe(before.indexOf(HOUSEHOLD) + 1)
    // Nobody else's screen left what it was reading.
    expect(await charity.discussion().isVisible()).toBe(true)
  })

  test('the server is killed while all type: what was called stored is there again, and the text is the same for all', async () => {
    await Promise.all(all.map(one => one.stored()))
    await Promise.all(all.map(one => one.page.evaluate(rememberWhatWasCalledStored, wordsOfEditor.toString())))
    // Each goes on in a paragraph of their own, so that each word stays whole and can be looked for.
    await Promise.all(all.map((one, at) => one.caretToEndOfLine(one.discussion().getByText(WORDS[at] ?? ''))))
    const typing = Promise.all(
      all.map(async (one, at) => {
        for (let word = 0; word < WORDS_EACH; word++) {
          await one.page.keyboard.type(` ${'가나다'[at]}${at}번째${word}`, { delay: 8 })
          if (word === WORDS_EACH / 2 && at === 0) await dure.kill()
          if (word === WORDS_EACH * 0.75 && at === 0) await dure.start()
        }
      }),
    )
    await typing
    await Promise.all(all.map(one => one.stored()))
    await equalOnAll(all, discussion, process.env.DEEP ? 5_000 : 120_000)
    const text = await discussion(leader)
    for (const one of all) {
      const calledStored = await one.page.evaluate('window.calledStored')
      const words = String(calledStored).split(/\s+/).filter(Boolean)
      expect(words.length).toBeGreaterThan(5)
      for (const word of words) expect(text).toContain(word)
    }
    for (let at = 0; at < 3; at++)
      for (let word = 0; word < WORDS_EACH; word++) expect(text).toContain(`${at}번째${word}`)
  })

  test('a newcomer after another start reads what everybody read', async () => {
    const text = await discussion(leader)
    await dure.kill()
    await dure.start()
    const late = await enterLiveConference(browser, dure, 'council.case')
    await late.openItem(HOUSEHOLD)
    await late.discussion().getByText('건강 문제가 먼저라는 데').waitFor()
    expect(await discussion(late)).toBe(text)
    await late.close()
  })

  test('a network that refuses WebSockets is told by a quiet badge with words; an open one by nothing', async () => {
    const { page } = leader
    const badge = page.getByRole('button', { name: '다른 방식으로 연결됨' })
    // A server too slow to open a line within six seconds is taken for such a network, and tried again after twenty.
    await expect.poll(() => badge.count(), { timeout: 120_000 }).toBe(proxy || NETWORK_REFUSES ? 1 : 0)
    if (proxy) {
      expect(proxy.upgrades.asked).toBeGreaterThan(0)
      expect(proxy.upgrades.passed).toBe(0)
    } else if (!NETWORK_REFUSES) return
    const words = page.getByRole('tooltip').filter({ hasText: '저장에는 문제가 없습니다' })
    expect(await words.isVisible()).toBe(false)
    await badge.hover()
    await words.waitFor()
    await page.mouse.move(0, 0)
    await words.waitFor({ state: 'hidden' })
    await badge.focus()
    await words.waitFor()
    await page.keyboard.press('Escape')
    await words.waitFor({ state: 'hidden' })
  })

  test('no page complained', () => {
    // A killed server is told by the browser itself as failed connections; nothing else may appear.
    const own = all
      .flatMap(one => one.errors)
      .filter(error => !/WebSocket connection|ERR_CONNECTION|Failed to load resource/.test(error))
    expect(own).toEqual([])
  })
})

const WORDS = ['생연동이 병원 동행을 맡겠습니다', '본부는 검사비를 살펴보겠습니다', '무한돌봄은 긴급지원을 신청합니다']

/** Runs in the page: from now on, keeps the discussion's words whenever the receipt says that they are stored. */
function rememberWhatWasCalledStored(readWords: string): void {
  const read = new Function(`return ${readWords}`)() as (editor: Element) => string
  const receipt = document.querySelector('[data-testid=receipt]')
  const editor = document.querySelector('[role=textbox][aria-label="논의"]')
  if (!receipt || !editor) throw new Error('The receipt or the discussion is not there')
  const note = () => {
    if (receipt.getAttribute('data-place') === 'stored') Object.assign(window, { calledStored: read(editor) })
  }
  note()
  new MutationObserver(note).observe(receipt, { attributes: true, attributeFilter: ['data-place'] })
}

interface Where {
  name: string
  env: Record<string, string>
  /** A proxy on the way, and what it does with upgrades. */
  fate?: UpgradeFate
}

function stores(): Where[] {
  const found: Where[] = [{ name: 'the embedded store', env: {} }]
  if (NETWORK_REFUSES) return [{ name: 'the embedded store, behind a network that refuses WebSockets', env: {} }]
  if (process.env.DURE_TEST_WHOLE === '1') {
    const name = 'the embedded store, behind a proxy that refuses WebSockets'
    found.push({ name, env: {}, fate: { answered: 403 } })
  } else
    console.log('Not behind a proxy that refuses WebSockets: DURE_TEST_WHOLE is not 1. (The integrated conference is.)')
  const mongo = process.env.MONGODB_TEST_URL
  if (mongo) {
    const url = new URL(mongo)
    url.pathname = `/dure_e2e_${Date.now()}`
    found.push({ name: 'a MongoDB-protocol server', env: { MONGODB_URL: url.toString() } })
  } else console.log('Only on the embedded store: MONGODB_TEST_URL is not set.')
  return found
}
