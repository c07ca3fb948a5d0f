/** What search needs to know of Hangul: initial consonants, final consonants, syllables. */

const FIRST_SYLLABLE = 0xac00
const LAST_SYLLABLE = 0xd7a3
/** Syllables that share an initial consonant. */
const PER_INITIAL = 588
const FINALS = 28
const FINAL_RIEUL = 8
const INITIALS = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'

export function isSyllable(character: string): boolean {
  const code = character.charCodeAt(0)
  return code >= FIRST_SYLLABLE && code <= LAST_SYLLABLE
}

/** The initial consonant of a syllable (비 → ㅂ); any other character as it is. */
export function initialOf(character: string): string {
  return isSyllable(character)
    ? INITIALS.charAt(Math.floor((character.charCodeAt(0) - FIRST_SYLLABLE) / PER_INITIAL))
    : character
}

export const isInitial = (character: string): boolean => character !== '' && INITIALS.includes(character)

/** How a syllable ends, which says which form of a particle follows it. */
export function endingOf(character: string): 'vowel' | 'rieul' | 'consonant' | undefined {
  if (!isSyllable(character)) return undefined
  const final = (character.charCodeAt(0) - FIRST_SYLLABLE) % FINALS
  if (final === 0) return 'vowel'
  return final === FINAL_RIEUL ? 'rieul' : 'consonant'
}
