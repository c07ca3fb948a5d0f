/**
 * A person's passkeys: adding one, naming it, taking it away, and proving it where a second factor is asked for. A proof is counted and recorded like
 * a code (`second-factor.ts`), although nobody guesses one: what a stolen password can try is limited whatever it tries.
 *
 * Source: 개인정보의 안전성 확보조치 기준 제6조②.
 */
import type { PasskeyId } from '../../shared/ids.ts'
import type { BeginSecondFactorBody, RecoveryCodesView } from '../../shared/protocol/http-api.ts'
import {
  type NewPasskeyBody,
  type NewPasskeyQuestion,
  PASSKEYS_MAX,
  type PasskeyProof,
  type PasskeyQuestion,
  type PasskeyView,
} from '../../shared/protocol/passkeys.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { newId } from '../lib/random.ts'
import type { User } from '../people/user-repository.ts'
import type { SignedInPerson } from '../rooms/ports.ts'
import type { SessionCookie } from './cookies.ts'
import { checkNew, checkProof, questionFor, questionForNew } from './passkey-ceremonies.ts'
import type { Passkey, PasskeyRepository, QuestionPurpose } from './passkey-repository.ts'
import { newRecoveryCodes } from './recovery-codes.ts'
import type { RelyingParty } from './relying-party.ts'
import { checkPassword, known, type SignInParts } from './sign-in.ts'

export interface PasskeyParts extends SignInParts {
  passkeys: PasskeyRepository
}

/** From where something is asked: the network address, and the address of ours, where that can have passkeys. */
export interface From {
  address: string
  at: RelyingParty | undefined
}

export async function passkeyViews(
  { passkeys }: Pick<PasskeyParts, 'passkeys'>,
  person: SignedInPerson,
  at: RelyingParty | undefined,
): Promise<PasskeyView[]> {
  return (await passkeys.ofUser(person.userId)).map(({ _id, name, createdAt, lastUsedAt, relyingPartyId }) => ({
    passkeyId: _id,
    name,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    here: relyingPartyId === at?.id,
  }))
}

/** @throws Refusal `wrong-credentials`, `account-locked`; `not-allowed` where browsers have no passkeys; `too-large` */
export async function beginPasskey(
  parts: PasskeyParts,
  person: SignedInPerson,
  { password }: BeginSecondFactorBody,
  from: From,
): Promise<NewPasskeyQuestion> {
  const at = placeOf(from)
  const { address } = from
  const user = await known(parts.users, person.userId)
  // Whoever finds a screen open must not bind the account to a device of their own.
  await checkPassword(parts, { loginHash: user.loginHash, user, password, address, action: 'passkey.begin' })
  const mine = await parts.passkeys.ofUser(user._id)
  if (mine.length >= PASSKEYS_MAX) throw new Refusal('too-large', 'passkeys-full')
  const options = await questionForNew(at, { userId: user._id, login: user.login, name: user.name }, mine)
  await ask(parts, person, 'register', options.challenge, at)
  await record(parts, { user, person, address, action: 'passkey.begin' })
  return { options }
}

/**
 * Keeps a new passkey. For somebody who had no second factor it switches it on: the session goes on under another id, those elsewhere end, and
 * there are recovery codes to keep.
 * @throws Refusal `conflict` when nothing waits for it (any more) or it is known, `bad-request` when it is none
 */
export async function addPasskey(
  parts: PasskeyParts,
  person: SignedInPerson,
  body: NewPasskeyBody,
  from: From,
): Promise<{ cookie: SessionCookie | undefined; view: RecoveryCodesView }> {
  const at = placeOf(from)
  const { address } = from
  const { passkeys, secondFactors, sessions, clock } = parts
  const user = await known(parts.users, person.userId)
  const challenge = await passkeys.takeQuestion(person.sessionId, 'register', at.id)
  if (challenge === undefined) throw new Refusal('conflict', 'passkey-stale')
  const made = await checkNew(at, challenge, body)
  if (made === undefined) {
    await record(parts, { user, person, address, action: 'passkey.add', outcome: 'denied', reason: 'passkey-refused' })
    throw new Refusal('bad-request', 'passkey-refused')
  }
  const passkeyId = newId<PasskeyId>()
  const isNew = await passkeys.insert({
    ...made,
    _id: passkeyId,
    userId: user._id,
    relyingPartyId: at.id,
    name: body.name,
    transports: body.transports,
    createdAt: new Date(clock.now()),
    lastUsedAt: null,
  })
  if (!isNew) throw new Refusal('conflict', 'passkey-known')
  await record(parts, { user, person, address, action: 'passkey.add', object: passkeyId })
  const recoveryCodes = newRecoveryCodes()
  // After the passkey: a crash in between leaves a password that suffices as before, not a factor that nobody has.
  if (!(await secondFactors.switchOn(user._id, recoveryCodes)))
    return { cookie: undefined, view: { recoveryCodes: [] } }
  await sessions.endAll(user._id)
  const cookie = await sessions.start(user._id, { secondFactor: true, address })
  await record(parts, { user, person, address, action: 'second-factor.on' })
  return { cookie, view: { recoveryCodes } }
}

