/** What of a document can be found, as plain data. Pure: a document in, texts with their keys out. Of a supervision there is nothing (SQ8). */
import type * as Y from 'yjs'
import type { DecisionKind, NeedDomain } from '../../shared/codes.ts'
import { actionsOf } from '../../shared/documents/actions-document.ts'
import { agendaOf, notesOf, proposalsOf } from '../../shared/documents/conference-document.ts'
import { parseDocumentName } from '../../shared/documents/document-names.ts'
import { decisionsOf, discussionOf, needsOf, opinionsOf, presentationOf } from '../../shared/documents/item-document.ts'
import { plainTextOf } from '../../shared/documents/rich-text.ts'
import type { ActionId, AgencyId, ConferenceId, DecisionId, ItemId } from '../../shared/ids.ts'
import type { SearchPart } from '../../shared/protocol/search.ts'
import type { Searchable } from '../../shared/search/matching.ts'
import { composed, searchKeyOf } from '../../shared/search/search-key.ts'

export interface EntryPart extends Searchable {
  part: SearchPart
  /** Whose opinion. */
  agencyId?: AgencyId
}

export interface DecisionToFind {
  id: DecisionId
  kind: DecisionKind | undefined
  need: NeedDomain | ''
  parts: readonly EntryPart[]
}

export interface ActionToFind {
  id: ActionId
  agencyId: AgencyId
  person: string
  due: string
  /** Won; null where none is named. */
  amount: number | null
  need: NeedDomain | ''
  itemId: ItemId | ''
  conferenceId: ConferenceId | ''
  at: string
  parts: readonly EntryPart[]
}

export interface DocumentEntries {
  /** Presentation, opinions and discussion of an item; notes and proposals of a conference. */
  parts: readonly EntryPart[]
  needs: readonly NeedDomain[]
  decisions: readonly DecisionToFind[]
  actions: readonly ActionToFind[]
  /** Labels of the general items of a conference. */
  labels: ReadonlyMap<ItemId, string>
  /** How much memory it is: characters of texts and keys. */
  characters: number
}

export const NO_ENTRIES: DocumentEntries = {
  parts: [],
  needs: [],
  decisions: [],
  actions: [],
  labels: new Map(),
  characters: 0,
}

export function entriesOf(name: string, doc: Y.Doc): DocumentEntries {
  switch (parseDocumentName(name)?.kind) {
    case 'item':
      return measured({
        ...NO_ENTRIES,
        parts: [
          ...partsOf('presentation', presentationOf(doc)),
          ...opinionsOf(doc).flatMap(({ agencyId, text }) => partsOf('opinion', text, agencyId)),
          ...partsOf('discussion', discussionOf(doc)),
        ],
        needs: needsOf(doc),
        decisions: decisionsOf(doc).map(({ id, kind, need, text, reason, condition }) => ({
          id,
          kind,
          need,
          parts: [...partsOf('text', text), ...partsOf('condition', condition), ...partsOf('reason', reason)],
        })),
      })
    case 'actions':
      return measured({ ...NO_ENTRIES, actions: actionEntriesOf(doc) })
    case 'conference':
      return measured({
        ...NO_ENTRIES,
        parts: [...partsOf('notes', notesOf(doc)), ...proposalsOf(doc).flatMap(({ text }) => partsOf('notes', text))],
        actions: actionEntriesOf(doc),
        labels: new Map(agendaOf(doc).flatMap(({ id, label }) => (label === '' ? [] : [[id, label] as const]))),
      })
    default:
      return NO_ENTRIES
  }
}

function actionEntriesOf(doc: Y.Doc): ActionToFind[] {
  return actionsOf(doc).map(({ id, agencyId, person, due, amount, need, itemId, conferenceId, at, what, rule }) => ({
    id,
    agencyId,
    person,
    due,
    amount,
    need,
    itemId,
    conferenceId,
    at,
    parts: [...partsOf('text', what), ...partsOf('rule', rule)],
  }))
}

function partsOf(part: SearchPart, fragment: Y.XmlFragment, agencyId?: AgencyId): EntryPart[] {
  const text = composed(plainTextOf(fragment))
  if (text === '') return []
  return [{ part, text, key: searchKeyOf(text), ...(agencyId !== undefined && { agencyId }) }]
}

function measured(entries: DocumentEntries): DocumentEntries {
  const texts = [entries, ...entries.decisions, ...entries.actions].flatMap(({ parts }) => parts)
  return { ...entries, characters: texts.reduce((sum, { text, key }) => sum + text.length + key.length, 0) }
}
