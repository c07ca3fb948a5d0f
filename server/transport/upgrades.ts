/**
 * The one owner of the HTTP server's `upgrade` event. Every upgrade goes to whoever claims the beginning of its path; what nobody claims is
 * refused here. (socket.io destroys upgrades it does not know after a second, so it must be attached with `destroyUpgrade: false` and its path
 * listed as left to it.)
 */
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { REFUSALS, type RefusalReason } from '../../shared/protocol/refusals.ts'

/** Takes over a request and its raw socket. An `error` listener is on the socket already. */
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

export interface UpgradeRoutes {
  /** By the beginning of the path, e.g. `/sync/`. */
  handlers: Readonly<Record<string, UpgradeHandler>>
  /** Beginnings of paths whose upgrades somebody else's own listener answers. */
  leftToOthers?: readonly string[]
}

/** Listens from now on. Returns its stopper. */
export function routeUpgrades(server: Server, { handlers, leftToOthers = [] }: UpgradeRoutes): () => void {
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Without a listener a reset during the upgrade would end the process. The socket's own close follows and is handled there.
    socket.on('error', () => socket.destroy())
    const path = request.url ?? ''
    if (leftToOthers.some(beginning => path.startsWith(beginning))) return
    const claimed = Object.keys(handlers).find(beginning => path.startsWith(beginning))
    const handler = claimed === undefined ? undefined : handlers[claimed]
    if (handler === undefined) refuseUpgrade(socket, 'not-found')
    else handler(request, socket, head)
  }
  server.on('upgrade', onUpgrade)
  return () => server.off('upgrade', onUpgrade)
}

const STATUS_WORDS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  426: 'Upgrade Required',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
}

/** Answers an upgrade with the HTTP status of a refusal and its id, and ends the connection. */
export function refuseUpgrade(socket: Duplex, reason: RefusalReason): void {
  const { http } = REFUSALS[reason]
  const body = JSON.stringify({ reason })
  const lines = [
    `HTTP/1.1 ${http} ${STATUS_WORDS[http] ?? 'Refused'}`,
    'Connection: close',
    'Content-Type: application/json',
    'Cache-Control: no-store',
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ]
  socket.once('finish', () => socket.destroy())
  socket.end(lines.join('\r\n'))
}
