import { useTranslation } from 'react-i18next'
import type { Language } from '../lib/format.ts'

/** The language on screen, for dates, money and code tables. */
export function useLanguage(): Language {
  const { i18n } = useTranslation()
  return i18n.language === 'en' ? 'en' : 'ko'
}
