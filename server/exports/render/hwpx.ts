/**
 * A paper as HWPX (KS X 6101), the open form of Hancom's word processor. Written as the few files that the standard asks for; nothing in
 * it points outside, and no script, field or object is among them. Heights of rows are estimates: the word processor lays the page out anew.
 */
import { strToU8, type Zippable, zipSync } from 'fflate'
import { type Block, type Line, type Paper, textOfPaper } from '../../../shared/exports/paper.ts'
import { BORDERS, HwpxStyles, type LetterLook, NAMESPACES, type ParagraphLook, perMm } from './hwpx-styles.ts'
import { element, escaped, XML_HEAD } from './markup.ts'

const PAGE = { width: 59528, height: 84186 }
const MARGIN = { side: perMm(20), top: perMm(15), bottom: perMm(12), edge: perMm(10) }
const WIDTH = PAGE.width - 2 * MARGIN.side
const STEP = perMm(5)
const CELL = { left: 420, right: 420, top: 200, bottom: 200 }
/** Height of a line of ten points at 150 %. */
const LINE_HEIGHT = 1500
const HEADINGS = {
  1: { look: 'heading', before: 900 },
  2: { look: 'item', before: 700 },
  3: { look: 'label', before: 300 },
} as const
const TALL_ROW = perMm(11)
/** How many letters of ten points an HWP unit of width holds. */
const LETTERS_PER_UNIT = 1 / 950

export function renderHwpx(paper: Paper): Uint8Array {
  const styles = new HwpxStyles()
  const section = sectionOf(paper, styles)
  const files: Zippable = {
    // First and unpacked, so that its kind is known from the first bytes.
    mimetype: [strToU8('application/hwp+zip'), { level: 0 }],
    'version.xml': strToU8(VERSION),
    'Contents/header.xml': strToU8(styles.toXml()),
    'Contents/section0.xml': strToU8(section),
    'Preview/PrvText.txt': strToU8(textOfPaper(paper).join('\r\n').slice(0, 1000)),
    'settings.xml': strToU8(SETTINGS),
    'META-INF/container.xml': strToU8(CONTAINER),
    'META-INF/manifest.xml': strToU8(MANIFEST),
    'Contents/content.hpf': strToU8(packageOf(paper.title)),
  }
  // One moment for all, so that the same paper is the same file.
  return zipSync(files, { mtime: new Date(Date.UTC(2026, 0, 1)) })
}

const VERSION =
  XML_HEAD +
  element('hv:HCFVersion', {
    'xmlns:hv': 'http://www.hancom.co.kr/hwpml/2011/version',
    tagetApplication: 'WORDPROCESSOR',
    major: 5,
    minor: 1,
    micro: 0,
    buildNumber: 1,
    os: 1,
    xmlVersion: '1.4',
    application: 'Dure',
    appVersion: '1',
  })

const SETTINGS =
  XML_HEAD +
  element(
    'ha:HWPApplicationSetting',
    { 'xmlns:ha': NAMESPACES['xmlns:ha'], 'xmlns:config': 'urn:oasis:names:tc:opendocument:xmlns:config:1.0' },
    element('ha:CaretPosition', { listIDRef: 0, paraIDRef: 0, pos: 0 }),
  )

const CONTAINER =
  XML_HEAD +
  element(
    'ocf:container',
    {
      'xmlns:ocf': 'urn:oasis:names:tc:opendocument:xmlns:container',
      'xmlns:hpf': 'http://www.hancom.co.kr/schema/2011/hpf',
    },
    element(
      'ocf:rootfiles',
      {},
      element('ocf:rootfile', { 'full-path': 'Contents/content.hpf', 'media-type': 'application/hwpml-package+xml' }),
      element('ocf:rootfile', { 'full-path': 'Preview/PrvText.txt', 'media-type': 'text/plain' }),
    ),
  )

const MANIFEST =
  XML_HEAD + element('odf:manifest', { 'xmlns:odf': 'urn:oasis:names:tc:opendocument:xmlns:manifest:1.0' })

