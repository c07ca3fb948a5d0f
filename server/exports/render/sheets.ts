/**
 * Lists as CSV (RFC 4180) and XLSX (ECMA-376). Every cell is text or a whole number, never a formula: in CSV a text that a spreadsheet
 * would compute begins with an apostrophe (SECURITY R23, ASVS 1.2.10), in XLSX each text is stored as text.
 */
import { strToU8, zipSync } from 'fflate'
import { element, escaped, XML_HEAD } from './markup.ts'

export type SheetCell = string | number | null

export interface Sheet {
  name: string
  columns: readonly { label: string; width: number }[]
  rows: readonly (readonly SheetCell[])[]
  /** Sentences about the list, each in a row of its own under it, as long as they are. */
  notes?: readonly string[]
  /** In a row of its own at the end. */
  stamp: string
}

/** Also the full-width forms, which some spreadsheets take for the plain ones. */
const COMPUTED = /^\s*[=+\-@\t\r＝＋－＠]/

export function renderCsv(sheet: Sheet): Uint8Array {
  const rows = [sheet.columns.map(column => column.label), ...sheet.rows, ...underneath(sheet)]
  // The mark at the start tells Excel that it is UTF-8; without it Korean is unreadable there.
  return strToU8(`\ufeff${rows.map(row => row.map(csvCell).join(',')).join('\r\n')}\r\n`)
}

const underneath = ({ notes = [], stamp }: Sheet): SheetCell[][] => [
  ...(notes.length === 0 ? [] : [[], ...notes.map(note => [note])]),
  [],
  [stamp],
]

function csvCell(value: SheetCell): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = COMPUTED.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
/** What a cell of a spreadsheet holds. */
const MAX_CELL_LETTERS = 32_767

