/** How words are found: what counts as the same, what Koreans hang on words, initial consonants, marks and sentences. */
import { describe, expect, test } from 'vitest'
import { bestLineOf, EXCERPT_LENGTH, excerptOf, hasWord, marksIn } from '../../../shared/search/matching.ts'
import { readQuery, withoutParticles } from '../../../shared/search/query.ts'
import { searchKeyOf } from '../../../shared/search/search-key.ts'

const SENTENCE = '무한돌봄센터가 12월까지 간병비 월 30만 원을 지원한다.'

function finds(query: string, text: string): boolean {
  const { words } = readQuery(query)
  return words.length > 0 && words.every(word => hasWord({ text, key: searchKeyOf(text) }, word))
}

/** The marked words, as they stand in the text. */
const marked = (query: string, text: string) =>
  marksIn(text, readQuery(query)).map(([from, to]) => text.normalize('NFC').slice(from, to))

describe('what makes no difference', () => {
  test.each([
    ['간병비', SENTENCE],
    ['간병 비', SENTENCE],
    ['간병비월', SENTENCE],
    ['30만원', SENTENCE],
    ['간병비'.normalize('NFD'), SENTENCE],
    ['간병비', SENTENCE.normalize('NFD')],
    ['lh 임대', 'LH 임대주택'],
    ['간병비', '간\u200b병\u00ad비'],
    ['간병비', '간\u00a0병비'],
  ])('[SQ1] %s is found in %s', (query, text) => expect(finds(query, text)).toBe(true))

  test('[SQ1] a word does not go on in the next line', () => {
    expect(finds('간병비', '간병\n비용')).toBe(false)
  })
})

describe('what is looked for', () => {
  test.each([
    ['간병비를 어떻게 하기로 했지?', ['간병비']],
    ['간병비는', ['간병비']],
    ['생연1동에서는 간병비가', ['생연1동', '간병비']],
    ['“간병비”', ['간병비']],
    ['무한돌봄센터로부터도', ['무한돌봄센터']],
    ['돈을', ['돈']],
    ['어떻게 됐지?', ['어떻게', '됐지']],
    ['What did we decide about LH?', ['lh']],
    ['?!', []],
    ['김○○ 가구의', ['김○○', '가구']],
    ['간병비 간병비를', ['간병비']],
  ])('[SQ2] of %s: %j', (query, words) => expect(readQuery(query).words.map(word => word.key)).toEqual(words))

  test.each(['가을', '마을', '회의', '아이', '아동', '노인', '경로', '서울', '생계비', '은행'])(
    '[SQ2] %s ends in no particle',
    word => expect(withoutParticles(word)).toBe(word),
  )

  test('[SQ2] of several words all must be there', () => {
    expect(finds('간병비 무한돌봄', SENTENCE)).toBe(true)
    expect(finds('간병비 협의회', SENTENCE)).toBe(false)
  })
})

describe('initial consonants', () => {
  test('[SQ3] find a word from its beginning, also after a bracket', () => {
    expect(marked('ㄱㅂㅂ', SENTENCE)).toEqual(['간병비'])
    expect(finds('ㄱㅂㅂ', '(간병비)')).toBe(true)
    expect(finds('ㅂㅂ', '간병비')).toBe(false)
  })

  test('[SQ3] go over the spaces of a name', () => expect(finds('ㅁㅎㄷㅂㅅㅌ', '경기 무한돌봄 센터')).toBe(true))

  test('[SQ3] stand for a syllable inside a word, and for themselves', () => {
    expect(marked('간ㅂ비', SENTENCE)).toEqual(['간병비'])
    expect(finds('ㅋㅋ', '그래서 ㅋㅋ')).toBe(true)
  })
})

describe('what is shown', () => {
  test('[SQ5] every place of every word is marked, spaces inside it too, and marks never overlap', () => {
    expect(marked('간병비 월간', '간병비와 간병 비, 월 간병비')).toEqual(['간병비', '간병 비', '월 간병비'])
  })

  test('[SQ5] the line with most of the words', () => {
    const text = '간병비를 논의하였다.\n\n무한돌봄이 간병비를 맡는다.\n무한돌봄은 다음 달에 방문한다.'
    expect(bestLineOf(text, readQuery('무한돌봄 간병비'))).toBe('무한돌봄이 간병비를 맡는다.')
  })

  test('[SQ5] a long line is cut around the first word, and the marks move with it', () => {
    const text = `${'앞말 '.repeat(80)}간병비를 맡는다. ${'뒷말 '.repeat(80)}`
    const { text: shown, marks } = excerptOf(text, readQuery('간병비'))
    expect(shown.length).toBeLessThanOrEqual(EXCERPT_LENGTH + 2)
    expect(shown.startsWith('…앞말')).toBe(true)
    expect(shown.endsWith('…')).toBe(true)
    expect(marks.map(([from, to]) => shown.slice(from, to))).toEqual(['간병비'])
  })

  test('[SQ5] emoji and rare Hanja are not cut in two', () => {
    const text = `${'𠮷😀'.repeat(100)}간병비${'😀'.repeat(100)}`
    const { text: shown } = excerptOf(text, readQuery('간병비'))
    // A half of a character does not survive being written.
    expect(Buffer.from(shown).toString()).toBe(shown)
  })
})
