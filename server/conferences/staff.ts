/** Whether the people and agencies that a command names are what it says they are. Judged on the directory as it is now. */
import type { AgencyId, UserId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { DirectoryPerson, PeopleDirectory } from './ports.ts'

interface Placement {
  userId: UserId
  agencyId: AgencyId
}

/**
 * The people, each active and of the agency named beside them. One answer for all that is wrong, so that nobody can ask
 * who works where. @throws Refusal `bad-request` with `detail`
 */
export async function staffNamed<P extends Placement>(
  people: PeopleDirectory,
  placements: readonly P[],
  detail: string,
): Promise<{ placement: P; person: DirectoryPerson }[]> {
  return Promise.all(
    placements.map(async placement => {
      const person = await people.person(placement.userId)
      if (!person?.active || !person.memberships.some(m => m.agencyId === placement.agencyId)) {
        throw new Refusal('bad-request', detail)
      }
      return { placement, person }
    }),
  )
}

/** @throws Refusal `bad-request` with `detail` when one of them does not exist or is switched off. */
export async function assertActiveAgencies(
  people: PeopleDirectory,
  agencyIds: readonly AgencyId[],
  detail: string,
): Promise<void> {
  const agencies = await Promise.all(agencyIds.map(agencyId => people.agency(agencyId)))
  if (agencies.some(agency => !agency?.active)) throw new Refusal('bad-request', detail)
}

/** @throws Refusal `bad-request` with `detail` when a value stands in the list twice. */
export function assertDistinct(values: readonly string[], detail: string): void {
  if (new Set(values).size !== values.length) throw new Refusal('bad-request', detail)
}
