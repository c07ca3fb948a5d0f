import { createFeatureTexts } from '../../i18n/feature-texts.ts'
import { historyEn } from './texts-en.ts'
import { historyKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    history: typeof historyKo
  }
}

/** The words of an item's history, which come with the room's code, and the language on screen. */
export const useHistoryTexts = createFeatureTexts('history', { ko: historyKo, en: historyEn })

export type HistoryT = ReturnType<typeof useHistoryTexts>['t']
