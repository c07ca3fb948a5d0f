import { createFeatureTexts } from '../../i18n/feature-texts.ts'
import { searchEn } from './texts-en.ts'
import { searchKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    search: typeof searchKo
  }
}

/** The words of search, and the language on screen. */
export const useSearchTexts = createFeatureTexts('search', { ko: searchKo, en: searchEn })
