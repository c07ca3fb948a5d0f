import { createFeatureTexts } from '../../i18n/feature-texts.ts'
import { exportsEn } from './texts-en.ts'
import { exportsKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    exports: typeof exportsKo
  }
}

/** The words about exports, which come with their screens, and the language on screen. */
export const useExportTexts = createFeatureTexts('exports', { ko: exportsKo, en: exportsEn })
