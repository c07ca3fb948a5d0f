/** A paper as lines of text, for pasting into another program: markers and steps to the right as spaces, no stamp. */
import { type Line, type Paper, wordsOf } from '../../../shared/exports/paper.ts'

export function renderText(paper: Paper): string {
  const written: string[] = [paper.title]
  if (paper.subtitle !== '') written.push(paper.subtitle)
  written.push('')
  for (const block of paper.blocks) {
    switch (block.kind) {
      case 'heading':
        written.push('', block.text)
        break
      case 'lines':
        written.push(...block.lines.map(lineWords))
        break
      case 'fields':
        for (const field of block.rows.flat()) {
          const [first = '', ...more] = field.lines.map(lineWords)
          written.push(`${field.label}: ${first}`, ...more)
        }
        break
      case 'table':
        written.push(block.columns.map(column => column.label).join('\t'))
        for (const row of block.rows) written.push(row.map(cell => cell.map(lineWords).join(' ')).join('\t'))
        break
    }
  }
  return `${written.join('\r\n').trim()}\r\n`
}

export function lineWords(line: Line): string {
  const step = '  '.repeat(line.indent)
  return `${step}${line.marker === undefined ? '' : `${line.marker} `}${wordsOf(line)}`
}
