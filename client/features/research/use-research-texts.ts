import { useTranslation } from 'react-i18next'
import { addTexts } from '../../i18n/i18n.ts'
import { useLanguage } from '../../i18n/use-language.ts'
import { researchEn } from './texts-en.ts'
import { researchKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    research: typeof researchKo
  }
}

const words = { ko: researchKo, en: researchEn }

/** The words of research, which come with its pages and with the room's code, and the language on screen. */
export function useResearchTexts() {
  const { i18n } = useTranslation()
  addTexts(i18n, 'research', words)
  const { t } = useTranslation('research')
  return { t, language: useLanguage() }
}
