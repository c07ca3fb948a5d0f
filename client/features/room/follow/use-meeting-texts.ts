import { createFeatureTexts } from '../../../i18n/feature-texts.ts'
import { meetingEn } from './texts-en.ts'
import { meetingKo } from './texts-ko.ts'

declare module '../../../i18n/texts.ts' {
  interface Texts {
    meeting: typeof meetingKo
  }
}

/** The words of a running meeting (following, now, the projector), and the language on screen. */
export const useMeetingTexts = createFeatureTexts('meeting', { ko: meetingKo, en: meetingEn })
