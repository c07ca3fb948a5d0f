import { useTranslation } from 'react-i18next'
import { addTexts } from '../../../i18n/i18n.ts'
import { supervisionEn } from './texts-en.ts'
import { supervisionKo } from './texts-ko.ts'

declare module '../../../i18n/texts.ts' {
  interface Texts {
    supervision: typeof supervisionKo
  }
}

const words = { ko: supervisionKo, en: supervisionEn }

/** The words of supervision, which come with the room's code. */
export function useSupervisionTexts() {
  const { i18n } = useTranslation()
  addTexts(i18n, 'supervision', words)
  return useTranslation('supervision').t
}
