import { createFeatureTexts } from '../../i18n/feature-texts.ts'
import { papersEn } from './texts-en.ts'
import { papersKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    papers: typeof papersKo
  }
}

/** The words about papers, which come with their screens and not before, and the language on screen. */
export const usePaperTexts = createFeatureTexts('papers', { ko: papersKo, en: papersEn })

export type PaperWords = ReturnType<typeof usePaperTexts>['t']

/** `1.2MB`, `340KB` */
export function formatBytes(bytes: number): string {
  if (bytes >= 1024 * 1024) return `${(bytes / 1024 / 1024).toFixed(1)}MB`
  return `${Math.max(1, Math.round(bytes / 1024))}KB`
}
