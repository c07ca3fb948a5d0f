import { createFeatureTexts } from '../../i18n/feature-texts.ts'
import { noticesEn } from './texts-en.ts'
import { noticesKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    notices: typeof noticesKo
  }
}

/** The words of notices, and the language on screen. */
export const useNoticeTexts = createFeatureTexts('notices', { ko: noticesKo, en: noticesEn })
