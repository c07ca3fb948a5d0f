/**
 * What was opened, in order, and its closing in reverse. One part that fails to close does not keep the others open; the first failure is
 * thrown at the end. Closing twice is the same closing.
 */
export class Closing {
  readonly #parts: { name: string; close: () => Promise<void> | void }[] = []
  #closed: Promise<void> | undefined

  add(name: string, close: () => Promise<void> | void): void {
    this.#parts.push({ name, close })
  }

  close(): Promise<void> {
    this.#closed ??= this.#closeAll()
    return this.#closed
  }

  async #closeAll(): Promise<void> {
    const failures: Error[] = []
    for (const { name, close } of this.#parts.reverse()) {
      try {
        await close()
      } catch (cause) {
        failures.push(new Error(`Closing ${name} failed`, { cause }))
      }
    }
    if (failures[0]) throw failures[0]
  }
}
