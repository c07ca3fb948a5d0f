/**
 * The one text that a value of the minutes has (MINUTES.md MN12), after RFC 8785: keys sorted by UTF-16 code units, no spaces, whole numbers. Also
 * how bytes are written as text: lower-case hex for hashes, base64url without padding for salts and signatures, one spelling for each.
 */
import { digest } from 'lib0/hash/sha256'
import { encodeUtf8 } from 'lib0/string'

/** @throws TypeError for what has no place in a record: undefined, fractions, functions, numbers beyond ±2⁵³ */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') {
    // -0 and 0 would be one text for two values.
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new TypeError(`${value} is no whole number`)
    return String(value)
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object') throw new TypeError(`A ${typeof value} has no canonical text`)
  // The default order of strings is that of their UTF-16 code units.
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonicalJson(one)}`).join(',')}}`
}

/** The same value with every text in NFC, keys that are undefined left out. For what goes into a record. */
export function normalised<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value, (_key, one: unknown) => (typeof one === 'string' ? one.normalize('NFC') : one)),
  )
}

/** SHA-256 of one leading byte, which keeps kinds of hashes apart, and what follows; lower-case hex. */
export function hashOf(kind: number, ...pieces: readonly (Uint8Array | string)[]): string {
  const bytes = pieces.map(piece => (typeof piece === 'string' ? encodeUtf8(piece) : piece))
  const all = new Uint8Array(1 + bytes.reduce((sum, piece) => sum + piece.byteLength, 0))
  all[0] = kind
  let at = 1
  for (const piece of bytes) {
    all.set(piece, at)
    at += piece.byteLength
  }
  return Array.from(digest(all), byte => byte.toString(16).padStart(2, '0')).join('')
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

export function toBase64Url(bytes: Uint8Array): string {
  let text = ''
  for (let bit = 0; bit < bytes.length * 8; bit += 6) {
    const at = bit >> 3
    const pair = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
    text += ALPHABET[(pair >> (10 - (bit & 7))) & 63]
  }
  return text
}

/** Undefined for anything but the one spelling of so many bytes: two texts for one value would be a change that nobody notices. */
export function fromBase64Url(text: string, length: number): Uint8Array | undefined {
  const bytes = new Uint8Array(length)
  let held = 0
  let bits = 0
  let at = 0
  for (const letter of text) {
    const value = ALPHABET.indexOf(letter)
    if (value < 0) return undefined
    held = ((held << 6) | value) & 0xffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    if (at < length) bytes[at] = (held >> bits) & 0xff
    at++
  }
  return at === length && toBase64Url(bytes) === text ? bytes : undefined
}
