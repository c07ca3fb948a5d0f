/**
 * A list as rows of text, whatever it came as (SPEC IM1–IM5): told by its bytes, never by its name. Resident numbers are masked before a row leaves here, so nothing
 * after this line has ever held one.
 */
import { residentNumberIn } from '../../shared/identifiers/resident-number.ts'
import { IMPORT_ROWS_MAX } from '../../shared/protocol/imports.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { createBreath } from './breath.ts'
import { DelimitedRows } from './delimited.ts'
import { encodingOf, type TextEncoding, textOf } from './text-of-bytes.ts'
import { workbookRows } from './workbook.ts'

export interface ListHead {
  kind: 'delimited' | 'workbook'
  encoding: TextEncoding | null
}

export interface ReadRow {
  cells: string[]
  masked: number
}

/** What the list is. @throws Refusal for what is no list */
export function listHead(bytes: Buffer): ListHead {
  if (bytes.length === 0) throw new Refusal('bad-request', 'import-empty')
  const head = bytes.subarray(0, 8)
  if (head.length >= 4 && head.readUInt32LE(0) === ZIP_SIGNATURE) return { kind: 'workbook', encoding: null }
  // The older binary format of Excel, and any workbook with a password.
  if (head.equals(OLE_SIGNATURE)) throw new Refusal('bad-content-type', 'import-old-excel')
  if (OTHER_KINDS.some(start => head.subarray(0, start.length).equals(start))) {
    throw new Refusal('bad-content-type', 'import-kind')
  }
  return { kind: 'delimited', encoding: encodingOf(bytes).encoding }
}

const ZIP_SIGNATURE = 0x04034b50
const OLE_SIGNATURE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
/** PDF, PNG, JPEG, GIF, an empty archive. */
const OTHER_KINDS = ['25504446', '89504e47', 'ffd8ff', '47494638', '504b0506'].map(start => Buffer.from(start, 'hex'))

/** The rows, masked, empty ones as empty lists so that their numbers stay those of the file. @throws Refusal */
export async function* listRows(bytes: Buffer): AsyncGenerator<ReadRow> {
  const { kind } = listHead(bytes)
  let rows = 0
  const breath = createBreath()
  for await (const cells of kind === 'workbook' ? workbookRows(bytes) : textRows(bytes)) {
    rows += 1
    if (rows > IMPORT_ROWS_MAX) throw new Refusal('too-large', 'import-rows')
    yield maskedRow(cells)
    const wait = breath.giveWay()
    if (wait !== undefined) await wait
  }
}

function* textRows(bytes: Buffer): Generator<string[]> {
  let reader: DelimitedRows | undefined
  for (const piece of textOf(bytes)) {
    reader ??= new DelimitedRows(piece)
    yield* reader.take(piece)
  }
  if (reader !== undefined) yield* reader.end()
}

function maskedRow(cells: readonly string[]): ReadRow {
  let masked = 0
  const shown = cells.map(cell => {
    const one = residentNumberIn(plainCell(cell))
    masked += one.masked
    return one.text
  })
  while (shown.at(-1) === '') shown.pop()
  return { cells: shown, masked }
}

/** One line of text: composed, without what nobody sees, line ends as spaces. `="010…"` is how programs keep a zero in front. */
function plainCell(cell: string): string {
  const text = cell
    .normalize('NFC')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: leaving them out is the point
    .replace(/[\u0000-\u001f\u007f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]+/g, ' ')
    .trim()
  return /^="[^"]*"$/.test(text) ? text.slice(2, -1).trim() : text
}
