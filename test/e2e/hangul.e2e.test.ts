/**
 * Composing Hangul while somebody else types before, after and inside the same paragraph gives exactly what it gives alone, and the caret stays
 * where the writer has it. RUNS= sets how many seeded runs, SEED= replays one.
 */
import type { CDPSession } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { demoInBrowser } from '../support/demo-in-browser.ts'
import { finishComposing, keysOf, pressKey } from '../support/hangul-typing.ts'
import { equalOnAll, type RoomPage } from '../support/room-page.ts'
import { type SeededRandom, seededRandom } from '../support/seeded-random.ts'

const RUNS = Number(process.env.RUNS ?? 1)
const FIRST_SEED = Number(process.env.SEED ?? 1)
const WORDS = [
  '값어치',
  '밟다',
  '꿰뚫다',
  '안녕하세요',
  '닭볶음탕',
  '흙먼지',
  '앉혔다',
  '괜찮습니다',
  '읽었네',
  '삯일꾼',
]
const MOVES = [
  ['Home'],
  ['End'],
  ['End', 'ArrowLeft'],
  ['End', 'ArrowLeft', 'ArrowLeft'],
  ['Home', 'ArrowRight', 'ArrowRight', 'ArrowRight'],
  ['Home', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight'],
]
const FOREIGN = 'abcdefghijklmnopqrstuvwxyz'

describe('Hangul while somebody else types', () => {
  const demo = demoInBrowser()
  let writer: RoomPage
  let other: RoomPage
  let keyboard: CDPSession

  beforeAll(async () => {
    writer = await demo.enters('saengyeon.case')
    other = await demo.enters('muhan.case')
    for (const one of [writer, other]) {
      await one.openItem('김○○ 가구')
      await one.discussion().getByText('건강 문제가 먼저라는 데').waitFor()
    }
    keyboard = await writer.context.newCDPSession(writer.page)
  })

  /** A new last paragraph with a name of its own, the writer's caret in its middle. */
  async function newParagraph(name: string): Promise<void> {
    await writer.caretToEnd(writer.discussion())
    await writer.page.keyboard.press('Enter')
    await writer.page.keyboard.insertText(`${name}앞뒤`)
    await writer.page.keyboard.press('ArrowLeft')
  }

  async function lastParagraph(one: RoomPage): Promise<string> {
    return (await one.wordsIn(one.discussion())).split('\n').at(-1) ?? ''
  }

  /** What stands before the writer's caret in its paragraph, as the browser has it. */
  function beforeCaret(): Promise<string> {
    return writer.page.evaluate(() => {
      const selection = getSelection()
      const node = selection?.focusNode
      const block = (node instanceof Element ? node : node?.parentElement)?.closest('p')
      if (!selection || !node || !block) return ''
      const range = document.createRange()
      range.setStart(block, 0)
      range.setEnd(node, selection.focusOffset)
      const part = range.cloneContents()
      for (const caret of part.querySelectorAll('[class*=caret], [class*=cursor]')) caret.remove()
      return (part.textContent ?? '').replaceAll('\u2060', '')
    })
  }

  /** The script of one seed: words typed key by key; `between` happens after each key. */
  async function typeScript(random: SeededRandom, between: () => Promise<void>): Promise<void> {
    const words = Array.from({ length: 2 }, () => random.pick(WORDS))
    for (const word of words) {
      let composing = ''
      for (const step of keysOf(word)) {
        await pressKey(keyboard, step)
        composing = step.composing
        await between()
      }
      await finishComposing(keyboard, composing)
      await writer.page.keyboard.press('Space')
      await between()
    }
  }

  test.each(Array.from({ length: RUNS }, (_, at) => FIRST_SEED + at))('seed %i: the same as alone', async seed => {
    await newParagraph(`혼자${seed}`)
    await typeScript(seededRandom(seed), async () => {})
    const alone = (await lastParagraph(writer)).replace(`혼자${seed}`, '')
    const caretAlone = (await beforeCaret()).replace(`혼자${seed}`, '')

    await newParagraph(`함께${seed}`)
    await other.discussion().getByText(`함께${seed}`).click()
    const chance = seededRandom(seed + 1_000_000)
    let foreign = 0
    await typeScript(seededRandom(seed), async () => {
      if (chance.chance(0.25)) return
      // Before, after and inside the same paragraph, never out of it.
      for (const key of chance.pick(MOVES)) await other.page.keyboard.press(key)
      if (chance.chance(0.2) && foreign > 0) return
      await other.page.keyboard.insertText(chance.pick([...FOREIGN]))
      foreign += 1
    })
    await equalOnAll([writer, other], one => one.wordsIn(one.discussion()), 120_000)
    const together = await lastParagraph(writer)
    const own = (text: string) => text.replace(`함께${seed}`, '').replace(/[a-z]/g, '')

    expect(foreign).toBeGreaterThan(5)
    expect(together.match(/[a-z]/g)?.length).toBe(foreign)
    expect(own(together.replace(/[a-z]/g, ''))).toBe(alone)
    expect(own((await beforeCaret()).replace(/[a-z]/g, ''))).toBe(caretAlone)
  })
})