function packageOf(title: string): string {
  const file = (id: string, href: string) => element('opf:item', { id, href, 'media-type': 'application/xml' })
  return (
    XML_HEAD +
    element(
      'opf:package',
      {
        ...NAMESPACES,
        'xmlns:opf': 'http://www.idpf.org/2007/opf/',
        'xmlns:hpf': 'http://www.hancom.co.kr/schema/2011/hpf',
        version: '',
        'unique-identifier': '',
        id: '',
      },
      element(
        'opf:metadata',
        {},
        element('opf:title', {}, escaped(title)),
        element('opf:language', {}, 'ko'),
        element('opf:meta', { name: 'creator', content: 'text' }, 'Dure'),
      ),
      element(
        'opf:manifest',
        {},
        file('header', 'Contents/header.xml'),
        file('section0', 'Contents/section0.xml'),
        file('settings', 'settings.xml'),
      ),
      element(
        'opf:spine',
        {},
        element('opf:itemref', { idref: 'header', linear: 'yes' }),
        element('opf:itemref', { idref: 'section0', linear: 'yes' }),
      ),
    )
  )
}

function sectionOf(paper: Paper, styles: HwpxStyles): string {
  const writer = new SectionWriter(styles)
  const body = [
    writer.opening(paper),
    paper.approval.length > 0 ? writer.approval(paper.approval) : '',
    writer.words(paper.title, 'title', { align: 'CENTER', left: 0, first: 0, before: 600, after: 300 }),
    paper.subtitle === ''
      ? ''
      : writer.words(paper.subtitle, 'label', { align: 'CENTER', left: 0, first: 0, before: 0, after: 600 }),
    ...paper.blocks.map(block => writer.block(block)),
  ]
  return XML_HEAD + element('hs:sec', NAMESPACES, ...body)
}

interface Cell {
  lines: readonly Line[]
  width: number
  label?: boolean
  columns?: number
  rows?: number
}

class SectionWriter {
  readonly #styles: HwpxStyles
  #lastId = 0

  constructor(styles: HwpxStyles) {
    this.#styles = styles
  }

