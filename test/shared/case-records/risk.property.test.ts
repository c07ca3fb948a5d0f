/** Reckoning an assessment: whatever the sheet and the answers, there is one level, more points never lower it, and judgement changes no score. */
import { expect, test } from 'vitest'
import { must } from '../../../shared/assert.ts'
import {
  faultsOfInstrument,
  highestScoreOf,
  type RiskInstrument,
} from '../../../shared/case-records/risk-instrument.ts'
import { instrumentOf, SAMPLE_SHEET_1, SHIPPED_INSTRUMENTS } from '../../../shared/case-records/risk-sample.ts'
import { levelOf, type RiskAnswers, scoreOf, strangeAnswers } from '../../../shared/case-records/risk-scoring.ts'
import { type SeededRandom, seededRandom, seedsToRun } from '../../support/seeded-random.ts'

const label = (words: string) => ({ ko: words, en: words })

/** Any sheet that can be used. */
function anySheet(random: SeededRandom): RiskInstrument {
  const areas = Array.from({ length: 1 + random.below(4) }, (_, n) => ({ area: `area_${n}`, ...label(`${n}`) }))
  const items = Array.from({ length: 1 + random.below(15) }, (_, n) => ({
    item: `item_${n}`,
    area: random.pick(areas).area,
    ...label(`${n}`),
    answers: Array.from({ length: 2 + random.below(4) }, (_, m) => ({
      answer: `answer_${m}`,
      points: random.below(6),
      ...label(`${m}`),
    })),
  }))
  const highest = highestScoreOf(items)
  const froms = new Set([0, ...Array.from({ length: random.below(4) }, () => random.below(highest + 1))])
  const levels = [...froms]
    .sort((a, b) => a - b)
    .map((from, n) => ({
      level: `level_${n}`,
      from,
      tone: 'watch' as const,
      ...label(`${n}`),
    }))
  return { instrument: 'any', version: 1, isSample: false, ...label('any'), areas, items, levels }
}

function anyAnswers(random: SeededRandom, { items }: RiskInstrument): RiskAnswers {
  const answered = items.filter(() => random.chance(0.8))
  return Object.fromEntries(answered.map(({ item, answers }) => [item, random.pick(answers).answer]))
}

test.for(seedsToRun(200))(
  '[RK2] one level holds, more points never lower it, and what is open is named (seed %i)',
  seed => {
    const random = seededRandom(seed)
    const sheet = anySheet(random)
    expect(faultsOfInstrument(sheet)).toEqual([])
    const answers = anyAnswers(random, sheet)
    expect(strangeAnswers(sheet, answers)).toEqual([])
    const score = scoreOf(sheet, answers)
    const pointsOf = (item: RiskInstrument['items'][number], answer: string | undefined) =>
      item.answers.find(one => one.answer === answer)?.points ?? 0
    expect(score.total).toBe(sheet.items.reduce((sum, item) => sum + pointsOf(item, answers[item.item]), 0))
    expect(score.areas.reduce((sum, { points }) => sum + points, 0)).toBe(score.total)
    expect(score.open).toEqual(sheet.items.map(({ item }) => item).filter(item => !(item in answers)))
    const holding = sheet.levels.filter(
      (level, n) => level.from <= score.total && score.total < (sheet.levels[n + 1]?.from ?? Infinity),
    )
    expect(holding).toEqual([score.level])
    // The order in which somebody answers says nothing.
    expect(scoreOf(sheet, Object.fromEntries(Object.entries(answers).reverse()))).toEqual(score)
    const item = random.pick(sheet.items)
    const worse = must([...item.answers].sort((a, b) => b.points - a.points)[0], 'an answer')
    const more = scoreOf(sheet, { ...answers, [item.item]: worse.answer })
    expect(more.total).toBeGreaterThanOrEqual(score.total)
    expect(more.level.from).toBeGreaterThanOrEqual(score.level.from)
  },
)

test.for(seedsToRun(50))(
  '[RK3] the own judgement sets the level that counts and leaves the score as it is (seed %i)',
  seed => {
    const random = seededRandom(seed)
    const sheet = anySheet(random)
    const answers = anyAnswers(random, sheet)
    const score = scoreOf(sheet, answers)
    const judged = random.pick(sheet.levels)
    expect(levelOf(sheet, score, { level: judged.level, reason: '현장에서 본 것' })).toEqual(judged)
    expect(levelOf(sheet, score, null)).toEqual(score.level)
    expect(levelOf(sheet, score, { level: 'level_of_another_sheet', reason: 'x' })).toEqual(score.level)
    expect(scoreOf(sheet, answers)).toEqual(score)
  },
)

test('[RK4] what is shipped is a sample, says so, and can be used', () => {
  for (const sheet of SHIPPED_INSTRUMENTS) {
    expect(faultsOfInstrument(sheet)).toEqual([])
    expect(sheet.isSample).toBe(true)
    expect(sheet.ko).toContain('표본')
    expect(sheet.en).toContain('sample')
  }
})

test('[RK1] a version is found by its number and no other stands in for it', () => {
  const next: RiskInstrument = { ...SAMPLE_SHEET_1, version: 2, levels: SAMPLE_SHEET_1.levels.slice(0, 1) }
  const both = [SAMPLE_SHEET_1, next]
  const answers = Object.fromEntries(SAMPLE_SHEET_1.items.map(({ item }) => [item, 'urgent']))
  expect(scoreOf(must(instrumentOf(both, 'sample', 1), 'v1'), answers).level.level).toBe('high')
  expect(scoreOf(must(instrumentOf(both, 'sample', 2), 'v2'), answers).level.level).toBe('low')
  expect(instrumentOf(both, 'sample', 3)).toBeUndefined()
})

test('what is wrong with a sheet is named', () => {
  const wrong: RiskInstrument = {
    ...SAMPLE_SHEET_1,
    items: [...SAMPLE_SHEET_1.items, { item: 'mind', area: 'nowhere', ko: '', en: '', answers: [] }],
    levels: [
      { level: 'a', from: 3, tone: 'calm', ...label('a') },
      { level: 'a', from: 2, tone: 'calm', ...label('a') },
      { level: 'b', from: 9999, tone: 'calm', ...label('b') },
    ],
  }
  expect(faultsOfInstrument(wrong)).toEqual([
    'item-twice',
    'level-twice',
    'area-of mind',
    'answers-of mind',
    'lowest-level',
    'order-of-levels',
    'level-out-of-reach',
  ])
})
