/**
 * The writer's own copy, as far as one update lets us see it: which id stood right of which when each struct was put between the two. Honest
 * structs always went between two that stood side by side; only what one person wrote in two windows at once looks otherwise.
 */
import type { ReadItem } from './update-reader.ts'

export class SideBySide {
  /** What stands right of an id, both as numbers. */
  readonly #rightOf = new Map<number, number>()
  /** What stands first in a type, or under one of its keys. */
  readonly #first = new Map<object, Map<string | undefined, number>>()
  readonly #clientNumbers = new Map<number, number>()

  /**
   * Puts a struct between its neighbours.
   * @param into whatever stands for the type that it is put into
   * @param insideNew whether its left neighbour is inside a struct of this update, so that the next letter stood right of it
   * @returns whether the two stood side by side, as far as is known
   */
  put(client: number, struct: ReadItem, into: object, key: string | undefined, insideNew: boolean): boolean {
    const { origin, rightOrigin } = struct
    const first = this.#numberOf(client, struct.clock)
    const right = rightOrigin && this.#numberOf(rightOrigin.client, rightOrigin.clock)
    const expected =
      origin === undefined
        ? this.#putFirst(into, key, first)
        : this.#putAfter(origin.client, origin.clock, first, insideNew)
    if (right !== undefined) this.#rightOf.set(first + struct.length - 1, right)
    return expected === undefined || expected === right
  }

  #putFirst(into: object, key: string | undefined, first: number): number | undefined {
    let firsts = this.#first.get(into)
    if (firsts === undefined) {
      firsts = new Map()
      this.#first.set(into, firsts)
    }
    const expected = firsts.get(key)
    firsts.set(key, first)
    return expected
  }

  #putAfter(client: number, clock: number, first: number, insideNew: boolean): number | undefined {
    const left = this.#numberOf(client, clock)
    const expected = this.#rightOf.get(left) ?? (insideNew ? left + 1 : undefined)
    this.#rightOf.set(left, first)
    return expected
  }

  /** An id as one number: cheap to keep by the ten thousand. */
  #numberOf(client: number, clock: number): number {
    let number = this.#clientNumbers.get(client)
    if (number === undefined) {
      number = this.#clientNumbers.size
      this.#clientNumbers.set(client, number)
    }
    return number * 2 ** 32 + clock
  }
}