  /** The first paragraph carries the page's form and its foot. */
  opening({ stamp }: Paper): string {
    const pageNumber = element(
      'hp:ctrl',
      {},
      element(
        'hp:autoNum',
        { num: 1, numType: 'PAGE' },
        element('hp:autoNumFormat', { type: 'DIGIT', userChar: '', prefixChar: '', suffixChar: '', supscript: 0 }),
      ),
    )
    const letters = this.#styles.letters('foot')
    const centred = this.#styles.paragraph({ align: 'CENTER', left: 0, first: 0, before: 0, after: 0 })
    const pages = this.#paragraph(
      centred,
      element('hp:run', { charPrIDRef: letters }, text('- '), pageNumber, text(' -')),
    )
    const stamped = this.#paragraph(centred, element('hp:run', { charPrIDRef: letters }, text(stamp)))
    const foot = element(
      'hp:ctrl',
      {},
      element('hp:footer', { id: 1, applyPageType: 'BOTH' }, subList('BOTTOM', pages + stamped, WIDTH, MARGIN.edge)),
    )
    const columns = element(
      'hp:ctrl',
      {},
      element('hp:colPr', { id: '', type: 'NEWSPAPER', layout: 'LEFT', colCount: 1, sameSz: 1, sameGap: 0 }),
    )
    return this.#paragraph(
      centred,
      element('hp:run', { charPrIDRef: letters }, SECTION, columns) +
        element('hp:run', { charPrIDRef: letters }, foot, element('hp:t')),
    )
  }

  /** The boxes of who approves, at the right. */
  approval(boxes: readonly string[]): string {
    const side = perMm(9)
    const box = perMm(22)
    const label = (words: string): Line => ({ runs: [{ text: words }], look: 'strong', indent: 0, align: 'center' })
    const empty: Line[] = [{ runs: [], look: 'body', indent: 0 }]
    const rows: Cell[][] = [
      [
        { lines: [label('결'), label('재')], width: side, label: true, rows: 2 },
        ...boxes.map(name => ({ lines: [label(name)], width: box, label: true })),
      ],
      boxes.map(() => ({ lines: empty, width: box })),
    ]
    return this.#table({
      rows,
      columns: boxes.length + 1,
      width: side + box * boxes.length,
      align: 'RIGHT',
      least: [perMm(7), perMm(15)],
    })
  }

  words(words: string, look: LetterLook, place: ParagraphLook): string {
    return this.#paragraph(
      this.#styles.paragraph(place),
      element('hp:run', { charPrIDRef: this.#styles.letters(look) }, text(words)),
    )
  }

  block(block: Block): string {
    switch (block.kind) {
      case 'heading':
        return this.words(block.text, HEADINGS[block.level].look, {
          align: 'LEFT',
          left: 0,
          first: 0,
          before: HEADINGS[block.level].before,
          after: 200,
          keepWithNext: true,
        })
      case 'lines':
        return block.lines.map(line => this.#line(line)).join('')
      case 'fields':
        return this.#fields(block.rows)
      case 'table': {
        const widths = block.columns.map(column => Math.floor((WIDTH * column.share) / 100))
        const head = block.columns.map(
          (column, at): Cell => ({
            lines: [{ runs: [{ text: column.label }], look: 'strong', indent: 0, align: 'center' }],
            width: widths[at] ?? 0,
            label: true,
          }),
        )
        const rows = block.rows.map(row =>
          row.map((lines, at): Cell => ({ lines: alignedAs(lines, block.columns[at]?.align), width: widths[at] ?? 0 })),
        )
        return this.#table({
          rows: [head, ...rows],
          columns: widths.length,
          width: widths.reduce((sum, width) => sum + width, 0),
          hasHead: true,
          least: block.tall ? [0, ...rows.map(() => TALL_ROW)] : [],
        })
      }
    }
  }

  #fields(rows: Extract<Block, { kind: 'fields' }>['rows']): string {
    const label = perMm(26)
    const half = Math.floor(WIDTH / 2)
    const wide = WIDTH - label
    return this.#table({
      columns: 4,
      width: WIDTH,
      rows: rows.map(row => {
        const isAlone = row.length === 1
        return row.flatMap(field => [
          {
            lines: [{ runs: [{ text: field.label }], look: 'strong', indent: 0, align: 'center' } satisfies Line],
            width: label,
            label: true,
          },
          isAlone ? { lines: field.lines, width: wide, columns: 3 } : { lines: field.lines, width: half - label },
        ])
      }),
    })
  }

  #table(table: {
    rows: readonly (readonly Cell[])[]
    columns: number
    width: number
    align?: 'RIGHT'
    hasHead?: true
    /** The least height of each row. */
    least?: readonly number[]
  }): string {
    const heights = table.rows.map((row, at) =>
      Math.max(table.least?.[at] ?? 0, ...row.filter(cell => (cell.rows ?? 1) === 1).map(heightOf)),
    )
    /** For each column, the first row that a cell from above does not reach into. */
    const free = Array.from({ length: table.columns }, () => 0)
    const rows = table.rows.map((row, rowAddr) => {
      let colAddr = 0
      const cells = row.map(cell => {
        while ((free[colAddr] ?? 0) > rowAddr) colAddr += 1
        const colSpan = cell.columns ?? 1
        const rowSpan = cell.rows ?? 1
        const height = heights.slice(rowAddr, rowAddr + rowSpan).reduce((sum, one) => sum + one, 0)
        const written = this.#cell(cell, {
          colAddr,
          rowAddr,
          colSpan,
          rowSpan,
          height,
          isHead: table.hasHead === true && rowAddr === 0,
        })
        for (let at = 0; at < colSpan; at++) free[colAddr + at] = rowAddr + rowSpan
        colAddr += colSpan
        return written
      })
      return element('hp:tr', {}, ...cells)
    })
    const drawn = element(
      'hp:tbl',
      {
        id: this.#nextId(),
        zOrder: 0,
        numberingType: 'TABLE',
        textWrap: 'TOP_AND_BOTTOM',
        textFlow: 'BOTH_SIDES',
        lock: 0,
        dropcapstyle: 'None',
        pageBreak: 'CELL',
        repeatHeader: table.hasHead ? 1 : 0,
        rowCnt: table.rows.length,
        colCnt: table.columns,
        cellSpacing: 0,
        borderFillIDRef: BORDERS.box,
        noAdjust: 0,
      },
      element('hp:sz', {
        width: table.width,
        widthRelTo: 'ABSOLUTE',
        height: heights.reduce((sum, one) => sum + one, 0),
        heightRelTo: 'ABSOLUTE',
        protect: 0,
      }),
      element('hp:pos', {
        treatAsChar: 0,
        affectLSpacing: 0,
        flowWithText: 1,
        allowOverlap: 0,
        holdAnchorAndSO: 0,
        vertRelTo: 'PARA',
        horzRelTo: 'COLUMN',
        vertAlign: 'TOP',
        horzAlign: table.align ?? 'LEFT',
        vertOffset: 0,
        horzOffset: 0,
      }),
      element('hp:outMargin', { left: 0, right: 0, top: 200, bottom: 400 }),
      element('hp:inMargin', CELL),
      ...rows,
    )
    const around = this.#styles.paragraph({ align: 'LEFT', left: 0, first: 0, before: 0, after: 0 })
    return this.#paragraph(
      around,
      element('hp:run', { charPrIDRef: this.#styles.letters('small') }, drawn, element('hp:t')),
    )
  }

  #cell(
    cell: Cell,
    at: { colAddr: number; rowAddr: number; colSpan: number; rowSpan: number; height: number; isHead: boolean },
  ): string {
    const lines: readonly Line[] = cell.lines.length > 0 ? cell.lines : [{ runs: [], look: 'body', indent: 0 }]
    return element(
      'hp:tc',
      {
        name: '',
        header: at.isHead ? 1 : 0,
        hasMargin: 0,
        protect: 0,
        editable: 0,
        dirty: 0,
        borderFillIDRef: cell.label ? BORDERS.label : BORDERS.box,
      },
      subList('CENTER', lines.map(line => this.#line(line, cell.label)).join('')),
      element('hp:cellAddr', { colAddr: at.colAddr, rowAddr: at.rowAddr }),
      element('hp:cellSpan', { colSpan: at.colSpan, rowSpan: at.rowSpan }),
      element('hp:cellSz', { width: cell.width, height: at.height }),
      element('hp:cellMargin', CELL),
    )
  }

  #line({ runs, look, indent, marker, align }: Line, label = false): string {
    const hang = marker === undefined ? 0 : 200 + marker.length * 550
    const paragraph = this.#styles.paragraph({
      align: align === 'center' ? 'CENTER' : align === 'right' ? 'RIGHT' : 'LEFT',
      left: indent * STEP + hang,
      first: -hang,
      before: 0,
      after: 0,
    })
    const letters: LetterLook = label ? 'label' : look
    const marked = marker === undefined ? [] : [{ text: `${marker} ` }]
    const written = [...marked, ...runs].map(({ text: words, ...run }) =>
      element('hp:run', { charPrIDRef: this.#styles.letters(letters, run) }, text(words)),
    )
    const empty = element('hp:run', { charPrIDRef: this.#styles.letters(letters) }, element('hp:t'))
    return this.#paragraph(paragraph, written.length > 0 ? written.join('') : empty)
  }

  #paragraph(paraPrIDRef: number, inside: string): string {
    const id = this.#nextId()
    return element('hp:p', { id, paraPrIDRef, styleIDRef: 0, pageBreak: 0, columnBreak: 0, merged: 0 }, inside)
  }

  #nextId(): number {
    this.#lastId += 1
    return this.#lastId
  }
}

