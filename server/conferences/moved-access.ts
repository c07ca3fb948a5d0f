/** Who is given access by a command and who loses it, as the record of access names them (audit/SPEC.md AU3). Pure. */
import type { AgencyId, UserId } from '../../shared/ids.ts'

export type Named = `agency.${AgencyId}` | `user.${UserId}`

export const namedAgencies = (agencyIds: readonly AgencyId[]): Named[] =>
  agencyIds.map((agencyId): Named => `agency.${agencyId}`)

export const namedPeople = (userIds: readonly UserId[]): Named[] => userIds.map((userId): Named => `user.${userId}`)

/** Those of a case: its agencies and its workers. */
export const namedInCase = (file: {
  agencies: readonly { agencyId: AgencyId }[]
  workers: readonly { userId: UserId }[]
}): Named[] => [...namedAgencies(file.agencies.map(({ agencyId }) => agencyId)), ...namedOf(file.workers)]

/** Those who work on a case or sit at a table. */
export const namedOf = (people: readonly { userId: UserId }[]): Named[] =>
  namedPeople(people.map(({ userId }) => userId))

/** Who is new in the second list, and who is gone from the first. */
export function movedBetween(before: readonly Named[], after: readonly Named[]): { giving: Named[]; losing: Named[] } {
  return {
    giving: after.filter(who => !before.includes(who)),
    losing: before.filter(who => !after.includes(who)),
  }
}
