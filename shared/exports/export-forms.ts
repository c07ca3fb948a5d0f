/** What goes out of the minutes, and in which formats. The first format of a form is the one that is proposed. */
import type { Label } from '../codes.ts'

export const EXPORT_FORMS = {
  minutes: { ko: '사례회의록', en: 'Minutes' },
  report: { ko: '결과보고', en: 'Report for approval' },
  sign_sheet: { ko: '참석자 서명부', en: 'Sheet for signatures' },
  household: { ko: '가구용 지원 계획', en: 'Plan for the household' },
  letter: { ko: '공문 본문', en: 'Text of an official letter' },
  copy_sheet: { ko: '옮겨 적기', en: 'For copying into another system' },
  actions: { ko: '조치사항 목록', en: 'List of action items' },
  dates: { ko: '기한 달력', en: 'Calendar of due dates' },
  bundle: { ko: '검증용 묶음', en: 'Bundle for verification' },
} as const satisfies Record<string, Label>
export type ExportForm = keyof typeof EXPORT_FORMS

/** `print` is the paper itself as data, which a page of ours shows and prints. */
export const EXPORT_FORMATS = {
  print: { ko: '인쇄', en: 'Print' },
  pdf: { ko: 'PDF', en: 'PDF' },
  hwpx: { ko: '한글(HWPX)', en: 'Hangul (HWPX)' },
  docx: { ko: '워드(DOCX)', en: 'Word (DOCX)' },
  text: { ko: '글', en: 'Text' },
  csv: { ko: 'CSV', en: 'CSV' },
  xlsx: { ko: '엑셀(XLSX)', en: 'Excel (XLSX)' },
  ics: { ko: '달력(ICS)', en: 'Calendar (ICS)' },
  json: { ko: 'JSON', en: 'JSON' },
} as const satisfies Record<string, Label>
export type ExportFormat = keyof typeof EXPORT_FORMATS

export const FORMATS_OF = {
  minutes: ['print', 'pdf', 'hwpx', 'docx'],
  report: ['print', 'pdf', 'hwpx', 'docx'],
  sign_sheet: ['print', 'pdf', 'hwpx', 'docx'],
  household: ['print', 'pdf', 'hwpx', 'docx'],
  letter: ['print', 'hwpx', 'docx', 'text'],
  copy_sheet: ['print', 'text', 'hwpx', 'docx'],
  actions: ['xlsx', 'csv'],
  dates: ['ics'],
  bundle: ['json'],
} as const satisfies Record<ExportForm, readonly ExportFormat[]>

/** Forms about one item. */
export const FORMS_OF_ITEM: readonly ExportForm[] = ['household', 'copy_sheet']
/** Forms of which there is a redacted edition: with the codes and counts, and those texts that a person has released. */
export const FORMS_REDACTED: readonly ExportForm[] = ['minutes', 'report', 'bundle']

export const hasFormat = (form: ExportForm, format: ExportFormat): boolean =>
  (FORMATS_OF[form] as readonly ExportFormat[]).includes(format)