const text = (words: string) => element('hp:t', {}, escaped(words))

function alignedAs(lines: readonly Line[], align: Line['align']): readonly Line[] {
  return align === undefined ? lines : lines.map(line => ({ ...line, align: line.align ?? align }))
}

function heightOf({ lines, width }: Cell): number {
  const perLine = Math.max(1, (width - CELL.left - CELL.right) * LETTERS_PER_UNIT)
  const count = lines.reduce(
    (sum, { runs }) => sum + Math.max(1, Math.ceil(runs.reduce((all, run) => all + run.text.length, 0) / perLine)),
    0,
  )
  return Math.max(1, count) * LINE_HEIGHT + CELL.top + CELL.bottom
}

function subList(vertAlign: string, inside: string, textWidth = 0, textHeight = 0): string {
  return element(
    'hp:subList',
    {
      id: '',
      textDirection: 'HORIZONTAL',
      lineWrap: 'BREAK',
      vertAlign,
      linkListIDRef: 0,
      linkListNextIDRef: 0,
      textWidth,
      textHeight,
      hasTextRef: 0,
      hasNumRef: 0,
    },
    inside,
  )
}

function notes(kind: 'footNotePr' | 'endNotePr'): string {
  const isFoot = kind === 'footNotePr'
  return element(
    `hp:${kind}`,
    {},
    element('hp:autoNumFormat', { type: 'DIGIT', userChar: '', prefixChar: '', suffixChar: ')', supscript: 0 }),
    element('hp:noteLine', { length: isFoot ? -1 : 14692344, type: 'SOLID', width: '0.12 mm', color: '#000000' }),
    element('hp:noteSpacing', { betweenNotes: isFoot ? 283 : 0, belowLine: 567, aboveLine: 850 }),
    element('hp:numbering', { type: 'CONTINUOUS', newNum: 1 }),
    element('hp:placement', { place: isFoot ? 'EACH_COLUMN' : 'END_OF_DOCUMENT', beneathText: 0 }),
  )
}

