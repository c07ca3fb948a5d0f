/**
 * A paper as DOCX (ECMA-376). Written as the few parts that the standard asks for: every relation leads to a part of the same file, and no
 * field but the page's own number is among them.
 */
import { strToU8, zipSync } from 'fflate'
import type { Block, Line, LineLook, Paper, Run } from '../../../shared/exports/paper.ts'
import { element, escaped, XML_HEAD } from './markup.ts'

/** A twentieth of a point. */
const perMm = (mm: number) => Math.round((mm / 25.4) * 1440)
const PAGE = {
  width: perMm(210),
  height: perMm(297),
  side: perMm(20),
  top: perMm(18),
  bottom: perMm(18),
  foot: perMm(9),
}
const WIDTH = PAGE.width - 2 * PAGE.side
const STEP = perMm(5)
const TALL_ROW = perMm(11)
const FACE = '맑은 고딕'
const BORDER = { 'w:val': 'single', 'w:sz': 4, 'w:space': 0, 'w:color': '444444' }
const LABEL_FILL = 'EEF1F5'

type Look = LineLook | 'title' | 'heading' | 'item' | 'label' | 'foot'
/** Half points. */
const LETTERS: Readonly<Record<Look, { size: number; bold?: true; colour?: string }>> = {
  title: { size: 34, bold: true },
  heading: { size: 23, bold: true },
  item: { size: 21, bold: true },
  label: { size: 19, bold: true },
  strong: { size: 19, bold: true },
  body: { size: 19 },
  quote: { size: 19, colour: '444444' },
  small: { size: 16, colour: '333333' },
  foot: { size: 14, colour: '555555' },
}

const HEADINGS = {
  1: { look: 'heading', before: 260 },
  2: { look: 'item', before: 200 },
  3: { look: 'label', before: 100 },
} as const

const NS = {
  'xmlns:w': 'http://schemas.openxmlformats.org/wordprocessingml/2006/main',
  'xmlns:r': 'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
} as const
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006'
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml'

export function renderDocx(paper: Paper): Uint8Array {
  const files: Record<string, string> = {
    '[Content_Types].xml': CONTENT_TYPES,
    '_rels/.rels': relations([
      ['officeDocument', 'word/document.xml', OFFICE],
      ['core-properties', 'docProps/core.xml', PACKAGE],
    ]),
    'docProps/core.xml': coreOf(paper.title),
    'word/document.xml': documentOf(paper),
    'word/_rels/document.xml.rels': relations([
      ['styles', 'styles.xml', OFFICE],
      ['footer', 'footer1.xml', OFFICE],
    ]),
    'word/styles.xml': STYLES,
    'word/footer1.xml': footerOf(paper.stamp),
  }
  const packed = Object.fromEntries(Object.entries(files).map(([path, xml]) => [path, strToU8(xml)]))
  return zipSync(packed, { mtime: new Date(Date.UTC(2026, 0, 1)) })
}

const CONTENT_TYPES =
  XML_HEAD +
  element(
    'Types',
    { xmlns: `${PACKAGE}/content-types` },
    element('Default', { Extension: 'rels', ContentType: 'application/vnd.openxmlformats-package.relationships+xml' }),
    element('Default', { Extension: 'xml', ContentType: 'application/xml' }),
    element('Override', { PartName: '/word/document.xml', ContentType: `${WORD}.document.main+xml` }),
    element('Override', { PartName: '/word/styles.xml', ContentType: `${WORD}.styles+xml` }),
    element('Override', { PartName: '/word/footer1.xml', ContentType: `${WORD}.footer+xml` }),
    element('Override', {
      PartName: '/docProps/core.xml',
      ContentType: 'application/vnd.openxmlformats-package.core-properties+xml',
    }),
  )

function relations(of: readonly (readonly [kind: string, target: string, base: string])[]): string {
  return (
    XML_HEAD +
    element(
      'Relationships',
      { xmlns: `${PACKAGE}/relationships` },
      ...of.map(([kind, Target, base], at) =>
        element('Relationship', {
          Id: `rId${at + 1}`,
          Type: base === PACKAGE ? `${base}/relationships/metadata/${kind}` : `${base}/relationships/${kind}`,
          Target,
        }),
      ),
    )
  )
}

function coreOf(title: string): string {
  return (
    XML_HEAD +
    element(
      'cp:coreProperties',
      { 'xmlns:cp': `${PACKAGE}/metadata/core-properties`, 'xmlns:dc': 'http://purl.org/dc/elements/1.1/' },
      element('dc:title', {}, escaped(title)),
      element('dc:creator', {}, 'Dure'),
      element('dc:language', {}, 'ko-KR'),
    )
  )
}

const FONTS = element('w:rFonts', { 'w:ascii': FACE, 'w:hAnsi': FACE, 'w:eastAsia': FACE, 'w:cs': FACE })

