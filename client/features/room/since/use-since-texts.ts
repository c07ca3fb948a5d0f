import { useTranslation } from 'react-i18next'
import { addTexts } from '../../../i18n/i18n.ts'
import type { Language } from '../../../lib/format.ts'
import { sinceEn } from './texts-en.ts'
import { sinceKo } from './texts-ko.ts'

declare module '../../../i18n/texts.ts' {
  interface Texts {
    since: typeof sinceKo
  }
}

const words = { ko: sinceKo, en: sinceEn }

/** The words of what happened while one was away, and the language on screen. */
export function useSinceTexts() {
  const { i18n } = useTranslation()
  addTexts(i18n, 'since', words)
  const { t } = useTranslation('since')
  const language: Language = i18n.language === 'en' ? 'en' : 'ko'
  return { t, language }
}
