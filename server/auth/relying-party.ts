/**
 * Which address a passkey belongs to. A browser binds it to a host name (Web Authentication §5.1.2, "relying party identifier"): here always the
 * very host that was asked, never a wider domain, so that what is registered at one address of ours answers to no other name, and nobody who
 * serves a neighbouring name can ask for it. Where each agency has its own host, each has its own passkeys.
 */
import { isIP } from 'node:net'
import { isLocalName } from '../lib/host-names.ts'

export interface RelyingParty {
  /** The host name without port. */
  id: string
  /** Exactly what the browser must say that its page came from. */
  origin: string
}

/** What is known of our addresses. */
export interface OwnAddresses {
  readonly https: boolean
  isOurHost(host: string | undefined): boolean
}

/** Undefined where browsers have no passkeys: at an address in numbers, and without encryption anywhere but on this machine. */
export function relyingPartyAt(host: string, addresses: OwnAddresses): RelyingParty | undefined {
  if (!addresses.isOurHost(host)) return undefined
  const url = new URL(`${addresses.https ? 'https' : 'http'}://${host}`)
  if (isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0) return undefined
  if (!addresses.https && !isLocalName(url.hostname)) return undefined
  return { id: url.hostname, origin: url.origin }
}
