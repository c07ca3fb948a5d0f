/**
 * The second factor of a sign-in: giving its code, setting it up, taking it away. A code is a password's second half: each try is counted before
 * it is looked at, locks the same account, and is on record before it is answered. Whenever a sign-in becomes stronger or weaker the session goes
 * on under a new id (SECURITY R15), and the person's sessions elsewhere end.
 *
 * Source: 개인정보의 안전성 확보조치 기준 제6조②.
 */
import type {
  BeginSecondFactorBody,
  PasswordAndCodeBody,
  RecoveryCodesView,
  SecondFactorBody,
  SecondFactorCodeBody,
  SecondFactorSecretView,
  SecondFactorView,
} from '../../shared/protocol/http-api.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { User } from '../people/user-repository.ts'
import type { SignedInPerson } from '../rooms/ports.ts'
import type { SessionCookie } from './cookies.ts'
import type { QuestionPurpose } from './passkey-repository.ts'
import { type From, isProven, type PasskeyParts, passkeyViews } from './passkeys.ts'
import { newRecoveryCodes } from './recovery-codes.ts'
import type { RelyingParty } from './relying-party.ts'
import { checkPassword, known, openSession, type SignInParts } from './sign-in.ts'
import { base32, isTotpShaped, newTotpSecret, otpauthUri } from './totp.ts'

/** What authenticator apps show above the code. */
const ISSUER = '두레'

/**
 * Finishes a sign-in whose password was right: the session that waited ends, another one begins.
 * @throws Refusal `wrong-credentials` for a wrong or used code or proof, `account-locked`
 */
export async function giveSecondFactor(
  parts: PasskeyParts,
  person: SignedInPerson,
  given: SecondFactorBody,
  from: From,
): Promise<SessionCookie> {
  const user = await known(parts.users, person.userId)
  await checkFactor(parts, { user, person, given, from, action: 'session.sign-in', purpose: 'sign-in' })
  await parts.sessions.end(person.sessionId)
  return openSession(parts, user, from.address, { secondFactor: true })
}

export async function secondFactorView(
  parts: Pick<PasskeyParts, 'secondFactors' | 'passkeys'>,
  person: SignedInPerson,
  at: RelyingParty | undefined,
): Promise<SecondFactorView> {
  const summary = await parts.secondFactors.summary(person.userId)
  const passkeyPossible = at !== undefined
  if (!summary) return { on: false, passkeyPossible }
  const { since, recoveryCodesLeft, app } = summary
  const passkeys = await passkeyViews(parts, person, at)
  return { on: true, passkeyPossible, since: since.toISOString(), recoveryCodesLeft, app, passkeys }
}

/**
 * A secret for the person's app, shown this once. It is asked for nowhere until a code of it was given.
 * @throws Refusal `wrong-credentials`, `account-locked`; `conflict` when there is an app already
 */
export async function beginSecondFactor(
  parts: SignInParts,
  person: SignedInPerson,
  { password }: BeginSecondFactorBody,
  address: string,
): Promise<SecondFactorSecretView> {
  const user = await known(parts.users, person.userId)
  // Whoever finds a screen open must not bind the account to a phone of their own.
  await checkPassword(parts, { loginHash: user.loginHash, user, password, address, action: 'second-factor.begin' })
  const secret = newTotpSecret()
  await parts.secondFactors.propose(user._id, secret)
  await record(parts, { user, person, address, action: 'second-factor.begin' })
  return { secret: base32(secret), uri: otpauthUri({ secret, login: user.login, issuer: ISSUER }) }
}

/**
 * Switches it on with the first code of the app.
 * @throws Refusal `wrong-credentials` for the code; `conflict` when nothing waits for one (any more)
 */
export async function confirmSecondFactor(
  parts: SignInParts,
  person: SignedInPerson,
  { code }: SecondFactorCodeBody,
  address: string,
): Promise<{ cookie: SessionCookie | undefined; view: RecoveryCodesView }> {
  const user = await known(parts.users, person.userId)
  const recoveryCodes = newRecoveryCodes()
  // Not counted: the secret is on this person's screen, so there is nothing to guess.
  const done = await parts.secondFactors.confirm(user._id, code, recoveryCodes)
  if (done === 'wrong') throw new Refusal('wrong-credentials')
  if (done === 'beside-passkeys') {
    // The sign-in is as strong as it was, and the recovery codes are those of then.
    await record(parts, { user, person, address, action: 'second-factor.app' })
    return { cookie: undefined, view: { recoveryCodes: [] } }
  }
  const cookie = await onlyThisSession(parts, person, { secondFactor: true, address })
  await record(parts, { user, person, address, action: 'second-factor.on' })
  return { cookie, view: { recoveryCodes } }
}

