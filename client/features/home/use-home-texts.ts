import { useTranslation } from 'react-i18next'
import { addTexts } from '../../i18n/i18n.ts'
import type { Language } from '../../lib/format.ts'
import { homeEn } from './texts-en.ts'
import { homeKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    home: typeof homeKo
  }
}

export const homeTexts = { ko: homeKo, en: homeEn }

/** The words of what waits for me, and the language on screen. */
export function useHomeTexts() {
  const { i18n } = useTranslation()
  addTexts(i18n, 'home', homeTexts)
  const { t } = useTranslation('home')
  const language: Language = i18n.language === 'en' ? 'en' : 'ko'
  return { t, language }
}