const STYLES =
  XML_HEAD +
  element(
    'w:styles',
    NS,
    element(
      'w:docDefaults',
      {},
      element(
        'w:rPrDefault',
        {},
        element(
          'w:rPr',
          {},
          FONTS,
          element('w:sz', { 'w:val': LETTERS.body.size }),
          element('w:lang', { 'w:val': 'en-US', 'w:eastAsia': 'ko-KR' }),
        ),
      ),
      element(
        'w:pPrDefault',
        {},
        element(
          'w:pPr',
          {},
          element('w:spacing', { 'w:before': 0, 'w:after': 0, 'w:line': 300, 'w:lineRule': 'auto' }),
        ),
      ),
    ),
    element(
      'w:style',
      { 'w:type': 'paragraph', 'w:default': 1, 'w:styleId': 'Normal' },
      element('w:name', { 'w:val': 'Normal' }),
    ),
    // Names that screen readers and tables of contents know.
    ...(['Title', 'Heading1', 'Heading2', 'Heading3'] as const).map(id =>
      element(
        'w:style',
        { 'w:type': 'paragraph', 'w:styleId': id },
        element('w:name', { 'w:val': id === 'Title' ? 'Title' : id.replace('Heading', 'heading ') }),
        element('w:basedOn', { 'w:val': 'Normal' }),
        element('w:next', { 'w:val': 'Normal' }),
        ...(id === 'Title'
          ? []
          : [
              element(
                'w:pPr',
                {},
                element('w:keepNext'),
                element('w:outlineLvl', { 'w:val': Number(id.slice(-1)) - 1 }),
              ),
            ]),
      ),
    ),
  )

function footerOf(stamp: string): string {
  const number = (name: string) => element('w:fldSimple', { 'w:instr': ` ${name} ` }, run('1', 'foot'))
  return (
    XML_HEAD +
    element(
      'w:ftr',
      NS,
      element('w:p', {}, layout({ align: 'center' }), number('PAGE'), run(' / ', 'foot'), number('NUMPAGES')),
      element('w:p', {}, layout({ align: 'center' }), run(stamp, 'foot')),
    )
  )
}

function documentOf(paper: Paper): string {
  const body = [
    ...(paper.approval.length > 0 ? [approval(paper.approval)] : []),
    element(
      'w:p',
      {},
      layout({ style: 'Title', align: 'center', before: 160, after: paper.subtitle === '' ? 240 : 60 }),
      run(paper.title, 'title'),
    ),
    ...(paper.subtitle === ''
      ? []
      : [element('w:p', {}, layout({ align: 'center', after: 200 }), run(paper.subtitle, 'label'))]),
    ...paper.blocks.map(blockOf),
    element(
      'w:sectPr',
      {},
      element('w:footerReference', { 'w:type': 'default', 'r:id': 'rId2' }),
      element('w:pgSz', { 'w:w': PAGE.width, 'w:h': PAGE.height }),
      element('w:pgMar', {
        'w:top': PAGE.top,
        'w:right': PAGE.side,
        'w:bottom': PAGE.bottom,
        'w:left': PAGE.side,
        'w:header': PAGE.foot,
        'w:footer': PAGE.foot,
        'w:gutter': 0,
      }),
    ),
  ]
  return XML_HEAD + element('w:document', NS, element('w:body', {}, ...body))
}

function blockOf(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return element(
        'w:p',
        {},
        layout({ style: `Heading${block.level}`, before: HEADINGS[block.level].before, after: 60 }),
        run(block.text, HEADINGS[block.level].look),
      )
    case 'lines':
      return block.lines.map(line => lineOf(line)).join('')
    case 'fields': {
      const label = perMm(26)
      const half = Math.floor(WIDTH / 2)
      return table({
        widths: [label, half - label, label, half - label],
        rows: block.rows.map(row =>
          row.flatMap(field => [
            { lines: [labelLine(field.label)], width: label, label: true },
            row.length === 1
              ? { lines: field.lines, width: WIDTH - label, columns: 3 }
              : { lines: field.lines, width: half - label },
          ]),
        ),
      })
    }
    case 'table': {
      const widths = block.columns.map(({ share }) => Math.floor((WIDTH * share) / 100))
      const head = block.columns.map(({ label }, at) => ({
        lines: [labelLine(label)],
        width: widths[at] ?? 0,
        label: true,
      }))
      const rows = block.rows.map(row =>
        row.map((lines, at) => {
          const align = block.columns[at]?.align
          return {
            lines: align === undefined ? lines : lines.map(line => ({ ...line, align: line.align ?? align })),
            width: widths[at] ?? 0,
          }
        }),
      )
      return table({ widths, rows: [head, ...rows], hasHead: true, ...(block.tall && { leastHeight: TALL_ROW }) })
    }
  }
}

const labelLine = (words: string): Line => ({ runs: [{ text: words }], look: 'strong', indent: 0, align: 'center' })

function approval(boxes: readonly string[]): string {
  const side = perMm(9)
  const box = perMm(22)
  return table({
    widths: [side, ...boxes.map(() => box)],
    align: 'right',
    rows: [
      [
        { lines: [labelLine('결'), labelLine('재')], width: side, label: true, merge: 'restart' },
        ...boxes.map(name => ({ lines: [labelLine(name)], width: box, label: true })),
      ],
      [{ lines: [], width: side, label: true, merge: 'continue' }, ...boxes.map(() => ({ lines: [], width: box }))],
    ],
    leastHeight: perMm(13),
    hasLowHead: true,
  })
}

