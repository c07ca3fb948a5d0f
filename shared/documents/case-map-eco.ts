/** Writes and reads the eco-map of a case's document; one transaction each. */
import type * as Y from 'yjs'
import {
  codeOr,
  SYSTEM_KINDS,
  type SystemKind,
  TIE_FLOWS,
  TIE_STRENGTHS,
  type TieFlow,
  type TieStrength,
} from '../case-map/case-map-codes.ts'
import { derivedId } from '../case-map/derived-id.ts'
import { type EcoMap, soundEcoMap } from '../case-map/eco-map.ts'
import { type Offset, packOffset, unpackOffset } from '../case-map/offsets.ts'
import { MAP_ROOTS, systemFields, tieFields } from './case-map.ts'
import { masked } from './case-parts/record-list.ts'
import type { Place } from './ordering.ts'
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
} from './records.ts'

/** The eco-map, of what holds together. `household` are the ids of the people in its circle. */
export function ecoMapOf(doc: Y.Doc, household: ReadonlySet<string>): EcoMap {
  return soundEcoMap(
    {
      systems: entriesOf(recordsRoot(doc, MAP_ROOTS.systems)).map(([id, record]) => ({
        id,
        kind: codeOr(SYSTEM_KINDS, record.get('kind'), 'other'),
        name: stringField(record, 'name'),
        note: stringField(record, 'note'),
        offset: unpackOffset(record.get('offset')),
        order: stringField(record, 'order'),
      })),
      ties: entriesOf(recordsRoot(doc, MAP_ROOTS.ties)).map(([id, record]) => ({
        id,
        systemId: stringField(record, 'system'),
        personId: stringField(record, 'person'),
        strength: codeOr(TIE_STRENGTHS, record.get('strength'), 'ordinary'),
        flow: codeOr(TIE_FLOWS, record.get('flow'), 'none'),
        note: stringField(record, 'note'),
      })),
    },
    household,
  )
}

export interface SystemFields {
  kind?: SystemKind
  name?: string
  note?: string
}

/** Puts a system, last; one that is there already is only set right. @throws RangeError when a value cannot stand there */
export function putSystem(doc: Y.Doc, id: string, fields: SystemFields): void {
  const records = recordsRoot(doc, MAP_ROOTS.systems)
  const safe = masked(systemFields, { ...fields })
  if (setPlainFields(doc, records, id, systemFields, safe)) return
  placeRecord(doc, records, id, 'last', order =>
    putRecord(doc, records, id, systemFields, { kind: 'other', name: '', note: '', ...safe, order }, {}),
  )
}

/** Something around the household that is known elsewhere, under the id that it has there. */
export interface NewSystem {
  id: string
  kind: SystemKind
  name: string
  note?: string
  flow?: TieFlow
}

/** Puts those that are not there yet, each tied to the household as a whole; how many those were. */
export function putSystems(doc: Y.Doc, systems: readonly NewSystem[]): number {
  const missing = systems.filter(({ id }) => recordOf(recordsRoot(doc, MAP_ROOTS.systems), id) === undefined)
  doc.transact(() => {
    for (const { id, kind, name, note = '', flow = 'none' } of missing) {
      putSystem(doc, id, { kind, name, note })
      putTie(doc, id, '', { flow })
    }
  })
  return missing.length
}

export function setSystemFields(doc: Y.Doc, id: string, fields: SystemFields): boolean {
  return setPlainFields(doc, recordsRoot(doc, MAP_ROOTS.systems), id, systemFields, masked(systemFields, { ...fields }))
}

/** Where a hand has put the system; null gives it back to the reckoning. */
export function setSystemOffset(doc: Y.Doc, id: string, offset: Offset | null): boolean {
  const packed = offset === null || (offset.x === 0 && offset.y === 0) ? null : packOffset(offset)
  return setPlainFields(doc, recordsRoot(doc, MAP_ROOTS.systems), id, systemFields, { offset: packed })
}

export function clearSystemOffsets(doc: Y.Doc): void {
  doc.transact(() => {
    for (const [id, record] of entriesOf(recordsRoot(doc, MAP_ROOTS.systems))) {
      if (numberField(record, 'offset') !== undefined) setSystemOffset(doc, id, null)
    }
  })
}

export function moveSystem(doc: Y.Doc, id: string, place: Place): boolean {
  return moveRecord(doc, recordsRoot(doc, MAP_ROOTS.systems), id, place)
}

/** Takes a system out with its ties, and ties that hang in the air. False when it is gone. */
export function removeSystem(doc: Y.Doc, id: string): boolean {
  const systems = recordsRoot(doc, MAP_ROOTS.systems)
  const ties = recordsRoot(doc, MAP_ROOTS.ties)
  let removed = false
  doc.transact(() => {
    removed = removeRecord(doc, systems, id)
    for (const [tieId, record] of entriesOf(ties)) {
      if (recordOf(systems, stringField(record, 'system')) === undefined) removeRecord(doc, ties, tieId)
    }
  })
  return removed
}

export interface TieFields {
  strength?: TieStrength
  flow?: TieFlow
  note?: string
}

/** Ties a system to the household, or to one of its people; what ties them already is set right. */
export function putTie(doc: Y.Doc, systemId: string, personId: string, fields: TieFields): string {
  const id = derivedId('tie', systemId, personId)
  const records = recordsRoot(doc, MAP_ROOTS.ties)
  const safe = masked(tieFields, { ...fields })
  if (!setPlainFields(doc, records, id, tieFields, safe)) {
    const start = { strength: 'ordinary', flow: 'none', note: '' }
    putRecord(doc, records, id, tieFields, { ...start, ...safe, system: systemId, person: personId }, {})
  }
  return id
}

export function setTieFields(doc: Y.Doc, id: string, fields: TieFields): boolean {
  return setPlainFields(doc, recordsRoot(doc, MAP_ROOTS.ties), id, tieFields, masked(tieFields, { ...fields }))
}

export function removeTie(doc: Y.Doc, id: string): boolean {
  return removeRecord(doc, recordsRoot(doc, MAP_ROOTS.ties), id)
}
