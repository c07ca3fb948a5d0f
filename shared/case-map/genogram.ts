/**
 * A genogram as plain data, and what of the written records is one (GM1–GM6 of CASE-MAP.md): after any merge records may hang in the air, stand
 * twice, or make somebody their own ancestor. Those are left out here, by the same rule on every screen; nothing is drawn that is not in it.
 */
import type {
  ChildKind,
  FigureForm,
  FigureLife,
  FigureSex,
  RelationKind,
  TwinKind,
  UnionKind,
} from './case-map-codes.ts'
import type { Offset } from './offsets.ts'

export interface GenogramPerson {
  /** The household member's id where the figure stands for one. */
  id: string
  isMember: boolean
  /** As it is written, empty when nobody wrote one. */
  name: string
  sex: FigureSex
  form: FigureForm
  life: FigureLife
  /** `YYYY`, or a member's more exact `YYYY-MM` or `YYYY-MM-DD`; empty when not known. */
  birth: string
  /** Year of death, null when not known. */
  died: number | null
  /** The one whom the map is about (중심 인물): drawn doubled. */
  isIndex: boolean
  /** Lives in the household that the case is about. */
  isHome: boolean
  note: string
  offset: Offset
  /** The place in the written order: among brothers and sisters whose years are not known. */
  order: string
}

export interface GenogramUnion {
  id: string
  /** One of the two; `b` is empty where the other is not drawn. */
  a: string
  b: string
  kind: UnionKind
  since: number | null
  until: number | null
}

export interface GenogramChild {
  id: string
  childId: string
  unionId: string
  kind: ChildKind
  /** A brother or sister of the same parents, or empty. */
  twinOf: string
  twins: TwinKind
}

export interface GenogramRelation {
  id: string
  /** Where a direction matters (violence) it goes from `a` to `b`. */
  a: string
  b: string
  kind: RelationKind
  note: string
}

export interface Genogram {
  readonly people: readonly GenogramPerson[]
  readonly unions: readonly GenogramUnion[]
  readonly children: readonly GenogramChild[]
  readonly relations: readonly GenogramRelation[]
  /** What is written and not shown, and why: the list says so and offers to take it away. */
  readonly leftOut: readonly LeftOut[]
}

export interface LeftOut {
  root: 'unions' | 'children' | 'relations'
  id: string
  why: 'dangling' | 'repeated' | 'circular'
}

export type WrittenGenogram = Omit<Genogram, 'leftOut'>

/** What of the written records holds together. Deterministic: the order in which records are given makes no difference. */
export function soundGenogram(written: WrittenGenogram): Genogram {
  const leftOut: LeftOut[] = []
  const people = [...written.people].sort(byId)
  const known = new Set(people.map(person => person.id))
  const unions = keep('unions', written.unions, union => {
    if (!known.has(union.a) || (union.b !== '' && !known.has(union.b)) || union.a === union.b) return 'dangling'
    return unordered(union.a, union.b)
  })
  const parentsOf = new Map<string, string[]>(unions.map(union => [union.id, partnersOf(union)]))
  const whole = keep('children', written.children, child => {
    const parents = parentsOf.get(child.unionId)
    if (!known.has(child.childId) || parents === undefined) return 'dangling'
    return `${child.childId} ${child.unionId}`
  })
  const children = withoutCircles(whole, parentsOf, leftOut)
  const placed = new Set(children.map(child => `${child.childId} ${child.unionId}`))
  const relations = keep('relations', written.relations, relation => {
    if (!known.has(relation.a) || !known.has(relation.b) || relation.a === relation.b) return 'dangling'
    return `${unordered(relation.a, relation.b)} ${relation.kind}`
  })
  return {
    people,
    unions,
    // A twin of somebody who is no brother or sister is an ordinary child.
    children: children.map(child =>
      child.twinOf !== '' && (child.twinOf === child.childId || !placed.has(`${child.twinOf} ${child.unionId}`))
        ? { ...child, twinOf: '' }
        : child,
    ),
    relations,
    leftOut,
  }

  /** `keyOf` says what a record is the only one of, or that it hangs in the air; of several the one with the smallest id stays. */
  function keep<T extends { id: string }>(
    root: LeftOut['root'],
    records: readonly T[],
    keyOf: (record: T) => string,
  ): T[] {
    const seen = new Set<string>()
    return [...records].sort(byId).filter(record => {
      const key = keyOf(record)
      const why = key === 'dangling' ? key : seen.has(key) ? 'repeated' : null
      if (why !== null) leftOut.push({ root, id: record.id, why })
      else seen.add(key)
      return why === null
    })
  }
}

/** Whether putting the child under these parents would make somebody their own ancestor. */
export function closesCircle(genogram: Lineage, childId: string, unionId: string): boolean {
  const union = genogram.unions.find(({ id }) => id === unionId)
  return union !== undefined && closesCircleWith(genogram, childId, partnersOf(union))
}

/** The same for parents who are no partnership yet. */
export function closesCircleWith({ unions, children }: Lineage, childId: string, parents: readonly string[]): boolean {
  const parentsOf = new Map(unions.map(union => [union.id, partnersOf(union)]))
  return ancestorsReach(parents, childId, parentUnions(children), parentsOf)
}

type Lineage = Pick<Genogram, 'children' | 'unions'>

export const partnersOf = ({ a, b }: { a: string; b: string }): string[] => (b === '' ? [a] : [a, b])

/** The other of the two, or empty. */
export const partnerIn = (union: GenogramUnion, personId: string): string => (union.a === personId ? union.b : union.a)

/** Parenthood in the order of ids; each that would close a circle with those before it is left out. */
function withoutCircles(
  children: readonly GenogramChild[],
  parentsOf: ReadonlyMap<string, readonly string[]>,
  leftOut: LeftOut[],
): GenogramChild[] {
  const unionsAbove = new Map<string, string[]>()
  return children.filter(child => {
    if (ancestorsReach(parentsOf.get(child.unionId) ?? [], child.childId, unionsAbove, parentsOf)) {
      leftOut.push({ root: 'children', id: child.id, why: 'circular' })
      return false
    }
    unionsAbove.set(child.childId, [...(unionsAbove.get(child.childId) ?? []), child.unionId])
    return true
  })
}

/** Whether `wanted` is among these people or their ancestors. */
function ancestorsReach(
  from: readonly string[],
  wanted: string,
  unionsAbove: ReadonlyMap<string, readonly string[]>,
  parentsOf: ReadonlyMap<string, readonly string[]>,
): boolean {
  const seen = new Set<string>()
  const waiting = [...from]
  for (let person = waiting.pop(); person !== undefined; person = waiting.pop()) {
    if (person === wanted) return true
    if (seen.has(person)) continue
    seen.add(person)
    for (const unionId of unionsAbove.get(person) ?? []) waiting.push(...(parentsOf.get(unionId) ?? []))
  }
  return false
}

function parentUnions(children: readonly GenogramChild[]): Map<string, string[]> {
  const above = new Map<string, string[]>()
  for (const { childId, unionId } of children) above.set(childId, [...(above.get(childId) ?? []), unionId])
  return above
}

const unordered = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`)

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
