/**
 * Values as bytes that sort, compared byte by byte, exactly as MongoDB sorts the values: null, numbers, text (by its UTF-8 bytes),
 * binary (by length, then bytes), booleans, dates. Each value's code ends by itself, so codes can be put one after another, and
 * inverting all bits of one turns its order round.
 */
import { UnsupportedByStore } from '../subset.ts'

/** One byte before each value; the gaps leave room for kinds that may be stored but not indexed. */
const TAG = { null: 0x05, number: 0x10, text: 0x20, binary: 0x40, boolean: 0x50, date: 0x60 } as const

/** The most bytes LMDB takes for a key with pages of 4 kB. */
export const MAX_KEY_BYTES = 1978

/** @throws UnsupportedByStore for embedded documents and arrays, which have no place in our indexes */
export function encodeKeyPart(value: unknown, direction: 1 | -1 = 1): Buffer {
  const code = encodeAscending(value)
  return direction === 1 ? code : inverted(code)
}

/** The first and the first-no-longer code of all values of the same kind: what a one-sided range may reach. */
export function kindBounds(value: string | number | Date): { first: Buffer; beyond: Buffer } {
  const tag = typeof value === 'string' ? TAG.text : typeof value === 'number' ? TAG.number : TAG.date
  return { first: Buffer.of(tag), beyond: Buffer.of(tag + 1) }
}

export function inverted(code: Buffer): Buffer {
  const result = Buffer.allocUnsafe(code.length)
  for (let at = 0; at < code.length; at += 1) result[at] = 0xff ^ (code[at] ?? 0)
  return result
}

/** The smallest key greater than every key that starts with this one. Keys never consist of 0xff alone: they start with a name. */
export function afterPrefix(prefix: Buffer): Buffer {
  const result = Buffer.from(prefix)
  let last = result.length - 1
  while (last >= 0 && result[last] === 0xff) last -= 1
  if (last < 0) throw new Error('A key of 0xff bytes alone has no end')
  result[last] = (result[last] ?? 0) + 1
  return result.subarray(0, last + 1)
}

function encodeAscending(value: unknown): Buffer {
  if (value === null || value === undefined) return Buffer.of(TAG.null)
  if (typeof value === 'number') return sortableNumber(TAG.number, value)
  if (value instanceof Date) return sortableNumber(TAG.date, value.getTime())
  if (typeof value === 'boolean') return Buffer.of(TAG.boolean, value ? 1 : 0)
  if (typeof value === 'string') return text(value)
  if (value instanceof Uint8Array) {
    const head = Buffer.allocUnsafe(5)
    head.writeUInt8(TAG.binary, 0)
    head.writeUInt32BE(value.length, 1)
    return Buffer.concat([head, value])
  }
  throw new UnsupportedByStore('Only plain values can be indexed or sorted by, not documents or arrays')
}

function sortableNumber(tag: number, value: number): Buffer {
  const code = Buffer.allocUnsafe(9)
  code[0] = tag
  // -0 equals 0 and must have its code.
  code.writeDoubleBE(value === 0 ? 0 : value, 1)
  const negative = ((code[1] ?? 0) & 0x80) !== 0
  if (negative) for (let at = 1; at < 9; at += 1) code[at] = 0xff ^ (code[at] ?? 0)
  else code[1] = (code[1] ?? 0) | 0x80
  return code
}

/** Text ends with 00 00; a NUL inside is 00 01, so that shorter text sorts before its continuations. */
function text(value: string): Buffer {
  const escaped = value.includes('\0') ? value.replaceAll('\0', '\0\u0001') : value
  const bytes = Buffer.from(escaped)
  if (bytes.length > MAX_KEY_BYTES / 2)
    throw new UnsupportedByStore(`Indexed text longer than ${MAX_KEY_BYTES / 2} bytes`)
  const code = Buffer.allocUnsafe(bytes.length + 3)
  code[0] = TAG.text
  bytes.copy(code, 1)
  code[bytes.length + 1] = 0
  code[bytes.length + 2] = 0
  return code
}
