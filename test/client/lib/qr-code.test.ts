import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { qrCodeOf } from '../../../client/lib/qr-code.ts'
import { readQrCode } from '../../support/qr-reader.ts'

const URI =
  'otpauth://totp/%EB%91%90%EB%A0%88:saengyeon.case?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%EB%91%90%EB%A0%88&algorithm=SHA1&digits=6&period=30'

/** The longest text of each version at level L, byte mode (ISO/IEC 18004 table 7). */
const LONGEST = [17, 32, 53, 78, 106, 134, 154, 192, 230]

describe('a QR code', () => {
  test('says what was put in, at both ends of every version', () => {
    const sizes = new Set<number>()
    for (const length of [1, ...LONGEST.flatMap(longest => [longest, longest + 1])].filter(one => one <= 230)) {
      const text = Array.from({ length }, (_, i) => String.fromCharCode(33 + ((i * 7 + length * 13) % 90))).join('')
      const code = qrCodeOf(text)
      if (code === undefined) throw new Error(`${length} bytes did not fit`)
      sizes.add(code.length)
      expect(readQrCode(code)).toBe(text)
    }
    expect([...sizes]).toEqual([21, 25, 29, 33, 37, 41, 45, 49, 53])
  })

  test('carries Korean, and the address that an authenticator app reads', () => {
    for (const text of ['두레 · 2단계 인증', URI]) expect(readQrCode(qrCodeOf(text) ?? [])).toBe(text)
  })

  test('is square, with a finder in three corners', () => {
    const code = qrCodeOf(URI) ?? []
    const finder = ['1111111', '1000001', '1011101', '1011101', '1011101', '1000001', '1111111']
    const corner = (y: number, x: number) =>
      code.slice(y, y + 7).map(row =>
        row
          .slice(x, x + 7)
          .map(Number)
          .join(''),
      )
    const far = code.length - 7
    expect(code.every(row => row.length === code.length)).toBe(true)
    expect([corner(0, 0), corner(0, far), corner(far, 0)]).toEqual([finder, finder, finder])
    expect(corner(far, far)).not.toEqual(finder)
  })

  test('is the picture that readers were tried on', () => {
    const text = (qrCodeOf(URI) ?? []).map(row => row.map(Number).join('')).join('\n')
    expect(createHash('sha256').update(text).digest('hex')).toMatchInlineSnapshot(
      `"4931baaaad4b4c3e12c0b98bba3c179b065a29074c0d1d5f9a2d164ba51ee44f"`,
    )
  })

  test('is none at all for what does not fit', () => {
    expect(qrCodeOf('x'.repeat(231))).toBeUndefined()
    expect(qrCodeOf('두'.repeat(77))).toBeUndefined()
  })
})
