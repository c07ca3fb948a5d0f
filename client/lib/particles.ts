/**
 * Korean particles that follow the sound before them: 은/는, 이/가, 을/를, 와/과, 으로/로. Names also end in digits, Latin letters and
 * brackets; those are read as they are spoken before choosing.
 */
import { josa } from 'es-hangul'

export const PARTICLES = {
  eun: '은/는',
  i: '이/가',
  eul: '을/를',
  gwa: '와/과',
  ro: '으로/로',
} as const
export type Particle = keyof typeof PARTICLES

/** How digits and Latin letters end when they are spoken: only whether, and with what, the last syllable closes matters. */
const DIGITS = '영일이삼사오육칠팔구'
const LETTERS = '이비시디이프지치이이이엘엠엔오피큐알스티유이유스이트'

/** The word with the particle that fits it: `withParticle('생연1동', 'eun')` is `생연1동은`. */
export function withParticle(word: string, particle: Particle): string {
  const last = [...word].findLast(character => /[\p{L}\p{N}]/u.test(character))?.toLowerCase() ?? ''
  return word + josa.pick(spoken(last), PARTICLES[particle])
}

function spoken(character: string): string {
  if (/[0-9]/.test(character)) return DIGITS.charAt(Number(character))
  if (/[a-z]/.test(character)) return LETTERS.charAt(character.charCodeAt(0) - 97)
  return /[가-힣]/.test(character) ? character : '이'
}
