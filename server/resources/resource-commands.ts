/** Keeping the directory, and reading it (RD1–RD5). */
import { canKeepResources, canSeeResources } from '../../shared/access.ts'
import type { AgencyId, ResourceId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { ChangeResourceBody, CreateResourceBody, ResourceView } from '../../shared/protocol/resources.ts'
import { leftOf } from '../../shared/resources/giving.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import { assertOffered } from '../code-sets/code-sets.ts'
import { refuse } from '../conferences/admission.ts'
import { commit } from '../conferences/commit.ts'
import type { By } from '../conferences/ports.ts'
import type { ReferralParts } from '../referrals/ports.ts'
import { assertNoResidentNumber } from '../referrals/referral-commands.ts'
import type { Resource, ResourceFields } from './resource-repository.ts'

const NO_LIMIT = -1

export async function listResources(parts: ReferralParts, by: By): Promise<ResourceView[]> {
  const all = (await parts.resources.all()).filter(
    resource => !resource.retired || canKeepResources(by.actor, resource.agencyId),
  )
  const active = await Promise.all(
    all.map(async resource => ((await parts.people.agency(resource.agencyId))?.active ? [resource] : [])),
  )
  return resourceViews(parts, by, active.flat())
}

export async function admitToResources(parts: ReferralParts, by: By): Promise<void> {
  if (!canSeeResources(by.actor)) await refuse(parts, by, 'not-allowed', { object: 'resources' })
}

/** One that the person may change. One that another agency keeps is there, and not theirs. */
export async function admitToResource(parts: ReferralParts, by: By, resourceId: ResourceId): Promise<Resource> {
  const resource = await parts.resources.find(resourceId)
  const object = `resource.${resourceId}`
  if (resource !== undefined && canKeepResources(by.actor, resource.agencyId)) return resource
  const isThere = resource !== undefined && !resource.retired
  return refuse(parts, by, isThere ? 'not-allowed' : 'not-found', { object })
}

export async function admitToKeepResources(parts: ReferralParts, by: By, agencyId: AgencyId): Promise<void> {
  if (!canKeepResources(by.actor, agencyId)) await refuse(parts, by, 'not-allowed', { object: `agency.${agencyId}` })
}

export async function createResource(parts: ReferralParts, by: By, body: CreateResourceBody): Promise<ResourceView> {
  await admitToKeepResources(parts, by, body.agencyId)
  const fields = fieldsOf(parts, by, { ...body, retired: false })
  assertOffered(await parts.codeSets.now(), [['service', body.service]])
  const resourceId = parts.newId<ResourceId>()
  const resource = await commit(parts, by, {
    action: 'resource.write',
    object: `resource.${resourceId}`,
    write: () => parts.resources.insert({ _id: resourceId, agencyId: body.agencyId, command: body.command, ...fields }),
    announces: () => [],
  })
  return oneView(parts, by, resource)
}

/** @throws Refusal `conflict` for another version, `bad-request` for a service that is not offered and that the entry does not hold */
export async function changeResource(
  parts: ReferralParts,
  by: By,
  resource: Resource,
  body: ChangeResourceBody,
): Promise<ResourceView> {
  if (resource._v !== body._v) throw new Refusal('conflict')
  const fields = fieldsOf(parts, by, body)
  assertOffered(await parts.codeSets.now(), [['service', body.service]], [resource.service])
  const changed = await commit(parts, by, {
    action: 'resource.write',
    object: `resource.${resource._id}`,
    reason: body.retired === resource.retired ? undefined : body.retired ? 'retired' : 'given-again',
    write: () => parts.resources.update(resource, fields),
    announces: () => [],
  })
  return oneView(parts, by, changed)
}

function fieldsOf(parts: ReferralParts, by: By, body: Omit<ChangeResourceBody, '_v'>): ResourceFields {
  const { name, eligibility, rule, cost, contact, domains, service, sector, places, takenElsewhere, from, until } = body
  assertNoResidentNumber([name, eligibility, rule, cost, contact])
  if (from !== '' && until !== '' && until < from) throw new Refusal('bad-request', 'until-before-from')
  return {
    name,
    eligibility,
    rule,
    cost,
    contact,
    domains: [...new Set(domains)],
    service,
    sector,
    places: places ?? NO_LIMIT,
    takenElsewhere: places === null ? 0 : takenElsewhere,
    from,
    until,
    retired: body.retired,
    changedBy: by.actor.userId,
    changedAt: new Date(parts.now()),
  }
}

async function oneView(parts: ReferralParts, by: By, resource: Resource): Promise<ResourceView> {
  const [view] = await resourceViews(parts, by, [resource])
  if (view === undefined) throw new Error('A resource without a view')
  return view
}

async function resourceViews(parts: ReferralParts, by: By, resources: readonly Resource[]): Promise<ResourceView[]> {
  const running = await parts.allocations.runningUnder(resources.map(resource => resource._id))
  const today = dayInSeoul(parts.now())
  return Promise.all(
    resources.map(async resource => {
      const { _id, agencyId, command: _, changedBy: _by, places: stored, changedAt, ...fields } = resource
      const agency = await parts.people.agency(agencyId)
      const places = stored === NO_LIMIT ? null : stored
      return {
        ...fields,
        resourceId: _id,
        agency: {
          agencyId,
          name: agency?.name ?? '',
          shortName: agency?.shortName ?? '',
          colour: agency?.colour ?? -1,
        },
        places,
        left: leftOf(places, resource.takenElsewhere, running.get(_id) ?? [], today),
        mayChange: canKeepResources(by.actor, agencyId),
        changedAt: changedAt.toISOString(),
      }
    }),
  )
}
