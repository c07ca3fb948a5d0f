/**
 * Marks in a text what comments are about: a quiet dotted line beside each paragraph that one stands in, and the words of the one that somebody has
 * asked to see. Beside a paragraph only an attribute changes, never its text, so a composition in it goes on.
 */
import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { ySyncPluginKey } from 'y-prosemirror'
import type * as Y from 'yjs'
import { type CommentAnchor, placeOf } from '../../../shared/comments/anchors.ts'
import type { CommentThreadId } from '../../../shared/ids.ts'
import { placesOfWords } from './editor-places.ts'

export interface CommentMark {
  threadId: CommentThreadId
  anchor: CommentAnchor
  quote: string
  /** Somebody has asked where it is. */
  isShown: boolean
}

interface Marked {
  doc: Y.Doc | null
  list: readonly CommentMark[]
  marks: DecorationSet
}

const key = new PluginKey<Marked>('comments')
export const SHOWN_CLASS = 'comment-words'

export function commentMarks(): Plugin<Marked> {
  return new Plugin<Marked>({
    key,
    state: {
      init: () => ({ doc: null, list: [], marks: DecorationSet.empty }),
      apply(transaction, before, _old, state) {
        const next = transaction.getMeta(key) as Pick<Marked, 'doc' | 'list'> | undefined
        const { doc, list } = next ?? before
        if (next === undefined && !transaction.docChanged) return before
        // What others wrote is in the shared text already; what is typed here comes into it after this.
        const isShared = next !== undefined || transaction.getMeta(ySyncPluginKey)?.isChangeOrigin === true
        if (!isShared) return { doc, list, marks: before.marks.map(transaction.mapping, transaction.doc) }
        return { doc, list, marks: marksOf(state, doc, list) }
      },
    },
    props: { decorations: state => key.getState(state)?.marks },
  })
}

/** The transaction that shows other marks. */
export function withCommentMarks(state: EditorState, doc: Y.Doc, list: readonly CommentMark[]) {
  return state.tr.setMeta(key, { doc, list }).setMeta('addToHistory', false)
}

function marksOf(state: EditorState, doc: Y.Doc | null, list: readonly CommentMark[]): DecorationSet {
  if (doc === null || list.length === 0) return DecorationSet.empty
  const marks: Decoration[] = []
  for (const { anchor, quote, isShown } of list) {
    const place = placeOf(doc, anchor, quote)
    const places = place && placesOfWords(state.doc, place)
    if (places === undefined) continue
    for (const { from, to } of places.blocks) marks.push(Decoration.node(from, to, { class: 'commented' }))
    if (isShown) marks.push(Decoration.inline(places.words.from, places.words.to, { class: SHOWN_CLASS }))
  }
  return DecorationSet.create(state.doc, marks)
}
