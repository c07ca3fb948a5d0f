/**
 * How often one may call: a bucket per person (or address), in this process's memory, and a stricter one per address for whatever tries a
 * password. Whoever spends more is refused with `too-fast` before anything is read or hashed.
 */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { RateName } from './route.ts'

export interface RateLimits {
  /** @throws Refusal `too-fast` */
  spend(rate: RateName, who: string, address: string): Promise<void>
}

export interface RateLimitOptions {
  /** Calls a minute by one person; a screen that opens asks about ten things. */
  usualPerMinute: number
  /** Sign-ins a minute from one address: an office of a hundred behind one address signs in at nine o'clock. */
  signInPerMinute: number
}

export const DEFAULT_RATES: RateLimitOptions = { usualPerMinute: 600, signInPerMinute: 60 }

export function createRateLimits(options: RateLimitOptions): RateLimits {
  const usual = new RateLimiterMemory({ points: options.usualPerMinute, duration: 60 })
  const signIn = new RateLimiterMemory({ points: options.signInPerMinute, duration: 60 })
  return {
    async spend(rate, who, address) {
      try {
        await usual.consume(who)
        if (rate === 'sign-in') await signIn.consume(address)
      } catch (error) {
        if (error instanceof RateLimiterRes) throw new Refusal('too-fast')
        throw error
      }
    },
  }
}
