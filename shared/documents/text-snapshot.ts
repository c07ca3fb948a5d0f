import type * as Y from 'yjs'
import { plainTextOf, type RichTextNode, richTextOf } from './rich-text.ts'

/** A long text as plain data, twice: as words alone and as nodes. */
export interface TextSnapshot {
  readonly words: string
  readonly nodes: readonly RichTextNode[]
}

export function textSnapshot(fragment: Y.XmlFragment): TextSnapshot {
  return { words: plainTextOf(fragment), nodes: richTextOf(fragment) }
}
