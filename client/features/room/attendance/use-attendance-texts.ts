import { useTranslation } from 'react-i18next'
import { addTexts } from '../../../i18n/i18n.ts'
import type { Language } from '../../../lib/format.ts'
import { attendanceEn } from './texts-en.ts'
import { attendanceKo } from './texts-ko.ts'

declare module '../../../i18n/texts.ts' {
  interface Texts {
    attendance: typeof attendanceKo
  }
}

const words = { ko: attendanceKo, en: attendanceEn }

/** The words of arriving and attendance, and the language on screen. */
export function useAttendanceTexts() {
  const { i18n } = useTranslation()
  addTexts(i18n, 'attendance', words)
  const { t } = useTranslation('attendance')
  const language: Language = i18n.language === 'en' ? 'en' : 'ko'
  return { t, language }
}
