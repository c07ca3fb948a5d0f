import { useTranslation } from 'react-i18next'
import { addTexts } from '../../i18n/i18n.ts'
import { useLanguage } from '../../i18n/use-language.ts'
import { codeSetsEn } from './texts-en.ts'
import { codeSetsKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    codeSets: typeof codeSetsKo
  }
}

const words = { ko: codeSetsKo, en: codeSetsEn }

/** The words of the page, which come with its code, and the language on screen. */
export function useCodeSetTexts() {
  const { i18n } = useTranslation()
  addTexts(i18n, 'codeSets', words)
  const { t } = useTranslation('codeSets')
  return { t, language: useLanguage() }
}
