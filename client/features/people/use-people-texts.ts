import { createFeatureTexts } from '../../i18n/feature-texts.ts'
import { peopleEn } from './texts-en.ts'
import { peopleKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    people: typeof peopleKo
  }
}

/** The words of agencies and their staff, which come with their pages, and the language on screen. */
export const usePeopleTexts = createFeatureTexts('people', { ko: peopleKo, en: peopleEn })
