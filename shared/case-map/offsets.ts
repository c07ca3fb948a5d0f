/**
 * Where a hand has put a figure: the distance from its reckoned place, as one whole number. One value and not two, because two people who move a
 * figure at once must find it at one of their two places and not at a third one made of one's left and the other's top.
 */
export interface Offset {
  /** In units of the drawing (one is a CSS pixel at 100 %), right and down. */
  x: number
  y: number
}

/** As far as a hand may go from the reckoned place: four sheets of paper. */
const FARTHEST = 4_000
const SPAN = FARTHEST * 2 + 1

export const NO_OFFSET: Offset = { x: 0, y: 0 }
export const MOST_PACKED = SPAN * SPAN - 1

/** The number that stands in the document. What is farther than a hand may go stops there. */
export function packOffset({ x, y }: Offset): number {
  return (clamp(y) + FARTHEST) * SPAN + clamp(x) + FARTHEST
}

/** The offset of a number in a document; anything else is none. */
export function unpackOffset(packed: unknown): Offset {
  if (typeof packed !== 'number' || !Number.isSafeInteger(packed) || packed < 0 || packed > MOST_PACKED)
    return NO_OFFSET
  return { x: (packed % SPAN) - FARTHEST, y: Math.floor(packed / SPAN) - FARTHEST }
}

const clamp = (value: number): number => Math.max(-FARTHEST, Math.min(FARTHEST, Math.round(value) || 0))
