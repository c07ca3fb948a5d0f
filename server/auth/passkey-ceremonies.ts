/**
 * The two ceremonies of Web Authentication: making a passkey, and proving that one has it. What is said in the clear (which page, which question,
 * which key, how often used) is checked by the library against what we expect; here stands what we expect. The library is loaded at the first
 * use: it takes half a second, and most servers' first minutes need none of it.
 */
import type { NewPasskeyBody, PasskeyProof } from '../../shared/protocol/passkeys.ts'
import type { Passkey } from './passkey-repository.ts'
import type { RelyingParty } from './relying-party.ts'

const library = () => import('@simplewebauthn/server')

/** What a browser shows above its question. */
const NAME = '두레'

const credentialsAt = (passkeys: readonly Passkey[], at: RelyingParty) =>
  passkeys
    .filter(passkey => passkey.relyingPartyId === at.id)
    .map(({ credentialId, transports }) => ({ id: credentialId, transports }))

export async function questionForNew(
  at: RelyingParty,
  person: { userId: string; login: string; name: string },
  known: readonly Passkey[],
) {
  const { generateRegistrationOptions } = await library()
  return generateRegistrationOptions({
    rpName: NAME,
    rpID: at.id,
    userID: Uint8Array.from(Buffer.from(person.userId)),
    userName: person.login,
    userDisplayName: person.name,
    // Which make of authenticator it is, is nobody's business here.
    attestationType: 'none',
    excludeCredentials: credentialsAt(known, at),
    // Beside the password it need not name the person; where a finger or a PIN can be asked it is.
    authenticatorSelection: { residentKey: 'discouraged', userVerification: 'preferred' },
  })
}

export interface MadePasskey {
  credentialId: string
  publicKey: string
  counter: number
}

/** Undefined for an answer to another question, from another page, or that is none. */
export async function checkNew(
  at: RelyingParty,
  challenge: string,
  { id, clientDataJSON, attestationObject, transports }: NewPasskeyBody,
): Promise<MadePasskey | undefined> {
  const { verifyRegistrationResponse } = await library()
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: { clientDataJSON, attestationObject, transports },
      },
      expectedChallenge: challenge,
      expectedOrigin: at.origin,
      expectedRPID: at.id,
      requireUserVerification: false,
    })
    if (!verified) return undefined
    const { id: credentialId, publicKey, counter } = registrationInfo.credential
    return { credentialId, publicKey: Buffer.from(publicKey).toString('base64url'), counter }
  } catch {
    // The library says by errors what does not hold. To us every one of them is the same no.
    return undefined
  }
}

export async function questionFor(at: RelyingParty, passkeys: readonly Passkey[]) {
  const { generateAuthenticationOptions } = await library()
  return generateAuthenticationOptions({
    rpID: at.id,
    allowCredentials: credentialsAt(passkeys, at),
    userVerification: 'preferred',
  })
}

/**
 * The authenticator's new count of its uses; undefined for a proof that is none. A count that did not grow is none either: there are two of that
 * authenticator (§6.1.1), unless it keeps no count at all.
 */
export async function checkProof(
  at: RelyingParty,
  challenge: string,
  passkey: Passkey,
  { id, clientDataJSON, authenticatorData, signature }: PasskeyProof,
): Promise<number | undefined> {
  const { verifyAuthenticationResponse } = await library()
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: { clientDataJSON, authenticatorData, signature },
      },
      expectedChallenge: challenge,
      expectedOrigin: at.origin,
      expectedRPID: at.id,
      credential: {
        id: passkey.credentialId,
        publicKey: Uint8Array.from(Buffer.from(passkey.publicKey, 'base64url')),
        counter: passkey.counter,
        transports: passkey.transports,
      },
      requireUserVerification: false,
    })
    return verified ? authenticationInfo.newCounter : undefined
  } catch {
    // As above: every reason is the same no.
    return undefined
  }
}
