/** The shortest way from one list to another. */

/** Beyond so many differences the one is gone and the other is new. Time grows with the square of it. */
const MAX_DIFFERENCES = 600

/** One step of turning a list into another. */
export interface Step<T> {
  kind: 'same' | 'gone' | 'new'
  token: T
}

/**
 * The shortest way from one list to another (E. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986). Where that is longer than
 * {@link MAX_DIFFERENCES} steps: everything between what both begin and end with goes, and comes.
 */
export function stepsBetween<T>(before: readonly T[], after: readonly T[]): Step<T>[] {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start++
  let end = 0
  const most = Math.min(before.length, after.length) - start
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end++
  const same = (token: T): Step<T> => ({ kind: 'same', token })
  const from = before.slice(start, before.length - end)
  const to = after.slice(start, after.length - end)
  return [...before.slice(0, start).map(same), ...shortestWay(from, to), ...before.slice(before.length - end).map(same)]
}

function shortestWay<T>(from: readonly T[], to: readonly T[]): Step<T>[] {
  const replaced = () => [
    ...from.map((token): Step<T> => ({ kind: 'gone', token })),
    ...to.map((token): Step<T> => ({ kind: 'new', token })),
  ]
  if (from.length === 0 || to.length === 0) return replaced()
  const trail = furthestPoints(from, to)
  return trail === undefined ? replaced() : walkBack(from, to, trail)
}

type Frontier = ReadonlyMap<number, number>

/** How far one gets along each diagonal with 0, 1, 2 … differences; undefined when that does not lead to the end. */
function furthestPoints<T>(from: readonly T[], to: readonly T[]): Frontier[] | undefined {
  const trail: Frontier[] = []
  let before: Frontier = new Map([[1, 0]])
  for (let d = 0; d <= Math.min(from.length + to.length, MAX_DIFFERENCES); d++) {
    const now = new Map<number, number>()
    trail.push(before)
    for (let k = -d; k <= d; k += 2) {
      let x = comesFromAbove(before, k, d) ? at(before, k + 1) : at(before, k - 1) + 1
      while (x < from.length && x - k < to.length && from[x] === to[x - k]) x++
      now.set(k, x)
      if (x >= from.length && x - k >= to.length) return trail
    }
    before = now
  }
  return undefined
}

const at = (frontier: Frontier, k: number): number => frontier.get(k) ?? -1

const comesFromAbove = (before: Frontier, k: number, d: number): boolean =>
  k === -d || (k !== d && at(before, k - 1) < at(before, k + 1))

function walkBack<T>(from: readonly T[], to: readonly T[], trail: readonly Frontier[]): Step<T>[] {
  const steps: Step<T>[] = []
  let x = from.length
  let y = to.length
  for (let d = trail.length - 1; d >= 0; d--) {
    const before = trail[d] ?? new Map()
    const k = x - y
    const previous = comesFromAbove(before, k, d) ? k + 1 : k - 1
    const fromX = at(before, previous)
    const fromY = fromX - previous
    while (x > fromX && y > fromY && x > 0 && y > 0) {
      steps.push({ kind: 'same', token: from[--x] as T })
      y--
    }
    if (d === 0) break
    if (x === fromX) steps.push({ kind: 'new', token: to[--y] as T })
    else steps.push({ kind: 'gone', token: from[--x] as T })
  }
  return steps.reverse()
}
