import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, test } from 'vitest'
import { actionItemsEn } from '../../../client/features/actions/texts-en.ts'
import { actionItemsKo } from '../../../client/features/actions/texts-ko.ts'
import { sheetEn } from '../../../client/features/case-work/forms/sheet-en.ts'
import { sheetKo } from '../../../client/features/case-work/forms/sheet-ko.ts'
import { caseWorkEn } from '../../../client/features/case-work/texts-en.ts'
import { caseWorkKo } from '../../../client/features/case-work/texts-ko.ts'
import { caseListEn, caseListKo } from '../../../client/features/cases/case-list-texts.ts'
import { casesEn } from '../../../client/features/cases/texts-en.ts'
import { casesKo } from '../../../client/features/cases/texts-ko.ts'
import { commentsEn } from '../../../client/features/comments/texts-en.ts'
import { commentsKo } from '../../../client/features/comments/texts-ko.ts'
import { conferencesEn } from '../../../client/features/conferences/texts-en.ts'
import { conferencesKo } from '../../../client/features/conferences/texts-ko.ts'
import { figuresEn } from '../../../client/features/figures/texts-en.ts'
import { figuresKo } from '../../../client/features/figures/texts-ko.ts'
import { historyEn } from '../../../client/features/history/texts-en.ts'
import { historyKo } from '../../../client/features/history/texts-ko.ts'
import { homeEn } from '../../../client/features/home/texts-en.ts'
import { homeKo } from '../../../client/features/home/texts-ko.ts'
import { importsEn } from '../../../client/features/imports/texts-en.ts'
import { importsKo } from '../../../client/features/imports/texts-ko.ts'
import { noticesEn } from '../../../client/features/notices/texts-en.ts'
import { noticesKo } from '../../../client/features/notices/texts-ko.ts'
import { peopleEn } from '../../../client/features/people/texts-en.ts'
import { peopleKo } from '../../../client/features/people/texts-ko.ts'
import { searchEn } from '../../../client/features/search/texts-en.ts'
import { searchKo } from '../../../client/features/search/texts-ko.ts'
import { seriesEn } from '../../../client/features/series/texts-en.ts'
import { seriesKo } from '../../../client/features/series/texts-ko.ts'
import { sessionEn } from '../../../client/features/session/texts-en.ts'
import { sessionKo } from '../../../client/features/session/texts-ko.ts'
import { triageEn } from '../../../client/features/triage/texts-en.ts'
import { triageKo } from '../../../client/features/triage/texts-ko.ts'
import { useTriageTexts } from '../../../client/features/triage/use-triage-texts.ts'
import { commonEn } from '../../../client/i18n/common-en.ts'
import { commonKo } from '../../../client/i18n/common-ko.ts'
import { errorsEn } from '../../../client/i18n/errors-en.ts'
import { errorsKo } from '../../../client/i18n/errors-ko.ts'
import { createTexts } from '../../../client/i18n/i18n.ts'
import { REFUSALS } from '../../../shared/protocol/refusals.ts'

const NAMESPACES = {
  common: [commonKo, commonEn],
  errors: [errorsKo, errorsEn],
  session: [sessionKo, sessionEn],
  conferences: [conferencesKo, conferencesEn],
  cases: [casesKo, casesEn],
  caseWork: [caseWorkKo, caseWorkEn],
  caseForms: [sheetKo, sheetEn],
  people: [peopleKo, peopleEn],
  actionItems: [actionItemsKo, actionItemsEn],
  series: [seriesKo, seriesEn],
  search: [searchKo, searchEn],
  history: [historyKo, historyEn],
  home: [homeKo, homeEn],
  notices: [noticesKo, noticesEn],
  figures: [figuresKo, figuresEn],
  comments: [commentsKo, commentsEn],
  imports: [importsKo, importsEn],
  triage: [triageKo, triageEn],
  caseList: [caseListKo, caseListEn],
} as const

/** Every text with its path: `home.title` → words. */
function flat(texts: object, path = ''): Map<string, string> {
  const all = new Map<string, string>()
  for (const [key, value] of Object.entries(texts)) {
    const at = path ? `${path}.${key}` : key
    if (typeof value === 'string') all.set(at, value)
    else for (const [inner, words] of flat(value, at)) all.set(inner, words)
  }
  return all
}

