import { useTranslation } from 'react-i18next'
import { addTexts } from '../../../i18n/i18n.ts'
import type { Language } from '../../../lib/format.ts'
import { readBackEn } from './texts-en.ts'
import { readBackKo } from './texts-ko.ts'

declare module '../../../i18n/texts.ts' {
  interface Texts {
    readBack: typeof readBackKo
  }
}

const words = { ko: readBackKo, en: readBackEn }

/** The words of reading back and of recusal, which come with the room's code, and the language on screen. */
export function useReadBackTexts() {
  const { i18n } = useTranslation()
  addTexts(i18n, 'readBack', words)
  const { t } = useTranslation('readBack')
  const language: Language = i18n.language === 'en' ? 'en' : 'ko'
  return { t, language }
}

export type ReadBackT = ReturnType<typeof useReadBackTexts>['t']
