/**
 * How a sentence of the discussion gets to the decisions and the action items below it: those parts say that they can take one, the discussion
 * hands it over. None of them knows the others' documents.
 */
import { createContext, type ReactNode, use, useEffect, useMemo, useRef } from 'react'
import { must } from '../../../../shared/assert.ts'
import type { Promotion } from './keys.ts'

type Taker = (words: string) => void

interface Bus {
  offer(to: Promotion, words: string): boolean
  take(to: Promotion, taker: Taker): () => void
}

const BusContext = createContext<Bus | undefined>(undefined)

export function PromotionProvider({ children }: { children: ReactNode }) {
  const takers = useRef(new Map<Promotion, Taker>())
  const bus = useMemo<Bus>(
    () => ({
      offer: (to, words) => {
        const taker = takers.current.get(to)
        taker?.(words)
        return taker !== undefined
      },
      take: (to, taker) => {
        takers.current.set(to, taker)
        return () => {
          if (takers.current.get(to) === taker) takers.current.delete(to)
        }
      },
    }),
    [],
  )
  return <BusContext value={bus}>{children}</BusContext>
}

/** Hands words over; false when nobody can take them now (read only). */
export function usePromotion(): Bus['offer'] {
  return must(use(BusContext), 'promotion bus').offer
}

/** Takes words while `taker` is given. */
export function useTakesPromotion(to: Promotion, taker: Taker | null): void {
  const bus = must(use(BusContext), 'promotion bus')
  useEffect(() => (taker ? bus.take(to, taker) : undefined), [bus, to, taker])
}
