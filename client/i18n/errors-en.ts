import type { errorsKo } from './errors-ko.ts'
import type { SameTexts } from './texts.ts'

export const errorsEn: SameTexts<typeof errorsKo> = {
  'not-signed-in': {
    title: 'Your session has ended',
    body: 'What you typed is still here. Sign in again to go on.',
  },
  'session-locked': {
    title: 'The screen was covered while you were away',
    body: 'What you typed is still here. Enter your password to go on.',
  },
  'wrong-credentials': {
    title: 'The login or the password is not right',
    body: 'Check the input language and Caps Lock, then try again. If you forgot it, your agency administrator can make a new one.',
  },
  'account-locked': {
    title: 'Locked for a while after several wrong passwords',
    body: 'Try again later (usually 15 minutes). If it is urgent, your agency administrator can make a new password and you can come in at once.',
  },
  'second-factor-required': {
    title: 'A second factor is needed',
    body: 'What you typed is still here. Enter the code of your authenticator app, or set up the second factor, and you can go on.',
  },
  'password-change-required': {
    title: 'Please change your password first',
    body: 'The temporary password opens no other screen. Choose a new one and you can go on.',
  },
  'wrong-origin': {
    title: 'The request did not come from the proper address',
    body: 'Nothing was changed. Please come in by the address that your administrator gave you.',
  },
  'insecure-address': {
    title: 'Refused, because this address is not protected',
    body: 'Nothing was changed. Please use the address that begins with https.',
  },
  'not-found': {
    title: 'It does not exist, or it is not for you to see',
    body: 'It may have been deleted, or you may not be among its readers. If you take part, please ask the agency that called the conference.',
  },
  'not-allowed': {
    title: 'You may not do this',
    body: 'Nothing was changed. Please ask the leader or your agency administrator.',
  },
  'bad-request': {
    title: 'Some of it could not be accepted',
    body: 'Nothing was changed. Please check the marked fields and save again.',
  },
  'bad-content-type': {
    title: 'It could not be accepted',
    body: 'Nothing was changed. Please load the page again and repeat it.',
  },
  'bad-message': {
    title: 'The server did not understand what was sent',
    body: 'What you wrote is on this computer. Please load the page again and repeat it.',
  },
  conflict: {
    title: 'Somebody else changed it first',
    body: 'Yours was not saved. Load what changed, look, and save again. What you typed stays.',
  },
  'update-refused': {
    title: 'What you wrote did not get into the room',
    body: 'What others wrote is untouched. Load it again and paste the words that were kept for you.',
  },
  'read-only': {
    title: 'It can only be read now',
    body: 'What you wrote did not get into the room. Copy it if you need it.',
  },
  sealed: {
    title: 'It is final and can no longer be changed',
    body: 'The final version is kept. If something has to be corrected, please tell the leader.',
  },
  'too-large': {
    title: 'Too long to send at once',
    body: 'It was not saved. Please shorten or divide it and try again.',
  },
  'too-fast': {
    title: 'Too many requests in a short time',
    body: 'What has been saved is safe. Try again in about a minute.',
  },
  'too-many-connections': {
    title: 'Too many windows are open',
    body: 'What has been saved is safe. Close the Dure windows that you do not use and load again.',
  },
  'client-too-old': {
    title: 'Dure has a new version',
    body: 'Load the page again to get it. Copy what you are writing first.',
  },
  'server-restarting': {
    title: 'The server is restarting',
    body: 'What has been saved is safe. The line will be back in a moment.',
  },
  'store-unavailable': {
    title: 'Nothing can be stored at the moment',
    body: 'What is on the screen stays. Please keep the window open and wait. If it goes on, tell your administrator.',
  },
  'slow-reader': {
    title: 'The line was too slow and was cut for a moment',
    body: 'What has been saved is safe. It will connect again soon.',
  },
  internal: {
    title: 'Something went wrong on the server',
    body: 'What has been saved is safe. Try again shortly, and tell your administrator if it goes on.',
  },
  unreachable: {
    title: 'The server cannot be reached',
    body: 'What is on the screen stays. Check the line and try again.',
  },
  details: {
    'password-too-short': 'The new password is too short. Please use at least 10 characters.',
    'password-too-common': 'That is one of the passwords others try first. Try four or five unrelated words in a row.',
    'password-is-login': 'The password may not be the same as the login.',
    'password-unchanged': 'It is the same as the present one. Please choose another.',
    'second-factor-on': 'The second factor is on already.',
    'own-second-factor':
      'You turn off your own second factor in the account menu, with your password and a code. Without your phone, ask another administrator or the operator.',
    'one-lead-agency': 'There must be one lead agency.',
    'worker-outside-case': 'Workers must belong to an agency of this case. Please add the agency first.',
    'no-lead-worker': 'The lead agency needs at least one worker.',
    'same-person': 'Work cannot be handed over to the same person.',
    'lead-agency-not-invited': 'The lead agency of this case is not invited. Please invite it and save first.',
    'agency-not-invited': 'Only invited agencies can be cleared. Please invite it and save first.',
    'general-item-open-to-all': 'A general item is open to everybody. To narrow it, make it a case item.',
    'recused-not-participant': 'Only participants can be recused.',
    'one-leader': 'There must be one leader.',
    'one-minute-taker': 'There can be one minute-taker.',
    'observer-only': 'Somebody who is an observer in the agency can only observe.',
    'needs-leader': 'Please choose a leader first.',
    'not-a-draft': 'Only a draft can be deleted.',
    'item-has-content': 'Something is written in this item already, so it stays. Defer it in the room instead.',
    'item-has-actions': 'An item has action items, so the conference cannot be deleted.',
    'conference-closed': 'A closed conference cannot be changed.',
    'nothing-to-read': 'There is no decision or action item to read. Write one first.',
    'too-long-to-read': 'Too long to be read at once. Shorten it, or divide the item.',
    'nobody-to-ask': 'No agency that may see this item is confirmed as attending. Confirm attendance first.',
    'read-back-over': 'This reading is over. To leave another view, ask the leader to read back again.',
    'read-back-changed': 'What you saw is not what is being read now. Look at the screen and try again.',
    'not-your-agency': 'You can only leave the view of your own agency.',
    'agency-not-asked': 'This agency was not asked this time. Stop and begin again to ask everybody who is here now.',
    'agency-answered-itself': 'That agency has answered by itself. Only it can change its answer.',
    'words-needed': 'A condition or an objection needs words.',
    'words-not-taken': 'No objection takes no words. Leave them as a condition.',
    'too-many-records': 'This item cannot take another record.',
    'vote-open': 'A vote on this item is open. Please close it first.',
    'vote-over': 'That vote is closed.',
    'not-your-vote': 'Only your own side’s vote is yours to cast.',
    'no-vote': 'Whoever that is has no vote in this one.',
    'voted-itself': 'They cast it themselves; only they can change it.',
    'not-deferred': 'The item is not deferred. Please defer it first.',
    'below-quorum': 'Fewer are there than the quorum. Whoever leads can go on with a reason, or defer the item.',
    'fixed-quorum': 'This kind of meeting has a fixed quorum, which cannot be switched off.',
    'below-fixed-quorum': 'Below the quorum nothing can be decided. Please defer the item.',
    'feature-off': 'This meeting does not use that now. Whoever leads can switch it on among the tools.',
    'not-leading': 'Only who leads and the minute-taker can do that.',
    'urgent-only-live': 'Only a running conference takes urgent items.',
    'type-fixed-while-live': 'It began as a conference with a fixed quorum. Its kind cannot be changed while it runs.',
    'brainstorming-off': 'Brainstorming is not going on now.',
    'card-gone': 'That card is not there any more.',
    'card-group-gone': 'That group is not there any more. Please choose again.',
    'card-hidden': 'A hidden card can be grouped once it is revealed.',
    'card-of-another': 'Somebody else wrote this card. It cannot be changed or removed.',
    'card-in-group': 'This card is in a group. Take it out first.',
    'too-many-cards': 'This item takes no more cards. Please remove some.',
    'not-live': 'This can be done in a live or closed conference only.',
    'conference-not-live': 'This can be done in a live conference only.',
    'agency-not-at-table':
      'Only people of an agency that is invited to this conference can be added. Please invite the agency first.',
    'too-many-guests': 'At most 120 people without a device can be added.',
    'participant-stays': 'Somebody invited cannot be removed. If they did not come, please enter them as absent.',
    'was-there':
      'This person was there when decisions were confirmed and cannot be removed. If they have gone, please enter that they left.',
    'not-announced': 'This person has not said yet that they attend. Please choose how they take part.',
    'unknown-attendee': 'Not at this table. The list may have changed meanwhile.',
    'not-here': 'Not entered as present now.',
    'attendee-twice': 'The same person stands in it twice.',
    'passkey-address': 'There are no passkeys at this address. Use an https address, or a code.',
    'passkey-stale': 'Making the passkey took too long. Please begin again.',
    'passkey-refused': 'What the browser sent could not be confirmed as a passkey. Please make it again.',
    'passkey-known': 'This passkey is registered already.',
    'passkeys-full': 'There are as many passkeys as there may be. Please remove one that you do not use.',
    'last-factor':
      'It is the last passkey. Add another one or an authenticator app first, or turn the second factor off.',
    'supervision-closed':
      'One of the two may not see the supervision of this case now, so nothing more can be written. What was written stays.',
    'supervision-full': 'This conversation is full. Please go on with your supervisor in another way.',
    'supervision-question': 'That question was not found. Please load the screen anew and try again.',
    'supervision-resolved':
      'The question was marked as resolved meanwhile. Whoever asked can ask again, or you leave it as a note.',
    'supervision-not-asked': 'A question is marked as resolved by who asked it.',
    'action-needs-reason': 'Please give the reason.',
    'action-needs-day': 'Please choose a day from tomorrow on.',
    'action-needs-agency': 'Please choose the agency that is to take it over.',
    'action-needs-person':
      'Please choose a person. An action item of a restricted item is handed over to somebody named.',
    'action-needs-effect': 'Please choose whether it helped and by whose account.',
    'action-same-agency': 'It is that agency’s already. Please choose another one.',
    'action-needs-supervisor': 'Only a supervisor of that agency can be chosen.',
    'action-person-recused': 'This person is recused from the case. Please choose somebody else.',
    'action-taker-not-here':
      'The agency that is to take it over is not in this meeting. It has to take it over itself.',
    'action-history-full': 'The record of this action item is full. Please go on with a new one.',
    'not-staff': 'This person does not work for that agency. Please choose again.',
    'guest-time':
      'Please check when the guest may come in. The end must be after the beginning and within 60 days from now.',
    'guest-of-host':
      'People of your own agency come with an account, not as guests. Ask your agency’s administrator for one.',
    'agency-known': 'An agency of that name is in the list already. Please choose it there.',
    'unknown-agency': 'That agency cannot be found. Please choose it again from the list.',
    'item-twice': 'The same item is there twice.',
    'clearing-takes-case-worker':
      'Only who works on that case can open its item to another agency. Ask them, or leave that item unticked.',
    'guest-before-announced': 'Guests cannot be let into a draft. Announce the conference first.',
    'guest-not-waiting': 'That guest is not in the lobby now.',
    'guest-too-early': 'It is not time yet. Please open the link again at the time you were told.',
    'guest-code': 'The code is not right, or was used already. Please call the agency that invited you.',
    'too-many-seats': 'No more people can be invited to this conference.',
    'client-not-built': 'The screens are missing on the server. Please tell the administrator.',
  },
}
