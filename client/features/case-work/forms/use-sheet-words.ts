import { createFeatureTexts } from '../../../i18n/feature-texts.ts'
import { sheetEn } from './sheet-en.ts'
import { sheetKo } from './sheet-ko.ts'

declare module '../../../i18n/texts.ts' {
  interface Texts {
    caseForms: typeof sheetKo
  }
}

/** The words that stand on the forms. */
export const useSheetWords = createFeatureTexts('caseForms', { ko: sheetKo, en: sheetEn })

export type SheetWords = ReturnType<typeof useSheetWords>['t']
