import { createFeatureTexts } from '../../i18n/feature-texts.ts'
import { accessDeskEn } from './texts-en.ts'
import { accessDeskKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    accessDesk: typeof accessDeskKo
  }
}

/** The words of the access desk, and the language on screen. */
export const useAccessTexts = createFeatureTexts('accessDesk', { ko: accessDeskKo, en: accessDeskEn })
