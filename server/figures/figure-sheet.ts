/** A figure as a list: its numbers, then its question and definition, then where it is from (FIGURES.md FG6). */
import type { Label } from '../../shared/codes.ts'
import { COLUMNS, type CodeNames, FIGURES, rowLabel } from '../../shared/figures/figure-codes.ts'
import type { FigureTable } from '../../shared/figures/figure-table.ts'
import { isHidden } from '../../shared/figures/hiding.ts'
import { printableLine } from '../exports/printable.ts'
import type { Sheet } from '../exports/render/sheets.ts'

export interface SheetAbout {
  agencyName: string
  /** `2026`, `2026-11` */
  span: string
  /** For whom it is. */
  edition: Label
  /** `YYYY-MM-DD` */
  countedOn: string
  language: 'ko' | 'en'
  /** What the installation calls its codes now. */
  named?: CodeNames
}

export function figureSheet(table: FigureTable, about: SheetAbout): Sheet {
  const { language, named } = about
  const words = (label: Label) => label[language]
  const { title, definition } = FIGURES[table.id]
  const hidden = language === 'ko' ? '비공개' : 'hidden'
  return {
    name: words(title),
    columns: [{ label: '', width: 24 }, ...table.columns.map(column => ({ label: words(COLUMNS[column]), width: 11 }))],
    rows: table.rows.map(row => [
      printableLine(rowLabel(table.id, row.key, named)?.[language] ?? row.name ?? row.key),
      ...row.cells.map((cell, at) => (isHidden(table, row, at) ? hidden : cell)),
    ]),
    notes: [words(title), ...sentencesOf(words(definition))],
    stamp: [printableLine(about.agencyName), about.span, words(about.edition), about.countedOn].join(' · '),
  }
}

/** A cell is no paragraph. */
const sentencesOf = (words: string): string[] => words.split(/(?<=[.:]) /)
