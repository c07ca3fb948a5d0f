/** Who a request comes from, as the cookie says now. Everything behind the sign-in is judged on this, by HTTP and sockets alike. */
import type { Actor } from '../../shared/access.ts'
import type { SignedInPerson } from '../rooms/ports.ts'

export interface SignedInCaller {
  state: 'signed-in'
  person: SignedInPerson
  actor: Actor
  /** Signed in with a temporary password: nothing but changing it is open. */
  mustChangePassword: boolean
}

export type Caller =
  | { state: 'anonymous' }
  /** Idle for too long: the session is there, and opens nothing until the password is given again. */
  | { state: 'locked'; person: SignedInPerson }
  | SignedInCaller
