/**
 * Headers of every answer (ASVS 3.4). Scripts, fonts, pictures and connections are our own; inline script never. Styles that libraries
 * insert at run time carry the page's nonce (`client-files.ts` puts it into the page), so nothing needs `unsafe-inline`.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import helmet from 'helmet'
import type { Addresses } from './addresses.ts'

/** One year, as long as the common preload lists ask. */
const HSTS_SECONDS = 31_536_000

type Middleware = (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void

export function securityHeaders(addresses: Addresses): Middleware {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'"],
        'style-src': ["'self'", (_request, response) => `'nonce-${nonceOf(response)}'`],
        // `blob:` is a picture that this page itself has read: a paper of an item is shown so and kept nowhere.
        'img-src': ["'self'", 'data:', 'blob:'],
        'font-src': ["'self'"],
        // Older Safari does not count a WebSocket to the same host as 'self'.
        'connect-src': ["'self'", request => socketOriginOf(request, addresses)],
        'object-src': ["'none'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
      },
    },
    strictTransportSecurity: addresses.https ? { maxAge: HSTS_SECONDS, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
    crossOriginEmbedderPolicy: false,
  })
}

function socketOriginOf(request: IncomingMessage, addresses: Addresses): string {
  const { host } = request.headers
  // Only a host that is ours may stand in the header: the name comes from outside.
  return host !== undefined && addresses.isOurHost(host) ? `${addresses.https ? 'wss' : 'ws'}://${host}` : "'self'"
}

const nonces = new WeakMap<ServerResponse, string>()

/** The nonce of this answer's page; set before the headers are made. */
export function setNonce(response: ServerResponse, nonce: string): void {
  nonces.set(response, nonce)
}

export function nonceOf(response: ServerResponse): string {
  return nonces.get(response) ?? ''
}
