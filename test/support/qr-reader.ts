/** Reads a QR code of level L back (ISO/IEC 18004), module by module and without tolerance: every check in it must come out even. */
import { expect } from 'vitest'

type Picture = readonly (readonly boolean[])[]

/** By version: blocks, data codewords of each, alignment centres. */
const SHAPES: Record<number, [blocks: number, data: number, alignment: number[]]> = {
  1: [1, 19, []],
  2: [1, 34, [6, 18]],
  3: [1, 55, [6, 22]],
  4: [1, 80, [6, 26]],
  5: [1, 108, [6, 30]],
  6: [2, 68, [6, 34]],
  7: [2, 78, [6, 22, 38]],
  8: [2, 97, [6, 24, 42]],
  9: [2, 116, [6, 26, 46]],
}

const MASKS: ((i: number, j: number) => number)[] = [
  (i, j) => (i + j) % 2,
  i => i % 2,
  (_, j) => j % 3,
  (i, j) => (i + j) % 3,
  (i, j) => ((i >> 1) + Math.trunc(j / 3)) % 2,
  (i, j) => ((i * j) % 2) + ((i * j) % 3),
  (i, j) => (((i * j) % 2) + ((i * j) % 3)) % 2,
  (i, j) => (((i + j) % 2) + ((i * j) % 3)) % 2,
]

export function readQrCode(picture: Picture): string {
  const size = picture.length
  const version = (size - 17) / 4
  const [blocks, data, alignment] = SHAPES[version] ?? [0, 0, []]
  const dark = (y: number, x: number) => (picture[y]?.[x] ? 1 : 0)
  const mask = maskIn(dark, size)
  const isData = (y: number, x: number) => !isFunction(y, x, size, version, alignment)

  const bits: number[] = []
  const columns = Array.from({ length: (size - 1) / 2 }, (_, i) => size - 1 - 2 * i).map(x => (x <= 6 ? x - 1 : x))
  columns.forEach((right, turn) => {
    for (let step = 0; step < size; step++) {
      const y = turn % 2 === 0 ? size - 1 - step : step
      for (const x of [right, right - 1]) {
        if (isData(y, x)) bits.push(dark(y, x) ^ (MASKS[mask]?.(y, x) === 0 ? 1 : 0))
      }
    }
  })
  const codewords = Array.from({ length: bits.length >> 3 }, (_, i) =>
    bits.slice(8 * i, 8 * i + 8).reduce((byte, bit) => byte * 2 + bit, 0),
  )
  const stream = Array.from({ length: blocks }, (_, block) => {
    const own = codewords.filter((_word, i) => i % blocks === block)
    expect(syndromesOf(own, own.length - data)).toEqual(new Array(own.length - data).fill(0))
    return own.slice(0, data)
  }).flat()

  const hex = stream.map(byte => byte.toString(16).padStart(2, '0')).join('')
  expect(hex[0], 'byte mode').toBe('4')
  const length = Number.parseInt(hex.slice(1, 3), 16)
  return Buffer.from(hex.slice(3, 3 + 2 * length), 'hex').toString()
}

/** Both copies of the format say the same, say level L, and check out. */
function maskIn(dark: (y: number, x: number) => number, size: number): number {
  const first = [0, 1, 2, 3, 4, 5, 7, 8].map(x => dark(8, x)).concat([7, 5, 4, 3, 2, 1, 0].map(y => dark(y, 8)))
  const second = [1, 2, 3, 4, 5, 6, 7]
    .map(back => dark(size - back, 8))
    .concat([8, 7, 6, 5, 4, 3, 2, 1].map(back => dark(8, size - back)))
  expect(second).toEqual(first)
  const format = Number.parseInt(first.join(''), 2) ^ 0b101010000010010
  let rest = format
  for (let bit = 14; bit >= 10; bit--) if ((rest >> bit) & 1) rest ^= 0b10100110111 << (bit - 10)
  expect([rest, format >> 13]).toEqual([0, 0b01])
  return (format >> 10) & 0b111
}

function isFunction(y: number, x: number, size: number, version: number, alignment: readonly number[]): boolean {
  const far = size - 8
  if ((y <= 8 && x <= 8) || (y <= 8 && x >= far) || (y >= far && x <= 8) || y === 6 || x === 6) return true
  if (version >= 7 && ((y < 6 && x >= size - 11) || (x < 6 && y >= size - 11))) return true
  return alignment.some(cy =>
    alignment.some(cx => {
      const isAtFinder = (cy <= 8 && cx <= 8) || (cy <= 8 && cx >= far) || (cy >= far && cx <= 8)
      return !isAtFinder && Math.abs(cy - y) <= 2 && Math.abs(cx - x) <= 2
    }),
  )
}

/** All nothing when no codeword was damaged. Multiplies by shifting, without tables. */
function syndromesOf(block: readonly number[], count: number): number[] {
  const times = (a: number, b: number): number => {
    let product = 0
    for (let bit = 7; bit >= 0; bit--) {
      product = (product << 1) ^ (product & 0x80 ? 0x11d : 0)
      if ((b >> bit) & 1) product ^= a
    }
    return product
  }
  let root = 1
  return Array.from({ length: count }, () => {
    const value = block.reduce((sum, word) => times(sum, root) ^ word, 0)
    root = times(root, 2)
    return value
  })
}
