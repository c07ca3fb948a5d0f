import type { SignedInCaller } from '../auth/caller.ts'
import type { By } from '../people/ports.ts'

/** Who gives a command, from the call that carries it. */
export function byOf(call: { caller: SignedInCaller; address: string }): By {
  return { actor: call.caller.actor, sessionId: call.caller.person.sessionId, address: call.address }
}
