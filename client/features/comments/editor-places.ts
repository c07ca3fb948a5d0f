/**
 * Places of an editor and places in its words (`shared/comments/anchors.ts`): both count the paragraphs and headings in their order, and inside one of
 * them alike, a line break being one letter in each.
 */
import type { Node } from '@tiptap/pm/model'
import type { WordRange } from '../../../shared/comments/anchors.ts'

/** Paragraphs and headings with where they begin in the words. */
function blocksOf(doc: Node): { node: Node; position: number; from: number }[] {
  const blocks: { node: Node; position: number; from: number }[] = []
  let at = 0
  doc.descendants((node, position) => {
    if (!node.isTextblock) return true
    blocks.push({ node, position, from: at })
    // One between two of them.
    at += node.content.size + 1
    return false
  })
  return blocks
}

/** What an editor has chosen, in words; of a caret the paragraph that it stands in. */
export function wordsChosen(doc: Node, chosen: WordRange): WordRange {
  const blocks = blocksOf(doc)
  const inWords = (position: number) => {
    const block = blocks.findLast(one => one.position < position) ?? blocks[0]
    if (block === undefined) return 0
    return block.from + Math.min(Math.max(position - block.position - 1, 0), block.node.content.size)
  }
  if (chosen.from !== chosen.to) return { from: inWords(chosen.from), to: inWords(chosen.to) }
  const around = blocks.findLast(one => one.position < chosen.from)
  return around ? { from: around.from, to: around.from + around.node.content.size } : { from: 0, to: 0 }
}

export interface EditorPlaces {
  /** The paragraphs that hold some of the words. */
  blocks: WordRange[]
  /** From the first to behind the last of the words. */
  words: WordRange
}

/** Where words stand in an editor; undefined while it does not have them. */
export function placesOfWords(doc: Node, { from, to }: WordRange): EditorPlaces | undefined {
  const held = blocksOf(doc).filter(block => from < block.from + block.node.content.size && to > block.from)
  const [first, last] = [held[0], held.at(-1)]
  if (first === undefined || last === undefined) return undefined
  return {
    blocks: held.map(({ position, node }) => ({ from: position, to: position + node.nodeSize })),
    words: {
      from: first.position + 1 + Math.max(from - first.from, 0),
      to: last.position + 1 + Math.min(to - last.from, last.node.content.size),
    },
  }
}
