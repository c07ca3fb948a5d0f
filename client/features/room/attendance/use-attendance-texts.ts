import { createFeatureTexts } from '../../../i18n/feature-texts.ts'
import { attendanceEn } from './texts-en.ts'
import { attendanceKo } from './texts-ko.ts'

declare module '../../../i18n/texts.ts' {
  interface Texts {
    attendance: typeof attendanceKo
  }
}

/** The words of arriving and attendance, and the language on screen. */
export const useAttendanceTexts = createFeatureTexts('attendance', { ko: attendanceKo, en: attendanceEn })
