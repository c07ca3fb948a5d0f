/**
 * The installation's Ed25519 key for minutes: made at the first use, sealed in the drawer `signing`, which opens with the key file alone. Its public
 * half is published, so that a copy of minutes is checked by whoever has it.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import type { Keyring } from '../crypto/keyring.ts'
import { isDuplicateKey, type Store } from '../storage/port.ts'

interface KeyRecord {
  _id: string
  sealed: Buffer
}

export interface MinutesSigner {
  /** base64url of its 32 bytes. */
  readonly publicKey: string
  /** base64url. */
  sign(text: string): string
}

const KEY_ID = 'minutes-signing-key'

export async function openMinutesSigner({
  store,
  keyring,
}: {
  store: Store
  keyring: Keyring
}): Promise<MinutesSigner> {
  const records = store.collection<KeyRecord>('installation')
  const drawer = await keyring.drawer('signing')
  let privateKey = await stored()
  if (privateKey === undefined) {
    const made = generateKeyPairSync('ed25519').privateKey
    const sealed = drawer.seal(made.export({ format: 'der', type: 'pkcs8' }), KEY_ID)
    try {
      await records.insertOne({ _id: KEY_ID, sealed })
    } catch (error) {
      if (!isDuplicateKey(error)) throw error
    }
    privateKey = (await stored()) ?? made
  }
  const key = privateKey
  return {
    publicKey: publicKeyOf(key),
    sign: text => sign(null, Buffer.from(text), key).toString('base64url'),
  }

  async function stored(): Promise<KeyObject | undefined> {
    const record = await records.findOne({ _id: KEY_ID })
    if (!record) return undefined
    return createPrivateKey({ key: drawer.open(record.sealed, KEY_ID), format: 'der', type: 'pkcs8' })
  }
}

function publicKeyOf(key: KeyObject): string {
  const { x } = createPublicKey(key).export({ format: 'jwk' })
  if (x === undefined) throw new Error('An Ed25519 key without its public half')
  return x
}

/** For `verifyMinutes`. @param publicKey base64url of 32 bytes; undefined when it is none */
export function createVerifier(publicKey: string): ((text: string, signature: Uint8Array) => boolean) | undefined {
  let key: KeyObject
  try {
    key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' })
  } catch {
    return undefined // Not a key of this kind; the caller says so.
  }
  return (text, signature) => verify(null, Buffer.from(text), key, signature)
}
