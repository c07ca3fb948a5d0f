/**
 * When a `not-found` leaves. To learn that something is not for a person the server reads more than to learn that it is not there: its record,
 * its case, by what right, who is recused. So that nobody can tell one from the other by the time (SECURITY P10, R01), a denial waits for a
 * beat that began with the question and does not know how much was read. Every other answer leaves as soon as it is there.
 */
import type { Clock } from '../rooms/ports.ts'

export interface DenialPace {
  /** To be called before anything is looked up that the question names. */
  begin(): PacedAnswer
}

export interface PacedAnswer {
  /** Resolves at the next beat. */
  denied(): Promise<void>
  /** Stops the beats; to be called whatever the answer is. */
  end(): void
}

/**
 * Well above what the longest denial takes (on the embedded store some 5 ms, over MongoDB's protocol up to 20), so that nearly all leave at the
 * first beat; and short enough that somebody who follows an old link does not notice it. Measured by `test/benchmark/indistinguishable.ts`.
 */
export const DENIAL_BEAT_MS = 50

/** @param options.beatMs 0 for no wait at all */
export function createDenialPace({ clock, beatMs }: { clock: Clock; beatMs: number }): DenialPace {
  return {
    begin() {
      let leave: (() => void) | undefined
      // Armed before the work and not after it: a timer for what is left of a beat would be rounded, and the rounding would tell.
      const next = () =>
        clock.after(beatMs, () => {
          if (leave) leave()
          else stop = next()
        })
      let stop = beatMs > 0 ? next() : undefined
      return {
        denied: () =>
          new Promise(resolve => {
            if (beatMs > 0) leave = resolve
            else resolve()
          }),
        end: () => stop?.(),
      }
    },
  }
}
