/**
 * Names, for every screen that shows one, and who may be found by whom. A person is shown the agencies of the own city and those met in
 * conferences, with the people who can be invited; never who works on which case.
 */
import type { Actor } from '../../shared/access.ts'
import type { AgencyRole } from '../../shared/codes.ts'
import type { AgencyId, UserId } from '../../shared/ids.ts'
import type { AgencyView, DirectoryView, PersonView } from '../../shared/protocol/http-api.ts'
import type { Agency, AgencyRepository } from './agency-repository.ts'
import type { WorkOfPeople } from './ports.ts'
import type { User, UserRepository } from './user-repository.ts'

export interface Directory {
  person(userId: UserId): Promise<(User & { userId: UserId }) | undefined>
  agency(agencyId: AgencyId): Promise<(Agency & { agencyId: AgencyId }) | undefined>
  /** The signed-in person's own view. */
  personView(user: User): Promise<PersonView>
  /** An agency's active people, one line per role. */
  staffOf(agencyId: AgencyId): Promise<{ userId: UserId; name: string; role: AgencyRole }[]>
  /** What this person may choose from. */
  view(actor: Actor): Promise<DirectoryView>
}

export function createDirectory(options: {
  users: UserRepository
  agencies: AgencyRepository
  /** Asked late: what people work on is opened after people themselves. */
  work: () => Pick<WorkOfPeople, 'agenciesMetBy'> | undefined
}): Directory {
  const { users, agencies, work } = options

  async function agenciesFor(actor: Actor): Promise<Agency[]> {
    if (actor.operator) return agencies.all()
    const own = await present(actor.memberships.map(membership => agencies.find(membership.agencyId)))
    const cities = new Set(own.map(agency => agency.cityCode))
    const near = (await Promise.all([...cities].map(city => agencies.ofCity(city)))).flat()
    const metIds = (await work()?.agenciesMetBy(actor.userId)) ?? []
    const met = await present(metIds.map(id => agencies.find(id)))
    return [...new Map([...near, ...met].map(agency => [agency._id, agency])).values()]
  }

  async function staffOf(agencyId: AgencyId) {
    return (await users.ofAgency(agencyId))
      .filter(user => user.active)
      .flatMap(user =>
        user.memberships
          .filter(membership => membership.agencyId === agencyId)
          .map(({ role }) => ({ userId: user._id, name: user.name, role })),
      )
  }

  return {
    staffOf,
    async person(userId) {
      const user = await users.find(userId)
      return user && { ...user, userId }
    },
    async agency(agencyId) {
      const agency = await agencies.find(agencyId)
      return agency && { ...agency, agencyId }
    },
    async personView(user) {
      const memberships = await Promise.all(
        user.memberships.map(async ({ agencyId, role }) => {
          const agency = await agencies.find(agencyId)
          return {
            agencyId,
            role,
            agencyName: agency?.name ?? '',
            agencyShortName: agency?.shortName ?? '',
            colour: agency?.colour ?? 0,
          }
        }),
      )
      return { userId: user._id, name: user.name, operator: user.operator, memberships }
    },
    async view(actor) {
      const visible = (await agenciesFor(actor)).filter(agency => agency.active)
      const withPeople = visible.map(async agency => ({
        ...agencyViewOf(agency),
        people: (await staffOf(agency._id)).sort((a, b) => a.name.localeCompare(b.name, 'ko')),
      }))
      const found = await Promise.all(withPeople)
      return { agencies: found.sort((a, b) => a.name.localeCompare(b.name, 'ko')) }
    },
  }
}

export function agencyViewOf({
  _id,
  name,
  shortName,
  type,
  public: isPublic,
  city,
  colour,
  active,
  _v,
}: Agency): AgencyView {
  return { agencyId: _id, name, shortName, type, public: isPublic, city, colour, active, _v }
}

async function present<T>(all: Promise<T | undefined>[]): Promise<T[]> {
  return (await Promise.all(all)).filter((one): one is Awaited<T> & T => one !== undefined)
}
