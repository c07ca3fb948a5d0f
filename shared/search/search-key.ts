/**
 * A text as search reads it (SPEC SQ1): composed (NFC), lower case, without spaces and without the characters that nobody sees. One character in
 * for each character out, so that what is found in the key can be marked in the text.
 */
import { isSyllable } from './hangul.ts'

/** A line's end stays: a word does not go on in the next line. */
const SPACE = /[^\S\n]/u
/** Soft hyphens, fillers, joiners, marks of direction: nobody sees them, and they separate nothing. */
const HIDDEN = /[\u00ad\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\u3164\ufeff]/u
/** After one of these a word begins although there is no space. */
const BREAKING = /[\n()[\]{}<>「」『』〈〉《》【】'"“”‘’·,./:;!?~\-–—…|+&○]/u

/** The text's own form that keys and marks are about. */
export const composed = (text: string): string => text.normalize('NFC')

/** The key of a text. */
export function searchKeyOf(text: string): string {
  const whole = composed(text)
  const codes: number[] = []
  for (let place = 0; place < whole.length; place++) {
    const character = whole.charAt(place)
    if (isPlain(character)) codes.push(character.charCodeAt(0))
    else if (!HIDDEN.test(character) && !SPACE.test(character)) codes.push(folded(character).charCodeAt(0))
  }
  return stringOf(codes)
}

/** In one piece: a string that grew letter by letter takes some twenty bytes for each of them, and millions of them are kept. */
function stringOf(codes: readonly number[]): string {
  const pieces: string[] = []
  for (let from = 0; from < codes.length; from += PIECE) {
    pieces.push(String.fromCharCode(...codes.slice(from, from + PIECE)))
  }
  return pieces.join('')
}

/** As many arguments as every engine takes. */
const PIECE = 4_096

export interface PlacedKey {
  key: string
  /** Where each character of the key stands in the composed text. */
  at: readonly number[]
  /** Whether a word begins there. */
  begins: readonly boolean[]
}

/** The same key with the places of its characters, for marking and for what only matches where a word begins. */
export function placedKeyOf(text: string): PlacedKey {
  const whole = composed(text)
  const at: number[] = []
  const begins: boolean[] = []
  let key = ''
  let afterBreak = true
  for (let place = 0; place < whole.length; place++) {
    const character = whole.charAt(place)
    const isWord = isPlain(character)
    if (!isWord && HIDDEN.test(character)) continue
    if (!isWord && SPACE.test(character)) {
      afterBreak = true
      continue
    }
    key += isWord ? character : folded(character)
    at.push(place)
    begins.push(afterBreak)
    afterBreak = !isWord && BREAKING.test(character)
  }
  return { key, at, begins }
}

/** Nearly every character of a Korean text, told without an expression: keys are made of millions of them. */
function isPlain(character: string): boolean {
  return isSyllable(character) || (character >= '0' && character <= '9') || (character >= 'a' && character <= 'z')
}

/** Lower case where that is one character; a few letters have none. */
function folded(character: string): string {
  const lower = character.toLowerCase()
  return lower.length === 1 ? lower : character
}
