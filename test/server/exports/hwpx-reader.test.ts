/** Another program's reader of HWPX opens what we write, lays it out, and draws every word of it. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { HwpDocument, initSync } from '@rhwp/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { minutesForm } from '../../../server/exports/forms/minutes-form.ts'
import { reportForm } from '../../../server/exports/forms/report-form.ts'
import { renderHwpx } from '../../../server/exports/render/hwpx.ts'
import { textOfPaper } from '../../../shared/exports/paper.ts'
import { packed } from './readers.ts'
import { sampleSource } from './sample-minutes.ts'

/** The reader asks its browser how wide a text is. A syllable is as wide as it is high, a Latin letter half of that. */
const measure = (font: string, text: string): number => {
  const size = Number(/([\d.]+)px/.exec(font)?.[1] ?? 10)
  return [...text].reduce((width, letter) => width + (letter > '\u2000' ? size : size / 2), 0)
}

beforeAll(() => {
  Object.assign(globalThis, { measureTextWidth: measure })
  const wasm = createRequire(import.meta.url).resolve('@rhwp/core/rhwp_bg.wasm')
  initSync({ module: readFileSync(wasm) })
})
afterAll(() => {
  Reflect.deleteProperty(globalThis, 'measureTextWidth')
})

/** What stands on a drawn page, letter by letter from top to bottom and left to right. */
function lettersOf(svg: string): string {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, letters = '']) => letters).join('')
}

test.each([
  ['사례회의록', minutesForm(sampleSource())],
  ['결과보고', reportForm(sampleSource())],
])('%s', (_, paper) => {
  const document = new HwpDocument(renderHwpx(paper))
  const pages = Array.from({ length: document.pageCount() }, (_, page) => document.renderPageSvg(page))
  expect(pages.length).toBeGreaterThan(0)
  expect(pages.length).toBeLessThan(6)
  const drawn = packed(pages.map(lettersOf).join(''))
  const count = (text: string) => {
    const counts = new Map<string, number>()
    for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1)
    return counts
  }
  // Lines of a wrapped cell are drawn among those of its neighbours, so letters are counted rather than read.
  const there = count(drawn)
  const missing = [...count(packed(textOfPaper(paper).join('')))].filter(([letter, n]) => (there.get(letter) ?? 0) < n)
  expect(missing).toEqual([])
  for (const page of pages) expect(packed(lettersOf(page))).toContain(packed(paper.stamp))
  document.free()
})
