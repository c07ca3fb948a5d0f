import { useTranslation } from 'react-i18next'
import { addTexts } from '../../i18n/i18n.ts'
import type { Language } from '../../lib/format.ts'
import { breakGlassEn } from './texts-en.ts'
import { breakGlassKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    breakGlass: typeof breakGlassKo
  }
}

export const breakGlassTexts = { ko: breakGlassKo, en: breakGlassEn }

/** The words of opening in an emergency, and the language on screen. */
export function useBreakGlassTexts() {
  const { i18n } = useTranslation()
  addTexts(i18n, 'breakGlass', breakGlassTexts)
  const { t } = useTranslation('breakGlass')
  const language: Language = i18n.language === 'en' ? 'en' : 'ko'
  return { t, language }
}
