/**
 * Passkeys as a second factor, over HTTP (Web Authentication, level 3). Of what a browser gives only the parts that are checked come in.
 *
 *   POST   /api/session/passkey                        –                PasskeyQuestion    (the password was right; asks for the proof)
 *   POST   /api/session/second-factor                  { passkey }      SessionView
 *   POST   /api/second-factor/passkeys/begin           { password }     NewPasskeyQuestion
 *   POST   /api/second-factor/passkeys                 newPasskeyBody   RecoveryCodesView  (empty when there were recovery codes already)
 *   POST   /api/second-factor/passkeys/question        –                PasskeyQuestion    (for what asks for password and proof)
 *   PATCH  /api/second-factor/passkeys/:passkeyId      { name }         {}
 *   POST   /api/second-factor/passkeys/:passkeyId/remove { password }   {}
 *
 * A question belongs to the session that asked it, is answered once, and is over after five minutes.
 */
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server'
import * as z from 'zod'
import type { PasskeyId } from '../ids.ts'
import { line } from './fields.ts'

const base64url = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[A-Za-z0-9_-]+$/)

/** At most 1023 bytes (Web Authentication §4, "Credential ID"). */
const credentialId = base64url(1364)
const clientData = base64url(4096)

/** How a browser reaches the authenticator; only handed back to it. */
const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const
export type PasskeyTransport = (typeof TRANSPORTS)[number]

export const passkeyProof = z.strictObject({
  id: credentialId,
  clientDataJSON: clientData,
  authenticatorData: base64url(4096),
  signature: base64url(4096),
})
export type PasskeyProof = z.infer<typeof passkeyProof>

/** What a person calls it: `업무용 노트북`. */
const passkeyName = line(40)

export const newPasskeyBody = z.strictObject({
  name: passkeyName,
  id: credentialId,
  clientDataJSON: clientData,
  attestationObject: base64url(32_768),
  transports: z.array(z.enum(TRANSPORTS)).max(TRANSPORTS.length),
})
export type NewPasskeyBody = z.infer<typeof newPasskeyBody>
export const renamePasskeyBody = z.strictObject({ name: passkeyName })

export interface PasskeyQuestion {
  options: PublicKeyCredentialRequestOptionsJSON
}
export interface NewPasskeyQuestion {
  options: PublicKeyCredentialCreationOptionsJSON
}

/** More devices than one person carries; a list that long is somebody's mistake. */
export const PASSKEYS_MAX = 10

export interface PasskeyView {
  passkeyId: PasskeyId
  name: string
  createdAt: string
  lastUsedAt: string | null
  /** Belongs to the address that is asked from; browsers offer it nowhere else. */
  here: boolean
}

export const isPasskeyTransport = (value: string): value is PasskeyTransport => TRANSPORTS.some(one => one === value)
