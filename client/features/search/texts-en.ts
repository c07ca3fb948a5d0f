import type { SameTexts } from '../../i18n/texts.ts'
import type { searchKo } from './texts-ko.ts'

export const searchEn: SameTexts<typeof searchKo> = {
  title: 'Search',
  open: 'Search',
  label: 'Words to find',
  example: 'e.g. 간병비를 어떻게 하기로 했지? · ㄱㅂㅂ',
  find: 'Search',
  finding: 'Searching',
  lead: 'Searches the conferences, items, decisions and action items that you may open. Particles and spaces do not matter, initial consonants work too. What was searched for is kept in the record of access. Ctrl+K opens this anywhere, / wherever you are not typing.',
  foundBy: '{{count}} found by {{words}}.',
  nothing: 'Nothing found by {{words}}',
  nothingBody:
    'Try fewer or other words. Of several words all must be there, and restricted items and what is in a conference whose confidentiality statement you have not accepted never show.',
  noWords: 'Enter a word to find.',
  more: '{{n}} more',
  moreLabel: '{{kind}}: {{n}} more',
  kinds: {
    decision: 'Decisions',
    action: 'Action items',
    item: 'Agenda items',
    record: 'Records',
    conference: 'Conferences',
    case: 'Cases',
  },
  parts: {
    title: 'Title',
    text: 'Wording',
    reason: 'Reason',
    condition: 'Condition',
    rule: 'Own rule',
    presentation: 'Presentation',
    opinion: 'Opinion',
    discussion: 'Discussion',
    notes: 'Shared notes',
  },
  due: 'by {{day}}',
}
