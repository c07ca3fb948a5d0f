/** The radar of needs as numbers: corners on a circle, the first on top, clockwise. Drawn by `needs-radar.tsx`; its table says the same. */

export interface RadarPoint {
  x: number
  y: number
}

/** Where a corner lies, at a share (0 to 1) of the radius from the middle, which is 0, 0. */
export function cornerOf(index: number, corners: number, radius: number): RadarPoint {
  const angle = (2 * Math.PI * index) / corners - Math.PI / 2
  return { x: round(Math.cos(angle) * radius), y: round(Math.sin(angle) * radius) }
}

/** The outline of values, each from 0 to `most`, for `points` of a polygon. */
export function outlineOf(values: readonly number[], most: number, radius: number): string {
  return values
    .map((value, index) => {
      const { x, y } = cornerOf(index, values.length, (radius * Math.min(value, most)) / most)
      return `${x},${y}`
    })
    .join(' ')
}

/** On which side of its corner a label stands, so that it never runs into the figure. */
export function anchorOf({ x }: RadarPoint): 'start' | 'middle' | 'end' {
  if (Math.abs(x) < 12) return 'middle'
  return x > 0 ? 'start' : 'end'
}

const round = (value: number) => Math.round(value * 10) / 10
