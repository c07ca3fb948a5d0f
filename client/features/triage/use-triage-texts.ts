import { useTranslation } from 'react-i18next'
import { addTexts } from '../../i18n/i18n.ts'
import type { Language } from '../../lib/format.ts'
import { triageEn } from './texts-en.ts'
import { triageKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    triage: typeof triageKo
  }
}

export const triageTexts = { ko: triageKo, en: triageEn }

/** The words of triage, and the language on screen. */
export function useTriageTexts() {
  const { i18n } = useTranslation()
  addTexts(i18n, 'triage', triageTexts)
  const { t } = useTranslation('triage')
  const language: Language = i18n.language === 'en' ? 'en' : 'ko'
  return { t, language }
}
