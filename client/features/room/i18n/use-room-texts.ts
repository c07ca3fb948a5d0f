import { useTranslation } from 'react-i18next'
import { addTexts } from '../../../i18n/i18n.ts'
import type { Language } from '../../../lib/format.ts'
import { roomEn } from './en.ts'
import { roomKo } from './ko.ts'

declare module '../../../i18n/texts.ts' {
  interface Texts {
    room: typeof roomKo
  }
}

const words = { ko: roomKo, en: roomEn }

/** The room's texts, which come with the room's code and not before, and the language on screen. */
export function useRoomTexts() {
  const { i18n } = useTranslation()
  addTexts(i18n, 'room', words)
  const { t } = useTranslation('room')
  const language: Language = i18n.language === 'en' ? 'en' : 'ko'
  return { t, language }
}
