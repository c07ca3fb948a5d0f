/** The access desk over HTTP: parse, admit, call, present. */
import * as z from 'zod'
import { type Actor, canReviewAccess } from '../../../shared/access.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import {
  accessFileBody,
  disclosuresFileBody,
  disclosuresQuery,
  findAccessCasesQuery,
  month,
  moveFlagBody,
  signReviewBody,
} from '../../../shared/protocol/access-desk.ts'
import { Refusal } from '../../../shared/protocol/refusals.ts'
import { findCases, readCaseAccess, readOwnCaseAccess, takeOutCaseAccess } from '../../access-desk/case-access.ts'
import { explain, listExplanations, listFlags, moveFlag } from '../../access-desk/flag-commands.ts'
import { lookForOdd } from '../../access-desk/flag-watch.ts'
import { openMonth, signMonth } from '../../access-desk/month-review.ts'
import type { AccessDeskParts } from '../../access-desk/ports.ts'
import { listDisclosures, takeOutDisclosures } from '../../access-desk/register.ts'
import { admitToChangeCase } from '../../conferences/admission.ts'
import { byOf } from '../by.ts'
import { FileAnswer, permit, type Route, route } from '../route.ts'

const CSV = 'text/csv; charset=utf-8'

export function accessDeskRoutes(parts: AccessDeskParts): Route[] {
  const authorise = (call: { caller: { actor: Actor }; params: { agencyId: AgencyId } }) =>
    permit(canReviewAccess(call.caller.actor, call.params.agencyId), 'not-found')
  const desk = { policy: 'canReviewAccess', authorise } as const

  return [
    route({
      method: 'GET',
      path: '/api/agencies/:agencyId/access/cases',
      ...desk,
      query: findAccessCasesQuery,
      handle: async call => ({ cases: await findCases(parts, byOf(call), call.params.agencyId, call.query.text) }),
    }),
    route({
      method: 'GET',
      path: '/api/agencies/:agencyId/access/cases/:caseId',
      ...desk,
      handle: call => readCaseAccess(parts, byOf(call), call.params.agencyId, call.params.caseId),
    }),
    route({
      method: 'POST',
      path: '/api/agencies/:agencyId/access/cases/:caseId/file',
      ...desk,
      body: accessFileBody,
      handle: async call => {
        const asked = { agencyId: call.params.agencyId, caseId: call.params.caseId, purpose: call.body.purpose }
        return fileAnswer(await takeOutCaseAccess(parts, byOf(call), asked))
      },
    }),
    route({
      method: 'GET',
      path: '/api/agencies/:agencyId/access/months/:month',
      ...desk,
      handle: call => openMonth(parts, byOf(call), call.params.agencyId, monthOf(call.params.month)),
    }),
    route({
      method: 'POST',
      path: '/api/agencies/:agencyId/access/months/:month',
      ...desk,
      body: signReviewBody,
      async handle(call) {
        const about = { agencyId: call.params.agencyId, month: monthOf(call.params.month) }
        await signMonth(parts, byOf(call), { ...about, opinion: call.body.opinion })
        return openMonth(parts, byOf(call), about.agencyId, about.month)
      },
    }),
    route({
      method: 'GET',
      path: '/api/agencies/:agencyId/access/flags',
      ...desk,
      async handle(call) {
        // What happened a moment ago is there as well.
        await lookForOdd(parts)
        return listFlags(parts, byOf(call), call.params.agencyId)
      },
    }),
    route({
      method: 'POST',
      path: '/api/agencies/:agencyId/access/flags/:flagId',
      ...desk,
      body: moveFlagBody,
      async handle(call) {
        await moveFlag(parts, byOf(call), { agencyId: call.params.agencyId, flagId: call.params.flagId }, call.body)
        return listFlags(parts, byOf(call), call.params.agencyId)
      },
    }),
    route({
      method: 'GET',
      path: '/api/access/explanations',
      policy: 'signed-in',
      handle: call => listExplanations(parts, byOf(call)),
    }),
    route({
      method: 'POST',
      path: '/api/access/explanations/:flagId',
      // Asked by the command, which alone knows whose it is.
      policy: 'signed-in',
      body: moveFlagBody,
      async handle(call) {
        await explain(parts, byOf(call), call.params.flagId, call.body)
        return listExplanations(parts, byOf(call))
      },
    }),
    route({
      method: 'GET',
      path: '/api/agencies/:agencyId/disclosures',
      ...desk,
      query: disclosuresQuery,
      handle: call => listDisclosures(parts, byOf(call), call.params.agencyId, call.query),
    }),
    route({
      method: 'POST',
      path: '/api/agencies/:agencyId/disclosures/file',
      ...desk,
      body: disclosuresFileBody,
      handle: async call => fileAnswer(await takeOutDisclosures(parts, byOf(call), call.params.agencyId, call.body)),
    }),
    route({
      method: 'GET',
      path: '/api/cases/:caseId/access',
      policy: 'canChangeCase',
      authorise: call => admitToChangeCase(parts, byOf(call), call.params.caseId),
      handle: (call, { file }) => readOwnCaseAccess(parts, byOf(call), file),
    }),
  ]
}

function monthOf(given: string): string {
  const parsed = z.safeParse(month, given)
  if (!parsed.success) throw new Refusal('not-found')
  return parsed.data
}

function fileAnswer({ name, bytes }: { name: string; bytes: Uint8Array }): FileAnswer {
  const content = (async function* () {
    yield bytes
  })()
  return new FileAnswer({ type: CSV, name, bytes: bytes.byteLength, content })
}
