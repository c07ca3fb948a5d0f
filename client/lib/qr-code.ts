/**
 * A QR code of a short text (ISO/IEC 18004): byte mode, error correction L, versions 1 to 9, which hold up to 230 bytes. Drawn here and shown once,
 * so that the secret in it is sent nowhere. L is enough: a screen is neither crumpled nor dirty, and fewer modules are easier to catch.
 */

/** Rows of modules, true for dark; without the quiet zone. */
export type QrCode = readonly (readonly boolean[])[]

interface Version {
  /** Error correction codewords of each block. */
  correction: number
  /** Data codewords of each block; all blocks of these versions are of one length. */
  data: number
  blocks: number
  /** Centres of the alignment patterns, in rows and columns alike. */
  alignment: readonly number[]
}

/** ISO/IEC 18004 tables 9 and E.1, level L. */
const VERSIONS: readonly Version[] = [
  { correction: 7, data: 19, blocks: 1, alignment: [] },
  { correction: 10, data: 34, blocks: 1, alignment: [6, 18] },
  { correction: 15, data: 55, blocks: 1, alignment: [6, 22] },
  { correction: 20, data: 80, blocks: 1, alignment: [6, 26] },
  { correction: 26, data: 108, blocks: 1, alignment: [6, 30] },
  { correction: 18, data: 68, blocks: 2, alignment: [6, 34] },
  { correction: 20, data: 78, blocks: 2, alignment: [6, 22, 38] },
  { correction: 24, data: 97, blocks: 2, alignment: [6, 24, 42] },
  { correction: 30, data: 116, blocks: 2, alignment: [6, 26, 46] },
]

/** The smallest code that holds the text; undefined when none does. */
export function qrCodeOf(text: string): QrCode | undefined {
  const bytes = new TextEncoder().encode(text)
  // Four bits of mode and eight of length go before the text.
  const index = VERSIONS.findIndex(({ data, blocks }) => bytes.length + 2 <= data * blocks)
  const version = VERSIONS[index]
  if (version === undefined) return undefined
  const codewords = interleaved(dataCodewords(bytes, version.data * version.blocks), version)
  const plain = new Modules(index + 1, version)
  const candidates = MASKS.map((_, mask) => plain.filled(codewords, mask))
  // The mask that leaves the calmest picture: fewest of what confuses a reader.
  return candidates.reduce((best, one) => (penaltyOf(one) < penaltyOf(best) ? one : best))
}

function dataCodewords(bytes: Uint8Array, capacity: number): Uint8Array {
  const data = new Uint8Array(capacity)
  const write = (at: number, byte: number) => {
    // The mode takes half a byte, so that every byte lies over two.
    data[at] = (data[at] ?? 0) | (byte >> 4)
    if (at + 1 < capacity) data[at + 1] = (byte << 4) & 0xff
  }
  data[0] = 0x40
  write(0, bytes.length)
  bytes.forEach((byte, i) => {
    write(i + 1, byte)
  })
  // The end is four bits of nothing, which lie there already; then two bytes in turn.
  for (let at = bytes.length + 2, i = 0; at < capacity; at++, i++) data[at] = i % 2 === 0 ? 0xec : 0x11
  return data
}

/** Blocks with their correction, one codeword of each in turn. */
function interleaved(data: Uint8Array, version: Version): number[] {
  const blocks = Array.from({ length: version.blocks }, (_, i) =>
    data.subarray(i * version.data, (i + 1) * version.data),
  )
  const generator = generatorOf(version.correction)
  const corrections = blocks.map(block => correctionOf(block, generator))
  const inTurn = (lists: readonly Uint8Array[]) =>
    Array.from(lists[0] ?? [], (_, i) => lists.map(list => list[i] ?? 0)).flat()
  return [...inTurn(blocks), ...inTurn(corrections)]
}

// Reed–Solomon over GF(2⁸) with x⁸ + x⁴ + x³ + x² + 1

const EXP = new Uint8Array(255)
const LOG = new Uint8Array(256)
for (let i = 0, value = 1; i < 255; i++) {
  EXP[i] = value
  LOG[value] = i
  value = value & 0x80 ? ((value << 1) ^ 0x11d) & 0xff : value << 1
}

function times(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : (EXP[((LOG[a] ?? 0) + (LOG[b] ?? 0)) % 255] ?? 0)
}

/** (x − α⁰)(x − α¹)…, highest power first and left out, as it is 1. */
function generatorOf(degree: number): Uint8Array {
  const factors = new Uint8Array(degree)
  factors[degree - 1] = 1
  for (let i = 0; i < degree; i++) {
    for (let j = 0; j < degree; j++) {
      factors[j] = times(factors[j] ?? 0, EXP[i] ?? 0) ^ (factors[j + 1] ?? 0)
    }
  }
  return factors
}

function correctionOf(block: Uint8Array, generator: Uint8Array): Uint8Array {
  const rest = new Uint8Array(generator.length)
  for (const byte of block) {
    const lead = byte ^ (rest[0] ?? 0)
    rest.copyWithin(0, 1)
    rest[rest.length - 1] = 0
    generator.forEach((factor, i) => {
      rest[i] = (rest[i] ?? 0) ^ times(factor, lead)
    })
  }
  return rest
}

// The picture

const MASKS: readonly ((row: number, column: number) => boolean)[] = [
  (y, x) => (y + x) % 2 === 0,
  y => y % 2 === 0,
  (_, x) => x % 3 === 0,
  (y, x) => (y + x) % 3 === 0,
  (y, x) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2 === 0,
  (y, x) => ((y * x) % 2) + ((y * x) % 3) === 0,
  (y, x) => (((y * x) % 2) + ((y * x) % 3)) % 2 === 0,
  (y, x) => (((y + x) % 2) + ((y * x) % 3)) % 2 === 0,
]

