import { createFeatureTexts } from '../../i18n/feature-texts.ts'
import { caseRecordsEn } from './texts-en.ts'
import { caseRecordsKo } from './texts-ko.ts'

declare module '../../i18n/texts.ts' {
  interface Texts {
    caseRecords: typeof caseRecordsKo
  }
}

/** The words of records, which come with the section's code, and the language on screen. */
export const useRecordTexts = createFeatureTexts('caseRecords', { ko: caseRecordsKo, en: caseRecordsEn })