interface Cell {
  lines: readonly Line[]
  width: number
  label?: boolean
  columns?: number
  merge?: 'restart' | 'continue'
}

/** Followed by a small paragraph, without which two tables would become one. */
function table(of: {
  widths: readonly number[]
  rows: readonly (readonly Cell[])[]
  hasHead?: true
  hasLowHead?: true
  align?: 'right'
  leastHeight?: number
}): string {
  const sides = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV']
  return (
    element(
      'w:tbl',
      {},
      element(
        'w:tblPr',
        {},
        element('w:tblW', { 'w:w': of.widths.reduce((sum, width) => sum + width, 0), 'w:type': 'dxa' }),
        of.align ? element('w:jc', { 'w:val': of.align }) : '',
        element('w:tblBorders', {}, ...sides.map(side => element(`w:${side}`, BORDER))),
        element('w:tblLayout', { 'w:type': 'fixed' }),
        element(
          'w:tblCellMar',
          {},
          ...['top', 'left', 'bottom', 'right'].map(side =>
            element(`w:${side}`, { 'w:w': side === 'top' || side === 'bottom' ? 45 : 90, 'w:type': 'dxa' }),
          ),
        ),
      ),
      element('w:tblGrid', {}, ...of.widths.map(width => element('w:gridCol', { 'w:w': width }))),
      ...of.rows.map((row, at) => {
        const isHead = at === 0 && of.hasHead === true
        const isLow = isHead || (at === 0 && of.hasLowHead === true)
        const properties = [
          of.leastHeight !== undefined && !isLow
            ? element('w:trHeight', { 'w:val': of.leastHeight, 'w:hRule': 'atLeast' })
            : '',
          isHead ? element('w:tblHeader') : '',
        ].join('')
        return element('w:tr', {}, properties === '' ? '' : element('w:trPr', {}, properties), ...row.map(cellOf))
      }),
    ) + element('w:p', {}, layout({ lineHeight: 120 }))
  )
}

function cellOf({ lines, width, label, columns, merge }: Cell): string {
  return element(
    'w:tc',
    {},
    element(
      'w:tcPr',
      {},
      element('w:tcW', { 'w:w': width, 'w:type': 'dxa' }),
      columns === undefined ? '' : element('w:gridSpan', { 'w:val': columns }),
      merge === undefined ? '' : element('w:vMerge', { 'w:val': merge }),
      label ? element('w:shd', { 'w:val': 'clear', 'w:color': 'auto', 'w:fill': LABEL_FILL }) : '',
      element('w:vAlign', { 'w:val': 'center' }),
    ),
    ...(lines.length > 0 ? lines.map(line => lineOf(line, label)) : [element('w:p')]),
  )
}

function lineOf({ runs, look, indent, marker, align }: Line, label = false): string {
  const hang = marker === undefined ? 0 : 100 + marker.length * 130
  const letters: Look = label ? 'label' : look
  return element(
    'w:p',
    {},
    layout({ ...(align && { align }), left: indent * STEP + hang, hang }),
    ...(marker === undefined ? [] : [run(`${marker} `, letters)]),
    ...runs.map(({ text, ...marks }) => run(text, letters, marks)),
  )
}

interface Layout {
  style?: string
  align?: 'center' | 'right'
  before?: number
  after?: number
  left?: number
  hang?: number
  lineHeight?: number
}

/** Properties in the order that the schema fixes. */
function layout({ style, align, before, after, left = 0, hang = 0, lineHeight }: Layout): string {
  const spacing = {
    'w:before': before,
    'w:after': after,
    'w:line': lineHeight,
    'w:lineRule': lineHeight === undefined ? undefined : 'exact',
  }
  const inside = [
    style === undefined ? '' : element('w:pStyle', { 'w:val': style }),
    Object.values(spacing).every(value => value === undefined) ? '' : element('w:spacing', spacing),
    left === 0 ? '' : element('w:ind', { 'w:left': left, ...(hang > 0 && { 'w:hanging': hang }) }),
    align === undefined ? '' : element('w:jc', { 'w:val': align }),
  ].join('')
  return inside === '' ? '' : element('w:pPr', {}, inside)
}

function run(words: string, look: Look, marks: Omit<Run, 'text'> = {}): string {
  const { size, bold, colour } = LETTERS[look]
  const properties = element(
    'w:rPr',
    {},
    FONTS,
    bold || marks.bold ? element('w:b') : '',
    marks.italic ? element('w:i') : '',
    marks.strike ? element('w:strike') : '',
    colour === undefined ? '' : element('w:color', { 'w:val': colour }),
    element('w:sz', { 'w:val': size }),
    element('w:szCs', { 'w:val': size }),
    marks.underline ? element('w:u', { 'w:val': 'single' }) : '',
  )
  return element('w:r', {}, properties, element('w:t', { 'xml:space': 'preserve' }, escaped(words)))
}
