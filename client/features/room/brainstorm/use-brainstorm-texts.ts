import { useTranslation } from 'react-i18next'
import { addTexts } from '../../../i18n/i18n.ts'
import { brainstormEn } from './texts-en.ts'
import { brainstormKo } from './texts-ko.ts'

declare module '../../../i18n/texts.ts' {
  interface Texts {
    brainstorm: typeof brainstormKo
  }
}

const words = { ko: brainstormKo, en: brainstormEn }

/** The words of brainstorming, which come with the room's code. */
export function useBrainstormTexts() {
  const { i18n } = useTranslation()
  addTexts(i18n, 'brainstorm', words)
  return useTranslation('brainstorm').t
}
