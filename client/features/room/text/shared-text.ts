/**
 * Binds an editor to a shared text: y-prosemirror's own plugins, a few lines, nothing between them. (TipTap's collaboration extension clears
 * its mapping on each remote change; with it a paragraph that somebody adds above breaks the syllable being composed.)
 */
import { Extension } from '@tiptap/core'
import type { ResolvedPos } from '@tiptap/pm/model'
import { redo, undo, yCursorPlugin, ySyncPlugin, yUndoPlugin } from 'y-prosemirror'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { buildCaret, buildSelection, type CaretLook, caretMovements } from './carets.ts'
import { followSplit } from './follow-split.ts'
import { enterBeforeEmptyParagraph } from './own-paragraph.ts'

export interface SharedTextOptions {
  fragment: Y.XmlFragment
  awareness: Awareness
  /** How a person's caret looks; from the records, so that it matches the agency's chip. */
  lookOf(user: unknown): CaretLook
}

export function sharedText({ fragment, awareness, lookOf }: SharedTextOptions): Extension {
  return Extension.create({
    name: 'sharedText',
    // Before the keyboard of other extensions: undo is mine here.
    priority: 1000,
    addKeyboardShortcuts() {
      return {
        Enter: () => enterBeforeEmptyParagraph(this.editor, fragment),
        'Mod-z': () => undo(this.editor.state),
        'Mod-y': () => redo(this.editor.state),
        'Shift-Mod-z': () => redo(this.editor.state),
      }
    },
    addProseMirrorPlugins() {
      return [
        ySyncPlugin(fragment),
        yUndoPlugin(),
        yCursorPlugin(awareness, {
          cursorBuilder: (user: unknown, clientId: number) => buildCaret(lookOf(user), clientId),
          selectionBuilder: (user: unknown) => buildSelection(lookOf(user)),
        }),
        caretMovements(awareness),
        followSplit(),
      ]
    },
  })
}

/** The shared paragraph that a place of the editor lies in: blocks of both stand one to one. Null while they do not. */
export function paragraphOf(fragment: Y.XmlFragment, place: ResolvedPos): Y.XmlElement | null {
  let type: Y.XmlFragment = fragment
  for (let depth = 0; depth < place.depth; depth++) {
    const child: unknown = type.get(place.index(depth))
    if (!(child instanceof Y.XmlElement)) return null
    type = child
  }
  return type instanceof Y.XmlElement ? type : null
}
