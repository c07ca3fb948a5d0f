/** The app on a person's phone: takes a secret as it is typed from a screen and shows codes. Its own reading of base32, so that ours is checked. */
import { codeOfStep, stepAt } from '../../server/auth/totp.ts'

export interface Authenticator {
  /** The code at a moment, e.g. 30 s ago: ms since the epoch. */
  codeAt(nowMs: number): string
}

export function createAuthenticator(secret: string): Authenticator {
  const bits = [...secret.replace(/\s/g, '')]
    .map(sign => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0'))
    .join('')
  const bytes = Buffer.from((bits.match(/.{8}/g) ?? []).map(byte => Number.parseInt(byte, 2)))
  return { codeAt: nowMs => codeOfStep(bytes, stepAt(nowMs)) }
}
