/** Who is signed in, signing in and out, the idle lock, the password, the first operator. */
import {
  changePasswordBody,
  createOperatorBody,
  type ElsewhereView,
  type InstallationView,
  type SessionView,
  secondFactorBody,
  signInBody,
  unlockBody,
} from '../../../shared/protocol/http-api.ts'
import type { PasskeyQuestion } from '../../../shared/protocol/passkeys.ts'
import { Refusal } from '../../../shared/protocol/refusals.ts'
import type { Cookies } from '../../auth/cookies.ts'
import type { FirstOperator } from '../../auth/first-operator.ts'
import { askForPasskey, type PasskeyParts } from '../../auth/passkeys.ts'
import { type OwnAddresses, relyingPartyAt } from '../../auth/relying-party.ts'
import { giveSecondFactor } from '../../auth/second-factor.ts'
import type { SecondFactorDemand } from '../../auth/second-factor-demand.ts'
import { changePassword, signIn, signOut, signOutEverywhere, unlock } from '../../auth/sign-in.ts'
import type { Config } from '../../config.ts'
import type { Directory } from '../../people/directory.ts'
import type { SignedInPerson } from '../../rooms/ports.ts'
import type { GuestSessions } from '../guest-sessions.ts'
import { type Route, route } from '../route.ts'

export interface SessionRouteParts extends PasskeyParts {
  cookies: Cookies
  addresses: OwnAddresses
  directory: Directory
  firstOperator: FirstOperator
  config: Pick<Config, 'idleLimitMs'>
  demandsSecondFactor: SecondFactorDemand
  guestSessions: GuestSessions
  /** What the sign-in page must know, for the host that was asked. */
  installationFor(host: string): InstallationView
}

export function createSessionRoutes(parts: SessionRouteParts): Route[] {
  const { cookies, sessions, firstOperator } = parts
  return [
    route({
      method: 'GET',
      path: '/api/session',
      policy: 'public',
      handle: ({ caller, ...from }) =>
        sessionView(parts, caller.state === 'anonymous' ? undefined : caller.person, from),
    }),

    route({
      method: 'POST',
      path: '/api/session',
      policy: 'public',
      rate: 'sign-in',
      body: signInBody,
      async handle({ body, address, host, cookie, setCookie }) {
        const previous = cookies.read(cookie)
        const isOwn = previous !== undefined && (await sessions.find(previous)) !== undefined
        const signedIn = await signIn(parts, body, { address, previous: isOwn ? previous?.sessionId : undefined })
        setCookie(cookies.write(signedIn.cookie))
        return sessionView(parts, { ...signedIn.cookie, userId: signedIn.user._id }, { address, host })
      },
    }),

    route({
      method: 'POST',
      path: '/api/session/second-factor',
      policy: 'public',
      rate: 'sign-in',
      body: secondFactorBody,
      async handle({ caller, body, address, host, setCookie }) {
        if (caller.state === 'anonymous') throw new Refusal('not-signed-in')
        // Given in another tab already: this one only has to look.
        if (caller.state !== 'second-factor') return sessionView(parts, caller.person, { address, host })
        const from = { address, at: relyingPartyAt(host, parts.addresses) }
        const cookie = await giveSecondFactor(parts, caller.person, body, from)
        setCookie(cookies.write(cookie))
        return sessionView(parts, { ...cookie, userId: caller.person.userId }, { address, host })
      },
    }),

    route({
      method: 'POST',
      path: '/api/session/passkey',
      policy: 'public',
      rate: 'sign-in',
      async handle({ caller, address, host }): Promise<PasskeyQuestion> {
        // Asked by whoever gave the password, and by nobody else: the answer says which passkeys there are.
        if (caller.state !== 'second-factor') throw new Refusal('not-signed-in')
        return askForPasskey(parts, caller.person, 'sign-in', { address, at: relyingPartyAt(host, parts.addresses) })
      },
    }),

    route({
      method: 'POST',
      path: '/api/session/unlock',
      policy: 'public',
      rate: 'sign-in',
      body: unlockBody,
      async handle({ caller, body, address, host }) {
        if (caller.state === 'anonymous') throw new Refusal('not-signed-in')
        if (caller.state === 'second-factor') throw new Refusal('second-factor-required')
        await unlock(parts, caller.person, body.password, address)
        return sessionView(parts, caller.person, { address, host })
      },
    }),

    route({
      method: 'POST',
      path: '/api/session/activity',
      policy: 'signed-in',
      evenForGuests: true,
      evenWithTemporaryPassword: true,
      evenWithoutSecondFactor: true,
      async handle({ caller }) {
        await sessions.touch(caller.person.sessionId)
        const session = await sessions.findById(caller.person.sessionId)
        if (!session) throw new Refusal('not-signed-in')
        const elsewhere = await elsewhereOf(sessions, session)
        return { idleLocksAt: session.idleLocksAt, elsewhere }
      },
    }),

    route({
      method: 'DELETE',
      path: '/api/session',
      policy: 'public',
      async handle({ caller, address, setCookie }) {
        if (caller.state !== 'anonymous') await signOut(parts, caller.person, address)
        setCookie(cookies.erase())
        return {}
      },
    }),

    route({
      method: 'POST',
      path: '/api/session/sign-out-everywhere',
      policy: 'signed-in',
      evenWithTemporaryPassword: true,
      evenWithoutSecondFactor: true,
      async handle({ caller, address, setCookie }) {
        await signOutEverywhere(parts, caller.person, address)
        setCookie(cookies.erase())
        return {}
      },
    }),

    route({
      method: 'POST',
      path: '/api/password',
      policy: 'signed-in',
      rate: 'sign-in',
      evenWithTemporaryPassword: true,
      evenWithoutSecondFactor: true,
      body: changePasswordBody,
      async handle({ caller, body, address, setCookie }) {
        setCookie(cookies.write(await changePassword(parts, caller.person, body, address)))
        return {}
      },
    }),

    route({
      method: 'POST',
      path: '/api/operator',
      policy: 'public',
      rate: 'sign-in',
      body: createOperatorBody,
      async handle({ body, address, host, setCookie }) {
        const operator = await firstOperator.create(body, address)
        const cookie = await sessions.start(operator._id, { address })
        setCookie(cookies.write(cookie))
        return sessionView(parts, { ...cookie, userId: operator._id }, { address, host })
      },
    }),
  ]
}

