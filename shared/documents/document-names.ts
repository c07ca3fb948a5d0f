/**
 * The names of the documents: what stands after `/sync/` in an address and under `document` in the log.
 *
 *   conference.<conferenceId>     order, time, neutral labels, shared notes; never case content
 *   item.<itemId>                 one agenda item's content
 *   actions.<caseId>.open         the case's action items that every agency cleared for the case's items may see
 *   actions.<caseId>.<itemId>     those of one restricted item
 *   case.<caseId>                 the case itself (bare for now)
 *   supervision.<itemId>          what the case's workers and their supervisor keep between them about one case item
 */
import { type CaseId, type ConferenceId, type ItemId, isId } from '../ids.ts'

export type DocumentRef =
  | { kind: 'conference'; conferenceId: ConferenceId }
  | { kind: 'item'; itemId: ItemId }
  | { kind: 'actions'; caseId: CaseId; zone: 'open' | ItemId }
  | { kind: 'case'; caseId: CaseId }
  | { kind: 'supervision'; itemId: ItemId }

export type DocumentKind = DocumentRef['kind']

/** The name of a document. Different documents never share one. */
export function documentNameOf(ref: DocumentRef): string {
  switch (ref.kind) {
    case 'conference':
      return `conference.${ref.conferenceId}`
    case 'item':
      return `item.${ref.itemId}`
    case 'actions':
      return `actions.${ref.caseId}.${ref.zone}`
    case 'case':
      return `case.${ref.caseId}`
    case 'supervision':
      return `supervision.${ref.itemId}`
  }
}

/** Reads a name from the outside, strictly; undefined when it is none. Whether the document exists is another question. */
export function parseDocumentName(name: string): DocumentRef | undefined {
  const parts = name.split('.')
  const [kind, id, zone] = parts
  if (!isId(id)) return undefined
  if (kind === 'actions') {
    if (parts.length !== 3 || (zone !== 'open' && !isId(zone))) return undefined
    return { kind, caseId: id as CaseId, zone: zone as 'open' | ItemId }
  }
  if (parts.length !== 2) return undefined
  switch (kind) {
    case 'conference':
      return { kind, conferenceId: id as ConferenceId }
    case 'item':
    case 'supervision':
      return { kind, itemId: id as ItemId }
    case 'case':
      return { kind, caseId: id as CaseId }
    default:
      return undefined
  }
}