/** Other recovery codes instead of those there were. @throws Refusal as {@link turnOffSecondFactor} */
export async function renewRecoveryCodes(
  parts: PasskeyParts,
  person: SignedInPerson,
  body: PasswordAndCodeBody,
  from: From,
): Promise<RecoveryCodesView> {
  const { address } = from
  const user = await checkBoth(parts, person, body, from, 'second-factor.recovery-codes')
  const recoveryCodes = newRecoveryCodes()
  await parts.secondFactors.replaceRecoveryCodes(user._id, recoveryCodes)
  await record(parts, { user, person, address, action: 'second-factor.recovery-codes' })
  return { recoveryCodes }
}

/** @throws Refusal `wrong-credentials` with detail `password` or `code`, `account-locked`; `conflict` when there is none */
export async function turnOffSecondFactor(
  parts: PasskeyParts,
  person: SignedInPerson,
  body: PasswordAndCodeBody,
  from: From,
): Promise<SessionCookie> {
  const { address } = from
  const user = await checkBoth(parts, person, body, from, 'second-factor.off')
  await parts.secondFactors.remove(user._id)
  const cookie = await onlyThisSession(parts, person, { secondFactor: false, address })
  await record(parts, { user, person, address, action: 'second-factor.off' })
  return cookie
}

async function onlyThisSession(
  { sessions }: SignInParts,
  person: SignedInPerson,
  about: { secondFactor: boolean; address: string },
): Promise<SessionCookie> {
  await sessions.endAll(person.userId)
  return sessions.start(person.userId, about)
}

interface Doing {
  user: User
  person: SignedInPerson
  address: string
  action: string
}

async function checkBoth(
  parts: PasskeyParts,
  person: SignedInPerson,
  { password, ...given }: PasswordAndCodeBody,
  from: From,
  action: string,
): Promise<User> {
  const user = await known(parts.users, person.userId)
  if (!(await parts.secondFactors.isOn(user._id))) throw new Refusal('conflict')
  const { address } = from
  await detailed('password', checkPassword(parts, { loginHash: user.loginHash, user, password, address, action }))
  await detailed('code', checkFactor(parts, { user, person, given, from, action, purpose: 'confirm' }))
  return user
}

/** Which of two fields was wrong: told only to somebody whose session is open. */
async function detailed(field: string, check: Promise<void>): Promise<void> {
  try {
    await check
  } catch (error) {
    if (error instanceof Refusal && error.reason === 'wrong-credentials') throw new Refusal(error.reason, field)
    throw error
  }
}

interface Trying extends Omit<Doing, 'address'> {
  given: SecondFactorBody
  from: From
  purpose: Exclude<QuestionPurpose, 'register'>
}

/** One counted and recorded try of the app's code, of a recovery code or of a passkey. */
async function checkFactor(parts: PasskeyParts, { given, from, purpose, ...rest }: Trying): Promise<void> {
  const { secondFactors, lockout } = parts
  const doing: Doing = { ...rest, address: from.address }
  const { user, person } = doing
  const typed = 'code' in given ? given.code.replace(/\s/g, '') : undefined
  const isOfApp = typed !== undefined && isTotpShaped(typed)
  try {
    await lockout.begin(user.loginHash, 'code')
    const isRight =
      'passkey' in given
        ? await isProven(parts, person, purpose, given.passkey, from)
        : typed !== undefined &&
          (isOfApp
            ? await secondFactors.spendCode(user._id, typed)
            : await secondFactors.spendRecoveryCode(user._id, typed))
    if (!isRight) throw new Refusal('wrong-credentials')
  } catch (error) {
    const what = typed === undefined ? 'passkey' : 'code'
    const reason = error instanceof Refusal ? `${error.reason}:${what}` : 'internal'
    await record(parts, { ...doing, outcome: 'denied', reason })
    throw error
  }
  await lockout.clearAll(user.loginHash)
  if (typed === undefined) await record(parts, { ...doing, action: 'passkey.used' })
  else if (!isOfApp) await record(parts, { ...doing, action: 'second-factor.recovery-code-used' })
}

async function record(
  { audit }: SignInParts,
  { user, person, address, action, outcome = 'ok', reason }: Doing & { outcome?: 'ok' | 'denied'; reason?: string },
): Promise<void> {
  await audit.record({ actor: user._id, sessionId: person.sessionId, address, action, outcome, reason })
}
