import { useTranslation } from 'react-i18next'
import { addTexts } from '../../../i18n/i18n.ts'
import { sheetEn } from './sheet-en.ts'
import { sheetKo } from './sheet-ko.ts'

declare module '../../../i18n/texts.ts' {
  interface Texts {
    caseForms: typeof sheetKo
  }
}

export const sheetTexts = { ko: sheetKo, en: sheetEn }

/** The words that stand on the forms. */
export function useSheetWords() {
  const { i18n } = useTranslation()
  addTexts(i18n, 'caseForms', sheetTexts)
  return useTranslation('caseForms').t
}

export type SheetWords = ReturnType<typeof useSheetWords>
