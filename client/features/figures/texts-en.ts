import type { SameTexts } from '../../i18n/texts.ts'
import type { figuresKo } from './texts-ko.ts'

export const figuresEn: SameTexts<typeof figuresKo> = {
  title: 'Our agency’s year',
  lead: '{{agency}} · Pictures and tables are the same numbers. Under each it says what was counted, and how.',
  agency: 'Agency',
  year: 'Year',
  yearOf: '{{year}}',
  audience: 'For whom is it?',
  outsideNote:
    'Counts from 1 to 4 are hidden, and others with them so that none follows from a total. A table of very few is hidden whole.',
  take: 'Get as CSV',
  takeLabel: 'Get as CSV: {{title}}',
  print: 'Print',
  hidden: 'hidden',
  what: 'Of what',
  quarter: 'Quarter {{n}}',
  month: 'Month {{n}}',
  definition: 'How it is counted',
  failed: 'The file could not be got',
}
