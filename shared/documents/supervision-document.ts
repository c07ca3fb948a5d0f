/** The note of a supervision about one case item (슈퍼비전): one text that the case's workers and their supervisors write together. */
import type * as Y from 'yjs'
import type { DocumentLayout } from './layout-language.ts'

export const supervisionLayout: DocumentLayout = {
  roots: new Map([['note', { holds: 'rich-text', write: 'writer' }]]),
  patterns: [],
}

export function supervisionNoteOf(doc: Y.Doc): Y.XmlFragment {
  return doc.getXmlFragment('note')
}
