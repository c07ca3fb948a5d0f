/** Each format says what the paper says: nothing lost, nothing added, nothing that acts. */
import { beforeAll, describe, expect, test } from 'vitest'
import { copySheetForm } from '../../../server/exports/forms/copy-sheet-form.ts'
import { householdForm } from '../../../server/exports/forms/household-form.ts'
import { letterForm } from '../../../server/exports/forms/letter-form.ts'
import { minutesForm } from '../../../server/exports/forms/minutes-form.ts'
import type { OpenItem } from '../../../server/exports/forms/minutes-parts.ts'
import { reportForm } from '../../../server/exports/forms/report-form.ts'
import { signSheetForm } from '../../../server/exports/forms/sign-sheet-form.ts'
import { renderDocx } from '../../../server/exports/render/docx.ts'
import { renderHwpx } from '../../../server/exports/render/hwpx.ts'
import { openPaperFonts, type PaperFonts } from '../../../server/exports/render/paper-fonts.ts'
import { renderPdf } from '../../../server/exports/render/pdf.ts'
import { renderText } from '../../../server/exports/render/plain-text.ts'
import { type Paper, textOfPaper } from '../../../shared/exports/paper.ts'
import { assertWellFormed, docxText, filesOf, hwpxText, packed, pdfObjects, pdfPages } from './readers.ts'
import { sampleSource } from './sample-minutes.ts'

let fonts: PaperFonts
beforeAll(() => {
  fonts = openPaperFonts(new URL('../../../server/exports/assets/fonts/', import.meta.url))
})

const source = sampleSource()
const first = source.edition.items[0] as OpenItem
const PAPERS: [string, Paper][] = [
  ['사례회의록', minutesForm(source)],
  ['결과보고', reportForm(source)],
  ['참석자 서명부', signSheetForm(source)],
  ['가구용 지원 계획', householdForm(source, first)],
  ['공문 본문', letterForm(source)],
  ['옮겨 적기', copySheetForm(source, first)],
]
const MADE = new Date('2026-11-28T00:12:00Z')

/** Boxes for approval are read in another order by each format, so they are looked for one by one. */
function expectAllSaid(paper: Paper, said: string): void {
  let from = 0
  for (const text of textOfPaper({ ...paper, approval: [] })
    .map(packed)
    .filter(Boolean)) {
    const at = said.indexOf(text, from)
    expect([text, at >= 0]).toEqual([text, true])
    from = at + text.length
  }
  for (const box of paper.approval) expect(said).toContain(packed(box))
}

describe.each(PAPERS)('%s', (_, paper) => {
  test('as PDF says every word in order, and carries its stamp on each page', async () => {
    const pdf = await renderPdf(paper, { fonts, madeAt: MADE })
    const pages = pdfPages(pdf)
    expectAllSaid(paper, packed(pages.join('')))
    for (const page of pdfPages(pdf, 0)) expect(packed(page)).toContain(packed(paper.stamp))
  })

  test('as HWPX says every word in order', () => {
    const bytes = renderHwpx(paper)
    for (const [path, xml] of Object.entries(filesOf(bytes))) if (/xml|hpf/.test(path)) assertWellFormed(xml)
    expectAllSaid(paper, packed(hwpxText(bytes)))
    expect(hwpxText(bytes)).toContain(paper.stamp)
  })

  test('as DOCX says every word in order', () => {
    const bytes = renderDocx(paper)
    for (const xml of Object.values(filesOf(bytes))) assertWellFormed(xml)
    expectAllSaid(paper, packed(docxText(bytes)))
    expect(filesOf(bytes)['word/footer1.xml']).toContain(paper.stamp)
  })

  test('as text says every word in order', () => {
    // Boxes to sign in are nothing to paste.
    expectAllSaid({ ...paper, approval: [] }, packed(renderText(paper)))
  })
})

test('a PDF of many pages opens and closes each state of its drawing on the same page, so that nothing is drawn off it', async () => {
  const [, paper] = PAPERS[0] as [string, Paper]
  const [, report] = PAPERS[1] as [string, Paper]
  const blocks = Array.from({ length: 4 }, () => [...paper.blocks, ...report.blocks]).flat()
  const contents = [...pdfObjects(await renderPdf({ ...paper, blocks }, { fonts, madeAt: MADE })).values()]
    .map(({ stream }) => stream?.toString('latin1') ?? '')
    .filter(content => / Tf$/m.test(content))
  expect(contents.length).toBeGreaterThan(8)
  for (const content of contents) {
    let depth = 0
    for (const [operator] of content.matchAll(/^[qQ]$/gm)) {
      depth += operator === 'q' ? 1 : -1
      expect(depth).toBeGreaterThanOrEqual(0)
    }
    expect(depth).toBe(0)
  }
})

test('the same paper is the same HWPX and DOCX, byte for byte', () => {
  const [, paper] = PAPERS[0] as [string, Paper]
  expect(Buffer.from(renderHwpx(paper)).equals(Buffer.from(renderHwpx(paper)))).toBe(true)
  expect(Buffer.from(renderDocx(paper)).equals(Buffer.from(renderDocx(paper)))).toBe(true)
})

/** Of KS X 6101: what stands directly in these elements, in its order. Word processors are lenient about it, validators are not. */
const ORDER = {
  'hh:paraPr': ['hh:align', 'hh:heading', 'hh:breakSetting', 'hp:switch', 'hh:border', 'hh:autoSpacing'],
  'hp:secPr': [
    'hp:startNum',
    'hp:grid',
    'hp:visibility',
    'hp:lineNumberShape',
    'hp:pagePr',
    'hp:footNotePr',
    'hp:endNotePr',
    'hp:pageBorderFill',
  ],
}

test.each(Object.entries(ORDER))('in HWPX the children of %s stand in the order of the standard', (name, order) => {
  const [, paper] = PAPERS[0] as [string, Paper]
  const files = filesOf(renderHwpx(paper))
  const xml = `${files['Contents/header.xml']}${files['Contents/section0.xml']}`
  const inside = [...xml.matchAll(new RegExp(`<${name} [^>]*>(.*?)</${name}>`, 'gs'))].map(([, words = '']) => words)
  expect(inside.length).toBeGreaterThan(0)
  for (const one of inside) {
    const places = order.map(child => one.search(new RegExp(`<${child}[ />]`)))
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(places).not.toContain(-1)
  }
})
