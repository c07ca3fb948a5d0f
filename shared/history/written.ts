/**
 * Who wrote which words of a text: its lines, each in runs of one hand. A hand is a client id; whose it is only the server knows, which lets nobody
 * write under another's (`server/rooms/SPEC.md` SY7). What was taken away again is nobody's, and who took it away a document does not keep.
 */
import * as Y from 'yjs'

export interface Run {
  /** Client id. */
  hand: number
  words: string
}

/** One line: a paragraph, a heading, or what stands between two line breaks. */
export type WrittenLine = readonly Run[]

/** Lines without words are left out. */
export function writtenIn(text: Y.XmlFragment): WrittenLine[] {
  const lines: Run[][] = []
  readInto(lines, text)
  return lines.filter(line => line.some(({ words }) => words.trim() !== ''))
}

function readInto(lines: Run[][], parent: Y.XmlFragment): void {
  let line: Run[] | undefined
  for (const child of parent.toArray()) {
    if (child instanceof Y.XmlText) {
      if (line === undefined) {
        line = []
        lines.push(line)
      }
      for (const run of runsOf(child)) addTo(line, run)
    } else {
      // A line break or a block: what follows begins anew.
      line = undefined
      if (child instanceof Y.XmlElement) readInto(lines, child)
    }
  }
}

function runsOf(text: Y.XmlText): Run[] {
  const runs: Run[] = []
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue
    addTo(runs, { hand: item.id.client, words: item.content.str })
  }
  return runs
}

function addTo(runs: Run[], { hand, words }: Run): void {
  const last = runs.at(-1)
  if (last?.hand === hand) last.words += words
  else runs.push({ hand, words })
}

/** Runs put together by whose they are, e.g. a person's two browsers. */
export function byWriter<Writer>(
  line: WrittenLine,
  writerOf: (hand: number) => Writer,
): { writer: Writer; words: string }[] {
  const found: { writer: Writer; words: string }[] = []
  for (const { hand, words } of line) {
    const writer = writerOf(hand)
    const last = found.at(-1)
    if (last?.writer === writer) last.words += words
    else found.push({ writer, words })
  }
  return found
}
