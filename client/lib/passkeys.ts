/** The browser's side of a passkey: making one and proving it. The library comes with the first press. */
import {
  isPasskeyTransport,
  type NewPasskeyBody,
  type NewPasskeyQuestion,
  type PasskeyProof,
  type PasskeyQuestion,
} from '../../shared/protocol/passkeys.ts'

/** The browser made or proved none: the person stopped, took too long, or the device is known already. */
export class PasskeyStopped extends Error {
  override name = 'PasskeyStopped'
  readonly why: 'stopped' | 'known'
  constructor(why: 'stopped' | 'known', options?: ErrorOptions) {
    super(why, options)
    this.why = why
  }
}

/** Whether this browser has passkeys here: never at an address without encryption. */
export const hasPasskeys = (): boolean => 'PublicKeyCredential' in globalThis

/** @throws {PasskeyStopped} */
export async function makePasskey({ options }: NewPasskeyQuestion, name: string): Promise<NewPasskeyBody> {
  const { startRegistration } = await import('@simplewebauthn/browser')
  const made = await asked(() => startRegistration({ optionsJSON: options }))
  const { clientDataJSON, attestationObject, transports = [] } = made.response
  return { name, id: made.id, clientDataJSON, attestationObject, transports: transports.filter(isPasskeyTransport) }
}

/** @throws {PasskeyStopped} */
export async function provePasskey({ options }: PasskeyQuestion): Promise<PasskeyProof> {
  const { startAuthentication } = await import('@simplewebauthn/browser')
  const { id, response } = await asked(() => startAuthentication({ optionsJSON: options }))
  const { clientDataJSON, authenticatorData, signature } = response
  return { id, clientDataJSON, authenticatorData, signature }
}

async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    const isKnown = error instanceof Error && error.name === 'InvalidStateError'
    // Browsers keep to themselves what else it was (Web Authentication §14.5): for the person it is one thing.
    throw new PasskeyStopped(isKnown ? 'known' : 'stopped', { cause: error })
  }
}
