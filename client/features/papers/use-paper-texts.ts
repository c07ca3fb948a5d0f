import { useTranslation } from 'react-i18next'
import { addTexts } from '../../i18n/i18n.ts'
import type { Language } from '../../lib/format.ts'
import { papersEn } from './texts-en.ts'
import { papersKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    papers: typeof papersKo
  }
}

export const paperTexts = { ko: papersKo, en: papersEn }

/** The words about papers, which come with their screens and not before, and the language on screen. */
export function usePaperTexts() {
  const { i18n } = useTranslation()
  addTexts(i18n, 'papers', paperTexts)
  const { t } = useTranslation('papers')
  const language: Language = i18n.language === 'en' ? 'en' : 'ko'
  return { t, language }
}

export type PaperWords = ReturnType<typeof usePaperTexts>['t']

/** `1.2MB`, `340KB` */
export function formatBytes(bytes: number): string {
  if (bytes >= 1024 * 1024) return `${(bytes / 1024 / 1024).toFixed(1)}MB`
  return `${Math.max(1, Math.round(bytes / 1024))}KB`
}
