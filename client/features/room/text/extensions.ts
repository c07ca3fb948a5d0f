/**
 * What an editor may hold: exactly the nodes and marks of `shared/documents/rich-text.ts`. Every editor has all of them, also one for a single
 * line: a binding whose schema lacked a node would delete what a colleague wrote with it.
 */
import type { Extension, Extensions } from '@tiptap/core'
import StarterKit from '@tiptap/starter-kit'
import { isAllowedLink } from '../../../../shared/documents/rich-text.ts'

/** @param shared the binding to the shared text, see shared-text.ts */
export function extensionsFor(shared: Extension): Extensions {
  return [
    StarterKit.configure({
      // Undo is per person and belongs to the shared text.
      undoRedo: false,
      // Would write a paragraph into every text that somebody opens.
      trailingNode: false,
      // Not in the documents.
      code: false,
      codeBlock: false,
      heading: { levels: [1, 2, 3] },
      link: {
        openOnClick: false,
        // Only what the person means to be a link: a half-typed address must not become one in front of everybody.
        autolink: false,
        linkOnPaste: true,
        protocols: ['http', 'https', 'mailto', 'tel'],
        isAllowedUri: url => isAllowedLink(url),
      },
      dropcursor: { color: 'currentColor', width: 2 },
    }),
    shared,
  ]
}
