import { useTranslation } from 'react-i18next'
import { addTexts } from '../../i18n/i18n.ts'
import type { Language } from '../../lib/format.ts'
import { commentsEn } from './texts-en.ts'
import { commentsKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    comments: typeof commentsKo
  }
}

const words = { ko: commentsKo, en: commentsEn }

/** The words of comments, which come with the room's code, and the language on screen. */
export function useCommentTexts() {
  const { i18n } = useTranslation()
  addTexts(i18n, 'comments', words)
  const { t } = useTranslation('comments')
  const language: Language = i18n.language === 'en' ? 'en' : 'ko'
  return { t, language }
}
