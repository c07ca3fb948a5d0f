/**
 * A feature's own words. They lie in the chunk of its screens, are added when one of its components first asks for them and not before, and are typed by
 * the Korean ones: keys, blanks and plurals.
 */
import { useTranslation } from 'react-i18next'
import type { Language } from '../lib/format.ts'
import { addTexts } from './i18n.ts'
import type { SameTexts, Texts } from './texts.ts'

/** Makes the hook that gives a namespace's words and the language on screen. The feature declares its namespace in {@link Texts}, beside this call. */
export function createFeatureTexts<Namespace extends keyof Texts>(
  namespace: Namespace,
  words: { ko: Texts[Namespace]; en: SameTexts<Texts[Namespace]> },
) {
  return function useTexts() {
    const { i18n } = useTranslation()
    // During a render, which is safe: it is the same every time and done once.
    addTexts(i18n, namespace, words)
    const { t } = useTranslation(namespace)
    const language: Language = i18n.language === 'en' ? 'en' : 'ko'
    return { t, language }
  }
}
