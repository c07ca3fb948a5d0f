/**
 * The line around those who live together: one shape that takes in exactly them. It is painted as broad segments along a tree that joins them; ways
 * that would take in somebody who lives elsewhere are gone only when there is no other.
 */
import { FIGURE_SIZE, LABEL_HEIGHT, type Point } from './genogram-layout.ts'
import { distance, distanceFromStretch, path } from './strokes.ts'

/** Round a figure and its name. */
export const ENCLOSURE_WIDTH = FIGURE_SIZE + LABEL_HEIGHT + 22
/** The middle of figure and name lies beneath the middle of the figure. */
const DROP = LABEL_HEIGHT / 2
const DETOUR = 100_000

export function enclosureOf(home: readonly Point[], others: readonly Point[]): { d: string; width: number } | null {
  const [first, ...rest] = home.map(lowered)
  if (first === undefined) return null
  const outside = others.map(lowered)
  const cost = (a: Point, b: Point) => {
    const taken = outside.filter(point => distanceFromStretch(point, a, b) < ENCLOSURE_WIDTH / 2)
    return distance(a, b) + taken.length * DETOUR
  }
  const joined = [first]
  const waiting = [...rest]
  // A segment of no length is painted as a circle, by its round ends.
  const segments = [path([first, first])]
  while (waiting.length > 0) {
    let best = { from: first, index: 0, cost: Number.POSITIVE_INFINITY }
    for (const from of joined) {
      for (const [index, to] of waiting.entries()) {
        const price = cost(from, to)
        if (price < best.cost) best = { from, index, cost: price }
      }
    }
    const [to] = waiting.splice(best.index, 1)
    if (to === undefined) break
    segments.push(path([best.from, to]))
    joined.push(to)
  }
  return { d: segments.join(''), width: ENCLOSURE_WIDTH }
}

const lowered = ({ x, y }: Point): Point => ({ x, y: y + DROP })
