import { useTranslation } from 'react-i18next'
import { addTexts } from '../../i18n/i18n.ts'
import type { Language } from '../../lib/format.ts'
import { minutesEn } from './texts-en.ts'
import { minutesKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    minutes: typeof minutesKo
  }
}

const words = { ko: minutesKo, en: minutesEn }

/** The words of the minutes, which come with their screens, and the language on screen. */
export function useMinutesTexts() {
  const { i18n } = useTranslation()
  addTexts(i18n, 'minutes', words)
  const { t } = useTranslation('minutes')
  const language: Language = i18n.language === 'en' ? 'en' : 'ko'
  return { t, language }
}

export type MinutesWords = ReturnType<typeof useMinutesTexts>['t']
