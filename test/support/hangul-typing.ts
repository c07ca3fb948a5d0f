/**
 * Typing Korean as a 2-set keyboard does it: each key changes the syllable being composed, and a key may take the last consonant of the syllable
 * before along (값 + ㅣ is 갑시). Driven through the browser's debugging protocol, so that real composition events happen in the page.
 */
import { assemble, disassemble } from 'es-hangul'
import type { CDPSession } from 'playwright-core'

export interface KeyStep {
  /** What the key finishes: replaces the composition for good. Empty when nothing is finished. */
  finished: string
  /** The syllable that is being composed after the key. */
  composing: string
}

/** The keys of a word without spaces, in order. */
export function keysOf(word: string): KeyStep[] {
  const keys = [...disassemble(word)]
  const steps: KeyStep[] = []
  let finishedBefore = 0
  for (let count = 1; count <= keys.length; count++) {
    const syllables = [...assemble(keys.slice(0, count))]
    const composing = syllables.at(-1) ?? ''
    steps.push({ finished: syllables.slice(finishedBefore, -1).join(''), composing })
    finishedBefore = syllables.length - 1
  }
  return steps
}

/** Presses one key. */
export async function pressKey(keyboard: CDPSession, { finished, composing }: KeyStep): Promise<void> {
  if (finished !== '') await keyboard.send('Input.insertText', { text: finished })
  await keyboard.send('Input.imeSetComposition', {
    text: composing,
    selectionStart: composing.length,
    selectionEnd: composing.length,
  })
}

/** Finishes the syllable being composed, as a space, an arrow key or a click does. */
export function finishComposing(keyboard: CDPSession, composing: string): Promise<unknown> {
  return keyboard.send('Input.insertText', { text: composing })
}
