import type { SameTexts } from '../../i18n/texts.ts'
import type { guestsKo } from './texts-ko.ts'

export const guestsEn: SameTexts<typeof guestsKo> = {
  chip: 'Guest',
  section: 'Guests',
  lead: 'Invite one person of an agency without accounts to this conference alone. Send the link, and read the code out by phone.',
  invite: 'Invite a guest',
  none: 'No guests are invited.',
  loadFailed: 'The list of guests could not be loaded.',
  state: {
    invited: 'Invited · has not come in',
    waiting: 'Waiting in the lobby',
    admitted: 'Let in',
  },
  until: 'until {{time}}',
  opens: '{{count}} items open to them',
  actions: {
    of: 'Guest {{name}}',
    items: 'Items',
    code: 'New code',
    takeBack: 'Take back',
  },
  dialog: {
    title: 'Invite a guest',
    agency: 'Agency',
    agencyPlaceholder: 'Search by name',
    agencyMissing: 'Please choose an agency.',
    unlisted: 'An agency that is not listed',
    unlistedHelp: 'Only its name is listed. Nobody there gets an account.',
    agencyName: 'Name of the agency',
    shortName: 'Short name (up to 8 letters)',
    type: 'Kind of agency',
    name: 'Name',
    titleField: 'Post (optional)',
    titleExample: 'e.g. school social worker',
    role: 'Takes part as',
    items: 'Items to open',
    itemsHelp: 'Only ticked items can be seen.',
    noItems: 'There is no item that you can open to them. Please add one first.',
    newlyOpen: 'newly opened to this agency',
    when: 'May come in',
    date: 'Date',
    from: 'From',
    until: 'Until',
    whenMissing: 'Please check date and times.',
    submit: 'Make the invitation',
  },
  itemsDialog: {
    title: 'Items for guest {{name}}',
    save: 'Save',
    saved: 'The items were changed',
  },
  restrictedItem: 'Restricted item',
  generalItem: 'General item',
  shown: {
    title: 'The invitation is made',
    once: 'Link and code are shown this once. They cannot be shown again; another code can be made.',
    codeTitle: 'Code to read out by phone',
    codeHelp:
      'Do not send it with the link. Call your guest and read it out. Five wrong tries take the invitation back.',
    letterTitle: 'Text to send',
    copy: 'Copy the text',
    print: 'Print the text',
    close: 'Close',
    codeOnlyTitle: 'New code',
    codeOnly: 'Guest {{name}} opens the link from before again and enters this code. What was open there is closed.',
  },
  letter: `Dear {{name}},

{{host}} invites you to a meeting.

When: {{when}}
You may come in: {{from}} – {{until}}
Address:
{{link}}

Please open the address on a PC or tablet and enter the six-digit code that we read out to you by phone. You then wait a moment in the lobby until you are let in.
The address is for {{name}} alone. Please do not pass it on.`,
  takeBack: {
    title: 'Take back the invitation of guest {{name}}?',
    body: 'Link and code stop working at once, and what is open there is closed. What they wrote and their attendance stay with the meeting.',
    action: 'Take back',
    done: 'The invitation was taken back',
  },
  lobby: {
    title: 'Lobby',
    waits: '{{name}} of {{agency}} is waiting',
    admit: 'Let in',
    admitted: '{{name}} was let in',
    refuse: 'Turn away',
    refuseTitle: 'Turn {{name}} away?',
    refuseBody:
      'The invitation is taken back and the link does not open again. If this was a mistake, invite them anew.',
    refused: 'Turned away',
  },
  door: {
    title: 'Come to the meeting',
    from: '{{host}} invites you.',
    code: 'Six-digit code',
    codeHelp: 'The agency that invites you reads it out by phone.',
    codeMissing: 'Please enter six digits.',
    wrong:
      'The code is not right, or was used already. Five wrong tries take the invitation back. Please call the agency that invited you.',
    submit: 'Come in',
    later: 'It is not time yet. You may come in from {{from}}. Please open this address again then.',
    until: 'This invitation is good until {{until}}.',
    damaged: 'The address is not complete',
    damagedBody: 'Please copy the whole address from what you were sent and open it again.',
    over: 'This invitation cannot be used any more',
    overBody:
      'The meeting is over, its time has passed, or the invitation was taken back. Please call the agency that invited you.',
  },
  waiting: {
    title: 'Lobby',
    body: 'Your code is right. Whoever leads at {{host}} will let you in soon. Please keep this page open and wait.',
    lost: 'The line is unsteady. Leave the page as it is, and it comes back.',
    leave: 'Give up',
  },
  leave: {
    button: 'Leave',
    title: 'Leave the meeting?',
    body: 'This page closes. To come back, call the agency that invited you and ask for a new code.',
    action: 'Leave',
  },
  end: {
    title: 'The meeting is closed on this screen',
    body: 'Thank you for coming. Nothing of the meeting is left on this PC. You may close this window.',
    again:
      'If the meeting is still going on, call the agency that invited you for a new code and open your address again.',
  },
}
