/** What the answers to an instrument come to. Pure (SPEC RK2, RK3). */
import { highestScoreOf, type RiskInstrument, type RiskLevel } from './risk-instrument.ts'

/** By item, the answer chosen. An item that is not in it was not answered. */
export type RiskAnswers = Readonly<Record<string, string>>

export interface RiskScore {
  total: number
  highest: number
  areas: { area: string; points: number; highest: number }[]
  /** By the score alone. */
  level: RiskLevel
  /** Items without an answer, in their order. While there are any, the level is one so far. */
  open: string[]
}

/** Answers to items that the instrument does not have, and answers that an item does not have. */
export function strangeAnswers({ items }: RiskInstrument, answers: RiskAnswers): string[] {
  return Object.entries(answers).flatMap(([item, answer]) => {
    const asked = items.find(one => one.item === item)
    return asked?.answers.some(one => one.answer === answer) ? [] : [item]
  })
}

/** @throws for an instrument without levels, which is none */
export function scoreOf(instrument: RiskInstrument, answers: RiskAnswers): RiskScore {
  const { items, areas, levels } = instrument
  const points = (item: RiskInstrument['items'][number]) =>
    item.answers.find(({ answer }) => Object.hasOwn(answers, item.item) && answer === answers[item.item])?.points
  const total = items.reduce((sum, item) => sum + (points(item) ?? 0), 0)
  const level = levels.filter(({ from }) => from <= total).at(-1)
  if (level === undefined) throw new Error(`No level for ${total} points`)
  return {
    total,
    highest: highestScoreOf(items),
    areas: areas.map(({ area }) => {
      const own = items.filter(item => item.area === area)
      return { area, points: own.reduce((sum, item) => sum + (points(item) ?? 0), 0), highest: highestScoreOf(own) }
    }),
    level,
    open: items.filter(item => points(item) === undefined).map(({ item }) => item),
  }
}

/** The worker's own judgement in place of the level by score. */
export interface RiskOverride {
  level: string
  reason: string
}

/** The level that counts. An override with a level that the instrument does not have counts nothing. */
export function levelOf(instrument: RiskInstrument, score: RiskScore, override: RiskOverride | null): RiskLevel {
  return instrument.levels.find(({ level }) => level === override?.level) ?? score.level
}
