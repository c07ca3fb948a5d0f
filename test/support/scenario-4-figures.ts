/** The figures as they stand on a screen, and what was added between two looks at them. */
import type { Page } from 'playwright-core'
import { FIGURES, type FigureId, rowLabel } from '../../shared/figures/figure-codes.ts'

/** By figure, row and column, as the screen calls them; a dash or a hidden cell is null. */
export type ShownFigures = ReadonlyMap<string, number | null>

const PLACE = ' › '
export const cellOf = (figure: FigureId, row: string, column: string): string =>
  [FIGURES[figure].title.ko, row, column].join(PLACE)

/** What a row of a code is called. */
export const rowOf = (figure: FigureId, code: string): string => rowLabel(figure, code)?.ko ?? code

/** Every table of the page. */
export async function shownFigures(page: Page): Promise<ShownFigures> {
  await page.locator('.figure-table').first().waitFor()
  const cells = await page.evaluate(readTables)
  return new Map(cells.map(([figure, row, column, text]) => [[figure, row, column].join(PLACE), numberOf(text)]))
}

const numberOf = (text: string): number | null => (/^[\d,]+$/.test(text) ? Number(text.replaceAll(',', '')) : null)

/** Cells whose number is another one than before; one that was not there counts as 0. */
export function changed(before: ShownFigures, after: ShownFigures): Record<string, number> {
  const places = new Set([...before.keys(), ...after.keys()])
  return Object.fromEntries(
    [...places].flatMap(place => {
      const more = (after.get(place) ?? 0) - (before.get(place) ?? 0)
      return more === 0 ? [] : [[place, more]]
    }),
  )
}

/** Runs in the page. */
function readTables(): [string, string, string, string][] {
  const text = (element: Element | null | undefined) => (element?.textContent ?? '').trim()
  return [...document.querySelectorAll('.figure-table')].flatMap(table => {
    const title = text(table.closest('section, article')?.querySelector('h2, h3'))
    const columns = [...table.querySelectorAll('thead th')].slice(1).map(text)
    return [...table.querySelectorAll('tbody tr')].flatMap(row => {
      const name = text(row.querySelector('th'))
      return [...row.querySelectorAll('td.figure-number')].map((cell, at): [string, string, string, string] => [
        title,
        name,
        columns[at] ?? '',
        text(cell),
      ])
    })
  })
}
