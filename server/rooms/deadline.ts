import type { Clock } from './ports.ts'

/** A promise's outcome, or a rejection after so long. What comes later is dropped. */
export function withDeadline<T>(promise: Promise<T>, options: { clock: Clock; ms: number; what: string }): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = options.clock.after(options.ms, () => reject(new Error(`${options.what} took longer than allowed`)))
    promise.then(
      value => {
        stop()
        resolve(value)
      },
      (error: unknown) => {
        stop()
        reject(error instanceof Error ? error : new Error(String(error)))
      },
    )
  })
}
