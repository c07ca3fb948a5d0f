import { useTranslation } from 'react-i18next'
import { addTexts } from '../../i18n/i18n.ts'
import { useLanguage } from '../../i18n/use-language.ts'
import { resourcesEn } from './texts-en.ts'
import { resourcesKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    resources: typeof resourcesKo
  }
}

const words = { ko: resourcesKo, en: resourcesEn }

/** The words of resources and of what is given, which come with their screens, and the language on screen. */
export function useResourceTexts() {
  const { i18n } = useTranslation()
  addTexts(i18n, 'resources', words)
  const { t } = useTranslation('resources')
  return { t, language: useLanguage() }
}
