/**
 * What a reader can work out of the edition for handing out who knows the rule by which it hides and the total of each column: all columns of a few
 * small numbers are made, those that look the same are put together, and each hidden number must be one of several.
 */
import { describe, expect, test } from 'vitest'
import type { Cell, FigureTable } from '../../../shared/figures/figure-table.ts'
import { forHandingOut, isHidden, LEAST_SHOWN, withSmallHidden } from '../../../shared/figures/hiding.ts'

const sum = (values: readonly Cell[]) => values.reduce<number>((total, value) => total + (value ?? 0), 0)

/** Every column of `length` numbers from 0 to `most`. */
function* columns(length: number, most: number): Generator<number[]> {
  if (length === 0) yield []
  else for (const rest of columns(length - 1, most)) for (let value = 0; value <= most; value++) yield [...rest, value]
}

describe('[FG3] a column of which something is hidden', () => {
  test.each([
    [2, 24],
    [3, 16],
    [4, 11],
  ])('[FG3] of %d numbers leaves each hidden one at least three values, or hides all', (length, most) => {
    const alike = new Map<string, Set<number>[]>()
    let hidden = 0
    const wrong: Cell[][] = []
    for (const values of columns(length, most)) {
      const shown = withSmallHidden(values)
      const isSmall = (value: number) => value > 0 && value < LEAST_SHOWN
      if (values.some((value, at) => (shown[at] === null ? false : isSmall(value) || shown[at] !== value)))
        wrong.push(values)
      // Beyond that not every column that looks the same has been made.
      if (!shown.includes(null) || sum(values) - sum(shown) > most) continue
      hidden++
      const key = JSON.stringify([shown, sum(values)])
      const possible = alike.get(key) ?? values.map(() => new Set<number>())
      for (const [at, value] of values.entries()) possible[at]?.add(value)
      alike.set(key, possible)
    }
    expect(hidden).toBeGreaterThan(100)
    expect(wrong).toEqual([])
    const told: unknown[] = []
    for (const [key, possible] of alike) {
      const [shown] = JSON.parse(key) as [Cell[], number]
      if (shown.every(value => value === null || value === 0)) continue
      for (const [at, value] of shown.entries()) {
        if (value === null && (possible[at]?.size ?? 0) < 3) told.push([key, at])
      }
    }
    expect(told).toEqual([])
  })

  test('[FG3] nothing small, nothing hidden; nothing but zeros neither', () => {
    expect(withSmallHidden([5, 0, 12])).toEqual([5, 0, 12])
    expect(withSmallHidden([0, 0])).toEqual([0, 0])
  })
})

test('[FG3] a median of fewer than five meetings is hidden with its count', () => {
  const table: FigureTable = {
    id: 'meetings',
    columns: ['held', 'minutesTaken', 'minutesPlanned'],
    rows: [
      { key: '2026-01', cells: [3, 95, 90] },
      { key: '2026-02', cells: [8, 80, 90] },
      { key: '2026-03', cells: [9, 70, 60] },
      { key: '2026-04', cells: [0, null, null] },
    ],
  }
  const [january, february, march, april] = forHandingOut(table).rows.map(row => row.cells)
  expect(january).toEqual([null, null, null])
  expect(february?.[0]).toBeNull()
  expect(march).toEqual([9, 70, 60])
  expect(april).toEqual([0, null, null])
})

describe('[FG3] quarters beside each other', () => {
  const table = (routes: readonly (readonly number[])[]): FigureTable => ({
    id: 'routes',
    columns: ['quarter1', 'quarter2', 'quarter3', 'quarter4'],
    rows: [
      ...routes.map((cells, at) => ({ key: ['outreach_visit', 'blind_spot_system', 'other'][at] ?? '', cells })),
      {
        key: 'total',
        isTotal: true,
        cells: [0, 1, 2, 3].map(at => routes.reduce((sum, of) => sum + (of[at] ?? 0), 0)),
      },
    ],
  })

  test('[FG3] the totals hide by the rule, and a quarter whose total is hidden is hidden whole', () => {
    const { rows } = forHandingOut(
      table([
        [1, 9, 20, 6],
        [2, 8, 0, 7],
        [0, 7, 30, 8],
      ]),
    )
    expect(rows.map(({ cells }) => cells)).toEqual([
      [null, null, 20, 6],
      [null, null, 0, 7],
      [null, null, 30, 8],
      [null, null, 50, 21],
    ])
  })

  test('[FG3] a quarter of many with few of one kind keeps its total', () => {
    const { rows } = forHandingOut(
      table([
        [9, 9, 9, 9],
        [2, 8, 5, 7],
        [9, 7, 0, 8],
      ]),
    )
    expect(rows.map(({ cells }) => cells[0])).toEqual([9, null, null, 20])
    expect(rows.map(({ cells }) => cells[2])).toEqual([9, 5, 0, 14])
  })
})

test('[FG3] a sum of money goes with the number of amounts, not with what was given', () => {
  const table: FigureTable = {
    id: 'givers',
    columns: ['given', 'paid', 'won'],
    rows: [
      { key: 'A', name: '무한돌봄', cells: [12, 2, 900_000] },
      { key: 'B', name: '천사본부', cells: [20, 20, 4_000_000] },
      { key: 'C', name: '협의회', cells: [9, 9, 300_000] },
      { key: 'D', name: '복지관', cells: [7, 0, 0] },
    ],
  }
  expect(forHandingOut(table).rows.map(({ cells }) => cells)).toEqual([
    [12, null, null],
    [20, null, null],
    [9, 9, 300_000],
    [7, 0, 0],
  ])
})

test('[FG3] what is hidden is told from what there was nothing to take a median of', () => {
  const columns = ['planned', 'daysToPlan'] as const
  const hidden = (cells: readonly Cell[]) => cells.map((_, at) => isHidden({ columns }, { key: '2026-1', cells }, at))
  expect([hidden([0, null]), hidden([null, null]), hidden([6, 12])]).toEqual([
    [false, false],
    [true, true],
    [false, false],
  ])
})
