/**
 * What a new password must be: long rather than complicated, and none of those that everybody tries first (NIST SP 800-63B §5.1.1.2; 안전성
 * 확보조치 기준 제5조⑤). The list is short on purpose: with ten characters and a lock-out only the first few dozen guesses matter.
 */
import { Refusal } from '../../shared/protocol/refusals.ts'

export const MIN_PASSWORD_LENGTH = 10

/** Beginnings that people lengthen to reach a limit: sequences, keyboard rows, and Korean words typed on an English keyboard. */
const COMMON_STEMS = [
  'password',
  'passw0rd',
  'p@ssw0rd',
  'qwertyuiop',
  'qwerty',
  'asdfghjkl',
  'asdf',
  'zxcvbnm',
  'zxcv',
  '1q2w3e4r5t',
  '1q2w3e4r',
  'q1w2e3r4',
  'qwer1234',
  'abcdefghij',
  'abcd',
  'abc',
  'iloveyou',
  'welcome',
  'letmein',
  'admin',
  'administrator',
  'test',
  'guest',
  'korea',
  'seoul',
  'dure',
  // 비밀번호, 사랑해, 안녕하세요, 대한민국, 복지, 행복, 관리자 on a two-set keyboard
  'qlalfqjsgh',
  'tkfkdgo',
  'dkssudgktpdy',
  'dkssud',
  'eogksalsrnr',
  'qhrwl',
  'godqhr',
  'rhksflwk',
  // The same in Hangul
  '비밀번호',
  '사랑해',
  '안녕하세요',
  '대한민국',
  '관리자',
]

export type PasswordFault = 'password-too-short' | 'password-too-common' | 'password-is-login' | 'password-unchanged'

/** What is wrong with a new password, or undefined. */
export function passwordFault(next: string, about: { login: string; current?: string }): PasswordFault | undefined {
  const plain = next.normalize('NFKC').toLowerCase()
  if ([...plain].length < MIN_PASSWORD_LENGTH) return 'password-too-short'
  if (next === about.current) return 'password-unchanged'
  const login = about.login.normalize('NFKC').toLowerCase()
  if (plain === login || (stripped(login) !== '' && stripped(plain) === stripped(login))) return 'password-is-login'
  if (isCommon(plain)) return 'password-too-common'
  return undefined
}

/** @throws Refusal `bad-request` with the fault as its detail */
export function checkNewPassword(next: string, about: { login: string; current?: string }): void {
  const fault = passwordFault(next, about)
  if (fault) throw new Refusal('bad-request', fault)
}

/** A common stem, alone or repeated, with digits and signs around it; or few different characters; or only a run of digits. */
function isCommon(plain: string): boolean {
  if (new Set(plain).size < 4) return true
  const bare = stripped(plain)
  if (bare === '' || /^\d+$/.test(plain)) return true
  return COMMON_STEMS.some(stem => {
    const rest = plain.replaceAll(stem, '')
    return rest.length < plain.length && !/\p{L}/u.test(rest)
  })
}

/** Without digits and signs. */
const stripped = (text: string) => text.replace(/[^\p{L}]/gu, '')
