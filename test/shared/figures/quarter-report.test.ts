/** The report for everybody, from made-up facts of agencies of every size: what it says and what it must not. */
import { describe, expect, test } from 'vitest'
import {
  CONFERENCE_TYPES,
  codesOf,
  DECISION_KINDS,
  DISCOVERY_ROUTES,
  NEED_DOMAINS,
  PRESENT_MODES,
} from '../../../shared/codes.ts'
import type { AgencyFacts } from '../../../shared/figures/agency-facts.ts'
import { agencyFigures } from '../../../shared/figures/agency-figures.ts'
import { WAYS_FOUND } from '../../../shared/figures/figure-codes.ts'
import type { FigureTable } from '../../../shared/figures/figure-table.ts'
import { LEAST_SHOWN } from '../../../shared/figures/hiding.ts'
import { quarterFigures } from '../../../shared/figures/quarter-figures.ts'
import { reportSentences } from '../../../shared/figures/quarter-report.ts'
import { type SeededRandom, seededRandom } from '../../support/seeded-random.ts'

const QUARTER = '2026-2'
const CANARIES = ['천사운동본부', 'case-canary', 'agency-canary']

/** @param size 0 for an agency that did nothing, more for a busier one */
function factsOf(random: SeededRandom, size: number): AgencyFacts {
  const some = <T>(most: number, make: () => T) => Array.from({ length: random.below(most + 1) }, make)
  const at = () => Date.parse('2026-04-01T00:00:00+09:00') + random.below(91) * 86_400_000
  const caseKey = () => `case-canary-${random.below(3 * size + 1)}`
  return {
    cases: some(6 * size, () => ({
      caseKey: caseKey(),
      stage: 'registered',
      route: random.pick(['', ...codesOf(DISCOVERY_ROUTES).slice(0, 1 + random.below(5))]) as '',
      foundOn: `2026-0${4 + random.below(3)}-11`,
    })),
    items: some(5 * size, () => ({
      caseKey: caseKey(),
      at: at(),
      isClosed: true,
      needs: codesOf(NEED_DOMAINS).filter(() => random.chance(0.3)),
      decisions: [],
    })),
    actions: [],
    linked: [],
    checks: [],
    helps: some(9 * size, () => ({
      giver: { key: `agency-canary-${random.below(4)}`, name: '천사운동본부', isPublic: random.chance(0.5) },
      need: '',
      doneAt: at(),
      won: random.chance(0.5) ? 50_000 * random.below(9) : null,
    })),
    meetings: some(3 * size, () => {
      const startedAt = at()
      return {
        type: random.pick(codesOf(CONFERENCE_TYPES)),
        startedAt,
        closedAt: startedAt + 3_600_000,
        minutesPlanned: 60,
        attended: [],
        agencyKeys: some(size, () => `agency-canary-${random.below(12)}`),
        spoken: {},
        items: random.below(4),
        decisions: some(size, () => ({ caseKey: caseKey(), kind: random.pick(codesOf(DECISION_KINDS)) })),
      }
    }),
  }
}

const numbersOf = (words: string) => [...words.matchAll(/\d+/g)].map(([digits]) => Number(digits))

