import type { SignedInCaller } from '../auth/caller.ts'
import type { By } from '../people/ports.ts'

/** What of a call says who gives it. */
export interface Calling {
  caller: SignedInCaller
  address: string
}

/** Who gives a command, from the call that carries it. */
export function byOf({ caller, address }: Calling): By {
  return { actor: caller.actor, sessionId: caller.person.sessionId, address }
}
