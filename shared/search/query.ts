/**
 * What somebody typed, as what is looked for (SPEC SE2): words that are all to be found, without the particles that Korean hangs on them and
 * without the words that only ask. "간병비를 어떻게 하기로 했지?" looks for 간병비.
 */
import { endingOf, isInitial, isSyllable } from './hangul.ts'
import { searchKeyOf } from './search-key.ts'

export interface SearchWord {
  /** What is to be found, as a key. */
  key: string
  /** The word as it was typed, as a key: found whole, it counts for more. */
  whole: string
  /** `initials`: initial consonants alone (ㄱㅂㅂ); `mixed`: some of its characters are (간ㅂㅂ). */
  kind: 'plain' | 'initials' | 'mixed'
}

export interface SearchQuery {
  readonly words: readonly SearchWord[]
}

export const MAX_QUERY_LENGTH = 100
const MAX_WORDS = 8

/** What stands around a word and is none of it. The circles of a name that is half hidden (김○○) are. */
const AT_THE_ENDS = /^[\p{P}<>`^~|=+]+|[\p{P}<>`^~|=+]+$/gu

/** Words that ask and name nothing. Dropped only while another word is left. */
const ASKING = new Set(
  `어떻게 어떤 어찌 무엇 무엇을 무슨 뭐 뭐가 뭐를 뭘 언제 누가 누구 누구를 어디 어디서 어디로 왜 얼마 얼마나 몇 하기로 하는지 할지 했지 했지요 했죠 했나
  했나요 했어 했어요 했더라 했는지 했습니까 하나 하나요 하지 합니까 되었지 되었나 되었나요 되었지요 됐지 됐지요 됐나 됐나요 됐더라 되나 되나요 됩니까 정했지 정했나
  정했나요 정했더라 결정했지 결정했나 결정했나요 있었지 있었나 있었나요 있나 있나요 있지 인가 인가요 였지 였나 이었지 대해 대한 대해서 관해 관한 관련 관련해
  관련해서 우리 우리가 그때 좀 건 것 what did do does we decide decided about the a an to how when who where which was were is are of on for`.split(
    /\s+/,
  ),
)

/** Particles by what the syllable before them ends in; where a shorter one would leave its head, the longer stands first. */
const PARTICLES: readonly { particle: string; after: 'any' | 'vowel' | 'consonant' | 'not-consonant' }[] = [
  { particle: '로부터', after: 'not-consonant' },
  ...['에서부터', '에게서', '한테서', '으로부터', '에서', '에게', '한테', '까지', '부터', '하고', '처럼', '보다'].map(
    any,
  ),
  ...['마다', '조차', '마저', '밖에', '만큼', '께서', '대로', '이나마'].map(any),
  { particle: '이라고', after: 'consonant' },
  { particle: '라고', after: 'vowel' },
  { particle: '으로', after: 'consonant' },
  { particle: '이랑', after: 'consonant' },
  { particle: '이나', after: 'consonant' },
  { particle: '이란', after: 'consonant' },
  { particle: '은', after: 'consonant' },
  { particle: '이', after: 'consonant' },
  { particle: '을', after: 'consonant' },
  { particle: '과', after: 'consonant' },
  { particle: '는', after: 'vowel' },
  { particle: '가', after: 'vowel' },
  { particle: '를', after: 'vowel' },
  { particle: '와', after: 'vowel' },
  { particle: '랑', after: 'vowel' },
  { particle: '란', after: 'vowel' },
  { particle: '나', after: 'vowel' },
  { particle: '로', after: 'not-consonant' },
  ...['에', '의', '도', '만', '께'].map(any),
]

function any(particle: string) {
  return { particle, after: 'any' as const }
}

/** After so many syllables something is taken for a particle; after one only 을 and 를, which end few words of their own (돈을). */
const LEAST_STEM = 2

/** Reads a query. Without a word to look for there is nothing to find. */
export function readQuery(typed: string): SearchQuery {
  const words = typed
    .slice(0, MAX_QUERY_LENGTH)
    .split(/\s+/)
    .map(word => searchKeyOf(word).replace(AT_THE_ENDS, ''))
    .filter(word => word !== '')
  const naming = words.filter(word => !ASKING.has(word))
  const kept = naming.length > 0 ? naming : words
  const unique = new Map(kept.map(whole => [withoutParticles(whole), whole]))
  return { words: [...unique].slice(0, MAX_WORDS).map(([key, whole]) => ({ key, whole, kind: kindOf(key) })) }
}

function kindOf(key: string): SearchWord['kind'] {
  if (![...key].some(isInitial)) return 'plain'
  return [...key].some(isSyllable) ? 'mixed' : 'initials'
}

/** 생연1동에서는 → 생연1동: two of them can stand one after the other. */
export function withoutParticles(word: string): string {
  return withoutParticle(withoutParticle(word))
}

function withoutParticle(word: string): string {
  for (const { particle, after } of PARTICLES) {
    if (!word.endsWith(particle)) continue
    const stem = word.slice(0, -particle.length)
    const least = particle === '을' || particle === '를' ? 1 : LEAST_STEM
    if (stem.length < least) continue
    const ending = endingOf(stem.charAt(stem.length - 1))
    // After a figure or a Latin letter nobody here can tell how it is spoken; what is left is still long enough to look for.
    if (ending === undefined || isAfter(ending, after)) return stem
  }
  return word
}

function isAfter(ending: 'vowel' | 'rieul' | 'consonant', after: (typeof PARTICLES)[number]['after']): boolean {
  switch (after) {
    case 'any':
      return true
    case 'vowel':
      return ending === 'vowel'
    case 'consonant':
      return ending !== 'vowel'
    case 'not-consonant':
      return ending !== 'consonant'
  }
}
