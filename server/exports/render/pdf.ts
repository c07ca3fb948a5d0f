/**
 * A paper as PDF, its fonts inside. pdfmake lays out; it gets words and never markup, and may open the three fonts and nothing else. Written
 * as PDF/A-3b where that can be said of it: fonts embedded, sRGB, no script, no encryption. It is not tagged: who reads by ear takes the
 * printed page or DOCX.
 */
/// <reference path="./pdfmake.d.ts" />
import pdfmake, { type PdfContent, type PdfTableLayout } from 'pdfmake'
import {
  type Block,
  type Line,
  type LineLook,
  type Paper,
  type Run,
  textOfPaper,
} from '../../../shared/exports/paper.ts'
import type { PaperFonts } from './paper-fonts.ts'

/** Points. */
const perMm = (mm: number) => (mm / 25.4) * 72
const WIDTH = perMm(170)
const STEP = perMm(5)
const TALL_ROW = perMm(10)
const LABEL = perMm(26)

type Look = LineLook | 'title' | 'heading' | 'item' | 'label' | 'foot'
const LETTERS: Readonly<Record<Look, { fontSize: number; bold?: true; color?: string }>> = {
  title: { fontSize: 17, bold: true },
  heading: { fontSize: 11.5, bold: true },
  item: { fontSize: 10.5, bold: true },
  label: { fontSize: 9.5, bold: true },
  strong: { fontSize: 9.5, bold: true },
  body: { fontSize: 9.5 },
  quote: { fontSize: 9.5, color: '#444444' },
  small: { fontSize: 8, color: '#333333' },
  foot: { fontSize: 7, color: '#555555' },
}
const HEADINGS = {
  1: { look: 'heading', before: 12 },
  2: { look: 'item', before: 9 },
  3: { look: 'label', before: 4 },
} as const
const LABEL_FILL = '#eef1f5'

const GRID: PdfTableLayout = {
  hLineWidth: () => 0.5,
  vLineWidth: () => 0.5,
  hLineColor: () => '#444444',
  vLineColor: () => '#444444',
  paddingLeft: () => 5,
  paddingRight: () => 5,
  paddingTop: () => 3,
  paddingBottom: () => 3,
}
/**
 * Each heading that moves to the next page has everything laid out once more. Minutes of a meeting have all of theirs moved; in a book of 500
 * pages the last ones stay where they are.
 */
const LINES_LAID_OUT_AGAIN = 20_000
const MAX_HEADING_BREAKS = 20
/** By this name the foot is told from what is above it. */
const FOOT = 'foot'
/** What a cell takes beside its words. */
const CELL_SIDES = 11

export interface PdfOptions {
  fonts: PaperFonts
  /** When it is said to be made; part of the file. */
  madeAt: Date
  /** From 0 to 1. */
  onProgress?: (share: number) => void
}

export async function renderPdf(paper: Paper, { fonts, madeAt, onProgress }: PdfOptions): Promise<Uint8Array> {
  const writer = new PdfWriter(fonts)
  const { regular, bold, rest } = fonts.files
  const allowed = new Set(Object.values(fonts.files))
  let breaksLeft = Math.min(MAX_HEADING_BREAKS, Math.floor(LINES_LAID_OUT_AGAIN / textOfPaper(paper).length))
  pdfmake.setFonts({
    // There is no italic: Korean papers stress by weight, and a slanted face would be another file.
    Paper: { normal: regular, bold, italics: regular, bolditalics: bold },
    Rest: { normal: rest, bold: rest, italics: rest, bolditalics: rest },
  })
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy(path => allowed.has(path))
  pdfmake.setProgressCallback(onProgress)
  const document = pdfmake.createPdf({
    pageSize: 'A4',
    pageMargins: [perMm(20), perMm(17), perMm(20), perMm(20)],
    defaultStyle: { font: 'Paper', fontSize: LETTERS.body.fontSize, lineHeight: 1.3 },
    info: { title: paper.title, creator: 'Dure', producer: 'Dure', creationDate: madeAt },
    language: 'ko-KR',
    version: '1.7',
    subset: 'PDF/A-3b',
    displayTitle: true,
    compress: true,
    footer: (page, pages) => ({
      margin: [perMm(20), perMm(5), perMm(20), 0],
      stack: [
        { ...LETTERS.foot, style: FOOT, alignment: 'center', text: `${page} / ${pages}` },
        { ...LETTERS.foot, style: FOOT, alignment: 'center', text: writer.runs([{ text: paper.stamp }], 'foot') },
      ],
    }),
    // A heading at the foot of a page belongs to the next one.
    pageBreakBefore: (node, { getFollowingNodesOnPage }) => {
      if (node.headlineLevel === undefined || breaksLeft <= 0) return false
      const isAlone = getFollowingNodesOnPage().every(
        next => next.text === undefined || next.headlineLevel !== undefined || next.style === FOOT,
      )
      if (isAlone) breaksLeft -= 1
      return isAlone
    },
    content: writer.content(paper),
  })
  return document.getBuffer()
}

