import { useTranslation } from 'react-i18next'
import { addTexts } from '../../i18n/i18n.ts'
import type { Language } from '../../lib/format.ts'
import { actionItemsEn } from './texts-en.ts'
import { actionItemsKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    actionItems: typeof actionItemsKo
  }
}

const words = { ko: actionItemsKo, en: actionItemsEn }

/** The words of action items, and the language on screen. */
export function useActionItemTexts() {
  const { i18n } = useTranslation()
  addTexts(i18n, 'actionItems', words)
  const { t } = useTranslation('actionItems')
  const language: Language = i18n.language === 'en' ? 'en' : 'ko'
  return { t, language }
}
