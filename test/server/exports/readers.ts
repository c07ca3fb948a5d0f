/** What a file says to whoever opens it, read by code that shares nothing with what wrote it. */
import { inflateSync } from 'node:zlib'
import { strFromU8, unzipSync } from 'fflate'

/** Without spaces and line breaks: where a line is broken is the format's business. */
export const packed = (text: string): string => text.replace(/\s+/gu, '')

export function filesOf(bytes: Uint8Array): Record<string, string> {
  return Object.fromEntries(Object.entries(unzipSync(bytes)).map(([path, file]) => [path, strFromU8(file)]))
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

/** The words between the tags that hold them, in order. */
export function wordsIn(xml: string, tag: string): string {
  const found = xml.matchAll(new RegExp(`<${tag}(?: [^>]*)?>([^<]*)</${tag}>`, 'gu'))
  return [...found]
    .map(([, words = '']) => words.replace(/&([#\w]+);/g, (_, name: string) => ENTITIES[name] ?? '?'))
    .join('')
}

export const docxText = (bytes: Uint8Array): string => wordsIn(filesOf(bytes)['word/document.xml'] ?? '', 'w:t')
export const hwpxText = (bytes: Uint8Array): string => wordsIn(filesOf(bytes)['Contents/section0.xml'] ?? '', 'hp:t')

/** Throws where tags do not close in order, or a character stands in it that XML 1.0 forbids. */
export function assertWellFormed(xml: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u.exec(xml)
  if (forbidden) throw new Error(`A character that XML forbids at ${forbidden.index}`)
  const open: string[] = []
  for (const [tag, closing, name = '', , self] of xml.matchAll(
    /<(\/?)([\w:.-]+)((?: [\w:.-]+="[^"<]*")*)\s*(\/?)>|<(?!\?)/g,
  )) {
    if (name === '') throw new Error(`A bare < in ${tag}`)
    if (closing) {
      if (open.pop() !== name) throw new Error(`</${name}> closes another`)
    } else if (!self) open.push(name)
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)}> is never closed`)
  if (/&(?!(amp|lt|gt|quot|#39);)/.test(xml)) throw new Error('A bare &')
}

interface PdfObject {
  dictionary: string
  stream: Buffer | undefined
}

/** The objects of a PDF as our writer writes them: no object streams. */
export function pdfObjects(bytes: Uint8Array): Map<number, PdfObject> {
  const file = Buffer.from(bytes).toString('latin1')
  const objects = new Map<number, PdfObject>()
  const start = /(\d+) 0 obj\s/g
  for (let match = start.exec(file); match !== null; match = start.exec(file)) {
    const from = match.index + match[0].length
    const end = file.indexOf('endobj', from)
    const streamAt = file.indexOf('stream', from)
    if (streamAt === -1 || streamAt > end) {
      objects.set(Number(match[1]), { dictionary: file.slice(from, end), stream: undefined })
      start.lastIndex = end
      continue
    }
    const dictionary = file.slice(from, streamAt)
    const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1])
    const begin = streamAt + 'stream'.length + (file[streamAt + 6] === '\r' ? 2 : 1)
    const raw = Buffer.from(file.slice(begin, begin + length), 'latin1')
    const stream = dictionary.includes('/FlateDecode') ? inflateSync(raw) : raw
    objects.set(Number(match[1]), { dictionary, stream })
    start.lastIndex = begin + length
  }
  return objects
}

/** The words of each page, without its foot: every glyph by its font's own table of characters. */
export function pdfPages(bytes: Uint8Array, footBelow = 57): string[] {
  const objects = pdfObjects(bytes)
  const references = (text: string, key: string) =>
    [...(new RegExp(`/${key} (?:\\[([^\\]]*)\\]|(\\d+) 0 R)`).exec(text)?.slice(1) ?? [])]
      .filter(one => one !== undefined)
      .flatMap(one => [...one.matchAll(/(\d+)(?: 0 R)?/g)].map(([, id]) => Number(id)))
  const tables = new Map<number, Map<number, string>>()
  const tableOf = (fontId: number) => {
    const known = tables.get(fontId)
    if (known) return known
    const [unicodeId = -1] = references(objects.get(fontId)?.dictionary ?? '', 'ToUnicode')
    const table = charactersOf(objects.get(unicodeId)?.stream?.toString('latin1') ?? '')
    tables.set(fontId, table)
    return table
  }
  return [...objects.values()]
    .filter(({ dictionary }) => /\/Type \/Page\b(?!s)/.test(dictionary))
    .map(page => {
      const [resourceId = -1] = references(page.dictionary, 'Resources')
      const resources = objects.get(resourceId)?.dictionary ?? page.dictionary
      const fonts = new Map(
        [...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', id]) => [name, tableOf(Number(id))]),
      )
      const content = references(page.dictionary, 'Contents')
        .map(id => objects.get(id)?.stream?.toString('latin1') ?? '')
        .join('\n')
      return wordsOfPage(content, fonts, footBelow)
    })
}

function wordsOfPage(content: string, fonts: Map<string, Map<number, string>>, footBelow: number): string {
  let said = ''
  let table = new Map<number, string>()
  let y = Number.POSITIVE_INFINITY
  for (const [token, tm, font, glyphs] of content.matchAll(
    /((?:-?[\d.]+ ){6})Tm|\/(F\d+) [\d.]+ Tf|\[((?:<[0-9a-f]*>|-?[\d.]+|\s)*)\] TJ/g,
  )) {
    if (tm !== undefined) y = Number(tm.trim().split(' ')[5])
    else if (font !== undefined) table = fonts.get(font) ?? new Map()
    else if (glyphs !== undefined && y >= footBelow) {
      for (const [, hex = ''] of glyphs.matchAll(/<([0-9a-f]*)>/g)) {
        for (let at = 0; at < hex.length; at += 4) said += table.get(Number.parseInt(hex.slice(at, at + 4), 16)) ?? '�'
      }
    } else if (glyphs === undefined) throw new Error(`What is ${token}?`)
  }
  return said
}

/** `beginbfrange <0000> <00ff> [<ac00> <d83dde00> …]` */
function charactersOf(cmap: string): Map<number, string> {
  const table = new Map<number, string>()
  for (const [, first = '', list = ''] of cmap.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/g)) {
    let glyph = Number.parseInt(first, 16)
    for (const [, hex = ''] of list.matchAll(/<([0-9a-f]*)>/g)) {
      table.set(glyph, Buffer.from(hex, 'hex').swap16().toString('utf16le'))
      glyph += 1
    }
  }
  return table
}
