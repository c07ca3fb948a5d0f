import type { SameTexts } from '../../i18n/texts.ts'
import type { sessionKo } from './texts-ko.ts'

export const sessionEn: SameTexts<typeof sessionKo> = {
  signIn: {
    title: 'Sign in',
    login: 'Login',
    password: 'Password',
    submit: 'Sign in',
    loginMissing: 'Please enter your login.',
    passwordMissing: 'Please enter your password.',
    help: 'If you cannot sign in',
    helpForgotten:
      'If you forgot your password or are locked out, ask the Dure administrator of your agency, who can make a temporary password on the spot.',
    helpNoAccount: 'If you have no login, your agency administrator makes one for you.',
    helpNobody: 'If you do not know who that is, ask the agency that called the conference.',
    away: 'As soon as the server is back you can sign in here.',
  },
  warning: {
    'plain-http': {
      title: 'This address is not encrypted (http)',
      body: 'Others on the same network could read passwords and the meeting. Use it for trying out only, and ask your administrator for an https address before real cases are discussed.',
    },
    'wrong-address': {
      title: 'This is not the proper address',
      body: 'Signing in or saving may be refused here. Please use this address:',
    },
  },
  demo: {
    title: 'Accounts to look around with',
    lead: 'Synthetic practice data. Each agency has its own address, so you can be several agencies side by side in one browser.',
    fill: 'Fill in the account of {{name}}',
    open: 'Open the address of {{agency}} with the account of {{name}} (new tab)',
    here: 'this address',
    filled: 'Login and password are filled in. Press “Sign in”.',
    filledFor: 'The account of {{name}} is filled in. Press “Sign in”.',
  },
  operator: {
    title: 'Make the first operator',
    lead: 'This is the first start of Dure. Make the operator’s account with the one-time code in the server’s log. The operator registers agencies and administrators and sees no case and no conference.',
    code: 'One-time code',
    codeHelp: 'It stands where the server was started. Each start makes a new one.',
    login: 'Login',
    loginHelp: 'Latin letters, digits and . _ @ - ; at least 3.',
    name: 'Name or position',
    submit: 'Make the operator',
    wrongCode: 'The code is not right. Please look for the latest one in the server’s log.',
  },
  password: {
    title: 'Change password',
    forcedTitle: 'Choose a new password',
    forcedLead: 'The temporary password works once. Change it to one that only you know, and you can begin.',
    current: 'Current password',
    currentTemporary: 'The temporary password you were given',
    next: 'New password',
    nextHelp:
      'At least 10 characters. Length matters more than signs, for example four or five unrelated words in a row',
    repeat: 'New password once more',
    tooShort: 'It needs at least 10 characters. It has {{now}} now.',
    different: 'The two fields differ.',
    wrongCurrent: 'The current password is not right.',
    submit: 'Change the password',
    done: 'The password is changed. Your other devices were signed out.',
  },
  cover: {
    lockedTitle: 'The screen is covered',
    lockedBody: 'There was no input for a while. What you typed is still here.',
    expiredTitle: 'Your session has ended',
    expiredBody: 'What you typed is still behind this cover. Sign in with the same account to go on.',
    who: 'Signed in as {{name}}',
    whose: 'This is the screen of {{name}}',
    unlock: 'Go on',
    signIn: 'Sign in again',
    another: 'Sign in as somebody else',
    anotherTitle: 'Sign in as somebody else?',
    anotherBody: 'The screen of {{name}} closes. What has been saved stays, but words that were not sent yet are lost.',
    wrongPassword: 'The password is not right. Check the input language and Caps Lock.',
  },
}