export function renderXlsx(sheet: Sheet): Uint8Array {
  const files: Record<string, string> = {
    '[Content_Types].xml':
      XML_HEAD +
      element(
        'Types',
        { xmlns: `${PACKAGE}/content-types` },
        element('Default', {
          Extension: 'rels',
          ContentType: 'application/vnd.openxmlformats-package.relationships+xml',
        }),
        element('Default', { Extension: 'xml', ContentType: 'application/xml' }),
        element('Override', { PartName: '/xl/workbook.xml', ContentType: `${TYPE}.sheet.main+xml` }),
        element('Override', { PartName: '/xl/worksheets/sheet1.xml', ContentType: `${TYPE}.worksheet+xml` }),
        element('Override', { PartName: '/xl/styles.xml', ContentType: `${TYPE}.styles+xml` }),
      ),
    '_rels/.rels': relations([['officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml':
      XML_HEAD +
      element(
        'workbook',
        { xmlns: MAIN, 'xmlns:r': OFFICE },
        element('sheets', {}, element('sheet', { name: sheetName(sheet.name), sheetId: 1, 'r:id': 'rId1' })),
      ),
    'xl/_rels/workbook.xml.rels': relations([
      ['worksheet', 'worksheets/sheet1.xml'],
      ['styles', 'styles.xml'],
    ]),
    'xl/styles.xml': STYLES,
    'xl/worksheets/sheet1.xml': worksheetOf(sheet),
  }
  const packed = Object.fromEntries(Object.entries(files).map(([path, xml]) => [path, strToU8(xml)]))
  return zipSync(packed, { mtime: new Date(Date.UTC(2026, 0, 1)) })
}

function relations(of: readonly (readonly [kind: string, target: string])[]): string {
  return (
    XML_HEAD +
    element(
      'Relationships',
      { xmlns: `${PACKAGE}/relationships` },
      ...of.map(([kind, Target], at) =>
        element('Relationship', { Id: `rId${at + 1}`, Type: `${OFFICE}/${kind}`, Target }),
      ),
    )
  )
}

/** Letters that a sheet's name may not have, and its greatest length. */
const sheetName = (name: string) => name.replace(/[\\/?*[\]:']/g, ' ').slice(0, 31) || '목록'

const HEAD_STYLE = 1
const TEXT_STYLE = 2
const MONEY_STYLE = 3

/** Plain, head, wrapped text, number with thousands. */
const STYLES =
  XML_HEAD +
  element(
    'styleSheet',
    { xmlns: MAIN },
    element(
      'fonts',
      { count: 2 },
      element('font', {}, element('sz', { val: 10 }), element('name', { val: '맑은 고딕' })),
      element('font', {}, element('b'), element('sz', { val: 10 }), element('name', { val: '맑은 고딕' })),
    ),
    element(
      'fills',
      { count: 3 },
      element('fill', {}, element('patternFill', { patternType: 'none' })),
      element('fill', {}, element('patternFill', { patternType: 'gray125' })),
      element('fill', {}, element('patternFill', { patternType: 'solid' }, element('fgColor', { rgb: 'FFEEF1F5' }))),
    ),
    element(
      'borders',
      { count: 1 },
      element('border', {}, element('left'), element('right'), element('top'), element('bottom'), element('diagonal')),
    ),
    element('cellStyleXfs', { count: 1 }, element('xf', { numFmtId: 0, fontId: 0, fillId: 0, borderId: 0 })),
    element(
      'cellXfs',
      { count: 4 },
      element('xf', { numFmtId: 0, fontId: 0, fillId: 0, borderId: 0, xfId: 0 }),
      element('xf', { numFmtId: 49, fontId: 1, fillId: 2, borderId: 0, xfId: 0, applyFont: 1, applyFill: 1 }),
      element(
        'xf',
        { numFmtId: 49, fontId: 0, fillId: 0, borderId: 0, xfId: 0, applyNumberFormat: 1, applyAlignment: 1 },
        element('alignment', { vertical: 'top', wrapText: 1 }),
      ),
      element('xf', { numFmtId: 3, fontId: 0, fillId: 0, borderId: 0, xfId: 0, applyNumberFormat: 1 }),
    ),
    element('cellStyles', { count: 1 }, element('cellStyle', { name: 'Normal', xfId: 0, builtinId: 0 })),
  )

function worksheetOf(sheet: Sheet): string {
  const { columns, rows } = sheet
  const all: { cells: readonly SheetCell[]; style: number }[] = [
    { cells: columns.map(column => column.label), style: HEAD_STYLE },
    ...rows.map(cells => ({ cells, style: TEXT_STYLE })),
    // Not wrapped: it goes on over the empty cells beside it.
    ...underneath(sheet).map(cells => ({ cells, style: 0 })),
  ]
  return (
    XML_HEAD +
    element(
      'worksheet',
      { xmlns: MAIN },
      element('sheetPr', {}, element('pageSetUpPr', { fitToPage: 1 })),
      element(
        'sheetViews',
        {},
        element(
          'sheetView',
          { workbookViewId: 0 },
          element('pane', { ySplit: 1, topLeftCell: 'A2', activePane: 'bottomLeft', state: 'frozen' }),
        ),
      ),
      element(
        'cols',
        {},
        ...columns.map(({ width }, at) => element('col', { min: at + 1, max: at + 1, width, customWidth: 1 })),
      ),
      element(
        'sheetData',
        {},
        ...all.map(({ cells, style }, at) =>
          element(
            'row',
            { r: at + 1 },
            ...cells.map((value, column) => cellOf(value, `${letterOf(column)}${at + 1}`, style)),
          ),
        ),
      ),
      // On paper a list is as wide as one sheet, and as long as it is.
      element('pageSetup', {
        paperSize: A4,
        orientation: columns.length > MOST_UPRIGHT ? 'landscape' : 'portrait',
        fitToHeight: 0,
      }),
    )
  )
}

function cellOf(value: SheetCell, r: string, s: number): string {
  if (value === null || value === '') return element('c', { r, s })
  if (typeof value === 'number') return element('c', { r, s: MONEY_STYLE }, element('v', {}, String(value)))
  const words = value.length > MAX_CELL_LETTERS ? `${[...value.slice(0, MAX_CELL_LETTERS - 2)].join('')}…` : value
  return element(
    'c',
    { r, s, t: 'inlineStr' },
    element('is', {}, element('t', { 'xml:space': 'preserve' }, escaped(words))),
  )
}

/** In the table of paper sizes of ECMA-376, 18.3.1.63. */
const A4 = 9
/** Columns that can be read on a sheet that stands upright. */
const MOST_UPRIGHT = 7

/** Lists here have fewer than 26 columns. */
const letterOf = (column: number) => String.fromCharCode(65 + column)