const SECTION = element(
  'hp:secPr',
  {
    id: '',
    textDirection: 'HORIZONTAL',
    spaceColumns: 1134,
    tabStopVal: 4000,
    tabStopUnit: 'HWPUNIT',
    outlineShapeIDRef: 1,
    memoShapeIDRef: 0,
    textVerticalWidthHead: 0,
    masterPageCnt: 0,
  },
  element('hp:startNum', { pageStartsOn: 'BOTH', page: 0, pic: 0, tbl: 0, equation: 0 }),
  element('hp:grid', { lineGrid: 0, charGrid: 0, wonggojiFormat: 0 }),
  element('hp:visibility', {
    hideFirstHeader: 0,
    hideFirstFooter: 0,
    hideFirstMasterPage: 0,
    border: 'SHOW_ALL',
    fill: 'SHOW_ALL',
    hideFirstPageNum: 0,
    hideFirstEmptyLine: 0,
    showLineNumber: 0,
  }),
  element('hp:lineNumberShape', { restartType: 0, countBy: 0, distance: 0, startNumber: 0 }),
  element(
    'hp:pagePr',
    { landscape: 'WIDELY', width: PAGE.width, height: PAGE.height, gutterType: 'LEFT_ONLY' },
    element('hp:margin', {
      header: MARGIN.edge,
      footer: MARGIN.edge,
      gutter: 0,
      left: MARGIN.side,
      right: MARGIN.side,
      top: MARGIN.top,
      bottom: MARGIN.bottom,
    }),
  ),
  notes('footNotePr'),
  notes('endNotePr'),
  ...['BOTH', 'EVEN', 'ODD'].map(type =>
    element(
      'hp:pageBorderFill',
      { type, borderFillIDRef: BORDERS.none, textBorder: 'PAPER', headerInside: 0, footerInside: 0, fillArea: 'PAPER' },
      element('hp:offset', { left: 1417, right: 1417, top: 1417, bottom: 1417 }),
    ),
  ),
)