class Modules {
  readonly #size: number
  /** Undefined where data goes. */
  readonly #fixed: (boolean | undefined)[][]

  constructor(number: number, { alignment }: Version) {
    this.#size = 17 + 4 * number
    this.#fixed = Array.from({ length: this.#size }, () => new Array<boolean | undefined>(this.#size).fill(undefined))
    const far = this.#size - 7
    for (const [y, x] of [
      [0, 0],
      [0, far],
      [far, 0],
    ] as const) {
      this.#finder(y, x)
    }
    for (let i = 8; i < this.#size - 8; i++) {
      this.#set(6, i, i % 2 === 0)
      this.#set(i, 6, i % 2 === 0)
    }
    const last = alignment.at(-1)
    for (const y of alignment) {
      for (const x of alignment) {
        const isAtFinder = (y === 6 && (x === 6 || x === last)) || (y === last && x === 6)
        if (!isAtFinder) this.#alignment(y, x)
      }
    }
    this.#format(0)
    if (number >= 7) this.#number(number)
  }

  /** The whole picture with the codewords in it, under one mask. */
  filled(codewords: readonly number[], mask: number): boolean[][] {
    this.#format(mask)
    const isMasked = MASKS[mask]
    const picture = this.#fixed.map(row => row.map(module => module ?? false))
    let bit = 0
    // Pairs of columns from the right, up and down in turn; the column of the timing pattern is left out.
    for (let right = this.#size - 1, isUp = true; right > 0; right -= right === 8 ? 3 : 2, isUp = !isUp) {
      for (let i = 0; i < this.#size; i++) {
        const y = isUp ? this.#size - 1 - i : i
        for (const x of [right, right - 1]) {
          const row = picture[y]
          if (row === undefined || this.#fixed[y]?.[x] !== undefined) continue
          const isDark = (((codewords[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1
          row[x] = isDark !== (isMasked?.(y, x) ?? false)
          bit++
        }
      }
    }
    return picture
  }

  #set(y: number, x: number, isDark: boolean): void {
    const row = this.#fixed[y]
    if (row !== undefined && x >= 0 && x < this.#size) row[x] = isDark
  }

  #finder(top: number, left: number): void {
    for (let y = -1; y <= 7; y++) {
      for (let x = -1; x <= 7; x++) {
        const ring = Math.max(Math.abs(y - 3), Math.abs(x - 3))
        this.#set(top + y, left + x, ring !== 2 && ring !== 4)
      }
    }
  }

  #alignment(y: number, x: number): void {
    for (let dy = -2; dy <= 2; dy++) {
      for (let dx = -2; dx <= 2; dx++) this.#set(y + dy, x + dx, Math.max(Math.abs(dy), Math.abs(dx)) !== 1)
    }
  }

  /** Level L and the mask, in fifteen bits with their correction, twice. */
  #format(mask: number): void {
    const bits = withCheck((0b01 << 3) | mask, 10, 0x537) ^ 0x5412
    const size = this.#size
    for (let i = 0; i < 15; i++) {
      const isDark = ((bits >> i) & 1) === 1
      // Beside the upper left finder, past the timing pattern.
      if (i < 8) this.#set(i < 6 ? i : i + 1, 8, isDark)
      else this.#set(8, i === 8 ? 7 : 14 - i, isDark)
      if (i < 8) this.#set(8, size - 1 - i, isDark)
      else this.#set(size - 15 + i, 8, isDark)
    }
    this.#set(size - 8, 8, true)
  }

  /** Which version it is, in eighteen bits, twice; from version 7 on. */
  #number(number: number): void {
    const bits = withCheck(number, 12, 0x1f25)
    for (let i = 0; i < 18; i++) {
      const near = Math.floor(i / 3)
      const far = this.#size - 11 + (i % 3)
      this.#set(near, far, ((bits >> i) & 1) === 1)
      this.#set(far, near, ((bits >> i) & 1) === 1)
    }
  }
}

/** A value followed by the rest of its division by a polynomial of that degree. */
function withCheck(value: number, degree: number, polynomial: number): number {
  let rest = value
  for (let i = 0; i < degree; i++) rest = (rest << 1) ^ ((rest >> (degree - 1)) * polynomial)
  return (value << degree) | rest
}

/** ISO/IEC 18004 §7.8.3: long runs, blocks, what looks like a finder, too much of one colour. */
function penaltyOf(picture: readonly (readonly boolean[])[]): number {
  const columns = picture.map((_, x) => picture.map(row => row[x] ?? false))
  let penalty = 0
  let dark = 0
  for (const line of [...picture, ...columns]) {
    const text = line.map(module => (module ? '1' : '0')).join('')
    for (const run of text.match(/0{5,}|1{5,}/g) ?? []) penalty += run.length - 2
    // Overlapping ones count, so the look-ahead.
    penalty += 40 * (text.match(/(?=00001011101|10111010000)/g) ?? []).length
  }
  picture.forEach((row, y) => {
    row.forEach((module, x) => {
      if (module) dark++
      const next = picture[y + 1]
      if (next && x + 1 < row.length && row[x + 1] === module && next[x] === module && next[x + 1] === module)
        penalty += 3
    })
  })
  const percent = (dark * 100) / (picture.length * picture.length)
  return penalty + 10 * Math.floor(Math.abs(percent - 50) / 5)
}
