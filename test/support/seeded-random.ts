/** Chance that can be repeated. A failing test prints the seed; `SEED=<n>` runs that one alone, `SEEDS=<n>` how many. */

export interface SeededRandom {
  readonly seed: number
  /** A whole number from 0 up to, not including, `below`. */
  below(below: number): number
  /** True so often, 0 to 1. */
  chance(probability: number): boolean
  pick<T>(from: readonly T[]): T
  bytes(length: number): Uint8Array
}

/** splitmix32: small, fast, and every seed starts somewhere else. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x9e3779b9) >>> 0
    let z = state
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return (z ^ (z >>> 15)) >>> 0
  }
  const below = (limit: number) => Math.floor((next() / 0x1_0000_0000) * limit)
  return {
    seed,
    below,
    chance: probability => next() / 0x1_0000_0000 < probability,
    pick: from => {
      const picked = from[below(from.length)]
      if (picked === undefined) throw new Error('Nothing to pick from')
      return picked
    },
    bytes: length => Uint8Array.from({ length }, () => below(256)),
  }
}

/** The seeds of this run: one when `SEED` is set, else `SEEDS` of them, else the given number. */
export function seedsToRun(usual: number): number[] {
  const one = process.env.SEED
  if (one !== undefined) return [Number(one)]
  return Array.from({ length: Number(process.env.SEEDS ?? usual) }, (_, i) => i + 1)
}
