import { useTranslation } from 'react-i18next'
import { addTexts } from '../../i18n/i18n.ts'
import type { Language } from '../../lib/format.ts'
import { exportsEn } from './texts-en.ts'
import { exportsKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    exports: typeof exportsKo
  }
}

export const exportTexts = { ko: exportsKo, en: exportsEn }

/** The words about exports, which come with their screens, and the language on screen. */
export function useExportTexts() {
  const { i18n } = useTranslation()
  addTexts(i18n, 'exports', exportTexts)
  const { t } = useTranslation('exports')
  const language: Language = i18n.language === 'en' ? 'en' : 'ko'
  return { t, language }
}
