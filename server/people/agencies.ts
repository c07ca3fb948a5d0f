/** Commands on agencies: one function each, checked against the facts given in, written as one record, announced with the commit. */
import { canAdministerInstallation } from '../../shared/access.ts'
import type { AgencyId } from '../../shared/ids.ts'
import type { AgencyView, ChangeAgencyBody, CreateAgencyBody } from '../../shared/protocol/http-api.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { Audit } from '../audit/audit.ts'
import type { AccessChanges } from '../auth/access-changes.ts'
import { newId } from '../lib/random.ts'
import type { Clock } from '../rooms/ports.ts'
import type { Agency, AgencyRepository } from './agency-repository.ts'
import { agencyViewOf } from './directory.ts'
import type { By } from './ports.ts'

/** The agency colours that the screens know. */
const COLOURS = 12

export interface AgencyParts {
  agencies: AgencyRepository
  audit: Audit
  changes: AccessChanges
  clock: Clock
}

/** The operator registers an agency. Without a colour it takes the one that is used least. */
export async function createAgency(parts: AgencyParts, by: By, body: CreateAgencyBody): Promise<AgencyView> {
  const { agencies, audit, clock } = parts
  if (!canAdministerInstallation(by.actor)) throw new Refusal('not-allowed')
  const agencyId = newId<AgencyId>()
  const agency = await agencies.insert({
    _id: agencyId,
    name: body.name,
    shortName: body.shortName,
    type: body.type,
    public: body.public,
    city: body.city,
    colour: body.colour ?? leastUsedColour(await agencies.all()),
    active: true,
    createdAt: new Date(clock.now()),
  })
  await audit.record({ ...recordOf(by), action: 'agency.create', object: agencyId, outcome: 'ok' })
  return agencyViewOf(agency)
}

/**
 * An administrator changes names and colour of the own agency; whether it takes part at all is the operator's to say.
 * @throws Refusal `conflict` on an older version
 */
export async function changeAgency(
  parts: AgencyParts,
  by: By,
  known: Agency,
  { _v, ...change }: ChangeAgencyBody,
): Promise<AgencyView> {
  const { agencies, audit, changes } = parts
  if (change.active !== undefined && !canAdministerInstallation(by.actor)) throw new Refusal('not-allowed')
  if (_v !== known._v) throw new Refusal('conflict')
  const agency = await agencies.update(known, change)
  changes.announce([`agency:${agency._id}`])
  const action = change.active === false && known.active ? 'agency.deactivate' : 'agency.change'
  await audit.record({ ...recordOf(by), action, object: agency._id, outcome: 'ok' })
  return agencyViewOf(agency)
}

/** The operator sees all agencies, an administrator the own. */
export async function listAgencies(parts: AgencyParts, by: By): Promise<{ agencies: AgencyView[] }> {
  const all = await parts.agencies.all()
  const own = new Set(by.actor.memberships.filter(m => m.role === 'agency_administrator').map(m => m.agencyId))
  const visible = canAdministerInstallation(by.actor) ? all : all.filter(agency => own.has(agency._id))
  return { agencies: visible.map(agencyViewOf).sort((a, b) => a.name.localeCompare(b.name, 'ko')) }
}

function leastUsedColour(agencies: readonly Agency[]): number {
  const uses = Array.from(
    { length: COLOURS },
    (_, colour) => agencies.filter(agency => agency.colour === colour).length,
  )
  return uses.indexOf(Math.min(...uses))
}

export function recordOf(by: By) {
  return { actor: by.actor.userId, sessionId: by.sessionId, address: by.address }
}
