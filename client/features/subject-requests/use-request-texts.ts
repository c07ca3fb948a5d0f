import { createFeatureTexts } from '../../i18n/feature-texts.ts'
import { requestsEn } from './texts-en.ts'
import { requestsKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    requests: typeof requestsKo
  }
}

/** The words of data subject requests, and the language on screen. */
export const useRequestTexts = createFeatureTexts('requests', { ko: requestsKo, en: requestsEn })
