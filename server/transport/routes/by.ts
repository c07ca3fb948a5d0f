/** A signed-in call as the commands of `conferences/` know it. */
import type { SignedInCaller } from '../../auth/caller.ts'
import type { By } from '../../conferences/ports.ts'

export function byOf({ caller, address }: { caller: SignedInCaller; address: string }): By {
  return { actor: caller.actor, sessionId: caller.person.sessionId, address }
}
