/**
 * The WebSocket server under socket.io's engine, with the limits of the document sockets: few fragments, and pings answered within an allowance
 * (browsers send none; each costs a pong that a flooding client need not read).
 */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws'
import type { Clock } from '../../rooms/ports.ts'
import { TokenBucket } from '../../rooms/token-bucket.ts'
import type { LiveLimits } from './live-limits.ts'

const PING_BURST = 20
const PINGS_PER_SECOND = 1

/** A class for the engine's `wsEngine`, which constructs it with options of its own. */
export function carefulWebSocketServer({ clock, limits }: { clock: Clock; limits: LiveLimits }) {
  return class extends WebSocketServer {
    constructor(options: ServerOptions) {
      const { maxFragments, maxBufferedChunks } = limits
      super({ ...options, maxFragments, maxBufferedChunks, autoPong: false })
    }

    override handleUpgrade(
      request: IncomingMessage,
      socket: Duplex,
      head: Buffer,
      callback: (client: WebSocket, request: IncomingMessage) => void,
    ): void {
      super.handleUpgrade(request, socket, head, (ws, ...rest) => {
        const pings = new TokenBucket({ burst: PING_BURST, perSecond: PINGS_PER_SECOND, now: clock.now() })
        ws.on('ping', data => {
          if (pings.take(1, clock.now())) ws.pong(data)
          else ws.terminate()
        })
        callback(ws, ...rest)
      })
    }
  }
}
