import { randomBytes, randomInt } from 'node:crypto'
import { idFromBytes } from '../../shared/ids.ts'

/** A new opaque id of 128 random bits. */
export function newId<T extends string>(): T {
  return idFromBytes<T>(randomBytes(16))
}

/** A secret of 256 random bits, base64url (43 characters). */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** Without 0/O, 1/l/I: these are read from paper and typed by hand. */
const READABLE = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A code for people to copy by hand, e.g. `k3fm-9wqa-t7hx`: groups of four, about 4.95 bits a character. */
export function newReadableCode(groups: number): string {
  const group = () => Array.from({ length: 4 }, () => READABLE[randomInt(READABLE.length)]).join('')
  return Array.from({ length: groups }, group).join('-')
}
