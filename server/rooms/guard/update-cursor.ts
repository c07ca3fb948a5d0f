/** Numbers, names, text and plain values out of the bytes of an update, each bounded and checked before anything is made of it. */

/** The bytes are not an update. `what` names the rule that they break, for the log. */
export class MalformedUpdate extends Error {
  override name = 'MalformedUpdate'
  readonly what: string
  constructor(what: string) {
    super(`Malformed update: ${what}`)
    this.what = what
  }
}

export type PlainAny = string | number | boolean | null

export interface Reference {
  client: number
  clock: number
}

/** Client ids and clocks are below 2³²; Yjs draws its client ids from there. */
export const MAX_NUMBER = 2 ** 32 - 1
/** Root names, keys, node and mark names: ours are far shorter. */
const MAX_NAME_BYTES = 128
/** A mark's attributes as JSON: a link of 2,000 characters, each at most three bytes, and its other attributes. */
const MAX_FORMAT_BYTES = 8_192

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Text of bytes that were checked already. */
export function decodeText(bytes: Uint8Array): string {
  return utf8.decode(bytes)
}

/** A place in the bytes. Every read checks that what it reads is there. */
export class Cursor {
  at = 0
  readonly #bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  byte(): number {
    const byte = this.#bytes[this.at]
    if (byte === undefined) throw new MalformedUpdate('ends early')
    this.at += 1
    return byte
  }

  /** At most 2³² - 1, in the shortest form. */
  varUint(): number {
    let byte = this.byte()
    if (byte < 0x80) return byte
    let value = byte & 0x7f
    for (let factor = 0x80; factor <= 2 ** 28; factor *= 0x80) {
      byte = this.byte()
      value += (byte & 0x7f) * factor
      if (byte < 0x80) {
        if (byte === 0 || value > MAX_NUMBER) throw new MalformedUpdate('number')
        return value
      }
    }
    throw new MalformedUpdate('number')
  }

  /** A length in clock steps: never zero. */
  length(): number {
    const length = this.varUint()
    if (length === 0) throw new MalformedUpdate('empty struct')
    return length
  }

  reference(): Reference {
    return { client: this.varUint(), clock: this.varUint() }
  }

  /** A name of ours: printable ASCII. */
  name(): string {
    const length = this.varUint()
    if (length > MAX_NAME_BYTES) throw new MalformedUpdate('name')
    let name = ''
    for (let i = 0; i < length; i += 1) {
      const byte = this.byte()
      if (byte < 0x20 || byte > 0x7e) throw new MalformedUpdate('name')
      name += String.fromCharCode(byte)
    }
    return name
  }

  json(): unknown {
    const length = this.varUint()
    if (length > MAX_FORMAT_BYTES) throw new MalformedUpdate('format')
    const text = this.#text(length)
    if (text === 'null') return null
    try {
      return JSON.parse(text)
    } catch {
      throw new MalformedUpdate('format')
    }
  }

  /** A plain value in lib0's `any` encoding. Objects, arrays, bytes, big integers and undefined stand in no layout. */
  any(): PlainAny {
    switch (this.byte()) {
      case 126:
        return null
      case 125:
        return this.#varInt()
      case 124:
        return this.#view(4).getFloat32(0, false)
      case 123:
        return this.#view(8).getFloat64(0, false)
      case 121:
        return false
      case 120:
        return true
      case 119:
        return this.#text(this.varUint())
      default:
        throw new MalformedUpdate('value')
    }
  }

  /** Moves over that many bytes of UTF-8 and says how many UTF-16 code units they are. */
  utf16Length(bytes: number): number {
    const end = this.#endOf(bytes)
    const from = this.#bytes
    let units = 0
    let at = this.at
    while (at < end) {
      const lead = from[at] ?? 0
      units += 1
      at += 1
      if (lead < 0x80) continue
      // The bounds of the second byte shut out overlong forms, surrogates and what lies above U+10FFFF.
      let more = 1
      let least = 0x80
      let most = 0xbf
      if (lead >= 0xc2 && lead <= 0xdf) more = 1
      else if (lead >= 0xe0 && lead <= 0xef) {
        more = 2
        if (lead === 0xe0) least = 0xa0
        if (lead === 0xed) most = 0x9f
      } else if (lead >= 0xf0 && lead <= 0xf4) {
        more = 3
        units += 1
        if (lead === 0xf0) least = 0x90
        if (lead === 0xf4) most = 0x8f
      } else throw new MalformedUpdate('text')
      if (at + more > end) throw new MalformedUpdate('text')
      for (; more > 0; more -= 1) {
        const byte = from[at] ?? 0
        if (byte < least || byte > most) throw new MalformedUpdate('text')
        least = 0x80
        most = 0xbf
        at += 1
      }
    }
    this.at = end
    return units
  }

  #text(bytes: number): string {
    const start = this.at
    this.utf16Length(bytes)
    return decodeText(this.#bytes.subarray(start, this.at))
  }

  #endOf(bytes: number): number {
    const end = this.at + bytes
    if (end > this.#bytes.length) throw new MalformedUpdate('ends early')
    return end
  }

  #view(bytes: number): DataView {
    const end = this.#endOf(bytes)
    const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset + this.at, bytes)
    this.at = end
    return view
  }

  #varInt(): number {
    let byte = this.byte()
    const sign = (byte & 0x40) !== 0 ? -1 : 1
    let value = byte & 0x3f
    if (byte < 0x80) return sign * value
    for (let factor = 0x40; factor <= 2 ** 48; factor *= 0x80) {
      byte = this.byte()
      value += (byte & 0x7f) * factor
      if (byte < 0x80) {
        if (byte === 0 || value > Number.MAX_SAFE_INTEGER) throw new MalformedUpdate('number')
        return sign * value
      }
    }
    throw new MalformedUpdate('number')
  }
}
