/** Long text as lines of paper. Lists become markers and steps to the right; a link becomes its words and, where it differs, its address. */
import type { RichTextNode } from '../../shared/documents/rich-text.ts'
import type { Line, LineLook, Run } from '../../shared/exports/paper.ts'
import { printable, printableLine } from './printable.ts'

/** Deeper than this nothing is left of the width. */
const MAX_INDENT = 6

/** A line of plain words, whatever they were. */
export function line(words: string, more: Partial<Omit<Line, 'runs'>> = {}): Line {
  const text = printableLine(words)
  return { look: 'body', indent: 0, ...more, runs: text === '' ? [] : [{ text }] }
}

/** Plain words as lines, one for each line of them. */
export function linesOfWords(words: string, more: Partial<Omit<Line, 'runs'>> = {}): Line[] {
  return printable(words)
    .split('\n')
    .map(part => line(part, more))
}

export function linesOfRichText(nodes: readonly RichTextNode[], look: LineLook = 'body'): Line[] {
  const lines: Line[] = []
  for (const node of nodes) writeNode(node, { look, indent: 0, marker: undefined }, lines)
  return withoutEmptyEnds(lines)
}

interface Place {
  look: LineLook
  indent: number
  marker: string | undefined
}

function writeNode(node: RichTextNode, place: Place, lines: Line[]): void {
  switch (node.type) {
    case 'paragraph':
      writeRuns(node, place, lines)
      break
    case 'heading':
      writeRuns(node, { ...place, look: 'strong' }, lines)
      break
    case 'blockquote':
      writeChildren(node, { ...place, look: 'quote', indent: deeper(place) }, lines)
      break
    case 'bulletList':
      writeItems(node, place, lines, () => '•')
      break
    case 'orderedList': {
      const start = typeof node.attrs?.start === 'number' ? node.attrs.start : 1
      writeItems(node, place, lines, at => `${start + at}.`)
      break
    }
    case 'horizontalRule':
      lines.push(line('―――――', { align: 'center' }))
      break
    default:
      // What this version does not know still has words.
      writeChildren(node, place, lines)
  }
}

function writeItems(list: RichTextNode, place: Place, lines: Line[], markerOf: (at: number) => string): void {
  const items = list.content ?? []
  items.forEach((item, at) => {
    writeChildren(
      item,
      { ...place, indent: place.marker === undefined ? place.indent : deeper(place), marker: markerOf(at) },
      lines,
    )
  })
}

/** The marker stands before the first line; what follows in the same item stands under its words. */
function writeChildren(node: RichTextNode, place: Place, lines: Line[]): void {
  const before = lines.length
  for (const child of node.content ?? []) {
    const isFirst = lines.length === before
    const isList = child.type === 'bulletList' || child.type === 'orderedList'
    if (isFirst || place.marker === undefined) writeNode(child, place, lines)
    else if (isList) writeNode(child, place, lines)
    else writeNode(child, { ...place, indent: deeper(place), marker: undefined }, lines)
  }
}

const deeper = ({ indent }: Place) => Math.min(MAX_INDENT, indent + 1)

function writeRuns(node: RichTextNode, { look, indent, marker }: Place, lines: Line[]): void {
  let runs: Run[] = []
  let isFirst = true
  const end = () => {
    lines.push({
      look,
      indent: isFirst || marker === undefined ? indent : Math.min(MAX_INDENT, indent + 1),
      ...(isFirst && marker !== undefined && { marker }),
      runs,
    })
    runs = []
    isFirst = false
  }
  for (const part of node.content ?? []) {
    if (part.type === 'hardBreak') {
      end()
      continue
    }
    printable(part.text ?? '')
      .split('\n')
      .forEach((text, at) => {
        if (at > 0) end()
        if (text !== '') runs.push({ text, ...marksOf(part) })
      })
    const address = addressOf(part)
    if (address !== undefined) runs.push({ text: ` (${address})` })
  }
  end()
}

function marksOf({ marks = [] }: RichTextNode): Omit<Run, 'text'> {
  const has = (type: string) => marks.some(mark => mark.type === type)
  return {
    ...(has('bold') && { bold: true as const }),
    ...(has('italic') && { italic: true as const }),
    ...(has('underline') && { underline: true as const }),
    ...(has('strike') && { strike: true as const }),
  }
}

/** Where a link leads, when its words do not say so already. */
function addressOf({ marks = [], text = '' }: RichTextNode): string | undefined {
  const href = marks.find(mark => mark.type === 'link')?.attrs?.href
  if (typeof href !== 'string') return undefined
  const address = printable(href).replaceAll('\n', '')
  const bare = (value: string) =>
    value
      .trim()
      .replace(/^(https?:\/\/|mailto:|tel:)/i, '')
      .replace(/\/$/, '')
  return bare(address) === bare(text) ? undefined : address
}

function withoutEmptyEnds(lines: readonly Line[]): Line[] {
  const isEmpty = ({ runs, marker }: Line) => marker === undefined && runs.every(run => run.text.trim() === '')
  const first = lines.findIndex(one => !isEmpty(one))
  const last = lines.findLastIndex(one => !isEmpty(one))
  return first === -1 ? [] : lines.slice(first, last + 1)
}
