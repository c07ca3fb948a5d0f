import { useTranslation } from 'react-i18next'
import { addTexts } from '../../../i18n/i18n.ts'
import { closingEn } from './texts-en.ts'
import { closingKo } from './texts-ko.ts'

declare module '../../../i18n/texts.ts' {
  interface Texts {
    closing: typeof closingKo
  }
}

const words = { ko: closingKo, en: closingEn }

/** The words of closing the room, which come with the room's code. */
export function useClosingTexts() {
  const { i18n } = useTranslation()
  addTexts(i18n, 'closing', words)
  return useTranslation('closing').t
}
