/**
 * Rows out of a delimited text (RFC 4180, and what programs make of it): commas, tabs, semicolons or bars, told by the first lines; cells in quotes with
 * doubled quotes and line ends in them; CR, LF and both. One pass, piece by piece; a cell has a limit, so a quote that never ends costs no more than that.
 */
import { Refusal } from '../../shared/protocol/refusals.ts'

/** Far beyond any note of a list: a longer one is a quote that was never closed. */
export const CELL_CHARACTERS_MAX = 10_000
export const COLUMNS_MAX = 100

const DELIMITERS = [',', '\t', ';', '|'] as const

export class DelimitedRows {
  readonly #delimiter: string
  #cells: string[] = []
  #cell = ''
  /** Inside quotes; just after what may be the closing one; or plain. */
  #state: 'plain' | 'quoted' | 'closing' = 'plain'
  #afterReturn = false
  #rows = 0

  /** @param head the beginning of the text, by which the delimiter is told */
  constructor(head: string) {
    this.#delimiter = delimiterOf(head)
  }

  /** The rows that are complete with this piece. @throws Refusal for a cell or a row that never ends */
  *take(piece: string): Generator<string[]> {
    let from = 0
    for (let place = 0; place < piece.length; place++) {
      const character = piece.charAt(place)
      if (this.#state === 'quoted') {
        if (character !== '"') continue
        this.#add(piece.slice(from, place))
        from = place + 1
        this.#state = 'closing'
        continue
      }
      if (this.#state === 'closing') {
        if (character === '"') {
          // Doubled: one quote of the text.
          this.#add('"')
          from = place + 1
          this.#state = 'quoted'
          continue
        }
        this.#state = 'plain'
        from = place
      }
      const isReturn = character === '\r'
      if (character === '\n' && this.#afterReturn && place === from) {
        // The second half of one line end.
        from = place + 1
        this.#afterReturn = false
        continue
      }
      this.#afterReturn = false
      if (character === this.#delimiter) {
        this.#add(piece.slice(from, place))
        this.#endCell()
        from = place + 1
      } else if (character === '\n' || isReturn) {
        this.#add(piece.slice(from, place))
        from = place + 1
        this.#afterReturn = isReturn
        yield this.#endRow()
      } else if (character === '"' && this.#cell.trim() === '' && piece.slice(from, place).trim() === '') {
        this.#cell = ''
        from = place + 1
        this.#state = 'quoted'
      }
    }
    this.#add(piece.slice(from))
  }

  /** The last row, when no line end follows it. @throws Refusal for a quote that was never closed */
  *end(): Generator<string[]> {
    if (this.#state === 'quoted') throw this.#neverClosed()
    if (this.#cells.length > 0 || this.#cell !== '') yield this.#endRow()
  }

  #add(text: string): void {
    if (text === '') return
    this.#cell += text
    if (this.#cell.length > CELL_CHARACTERS_MAX) throw this.#neverClosed()
  }

  #endCell(): void {
    this.#cells.push(this.#cell)
    this.#cell = ''
    if (this.#cells.length > COLUMNS_MAX) throw new Refusal('too-large', 'import-columns')
  }

  #endRow(): string[] {
    this.#endCell()
    const cells = this.#cells
    this.#cells = []
    this.#state = 'plain'
    this.#rows += 1
    return cells
  }

  #neverClosed(): Refusal {
    return new Refusal('bad-content-type', `import-quote ${this.#rows + 1}`)
  }
}

/** That which stands most often in the first lines, outside quotes; a comma where none does. */
function delimiterOf(head: string): string {
  const counts = new Map<string, number>(DELIMITERS.map(delimiter => [delimiter, 0]))
  let isQuoted = false
  for (const character of head.slice(0, 4_096)) {
    if (character === '"') isQuoted = !isQuoted
    else if (!isQuoted && counts.has(character)) counts.set(character, (counts.get(character) ?? 0) + 1)
  }
  let best: string = ','
  for (const [delimiter, count] of counts) if (count > (counts.get(best) ?? 0)) best = delimiter
  return best
}
