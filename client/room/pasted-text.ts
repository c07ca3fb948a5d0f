/**
 * What is done to pasted HTML before the editor reads it: tables (Excel, Hancom's word processor) become lines of text, one per row, cells
 * separated by ` | `; images are left out. Works on the text of the HTML, without a DOM, so that it can be tested alone; the editor's own
 * parser, which knows only our few nodes and marks, still reads the result.
 */
export interface PastedHtml {
  html: string
  /** Rows that became lines. */
  rows: number
  images: number
}

/** A tag, a comment, or a run of text. Attribute values may hold `>` inside quotes. */
const PIECES = /<!--[\s\S]*?-->|<\/?([a-zA-Z][a-zA-Z0-9:]*)((?:"[^"]*"|'[^']*'|[^'">])*)>|[^<]+|</g
/** Elements whose text is not words. */
const SILENT = new Set(['style', 'script', 'head', 'title', 'xml'])

export function readPastedHtml(html: string): PastedHtml {
  let out = ''
  let rows = 0
  let images = 0
  /** Depth of nested tables; the text of inner ones belongs to the cell of the outermost. */
  let depth = 0
  let silent: string | null = null
  let row: string[] | null = null
  let cell: string | null = null

  const endCell = () => {
    if (cell !== null) row?.push(cell.replace(/(?:\s|&nbsp;|&#160;)+/g, ' ').trim())
    cell = null
  }
  const endRow = () => {
    endCell()
    if (row?.some(text => text !== '')) {
      out += `<p>${row.join(' | ')}</p>`
      rows += 1
    }
    row = null
  }

  for (const [piece, name = ''] of html.matchAll(PIECES)) {
    const tag = name.toLowerCase()
    const closes = piece.startsWith('</')
    if (silent !== null) {
      if (closes && tag === silent) silent = null
      continue
    }
    if (!closes && SILENT.has(tag) && !piece.endsWith('/>')) {
      silent = tag
      continue
    }
    if (tag === 'img' || tag === 'v:imagedata' || tag === 'picture' || tag === 'svg') {
      if (!closes && tag !== 'picture') images += 1
      continue
    }
    if (tag === 'table') {
      if (!closes) depth += 1
      else if (depth > 0) {
        depth -= 1
        if (depth === 0) endRow()
      }
      continue
    }
    if (depth === 0) {
      out += piece
      continue
    }
    if (depth === 1 && tag === 'tr') {
      endRow()
      if (!closes) row = []
      continue
    }
    if (depth === 1 && (tag === 'td' || tag === 'th')) {
      endCell()
      if (!closes) cell = ''
      row ??= []
      continue
    }
    if (cell === null) continue
    // Inside a cell only the words count; what would break the line becomes a space.
    if (tag === '' && !piece.startsWith('<!--')) cell += piece
    else if (tag === 'br' || tag === 'p' || tag === 'div' || tag === 'li' || tag === 'td' || tag === 'th') cell += ' '
  }
  endRow()
  return { html: out, rows, images }
}

/** Plain text whose lines have tabs comes from a sheet: cells separated by ` | `. */
export function readPastedText(text: string): { text: string; rows: number } {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n')
  const rows = lines.filter(line => line.includes('\t')).length
  if (rows === 0) return { text, rows }
  return {
    text: lines
      .map(line =>
        line
          .split('\t')
          .map(cell => cell.trim())
          .join(' | '),
      )
      .join('\n'),
    rows,
  }
}
