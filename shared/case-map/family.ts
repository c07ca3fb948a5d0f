/** Looking things up in a genogram: who is whose partner, parent, child, in the order in which they are drawn and told. */
import { type Genogram, type GenogramChild, type GenogramPerson, type GenogramUnion, partnersOf } from './genogram.ts'

export interface Family {
  person(id: string): GenogramPerson | undefined
  /** A person's partnerships, earliest first. */
  unionsOf(personId: string): readonly GenogramUnion[]
  union(id: string): GenogramUnion | undefined
  /** The children of a partnership by birth. */
  childrenOf(unionId: string): readonly GenogramChild[]
  /** Whose child somebody is: by birth first, then adopted, then in foster care. */
  parentsOf(personId: string): readonly GenogramChild[]
}

const NO_UNIONS: readonly GenogramUnion[] = []
const NO_CHILDREN: readonly GenogramChild[] = []
const CLOSENESS = { birth: 0, adopted: 1, foster: 2 } as const

export function familyOf(genogram: Genogram): Family {
  const people = new Map(genogram.people.map(person => [person.id, person]))
  const unions = new Map(genogram.unions.map(union => [union.id, union]))
  const unionsOf = new Map<string, GenogramUnion[]>()
  const begun = (a: GenogramUnion, b: GenogramUnion) =>
    (a.since ?? a.until ?? 9999) - (b.since ?? b.until ?? 9999) || compare(a.id, b.id)
  for (const union of [...genogram.unions].sort(begun)) {
    for (const partner of partnersOf(union)) push(unionsOf, partner, union)
  }
  const above = new Map<string, GenogramChild[]>()
  const below = new Map<string, GenogramChild[]>()
  for (const child of genogram.children) {
    push(above, child.childId, child)
    push(below, child.unionId, child)
  }
  for (const parents of above.values()) {
    parents.sort((a, b) => CLOSENESS[a.kind] - CLOSENESS[b.kind] || compare(a.id, b.id))
  }
  for (const [unionId, children] of below) below.set(unionId, byBirth(children, people))
  return {
    person: id => people.get(id),
    unionsOf: id => unionsOf.get(id) ?? NO_UNIONS,
    union: id => unions.get(id),
    childrenOf: id => below.get(id) ?? NO_CHILDREN,
    parentsOf: id => above.get(id) ?? NO_CHILDREN,
  }
}

/**
 * Brothers and sisters by birth. Those whose year nobody knows are put after the last of the others that stands before them in the written order, so
 * that the list has one order whatever is known; twins stand beside each other.
 */
function byBirth(children: readonly GenogramChild[], people: ReadonlyMap<string, GenogramPerson>): GenogramChild[] {
  const personOf = (child: GenogramChild) => people.get(child.childId)
  const written = (a: GenogramChild, b: GenogramChild) =>
    compare(personOf(a)?.order ?? '', personOf(b)?.order ?? '') || compare(a.childId, b.childId)
  const isDated = (child: GenogramChild) => (personOf(child)?.birth ?? '') !== ''
  const sorted = children
    .filter(isDated)
    .sort((a, b) => compare(personOf(a)?.birth ?? '', personOf(b)?.birth ?? '') || written(a, b))
  for (const child of children.filter(each => !isDated(each)).sort(written)) {
    sorted.splice(sorted.findLastIndex(other => written(other, child) < 0) + 1, 0, child)
  }
  return twinsTogether(sorted)
}

function twinsTogether(sorted: readonly GenogramChild[]): GenogramChild[] {
  const placed: GenogramChild[] = []
  for (const child of sorted) {
    if (placed.includes(child)) continue
    placed.push(child, ...twinsOf(child, sorted).filter(twin => !placed.includes(twin)))
  }
  return placed
}

/** Everybody who is a twin of this child, by however many links (three of a birth name each other in a row). */
export function twinsOf(child: GenogramChild, siblings: readonly GenogramChild[]): GenogramChild[] {
  const found = new Set<GenogramChild>([child])
  for (let before = 0; before !== found.size; ) {
    before = found.size
    for (const other of siblings) {
      const isLinked = [...found].some(each => each.twinOf === other.childId || other.twinOf === each.childId)
      if (isLinked) found.add(other)
    }
  }
  found.delete(child)
  return siblings.filter(other => found.has(other))
}

function push<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