class PdfWriter {
  readonly #fonts: PaperFonts

  constructor(fonts: PaperFonts) {
    this.#fonts = fonts
  }

  content(paper: Paper): PdfContent[] {
    return [
      ...(paper.approval.length > 0 ? [this.#approval(paper.approval)] : []),
      {
        text: this.runs([{ text: paper.title }], 'title'),
        alignment: 'center',
        margin: [0, paper.approval.length > 0 ? 16 : 0, 0, paper.subtitle === '' ? 12 : 2],
      },
      ...(paper.subtitle === ''
        ? []
        : [
            {
              text: this.runs([{ text: paper.subtitle }], 'label'),
              alignment: 'center' as const,
              margin: [0, 0, 0, 10] as const,
            },
          ]),
      ...paper.blocks.map(block => this.#block(block)),
    ]
  }

  runs(runs: readonly Run[], look: Look): PdfContent[] {
    const { fontSize, bold, color } = LETTERS[look]
    return runs.flatMap(run => {
      const decoration = [
        ...(run.underline ? (['underline'] as const) : []),
        ...(run.strike ? (['lineThrough'] as const) : []),
      ]
      return this.#fonts.stretches(run.text, bold === true || run.bold === true).map(({ text, font, bold: heavy }) => ({
        text,
        font,
        fontSize,
        bold: heavy,
        preserveLeadingSpaces: true,
        ...(color !== undefined && { color }),
        ...(decoration.length > 0 && { decoration }),
      }))
    })
  }

  #block(block: Block): PdfContent {
    switch (block.kind) {
      case 'heading':
        return {
          text: this.runs([{ text: block.text }], HEADINGS[block.level].look),
          margin: [0, HEADINGS[block.level].before, 0, 3],
          headlineLevel: block.level,
        }
      case 'lines':
        return { stack: block.lines.map(line => this.#line(line)), margin: [0, 1, 0, 3] }
      case 'fields': {
        const half = WIDTH / 2 - LABEL
        return this.#table(
          [LABEL, half, LABEL, half],
          block.rows.map(row =>
            row.flatMap((field): PdfContent[] => [
              this.#label(field.label),
              row.length === 1 ? { ...this.#cell(field.lines), colSpan: 3 } : this.#cell(field.lines),
              ...(row.length === 1 ? ['', ''] : []),
            ]),
          ),
        )
      }
      case 'table': {
        const head = block.columns.map(column => this.#label(column.label))
        const rows = block.rows.map(row =>
          row.map((lines, at) => ({
            ...this.#cell(lines, block.columns[at]?.align),
            // In the middle of a row that is made for a hand; pdfmake's own vertical alignment breaks where a table goes on overleaf.
            ...(block.tall && { margin: [0, 8, 0, 0] as const }),
          })),
        )
        return this.#table(
          block.columns.map(column => (WIDTH * column.share) / 100),
          [head, ...rows],
          { headerRows: 1, ...(block.tall && { heights: row => (row === 0 ? 'auto' : TALL_ROW) }) },
        )
      }
    }
  }

  #table(
    widths: readonly number[],
    body: readonly (readonly PdfContent[])[],
    more: { headerRows?: number; heights?: (row: number) => number | 'auto' } = {},
  ): PdfContent {
    return {
      table: {
        widths: widths.map(width => width - CELL_SIDES),
        body,
        dontBreakRows: false,
        keepWithHeaderRows: 1,
        ...more,
      },
      layout: GRID,
      margin: [0, 2, 0, 4],
    }
  }

  #approval(boxes: readonly string[]): PdfContent {
    const box = perMm(22)
    return {
      columns: [
        { text: '', width: '*' },
        {
          width: 'auto',
          table: {
            widths: [10, ...boxes.map(() => box - CELL_SIDES)],
            heights: row => (row === 0 ? 'auto' : perMm(13)),
            body: [
              [
                {
                  stack: [this.#label('결'), this.#label('재')],
                  margin: [0, 16, 0, 0] as const,
                  rowSpan: 2,
                  fillColor: LABEL_FILL,
                },
                ...boxes.map(name => this.#label(name)),
              ],
              ['', ...boxes.map(() => '')],
            ],
          },
          layout: GRID,
        },
      ],
    }
  }

  #label(words: string) {
    return {
      text: this.runs([{ text: words }], 'label'),
      alignment: 'center' as const,
      fillColor: LABEL_FILL,
    }
  }

  #cell(lines: readonly Line[], align?: Line['align']) {
    return { stack: lines.map(line => this.#line(line, align)) }
  }

  #line({ runs, look, indent, marker, align }: Line, ofColumn?: Line['align']): PdfContent {
    const alignment = align ?? ofColumn ?? 'left'
    const words = runs.length > 0 ? this.runs(runs, look) : ' '
    const margin = [indent * STEP, 0, 0, 0] as const
    if (marker === undefined) return { text: words, alignment, margin }
    return {
      margin,
      columns: [
        { width: 6 + marker.length * 5, text: this.runs([{ text: marker }], look) },
        { width: '*', text: words },
      ],
    }
  }
}
