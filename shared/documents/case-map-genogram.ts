/** Writes and reads the genogram of a case's document; one transaction each. What holds together of it is `shared/case-map/genogram.ts`'s to say. */
import type * as Y from 'yjs'
import {
  CHILD_KINDS,
  type ChildKind,
  codeOr,
  FIGURE_FORMS,
  FIGURE_LIVES,
  FIGURE_SEXES,
  type FigureForm,
  type FigureLife,
  type FigureSex,
  RELATION_KINDS,
  type RelationKind,
  TWIN_KINDS,
  type TwinKind,
  UNION_KINDS,
  type UnionKind,
} from '../case-map/case-map-codes.ts'
import { derivedId, pairId } from '../case-map/derived-id.ts'
import {
  closesCircle,
  closesCircleWith,
  type Genogram,
  type LeftOut,
  partnersOf,
  soundGenogram,
} from '../case-map/genogram.ts'
import { type Offset, unpackOffset } from '../case-map/offsets.ts'
import { childFields, MAP_ROOTS, MAX_FIGURE_NAME, personFields, relationFields, unionFields } from './case-map.ts'
import { createMapList, type MapList } from './case-map-list.ts'
import type { Place } from './ordering.ts'
import { numberField, recordsRoot, removeRecord, stringField } from './records.ts'

const figures = createMapList(MAP_ROOTS.people, personFields)
const unionList = createMapList(MAP_ROOTS.unions, unionFields)
const childList = createMapList(MAP_ROOTS.children, childFields)
const relationList = createMapList(MAP_ROOTS.relations, relationFields)

/** A member of the household, as far as a figure shows one. */
export interface HouseholdFigure {
  id: string
  name: string
  sex: FigureSex
  /** `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or empty. */
  birth: string
  isHome: boolean
}

/**
 * The genogram, of what holds together. A figure of a member shows the member's name, sex, birth and whether they live together as the household has
 * them; what the figure itself has written of these shows again when the member is taken out of the household.
 */
export function genogramOf(doc: Y.Doc, household: readonly HouseholdFigure[]): Genogram {
  const members = new Map(household.map(member => [member.id, member]))
  return soundGenogram({
    people: figures.entries(doc).map(([id, record]) => {
      const member = members.get(id)
      const born = numberField(record, 'born')
      const life = codeOr(FIGURE_LIVES, record.get('life'), 'living')
      return {
        id,
        isMember: member !== undefined,
        name: member?.name || stringField(record, 'name'),
        sex: member && member.sex !== 'unknown' ? member.sex : codeOr(FIGURE_SEXES, record.get('sex'), 'unknown'),
        form: codeOr(FIGURE_FORMS, record.get('form'), 'person'),
        life,
        birth: member?.birth || (born === undefined ? '' : String(born)),
        died: life === 'deceased' ? (numberField(record, 'died') ?? null) : null,
        isIndex: record.get('index') === 'yes',
        isHome: member ? member.isHome && life !== 'deceased' : record.get('home') === 'yes',
        note: stringField(record, 'note'),
        offset: unpackOffset(record.get('offset')),
        order: stringField(record, 'order'),
      }
    }),
    unions: unionList.entries(doc).map(([id, record]) => ({
      id,
      a: stringField(record, 'a'),
      b: stringField(record, 'b'),
      kind: codeOr(UNION_KINDS, record.get('kind'), 'married'),
      since: numberField(record, 'since') ?? null,
      until: numberField(record, 'until') ?? null,
    })),
    children: childList.entries(doc).map(([id, record]) => ({
      id,
      childId: stringField(record, 'child'),
      unionId: stringField(record, 'union'),
      kind: codeOr(CHILD_KINDS, record.get('kind'), 'birth'),
      twinOf: stringField(record, 'twinOf'),
      twins: codeOr(TWIN_KINDS, record.get('twins'), 'fraternal'),
    })),
    relations: relationList.entries(doc).map(([id, record]) => ({
      id,
      a: stringField(record, 'a'),
      b: stringField(record, 'b'),
      kind: codeOr(RELATION_KINDS, record.get('kind'), 'close'),
      note: stringField(record, 'note'),
    })),
  })
}

export interface PersonFields {
  name?: string
  sex?: FigureSex
  form?: FigureForm
  life?: FigureLife
  born?: number | null
  died?: number | null
  home?: '' | 'yes'
  note?: string
}

