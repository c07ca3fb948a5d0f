import type { decidingKo } from './texts-ko.ts'

export const decidingEn: typeof decidingKo = {
  quorum: {
    title: 'Quorum',
    agencies: '{{here}} of {{of}} agencies confirmed · {{needed}} needed',
    people: '{{here}} of {{of}} members confirmed · {{needed}} needed',
    met: 'met',
    below: 'not met',
    ofItem: 'for this item',
    ofMeeting: 'for the whole meeting',
    belowWords: 'Decisions cannot be confirmed like this. Go on with a reason, or defer the item.',
    fixedWords: 'Below the quorum nothing can be decided. Only talk about it, or defer the item.',
    goOn: 'Go on with a reason',
    defer: 'Defer this item',
    dialog: 'Go on below the quorum',
    reason: 'Why the meeting goes on',
    reasonHint: 'It stays in the record of this item.',
    reasonNeeded: 'Please write the reason.',
    goneOn: 'Went on with {{here}} of {{needed}} · {{by}}: “{{reason}}”',
    done: 'The reason is kept; the meeting goes on.',
  },
}
