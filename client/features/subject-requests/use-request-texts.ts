import { useTranslation } from 'react-i18next'
import { addTexts } from '../../i18n/i18n.ts'
import type { Language } from '../../lib/format.ts'
import { requestsEn } from './texts-en.ts'
import { requestsKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    requests: typeof requestsKo
  }
}

const words = { ko: requestsKo, en: requestsEn }

/** The words of data subject requests, and the language on screen. */
export function useRequestTexts() {
  const { i18n } = useTranslation()
  addTexts(i18n, 'requests', words)
  const { t } = useTranslation('requests')
  const language: Language = i18n.language === 'en' ? 'en' : 'ko'
  return { t, language }
}
