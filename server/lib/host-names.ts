/** What can be told of a host from its name alone, as it stands in a URL. Nothing is looked up. */
import { BlockList, isIP } from 'node:net'

/** `localhost` and everything under it is this machine (RFC 6761 §6.3). */
export function isLocalName(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost')
}

/** This machine: `localhost` by name, or a loopback address. */
export function isThisMachine(hostname: string): boolean {
  return isLocalName(hostname) || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

/** This machine, or an address in a network of one's own (RFC 1918, RFC 4193, link-local): not reachable from the internet by itself. */
export function isPrivateAddress(hostname: string): boolean {
  if (isThisMachine(hostname)) return true
  const bare = hostname.replace(/^\[|\]$/g, '')
  if (isIP(bare) === 4) return PRIVATE.check(bare, 'ipv4')
  return isIP(bare) === 6 && PRIVATE.check(bare, 'ipv6')
}

const PRIVATE_NETWORKS = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16', 'fc00::/7', 'fe80::/10']

const PRIVATE = blockListOf(PRIVATE_NETWORKS)

/** This machine and the networks of one's own. */
export const INSIDE_NETWORKS: readonly string[] = ['127.0.0.0/8', '::1', ...PRIVATE_NETWORKS]

/** Addresses and networks (`10.0.0.0/8`) to check addresses against. */
export function blockListOf(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return list
}
