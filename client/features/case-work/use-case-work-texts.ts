import { useTranslation } from 'react-i18next'
import { addTexts } from '../../i18n/i18n.ts'
import type { Language } from '../../lib/format.ts'
import { caseWorkEn } from './texts-en.ts'
import { caseWorkKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    caseWork: typeof caseWorkKo
  }
}

const caseWorkTexts = { ko: caseWorkKo, en: caseWorkEn }

/** The words about a case's document, which come with its screens and not before, and the language on screen. */
export function useCaseWorkTexts() {
  const { i18n } = useTranslation()
  addTexts(i18n, 'caseWork', caseWorkTexts)
  const { t } = useTranslation('caseWork')
  const language: Language = i18n.language === 'en' ? 'en' : 'ko'
  return { t, language }
}

export type CaseWorkWords = ReturnType<typeof useCaseWorkTexts>['t']
