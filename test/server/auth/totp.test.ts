import { describe, expect, test } from 'vitest'
import { base32, codeOfStep, newTotpSecret, otpauthUri, stepAt, stepsOfCode } from '../../../server/auth/totp.ts'
import { createAuthenticator } from '../../support/authenticator.ts'

const SECRET = Buffer.from('12345678901234567890')

/** Where no other step nearby happens to have the same six digits. */
const NOW = 1_111_111_109_000

describe('the codes of RFC 6238 and RFC 4226', () => {
  // RFC 6238 appendix B, SHA-1; its eight digits end in our six.
  test.each([
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ])('at second %i', (seconds, eight) => {
    expect(codeOfStep(SECRET, stepAt(seconds * 1000))).toBe(eight.slice(2))
  })

  // RFC 4226 appendix D.
  test.each(['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489'])(
    'the counter that gives %s',
    code => {
      const counters = Array.from({ length: 10 }, (_, counter) => codeOfStep(SECRET, counter))
      expect(counters).toContain(code)
      expect(counters[counters.indexOf(code)]).toHaveLength(6)
    },
  )

  test('the counters are in the order of the standard', () => {
    expect([0, 1, 9].map(counter => codeOfStep(SECRET, counter))).toEqual(['755224', '287082', '520489'])
  })
})

describe('[R21] which moment a code belongs to', () => {
  const codeAt = (ms: number) => codeOfStep(SECRET, stepAt(ms))
  const isTaken = (code: string) => stepsOfCode(SECRET, code, NOW).length > 0

  test('now, one step before and one after; no more', () => {
    expect([-60, -30, 0, 30, 60].map(seconds => isTaken(codeAt(NOW + seconds * 1000)))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ])
  })

  test('each is told with its step, so that it can be used up', () => {
    const now = stepAt(NOW)
    expect(stepsOfCode(SECRET, codeAt(NOW - 30_000), NOW)).toEqual([now - 1])
    expect(stepsOfCode(SECRET, codeAt(NOW), NOW)).toEqual([now])
  })

  test('a phone that is five minutes wrong is not followed', () => {
    for (const minutes of [-5, 5]) expect(isTaken(codeAt(NOW + minutes * 60_000))).toBe(false)
  })

  test.each(['', '12345', '1234567', '12345a', '１２３４５６', '+12345', '1e5000', ' 12345'])('%j is no code', code => {
    expect(stepsOfCode(SECRET, code, NOW)).toEqual([])
  })
})

describe('the secret', () => {
  // RFC 4648 §10, without padding.
  test.each([
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ])('%j in base32', (text, expected) => {
    expect(base32(Buffer.from(text))).toBe(expected)
  })

  test('has 160 bits, another each time, and an app that reads it shows our codes', () => {
    const secrets = Array.from({ length: 50 }, () => newTotpSecret())
    expect(new Set(secrets.map(one => one.toString('hex'))).size).toBe(50)
    for (const secret of secrets) {
      expect(secret).toHaveLength(20)
      expect(createAuthenticator(base32(secret)).codeAt(NOW)).toBe(codeOfStep(secret, stepAt(NOW)))
    }
  })

  test('is handed to the app with whose it is', () => {
    const uri = new URL(otpauthUri({ secret: SECRET, login: 'a b&c', issuer: '두레' }))
    expect([uri.protocol, uri.host, decodeURIComponent(uri.pathname)]).toEqual(['otpauth:', 'totp', '/두레:a b&c'])
    expect(Object.fromEntries(uri.searchParams)).toEqual({
      secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
      issuer: '두레',
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    })
  })
})
