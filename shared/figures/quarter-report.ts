/**
 * What the report for everybody says in sentences, out of its tables alone (FIGURES.md FG8): a number that a table hides is in none, and nothing is
 * called the most where something is hidden that may be more.
 */
import type { Label } from '../codes.ts'
import { type CodeNames, type FigureId, rowLabel } from './figure-codes.ts'
import type { Cell, FigureRow, FigureTable } from './figure-table.ts'

type Language = keyof Label

/** @param tables of `quarterFigures` */
export function reportSentences(
  tables: readonly FigureTable[],
  quarter: string,
  language: Language,
  named?: CodeNames,
): string[] {
  const rowsOf = (id: FigureId) => tables.find(table => table.id === id)?.rows ?? []
  const [year = '', which = ''] = quarter.split('-')
  const span = language === 'ko' ? `${year}년 ${which}분기` : `quarter ${which} of ${year}`
  return [
    ...rowsOf('quarter_meetings').flatMap(({ isTotal, cells }) =>
      isTotal ? meetingSentences(cells, span, language) : [],
    ),
    ...mostSentence(rowsOf('quarter_routes'), language),
    ...outcomeSentence(rowsOf('quarter_outcomes'), language, named),
    ...helpSentence(rowsOf('quarter_sectors'), language),
  ]
}

function meetingSentences(cells: readonly Cell[], span: string, language: Language): string[] {
  const [held = null, items = null, agencies = null] = cells
  if (held === 0) {
    return [language === 'ko' ? `${span}에 마친 사례회의는 없습니다.` : `No case conference was closed in ${span}.`]
  }
  const said = [
    language === 'ko'
      ? `${span}에 사례회의를 ${held === null ? '' : `${held}번 `}열었습니다.`
      : `${held === null ? 'Case conferences were' : `${held} case conferences were`} held in ${span}.`,
  ]
  if (items) {
    said.push(
      language === 'ko' ? `모두 ${items}건의 안건을 함께 의논했습니다.` : `${items} items were discussed in them.`,
    )
  }
  if (agencies) {
    said.push(language === 'ko' ? `${agencies}개 기관이 참여했습니다.` : `${agencies} agencies took part.`)
  }
  return said
}

function mostSentence(rows: readonly FigureRow[], language: Language): string[] {
  const known = rows.flatMap(({ key, cells: [cell = null] }) => (cell === null ? [] : [{ key, cell }]))
  const most = known.reduce((top, one) => (one.cell > top.cell ? one : top), { key: '', cell: 0 })
  const isSole = known.filter(({ cell }) => cell === most.cell).length === 1
  const label = rowLabel('quarter_routes', most.key)
  if (known.length < rows.length || !isSole || label === undefined || most.key === 'other') return []
  const all = known.reduce((sum, { cell }) => sum + cell, 0)
  return [
    language === 'ko'
      ? `새로 찾은 ${all}가구 가운데 ${most.cell}가구가 ‘${label.ko}’에 해당합니다.`
      : `Of ${all} households newly found, ${most.cell} came by: ${label.en}.`,
  ]
}

function outcomeSentence(rows: readonly FigureRow[], language: Language, named?: CodeNames): string[] {
  const told = rows.flatMap(({ key, cells: [cell = null] }) => {
    const label = rowLabel('quarter_outcomes', key, named)
    if (!cell || label === undefined) return []
    return [language === 'ko' ? `${label.ko} ${cell}가구` : `${label.en} (${cell} households)`]
  })
  if (told.length === 0) return []
  return [language === 'ko' ? `회의에서 정한 것은 ${told.join(', ')}입니다.` : `Decided: ${told.join(', ')}.`]
}

function helpSentence(rows: readonly FigureRow[], language: Language): string[] {
  const [first, second] = rows.map(({ cells: [given = null] }) => given)
  if (!first || !second) return []
  return [
    language === 'ko'
      ? `회의에서 약속한 일 가운데 공공기관이 ${first}건, 민간기관이 ${second}건을 해냈습니다.`
      : `Of what was promised, public agencies did ${first} and private agencies ${second}.`,
  ]
}
