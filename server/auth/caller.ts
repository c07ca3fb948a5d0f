/** Who a request comes from, as the cookie says now. Everything behind the sign-in is judged on this, by HTTP and sockets alike. */
import type { Actor } from '../../shared/access.ts'
import type { SignedInPerson } from '../rooms/ports.ts'

export interface SignedInCaller {
  state: 'signed-in'
  person: SignedInPerson
  actor: Actor
  /** Signed in with a temporary password: nothing but changing it is open. */
  mustChangePassword: boolean
  /** A second factor was given in this session. */
  secondFactor: boolean
  /** One is demanded where this request comes from, and was not given: nothing but setting one up is open. */
  needsSecondFactor: boolean
}

export type Caller =
  | { state: 'anonymous' }
  /** Idle for too long: the session is there, and opens nothing until the password is given again. */
  | { state: 'locked'; person: SignedInPerson }
  /** The password was right and the person has a second factor: nothing but giving its code is open, for five minutes. */
  | { state: 'second-factor'; person: SignedInPerson }
  | SignedInCaller
