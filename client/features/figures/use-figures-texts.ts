import { useTranslation } from 'react-i18next'
import { addTexts } from '../../i18n/i18n.ts'
import type { Language } from '../../lib/format.ts'
import { figuresEn } from './texts-en.ts'
import { figuresKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    figures: typeof figuresKo
  }
}

export const figuresTexts = { ko: figuresKo, en: figuresEn }

/** The words of the figures, and the language on screen. */
export function useFiguresTexts() {
  const { i18n } = useTranslation()
  addTexts(i18n, 'figures', figuresTexts)
  const { t } = useTranslation('figures')
  const language: Language = i18n.language === 'en' ? 'en' : 'ko'
  return { t, language }
}
