/**
 * A list of records of the case map, with the writes that genogram and eco-map have in common. Each call is one transaction; of a short text only its
 * masked form is written. Setting answers false when the record is gone. @throws RangeError when a value cannot stand there
 */
import type * as Y from 'yjs'
import { type Offset, packOffset } from '../case-map/offsets.ts'
import { masked } from './case-parts/record-list.ts'
import type { FieldRule } from './layout-language.ts'
import type { Place } from './ordering.ts'
import {
  entriesOf,
  moveRecord,
  numberField,
  type PlainValue,
  placeRecord,
  putRecord,
  recordOf,
  recordsRoot,
  removeRecord,
  setPlainFields,
} from './records.ts'

type Values = Readonly<Record<string, PlainValue | undefined>>

export interface MapList {
  entries(doc: Y.Doc): [string, Y.Map<unknown>][]
  one(doc: Y.Doc, id: string): Y.Map<unknown> | undefined
  set(doc: Y.Doc, id: string, values: Values): boolean
  /** Writes a record whole, whatever stood there. */
  write(doc: Y.Doc, id: string, values: Values): void
  /** Only sets right what is there already; otherwise writes it, beginning with `start`. */
  put(doc: Y.Doc, id: string, start: Values, values: Values): void
  /** Likewise, and a new one is the last in the written order. */
  putLast(doc: Y.Doc, id: string, start: Values, values: Values): void
  move(doc: Y.Doc, id: string, place: Place): boolean
  remove(doc: Y.Doc, id: string): boolean
  /** Where a hand has put it; null gives it back to the reckoning. */
  setOffset(doc: Y.Doc, id: string, offset: Offset | null): boolean
  /** Gives all of them back to the reckoning. */
  clearOffsets(doc: Y.Doc): void
}

export function createMapList(root: string, fields: ReadonlyMap<string, FieldRule>): MapList {
  const records = (doc: Y.Doc) => recordsRoot(doc, root)
  const list: MapList = {
    entries: doc => entriesOf(records(doc)),
    one: (doc, id) => recordOf(records(doc), id),
    set: (doc, id, values) => setPlainFields(doc, records(doc), id, fields, masked(fields, values)),
    write(doc, id, values) {
      putRecord(doc, records(doc), id, fields, masked(fields, values), {})
    },
    put(doc, id, start, values) {
      if (!list.set(doc, id, values)) list.write(doc, id, { ...start, ...values })
    },
    putLast(doc, id, start, values) {
      if (list.set(doc, id, values)) return
      placeRecord(doc, records(doc), id, 'last', order => list.write(doc, id, { ...start, ...values, order }))
    },
    move: (doc, id, place) => moveRecord(doc, records(doc), id, place),
    remove: (doc, id) => removeRecord(doc, records(doc), id),
    setOffset(doc, id, offset) {
      const isNone = offset === null || (offset.x === 0 && offset.y === 0)
      return list.set(doc, id, { offset: isNone ? null : packOffset(offset) })
    },
    clearOffsets(doc) {
      doc.transact(() => {
        for (const [id, record] of list.entries(doc)) {
          if (numberField(record, 'offset') !== undefined) list.setOffset(doc, id, null)
        }
      })
    },
  }
  return list
}
