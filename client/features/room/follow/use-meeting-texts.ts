import { useTranslation } from 'react-i18next'
import { addTexts } from '../../../i18n/i18n.ts'
import type { Language } from '../../../lib/format.ts'
import { meetingEn } from './texts-en.ts'
import { meetingKo } from './texts-ko.ts'

declare module '../../../i18n/texts.ts' {
  interface Texts {
    meeting: typeof meetingKo
  }
}

const words = { ko: meetingKo, en: meetingEn }

/** The words of a running meeting (following, now, the projector), and the language on screen. */
export function useMeetingTexts() {
  const { i18n } = useTranslation()
  addTexts(i18n, 'meeting', words)
  const { t } = useTranslation('meeting')
  const language: Language = i18n.language === 'en' ? 'en' : 'ko'
  return { t, language }
}
