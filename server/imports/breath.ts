/** Giving way while a long list is worked on: meetings run in the same process, and nobody's typing waits for a list (SPEC IM14). */

/** A turn of the event loop that nobody notices. */
const TURN_MS = 8

export interface Breath {
  /** Lets everything else have its turn, when it is time. To be asked after each row. */
  giveWay(): Promise<void> | undefined
}

export function createBreath(): Breath {
  let since = performance.now()
  return {
    giveWay() {
      if (performance.now() - since < TURN_MS) return undefined
      return new Promise(resolve => {
        setImmediate(() => {
          since = performance.now()
          resolve()
        })
      })
    },
  }
}
