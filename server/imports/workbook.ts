/**
 * The rows of a workbook's first sheet (ECMA-376 part 1, §18.3). Read as a stream and by hand: no formula is reckoned (what the program last showed
 * counts), no link followed, no entity of a document type known. A workbook with macros is refused whole (SPEC IM3).
 */
import { Refusal } from '../../shared/protocol/refusals.ts'
import { COLUMNS_MAX } from './delimited.ts'
import { broken, unpacked, type ZipEntry, zipEntries } from './zip-entries.ts'

/** Unpacked. 43,000 rows of twelve columns are some 40 MB of sheet. */
const SHEET_BYTES_MAX = 192 * 1024 * 1024
const STRINGS_BYTES_MAX = 96 * 1024 * 1024
const PARTS_BYTES_MAX = 1024 * 1024
const STRINGS_MAX = 1_000_000
/** No row of a list is longer; what is, never ends. */
const PENDING_CHARACTERS_MAX = 4 * 1024 * 1024

export async function* workbookRows(bytes: Buffer): AsyncGenerator<string[]> {
  const entries = zipEntries(bytes)
  for (const name of entries.keys()) {
    if (/vbaproject|macrosheets\//i.test(name)) throw new Refusal('bad-content-type', 'import-macros')
  }
  const sheet = await firstSheet(bytes, entries)
  const strings = await sharedStrings(bytes, entries.get('xl/sharedStrings.xml'))
  let next = 1
  for await (const row of elements(bytes, sheet, 'row', SHEET_BYTES_MAX)) {
    const number = Number(attribute(row.head, 'r') ?? next)
    // Empty rows are left out of a sheet; their numbers count all the same.
    if (!Number.isSafeInteger(number) || number < next || number > 1_048_576) throw broken()
    for (; next < number && next < GAP_MAX; next++) yield []
    next = number + 1
    yield cellsOf(row.body, strings)
  }
}

/** A sheet whose rows begin further down than that is no list. */
const GAP_MAX = 60_000

async function firstSheet(bytes: Buffer, entries: ReadonlyMap<string, ZipEntry>): Promise<ZipEntry> {
  const types = entries.get('[Content_Types].xml')
  const book = entries.get('xl/workbook.xml')
  const links = entries.get('xl/_rels/workbook.xml.rels')
  if (types === undefined || book === undefined) throw new Refusal('bad-content-type', 'import-kind')
  if (/macroEnabled/i.test(await whole(bytes, types))) throw new Refusal('bad-content-type', 'import-macros')
  const first = /<(?:\w+:)?sheet\b[^>]*>/.exec(await whole(bytes, book))?.[0] ?? ''
  const id = attribute(first, 'r:id')
  const link = links === undefined ? '' : await whole(bytes, links)
  const target = [...link.matchAll(/<(?:\w+:)?Relationship\b[^>]*>/g)]
    .map(([one]) => one)
    .find(one => id !== undefined && attribute(one, 'Id') === id)
  const path = (target && attribute(target, 'Target')) ?? 'worksheets/sheet1.xml'
  const sheet = entries.get(path.startsWith('/') ? path.slice(1) : `xl/${path}`)
  if (sheet === undefined) throw broken()
  return sheet
}

async function whole(bytes: Buffer, entry: ZipEntry): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of unpacked(bytes, entry, PARTS_BYTES_MAX)) pieces.push(piece)
  return Buffer.concat(pieces).toString('utf8')
}

async function sharedStrings(bytes: Buffer, entry: ZipEntry | undefined): Promise<string[]> {
  const strings: string[] = []
  if (entry === undefined) return strings
  for await (const { body } of elements(bytes, entry, 'si', STRINGS_BYTES_MAX)) {
    strings.push(textOf(body))
    if (strings.length > STRINGS_MAX) throw new Refusal('too-large', 'import-unpacked')
  }
  return strings
}

interface Element {
  /** The opening tag. */
  head: string
  body: string
}

/** The elements of one name, in order, out of a stream. @throws Refusal when one never ends */
async function* elements(bytes: Buffer, entry: ZipEntry, name: string, maxBytes: number): AsyncGenerator<Element> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let pending = ''
  const pieces = unpacked(bytes, entry, maxBytes)
  for (;;) {
    const { value, done } = await pieces.next()
    try {
      pending += done ? decoder.decode() : decoder.decode(value, { stream: true })
    } catch (cause) {
      throw broken(cause)
    }
    const { found, rest } = cut(pending, name)
    yield* found
    pending = rest
    if (pending.length > PENDING_CHARACTERS_MAX) throw broken()
    if (done) {
      if (new RegExp(`<${name}[\\s>]`).test(pending)) throw broken()
      return
    }
  }
}

