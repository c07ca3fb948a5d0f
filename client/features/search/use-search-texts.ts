import { useTranslation } from 'react-i18next'
import { addTexts } from '../../i18n/i18n.ts'
import type { Language } from '../../lib/format.ts'
import { searchEn } from './texts-en.ts'
import { searchKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    search: typeof searchKo
  }
}

export const searchTexts = { ko: searchKo, en: searchEn }

/** The words of search, and the language on screen. */
export function useSearchTexts() {
  const { i18n } = useTranslation()
  addTexts(i18n, 'search', searchTexts)
  const { t } = useTranslation('search')
  const language: Language = i18n.language === 'en' ? 'en' : 'ko'
  return { t, language }
}
