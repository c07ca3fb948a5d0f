/** Code sets over HTTP: parse, ask, call, present. */
import { canPublishCodeSets } from '../../../shared/access.ts'
import { codeSetsQuery, publishCodeSetBody } from '../../../shared/protocol/code-sets.ts'
import {
  allCodeSets,
  type CodeSetParts,
  codeSetHistory,
  codeSetNamed,
  codeSetsView,
  publishCodeSet,
} from '../../code-sets/publish.ts'
import { byOf } from '../by.ts'
import { permit, type Route, route } from '../route.ts'

export function codeSetRoutes(parts: CodeSetParts): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/code-sets',
      policy: 'signed-in',
      // The room's words are those of the house for everybody at the table (CODE-SETS.md CO7).
      evenForGuests: true,
      query: codeSetsQuery,
      handle: call => codeSetsView(parts, call.query.known),
    }),
    route({
      method: 'GET',
      path: '/api/code-sets/:set/versions',
      policy: 'canPublishCodeSets',
      authorise: call => permit(canPublishCodeSets(call.caller.actor)),
      handle: call => codeSetHistory(parts, codeSetNamed(call.params.set)),
    }),
    route({
      method: 'POST',
      path: '/api/code-sets/:set/versions',
      policy: 'canPublishCodeSets',
      body: publishCodeSetBody,
      authorise: call => permit(canPublishCodeSets(call.caller.actor)),
      handle: async call => {
        await publishCodeSet(parts, byOf(call), codeSetNamed(call.params.set), call.body)
        return allCodeSets(parts)
      },
    }),
  ]
}
