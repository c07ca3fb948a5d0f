/**
 * Marks the paragraphs whose sentence became a decision or an action item. Nothing is written for it: a paragraph that contains the wording
 * of one carries the mark, on every screen alike. Only an attribute of the paragraph changes, never its text, so a composition in it goes on.
 */
import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'

export interface Became {
  /** The wording as it stands. */
  text: string
  /** What the margin says, e.g. `결정 1`. */
  label: string
}

interface Shown {
  list: readonly Became[]
  marks: DecorationSet
}

const key = new PluginKey<Shown>('became')
/** A word or two alone would match everywhere. */
const SHORTEST = 6

export function becameMarks(): Plugin<Shown> {
  return new Plugin<Shown>({
    key,
    state: {
      init: () => ({ list: [], marks: DecorationSet.empty }),
      apply: (transaction, before, _old, state) => {
        const list = (transaction.getMeta(key) as readonly Became[] | undefined) ?? before.list
        if (list === before.list && !transaction.docChanged) return before
        return { list, marks: marksOf(state, list) }
      },
    },
    props: { decorations: state => key.getState(state)?.marks },
  })
}

/** The transaction that shows another list. */
export function withBecame(state: EditorState, list: readonly Became[]) {
  return state.tr.setMeta(key, list).setMeta('addToHistory', false)
}

function marksOf(state: EditorState, list: readonly Became[]): DecorationSet {
  const wanted = list.filter(became => became.text.length >= SHORTEST)
  if (wanted.length === 0) return DecorationSet.empty
  const marks: Decoration[] = []
  state.doc.descendants((node, position) => {
    if (!node.isTextblock) return true
    const text = squeeze(node.textContent)
    const labels = wanted.filter(became => text.includes(squeeze(became.text))).map(became => became.label)
    if (labels.length > 0) {
      marks.push(
        Decoration.node(position, position + node.nodeSize, { class: 'became', 'data-became': labels.join(' · ') }),
      )
    }
    return false
  })
  return DecorationSet.create(state.doc, marks)
}

const squeeze = (text: string) => text.replace(/\s+/g, ' ').trim()
