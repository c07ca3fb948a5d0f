/** Keeping and destroying over HTTP: parse, admit, call, present. */
import { type Actor, canKeepRetention } from '../../../shared/access.ts'
import type { AgencyId, DestructionId, RetentionHoldId } from '../../../shared/ids.ts'
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
  const agencyIdOf = (call: { params: { agencyId: string } }) => call.params.agencyId as AgencyId
  const destructionIdOf = (call: { params: { destructionId: string } }) => call.params.destructionId as DestructionId
  const authorise = (call: { caller: { actor: Actor }; params: { agencyId: string } }) =>
    permit(canKeepRetention(call.caller.actor, agencyIdOf(call)), 'not-found')
  const desk = { policy: 'canKeepRetention', authorise } as const

  return [
    route({
      method: 'GET',
      path: '/api/agencies/:agencyId/retention',
      ...desk,
      handle: call => openRetentionDesk(parts, byOf(call), agencyIdOf(call)),
    }),
    route({
      method: 'POST',
      path: '/api/agencies/:agencyId/retention/rules',
      ...desk,
      body: changeRetentionBody,
      async handle(call) {
        await changeRetention(parts, byOf(call), agencyIdOf(call), call.body)
        return openRetentionDesk(parts, byOf(call), agencyIdOf(call))
      },
    }),
    route({
      method: 'POST',
      path: '/api/agencies/:agencyId/retention/holds',
      ...desk,
      body: holdCaseBody,
      async handle(call) {
        await holdCase(parts, byOf(call), agencyIdOf(call), call.body)
        return openRetentionDesk(parts, byOf(call), agencyIdOf(call))
      },
    }),
    route({
      method: 'POST',
      path: '/api/agencies/:agencyId/retention/holds/:holdId',
      ...desk,
      body: liftHoldBody,
      async handle(call) {
        const about = { agencyId: agencyIdOf(call), holdId: call.params.holdId as RetentionHoldId }
        await liftHold(parts, byOf(call), about, call.body)
        return openRetentionDesk(parts, byOf(call), agencyIdOf(call))
      },
    }),
    route({
      method: 'POST',
      path: '/api/agencies/:agencyId/retention/proposals',
      ...desk,
      body: proposeDestructionBody,
      async handle(call) {
        await proposeDestructions(parts, byOf(call), agencyIdOf(call), call.body)
        return openRetentionDesk(parts, byOf(call), agencyIdOf(call))
      },
    }),
    route({
      method: 'GET',
      path: '/api/agencies/:agencyId/retention/destructions/:destructionId',
      ...desk,
      handle: call => inspectDestruction(parts, byOf(call), agencyIdOf(call), destructionIdOf(call)),
    }),
    route({
      method: 'POST',
      path: '/api/agencies/:agencyId/retention/destructions/:destructionId',
      ...desk,
      body: decideDestructionBody,
      async handle(call) {
        const about = { agencyId: agencyIdOf(call), destructionId: destructionIdOf(call) }
        await decideDestruction(parts, byOf(call), about, call.body)
        return openRetentionDesk(parts, byOf(call), agencyIdOf(call))
      },
    }),
    route({
      method: 'POST',
      path: '/api/agencies/:agencyId/retention/register/file',
      ...desk,
      body: destructionFileBody,
      async handle(call) {
        const { name, bytes } = await takeOutRegister(parts, byOf(call), agencyIdOf(call), call.body.purpose)
        return new FileAnswer({ type: 'text/csv; charset=utf-8', name, bytes: bytes.byteLength, content: once(bytes) })
      },
    }),
  ]
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
