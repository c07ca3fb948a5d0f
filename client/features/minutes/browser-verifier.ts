/** Ed25519 of the browser (WebCrypto), which is there on https and on this machine, in browsers of the last years. */
import { PUBLIC_KEY_BYTES } from '../../../shared/minutes/bundle.ts'
import { fromBase64Url } from '../../../shared/minutes/canonical.ts'
import type { VerifySignature } from '../../../shared/minutes/verify.ts'

/** Undefined where the browser has none, or for what is no key. */
export async function browserVerifier(publicKey: string): Promise<VerifySignature | undefined> {
  const bytes = fromBase64Url(publicKey, PUBLIC_KEY_BYTES)
  const subtle = globalThis.crypto?.subtle
  if (bytes === undefined || subtle === undefined) return undefined
  const key = await subtle
    .importKey('raw', new Uint8Array(bytes), { name: 'Ed25519' }, false, ['verify'])
    // A browser that does not know the algorithm says so by refusing the key.
    .catch(() => undefined)
  if (key === undefined) return undefined
  return (text, signature) =>
    subtle.verify({ name: 'Ed25519' }, key, new Uint8Array(signature), new TextEncoder().encode(text))
}
