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
import { type Offset, unpackOffset } from '../case-map/offsets.ts'
import { MAP_ROOTS, systemFields, tieFields } from './case-map.ts'
import { createMapList } from './case-map-list.ts'
import type { Place } from './ordering.ts'
import { stringField } from './records.ts'

const systems = createMapList(MAP_ROOTS.systems, systemFields)
const ties = createMapList(MAP_ROOTS.ties, tieFields)

/** The eco-map, of what holds together. `household` are the ids of the people in its circle. */
export function ecoMapOf(doc: Y.Doc, household: ReadonlySet<string>): EcoMap {
  return soundEcoMap(
    {
      systems: systems.entries(doc).map(([id, record]) => ({
        id,
        kind: codeOr(SYSTEM_KINDS, record.get('kind'), 'other'),
        name: stringField(record, 'name'),
        note: stringField(record, 'note'),
        offset: unpackOffset(record.get('offset')),
        order: stringField(record, 'order'),
      })),
      ties: ties.entries(doc).map(([id, record]) => ({
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
  systems.putLast(doc, id, { kind: 'other', name: '', note: '' }, { ...fields })
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
export function putSystems(doc: Y.Doc, known: readonly NewSystem[]): number {
  const missing = known.filter(({ id }) => systems.one(doc, id) === undefined)
  doc.transact(() => {
    for (const { id, kind, name, note = '', flow = 'none' } of missing) {
      putSystem(doc, id, { kind, name, note })
      putTie(doc, id, '', { flow })
    }
  })
  return missing.length
}

export const setSystemFields = (doc: Y.Doc, id: string, fields: SystemFields): boolean =>
  systems.set(doc, id, { ...fields })

/** Where a hand has put the system; null gives it back to the reckoning. */
export const setSystemOffset = (doc: Y.Doc, id: string, offset: Offset | null): boolean =>
  systems.setOffset(doc, id, offset)

export const clearSystemOffsets = (doc: Y.Doc): void => systems.clearOffsets(doc)

export const moveSystem = (doc: Y.Doc, id: string, place: Place): boolean => systems.move(doc, id, place)

/** Takes a system out with its ties, and ties that hang in the air. False when it is gone. */
export function removeSystem(doc: Y.Doc, id: string): boolean {
  let removed = false
  doc.transact(() => {
    removed = systems.remove(doc, id)
    for (const [tieId, record] of ties.entries(doc)) {
      if (systems.one(doc, stringField(record, 'system')) === undefined) ties.remove(doc, tieId)
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
  const start = { strength: 'ordinary', flow: 'none', note: '', system: systemId, person: personId }
  ties.put(doc, id, start, { ...fields })
  return id
}

export const setTieFields = (doc: Y.Doc, id: string, fields: TieFields): boolean => ties.set(doc, id, { ...fields })

export const removeTie = (doc: Y.Doc, id: string): boolean => ties.remove(doc, id)
