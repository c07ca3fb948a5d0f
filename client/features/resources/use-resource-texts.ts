import { createFeatureTexts } from '../../i18n/feature-texts.ts'
import { resourcesEn } from './texts-en.ts'
import { resourcesKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    resources: typeof resourcesKo
  }
}

/** The words of resources and of what is given, which come with their screens, and the language on screen. */
export const useResourceTexts = createFeatureTexts('resources', { ko: resourcesKo, en: resourcesEn })
