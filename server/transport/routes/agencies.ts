/** Agencies, their people, and the directory to choose from. */
import * as z from 'zod'
import { type Actor, canAdministerAgency, canSeeDirectory } from '../../../shared/access.ts'
import type { AgencyId, UserId } from '../../../shared/ids.ts'
import { changeAgencyBody, changeStaffBody, createStaffBody, handOverBody } from '../../../shared/protocol/http-api.ts'
import { Refusal } from '../../../shared/protocol/refusals.ts'
import { type AgencyParts, changeAgency, listAgencies } from '../../people/agencies.ts'
import type { Agency } from '../../people/agency-repository.ts'
import type { Directory } from '../../people/directory.ts'
import type { WorkOfPeople } from '../../people/ports.ts'
import {
  changeStaff,
  createStaff,
  handOver,
  listStaff,
  resetPassword,
  resetSecondFactor,
  type StaffParts,
  staffMember,
} from '../../people/staff.ts'
import type { User } from '../../people/user-repository.ts'
import { byOf } from '../by.ts'
import { permit, type Route, route } from '../route.ts'

export interface AgencyRouteParts extends AgencyParts, StaffParts {
  directory: Directory
  work: () => WorkOfPeople | undefined
}

export function createAgencyRoutes(parts: AgencyRouteParts): Route[] {
  /** The agency, for those who administer it; to anybody else there is none. */
  async function administered(call: { caller: { actor: Actor }; params: { agencyId: AgencyId } }): Promise<Agency> {
    const agency = await parts.agencies.find(call.params.agencyId)
    if (!agency) throw new Refusal('not-found')
    permit(canAdministerAgency(call.caller.actor, agency._id))
    return agency
  }

  /** A person of an administered agency: the child must belong to the parent (SECURITY R03). */
  async function administeredStaff(call: {
    caller: { actor: Actor }
    params: { agencyId: AgencyId; userId: UserId }
  }): Promise<{ agencyId: AgencyId; user: User }> {
    const agency = await administered(call)
    return { agencyId: agency._id, user: await staffMember(parts.users, agency._id, call.params.userId) }
  }

  return [
    route({
      method: 'GET',
      path: '/api/agencies',
      policy: 'signed-in',
      handle: call => listAgencies(parts, byOf(call)),
    }),

    route({
      method: 'PATCH',
      path: '/api/agencies/:agencyId',
      policy: 'canAdministerAgency',
      body: changeAgencyBody,
      authorise: administered,
      handle: (call, agency) => changeAgency(parts, byOf(call), agency, call.body),
    }),

    route({
      method: 'GET',
      path: '/api/agencies/:agencyId/staff',
      policy: 'canAdministerAgency',
      authorise: administered,
      handle: (_call, agency) => listStaff(parts, agency._id),
    }),

    route({
      method: 'POST',
      path: '/api/agencies/:agencyId/staff',
      policy: 'canAdministerAgency',
      body: createStaffBody,
      authorise: administered,
      handle: (call, agency) => createStaff(parts, byOf(call), agency._id, call.body),
    }),

    route({
      method: 'PATCH',
      path: '/api/agencies/:agencyId/staff/:userId',
      policy: 'canAdministerAgency',
      body: changeStaffBody,
      authorise: administeredStaff,
      handle: (call, staff) => changeStaff(parts, byOf(call), staff, call.body),
    }),

    route({
      method: 'POST',
      path: '/api/agencies/:agencyId/staff/:userId/reset-password',
      policy: 'canAdministerAgency',
      authorise: administeredStaff,
      handle: (call, { user }) => resetPassword(parts, byOf(call), user),
    }),

    route({
      method: 'POST',
      path: '/api/agencies/:agencyId/staff/:userId/reset-second-factor',
      policy: 'canAdministerAgency',
      authorise: administeredStaff,
      handle: (call, staff) => resetSecondFactor(parts, byOf(call), staff),
    }),

    route({
      method: 'POST',
      path: '/api/agencies/:agencyId/staff/:userId/hand-over',
      policy: 'canAdministerAgency',
      body: handOverBody,
      authorise: administeredStaff,
      async handle(call, { agencyId, user }) {
        const work = parts.work()
        if (!work) throw new Error('Nothing is there that could be handed over')
        const to = await staffMember(parts.users, agencyId, call.body.toUserId)
        return handOver({ ...parts, work }, byOf(call), { agencyId, from: user, to })
      },
    }),

    route({
      method: 'GET',
      path: '/api/directory',
      policy: 'canSeeDirectory',
      query: z.strictObject({}),
      authorise: call => permit(canSeeDirectory(call.caller.actor), 'not-allowed'),
      handle: call => parts.directory.view(call.caller.actor),
    }),
  ]
}
