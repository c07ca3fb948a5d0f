import { createFeatureTexts } from '../../i18n/feature-texts.ts'
import { commentsEn } from './texts-en.ts'
import { commentsKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    comments: typeof commentsKo
  }
}

/** The words of comments, which come with the room's code, and the language on screen. */
export const useCommentTexts = createFeatureTexts('comments', { ko: commentsKo, en: commentsEn })
