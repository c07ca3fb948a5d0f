import { describe, expect, test } from 'vitest'
import { passwordFault } from '../../../server/auth/password-rules.ts'

const about = { login: 'kim.minji' }

describe('[LR-05] new passwords', () => {
  test.each(['short', '아홉글자입니다요', 'abcdefghi'])('too short: %s', password => {
    expect(passwordFault(password, about)).toBe('password-too-short')
  })

  test.each([
    'password12',
    'P@ssw0rd!!!!',
    'qwerty123456',
    '1234567890',
    '1111111111aa',
    '2026-11-21-00',
    'asdfasdfasdf',
    'qwer1234!!',
    'Qlalfqjsgh1!',
    'tkfkdgo1234',
    'dkssudgktpdy',
    '비밀번호1234567',
    'dure123456789',
  ])('too common: %s', password => {
    expect(passwordFault(password, about)).toBe('password-too-common')
  })

  test.each(['kim.minji', 'KIM.MINJI', 'kimminji2026', '2026kim.minji!'])('the login again: %s', password => {
    expect(passwordFault(password.padEnd(10, '1'), about)).toBe('password-is-login')
  })

  test('the same as before', () => {
    expect(passwordFault('a good sentence', { ...about, current: 'a good sentence' })).toBe('password-unchanged')
  })

  test.each(['a good sentence', '우리 동네 두레 한마당', 'correct horse', 'vkfks-gksmf-77-ejr', 'testament of youth'])(
    'good: %s',
    password => {
      expect(passwordFault(password, about)).toBeUndefined()
    },
  )
})
