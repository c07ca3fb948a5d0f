import { createFeatureTexts } from '../../../i18n/feature-texts.ts'
import { sinceEn } from './texts-en.ts'
import { sinceKo } from './texts-ko.ts'

declare module '../../../i18n/texts.ts' {
  interface Texts {
    since: typeof sinceKo
  }
}

/** The words of what happened while one was away, and the language on screen. */
export const useSinceTexts = createFeatureTexts('since', { ko: sinceKo, en: sinceEn })
