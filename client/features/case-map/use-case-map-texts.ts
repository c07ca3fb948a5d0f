import { useTranslation } from 'react-i18next'
import { addTexts } from '../../i18n/i18n.ts'
import type { Language } from '../../lib/format.ts'
import { caseMapEn } from './texts-en.ts'
import { caseMapKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    caseMap: typeof caseMapKo
  }
}

const caseMapTexts = { ko: caseMapKo, en: caseMapEn }

/** The words about genogram and eco-map, which come with their screens and not before, and the language on screen. */
export function useCaseMapTexts() {
  const { i18n } = useTranslation()
  addTexts(i18n, 'caseMap', caseMapTexts)
  const { t } = useTranslation('caseMap')
  const language: Language = i18n.language === 'en' ? 'en' : 'ko'
  return { t, language }
}

export type CaseMapWords = ReturnType<typeof useCaseMapTexts>['t']
