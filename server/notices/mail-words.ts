/** What stands in a mail (SPEC NM1): fixed words, in both languages because nobody knows the reader's. */

export interface MailText {
  subject: string
  text: string
}

const SUBJECT = '두레에 확인할 일이 있습니다'

const footer = (origin: string) =>
  [
    '',
    '이 메일에는 회의와 사례의 내용을 싣지 않습니다. 답장은 받지 않습니다.',
    `메일을 받지 않으려면: ${origin}/notices/settings`,
    '',
    'There is something for you to look at in Dure. This mail holds no content of any meeting or case.',
    `To stop these mails: ${origin}/notices/settings`,
    '',
  ].join('\n')

export const noticeMail = (origin: string): MailText => ({
  subject: SUBJECT,
  text: `${SUBJECT}.\n로그인해서 알림을 확인해 주세요: ${origin}/notices\n${footer(origin)}`,
})

export const digestMail = (origin: string, { open, late }: { open: number; late: number }): MailText => ({
  subject: '두레: 이번 주 열린 조치사항',
  text:
    `맡은 조치사항 가운데 ${open}건이 아직 열려 있습니다.${late > 0 ? ` 그중 ${late}건은 기한이 지났습니다.` : ''}\n` +
    `로그인해서 확인해 주세요: ${origin}/actions\n` +
    `Open action items: ${open}${late > 0 ? `, of which late: ${late}` : ''}.\n${footer(origin)}`,
})

export const codeMail = (origin: string, code: string): MailText => ({
  subject: '두레 메일 주소 확인',
  text:
    `확인 번호: ${code}\n` +
    '두레의 알림 설정 화면에 15분 안에 이 번호를 넣어 주세요. 요청한 적이 없으면 이 메일을 지우면 됩니다.\n\n' +
    `Your code: ${code}. Enter it on the settings page of notices in Dure within 15 minutes. If you did not ask for it, delete this mail.\n\n` +
    `${origin}/notices/settings\n`,
})
