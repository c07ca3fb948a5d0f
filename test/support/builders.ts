/** Plausible people and agencies, through the same commands and repositories as real ones. */

import type { App } from '../../server/app.ts'
import { newId } from '../../server/lib/random.ts'
import type { Agency } from '../../server/people/agency-repository.ts'
import type { User } from '../../server/people/user-repository.ts'
import type { Membership } from '../../shared/access.ts'
import type { AgencyRole } from '../../shared/codes.ts'
import type { AgencyId, UserId } from '../../shared/ids.ts'

/** Everybody's password in tests, long enough for the rules. */
export const TEST_PASSWORD = 'morning-rice-17'

export type PeopleParts = Pick<App, 'agencies' | 'users' | 'passwords' | 'clock'>

let counter = 0

export function buildAgency(
  { agencies, clock }: PeopleParts,
  about: Partial<Pick<Agency, 'name' | 'shortName' | 'type' | 'public' | 'city' | 'colour' | 'active'>> = {},
): Promise<Agency> {
  counter += 1
  return agencies.insert({
    _id: newId<AgencyId>(),
    name: `시험기관 ${counter}`,
    shortName: `시험${counter}`,
    type: 'welfare_centre',
    public: false,
    city: '동두천시',
    colour: counter % 12,
    active: true,
    createdAt: new Date(clock.now()),
    ...about,
  })
}

export interface PersonAbout {
  agencyId?: AgencyId
  role?: AgencyRole
  login?: string
  name?: string
  operator?: boolean
  active?: boolean
  mustChangePassword?: boolean
  password?: string
}

/** A person who can sign in with {@link TEST_PASSWORD}. Without an agency: nobody's staff. */
export async function buildPerson({ users, passwords, clock }: PeopleParts, about: PersonAbout = {}): Promise<User> {
  counter += 1
  const { agencyId, role = 'case_worker' } = about
  const memberships: Membership[] = agencyId === undefined ? [] : [{ agencyId, role }]
  return users.insert(
    {
      _id: newId<UserId>(),
      name: about.name ?? `담당자 ${counter}`,
      login: about.login ?? `person${counter}`,
      operator: about.operator ?? false,
      active: about.active ?? true,
      memberships,
      mustChangePassword: about.mustChangePassword ?? false,
      createdAt: new Date(clock.now()),
    },
    await passwords.hash(about.password ?? TEST_PASSWORD),
  )
}