/** `{{name, eun}}` and `{{name}}` are the same blank. */
const blanks = (words: string) => [...words.matchAll(/\{\{(\w+)/g)].map(match => match[1]).sort()

describe.each(Object.entries(NAMESPACES))('%s', (_name, [ko, en]) => {
  const korean = flat(ko)
  const english = flat(en)

  test('English has every Korean text and no other, but singulars', () => {
    expect([...korean.keys()].filter(key => !english.has(key))).toEqual([])
    expect([...english.keys()].filter(key => !korean.has(key) && !key.endsWith('_one'))).toEqual([])
  })

  test('none is empty, and both languages fill the same blanks', () => {
    expect(korean.size).toBeGreaterThan(0)
    for (const [key, words] of korean) {
      expect(words.trim(), key).not.toBe('')
      expect(english.get(key)?.trim(), key).not.toBe('')
      expect(new Set(blanks(english.get(key) ?? '')), key).toEqual(new Set(blanks(words)))
    }
  })

  test('Korean screens carry no English sentence', () => {
    const names = /^(English|https:\/\/…)$/
    for (const [key, words] of korean) {
      if (names.test(words)) continue
      expect(/[가-힣]/.test(words), `${key}: ${words}`).toBe(true)
    }
  })
})

describe('words for refusals', () => {
  test('every reason has its title and body in both languages', () => {
    for (const reason of [...Object.keys(REFUSALS), 'unreachable']) {
      for (const texts of [errorsKo, errorsEn]) {
        const words = Object.entries(texts).find(([key]) => key === reason)?.[1]
        expect(words, reason).toMatchObject({ title: expect.stringMatching(/\S/), body: expect.stringMatching(/\S/) })
      }
    }
  })

  test('no words are kept for a reason that is gone', () => {
    const known = new Set([...Object.keys(REFUSALS), 'unreachable', 'details', 'detailTitles'])
    expect(Object.keys(errorsKo).filter(key => !known.has(key))).toEqual([])
  })

  test('what the server says in a detail about conferences, cases and passwords has words', () => {
    const server = join(import.meta.dirname, '../../../server')
    const said = new Set<string>()
    for (const folder of ['conferences', 'auth']) {
      for (const file of readdirSync(join(server, folder)).filter(name => name.endsWith('.ts'))) {
        const source = readFileSync(join(server, folder, file), 'utf8')
        for (const match of source.matchAll(/new Refusal\('(?:bad-request|not-allowed)', '([a-z-]+)'/g))
          said.add(match[1] ?? '')
      }
    }
    expect(said.size).toBeGreaterThan(5)
    expect([...said].filter(detail => !Object.hasOwn(errorsKo.details, detail))).toEqual([])
  })
})

describe('the texts at work', () => {
  test('a feature’s words come with its first component and not before, in the language on screen', () => {
    function Title() {
      const { t, language } = useTriageTexts()
      return `${language}: ${t('title')}`
    }
    for (const [language, title] of [
      ['ko', triageKo.title],
      ['en', triageEn.title],
    ] as const) {
      const i18n = createTexts(language)
      expect(i18n.hasResourceBundle(language, 'triage')).toBe(false)
      const shown = renderToStaticMarkup(createElement(I18nextProvider, { i18n }, createElement(Title)))
      expect(shown).toBe(`${language}: ${title}`)
    }
  })

  test('particles follow the name in Korean and vanish in English', () => {
    expect(createTexts('ko').t('field.required', { label: '제목' })).toBe('제목을 입력해 주세요.')
    expect(createTexts('ko').t('field.required', { label: '장소' })).toBe('장소를 입력해 주세요.')
    expect(createTexts('en').t('field.required', { label: 'Place' })).toBe('Please fill in: Place.')
  })

  test('names are shown as they are, never as HTML entities', () => {
    const texts = createTexts('ko')
    expect(texts.t('header.account', { name: '<b>김&박</b>' })).toBe('<b>김&박</b> 계정 메뉴')
  })

  test('English counts one and many', () => {
    const texts = createTexts('en')
    const say = (count: number) => texts.t('home.present', { ns: 'conferences', count })
    expect([say(1), say(3)]).toEqual(['1 person here now', '3 people here now'])
  })
})
