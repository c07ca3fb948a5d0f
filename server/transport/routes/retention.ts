/** Keeping and destroying over HTTP: parse, admit, call, present. */
import { type Actor, canKeepRetention } from '../../../shared/access.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import {
  changeRetentionBody,
  decideDestructionBody,
  destructionFileBody,
  holdCaseBody,
  liftHoldBody,
  proposeDestructionBody,
} from '../../../shared/protocol/retention.ts'
import type { RetentionParts } from '../../retention/ports.ts'
import {
  changeRetention,
  decideDestruction,
  holdCase,
  liftHold,
  proposeDestructions,
} from '../../retention/retention-commands.ts'
import { inspectDestruction, openRetentionDesk, takeOutRegister } from '../../retention/retention-views.ts'
import { byOf } from '../by.ts'
import { FileAnswer, permit, type Route, route } from '../route.ts'

export function retentionRoutes(parts: RetentionParts): Route[] {
  const authorise = (call: { caller: { actor: Actor }; params: { agencyId: AgencyId } }) =>
    permit(canKeepRetention(call.caller.actor, call.params.agencyId), 'not-found')
  const desk = { policy: 'canKeepRetention', authorise } as const

  return [
    route({
      method: 'GET',
      path: '/api/agencies/:agencyId/retention',
      ...desk,
      handle: call => openRetentionDesk(parts, byOf(call), call.params.agencyId),
    }),
    route({
      method: 'POST',
      path: '/api/agencies/:agencyId/retention/rules',
      ...desk,
      body: changeRetentionBody,
      async handle(call) {
        await changeRetention(parts, byOf(call), call.params.agencyId, call.body)
        return openRetentionDesk(parts, byOf(call), call.params.agencyId)
      },
    }),
    route({
      method: 'POST',
      path: '/api/agencies/:agencyId/retention/holds',
      ...desk,
      body: holdCaseBody,
      async handle(call) {
        await holdCase(parts, byOf(call), call.params.agencyId, call.body)
        return openRetentionDesk(parts, byOf(call), call.params.agencyId)
      },
    }),
    route({
      method: 'POST',
      path: '/api/agencies/:agencyId/retention/holds/:holdId',
      ...desk,
      body: liftHoldBody,
      async handle(call) {
        const about = { agencyId: call.params.agencyId, holdId: call.params.holdId }
        await liftHold(parts, byOf(call), about, call.body)
        return openRetentionDesk(parts, byOf(call), call.params.agencyId)
      },
    }),
    route({
      method: 'POST',
      path: '/api/agencies/:agencyId/retention/proposals',
      ...desk,
      body: proposeDestructionBody,
      async handle(call) {
        await proposeDestructions(parts, byOf(call), call.params.agencyId, call.body)
        return openRetentionDesk(parts, byOf(call), call.params.agencyId)
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
        const about = { agencyId: call.params.agencyId, destructionId: call.params.destructionId }
        await decideDestruction(parts, byOf(call), about, call.body)
        return openRetentionDesk(parts, byOf(call), call.params.agencyId)
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

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
