/**
 * A text as search reads it (SPEC SE1): composed (NFC), lower case, without spaces and without the characters that nobody sees. One character in
 * for each character out, so that what is found in the key can be marked in the text.
 */

/** A line's end stays: a word does not go on in the next line. */
const SPACE = /[^\S\n]/u
/** Soft hyphens, fillers, joiners, marks of direction: nobody sees them, and they separate nothing. */
const HIDDEN = /[\u00ad\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\u3164\ufeff]/u
const isLeftOut = (character: string) => HIDDEN.test(character) || SPACE.test(character)

/** The text's own form that keys and marks are about. */
export const composed = (text: string): string => text.normalize('NFC')

/** The key of a text. */
export function searchKeyOf(text: string): string {
  let key = ''
  for (const character of codeUnits(composed(text))) if (!isLeftOut(character)) key += folded(character)
  return key
}

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
    if (HIDDEN.test(character)) continue
    if (SPACE.test(character)) {
      afterBreak = true
      continue
    }
    key += folded(character)
    at.push(place)
    begins.push(afterBreak)
    afterBreak = BREAKING.test(character)
  }
  return { key, at, begins }
}

/** After one of these a word begins although there is no space. */
const BREAKING = /[\n()[\]{}<>「」『』〈〉《》【】'"“”‘’·,./:;!?~\-–—…|+&○]/u

/** Lower case where that is one character; a few letters have none. */
function folded(character: string): string {
  const lower = character.toLowerCase()
  return lower.length === 1 ? lower : character
}

function* codeUnits(text: string): Generator<string> {
  for (let place = 0; place < text.length; place++) yield text.charAt(place)
}