describe('[FG8] the report of a quarter', () => {
  test.each(['ko', 'en'] as const)('[FG8] its sentences hold no number that a table hides (%s)', language => {
    let [sentences, withNumbers] = [0, 0]
    for (let seed = 1; seed <= 300; seed++) {
      const random = seededRandom(seed)
      const tables = quarterFigures(factsOf(random, random.below(9)), QUARTER)
      const shown = new Set(tables.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells)))
      const routes = tables.find(({ id }) => id === 'quarter_routes')?.rows.flatMap(({ cells }) => cells) ?? []
      // Where no route is hidden they may be added up.
      if (!routes.includes(null)) shown.add(routes.reduce<number>((sum, cell) => sum + (cell ?? 0), 0))
      for (const sentence of reportSentences(tables, QUARTER, language)) {
        sentences++
        const said = sentence.replace('2026년 2분기', '').replace('quarter 2 of 2026', '')
        for (const number of numbersOf(said)) {
          withNumbers++
          expect([seed, sentence, shown.has(number), number >= LEAST_SHOWN]).toEqual([seed, sentence, true, true])
        }
      }
    }
    expect(sentences).toBeGreaterThan(600)
    expect(withNumbers).toBeGreaterThan(600)
  })

  test('[FG8] it names no person, household or agency', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const tables = quarterFigures(factsOf(seededRandom(seed), 8), QUARTER)
      const all = JSON.stringify([tables, reportSentences(tables, QUARTER, 'ko')])
      for (const canary of CANARIES) expect(all).not.toContain(canary)
    }
  })

  const meetings = (cells: readonly (number | null)[]): FigureTable[] => [
    { id: 'quarter_meetings', columns: ['held', 'items', 'agencies'], rows: [{ key: 'total', isTotal: true, cells }] },
  ]
  const routes = (...cells: (number | null)[]): FigureTable[] => [
    {
      id: 'quarter_routes',
      columns: ['households'],
      rows: codesOf(WAYS_FOUND).map((key, at) => ({ key, cells: [cells[at] ?? 0] })),
    },
  ]

  test('[FG8] few meetings are said without a number, none as none', () => {
    const said = (cells: readonly (number | null)[]) => reportSentences(meetings(cells), QUARTER, 'ko')
    expect(said([12, 34, 9])).toEqual([
      '2026년 2분기에 사례회의를 12번 열었습니다.',
      '모두 34건의 안건을 함께 의논했습니다.',
      '9개 기관이 참여했습니다.',
    ])
    expect(said([null, null, null])).toEqual(['2026년 2분기에 사례회의를 열었습니다.'])
    expect(said([0, 0, 0])).toEqual(['2026년 2분기에 마친 사례회의는 없습니다.'])
  })

  test('[FG8] nothing is called the most beside something hidden, or where two are', () => {
    expect(reportSentences(routes(0, 20, 8), QUARTER, 'ko')).toEqual([
      '새로 찾은 28가구 가운데 20가구가 ‘담당자가 찾아가서 만남’에 해당합니다.',
    ])
    const hidden: FigureTable[] = routes(0, 20, 8).map(table => ({
      ...table,
      rows: table.rows.map((row, at) => (at === 2 ? { ...row, cells: [null] } : row)),
    }))
    expect(reportSentences(hidden, QUARTER, 'ko')).toEqual([])
    expect(reportSentences(routes(8, 8), QUARTER, 'ko')).toEqual([])
    expect(reportSentences(routes(), QUARTER, 'ko')).toEqual([])
  })
})

test('[FG10] speaking is told for ways of attending, and beside who was there in those meetings alone', () => {
  const meeting = (spoken: AgencyFacts['meetings'][number]['spoken']): AgencyFacts['meetings'][number] => ({
    type: 'internal',
    startedAt: Date.parse('2026-05-11T14:00:00+09:00'),
    closedAt: Date.parse('2026-05-11T15:00:00+09:00'),
    minutesPlanned: 60,
    attended: ['in_person', 'in_person', 'remote'],
    agencyKeys: [],
    spoken,
    items: 1,
    decisions: [],
  })
  const facts = {
    ...factsOf(seededRandom(1), 0),
    meetings: [meeting({}), meeting({ remote: { turns: 4, ms: 630_000 } })],
  }
  const speaking = agencyFigures(facts, 2026).find(({ id }) => id === 'speaking')
  expect(speaking?.rows.map(({ key }) => key)).toEqual(PRESENT_MODES)
  expect(speaking?.rows.map(({ cells }) => cells)).toEqual([
    [2, 0, 0],
    [1, 4, 11],
    [0, 0, 0],
  ])
})
