/** How long nothing was heard of a referral (REFERRALS.md RF10). Pure; days in Seoul. */
import type { ReferralStatus } from './referral-codes.ts'

export interface ReferralDays {
  status: ReferralStatus
  /** On which it was sent; empty for a draft. */
  sentOn: string
  /** The planned first day of the help, once it was accepted. */
  plannedOn: string
  /** On which the receiver last said anything. */
  heardOn: string
}

/** `answer`: nobody answered yet. `start`: its first day has passed. `news`: it is under way and nothing was heard. */
export interface Silence {
  of: 'answer' | 'start' | 'news'
  days: number
  level: 'fresh' | 'waiting' | 'late'
}

/** No law names a number for ordinary referrals: a working week, and a month for help under way. */
export const WAITING_FROM_DAYS = 3
export const LATE_FROM_DAYS = 7
export const NEWS_AFTER_DAYS = 30

/** Undefined while there is nothing to wait for. */
export function silenceOf({ status, sentOn, plannedOn, heardOn }: ReferralDays, today: string): Silence | undefined {
  switch (status) {
    case 'sent':
    case 'received': {
      const days = daysFrom(sentOn, today)
      return {
        of: 'answer',
        days,
        level: days >= LATE_FROM_DAYS ? 'late' : days >= WAITING_FROM_DAYS ? 'waiting' : 'fresh',
      }
    }
    case 'accepted': {
      const days = daysFrom(plannedOn, today)
      return days > 0 ? { of: 'start', days, level: days >= LATE_FROM_DAYS ? 'late' : 'waiting' } : undefined
    }
    case 'in_progress': {
      const days = daysFrom(heardOn, today)
      return days >= NEWS_AFTER_DAYS ? { of: 'news', days, level: 'waiting' } : undefined
    }
    default:
      return undefined
  }
}

/** Whole days from one to the other; 0 where the first is not known. */
function daysFrom(from: string, to: string): number {
  if (from === '') return 0
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}
