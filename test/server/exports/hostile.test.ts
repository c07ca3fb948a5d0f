/** [EX7] [EX8] Forty hostile texts in every field of every paper, list and calendar: nothing acts, nothing leads outside, nothing is lost unseen. */
import { Socket } from 'node:net'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { PaperSheet } from '../../../client/features/exports/paper-sheet.tsx'
import type { FormSource } from '../../../server/exports/forms/form-source.ts'
import { paperOf } from '../../../server/exports/forms/paper-of.ts'
import { actionSheet, dueDays } from '../../../server/exports/lists.ts'
import { fileNameOf, printable } from '../../../server/exports/printable.ts'
import { renderCalendar } from '../../../server/exports/render/calendar.ts'
import { renderDocx } from '../../../server/exports/render/docx.ts'
import { renderHwpx } from '../../../server/exports/render/hwpx.ts'
import { openPaperFonts } from '../../../server/exports/render/paper-fonts.ts'
import { renderPdf } from '../../../server/exports/render/pdf.ts'
import { renderCsv, renderXlsx } from '../../../server/exports/render/sheets.ts'
import { codesOf } from '../../../shared/codes.ts'
import { EXPORT_FORMS, FORMATS_OF, FORMS_OF_ITEM } from '../../../shared/exports/export-forms.ts'
import type { Paper } from '../../../shared/exports/paper.ts'
import { HOSTILE_TEXTS } from './hostile-texts.ts'
import { assertWellFormed, docxText, filesOf, hwpxText, packed, pdfObjects, pdfPages } from './readers.ts'
import { idOf, sampleSource } from './sample-minutes.ts'

/** Fields of the record that people write, or that hold names which people chose. */
const WRITTEN = new Set(
  'title name shortName place chair minuteTaker remarks label number person words text question voter reason group by addedBy agency deputyFor onPaper href'.split(
    ' ',
  ),
)

/** The same minutes with this text in every written field. */
function poisoned<T>(value: T, text: string): T {
  const turned = (one: unknown, key: string): unknown => {
    if (typeof one === 'string') return WRITTEN.has(key) ? text : one
    if (Array.isArray(one)) return one.map(part => turned(part, key))
    if (typeof one !== 'object' || one === null) return one
    return Object.fromEntries(Object.entries(one).map(([name, part]) => [name, turned(part, name)]))
  }
  return turned(value, '') as T
}

const sourceWith = (text: string): FormSource => {
  const source = sampleSource()
  return { ...source, ...poisoned({ edition: source.edition, said: source.said, agencies: source.agencies }, text) }
}

const PAPERS = codesOf(EXPORT_FORMS).filter(form => (FORMATS_OF[form] as readonly string[]).includes('print'))
/** All papers in one, one behind the other. */
function paperWith(text: string): Paper {
  const source = sourceWith(text)
  const papers = PAPERS.map(form => paperOf(form, source, FORMS_OF_ITEM.includes(form) ? idOf(101) : undefined))
  const [first] = papers
  if (first === undefined) throw new Error('no papers')
  const texts = papers.flatMap(({ title, subtitle, blocks }): Paper['blocks'] => [
    { kind: 'heading', level: 1, text: title },
    { kind: 'heading', level: 2, text: subtitle },
    ...blocks,
  ])
  return { ...first, blocks: texts, approval: ['담당', '팀장', '동장'] }
}

const connect = vi.spyOn(Socket.prototype, 'connect')
afterAll(() => {
  // The runner's own line to its parent has no port.
  const outside = connect.mock.calls.map(call => JSON.stringify(call[0])).filter(to => /port|host/.test(to))
  connect.mockRestore()
  expect(outside).toEqual([])
})

test('there are forty', () => {
  expect(HOSTILE_TEXTS).toHaveLength(40)
})

