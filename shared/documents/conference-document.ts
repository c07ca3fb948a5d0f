/**
 * The document of a conference that everybody admitted reads: order and time of the agenda, shared notes, proposals, and action items of
 * items that are about no case. Never case content: an item that is about a case appears here by its opaque id and its minutes alone, and
 * only a general item has a label.
 */
import type * as Y from 'yjs'
import type { ItemId, UserId } from '../ids.ts'
import { actionsRoot } from './actions-document.ts'
import type { DocumentLayout, FieldRule } from './layout-language.ts'
import { byOrder, type Place } from './ordering.ts'
import {
  entriesOf,
  moveRecord,
  numberField,
  placeRecord,
  putRecord,
  recordOf,
  recordsRoot,
  removeRecord,
  setPlainFields,
  stringField,
  textField,
} from './records.ts'
import { fragmentOf } from './rich-text.ts'

/** Ten hours: longer than any meeting, so that a slip of the hand (900 for 9.00) is seen. */
export const MAX_MINUTES = 600
export const MAX_LABEL_LENGTH = 80

const agendaFields: ReadonlyMap<string, FieldRule> = new Map<string, FieldRule>([
  ['order', { value: 'order' }],
  ['minutes', { value: 'integer', least: 0, most: MAX_MINUTES }],
  ['label', { value: 'text', most: MAX_LABEL_LENGTH }],
])

const proposalFields: ReadonlyMap<string, FieldRule> = new Map<string, FieldRule>([
  ['text', { value: 'rich-text' }],
  ['by', { value: 'id' }],
  ['at', { value: 'moment' }],
])

export const conferenceLayout: DocumentLayout = {
  roots: new Map([
    ['agenda', { holds: 'records', write: 'conducts', fields: agendaFields }],
    ['notes', { holds: 'rich-text', write: 'writer' }],
    ['proposals', { holds: 'records', write: 'writer', fields: proposalFields }],
    ['actions', actionsRoot],
  ]),
  patterns: [],
}

/** A line of the agenda: its place and planned length. `label` is empty for an item about a case. */
export interface AgendaEntry {
  id: ItemId
  order: string
  minutes: number
  label: string
}

/** The agenda in its order; ties go by id, so every screen shows the same. */
export function agendaOf(doc: Y.Doc): readonly AgendaEntry[] {
  return entriesOf(recordsRoot(doc, 'agenda'))
    .map(([id, record]) => ({
      id: id as ItemId,
      order: stringField(record, 'order'),
      minutes: numberField(record, 'minutes') ?? 0,
      label: stringField(record, 'label'),
    }))
    .sort(byOrder)
}

export interface NewAgendaItem {
  id: ItemId
  minutes: number
  /** Only for an item that is about no case. */
  label?: string
}

/** Puts an item on the agenda, at the end or the place. One that stands there already keeps its place and is only set right. */
export function putAgendaItem(doc: Y.Doc, item: NewAgendaItem, place: Place = 'last'): void {
  const records = recordsRoot(doc, 'agenda')
  const values = { minutes: item.minutes, label: item.label ?? '' }
  if (recordOf(records, item.id) !== undefined) {
    setPlainFields(doc, records, item.id, agendaFields, values)
    return
  }
  placeRecord(doc, records, item.id, place, order =>
    putRecord(doc, records, item.id, agendaFields, { order, ...values }, {}),
  )
}

/** Moves an item. False when it is not on the agenda. */
export function moveAgendaItem(doc: Y.Doc, id: ItemId, place: Place): boolean {
  return moveRecord(doc, recordsRoot(doc, 'agenda'), id, place)
}

/** Puts the items into this order; those that are not named, or no longer there, are left alone. One transaction. */
export function setAgendaOrder(doc: Y.Doc, order: readonly ItemId[]): void {
  doc.transact(() => {
    for (const [at, id] of order.entries()) {
      if (agendaOf(doc)[at]?.id === id) continue
      const before = order[at - 1]
      moveAgendaItem(doc, id, before === undefined ? 'first' : { after: before })
    }
  })
}

/** Sets the planned length, whole minutes from 0 to {@link MAX_MINUTES}. @throws RangeError otherwise. */
export function setMinutes(doc: Y.Doc, id: ItemId, minutes: number): boolean {
  return setPlainFields(doc, recordsRoot(doc, 'agenda'), id, agendaFields, { minutes })
}

/** Sets the neutral label of a general item. @throws RangeError when it is longer than {@link MAX_LABEL_LENGTH}. */
export function setLabel(doc: Y.Doc, id: ItemId, label: string): boolean {
  return setPlainFields(doc, recordsRoot(doc, 'agenda'), id, agendaFields, { label })
}

export function removeAgendaItem(doc: Y.Doc, id: ItemId): boolean {
  return removeRecord(doc, recordsRoot(doc, 'agenda'), id)
}

/** The shared notes of the conference. */
export function notesOf(doc: Y.Doc): Y.XmlFragment {
  return doc.getXmlFragment('notes')
}

export interface ProposalEntry {
  id: string
  text: Y.XmlFragment
  by: UserId
  at: string
}

/** Proposals, oldest first. */
export function proposalsOf(doc: Y.Doc): readonly ProposalEntry[] {
  const found: ProposalEntry[] = []
  for (const [id, record] of entriesOf(recordsRoot(doc, 'proposals'))) {
    const text = textField(record, 'text')
    if (text === undefined) continue
    found.push({ id, text, by: stringField(record, 'by') as UserId, at: stringField(record, 'at') })
  }
  return found.sort((a, b) => byOrder({ id: a.id, order: a.at }, { id: b.id, order: b.at }))
}

/** Adds a proposal. `id` is a new id of our form; `at` is now, ISO in UTC. */
export function addProposal(doc: Y.Doc, proposal: { id: string; by: UserId; at: string; text?: string }): void {
  putRecord(
    doc,
    recordsRoot(doc, 'proposals'),
    proposal.id,
    proposalFields,
    { by: proposal.by, at: proposal.at },
    { text: fragmentOf(proposal.text ?? '') },
  )
}

export function removeProposal(doc: Y.Doc, id: string): boolean {
  return removeRecord(doc, recordsRoot(doc, 'proposals'), id)
}
