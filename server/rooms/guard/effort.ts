/**
 * Keeps small updates from costing much. Yjs puts a struct between its neighbours by walking over everything that others put there, and it
 * splits and joins structs inside plain arrays; both are cheap for what people do and quadratic for what can be made up (measured: one update of
 * a megabyte can hold the process for half a minute). Here the steps are counted beforehand, never too few, and an update over the budget is
 * refused as too large.
 *
 * Counting rests on what is true of every honest struct: when it was made, its two neighbours stood next to each other in its maker's copy. So
 * only what others put there meanwhile can lie between them (`stepsBetween` walks over it), or, where one person wrote in two windows, what
 * the other window put there.
 */
import type * as Y from 'yjs'
import type { AnyType } from './shapes.ts'

/** The update would take more steps than its limits allow. */
export class TooMuchEffort extends Error {
  override name = 'TooMuchEffort'
}

/** Steps taken by one update, against its budget. */
export class Effort {
  #placingLeft: number
  #movingLeft: number

  constructor(limits: { placingSteps: number; movedElements: number }) {
    this.#placingLeft = limits.placingSteps
    this.#movingLeft = limits.movedElements
  }

  get placingLeft(): number {
    return this.#placingLeft
  }

  /** @throws TooMuchEffort */
  place(steps: number): void {
    this.#placingLeft -= steps
    if (this.#placingLeft < 0) throw new TooMuchEffort('placing')
  }

  /** @throws TooMuchEffort */
  move(elements: number): void {
    this.#movingLeft -= elements
    if (this.#movingLeft < 0) throw new TooMuchEffort('moving')
  }
}

/**
 * How many items of the document lie between two neighbours, given up at `most`.
 * @param left the item that is or contains the left neighbour, undefined for the beginning
 * @param leftClock the left neighbour's clock inside `left`
 * @param right the item that is or contains the right neighbour, undefined for the end
 */
export function stepsBetween(
  type: AnyType,
  left: Y.Item | undefined,
  leftClock: number,
  right: Y.Item | undefined,
  most: number,
): number {
  if (left !== undefined && left === right) return 0
  let steps = 0
  // The rest of a split item counts as one.
  let item = left === undefined ? type._start : left.right
  if (left !== undefined && leftClock < left.id.clock + left.length - 1) steps += 1
  while (item !== null && item !== right && steps <= most) {
    steps += 1
    item = item.right
  }
  return steps
}

/** As {@link stepsBetween} under a key of a map, where the values ever set stand in a row and the last one holds. */
export function stepsAfterInMap(type: AnyType, key: string, left: Y.Item | undefined, most: number): number {
  let steps = 0
  let item = type._map.get(key) ?? null
  while (item !== null && item !== left && steps <= most) {
    steps += 1
    item = item.left
  }
  return steps
}
