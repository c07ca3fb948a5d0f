import type { SameTexts } from '../../i18n/texts.ts'
import type { seriesKo } from './texts-ko.ts'

export const seriesEn: SameTexts<typeof seriesKo> = {
  title: 'Series',
  rule: '{{nth}} {{weekday}} of each month, {{time}}',
  nth: { n1: 'First', n2: 'Second', n3: 'Third', n4: 'Fourth', n5: 'Fifth' },
  weekday: { d0: 'Sunday', d1: 'Monday', d2: 'Tuesday', d3: 'Wednesday', d4: 'Thursday', d5: 'Friday', d6: 'Saturday' },
  next: 'next: {{day}}',
  make: 'Make the next one',
  makeLabel: '{{title}}: make the next one',
  prepare: 'Prepare the next one',
  prepareLabel: '{{title}}: prepare the next one',
  ended: 'Ended',
  end: 'End the series',
  endLabel: '{{title}}: end the series',
  endTitle: 'End the series “{{title}}”?',
  endBody: 'Conferences that were made stay as they are. It can be resumed.',
  resume: 'Resume',
  offer: 'Make it monthly',
  offerTitle: 'Make it a monthly series',
  offerBody:
    'The next month’s conference is made with this one’s people, place and general items. Case items propose themselves then from what is open.',
  nthField: 'Which week',
  weekdayField: 'Weekday',
  timeField: 'Begins at',
  closedField: 'On a day off',
  do: 'Make it a series',
  done: 'It is a series now. Next: {{day}}',
  part: 'Series · {{rule}} · next: {{day}}',
}