function cut(text: string, name: string): { found: Element[]; rest: string } {
  const found: Element[] = []
  const open = `<${name}`
  const close = `</${name}>`
  let place = 0
  for (;;) {
    const from = text.indexOf(open, place)
    if (from < 0) return { found, rest: text.slice(Math.max(place, text.length - open.length)) }
    const after = text.charAt(from + open.length)
    if (after !== '' && !/[\s>/]/.test(after)) {
      place = from + open.length
      continue
    }
    const headEnd = text.indexOf('>', from)
    if (headEnd < 0) return { found, rest: text.slice(from) }
    const head = text.slice(from, headEnd + 1)
    if (head.endsWith('/>')) {
      found.push({ head, body: '' })
      place = headEnd + 1
      continue
    }
    const end = text.indexOf(close, headEnd)
    if (end < 0) return { found, rest: text.slice(from) }
    found.push({ head, body: text.slice(headEnd + 1, end) })
    place = end + close.length
  }
}

function cellsOf(row: string, strings: readonly string[]): string[] {
  const cells: string[] = []
  for (const { head, body } of cut(row, 'c').found) {
    const place = columnOf(attribute(head, 'r')) ?? cells.length
    if (place >= COLUMNS_MAX) {
      // Beyond the last column only what is written counts: styled empty cells go on for ever.
      if (body === '') continue
      throw new Refusal('too-large', 'import-columns')
    }
    while (cells.length < place) cells.push('')
    cells[place] = cellText(head, body, strings)
  }
  return cells
}

function cellText(head: string, body: string, strings: readonly string[]): string {
  const kind = attribute(head, 't')
  if (kind === 'inlineStr') return textOf(body)
  const value = cut(body, 'v').found[0]?.body
  if (value === undefined || kind === 'e') return ''
  if (kind === 's') {
    const string = strings[Number(value)]
    if (string === undefined) throw broken()
    return string
  }
  if (kind === 'b') return value === '1' ? 'TRUE' : 'FALSE'
  return kind === undefined || kind === 'n' ? plainNumber(value) : unescaped(value)
}

/** A long figure is stored as `1.0123456789E10`. */
function plainNumber(value: string): string {
  const number = Number(value)
  return /e/i.test(value) && Number.isSafeInteger(number) ? String(number) : unescaped(value)
}

/** `C7` is column 2, counted from 0. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = reference === undefined ? undefined : /^[A-Z]{1,3}/.exec(reference)?.[0]
  if (letters === undefined) return undefined
  let column = 0
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}

/** All `<t>` of a string, without the reading aids (`rPh`) that some programs add. */
function textOf(body: string): string {
  const spoken = body.includes('<rPh') ? new Set(cut(body, 'rPh').found.map(one => one.body)) : undefined
  const skipped = spoken === undefined ? 0 : [...spoken].flatMap(one => cut(one, 't').found).length
  const all = cut(body, 't').found
  return all
    .slice(0, all.length - skipped)
    .map(one => unescaped(one.body))
    .join('')
}

type AttributeName = 'r' | 't' | 'r:id' | 'Id' | 'Target'

/** Made once: two of them are asked of every cell. */
const ATTRIBUTES: Record<AttributeName, RegExp> = {
  r: /\sr\s*=\s*(?:"([^"]*)"|'([^']*)')/,
  t: /\st\s*=\s*(?:"([^"]*)"|'([^']*)')/,
  'r:id': /\sr:id\s*=\s*(?:"([^"]*)"|'([^']*)')/,
  Id: /\sId\s*=\s*(?:"([^"]*)"|'([^']*)')/,
  Target: /\sTarget\s*=\s*(?:"([^"]*)"|'([^']*)')/,
}

function attribute(head: string, name: AttributeName): string | undefined {
  const match = ATTRIBUTES[name].exec(head)
  return match?.[1] ?? match?.[2]
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescaped(text: string): string {
  if (!text.includes('&') && !text.includes('_x')) return text
  return text
    .replace(
      /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w{2,4}));/g,
      (whole, hex?: string, decimal?: string, name?: string) => {
        if (name !== undefined) return ENTITIES[name] ?? whole
        const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
        return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
      },
    )
    .replace(/_x([0-9a-fA-F]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
