import { useTranslation } from 'react-i18next'
import { addTexts } from '../../i18n/i18n.ts'
import type { Language } from '../../lib/format.ts'
import { retentionEn } from './texts-en.ts'
import { retentionKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    retention: typeof retentionKo
  }
}

export const retentionTexts = { ko: retentionKo, en: retentionEn }

/** The words of keeping and destroying, and the language on screen. */
export function useRetentionTexts() {
  const { i18n } = useTranslation()
  addTexts(i18n, 'retention', retentionTexts)
  const { t } = useTranslation('retention')
  const language: Language = i18n.language === 'en' ? 'en' : 'ko'
  return { t, language }
}
