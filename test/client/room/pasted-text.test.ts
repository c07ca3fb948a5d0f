import { expect, test } from 'vitest'
import { readPastedHtml, readPastedText } from '../../../client/room/pasted-text.ts'

test('a table from a spreadsheet becomes one line per row', () => {
  const html =
    '<html><head><style>td{color:red}</style></head><body><!--StartFragment--><table border=0 width="12>3"><colgroup><col></colgroup>' +
    '<tr><td class=xl65>품목</td><td>금액</td></tr>\n<tr height=22><td>간병비</td><td align=right>1,250,000</td></tr></table></body></html>'
  const { html: out, rows, images } = readPastedHtml(html)
  expect(out).toContain('<p>품목 | 금액</p><p>간병비 | 1,250,000</p>')
  expect(out).not.toContain('color:red')
  expect({ rows, images }).toEqual({ rows: 2, images: 0 })
})

test('a table from a word processor: paragraphs and breaks inside a cell, nested tables, left-out end tags', () => {
  const html =
    '<p>앞</p><table><tbody><tr><td><p><span>첫<br>줄</span></p><p>둘째 줄</p></td><td><table><tr><td>안</td><td>쪽</td></tr></table></td>' +
    '<tr><th>제목<td>&nbsp;값&nbsp;</table><p>뒤</p>'
  expect(readPastedHtml(html)).toEqual({
    html: '<p>앞</p><p>첫 줄 둘째 줄 | 안 쪽</p><p>제목 | 값</p><p>뒤</p>',
    rows: 2,
    images: 0,
  })
})

test('empty rows give nothing; empty cells keep their place', () => {
  expect(
    readPastedHtml('<table><tr><td></td><td> </td></tr><tr><td>가</td><td></td><td>다</td></tr></table>').html,
  ).toBe('<p>가 |  | 다</p>')
})

test('images are left out and counted, also inside tables', () => {
  const { html, images } = readPastedHtml(
    '<p>글<img src="data:image/png;base64,AAAA" alt=">"></p><table><tr><td><img src=x>칸</td></tr></table><v:imagedata src="y"/>',
  )
  expect(html).toBe('<p>글</p><p>칸</p>')
  expect(images).toBe(3)
})

test('text that is no table stays as it is, entities and stray signs too', () => {
  const html = '<p>a &lt; b &amp; <b>굵게</b> 1 < 2</p>'
  expect(readPastedHtml(html)).toEqual({ html, rows: 0, images: 0 })
})

test('an unfinished table loses no words', () => {
  expect(readPastedHtml('<table><tr><td>끝이 없는').html).toBe('<p>끝이 없는</p>')
})

test('plain text with tabs is a sheet too', () => {
  expect(readPastedText('가\t나\r\n 다 \t라\r\n')).toEqual({ text: '가 | 나\n다 | 라', rows: 2 })
  expect(readPastedText('그냥 글\n둘째 줄')).toEqual({ text: '그냥 글\n둘째 줄', rows: 0 })
})
