/** What a case's document gives to an agenda item about it: its outline and the domains of its needs, so that nobody types them twice. */
import type * as Y from 'yjs'
import { presentationOf, setNeed } from '../item-document.ts'
import { paragraphsOf } from '../rich-text.ts'
import { snapshotOfCase } from './case-snapshot.ts'

/** Adds them to what stands in the item, in one change; false when the case says neither. */
export function bringIntoItem(caseDoc: Y.Doc, item: Y.Doc): boolean {
  const { texts, needs } = snapshotOfCase(caseDoc)
  const outline = texts.summary.words.trim()
  const domains = new Set(needs.flatMap(({ domain }) => (domain === '' ? [] : [domain])))
  if (outline === '' && domains.size === 0) return false
  item.transact(() => {
    const presentation = presentationOf(item)
    presentation.insert(presentation.length, paragraphsOf(outline))
    for (const domain of domains) setNeed(item, domain, true)
  })
  return true
}
