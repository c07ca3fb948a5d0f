/** A clock whose denials leave within some milliseconds and are counted: what did not wait for its beat is not among them. */
import { systemClock } from '../../server/lib/clock.ts'
import type { Clock } from '../../server/rooms/ports.ts'

export interface CountedBeats {
  clock: Clock
  /** No other timer of the application is of that length. */
  beatMs: number
  /** So many denials have left. */
  released(): number
  advance(ms: number): void
}

export function countedBeats(): CountedBeats {
  const beatMs = 7_919
  let [released, armed, offsetMs] = [0, 0, 0]
  return {
    beatMs,
    released: () => released,
    advance(ms) {
      offsetMs += ms
    },
    clock: {
      ...systemClock,
      now: () => Date.now() + offsetMs,
      after(delayMs, call) {
        if (delayMs !== beatMs) return systemClock.after(delayMs, call)
        armed += 1
        const beat = setTimeout(() => {
          const before = armed
          call()
          // A beat that finds nobody waiting arms the next one.
          if (armed === before) released += 1
        }, 1)
        return () => clearTimeout(beat)
      },
    },
  }
}
