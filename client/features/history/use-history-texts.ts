import { useTranslation } from 'react-i18next'
import { addTexts } from '../../i18n/i18n.ts'
import type { Language } from '../../lib/format.ts'
import { historyEn } from './texts-en.ts'
import { historyKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    history: typeof historyKo
  }
}

const words = { ko: historyKo, en: historyEn }

/** The words of an item's history, which come with the room's code, and the language on screen. */
export function useHistoryTexts() {
  const { i18n } = useTranslation()
  addTexts(i18n, 'history', words)
  const { t } = useTranslation('history')
  const language: Language = i18n.language === 'en' ? 'en' : 'ko'
  return { t, language }
}

export type HistoryT = ReturnType<typeof useHistoryTexts>['t']
