import { useTranslation } from 'react-i18next'
import { addTexts } from '../../i18n/i18n.ts'
import type { Language } from '../../lib/format.ts'
import { basesEn } from './texts-en.ts'
import { basesKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    bases: typeof basesKo
  }
}

const words = { ko: basesKo, en: basesEn }

/** The words of bases, and the language on screen. */
export function useBasesTexts() {
  const { i18n } = useTranslation()
  addTexts(i18n, 'bases', words)
  const { t } = useTranslation('bases')
  const language: Language = i18n.language === 'en' ? 'en' : 'ko'
  return { t, language }
}
