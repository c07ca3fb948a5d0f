/** Ages and stages of life out of what is known of a birth. Days are days in Korea. */
import type { LifeStage } from '../../code-sets/households.ts'
import { isBirth } from '../layout-language.ts'

/** From this age on; below the first, an infant. 청소년 from 중학교, 청년 to 39 and 노년 from 65 as most Korean programmes count. */
const STAGES: readonly (readonly [from: number, stage: LifeStage])[] = [
  [65, 'elder'],
  [40, 'middle_age'],
  [19, 'adult'],
  [13, 'youth'],
  [6, 'child'],
]

/**
 * Full years of age (만 나이) on a day. Where only the year or the month is known, the age that is reached in that year or month. Undefined for what
 * is no birth and for one that lies ahead.
 * @param birth `YYYY`, `YYYY-MM` or `YYYY-MM-DD`
 * @param today `YYYY-MM-DD`
 */
export function ageOf(birth: string, today: string): number | undefined {
  if (!isBirth(birth)) return undefined
  const rest = birth.slice(4)
  const years = Number(today.slice(0, 4)) - Number(birth.slice(0, 4))
  const isAhead = rest !== '' && rest > today.slice(4, 4 + rest.length)
  const age = isAhead ? years - 1 : years
  return age < 0 ? undefined : age
}

/** The stage of life by age alone; undefined while the birth is not known. */
export function lifeStageOf(birth: string, today: string): LifeStage | undefined {
  const age = ageOf(birth, today)
  if (age === undefined) return undefined
  return STAGES.find(([from]) => age >= from)?.[1] ?? 'infant'
}
