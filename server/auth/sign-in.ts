/**
 * Signing in, unlocking, signing out, changing the password. An unknown login, a wrong password and an account switched off get the same answer
 * after the same work (SECURITY R19). Each try is in the record of access before it is answered.
 */
import type { SessionId, UserId } from '../../shared/ids.ts'
import type { ChangePasswordBody, SignInBody } from '../../shared/protocol/http-api.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { Audit } from '../audit/audit.ts'
import type { User, UserRepository } from '../people/user-repository.ts'
import type { Clock, SignedInPerson } from '../rooms/ports.ts'
import type { SessionCookie } from './cookies.ts'
import type { Lockout } from './lockout.ts'
import { checkNewPassword } from './password-rules.ts'
import type { Passwords } from './passwords.ts'
import type { SecondFactorRepository } from './second-factor-repository.ts'
import type { Sessions } from './sessions.ts'

export interface SignInParts {
  users: UserRepository
  sessions: Sessions
  passwords: Passwords
  lockout: Lockout
  secondFactors: SecondFactorRepository
  audit: Audit
  clock: Clock
}

/** Long enough to fetch the phone; too short to be found open at somebody's desk. */
const CODE_AWAITED_MS = 5 * 60_000

/**
 * A new session for the right password. What this browser had open before ends: a cookie from before the sign-in opens nothing after it. Who has
 * a second factor gets one that opens nothing until its code is given (`second-factor.ts`), and the sign-in counts only then.
 * @throws Refusal `wrong-credentials`, `account-locked`, `too-fast`
 */
export async function signIn(
  parts: SignInParts,
  { login, password }: SignInBody,
  from: { address: string; previous: SessionId | undefined },
): Promise<{ cookie: SessionCookie; user: User }> {
  const { users, sessions, secondFactors, audit } = parts
  const user = await users.findByLogin(login)
  await checkPassword(parts, {
    loginHash: users.loginHashOf(login),
    user,
    password,
    address: from.address,
    action: 'session.sign-in',
  })
  if (user === undefined) throw new Refusal('wrong-credentials')
  if (from.previous !== undefined) await sessions.end(from.previous)
  if (!(await secondFactors.isOn(user._id))) return { cookie: await openSession(parts, user, from.address), user }
  const cookie = await sessions.start(user._id, { limitMs: CODE_AWAITED_MS })
  await audit.record({
    actor: user._id,
    sessionId: cookie.sessionId,
    address: from.address,
    action: 'session.code-awaited',
    outcome: 'ok',
  })
  return { cookie, user }
}

/** The session that a whole sign-in opens, on record. */
export async function openSession(
  { users, sessions, audit, clock }: SignInParts,
  user: User,
  address: string,
  about: { secondFactor?: boolean } = {},
): Promise<SessionCookie> {
  const others = await sessions.idsOf(user._id)
  const cookie = await sessions.start(user._id, { ...about, address })
  await users.noteSignIn(user._id, new Date(clock.now()))
  await audit.record({
    actor: user._id,
    sessionId: cookie.sessionId,
    address,
    action: 'session.sign-in',
    outcome: 'ok',
    // One account, one person (제5조④): a second place is not forbidden, and seen.
    reason: others.length > 0 ? 'open-elsewhere' : undefined,
  })
  return cookie
}

/** Opens the locked session again, as it was. @throws Refusal like {@link signIn} */
export async function unlock(
  parts: SignInParts,
  person: SignedInPerson,
  password: string,
  address: string,
): Promise<void> {
  const user = await known(parts.users, person.userId)
  await checkPassword(parts, { loginHash: user.loginHash, user, password, address, action: 'session.unlock' })
  await parts.sessions.unlock(person.sessionId)
  await parts.audit.record({
    actor: user._id,
    sessionId: person.sessionId,
    address,
    action: 'session.unlock',
    outcome: 'ok',
  })
}

export async function signOut(parts: SignInParts, person: SignedInPerson, address: string): Promise<void> {
  await parts.sessions.end(person.sessionId)
  await parts.audit.record({
    actor: person.userId,
    sessionId: person.sessionId,
    address,
    action: 'session.sign-out',
    outcome: 'ok',
  })
}

/** Ends the person's sessions on every device, this one too. */
export async function signOutEverywhere(parts: SignInParts, person: SignedInPerson, address: string): Promise<void> {
  await parts.sessions.endAll(person.userId)
  await parts.audit.record({
    actor: person.userId,
    sessionId: person.sessionId,
    address,
    action: 'session.sign-out-everywhere',
    outcome: 'ok',
  })
}

/**
 * Sets a new password. Sessions elsewhere end; this one goes on under a new secret, so that the old cookie opens nothing.
 * @throws Refusal `wrong-credentials` for the current one, `bad-request` with what is wrong with the new one
 */
export async function changePassword(
  parts: SignInParts,
  person: SignedInPerson,
  { current, next }: ChangePasswordBody,
  address: string,
): Promise<SessionCookie> {
  const { users, sessions, passwords, audit } = parts
  const user = await known(users, person.userId)
  await checkPassword(parts, {
    loginHash: user.loginHash,
    user,
    password: current,
    address,
    action: 'password.change',
  })
  checkNewPassword(next, { login: user.login, current })
  await users.update(user, { passwordHash: await passwords.hash(next), mustChangePassword: false })
  await sessions.endAll(user._id, { except: person.sessionId })
  const cookie = await sessions.renewSecret(person.sessionId)
  await audit.record({
    actor: user._id,
    sessionId: person.sessionId,
    address,
    action: 'password.change',
    outcome: 'ok',
  })
  return cookie
}

export interface PasswordTry {
  loginHash: string
  user: User | undefined
  password: string
  address: string
  action: string
}

/** One counted and recorded try. @throws Refusal `wrong-credentials`, `account-locked`, `too-fast` */
export async function checkPassword(
  parts: SignInParts,
  { loginHash, user, password, address, action }: PasswordTry,
): Promise<void> {
  const { users, passwords, lockout, audit } = parts
  try {
    await lockout.begin(loginHash)
    // The same work in every case: a look-up, and one comparison with somebody's hash or nobody's.
    const stored = await users.passwordHashOf(user?._id ?? NOBODY)
    const matches = await passwords.verify(user?.active ? stored : undefined, password)
    if (!matches) throw new Refusal('wrong-credentials')
  } catch (error) {
    const reason = error instanceof Refusal ? error.reason : 'internal'
    await audit.record({ actor: user?._id ?? null, address, action, outcome: 'denied', reason })
    throw error
  }
  await lockout.clear(loginHash)
}

const NOBODY = '' as UserId

/** The person of a session. */
export async function known(users: UserRepository, userId: UserId): Promise<User> {
  const user = await users.find(userId)
  if (!user) throw new Refusal('not-signed-in')
  return user
}
