/**
 * What can be said of a request to the live channel without asking anybody (LIVE.md, "Before the answer"): whether it is one, and whether it
 * comes from a page of ours. Every request is looked at, not only a connection's first: socket.io itself asks nobody about the later ones.
 */
import type { IncomingMessage } from 'node:http'
import { LIVE_PATH } from '../../../shared/protocol/live-channel.ts'
import type { Addresses } from '../addresses.ts'

export type LiveTransport = 'polling' | 'websocket'

export interface LiveRequest {
  transport: LiveTransport
  /** The connection that this request belongs to; undefined for the first of one. */
  sid: string | undefined
}

/** Ours by its path, well formed or not. */
export const isLivePath = (url: string | undefined): boolean => (url ?? '').startsWith(LIVE_PATH)

const MAX_URL_LENGTH = 200
const SID = /^[A-Za-z0-9_-]{20}$/
/** `t` keeps a cache from answering. Anything else, JSONP's `j` and `b64` among it, is none of ours. */
const PARAMETERS: ReadonlySet<string> = new Set(['EIO', 'transport', 't', 'sid'])

/** Reads a request strictly; undefined when it is none that our client makes. */
export function readLiveRequest(request: IncomingMessage, isUpgrade: boolean): LiveRequest | undefined {
  const url = request.url ?? ''
  const [path, query = '', ...more] = url.split('?')
  if (path !== LIVE_PATH || more.length > 0 || url.length > MAX_URL_LENGTH) return undefined
  const parameters = [...new URLSearchParams(query)]
  const asked = new Map(parameters)
  if (asked.size !== parameters.length || parameters.some(([name]) => !PARAMETERS.has(name))) return undefined
  const sid = asked.get('sid')
  if (asked.get('EIO') !== '4' || (sid !== undefined && !SID.test(sid))) return undefined
  const transport = isUpgrade ? 'websocket' : 'polling'
  const isAllowedMethod = request.method === 'GET' || (request.method === 'POST' && !isUpgrade && sid !== undefined)
  return asked.get('transport') === transport && isAllowedMethod ? { transport, sid } : undefined
}

/**
 * Exactly one `Origin`, and ours. Browsers send none with a GET to their own origin: a polling GET without one is let in when the browser
 * says `Sec-Fetch-Site: same-origin`, which no page can set.
 */
export function isFromOurPage(
  request: IncomingMessage,
  { transport }: LiveRequest,
  addresses: Pick<Addresses, 'isOurHost' | 'isOurOrigin'>,
): boolean {
  const { host, 'sec-fetch-site': site } = request.headers
  const origins = request.rawHeaders.filter((_, at, all) => at % 2 === 1 && all[at - 1]?.toLowerCase() === 'origin')
  if (origins.length > 0) return origins.length === 1 && addresses.isOurOrigin(origins[0], host)
  return transport === 'polling' && request.method === 'GET' && site === 'same-origin' && addresses.isOurHost(host)
}
