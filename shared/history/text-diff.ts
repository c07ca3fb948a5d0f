/**
 * What became of a text: its pieces in order, each kept, gone or new. Words are compared, then what two words share at their ends, so that a
 * particle that changed (`간병비를` → `간병비는`) shows as a particle. Never cuts a letter as people see it: an emoji of four parts, or a syllable that
 * a keyboard sent in pieces, is one.
 */
import { type Step, stepsBetween } from './steps.ts'

export interface TextPiece {
  kind: 'same' | 'gone' | 'new'
  words: string
}

/** Both in composed form (NFC). Joining what is not new gives `before`, joining what is not gone gives `after`. */
export function textDiff(before: string, after: string): TextPiece[] {
  const [was, is] = [before.normalize('NFC'), after.normalize('NFC')]
  const byLine = stepsBetween(linesOf(was), linesOf(is))
  return joined(betweenChanges(byLine).flatMap(step => (step.kind === 'same' ? [step] : wordDiff(step.gone, step.new))))
}

type Stretch = { kind: 'same'; words: string } | { kind: 'changed'; gone: string; new: string }

/** What lies between two kept stretches, as what it was and what it is. */
function betweenChanges(steps: readonly Step<string>[]): Stretch[] {
  const found: Stretch[] = []
  for (const { kind, token } of steps) {
    let last = found.at(-1)
    if (kind === 'same') {
      if (last?.kind === 'same') last.words += token
      else found.push({ kind, words: token })
      continue
    }
    if (last?.kind !== 'changed') {
      last = { kind: 'changed', gone: '', new: '' }
      found.push(last)
    }
    last[kind] += token
  }
  return found
}

function wordDiff(before: string, after: string): TextPiece[] {
  return betweenChanges(stepsBetween(wordsOf(before), wordsOf(after))).flatMap(step =>
    step.kind === 'same' ? [step] : endsApart(step.gone, step.new),
  )
}

/** What both begin and end with is kept. */
function endsApart(before: string, after: string): TextPiece[] {
  const [was, is] = [lettersOf(before), lettersOf(after)]
  let start = 0
  while (start < was.length && start < is.length && was[start] === is[start]) start++
  let end = 0
  const most = Math.min(was.length, is.length) - start
  while (end < most && was[was.length - 1 - end] === is[is.length - 1 - end]) end++
  return [
    { kind: 'same', words: was.slice(0, start).join('') },
    { kind: 'gone', words: was.slice(start, was.length - end).join('') },
    { kind: 'new', words: is.slice(start, is.length - end).join('') },
    { kind: 'same', words: was.slice(was.length - end).join('') },
  ]
}

function joined(pieces: readonly TextPiece[]): TextPiece[] {
  const found: TextPiece[] = []
  for (const { kind, words } of pieces) {
    if (words === '') continue
    const last = found.at(-1)
    if (last?.kind === kind) last.words += words
    else found.push({ kind, words })
  }
  return found
}

/** Each with its line break. */
const linesOf = (text: string): string[] => text.split(/(?<=\n)/)

// Browsers before 2024 may have none: there a letter of several code points may be cut, and nothing else is worse.
const segmenter =
  typeof Intl.Segmenter === 'function' ? new Intl.Segmenter('ko', { granularity: 'grapheme' }) : undefined

/** Most of what is written: between two of these a letter always ends. The segmenter is asked for the rest, because it is slow on long texts. */
const PLAIN = /[\n -~가-힣一-鿿]/

/** The letters of a text as people see them. */
export function lettersOf(text: string): string[] {
  const letters: string[] = []
  for (let at = 0; at < text.length; ) {
    let end = at + 1
    while (end < text.length && !(isPlain(text, end - 1) && isPlain(text, end))) end++
    const part = text.slice(at, end)
    if (part.length === 1) letters.push(part)
    else if (segmenter === undefined) letters.push(...part)
    else for (const { segment } of segmenter.segment(part)) letters.push(segment)
    at = end
  }
  return letters
}

const isPlain = (text: string, at: number): boolean => PLAIN.test(text.charAt(at))

/** Words, the space between them, and every other letter by itself. */
export function wordsOf(text: string): string[] {
  const words: string[] = []
  let last = ''
  for (const letter of lettersOf(text)) {
    const kind = kindOf(letter)
    if (kind !== '' && kind === last) words[words.length - 1] += letter
    else words.push(letter)
    last = kind
  }
  return words
}

function kindOf(letter: string): 'word' | 'space' | '' {
  if (/^[\p{L}\p{N}\p{M}]+$/u.test(letter)) return 'word'
  return /^[^\S\n]+$/u.test(letter) ? 'space' : ''
}
