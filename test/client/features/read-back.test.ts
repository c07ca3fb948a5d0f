import { describe, expect, test } from 'vitest'
import { readBackEn } from '../../../client/features/room/read-back/texts-en.ts'
import { readBackKo } from '../../../client/features/room/read-back/texts-ko.ts'
import type { ReadBackT } from '../../../client/features/room/read-back/use-read-back-texts.ts'
import { answersInWords, changesInWords } from '../../../client/features/room/read-back/words.ts'
import { addTexts, createTexts } from '../../../client/i18n/i18n.ts'
import type { PositionKind } from '../../../shared/codes.ts'
import type { ActionId, AgencyId, DecisionId } from '../../../shared/ids.ts'
import type { AnswerView } from '../../../shared/meeting/meeting-view.ts'
import type { ReadBackChange } from '../../../shared/meeting/read-back.ts'

interface Words {
  readonly [name: string]: string | Words
}

function flat(words: Words, path = ''): Map<string, string> {
  const all = new Map<string, string>()
  for (const [name, value] of Object.entries(words)) {
    if (typeof value === 'string') all.set(path + name, value)
    else for (const [key, text] of flat(value, `${path}${name}.`)) all.set(key, text)
  }
  return all
}

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)/g)].map(found => found[1]).sort()

function wordsIn(language: 'ko' | 'en'): ReadBackT {
  const texts = createTexts(language)
  addTexts(texts, 'readBack', { ko: readBackKo, en: readBackEn })
  return texts.getFixedT(language, 'readBack')
}

describe('the texts of reading back', () => {
  test('English has every Korean text with the same placeholders, and no English stands in a Korean one', () => {
    const [ko, en] = [flat(readBackKo), flat(readBackEn as Words)]
    expect([...en.keys()].sort()).toEqual([...ko.keys()].sort())
    expect(ko.size).toBeGreaterThan(60)
    for (const [key, text] of ko) {
      expect([key, placeholders(en.get(key) ?? '')]).toEqual([key, placeholders(text)])
      expect([key, /[A-Za-z]/.test(text.replace(/\{\{[^}]*\}\}/g, ''))]).toEqual([key, false])
    }
  })
})

describe('what a record says', () => {
  const t = wordsIn('ko')
  const nameOf = (agencyId: AgencyId) =>
    ({ dong: '생연1동', muhan: '무한돌봄', council: '협의회' })[agencyId as string] ?? ''
  const answer = (agencyId: string, position: PositionKind, words = ''): AnswerView => ({
    agencyId: agencyId as AgencyId,
    position,
    words,
    at: '2026-11-24T05:32:00.000Z',
    by: '이○○',
    byMinuteTaker: false,
  })

  test('the usual case in two words, and who differs word for word', () => {
    const dong = answer('dong', 'agrees')
    expect(answersInWords([dong, answer('council', 'agrees')], t, 'ko', nameOf)).toBe('모두 이견 없음')
    expect(answersInWords([dong, answer('council', 'conditional', '검사 뒤에')], t, 'ko', nameOf)).toBe(
      '이견 없음 (조건부: 협의회 “검사 뒤에”)',
    )
    const rest = [answer('muhan', 'objects', '돈이 없다'), answer('council', 'abstains')]
    expect(answersInWords([dong, ...rest], t, 'ko', nameOf)).toBe(
      '이견 없음 (이견: 무한돌봄 “돈이 없다” · 유보: 협의회)',
    )
    expect(answersInWords(rest, wordsIn('en'), 'en', nameOf)).toBe('Objects: 무한돌봄 “돈이 없다” · Abstains: 협의회')
  })

  test('what has changed, by name', () => {
    const id = 'x' as DecisionId & ActionId
    const changes: ReadBackChange[] = [
      { on: 'decision', id, number: 1, change: 'changed', fields: ['text', 'order'] },
      { on: 'decision', id, number: 2, change: 'changed', fields: ['order'] },
      { on: 'decision', id, number: 3, change: 'added', fields: [] },
      { on: 'action', id, number: 1, change: 'changed', fields: ['amount', 'due'] },
      { on: 'action', id, number: 2, change: 'removed', fields: [] },
    ]
    expect(changesInWords(changes, t)).toEqual([
      '결정 1의 내용',
      '결정 3 추가',
      '조치사항 1의 금액·기한',
      '조치사항 2 삭제',
      '결정 순서',
    ])
    expect(changesInWords(changes, wordsIn('en'))[0]).toBe('Decision 1: wording')
    expect(changesInWords([], t)).toEqual([])
  })
})
