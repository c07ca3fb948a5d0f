import { useTranslation } from 'react-i18next'
import { addTexts } from '../../i18n/i18n.ts'
import type { Language } from '../../lib/format.ts'
import { noticesEn } from './texts-en.ts'
import { noticesKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    notices: typeof noticesKo
  }
}

export const noticeTexts = { ko: noticesKo, en: noticesEn }

/** The words of notices, and the language on screen. */
export function useNoticeTexts() {
  const { i18n } = useTranslation()
  addTexts(i18n, 'notices', noticeTexts)
  const { t } = useTranslation('notices')
  const language: Language = i18n.language === 'en' ? 'en' : 'ko'
  return { t, language }
}
