/** Who stands beside whom in each row: partners together, brothers and sisters by birth, families in the order in which a hand would draw them. */
import type { Family } from './family.ts'
import type { Generations } from './generations.ts'
import { type Genogram, partnerIn } from './genogram.ts'

export interface RowOrder {
  /** The groups of each row, left to right. */
  rows: readonly (readonly string[])[]
  /** The people of a group, left to right. */
  chainOf: ReadonlyMap<string, readonly string[]>
}

export function rowOrderOf(genogram: Genogram, family: Family, generations: Generations): RowOrder {
  const { rowOf, groupOf, groups } = generations
  const chainOf = new Map([...groups].map(([group, people]) => [group, partnersInLine(people, family, groupOf)]))
  const walked = [...walk(genogram, family, generations, chainOf)]
  const before = eldersOf(genogram, family, generations)
  const rows: string[][] = Array.from({ length: Math.max(-1, ...rowOf.values()) + 1 }, () => [])
  const placed = new Set<string>()
  /** A group right after the elder brothers and sisters of everybody in it: whoever married in brings theirs along. */
  const place = (group: string): void => {
    if (placed.has(group)) return
    placed.add(group)
    for (const elder of before.get(group) ?? []) place(elder)
    rows[rowOf.get(chainOf.get(group)?.[0] ?? '') ?? 0]?.push(group)
  }
  for (const group of walked) place(group)
  return { rows, chainOf }
}

/** Every group once, as a hand would draw them: from the top of the line of the one whom the map is about, down, then the families that married in. */
function walk(
  genogram: Genogram,
  family: Family,
  { groupOf }: Generations,
  chainOf: ReadonlyMap<string, readonly string[]>,
): Set<string> {
  const seen = new Set<string>()
  const visit = (group: string): void => {
    if (seen.has(group)) return
    seen.add(group)
    const chain = chainOf.get(group) ?? []
    for (const person of chain) {
      for (const union of family.unionsOf(person)) {
        for (const child of family.childrenOf(union.id)) visit(groupOf.get(child.childId) ?? '')
      }
    }
    for (const person of chain) {
      for (const { unionId } of family.parentsOf(person)) visit(groupOf.get(family.union(unionId)?.a ?? '') ?? '')
    }
  }
  const index = genogram.people.find(({ isIndex }) => isIndex)
  for (const { id } of index ? [index, ...genogram.people] : genogram.people) {
    visit(eldestAbove(groupOf.get(id) ?? '', family, groupOf, chainOf))
    visit(groupOf.get(id) ?? '')
  }
  return seen
}

/** The top of the line that goes up at the left: a map is begun with the family of the man, as it is drawn by hand. */
function eldestAbove(
  from: string,
  family: Family,
  groupOf: ReadonlyMap<string, string>,
  chainOf: ReadonlyMap<string, readonly string[]>,
): string {
  let group = from
  for (;;) {
    const above = (chainOf.get(group) ?? []).flatMap(person => family.parentsOf(person))[0]
    if (above === undefined) return group
    group = groupOf.get(family.union(above.unionId)?.a ?? '') ?? group
  }
}

/** For each group those that have to stand left of it, because an elder brother or sister is in them. */
function eldersOf(genogram: Genogram, family: Family, { rowOf, groupOf }: Generations): Map<string, string[]> {
  const before = new Map<string, string[]>()
  for (const { id } of genogram.unions) {
    const last = new Map<number, string>()
    for (const { childId } of family.childrenOf(id)) {
      const [row, group] = [rowOf.get(childId) ?? 0, groupOf.get(childId) ?? '']
      const elder = last.get(row)
      if (elder !== undefined && elder !== group) before.set(group, [...(before.get(group) ?? []), elder])
      last.set(row, group)
    }
  }
  return before
}

/**
 * Partners in a line. Of a couple the man stands left; who had several partners stands between the first and the others, and their further partners
 * outside of them.
 */
function partnersInLine(people: readonly string[], family: Family, groupOf: ReadonlyMap<string, string>): string[] {
  const inside = new Set(people)
  const partners = (id: string): string[] =>
    family
      .unionsOf(id)
      .map(union => partnerIn(union, id))
      .filter(partner => partner !== '' && inside.has(partner) && groupOf.get(partner) === groupOf.get(id))
  const middle = [...people].sort((a, b) => partners(b).length - partners(a).length || (a < b ? -1 : 1))[0]
  if (middle === undefined) return []
  const seen = new Set([middle])
  const outwards = (id: string): string[] => {
    if (seen.has(id)) return []
    seen.add(id)
    return [id, ...partners(id).flatMap(outwards)]
  }
  const around = partners(middle)
  const isMan = (id: string | undefined) => id !== undefined && family.person(id)?.sex === 'male'
  const standsLeft = around.length === 1 && (isMan(middle) || !isMan(around[0]))
  const [first, ...others] = around
  const left = standsLeft || first === undefined ? [] : outwards(first)
  const right = (standsLeft ? around : others).flatMap(outwards)
  return [...left.reverse(), middle, ...right]
}
