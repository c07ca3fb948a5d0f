/**
 * Which row everybody stands in. Partners share one, children stand below all their parents. Where both cannot be had (somebody is a partner of their
 * own descendant) the partnership gives way and the parenthood holds.
 */
import type { Family } from './family.ts'
import { type Genogram, partnersOf } from './genogram.ts'

export interface Generations {
  /** The rows from the eldest, without empty ones. */
  rowOf: ReadonlyMap<string, number>
  /** People bound to one row by partnerships; everybody is in exactly one group. */
  groupOf: ReadonlyMap<string, string>
  groups: ReadonlyMap<string, readonly string[]>
}

export function generationsOf(genogram: Genogram, family: Family): Generations {
  const members = new Map(genogram.people.map(({ id }) => [id, [id]]))
  const groupOf = new Map(genogram.people.map(({ id }) => [id, id]))
  const groupsAbove = (group: string): Set<string> => {
    const above = new Set<string>()
    for (const person of members.get(group) ?? []) {
      for (const { unionId } of family.parentsOf(person)) {
        const union = family.union(unionId)
        for (const parent of union ? partnersOf(union) : []) above.add(groupOf.get(parent) ?? '')
      }
    }
    return above
  }
  for (const { a, b } of genogram.unions) {
    const [one, other] = [groupOf.get(a) ?? '', groupOf.get(b) ?? '']
    if (b === '' || one === other) continue
    if (isAbove(one, other, groupsAbove) || isAbove(other, one, groupsAbove)) continue
    const joined = [...(members.get(one) ?? []), ...(members.get(other) ?? [])]
    for (const person of joined) groupOf.set(person, one)
    members.set(one, joined)
    members.delete(other)
  }
  const levels = levelsOf([...members.keys()], groupsAbove)
  letStand(genogram, groupOf, groupsAbove, levels)
  const used = [...new Set(levels.values())].sort((a, b) => a - b)
  const rowOf = new Map([...groupOf].map(([person, group]) => [person, used.indexOf(levels.get(group) ?? 0)]))
  return { rowOf, groupOf, groups: members }
}

/** Whether `upper` is an ancestor of `lower`. */
function isAbove(upper: string, lower: string, groupsAbove: (group: string) => Set<string>): boolean {
  const seen = new Set<string>()
  const waiting = [lower]
  for (let group = waiting.pop(); group !== undefined; group = waiting.pop()) {
    for (const above of groupsAbove(group)) {
      if (above === upper) return true
      if (seen.has(above)) continue
      seen.add(above)
      waiting.push(above)
    }
  }
  return false
}

/**
 * Every group below all above it, and each right over its lowest children as far as the whole does not grow by it: the parents of who married in stand
 * beside the parents of the other side, and brothers and sisters beside each other.
 */
function levelsOf(groups: readonly string[], groupsAbove: (group: string) => Set<string>): Map<string, number> {
  const above = new Map(groups.map(group => [group, [...groupsAbove(group)]]))
  const least = new Map<string, number>()
  let levels = lowestBelow(groups, above, least)
  const depth = Math.max(0, ...levels.values())
  const refused = new Set<string>()
  for (let moved = true; moved; ) {
    moved = false
    const lowestChild = new Map<string, number>()
    for (const group of groups) {
      for (const parent of above.get(group) ?? []) {
        lowestChild.set(parent, Math.max(lowestChild.get(parent) ?? 0, levels.get(group) ?? 0))
      }
    }
    for (const [group, child] of lowestChild) {
      if (child - 1 <= (levels.get(group) ?? 0) || refused.has(group)) continue
      const tried = new Map(least).set(group, child - 1)
      const raised = lowestBelow(groups, above, tried)
      // Otherwise somebody below is an ancestor of somebody beside, and each round would push the other on.
      if (Math.max(...raised.values()) > depth) {
        refused.add(group)
        continue
      }
      least.set(group, child - 1)
      levels = raised
      moved = true
      break
    }
  }
  return levels
}

/** The longest way down to each group, none higher than what is asked for it. */
function lowestBelow(
  groups: readonly string[],
  above: ReadonlyMap<string, readonly string[]>,
  least: ReadonlyMap<string, number>,
): Map<string, number> {
  const levels = new Map<string, number>()
  const level = (group: string): number => {
    const known = levels.get(group)
    if (known !== undefined) return known
    const found = Math.max(least.get(group) ?? 0, ...(above.get(group) ?? []).map(parent => level(parent) + 1))
    levels.set(group, found)
    return found
  }
  for (const group of groups) level(group)
  return levels
}

/** Who has neither parents nor children on the map stands in the row of the one whom it is about. */
function letStand(
  genogram: Genogram,
  groupOf: ReadonlyMap<string, string>,
  groupsAbove: (group: string) => Set<string>,
  levels: Map<string, number>,
): void {
  const index = genogram.people.find(({ isIndex }) => isIndex)
  const level = index && levels.get(groupOf.get(index.id) ?? '')
  if (level === undefined) return
  const parents = new Set<string>()
  for (const group of levels.keys()) for (const above of groupsAbove(group)) parents.add(above)
  for (const group of levels.keys()) {
    if (groupsAbove(group).size === 0 && !parents.has(group)) levels.set(group, level)
  }
}
