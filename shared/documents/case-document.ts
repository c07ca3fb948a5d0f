/** The document of a case, bare for now: a summary in words. Needs, goals and plans come with the full case. */
import type * as Y from 'yjs'
import type { DocumentLayout } from './layout-language.ts'

export const caseLayout: DocumentLayout = {
  roots: new Map([['summary', { holds: 'rich-text', write: 'writer' }]]),
  patterns: [],
}

export function summaryOf(doc: Y.Doc): Y.XmlFragment {
  return doc.getXmlFragment('summary')
}
