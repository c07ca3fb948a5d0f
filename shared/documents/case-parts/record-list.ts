/**
 * A root of ordered records with fixed fields, as one object with everything that can be done to it: each kind of row in a case's document is one
 * of these. Every call is one transaction. Two people may change two fields of one row and both stay; of one plain field the last writer's holds.
 */
import type * as Y from 'yjs'
import { hasResidentNumber, maskResidentNumbers } from '../../identifiers/resident-number.ts'
import type { FieldRule, RootLayout } from '../layout-language.ts'
import { byOrder, type Place } from '../ordering.ts'
import {
  entriesOf,
  moveRecord,
  type PlainValue,
  placeRecord,
  putRecord,
  type RecordMap,
  recordOf,
  recordsRoot,
  removeRecord,
  setPlainFields,
} from '../records.ts'
import { fragmentOf } from '../rich-text.ts'

type Plain = Readonly<Record<string, PlainValue>>

/** A row as it stands: its place among the others, and whatever its kind says of it. */
export interface Row {
  id: string
  order: string
}

export interface RecordListSpec<Entry extends Row, Values extends Plain> {
  root: string
  /** Without `order`, which every row has. */
  fields: ReadonlyMap<string, FieldRule>
  /** What a new row holds where nothing is said. */
  empty: Values
  /** Undefined for a row that a merge left without one of its long texts: it is not there. */
  read(id: string, record: Y.Map<unknown>): Entry | undefined
}

export interface RecordList<Entry extends Row, Values extends Plain> {
  readonly root: string
  readonly layout: RootLayout
  /** The rows in their order. */
  of(doc: Y.Doc): readonly Entry[]
  one(doc: Y.Doc, id: string): Entry | undefined
  /** Adds a row at the end or the place. Its long texts begin with these words. @throws RangeError for a value that the layout does not allow */
  add(
    doc: Y.Doc,
    id: string,
    values: Partial<Values>,
    options?: { place?: Place; texts?: Record<string, string> },
  ): void
  /** Sets plain fields; false when the row is no longer there. @throws RangeError for a value that the layout does not allow */
  set(doc: Y.Doc, id: string, values: Partial<Values>): boolean
  move(doc: Y.Doc, id: string, place: Place): boolean
  remove(doc: Y.Doc, id: string): boolean
}

export function createRecordList<Entry extends Row, Values extends Plain>(
  spec: RecordListSpec<Entry, Values>,
): RecordList<Entry, Values> {
  const fields: ReadonlyMap<string, FieldRule> = new Map([...spec.fields, ['order', { value: 'order' }]])
  const longTexts = [...fields].filter(([, rule]) => rule.value === 'rich-text').map(([name]) => name)
  const records = (doc: Y.Doc): RecordMap => recordsRoot(doc, spec.root)
  return {
    root: spec.root,
    layout: { holds: 'records', write: 'writer', fields },
    of: doc =>
      entriesOf(records(doc))
        .map(([id, record]) => spec.read(id, record))
        .filter(entry => entry !== undefined)
        .sort(byOrder),
    one(doc, id) {
      const record = recordOf(records(doc), id)
      return record && spec.read(id, record)
    },
    add(doc, id, values, { place = 'last', texts = {} } = {}) {
      const plain: Record<string, PlainValue | undefined> = masked(fields, { ...spec.empty, ...values })
      placeRecord(doc, records(doc), id, place, order => {
        const fragments = longTexts.map(name => [name, fragmentOf(texts[name] ?? '')] as const)
        putRecord(doc, records(doc), id, fields, { ...plain, order }, Object.fromEntries(fragments))
      })
    },
    set: (doc, id, values) => setPlainFields(doc, records(doc), id, fields, masked(fields, values)),
    move: (doc, id, place) => moveRecord(doc, records(doc), id, place),
    remove: (doc, id) => removeRecord(doc, records(doc), id),
  }
}

/** A resident registration number never gets into a short field (개인정보 보호법 제24조의2): what is written is its masked form. */
export function masked(
  fields: ReadonlyMap<string, FieldRule>,
  values: Readonly<Record<string, PlainValue | undefined>>,
): Record<string, PlainValue | undefined> {
  const safe: Record<string, PlainValue | undefined> = {}
  for (const [name, value] of Object.entries(values)) {
    const rule = fields.get(name)
    if (rule?.value !== 'text' || typeof value !== 'string' || !hasResidentNumber(value)) safe[name] = value
    // Masking may make a text one letter longer.
    else safe[name] = maskResidentNumbers(value).text.slice(0, rule.most)
  }
  return safe
}
