/**
 * Enter before an empty paragraph. The binding tells paragraphs apart by what stands in them, so a new empty one and the empty one that somebody
 * else has just made below would be taken for each other, and both people would type into one. Here the new paragraph is made in the shared text
 * itself, where each is its own.
 */
import type { Editor } from '@tiptap/core'
import { ySyncPluginKey } from 'y-prosemirror'
import * as Y from 'yjs'

/** True when it made the paragraph; otherwise Enter does what it always does. */
export function enterBeforeEmptyParagraph(editor: Editor, fragment: Y.XmlFragment): boolean {
  const { doc, selection } = editor.state
  const { $from } = selection
  if (!selection.empty || !editor.isEditable || editor.view.composing || fragment.doc === null) return false
  const isAtEndOfParagraph =
    $from.depth === 1 && $from.parent.type.name === 'paragraph' && $from.parentOffset === $from.parent.content.size
  const next = doc.maybeChild($from.index(0) + 1)
  if (!isAtEndOfParagraph || next?.type.name !== 'paragraph' || next.content.size > 0) return false
  // Blocks of both stand one to one; where they do not, the binding is left to sort it out.
  if (fragment.length !== doc.childCount) return false
  const inNewParagraph = $from.after(1) + 1
  fragment.doc.transact(() => fragment.insert($from.index(0) + 1, [new Y.XmlElement('paragraph')]), ySyncPluginKey)
  editor.chain().setTextSelection(inNewParagraph).scrollIntoView().run()
  return true
}
