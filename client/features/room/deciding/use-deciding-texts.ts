import { useTranslation } from 'react-i18next'
import { addTexts } from '../../../i18n/i18n.ts'
import { decidingEn } from './texts-en.ts'
import { decidingKo } from './texts-ko.ts'

declare module '../../../i18n/texts.ts' {
  interface Texts {
    deciding: typeof decidingKo
  }
}

const words = { ko: decidingKo, en: decidingEn }

/** The words of the quorum and of votes, which come with the room's code. */
export function useDecidingTexts() {
  const { i18n } = useTranslation()
  addTexts(i18n, 'deciding', words)
  return useTranslation('deciding').t
}
