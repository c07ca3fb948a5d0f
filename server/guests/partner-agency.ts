/**
 * The agency that a guest comes for: one that is registered, or one that is registered by this invitation, in the host agency's city and without
 * people. It opens nothing by itself, and the operator finds it among the others.
 */
import type { AgencyId } from '../../shared/ids.ts'
import type { CreateGuestBody } from '../../shared/protocol/guests.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { commit } from '../conferences/commit.ts'
import type { Conference } from '../conferences/conference-repository.ts'
import type { By } from '../conferences/ports.ts'
import { assertActiveAgencies } from '../conferences/staff.ts'
import type { Agency } from '../people/agency-repository.ts'
import type { GuestParts } from './ports.ts'

/** Kinds of agency that are part of the public administration. */
const PUBLIC_TYPES: readonly Agency['type'][] = ['dong', 'city', 'police', 'school']
/** The agency colours that the screens know. */
const COLOURS = 12

/** @throws Refusal `bad-request` for the host agency (its people have accounts), for one that is not there, and for a name that is taken */
export async function agencyFor(
  parts: GuestParts,
  by: By,
  conference: Pick<Conference, 'hostAgencyId'>,
  asked: CreateGuestBody['agency'],
): Promise<AgencyId> {
  if ('agencyId' in asked) {
    if (asked.agencyId === conference.hostAgencyId) throw new Refusal('bad-request', 'guest-of-host')
    await assertActiveAgencies(parts.people, [asked.agencyId], 'unknown-agency')
    return asked.agencyId
  }
  const host = await parts.agencies.find(conference.hostAgencyId)
  if (host === undefined) throw new Refusal('not-found')
  const near = await parts.agencies.ofCity(host.cityCode)
  if (near.some(agency => plain(agency.name) === plain(asked.name))) throw new Refusal('bad-request', 'agency-known')
  const agencyId = parts.newId<AgencyId>()
  const created = await commit(parts, by, {
    action: 'agency.create',
    object: agencyId,
    reason: 'guest',
    write: async () =>
      parts.agencies.insert({
        ...asked,
        _id: agencyId,
        public: PUBLIC_TYPES.includes(asked.type),
        city: host.city,
        colour: (await parts.agencies.all()).length % COLOURS,
        active: true,
        createdAt: new Date(parts.now()),
      }),
    announces: () => [],
  })
  return created._id
}

/** As people compare names: spaces and forms of a letter do not count. */
const plain = (name: string) => name.normalize('NFC').replace(/\s/g, '').toLowerCase()
