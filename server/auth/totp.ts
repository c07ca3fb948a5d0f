/**
 * Codes that change every 30 seconds, as authenticator apps make them: TOTP (RFC 6238) over HOTP (RFC 4226) with SHA-1, six digits and a secret of
 * 160 bits, the only combination that every app knows. Time is always the server's (SECURITY R21).
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** RFC 6238 §4: X = 30 s. */
const STEP_MS = 30_000
/** RFC 6238 §5.2: one step for a phone's clock and the time it takes to type. */
const DRIFT_STEPS = 1
/** RFC 4226 §4, R6: 160 bits, the length of SHA-1's output. */
const SECRET_BYTES = 20
const DIGITS = 6

export const newTotpSecret = (): Buffer => randomBytes(SECRET_BYTES)

/** The number of whole steps since 1970, which a code is made from. */
export const stepAt = (nowMs: number): number => Math.floor(nowMs / STEP_MS)

/** The six digits of a step. */
export function codeOfStep(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const digest = createHmac('sha1', secret).update(counter).digest()
  // RFC 4226 §5.3: the last four bits say where to read 31 bits.
  const offset = digest.readUInt8(digest.length - 1) & 0x0f
  const number = digest.readUInt32BE(offset) & 0x7fff_ffff
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0')
}

/** Whether people may have typed one: six digits, and no recovery code. */
export const isTotpShaped = (code: string): boolean => /^\d{6}$/.test(code)

/**
 * The steps that a code may belong to now, oldest first; none for a wrong one. A step that was used already must not be taken again, which only
 * the caller knows.
 */
export function stepsOfCode(secret: Buffer, code: string, nowMs: number): number[] {
  if (!isTotpShaped(code)) return []
  const given = Buffer.from(code)
  const now = stepAt(nowMs)
  const near = Array.from({ length: 2 * DRIFT_STEPS + 1 }, (_, i) => now - DRIFT_STEPS + i)
  // Every step is compared, so that the time taken does not tell which one it was.
  return near.filter(step => timingSafeEqual(Buffer.from(codeOfStep(secret, step)), given))
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** RFC 4648 §6 without padding, as apps expect a secret. */
export function base32(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += BASE32[(held >> bits) & 31]
    }
    held &= (1 << bits) - 1
  }
  return bits > 0 ? text + BASE32[(held << (5 - bits)) & 31] : text
}

/** What an authenticator app reads: whose code it is, and the secret. */
export function otpauthUri({ secret, login, issuer }: { secret: Buffer; login: string; issuer: string }): string {
  const of = encodeURIComponent
  return `otpauth://totp/${of(issuer)}:${of(login)}?secret=${base32(secret)}&issuer=${of(issuer)}&algorithm=SHA1&digits=6&period=30`
}
