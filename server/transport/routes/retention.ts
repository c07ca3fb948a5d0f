/** Keeping and destroying over HTTP: parse, admit, call, present. */
import { canKeepRetention } from '../../../shared/access.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import {
  changeRetentionBody,
  decideDestructionBody,
  destructionFileBody,
  holdCaseBody,
  liftHoldBody,
  proposeDestructionBody,
} from '../../../shared/protocol/retention.ts'
import { once } from '../../lib/once.ts'
import type { RetentionParts } from '../../retention/ports.ts'
import {
  changeRetention,
  decideDestruction,
  holdCase,
  liftHold,
  proposeDestructions,
} from '../../retention/retention-commands.ts'
import { inspectDestruction, openRetentionDesk, takeOutRegister } from '../../retention/retention-views.ts'
import { byOf, type Calling } from '../by.ts'
import { FileAnswer, permit, type Route, route } from '../route.ts'

export function retentionRoutes(parts: RetentionParts): Route[] {
  type AtDesk = Calling & { params: { agencyId: AgencyId } }
  const authorise = (call: AtDesk) => permit(canKeepRetention(call.caller.actor, call.params.agencyId), 'not-found')
  const show = (call: AtDesk) => openRetentionDesk(parts, byOf(call), call.params.agencyId)
  const desk = { policy: 'canKeepRetention', authorise } as const

  return [
    route({
      method: 'GET',
      path: '/api/agencies/:agencyId/retention',
      ...desk,
      handle: show,
    }),
    route({
      method: 'POST',
      path: '/api/agencies/:agencyId/retention/rules',
      ...desk,
      body: changeRetentionBody,
      async handle(call) {
        await changeRetention(parts, byOf(call), call.params.agencyId, call.body)
        return show(call)
      },
    }),
    route({
      method: 'POST',
      path: '/api/agencies/:agencyId/retention/holds',
      ...desk,
      body: holdCaseBody,
      async handle(call) {
        await holdCase(parts, byOf(call), call.params.agencyId, call.body)
        return show(call)
      },
    }),
    route({
      method: 'POST',
      path: '/api/agencies/:agencyId/retention/holds/:holdId',
      ...desk,
      body: liftHoldBody,
      async handle(call) {
        await liftHold(parts, byOf(call), call.params, call.body)
        return show(call)
      },
    }),
    route({
      method: 'POST',
      path: '/api/agencies/:agencyId/retention/proposals',
      ...desk,
      body: proposeDestructionBody,
      async handle(call) {
        await proposeDestructions(parts, byOf(call), call.params.agencyId, call.body)
        return show(call)
      },
    }),
    route({
      method: 'GET',
      path: '/api/agencies/:agencyId/retention/destructions/:destructionId',
      ...desk,
      handle: call => inspectDestruction(parts, byOf(call), call.params.agencyId, call.params.destructionId),
    }),
    route({
      method: 'POST',
      path: '/api/agencies/:agencyId/retention/destructions/:destructionId',
      ...desk,
      body: decideDestructionBody,
      async handle(call) {
        await decideDestruction(parts, byOf(call), call.params, call.body)
        return show(call)
      },
    }),
    route({
      method: 'POST',
      path: '/api/agencies/:agencyId/retention/register/file',
      ...desk,
      body: destructionFileBody,
      async handle(call) {
        const { name, bytes } = await takeOutRegister(parts, byOf(call), call.params.agencyId, call.body.purpose)
        return new FileAnswer({ type: 'text/csv; charset=utf-8', name, bytes: bytes.byteLength, content: once(bytes) })
      },
    }),
  ]
}
