/**
 * One answer to "who is this?", asked by HTTP for each request, by every upgrade before its 101, and by a document's access whenever something
 * changed. Judged on the records as they are now: a person switched off, or whose agency was, is nobody at once. Where one sits counts with each
 * request: a session that began in the office and is carried home is asked for a second factor there.
 */
import type { Actor } from '../../shared/access.ts'
import type { AgencyRepository } from '../people/agency-repository.ts'
import type { User, UserRepository } from '../people/user-repository.ts'
import type { SignedInPerson } from '../rooms/ports.ts'
import type { Caller, SignedInCaller } from './caller.ts'
import type { Cookies } from './cookies.ts'
import type { GuestPrincipal, GuestPrincipals } from './guests.ts'
import type { SecondFactorDemand } from './second-factor-demand.ts'
import type { SecondFactorRepository } from './second-factor-repository.ts'
import type { SessionFacts, Sessions } from './sessions.ts'

export type SignInReason = 'not-signed-in' | 'session-locked' | 'password-change-required' | 'second-factor-required'

export interface Authentication {
  /** The caller that a `Cookie` header names, at this address. */
  callerOf(cookie: string | undefined, address: string): Promise<Caller>
  /** For upgrades: the person who may open something, or why not. */
  authenticate(cookie: string | undefined, address: string): Promise<SignedInCaller | SignInReason>
  /**
   * For a socket that is open: the facts as they are now, or why its session opens nothing any more. Its address was judged when it opened, and
   * a socket does not move.
   */
  standingOf(person: SignedInPerson): Promise<SignedInCaller | SignInReason>
  /** The actor behind a session now; undefined once it is over or locked, or the account was switched off. */
  actorOf(person: SignedInPerson): Promise<Actor | undefined>
}

export function createAuthentication(options: {
  sessions: Sessions
  users: UserRepository
  agencies: AgencyRepository
  cookies: Cookies
  secondFactors: Pick<SecondFactorRepository, 'isOn'>
  demandsSecondFactor: SecondFactorDemand
  guests: GuestPrincipals
}): Authentication {
  const { sessions, users, agencies, cookies, secondFactors, demandsSecondFactor, guests } = options

  async function callerOfSession(session: SessionFacts | undefined, address?: string): Promise<Caller> {
    const user = session && (await users.find(session.userId))
    const guest = session && user === undefined ? await guests.find(session.userId) : undefined
    if (session !== undefined && guest !== undefined) return callerOfGuest(session, guest)
    if (session === undefined || user === undefined || !user.active) return { state: 'anonymous' }
    const person = { sessionId: session.sessionId, userId: session.userId }
    const { secondFactor } = session
    // Before the lock: giving the password again must lead no further than it did the first time.
    if (!secondFactor && (await secondFactors.isOn(user._id))) return { state: 'second-factor', person }
    if (session.state === 'locked') return { state: 'locked', person }
    return {
      state: 'signed-in',
      person,
      actor: await actorOfUser(user),
      mustChangePassword: user.mustChangePassword,
      secondFactor,
      needsSecondFactor: !secondFactor && address !== undefined && demandsSecondFactor(address),
    }
  }

  /** A guest has no password to open a locked screen with: it is over, and the way back is the door. */
  async function callerOfGuest(session: SessionFacts, guest: GuestPrincipal): Promise<Caller> {
    const { guestId, conferenceId, agencyId } = guest
    const agency = await agencies.find(agencyId)
    if (session.state === 'locked' || !agency?.active) return { state: 'anonymous' }
    return {
      state: 'signed-in',
      person: { sessionId: session.sessionId, userId: guestId },
      actor: { userId: guestId, operator: false, memberships: [], guest: { conferenceId, agencyId } },
      mustChangePassword: false,
      secondFactor: session.secondFactor,
      // The code that was read out to them.
      needsSecondFactor: false,
    }
  }

  async function actorOfUser(user: User): Promise<Actor> {
    const standing = await Promise.all(
      user.memberships.map(async membership => {
        const agency = await agencies.find(membership.agencyId)
        return agency?.active ? [membership] : []
      }),
    )
    return { userId: user._id, operator: user.operator, memberships: standing.flat() }
  }

  async function callerOf(cookie: string | undefined, address: string): Promise<Caller> {
    const found = cookies.read(cookie)
    return callerOfSession(found && (await sessions.find(found)), address)
  }

  const standingOf: Authentication['standingOf'] = async person =>
    settled(await callerOfSession(await sessions.findById(person.sessionId)))

  return {
    callerOf,
    standingOf,
    authenticate: async (cookie, address) => settled(await callerOf(cookie, address)),
    async actorOf(person) {
      const standing = await standingOf(person)
      return typeof standing === 'string' || standing.person.userId !== person.userId ? undefined : standing.actor
    },
  }
}

function settled(caller: Caller): SignedInCaller | SignInReason {
  switch (caller.state) {
    case 'anonymous':
      return 'not-signed-in'
    case 'locked':
      return 'session-locked'
    case 'second-factor':
      return 'second-factor-required'
    case 'signed-in':
      if (caller.mustChangePassword) return 'password-change-required'
      return caller.needsSecondFactor ? 'second-factor-required' : caller
  }
}
