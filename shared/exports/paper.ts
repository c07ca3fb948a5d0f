/**
 * A paper before it is ink: what stands on a form, in order, without saying how any program writes it. Each form is built once as this and
 * then printed, or written as PDF, HWPX or DOCX, so that all of them say the same. Plain data: it crosses to a worker and to the browser.
 * Every text in it has passed `printable` (`server/exports/printable.ts`).
 */

/** A stretch of words that looks alike. Never a link: an address stands on paper as words. */
export interface Run {
  readonly text: string
  readonly bold?: true
  readonly italic?: true
  readonly underline?: true
  readonly strike?: true
}

export type LineLook = 'body' | 'strong' | 'small' | 'quote'

/** One paragraph. */
export interface Line {
  readonly runs: readonly Run[]
  readonly look: LineLook
  /** Steps to the right, 0 to 6. */
  readonly indent: number
  /** What stands before it: `•`, `3.`, `○`. */
  readonly marker?: string
  readonly align?: 'center' | 'right'
}

/** A label and what is written beside it. */
export interface PaperField {
  readonly label: string
  readonly lines: readonly Line[]
}

export interface Column {
  readonly label: string
  /** Hundredths of the width; those of a table are 100 together. */
  readonly share: number
  readonly align?: 'center' | 'right'
}

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'lines'; readonly lines: readonly Line[] }
  /** Rows of one or two labelled boxes, as the head of a form has them. */
  | { readonly kind: 'fields'; readonly rows: readonly (readonly PaperField[])[] }
  /** Its head is repeated on each page. Rows of a `tall` table leave room for a signature. */
  | {
      readonly kind: 'table'
      readonly columns: readonly Column[]
      readonly rows: readonly (readonly (readonly Line[])[])[]
      readonly tall?: true
    }

export interface Paper {
  readonly title: string
  /** A line under the title: the meeting's own name. */
  readonly subtitle: string
  /** Boxes of who approves (결재란), from left to right; none on papers that nobody approves. */
  readonly approval: readonly string[]
  readonly blocks: readonly Block[]
  /** At the foot of each page: who took it out, when, and the number of the record of that. */
  readonly stamp: string
}

/** The words of a line as they are read. */
export function wordsOf(line: Line): string {
  return line.runs.map(run => run.text).join('')
}

/** Every text of a paper in reading order, one line each: what an export must still say, whatever its format. */
export function textOfPaper(paper: Paper): string[] {
  const said: string[] = [paper.title]
  if (paper.subtitle !== '') said.push(paper.subtitle)
  said.push(...paper.approval)
  for (const block of paper.blocks) said.push(...textOfBlock(block))
  return said
}

function textOfBlock(block: Block): string[] {
  const written = (lines: readonly Line[]) =>
    lines.map(line => (line.marker === undefined ? wordsOf(line) : `${line.marker} ${wordsOf(line)}`))
  switch (block.kind) {
    case 'heading':
      return [block.text]
    case 'lines':
      return written(block.lines)
    case 'fields':
      return block.rows.flatMap(row => row.flatMap(field => [field.label, ...written(field.lines)]))
    case 'table':
      return [...block.columns.map(column => column.label), ...block.rows.flatMap(row => row.flatMap(written))]
  }
}
