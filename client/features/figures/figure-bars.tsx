/** A figure's numbers as a table, with the same numbers as bars at the end of each row. */
import { COLUMNS, type CodeNames, columnOf, rowLabel } from '../../../shared/figures/figure-codes.ts'
import type { FigureRow, FigureTable } from '../../../shared/figures/figure-table.ts'
import { isHidden } from '../../../shared/figures/hiding.ts'
import type { Language } from '../../lib/format.ts'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { useFiguresTexts } from './use-figures-texts.ts'

interface FigureBarsProps {
  table: FigureTable
  /** A table of many measures is a table alone. */
  withBars?: boolean
}

export function FigureBars({ table, withBars = true }: FigureBarsProps) {
  const { t, language } = useFiguresTexts()
  const codes = useCodeSets()
  const scales = scalesOf(table)
  if (table.rows.length === 0) return <p>{t('none')}</p>
  return (
    <div className="figure-scroll">
      <table className={withBars ? 'figure-table' : 'figure-table figure-plain'}>
        <thead>
          <tr>
            <th scope="col">{t('what')}</th>
            {table.columns.map((column, at) => (
              <th key={column} scope="col" className={withBars ? `figure-head figure-colour-${at}` : 'figure-number'}>
                {COLUMNS[column][language]}
              </th>
            ))}
            {withBars ? <td aria-hidden="true" /> : null}
          </tr>
        </thead>
        <tbody>
          {table.rows.map(row => (
            <tr key={row.key} className={lookOf(row)}>
              <th scope="row">{rowName(table, row, language, t, codes.named)}</th>
              {row.cells.map((cell, at) => (
                <td key={table.columns[at]} className="figure-number">
                  {cell !== null ? (
                    cell.toLocaleString('ko-KR')
                  ) : isHidden(table, row, at) ? (
                    <span className="figure-hidden">{t('hidden')}</span>
                  ) : (
                    '–'
                  )}
                </td>
              ))}
              {withBars ? (
                <td aria-hidden="true" className="figure-bars">
                  {row.isTotal || row.cells.every(cell => cell === 0) ? null : (
                    <Bars table={table} row={row} scales={scales} />
                  )}
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Bars({ table, row, scales }: { table: FigureTable; row: FigureRow; scales: readonly number[] }) {
  return row.cells.map((cell, at) =>
    cell === null && isHidden(table, row, at) ? (
      <span key={table.columns[at]} className="figure-bar-hidden" />
    ) : (
      <span
        key={table.columns[at]}
        className={`figure-bar figure-colour-${at}`}
        style={{ inlineSize: `${(100 * (cell ?? 0)) / (scales[at] ?? 1)}%` }}
      />
    ),
  )
}

function lookOf({ isTotal, cells }: FigureRow): string | undefined {
  if (isTotal) return 'figure-total'
  return cells.every(cell => cell === 0) ? 'figure-nothing' : undefined
}

/** Short bars for small numbers: one of one is no full bar. */
const LEAST_SCALE = 5

/** What a full bar is. What is counted in the same unit shares one, so that what was promised and what was done can be compared. */
function scalesOf({ columns, rows }: FigureTable): number[] {
  const parts = rows.filter(({ isTotal }) => !isTotal)
  return columns.map(column =>
    Math.max(
      LEAST_SCALE,
      ...parts.flatMap(({ cells }) =>
        cells.map((cell, at) => {
          const other = columns[at]
          return other !== undefined && columnOf(other).unit === columnOf(column).unit ? (cell ?? 0) : 0
        }),
      ),
    ),
  )
}

/** A code's label, an agency's name, a quarter or a month of the year that the page is about. */
function rowName(
  { id }: FigureTable,
  { key, name }: FigureRow,
  language: Language,
  t: ReturnType<typeof useFiguresTexts>['t'],
  named: CodeNames,
): string {
  const label = rowLabel(id, key, named)?.[language] ?? name
  if (label !== undefined) return label
  const n = Number(key.split('-')[1])
  return key.length === 6 ? t('quarter', { n }) : t('month', { n })
}
