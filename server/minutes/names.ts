/** Names as the directory has them, each asked for once: minutes hold names as they were, so that they are read without asking anybody. */
import type { AgencyId, UserId } from '../../shared/ids.ts'
import type { NamedAgency } from '../../shared/minutes/minutes-record.ts'
import type { PeopleDirectory } from '../conferences/ports.ts'

export interface Names {
  /** Empty for nobody, and for who is not there any more. */
  person(userId: string | null | undefined): Promise<string>
  /** Post as people say it; empty where none is told. */
  title(userId: UserId): Promise<string>
  agency(agencyId: AgencyId): Promise<NamedAgency>
}

export function createNames(people: PeopleDirectory): Names {
  const known = new Map<string, Promise<string>>()
  const agencies = new Map<AgencyId, Promise<NamedAgency>>()
  return {
    person(userId) {
      if (!userId) return Promise.resolve('')
      const asked = known.get(userId) ?? people.person(userId as UserId).then(person => person?.name ?? '')
      known.set(userId, asked)
      return asked
    },
    async title(userId) {
      return (await people.person(userId))?.title ?? ''
    },
    agency(agencyId) {
      const asked =
        agencies.get(agencyId) ??
        people
          .agency(agencyId)
          .then(found => ({ agencyId, name: found?.name ?? '', shortName: found?.shortName ?? '' }))
      agencies.set(agencyId, asked)
      return asked
    },
  }
}
