import { createFeatureTexts } from '../../i18n/feature-texts.ts'
import { guestsEn } from './texts-en.ts'
import { guestsKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    guests: typeof guestsKo
  }
}

/** The words of guests, and the language on screen. */
export const useGuestTexts = createFeatureTexts('guests', { ko: guestsKo, en: guestsEn })

export type GuestWords = ReturnType<typeof useGuestTexts>['t']
