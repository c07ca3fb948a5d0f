import { useTranslation } from 'react-i18next'
import { addTexts } from '../../i18n/i18n.ts'
import type { Language } from '../../lib/format.ts'
import { guestsEn } from './texts-en.ts'
import { guestsKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    guests: typeof guestsKo
  }
}

const words = { ko: guestsKo, en: guestsEn }

/** The words of guests, and the language on screen. */
export function useGuestTexts() {
  const { i18n } = useTranslation()
  addTexts(i18n, 'guests', words)
  const { t } = useTranslation('guests')
  const language: Language = i18n.language === 'en' ? 'en' : 'ko'
  return { t, language }
}

export type GuestWords = ReturnType<typeof useGuestTexts>['t']
