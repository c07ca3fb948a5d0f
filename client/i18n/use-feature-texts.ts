import { useTranslation } from 'react-i18next'
import { addTexts } from './i18n.ts'

/**
 * Brings a lazy screen's texts along: call it first in the screen's outermost component, before any `useTranslation` of that namespace.
 * Adding during render is safe, because it is the same every time and done once.
 */
export function useFeatureTexts(namespace: string, words: { ko: object; en: object }): void {
  const { i18n } = useTranslation()
  addTexts(i18n, namespace, words)
}