async function sessionView(
  parts: SessionRouteParts,
  person: SignedInPerson | undefined,
  from: { address: string; host: string },
): Promise<SessionView> {
  const installation = parts.installationFor(from.host)
  const session = person && (await parts.sessions.findById(person.sessionId))
  const user = session && (await parts.users.find(session.userId))
  if (session && !user) return parts.guestSessions.viewOf(session, installation)
  if (!user || !session) return { state: 'signed-out', installation }
  const { secondFactor, idleLocksAt, expiresAt } = session
  if (!secondFactor && (await parts.secondFactors.isOn(user._id))) {
    const at = relyingPartyAt(from.host, parts.addresses)
    return {
      state: 'second-factor',
      installation,
      person: { userId: user._id, name: user.name },
      expiresAt,
      app: (await parts.secondFactors.summary(user._id))?.app ?? false,
      passkey: at !== undefined && (await parts.passkeys.countAt(user._id, at.id)) > 0,
    }
  }
  if (session.state === 'locked') {
    return { state: 'locked', installation, person: { userId: user._id, name: user.name, login: user.login } }
  }
  return {
    state: 'signed-in',
    installation,
    person: await parts.directory.personView(user),
    mustChangePassword: user.mustChangePassword,
    secondFactor,
    needsSecondFactor: !secondFactor && parts.demandsSecondFactor(from.address),
    idleLocksAt,
    expiresAt,
    idleLimitMs: parts.config.idleLimitMs,
    elsewhere: await elsewhereOf(parts.sessions, session),
  }
}

/** Where else the same account is open: both screens say it (안전성 확보조치 기준 제5조④). */
async function elsewhereOf(
  sessions: SessionRouteParts['sessions'],
  { userId, sessionId }: SignedInPerson,
): Promise<ElsewhereView[]> {
  const others = await sessions.othersOf(userId, sessionId)
  return others.map(({ at, address }) => ({ at: at.toISOString(), address }))
}
