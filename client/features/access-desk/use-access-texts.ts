import { useTranslation } from 'react-i18next'
import { addTexts } from '../../i18n/i18n.ts'
import type { Language } from '../../lib/format.ts'
import { accessDeskEn } from './texts-en.ts'
import { accessDeskKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    accessDesk: typeof accessDeskKo
  }
}

export const accessDeskTexts = { ko: accessDeskKo, en: accessDeskEn }

/** The words of the access desk, and the language on screen. */
export function useAccessTexts() {
  const { i18n } = useTranslation()
  addTexts(i18n, 'accessDesk', accessDeskTexts)
  const { t } = useTranslation('accessDesk')
  const language: Language = i18n.language === 'en' ? 'en' : 'ko'
  return { t, language }
}
