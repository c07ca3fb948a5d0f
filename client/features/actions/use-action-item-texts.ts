import { createFeatureTexts } from '../../i18n/feature-texts.ts'
import { actionItemsEn } from './texts-en.ts'
import { actionItemsKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    actionItems: typeof actionItemsKo
  }
}

/** The words of action items, and the language on screen. */
export const useActionItemTexts = createFeatureTexts('actionItems', { ko: actionItemsKo, en: actionItemsEn })
