/** The household's members as the genogram shows them, and a first genogram out of how they are related to the one whose name the case bears. */
import type * as Y from 'yjs'
import { pairId } from '../case-map/derived-id.ts'
import { type HouseholdFigure, putChild, putMembers, putUnion, setIndexPerson } from './case-map-genogram.ts'
import { type HouseholdMember, householdOf } from './case-parts/household.ts'

export function householdFiguresOf(doc: Y.Doc): readonly HouseholdFigure[] {
  return householdOf(doc).map(member => ({
    id: member.id,
    name: member.name,
    sex: member.sex === '' ? 'unknown' : member.sex,
    birth: member.birth,
    isHome: member.living === 'together',
  }))
}

/**
 * Puts the members that have no figure yet, and what their relation says beyond doubt: a spouse, children, parents, brothers and sisters of the one
 * marked as self, where nothing is drawn between them yet. Whose child a grandchild is nobody has said: such a figure stands by itself. How many
 * figures were put.
 */
export function putHousehold(doc: Y.Doc): number {
  const household = householdOf(doc)
  const self = household.find(({ relation }) => relation === 'self')
  let put = 0
  doc.transact(() => {
    const isFirst = doc.getMap('genogramPeople').size === 0
    put = putMembers(doc, householdFiguresOf(doc))
    if (self === undefined || !isFirst) return
    setIndexPerson(doc, self.id)
    relate(doc, self, household)
  })
  return put
}

function relate(doc: Y.Doc, self: HouseholdMember, household: readonly HouseholdMember[]): void {
  const of = (...relations: HouseholdMember['relation'][]) =>
    household.filter(({ relation }) => relations.includes(relation))
  const spouse = of('spouse')[0] ?? of('partner')[0]
  const children = of('child')
  if (spouse !== undefined || children.length > 0) {
    const kind = spouse === undefined ? 'parents_only' : spouse.relation === 'spouse' ? 'married' : 'cohabiting'
    const union = putUnion(doc, self.id, spouse?.id ?? '', { kind })
    for (const child of children) putChild(doc, child.id, union)
  }
  couple(doc, of('parent'), [self, ...of('sibling')])
  if (spouse !== undefined) couple(doc, of('parent_in_law'), [spouse])
}

/** One or two parents, and whose they are. Three are nobody's guess. */
function couple(doc: Y.Doc, parents: readonly HouseholdMember[], children: readonly HouseholdMember[]): void {
  const [a, b, third] = parents
  if (a === undefined || third !== undefined) return
  const union = b === undefined ? putUnion(doc, a.id, '', { kind: 'parents_only' }) : putUnion(doc, a.id, b.id)
  for (const child of children) putChild(doc, child.id, union)
}

/** The key of the partnership of two people, whichever is named first. */
export const unionIdOf = (a: string, b: string): string => pairId('union', a, b)
