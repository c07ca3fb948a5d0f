import { createFeatureTexts } from '../../../i18n/feature-texts.ts'
import { readBackEn } from './texts-en.ts'
import { readBackKo } from './texts-ko.ts'

declare module '../../../i18n/texts.ts' {
  interface Texts {
    readBack: typeof readBackKo
  }
}

/** The words of reading back and of recusal, which come with the room's code, and the language on screen. */
export const useReadBackTexts = createFeatureTexts('readBack', { ko: readBackKo, en: readBackEn })

export type ReadBackT = ReturnType<typeof useReadBackTexts>['t']