/** Puts a figure, last in the written order. One that is there already is only set right. @throws RangeError when a value cannot stand there */
export function putPerson(doc: Y.Doc, id: string, fields: PersonFields): void {
  const start = { name: '', sex: 'unknown', form: 'person', life: 'living', home: '', index: '', note: '' }
  figures.putLast(doc, id, start, { ...fields })
}

/** Puts the members that have no figure yet; how many those were. */
export function putMembers(doc: Y.Doc, household: readonly HouseholdFigure[]): number {
  const missing = household.filter(({ id }) => figures.one(doc, id) === undefined)
  doc.transact(() => {
    for (const { id, name, sex, birth, isHome } of missing) {
      const born = /^\d{4}/.exec(birth)?.[0]
      putPerson(doc, id, {
        name: name.slice(0, MAX_FIGURE_NAME),
        sex,
        home: isHome ? 'yes' : '',
        born: born === undefined ? null : Number(born),
      })
    }
  })
  return missing.length
}

/** False when the figure is gone. */
export const setPersonFields = (doc: Y.Doc, id: string, fields: PersonFields): boolean =>
  figures.set(doc, id, { ...fields })

/** Where a hand has put the figure; null gives it back to the reckoning. */
export const setPersonOffset = (doc: Y.Doc, id: string, offset: Offset | null): boolean =>
  figures.setOffset(doc, id, offset)

/** Gives every figure back to the reckoning. */
export const clearPersonOffsets = (doc: Y.Doc): void => figures.clearOffsets(doc)

/** Makes this figure the one whom the map is about, and nobody else. Two who choose at once leave two, until one chooses again. */
export function setIndexPerson(doc: Y.Doc, id: string): void {
  doc.transact(() => {
    for (const [each, record] of figures.entries(doc)) {
      const index = each === id ? 'yes' : ''
      if (stringField(record, 'index') !== index) figures.set(doc, each, { index })
    }
  })
}

/** Moves a figure in the written order, which decides among brothers and sisters whose years are not known. */
export const movePerson = (doc: Y.Doc, id: string, place: Place): boolean => figures.move(doc, id, place)

/** Takes a figure out with everything that hangs on it: partnerships, parenthood, relations. False when it is gone. */
export const removePerson = (doc: Y.Doc, id: string): boolean => removeAndSweep(doc, figures, id)

export interface UnionFields {
  kind?: UnionKind
  since?: number | null
  until?: number | null
}

/** Puts two people together, or sets right what stands between them already; `b` is empty for a parent whose partner is not drawn. */
export function putUnion(doc: Y.Doc, a: string, b: string, fields: UnionFields = {}): string {
  const id = b === '' ? derivedId('alone', a) : pairId('union', a, b)
  unionList.put(doc, id, { kind: 'married', a, b }, { ...fields })
  return id
}

export const setUnionFields = (doc: Y.Doc, id: string, fields: UnionFields): boolean =>
  unionList.set(doc, id, { ...fields })

/** Takes a partnership out, and that children are theirs with it. */
export const removeUnion = (doc: Y.Doc, id: string): boolean => removeAndSweep(doc, unionList, id)

/** Makes somebody the child of a partnership. False, and nothing done, when that would make somebody their own ancestor or one of them is gone. */
export function putChild(doc: Y.Doc, childId: string, unionId: string, kind: ChildKind = 'birth'): boolean {
  const { people, unions, children } = genogramOf(doc, [])
  const union = unions.find(({ id }) => id === unionId)
  if (union === undefined || !people.some(({ id }) => id === childId) || partnersOf(union).includes(childId))
    return false
  if (closesCircle({ unions, children }, childId, unionId)) return false
  const id = derivedId('child', childId, unionId)
  childList.put(doc, id, { child: childId, union: unionId, twinOf: '', twins: 'fraternal' }, { kind })
  return true
}

/**
 * Makes somebody a parent. Where one parent of that kind (by birth, adoptive, foster) stands alone, the two are put together and all their children
 * of that one parent with them. False, and nothing done, when that would make somebody their own ancestor, or there are two already.
 */
