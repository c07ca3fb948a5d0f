import { useTranslation } from 'react-i18next'
import { addTexts } from '../../i18n/i18n.ts'
import { useLanguage } from '../../i18n/use-language.ts'
import { caseRecordsEn } from './texts-en.ts'
import { caseRecordsKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    caseRecords: typeof caseRecordsKo
  }
}

const words = { ko: caseRecordsKo, en: caseRecordsEn }

/** The words of records, which come with the section's code, and the language on screen. */
export function useRecordTexts() {
  const { i18n } = useTranslation()
  addTexts(i18n, 'caseRecords', words)
  const { t } = useTranslation('caseRecords')
  return { t, language: useLanguage() }
}