/** @throws Refusal `not-found` */
export async function renamePasskey(
  parts: PasskeyParts,
  person: SignedInPerson,
  passkeyId: PasskeyId,
  name: string,
  { address }: From,
): Promise<void> {
  const user = await known(parts.users, person.userId)
  await parts.passkeys.rename(await ownPasskey(parts, user, passkeyId), name)
  await record(parts, { user, person, address, action: 'passkey.rename', object: passkeyId })
}

/** @throws Refusal `not-found`, `wrong-credentials`, `account-locked`; `not-allowed` for the last one where there is no app: then it is turned off whole */
export async function removePasskey(
  parts: PasskeyParts,
  person: SignedInPerson,
  { passkeyId, password }: { passkeyId: PasskeyId; password: string },
  { address }: From,
): Promise<void> {
  const user = await known(parts.users, person.userId)
  await ownPasskey(parts, user, passkeyId)
  await checkPassword(parts, { loginHash: user.loginHash, user, password, address, action: 'passkey.remove' })
  const summary = await parts.secondFactors.summary(user._id)
  const others = (await parts.passkeys.ofUser(user._id)).filter(one => one._id !== passkeyId)
  if (summary && !summary.app && others.length === 0) throw new Refusal('not-allowed', 'last-factor')
  await parts.passkeys.remove(user._id, passkeyId)
  await record(parts, { user, person, address, action: 'passkey.remove', object: passkeyId })
}

/** Asks for the proof of one of the person's passkeys. @throws Refusal `not-allowed` when there is none for this address */
export async function askForPasskey(
  parts: PasskeyParts,
  person: SignedInPerson,
  purpose: Exclude<QuestionPurpose, 'register'>,
  from: From,
): Promise<PasskeyQuestion> {
  const at = placeOf(from)
  const mine = (await parts.passkeys.ofUser(person.userId)).filter(one => one.relyingPartyId === at.id)
  if (mine.length === 0) throw new Refusal('not-allowed', 'passkey-address')
  const options = await questionFor(at, mine)
  await ask(parts, person, purpose, options.challenge, at)
  return { options }
}

/** Whether this proves one of the person's passkeys, to the question that this session was asked; it is used up by that. */
export async function isProven(
  { passkeys }: PasskeyParts,
  person: SignedInPerson,
  purpose: Exclude<QuestionPurpose, 'register'>,
  proof: PasskeyProof,
  { at }: From,
): Promise<boolean> {
  const challenge = at && (await passkeys.takeQuestion(person.sessionId, purpose, at.id))
  if (at === undefined || challenge === undefined) return false
  const passkey = (await passkeys.ofUser(person.userId)).find(
    one => one.credentialId === proof.id && one.relyingPartyId === at.id,
  )
  const counter = passkey && (await checkProof(at, challenge, passkey, proof))
  return passkey !== undefined && counter !== undefined && (await passkeys.noteUse(passkey, counter))
}

function placeOf({ at }: From): RelyingParty {
  if (at === undefined) throw new Refusal('not-allowed', 'passkey-address')
  return at
}

const ask = (
  { passkeys }: PasskeyParts,
  { sessionId }: SignedInPerson,
  purpose: QuestionPurpose,
  challenge: string,
  at: RelyingParty,
) => passkeys.ask(sessionId, { purpose, challenge, relyingPartyId: at.id })

/** Another's is not there. */
async function ownPasskey({ passkeys }: PasskeyParts, user: User, passkeyId: PasskeyId): Promise<Passkey> {
  const passkey = (await passkeys.ofUser(user._id)).find(one => one._id === passkeyId)
  if (passkey === undefined) throw new Refusal('not-found')
  return passkey
}

interface Recorded {
  user: User
  person: SignedInPerson
  address: string
  action: string
  object?: PasskeyId
  outcome?: 'ok' | 'denied'
  reason?: string
}

async function record({ audit }: SignInParts, { user, person, outcome = 'ok', ...entry }: Recorded): Promise<void> {
  await audit.record({ actor: user._id, sessionId: person.sessionId, outcome, ...entry })
}
