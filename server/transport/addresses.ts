/**
 * Where Dure is, and where a request comes from. One object answers for HTTP and for upgrades: which hosts are ours, which `Origin` may
 * change something (SECURITY R14), and which address stands in the records (R22: a header counts only when a configured proxy sent it).
 */
import type { IncomingMessage } from 'node:http'
import { type BlockList, isIP } from 'node:net'
import { blockListOf, isLocalName } from '../lib/host-names.ts'

export interface Addresses {
  /** The public origin, e.g. `https://dure.example.go.kr`. */
  readonly publicOrigin: string
  readonly https: boolean
  /** Whether the request was made to an address that is ours. */
  isOurHost(host: string | undefined): boolean
  /** Whether a page of this origin, on this host, may change something here: exactly our own scheme, host and port. */
  isOurOrigin(origin: string | undefined, host: string | undefined): boolean
  /** The client's address for records and limits. */
  clientAddressOf(request: IncomingMessage): string
}

export interface AddressesOptions {
  /** Asked at each use: with port 0 it is known only once the server listens. */
  publicUrl: () => URL
  /** Addresses or networks (CIDR) of our own reverse proxies. */
  trustedProxies: readonly string[]
}

export function createAddresses({ publicUrl, trustedProxies }: AddressesOptions): Addresses {
  const proxies = blockListOf(trustedProxies)
  const isOurHost = (host: string | undefined) => host !== undefined && isSameOrLocalSubdomain(host, publicUrl())
  return {
    get publicOrigin() {
      return publicUrl().origin
    },
    https: publicUrl().protocol === 'https:',
    isOurHost,
    isOurOrigin: (origin, host) => isOurHost(host) && origin === `${publicUrl().protocol}//${host?.toLowerCase()}`,
    clientAddressOf: request => clientAddressOf(request, proxies),
  }
}

/** `localhost` and everything under it is this machine (RFC 6761 §6.3), so each agency of the demo can have a host of its own. */
function isSameOrLocalSubdomain(host: string, publicUrl: URL): boolean {
  const asked = host.toLowerCase()
  if (asked === publicUrl.host) return true
  if (!isLocalName(publicUrl.hostname)) return false
  const match = /^(?:(?:[a-z0-9-]{1,63}\.)?localhost|127\.0\.0\.1|\[::1\])(?::(\d+))?$/.exec(asked)
  return match !== null && (match[1] ?? '') === publicUrl.port
}

/**
 * The nearest address that is not a trusted proxy, read from the socket and then from right to left through `X-Forwarded-For`: what stands
 * further left was written by somebody we know nothing about.
 */
function clientAddressOf(request: IncomingMessage, proxies: BlockList): string {
  let address = plain(request.socket.remoteAddress ?? '')
  const header = request.headers['x-forwarded-for']
  const hops = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',').map(hop => plain(hop.trim()))
  while (isTrusted(address, proxies)) {
    const previous = hops.pop()
    if (previous === undefined || isIP(previous) === 0) break
    address = previous
  }
  return address
}

/** `::ffff:10.0.0.1` is 10.0.0.1 as a dual-stack socket sees it. */
const plain = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, '')

function isTrusted(address: string, proxies: BlockList): boolean {
  const family = isIP(address)
  return family !== 0 && proxies.check(address, family === 6 ? 'ipv6' : 'ipv4')
}
