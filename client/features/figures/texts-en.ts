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
  monthOf: 'Month {{n}} of {{year}}',
  quarterOf: 'quarter {{n}} of {{year}}',
  running: 'Not over yet: counted up to {{day}}.',
  counted: 'As of {{day}}',
  ways: { label: 'Kinds of figures', year: 'The year', month: 'One month', quarter: 'Report of a quarter' },
  monthly: {
    title: 'One month',
    lead: 'The monthly figures for the city, counted from the meetings’ own records: there is nothing to write.',
    month: 'Which month?',
    sheet: 'Case conferences, {{month}}',
    xlsx: 'Get as XLSX',
    file: 'case-conferences',
  },
  report: {
    title: 'Report of a quarter',
    lead: 'For residents and the press, as it is. It has no names, and no small numbers by which somebody could be known.',
    quarter: 'Which quarter?',
    print: 'Print or save as PDF',
    sheet: 'Case conferences: {{quarter}}',
    about:
      'In a case conference several agencies sit down together over a difficulty that none of them can solve alone, and settle who will do what.',
    none: 'None in this quarter.',
    few: 'Too few to be told.',
    hidden: 'Hidden: {{names}}',
    howTitle: 'How to read these numbers',
    how: 'So that nobody can be known by them, counts from 1 to 4 are not told but marked as hidden. In places others are hidden with them, so that they cannot be worked out. There are no names, addresses or stories, and lines of 0 are left out.',
  },
  hidden: 'hidden',
  what: 'Of what',
  quarter: 'Quarter {{n}}',
  month: 'Month {{n}}',
  definition: 'How it is counted',
  failed: 'The file could not be got',
}