export function addParent(doc: Y.Doc, childId: string, parentId: string, kind: ChildKind = 'birth'): boolean {
  const genogram = genogramOf(doc, [])
  const above = genogram.children.filter(child => child.childId === childId && child.kind === kind)
  const unions = above.map(({ unionId }) => genogram.unions.find(({ id }) => id === unionId))
  if (unions.some(union => union && partnersOf(union).includes(parentId))) return false
  if (unions.some(union => union?.b !== '')) return false
  let isPut = false
  doc.transact(() => {
    const alone = unions[0]
    if (alone === undefined) {
      if (childId === parentId || closesCircleWith(genogram, childId, [parentId])) return
      isPut = putChild(doc, childId, putUnion(doc, parentId, '', { kind: 'parents_only' }), kind)
      return
    }
    const siblings = genogram.children.filter(({ unionId }) => unionId === alone.id)
    if (siblings.some(sibling => closesCircleWith(genogram, sibling.childId, [alone.a, parentId]))) return
    const known = genogram.unions.find(({ id }) => id === pairId('union', alone.a, parentId))
    const together = known?.id ?? putUnion(doc, alone.a, parentId, { kind: 'parents_only' })
    for (const sibling of siblings) {
      putChild(doc, sibling.childId, together, sibling.kind)
      setChildFields(doc, derivedId('child', sibling.childId, together), {
        twinOf: sibling.twinOf,
        twins: sibling.twins,
      })
    }
    isPut = removeUnion(doc, alone.id)
  })
  return isPut
}

export const setChildFields = (
  doc: Y.Doc,
  id: string,
  fields: { kind?: ChildKind; twinOf?: string; twins?: TwinKind },
): boolean => childList.set(doc, id, { ...fields })

export const removeChild = (doc: Y.Doc, id: string): boolean => removeAndSweep(doc, childList, id)

/** Draws a relation; one of the same kind between the two is the same one, whichever way it goes. */
export function putRelation(doc: Y.Doc, a: string, b: string, kind: RelationKind, note = ''): string {
  const id = pairId('relation', a, b, kind)
  relationList.write(doc, id, { note, a, b, kind })
  return id
}

export const setRelationNote = (doc: Y.Doc, id: string, note: string): boolean => relationList.set(doc, id, { note })

export const removeRelation = (doc: Y.Doc, id: string): boolean => removeAndSweep(doc, relationList, id)

/** Takes away what is written and not shown. */
export function removeLeftOut(doc: Y.Doc, leftOut: readonly LeftOut[]): void {
  doc.transact(() => {
    for (const { root, id } of leftOut) removeRecord(doc, recordsRoot(doc, MAP_ROOTS[root]), id)
  })
}

/**
 * Makes a figure drawn before the household was written down the figure of a member: under the member's id, with everything that hangs on it.
 * False when the figure is gone or the member has one already.
 */
export function linkToMember(doc: Y.Doc, personId: string, memberId: string): boolean {
  const record = figures.one(doc, personId)
  if (record === undefined || figures.one(doc, memberId) !== undefined) return false
  const { unions, children, relations } = genogramOf(doc, [])
  const now = (id: string) => (id === personId ? memberId : id)
  doc.transact(() => {
    figures.write(doc, memberId, plainFieldsOf(record))
    const unionsNow = new Map<string, string>()
    for (const { id, a, b, kind, since, until } of unions) {
      const moves = partnersOf({ a, b }).includes(personId)
      unionsNow.set(id, moves ? putUnion(doc, now(a), b === '' ? '' : now(b), { kind, since, until }) : id)
    }
    for (const { childId, unionId, kind, twinOf, twins } of children) {
      const [child, union] = [now(childId), unionsNow.get(unionId) ?? unionId]
      if (child === childId && union === unionId && twinOf !== personId) continue
      putChild(doc, child, union, kind)
      setChildFields(doc, derivedId('child', child, union), { twinOf: now(twinOf), twins })
    }
    for (const { a, b, kind, note } of relations) {
      if (a === personId || b === personId) putRelation(doc, now(a), now(b), kind, note)
    }
    removePerson(doc, personId)
  })
  return true
}

/** What hangs in the air goes with the next thing that somebody takes away, not by itself: two screens would only write against each other. */
function sweepGenogram(doc: Y.Doc): void {
  // Twice: taking a partnership away lets go of its children.
  for (let round = 0; round < 2; round += 1) {
    const dangling = genogramOf(doc, []).leftOut.filter(({ why }) => why === 'dangling')
    if (dangling.length === 0) return
    removeLeftOut(doc, dangling)
  }
}

function removeAndSweep(doc: Y.Doc, list: MapList, id: string): boolean {
  let removed = false
  doc.transact(() => {
    removed = list.remove(doc, id)
    sweepGenogram(doc)
  })
  return removed
}

function plainFieldsOf(record: Y.Map<unknown>): Record<string, string | number | null> {
  const fields: Record<string, string | number | null> = {}
  for (const [name, value] of record.entries()) {
    if (typeof value === 'string' || typeof value === 'number' || value === null) fields[name] = value
  }
  return fields
}
