/**
 * Maps of records: how the typed functions read and change them. A record is read through its rules: a field that is missing or not of its
 * kind reads as undefined, and a record without one of its long texts (which only a broken merge could leave) is not there at all.
 */
import * as Y from 'yjs'
import { maskResidentNumbers } from '../identifiers/resident-number.ts'
import type { FieldRule } from './layout-language.ts'
import { isAllowedValue } from './layout-language.ts'
import { byOrder, keysFor, type Ordered, type Place } from './ordering.ts'

export type RecordMap = Y.Map<Y.Map<unknown>>
export type PlainValue = string | number | null

/** The records root of that name. Making it known to the document changes nothing in it. */
export function recordsRoot(doc: Y.Doc, name: string): RecordMap {
  return doc.getMap<Y.Map<unknown>>(name)
}

/** The record of that id, if it is whole. */
export function recordOf(records: RecordMap, id: string): Y.Map<unknown> | undefined {
  const record: unknown = records.get(id)
  return record instanceof Y.Map ? record : undefined
}

/** Every record with its id, in no promised order. */
export function entriesOf(records: RecordMap): [string, Y.Map<unknown>][] {
  const entries: [string, Y.Map<unknown>][] = []
  for (const [id, record] of records.entries()) if (record instanceof Y.Map) entries.push([id, record])
  return entries
}

export function textField(record: Y.Map<unknown>, name: string): Y.XmlFragment | undefined {
  const value = record.get(name)
  return value instanceof Y.XmlFragment && !(value instanceof Y.XmlElement) ? value : undefined
}

export function stringField(record: Y.Map<unknown>, name: string): string {
  const value = record.get(name)
  return typeof value === 'string' ? value : ''
}

export function numberField(record: Y.Map<unknown>, name: string): number | undefined {
  const value = record.get(name)
  return typeof value === 'number' ? value : undefined
}

/** Sets plain fields of a record that is there, in one transaction; values that already stand are not written again. False when it is gone. */
export function setPlainFields(
  doc: Y.Doc,
  records: RecordMap,
  id: string,
  rules: ReadonlyMap<string, FieldRule>,
  fields: Readonly<Record<string, PlainValue | undefined>>,
): boolean {
  const record = recordOf(records, id)
  if (record === undefined) return false
  checkFields(rules, fields)
  doc.transact(() => {
    for (const [name, value] of maskedFields(rules, fields)) {
      if (value !== undefined && record.get(name) !== value) record.set(name, value)
    }
  })
  return true
}

/** Puts a record with its plain fields and its long texts, replacing what has that id, in one transaction. */
export function putRecord(
  doc: Y.Doc,
  records: RecordMap,
  id: string,
  rules: ReadonlyMap<string, FieldRule>,
  fields: Readonly<Record<string, PlainValue | undefined>>,
  texts: Readonly<Record<string, Y.XmlFragment>>,
): void {
  checkFields(rules, fields)
  doc.transact(() => {
    const record = new Y.Map<unknown>()
    for (const [name, value] of maskedFields(rules, fields)) if (value !== undefined) record.set(name, value)
    for (const [name, text] of Object.entries(texts)) record.set(name, text)
    records.set(id, record)
  })
}

/** A short text holds no resident registration number, whoever writes it (RESIDENT-NUMBER.md RN8). */
function maskedFields(
  rules: ReadonlyMap<string, FieldRule>,
  fields: Readonly<Record<string, PlainValue | undefined>>,
): [string, PlainValue | undefined][] {
  return Object.entries(fields).map(([name, value]) => {
    const rule = rules.get(name)
    if (rule?.value !== 'text' || typeof value !== 'string') return [name, value]
    return [name, maskResidentNumbers(value).text.slice(0, rule.most)]
  })
}

/** Removes a record; false when it is not there. */
export function removeRecord(doc: Y.Doc, records: RecordMap, id: string): boolean {
  if (!records.has(id)) return false
  doc.transact(() => records.delete(id))
  return true
}

/** The ids and keys of the records, sorted. A record without a usable key sorts first, under the empty key, until somebody moves it. */
export function orderOf(records: RecordMap): Ordered[] {
  return entriesOf(records)
    .map(([id, record]) => ({ id, order: usableOrder(record.get('order')) }))
    .sort(byOrder)
}

function usableOrder(value: unknown): string {
  return isAllowedValue({ value: 'order' }, value) ? (value as string) : ''
}

/** Moves a record in one transaction; false when it is not there. */
export function moveRecord(doc: Y.Doc, records: RecordMap, id: string, place: Place): boolean {
  if (recordOf(records, id) === undefined) return false
  const sorted = orderOf(records).filter(entry => entry.order !== '')
  doc.transact(() => {
    for (const [each, order] of keysFor(sorted, id, place)) recordOf(records, each)?.set('order', order)
  })
  return true
}

/** The keys to write for a new record at the place: its own, and others' where a tie is in the way. */
export function placeRecord(
  doc: Y.Doc,
  records: RecordMap,
  id: string,
  place: Place,
  put: (order: string) => void,
): void {
  const keys = keysFor(
    orderOf(records).filter(entry => entry.order !== ''),
    id,
    place,
  )
  doc.transact(() => {
    put(keys.get(id) ?? '')
    for (const [each, order] of keys) if (each !== id) recordOf(records, each)?.set('order', order)
  })
}

/**
 * A value that the layout does not allow is our own mistake (a screen checks first): it throws here rather than being refused by the server
 * afterwards, which would cost the person the connection.
 */
function checkFields(rules: ReadonlyMap<string, FieldRule>, fields: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue
    const rule = rules.get(name)
    if (rule === undefined || rule.value === 'rich-text' || !isAllowedValue(rule, value)) {
      throw new RangeError(`The field ${name} cannot hold this value`)
    }
  }
}
