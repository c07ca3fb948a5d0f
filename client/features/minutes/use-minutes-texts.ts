import { createFeatureTexts } from '../../i18n/feature-texts.ts'
import { minutesEn } from './texts-en.ts'
import { minutesKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    minutes: typeof minutesKo
  }
}

/** The words of the minutes, which come with their screens, and the language on screen. */
export const useMinutesTexts = createFeatureTexts('minutes', { ko: minutesKo, en: minutesEn })

export type MinutesWords = ReturnType<typeof useMinutesTexts>['t']
