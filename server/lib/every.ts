import type { Clock } from '../rooms/ports.ts'

/** Does the work again and again, each time so long after it was done before; a failure is told and the next turn comes all the same. */
export function startEvery(options: {
  clock: Clock
  everyMs: number
  work: () => Promise<void>
  onFailure: (error: unknown) => void
}): () => void {
  const { clock, everyMs, work, onFailure } = options
  let isStopped = false
  let stopWaiting: () => void
  const wait = () => {
    stopWaiting = clock.after(everyMs, () => {
      void work()
        .catch(onFailure)
        .finally(() => {
          if (!isStopped) wait()
        })
    })
  }
  wait()
  return () => {
    isStopped = true
    stopWaiting()
  }
}
