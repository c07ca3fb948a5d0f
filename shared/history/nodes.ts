/** Long text as plain data in one form: what reads the same is the same, in whichever order marks and attributes came about. */
import type * as Y from 'yjs'
import { type RichTextNode, richTextOf } from '../documents/rich-text.ts'

export type Nodes = readonly RichTextNode[]

export const nodesOf = (text: Y.XmlFragment): Nodes => richTextOf(text).map(inOneForm)

function inOneForm({ type, attrs, content, text, marks }: RichTextNode): RichTextNode {
  return {
    type,
    ...(attrs && { attrs: sorted(attrs) }),
    ...(content && { content: content.map(inOneForm) }),
    ...(text !== undefined && { text }),
    ...(marks && {
      marks: marks
        .map(mark => (mark.attrs ? { type: mark.type, attrs: sorted(mark.attrs) } : { type: mark.type }))
        .sort((a, b) => (a.type < b.type ? -1 : 1)),
    }),
  }
}

const sorted = <T extends object>(values: T): T =>
  Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))) as T

/** The words alone: blocks and line breaks on lines of their own. */
export function wordsIn(nodes: Nodes): string {
  const lines: string[] = []
  for (const node of nodes) {
    if (node.type === 'paragraph' || node.type === 'heading') {
      lines.push((node.content ?? []).map(part => (part.type === 'hardBreak' ? '\n' : (part.text ?? ''))).join(''))
    } else if (node.content !== undefined) lines.push(wordsIn(node.content))
  }
  return lines.join('\n')
}
