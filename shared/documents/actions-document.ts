/**
 * The ledger of action items (조치사항) of a case and zone: what an agency promised, in words. One document per case and zone, because every
 * later meeting shows the same promise and nothing is copied forward. The state of a promise (accepted, done, …) is not here: it changes by
 * commands. The conference document has the same map for action items of items that are about no case.
 */
import type * as Y from 'yjs'
import { codesOf, NEED_DOMAINS, type NeedDomain } from '../codes.ts'
import type { ActionId, AgencyId, ConferenceId, ItemId, UserId } from '../ids.ts'
import type { DocumentLayout, FieldRule, RootLayout } from './layout-language.ts'
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

/** A billion times a thousand won: above any budget that a case conference decides on. */
export const MAX_AMOUNT_WON = 1_000_000_000_000
export const MAX_PERSON_LENGTH = 60

export const NEED_CODES: ReadonlySet<string> = new Set(codesOf(NEED_DOMAINS))

const fields: ReadonlyMap<string, FieldRule> = new Map<string, FieldRule>([
  ['what', { value: 'rich-text' }],
  ['rule', { value: 'rich-text' }],
  ['agencyId', { value: 'id' }],
  ['person', { value: 'text', most: MAX_PERSON_LENGTH }],
  ['due', { value: 'day', orEmpty: true }],
  ['amount', { value: 'integer', least: 0, most: MAX_AMOUNT_WON, orNull: true }],
  ['need', { value: 'code', codes: NEED_CODES, orEmpty: true }],
  ['itemId', { value: 'id', orEmpty: true }],
  ['conferenceId', { value: 'id', orEmpty: true }],
  ['order', { value: 'order' }],
  ['by', { value: 'id' }],
  ['at', { value: 'moment' }],
])

export const actionsRoot: RootLayout = { holds: 'records', write: 'writer', fields }

export const actionsLayout: DocumentLayout = { roots: new Map([['actions', actionsRoot]]), patterns: [] }

/** An action item's wording as it stands. The two texts are live: an editor binds to them. */
export interface ActionEntry {
  id: ActionId
  /** What the agency will do. */
  what: Y.XmlFragment
  /** Under which rule of its own the agency does it (지원 기준). */
  rule: Y.XmlFragment
  agencyId: AgencyId
  /** Who in the agency, as a name or a post; empty when not said yet. */
  person: string
  /** By when, `YYYY-MM-DD`; empty when not said yet. */
  due: string
  /** Won; null when it is not about money or not said yet. */
  amount: number | null
  need: NeedDomain | ''
  /** Where it was made; empty for one made outside a conference. */
  itemId: ItemId | ''
  conferenceId: ConferenceId | ''
  order: string
  by: UserId
  at: string
}

/** What an action item needs to begin: which agency and what. Everything else can follow. */
export interface NewAction {
  id: ActionId
  agencyId: AgencyId
  what: string
  by: UserId
  /** Now, ISO in UTC. */
  at: string
  rule?: string
  person?: string
  due?: string
  amount?: number | null
  need?: NeedDomain | ''
  itemId?: ItemId
  conferenceId?: ConferenceId
}

export type ActionFields = Partial<Pick<ActionEntry, 'agencyId' | 'person' | 'due' | 'amount' | 'need' | 'order'>>

/** The action items in their order. Works on an actions document and on a conference document. */
export function actionsOf(doc: Y.Doc): readonly ActionEntry[] {
  const found: ActionEntry[] = []
  for (const [id, record] of entriesOf(recordsRoot(doc, 'actions'))) {
    const entry = toAction(id, record)
    if (entry !== undefined) found.push(entry)
  }
  return found.sort(byOrder)
}

/** One action item, or undefined when it is not there. */
export function actionOf(doc: Y.Doc, id: ActionId): ActionEntry | undefined {
  const record = recordOf(recordsRoot(doc, 'actions'), id)
  return record === undefined ? undefined : toAction(id, record)
}

function toAction(id: string, record: Y.Map<unknown>): ActionEntry | undefined {
  const what = textField(record, 'what')
  const rule = textField(record, 'rule')
  if (what === undefined || rule === undefined) return undefined
  return {
    id: id as ActionId,
    what,
    rule,
    agencyId: stringField(record, 'agencyId') as AgencyId,
    person: stringField(record, 'person'),
    due: stringField(record, 'due'),
    amount: numberField(record, 'amount') ?? null,
    need: stringField(record, 'need') as NeedDomain | '',
    itemId: stringField(record, 'itemId') as ItemId | '',
    conferenceId: stringField(record, 'conferenceId') as ConferenceId | '',
    order: stringField(record, 'order'),
    by: stringField(record, 'by') as UserId,
    at: stringField(record, 'at'),
  }
}

/** Adds an action item at the end (or the place). @throws RangeError for a value that the layout does not allow. */
export function addAction(doc: Y.Doc, action: NewAction, place: Place = 'last'): void {
  const records = recordsRoot(doc, 'actions')
  placeRecord(doc, records, action.id, place, order =>
    putRecord(
      doc,
      records,
      action.id,
      fields,
      {
        agencyId: action.agencyId,
        person: action.person ?? '',
        due: action.due ?? '',
        amount: action.amount ?? null,
        need: action.need ?? '',
        itemId: action.itemId ?? '',
        conferenceId: action.conferenceId ?? '',
        order,
        by: action.by,
        at: action.at,
      },
      { what: fragmentOf(action.what), rule: fragmentOf(action.rule ?? '') },
    ),
  )
}

/** Puts an action item back that was removed: under its id, in its place, with who made it and when. Its texts are empty. @throws as {@link addAction} */
export function putActionBack(doc: Y.Doc, { id, ...plain }: Omit<ActionEntry, 'what' | 'rule'>): void {
  const texts = { what: fragmentOf(''), rule: fragmentOf('') }
  putRecord(doc, recordsRoot(doc, 'actions'), id, fields, plain, texts)
}

/** Sets plain fields of an action item. False when it is no longer there. @throws RangeError for a value that the layout does not allow. */
export function setActionFields(doc: Y.Doc, id: ActionId, values: ActionFields): boolean {
  return setPlainFields(doc, recordsRoot(doc, 'actions'), id, fields, { ...values })
}

/** Sets one plain field of an action item; otherwise as {@link setActionFields}. */
export function setActionField<F extends keyof ActionFields>(
  doc: Y.Doc,
  id: ActionId,
  field: F,
  value: ActionEntry[F],
): boolean {
  return setPlainFields(doc, recordsRoot(doc, 'actions'), id, fields, { [field]: value })
}

export function moveAction(doc: Y.Doc, id: ActionId, place: Place): boolean {
  return moveRecord(doc, recordsRoot(doc, 'actions'), id, place)
}

export function removeAction(doc: Y.Doc, id: ActionId): boolean {
  return removeRecord(doc, recordsRoot(doc, 'actions'), id)
}
