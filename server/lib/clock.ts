import type { Clock } from '../rooms/ports.ts'

/** The real time. Timers do not keep the process alive: whoever must finish something closes it. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, call) {
    const timer = setTimeout(call, delayMs)
    timer.unref()
    return () => clearTimeout(timer)
  },
  soon: call => {
    setImmediate(call)
  },
}