describe.each(HOSTILE_TEXTS)('%s', (_, text) => {
  // On paper a line break is the end of a line, so that only the words are looked for.
  const expected = packed(printable(text))
  const paper = paperWith(text)

  test('in DOCX', () => {
    const docx = renderDocx(paper)
    const files = filesOf(docx)
    expect(Object.keys(files).sort()).toEqual(DOCX_PARTS)
    for (const xml of Object.values(files)) {
      assertWellFormed(xml)
      expect(xml).not.toMatch(/TargetMode|<w:(hyperlink|instrText|object|altChunk|drawing|pict|fldChar)|<!/)
    }
    const fields = [
      ...Object.values(files)
        .join('')
        .matchAll(/w:instr="([^"]*)"/g),
    ].map(([, field]) => field)
    expect(fields).toEqual([' PAGE ', ' NUMPAGES '])
    expect(packed(docxText(docx))).toContain(expected)
  })

  test('in HWPX', () => {
    const hwpx = renderHwpx(paper)
    const files = filesOf(hwpx)
    expect(Object.keys(files).sort()).toEqual(HWPX_PARTS)
    for (const [path, xml] of Object.entries(files)) {
      if (!/xml$|hpf$/.test(path)) continue
      assertWellFormed(xml)
      expect(xml).not.toMatch(/<hp:(fieldBegin|ole|pic|script|video|equation)|isEmbedded="1"|<!/)
    }
    expect(packed(hwpxText(hwpx))).toContain(expected)
  })

  test('in CSV and XLSX', () => {
    const sheet = actionSheet({ ...sourceWith(text), stamp: '찍음' })
    const rows = cellsOf(Buffer.from(renderCsv(sheet)).toString())
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠\t\r]/)
    expect(packed((rows[1] ?? []).join(''))).toContain(expected)
    const files = filesOf(renderXlsx(sheet))
    for (const part of Object.values(files)) assertWellFormed(part)
    expect(files['xl/worksheets/sheet1.xml']).not.toMatch(/<f[ >]|t="(str|s|e)"|<hyperlink/)
    expect(Object.values(files).join('')).not.toContain('TargetMode')
  })

  test('in a calendar', () => {
    const calendar = renderCalendar(dueDays(sourceWith(text).edition), { madeAt: new Date(0), name: text })
    expect(calendar.split('\r\n').every(line => Buffer.byteLength(line) <= 75)).toBe(true)
    const names = calendar
      .replace(/\r\n /g, '')
      .split('\r\n')
      .filter(Boolean)
      .map(line => line.split(/[:;]/, 1)[0] ?? '')
    expect(names.filter(name => !CALENDAR_NAMES.has(name))).toEqual([])
    expect(names.filter(name => name === 'BEGIN')).toHaveLength(2)
  })

  test('on the page that is printed', () => {
    const html = renderToStaticMarkup(createElement(PaperSheet, { paper }))
    const tags = [...html.matchAll(/<([a-z0-9]+)((?: [a-z-]+="[^"]*")*)\s*\/?>/gi)]
    expect([...new Set(tags.map(([, name = '']) => name))].filter(name => !PAGE_TAGS.has(name))).toEqual([])
    const attributes = tags.flatMap(([, , all = '']) => [...all.matchAll(/ ([a-z-]+)=/gi)].map(([, one = '']) => one))
    expect([...new Set(attributes)].filter(one => !PAGE_ATTRIBUTES.has(one))).toEqual([])
    // No tag but these: what a person wrote opens none.
    expect(html.match(/<(?!\/)/g)?.length).toBe(tags.length)
  })

  test('in the name of a file', () => {
    const name = fileNameOf(`사례회의록_${text}`, 'pdf')
    expect(name).toMatch(/^사례회의록[^\\/:*?"<>|%\r\n\t]*\.pdf$/)
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200)
  })
})

test('[EX7] all forty in one PDF: every word, or the number of its character; no action, no link, no file', async () => {
  const fonts = openPaperFonts(new URL('../../../server/exports/assets/fonts/', import.meta.url))
  const blocks = HOSTILE_TEXTS.flatMap(([, text]) => paperOf('report', sourceWith(text)).blocks)
  const pdf = await renderPdf({ ...paperWith(''), blocks }, { fonts, madeAt: new Date(0) })
  const dictionaries = [...pdfObjects(pdf).values()].map(object => object.dictionary).join('\n')
  expect(dictionaries).not.toMatch(
    /\/(JS|JavaScript|URI|Launch|OpenAction|AA|GoToR|SubmitForm|EmbeddedFile|Annots|RichMedia)\b/,
  )
  const said = packed(pdfPages(pdf).join(''))
  for (const [what, text] of HOSTILE_TEXTS) {
    for (const part of printable(text).split('\n')) {
      const drawn = fonts
        .stretches(part, false)
        .map(stretch => stretch.text)
        .join('')
      expect([what, said.includes(packed(drawn))]).toEqual([what, true])
    }
  }
  for (const letter of '똠펲쀍뷁갃힣漢樂龜') expect(said).toContain(letter)
  for (const number of ['[U+1F468]', '[U+3400]', '[U+05E9]', '[U+0639]']) expect(said).toContain(number)
})

test('[EX8] the fonts draw every syllable', () => {
  const fonts = openPaperFonts(new URL('../../../server/exports/assets/fonts/', import.meta.url))
  const syllables = Array.from({ length: 11_172 }, (_, at) => String.fromCharCode(0xac00 + at)).join('')
  expect(fonts.stretches(syllables, false)).toEqual([{ text: syllables, font: 'Paper', bold: false }])
  expect(fonts.stretches(syllables, true)).toEqual([{ text: syllables, font: 'Paper', bold: true }])
})

const DOCX_PARTS = [
  '[Content_Types].xml',
  '_rels/.rels',
  'docProps/core.xml',
  'word/_rels/document.xml.rels',
  'word/document.xml',
  'word/footer1.xml',
  'word/styles.xml',
]
const HWPX_PARTS = [
  'Contents/content.hpf',
  'Contents/header.xml',
  'Contents/section0.xml',
  'META-INF/container.xml',
  'META-INF/manifest.xml',
  'Preview/PrvText.txt',
  'mimetype',
  'settings.xml',
  'version.xml',
]
const CALENDAR_NAMES = new Set(
  'BEGIN END VERSION PRODID CALSCALE METHOD X-WR-CALNAME UID DTSTAMP DTSTART DTEND SUMMARY TRANSP CLASS'.split(' '),
)
const PAGE_TAGS = new Set('article div table tbody thead colgroup col tr th td h2 h3 h4 h5 p span br'.split(' '))
const PAGE_ATTRIBUTES = new Set('class lang style scope rowSpan colSpan rowspan colspan'.split(' '))

/** RFC 4180, read by hand. */
function cellsOf(csv: string): string[][] {
  const rows: string[][] = [[]]
  let cell = ''
  let isQuoted = false
  const text = csv.replace(/^\ufeff/, '')
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]
    if (isQuoted) {
      if (letter !== '"') cell += letter
      else if (text[at + 1] === '"') {
        cell += '"'
        at += 1
      } else isQuoted = false
    } else if (letter === '"') isQuoted = true
    else if (letter === ',' || letter === '\n') {
      rows.at(-1)?.push(cell)
      cell = ''
      if (letter === '\n') rows.push([])
    } else if (letter !== '\r') cell += letter
  }
  return rows
}
