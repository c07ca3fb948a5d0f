import { createFeatureTexts } from '../../i18n/feature-texts.ts'
import { triageEn } from './texts-en.ts'
import { triageKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    triage: typeof triageKo
  }
}

/** The words of triage, and the language on screen. */
export const useTriageTexts = createFeatureTexts('triage', { ko: triageKo, en: triageEn })
