/** How each agency at the table stands to the latest version, counted from the record and from who may open what now (MINUTES.md MN6–MN8). */
import { type Actor, canSignMinutes } from '../../shared/access.ts'
import type { AgencyId } from '../../shared/ids.ts'
import type { LeafKey } from '../../shared/minutes/minutes-record.ts'
import { type AgencySigning, isContent, type SigningFacts, signingOf } from '../../shared/minutes/signing.ts'
import type { PeopleDirectory } from '../conferences/ports.ts'
import type { MeetingRecords } from '../meetings/meeting-records.ts'
import { readableLeaves } from './minutes-readers.ts'
import { lastVersion, type MinutesState } from './minutes-state.ts'

/** Those at the table in the order in which they sat, then others who have said something; empty while nothing is circulated. */
export async function agencySignings(
  people: PeopleDirectory,
  records: MeetingRecords,
  state: MinutesState,
): Promise<Map<AgencyId, AgencySigning>> {
  const version = lastVersion(state)
  if (version === undefined) return new Map()
  const needed = await neededLeaves(people, records)
  const current = Object.fromEntries(version.head.leaves)
  const facts = signingFacts(state)
  const others = state.signatures.map(one => one.agencyId)
  return new Map(
    [...new Set([...version.asked, ...others])].map(agencyId => [
      agencyId,
      signingOf(agencyId, facts, current, needed.get(agencyId) ?? []),
    ]),
  )
}

/**
 * Every agency that is asked is content, nobody objects, and somebody has signed: minutes that nobody could sign are not signed by all. Who was not
 * asked and signed is waited for by nobody.
 */
export function isSignedByAll(signings: ReadonlyMap<AgencyId, AgencySigning>, state: MinutesState): boolean {
  const asked = (lastVersion(state)?.asked ?? []).map(agencyId => signings.get(agencyId) ?? 'nobody')
  return asked.every(isContent) && asked.some(signing => signing !== 'nobody') && !isObjected(signings)
}

export const isObjected = (signings: ReadonlyMap<AgencyId, AgencySigning>): boolean =>
  [...signings.values()].includes('objected')

/** What the record knows: which leaves were covered, as they were then. */
export function signingFacts({ signatures, versions }: MinutesState): SigningFacts[] {
  return signatures.map(({ agencyId, kind, at, version, covered, about }) => {
    const leaves = new Map(versions[version - 1]?.head.leaves)
    const held = covered.map(key => [key, leaves.get(key) ?? ''] as const)
    return { agencyId, kind, at, covered: Object.fromEntries(held), about: about === null ? [] : [about] }
  })
}

/**
 * What somebody of each agency could sign now: leaves that one who may sign may open. A supervision note is not theirs to sign for the agency, and the
 * confidentiality statement that somebody has still to accept opens nothing, but is asked for before they are shown anything.
 */
async function neededLeaves(people: PeopleDirectory, records: MeetingRecords): Promise<Map<AgencyId, LeafKey[]>> {
  const needed = new Map<AgencyId, Set<LeafKey>>()
  const unaccepted = withoutStatements(records)
  for (const { userId, agencyId } of records.conference.participants) {
    const person = await people.person(userId)
    if (!person?.active) continue
    const actor: Actor = { userId, operator: false, memberships: person.memberships }
    if (!canSignMinutes(actor, unaccepted.facts)) continue
    const leaves = needed.get(agencyId) ?? new Set<LeafKey>()
    needed.set(agencyId, leaves)
    for (const key of readableLeaves(actor, unaccepted)) if (!key.startsWith('supervision:')) leaves.add(key)
  }
  return new Map([...needed].map(([agencyId, leaves]) => [agencyId, [...leaves]]))
}

function withoutStatements(records: MeetingRecords): MeetingRecords {
  const facts = { ...records.facts, accepted: undefined }
  const items = new Map([...records.items].map(([itemId, item]) => [itemId, { ...item, facts }]))
  return { ...records, facts, items }
}
