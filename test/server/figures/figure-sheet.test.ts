import { describe, expect, test } from 'vitest'
import { renderCsv, renderXlsx } from '../../../server/exports/render/sheets.ts'
import { figureSheet } from '../../../server/figures/figure-sheet.ts'
import { AUDIENCES, FIGURES } from '../../../shared/figures/figure-codes.ts'
import type { FigureTable } from '../../../shared/figures/figure-table.ts'

const about = {
  agencyName: '생연1동',
  span: '2026',
  edition: AUDIENCES.outside,
  countedOn: '2026-11-24',
  language: 'ko' as const,
}
const csvOf = (table: FigureTable) => new TextDecoder().decode(renderCsv(figureSheet(table, about))).split('\r\n')

describe('[FG6] a figure as a file', () => {
  test('[FG6] an agency’s name is words, whatever it begins with and hides', () => {
    const table: FigureTable = {
      id: 'givers',
      columns: ['given', 'paid', 'won'],
      rows: [
        { key: 'A', name: '=HYPERLINK("http://x")', cells: [9, 6, 300_000] },
        { key: 'B', name: '천사\u202e본부\u0000', cells: [7, 5, 100_000] },
      ],
    }
    const lines = csvOf(table)
    expect(lines[1]).toBe('"\'=HYPERLINK(""http://x"")",9,6,300000')
    expect(lines[2]).toBe('천사본부,7,5,100000')
    expect(new TextDecoder('latin1').decode(renderXlsx(figureSheet(table, about)))).not.toContain('<f>')
  })

  test('[CO9] its rows say what the installation calls them now; what is nobody’s to rename stays', () => {
    const named = (set: string, code: string) =>
      set === 'need_domain' && code === 'health' ? { ko: '=몸과 마음의 건강', en: 'Body and mind' } : undefined
    const table: FigureTable = {
      id: 'needs',
      columns: ['cases'],
      rows: [
        { key: 'health', cells: [9] },
        { key: 'safety', cells: [5] },
        { key: 'total', cells: [14], isTotal: true },
      ],
    }
    const bytes = renderCsv(figureSheet(table, { ...about, named }))
    const lines = new TextDecoder().decode(bytes).split('\r\n')
    expect(lines.slice(1, 4)).toEqual(["'=몸과 마음의 건강,9", '안전,5', '계,14'])
  })

  test('[FG6] what is hidden is told from what there is none of, and the definition is there word for word', () => {
    const lines = csvOf({
      id: 'plans',
      columns: ['planned', 'daysToPlan'],
      rows: [
        { key: '2026-1', cells: [0, null] },
        { key: '2026-2', cells: [null, null] },
        { key: '2026-3', cells: [8, 21] },
      ],
    })
    expect(lines.slice(1, 4)).toEqual(['2026-1,0,', '2026-2,비공개,비공개', '2026-3,8,21'])
    expect(lines.slice(4).join(' ').replaceAll('"', '')).toContain(FIGURES.plans.definition.ko)
  })
})
