/** What can be put between a figure and another, and how it is put: partners, children, parents, brothers and sisters, relations. */
import type * as Y from 'yjs'
import {
  CHILD_KINDS,
  type ChildKind,
  RELATION_KINDS,
  type RelationKind,
  UNION_KINDS,
  type UnionKind,
} from '../../../shared/case-map/case-map-codes.ts'
import type { Family } from '../../../shared/case-map/family.ts'
import type { GenogramPerson } from '../../../shared/case-map/genogram.ts'
import { codesOf } from '../../../shared/codes.ts'
import { addParent, putChild, putRelation, putUnion, removeUnion } from '../../../shared/documents/case-map-genogram.ts'

export type RelationChoice =
  | { is: 'partner'; kind: UnionKind }
  | { is: 'child'; kind: ChildKind }
  | { is: 'parent'; kind: ChildKind }
  | { is: 'sibling' }
  | { is: 'relation'; kind: RelationKind }

/** In the order in which they are offered: what a map is begun with first. */
export const RELATION_CHOICES: readonly { id: string; choice: RelationChoice }[] = [
  { id: 'partner married', choice: { is: 'partner', kind: 'married' } },
  { id: 'child birth', choice: { is: 'child', kind: 'birth' } },
  { id: 'parent birth', choice: { is: 'parent', kind: 'birth' } },
  { id: 'sibling', choice: { is: 'sibling' } },
  ...codesOf(RELATION_KINDS).map(kind => ({ id: `relation ${kind}`, choice: { is: 'relation', kind } as const })),
  ...codesOf(UNION_KINDS)
    .filter(kind => kind !== 'married' && kind !== 'parents_only')
    .map(kind => ({ id: `partner ${kind}`, choice: { is: 'partner', kind } as const })),
  ...codesOf(CHILD_KINDS)
    .filter(kind => kind !== 'birth')
    .flatMap(kind => [
      { id: `child ${kind}`, choice: { is: 'child', kind } as const },
      { id: `parent ${kind}`, choice: { is: 'parent', kind } as const },
    ]),
]

/** Puts it; why not, when it cannot be. `unionId` says with whom a child is, where a person has had several partners. */
export function putRelationChoice(
  doc: Y.Doc,
  family: Family,
  person: GenogramPerson,
  otherId: string,
  choice: RelationChoice,
  unionId: string | undefined,
): 'put' | 'circular' | 'two-parents' {
  switch (choice.is) {
    case 'partner':
      putUnion(doc, person.id, otherId, { kind: choice.kind })
      return 'put'
    case 'relation':
      putRelation(doc, person.id, otherId, choice.kind)
      return 'put'
    case 'child': {
      const known = unionId ?? family.unionsOf(person.id)[0]?.id
      const union = known ?? putUnion(doc, person.id, '', { kind: 'parents_only' })
      if (putChild(doc, otherId, union, choice.kind)) return 'put'
      if (known === undefined) removeUnion(doc, union)
      return 'circular'
    }
    case 'parent': {
      const above = family.parentsOf(person.id).filter(({ kind }) => kind === choice.kind)
      if (above.some(child => family.union(child.unionId)?.b !== '')) return 'two-parents'
      return addParent(doc, person.id, otherId, choice.kind) ? 'put' : 'circular'
    }
    case 'sibling': {
      const parents = family.parentsOf(person.id)[0] ?? family.parentsOf(otherId)[0]
      if (parents === undefined) return 'two-parents'
      const joins = parents.childId === person.id ? otherId : person.id
      return putChild(doc, joins, parents.unionId) ? 'put' : 'circular'
    }
  }
}
