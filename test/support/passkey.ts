/**
 * A security key in software: makes passkeys and proves them as a browser and an authenticator would together, for one page. Written from the
 * standard (Web Authentication level 3 §6.1 authenticator data, §6.5.4 attestation object, CTAP 2 canonical CBOR; RFC 9053 §7.1.1 keys).
 */
import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import type {
  NewPasskeyBody,
  NewPasskeyQuestion,
  PasskeyProof,
  PasskeyQuestion,
} from '../../shared/protocol/passkeys.ts'

export interface SoftwareKey {
  readonly id: string
  /** Answers the question of making one. */
  make(question: NewPasskeyQuestion, name: string, lies?: Lies): NewPasskeyBody
  prove(question: PasskeyQuestion, lies?: Lies): PasskeyProof
  /** How often it was used, as it says. */
  counter: number
}

/** What a forged page, a copied key or a broken browser would say instead. */
export interface Lies {
  origin?: string
  relyingPartyId?: string
  challenge?: string
  type?: string
  /** Nobody touched it. */
  absent?: boolean
  /** Signed by another key. */
  otherKey?: boolean
}

const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest()

/** @param keepsCount false for one whose count stays 0, as synchronised passkeys do */
export function createSoftwareKey(origin: string, { keepsCount = true } = {}): SoftwareKey {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(32)
  const hostName = new URL(origin).hostname

  const clientData = (type: string, challenge: string, lies: Lies) =>
    Buffer.from(
      JSON.stringify({
        type: lies.type ?? type,
        challenge: lies.challenge ?? challenge,
        origin: lies.origin ?? origin,
        crossOrigin: false,
      }),
    )
  const authenticatorData = (lies: Lies, attested: Buffer = Buffer.alloc(0)) => {
    const head = Buffer.alloc(5)
    head[0] = (lies.absent ? 0 : 0x01) | (attested.length > 0 ? 0x40 : 0)
    head.writeUInt32BE(key.counter, 1)
    return Buffer.concat([sha256(lies.relyingPartyId ?? hostName), head, attested])
  }

  const key: SoftwareKey = {
    id: id.toString('base64url'),
    counter: 0,
    make({ options }, name, lies = {}) {
      if (keepsCount) key.counter += 1
      const length = Buffer.alloc(2)
      length.writeUInt16BE(id.length)
      const attested = Buffer.concat([Buffer.alloc(16), length, id, coseOf(publicKey)])
      const attestation = Buffer.concat([
        Buffer.from([0xa3]),
        text('fmt'),
        text('none'),
        text('attStmt'),
        Buffer.from([0xa0]),
        text('authData'),
        bytes(authenticatorData(lies, attested)),
      ])
      return {
        name,
        id: key.id,
        clientDataJSON: clientData('webauthn.create', options.challenge, lies).toString('base64url'),
        attestationObject: attestation.toString('base64url'),
        transports: ['usb'],
      }
    },
    prove({ options }, lies = {}) {
      if (keepsCount) key.counter += 1
      const said = clientData('webauthn.get', options.challenge, lies)
      const data = authenticatorData(lies)
      const signer = lies.otherKey ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey : privateKey
      const signature = createSign('sha256')
        .update(Buffer.concat([data, sha256(said)]))
        .sign(signer)
      return {
        id: key.id,
        clientDataJSON: said.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: signature.toString('base64url'),
      }
    },
  }
  return key
}

/** An ES256 key: { 1: 2, 3: -7, -1: 1, -2: x, -3: y }. */
function coseOf(publicKey: KeyObject): Buffer {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  return Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
    bytes(Buffer.from(x, 'base64url')),
    Buffer.from([0x22]),
    bytes(Buffer.from(y, 'base64url')),
  ])
}

/** CBOR text and byte strings of less than 65,536 bytes. */
const text = (value: string) => Buffer.concat([lengthOf(0x60, Buffer.byteLength(value)), Buffer.from(value)])
const bytes = (value: Buffer) => Buffer.concat([lengthOf(0x40, value.length), value])

function lengthOf(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([major | length])
  if (length < 256) return Buffer.from([major | 24, length])
  return Buffer.from([major | 25, length >> 8, length & 0xff])
}
