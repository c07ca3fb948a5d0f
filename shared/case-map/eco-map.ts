/** An eco-map as plain data, and what of the written records is one (GM7–GM8 of CASE-MAP.md). */
import type { SystemKind, TieFlow, TieStrength } from './case-map-codes.ts'
import type { Offset } from './offsets.ts'

/** Something outside the household that it stands in touch with: a hospital, a neighbour, an agency of the case. */
export interface EcoSystem {
  /** An agency's or a resource's own id where the system is one. */
  id: string
  kind: SystemKind
  name: string
  /** What it is to this household, in a few words. */
  note: string
  offset: Offset
  order: string
}

export interface EcoTie {
  id: string
  systemId: string
  /** A person of the household, or empty: the household as a whole. */
  personId: string
  strength: TieStrength
  flow: TieFlow
  note: string
}

export interface EcoMap {
  /** In their written order. */
  readonly systems: readonly EcoSystem[]
  readonly ties: readonly EcoTie[]
}

/** Ties of systems that are gone are left out; a person who is no longer in the household's circle stands for the whole household. */
export function soundEcoMap(written: EcoMap, household: ReadonlySet<string>): EcoMap {
  const systems = [...written.systems].sort((a, b) => compare(a.order, b.order) || compare(a.id, b.id))
  const known = new Set(systems.map(system => system.id))
  const seen = new Set<string>()
  const ties: EcoTie[] = []
  for (const tie of [...written.ties].sort((a, b) => compare(a.id, b.id))) {
    const personId = household.has(tie.personId) ? tie.personId : ''
    const key = `${tie.systemId} ${personId}`
    if (!known.has(tie.systemId) || seen.has(key)) continue
    seen.add(key)
    ties.push({ ...tie, personId })
  }
  return { systems, ties }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
