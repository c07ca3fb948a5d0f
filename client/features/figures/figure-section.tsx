/** One figure: its question, the numbers as bars in their own table, how it is counted, and the table as a file. */
import { useState } from 'react'
import { ATTENDANCE_MODES, CASE_STAGES, type Label, NEED_DOMAINS } from '../../../shared/codes.ts'
import type { FigureTable } from '../../../shared/figures/agency-figures.ts'
import { COLUMNS, type ColumnId, FIGURES } from '../../../shared/figures/figure-codes.ts'
import { isHidden } from '../../../shared/figures/hiding.ts'
import type { FiguresFile } from '../../../shared/protocol/figures.ts'
import type { Language } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { useNotices } from '../../ui/notice.tsx'
import { Section } from '../../ui/page.tsx'
import { useErrorWords } from '../../ui/states.tsx'
import { useFiguresTexts } from './use-figures-texts.ts'

export function FigureSection({
  table,
  take,
}: {
  table: FigureTable
  take: (asked: Pick<FiguresFile, 'figure' | 'language'>) => Promise<void>
}) {
  const { t, language } = useFiguresTexts()
  const notify = useNotices()
  const errorWords = useErrorWords()
  const [isPending, setPending] = useState(false)
  const title = FIGURES[table.id].title[language]
  const takeOut = async () => {
    setPending(true)
    await take({ figure: table.id, language }).catch((error: unknown) => {
      notify(`${t('failed')}. ${errorWords(error).body}`, 'danger')
    })
    setPending(false)
  }
  return (
    <Section
      title={title}
      actions={
        <Button
          look="text"
          size="small"
          isPending={isPending}
          aria-label={t('takeLabel', { title })}
          onPress={() => void takeOut()}
        >
          {t('take')}
        </Button>
      }
    >
      <Bars table={table} />
      <p className="figure-definition">
        <strong>{t('definition')}</strong> {FIGURES[table.id].definition[language]}
      </p>
    </Section>
  )
}

function Bars({ table }: { table: FigureTable }) {
  const { t, language } = useFiguresTexts()
  const scales = scalesOf(table)
  return (
    <div className="figure-scroll">
      <table className="figure-table">
        <thead>
          <tr>
            <th scope="col">{t('what')}</th>
            {table.columns.map((column, at) => (
              <th key={column} scope="col" className={`figure-head figure-colour-${at}`}>
                {COLUMNS[column][language]}
              </th>
            ))}
            <td aria-hidden="true" />
          </tr>
        </thead>
        <tbody>
          {table.rows.map(row => (
            <tr key={row.key} className={row.cells.every(cell => cell === 0) ? 'figure-nothing' : undefined}>
              <th scope="row">{rowName(row.key, language, t)}</th>
              {row.cells.map((cell, at) => (
                <td key={table.columns[at]} className="figure-number">
                  {cell !== null ? (
                    cell.toLocaleString('ko-KR')
                  ) : isHidden(row, at) ? (
                    <span className="figure-hidden">{t('hidden')}</span>
                  ) : (
                    '–'
                  )}
                </td>
              ))}
              <td aria-hidden="true" className="figure-bars">
                {row.cells.map((cell, at) =>
                  cell === null && isHidden(row, at) ? (
                    <span key={table.columns[at]} className="figure-bar-hidden" />
                  ) : (
                    <span
                      key={table.columns[at]}
                      className={`figure-bar figure-colour-${at}`}
                      style={{ inlineSize: `${(100 * (cell ?? 0)) / (scales[at] ?? 1)}%` }}
                    />
                  ),
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Short bars for small numbers: one of one is no full bar. */
const LEAST_SCALE = 5

/** What a full bar is. Counts share one, so that what was promised and what was done can be compared; minutes are no counts. */
function scalesOf({ columns, rows }: FigureTable): number[] {
  const mostOf = (isInIt: (column: ColumnId) => boolean) =>
    Math.max(
      LEAST_SCALE,
      ...rows.flatMap(({ cells }) => cells.map((cell, at) => (isInIt(columns[at] ?? 'cases') ? (cell ?? 0) : 0))),
    )
  const isMinutes = (column: ColumnId) => column === 'minutesTaken' || column === 'minutesPlanned'
  return columns.map(column => mostOf(one => isMinutes(one) === isMinutes(column)))
}

/** A code's label, a quarter or a month of the year that the page is about. */
function rowName(key: string, language: Language, t: ReturnType<typeof useFiguresTexts>['t']): string {
  const labels: Record<string, Label> = { ...CASE_STAGES, ...NEED_DOMAINS, ...ATTENDANCE_MODES }
  const label = labels[key]
  if (label !== undefined) return label[language]
  const n = Number(key.split('-')[1])
  return key.length === 6 ? t('quarter', { n }) : t('month', { n })
}
