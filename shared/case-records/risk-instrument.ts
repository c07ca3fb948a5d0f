/**
 * An instrument of the survey of risk (위기도 조사) as data: what is asked, what each answer counts, from which score on which level holds (SPEC RK1). The
 * official sheet is not known to us; an installation brings its own, and until then there is the sample.
 */
import type { Label } from '../codes.ts'

export interface RiskAnswer extends Label {
  answer: string
  points: number
}

export interface RiskItem extends Label {
  item: string
  /** One of the instrument's areas. */
  area: string
  answers: readonly RiskAnswer[]
}

export interface RiskLevel extends Label {
  level: string
  /** The least score with which it holds. */
  from: number
  /** How it is shown. */
  tone: 'calm' | 'watch' | 'alarm'
}

export interface RiskInstrument extends Label {
  instrument: string
  version: number
  /** Made up to show how it works: no official form (SPEC RK4). */
  isSample: boolean
  areas: readonly (Label & { area: string })[]
  items: readonly RiskItem[]
  /** By `from`, the lowest first. */
  levels: readonly RiskLevel[]
}

/** What is wrong with an instrument; empty for one that can be used. */
export function faultsOfInstrument({ areas, items, levels }: RiskInstrument): string[] {
  const faults: string[] = []
  const isTwice = (names: readonly string[]) => new Set(names).size !== names.length
  if (isTwice(areas.map(one => one.area))) faults.push('area-twice')
  if (isTwice(items.map(one => one.item))) faults.push('item-twice')
  if (isTwice(levels.map(one => one.level))) faults.push('level-twice')
  for (const { item, area, answers } of items) {
    if (!areas.some(one => one.area === area)) faults.push(`area-of ${item}`)
    if (answers.length < 2 || isTwice(answers.map(one => one.answer))) faults.push(`answers-of ${item}`)
    if (answers.some(({ points }) => !Number.isInteger(points) || points < 0)) faults.push(`points-of ${item}`)
  }
  if (items.length === 0) faults.push('no-items')
  // Every score has a level, and none has two.
  if (levels[0]?.from !== 0) faults.push('lowest-level')
  if (levels.some(({ from }, at) => at > 0 && from <= (levels[at - 1]?.from ?? 0))) faults.push('order-of-levels')
  const highest = highestScoreOf(items)
  if (levels.some(({ from }) => from > highest)) faults.push('level-out-of-reach')
  return faults
}

export const highestScoreOf = (items: readonly RiskItem[]): number =>
  items.reduce((sum, { answers }) => sum + Math.max(0, ...answers.map(({ points }) => points)), 0)
