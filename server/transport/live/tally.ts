/** How many there are, in all and by key. Keys without any take no memory. */
export class Tally<K> {
  readonly #counts = new Map<K, number>()
  total = 0

  of(key: K): number {
    return this.#counts.get(key) ?? 0
  }

  add(key: K): void {
    this.total++
    this.#counts.set(key, this.of(key) + 1)
  }

  remove(key: K): void {
    this.total--
    const left = this.of(key) - 1
    if (left > 0) this.#counts.set(key, left)
    else this.#counts.delete(key)
  }
}
