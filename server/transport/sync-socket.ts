/** One WebSocket as a room sees it: whole messages in, framed messages out, a close with a reason, and signs of life on both sides. */
import type { Duplex } from 'node:stream'
import type { RawData, WebSocket } from 'ws'
import { REFUSALS, type RefusalReason } from '../../shared/protocol/refusals.ts'
import { SIGN_OF_LIFE } from '../../shared/protocol/sync-frames.ts'
import type { Clock, RoomSocket } from '../rooms/ports.ts'
import { TokenBucket } from '../rooms/token-bucket.ts'
import { framesOf } from './frame-writer.ts'

/** The stock client gives up after 30 s without a message; half of it leaves room for a slow line. */
export const SIGN_OF_LIFE_AFTER_MS = 12_000
const PING_EVERY_MS = 20_000
export const SILENT_AFTER_MS = 45_000
/** What waits for somebody who lost access or is signed out, or for somebody who does not read, is not sent any more. */
export const DROPS_BACKLOG: ReadonlySet<RefusalReason> = new Set([
  'not-found',
  'not-signed-in',
  'session-locked',
  'password-change-required',
  'second-factor-required',
  'slow-reader',
])
/** A client that does not answer the close is cut. */
const CLOSE_WITHIN_MS = 1_000
/** Pings of its own that a client may send: browsers send none. */
const PING_BURST = 20
const PINGS_PER_SECOND = 1

/** What one socket may have judged before it is somebody else's turn: Node hands over up to 2 MB of a socket without looking at the others. */
const BYTES_PER_TURN = 256 << 10

const LIFE = [SIGN_OF_LIFE]

export interface SyncSocketOptions {
  ws: WebSocket
  /** The raw socket under it, to write frames that are made once for many. */
  raw: Duplex
  clock: Clock
  onMessage: (frame: Uint8Array) => void
  /** Once, when the socket is gone, whoever closed it. */
  onGone: () => void
}

export class SyncSocket implements RoomSocket {
  readonly #ws: WebSocket
  readonly #raw: Duplex
  readonly #clock: Clock
  readonly #pings: TokenBucket
  #sentAt: number
  #heardAt: number
  #pingedAt: number
  #bytesUntilPause = BYTES_PER_TURN
  #stopCut: (() => void) | undefined

  constructor({ ws, raw, clock, onMessage, onGone }: SyncSocketOptions) {
    const now = clock.now()
    this.#ws = ws
    this.#raw = raw
    this.#clock = clock
    this.#pings = new TokenBucket({ burst: PING_BURST, perSecond: PINGS_PER_SECOND, now })
    this.#sentAt = now
    this.#heardAt = now
    this.#pingedAt = now
    ws.on('message', (data: RawData, isBinary: boolean) => {
      this.#heardAt = clock.now()
      if (!this.isOpen) return
      if (!isBinary || !Buffer.isBuffer(data)) {
        this.close('bad-message', 'text')
        return
      }
      this.#giveWay(data.byteLength)
      onMessage(data)
    })
    ws.on('ping', data => {
      this.#heardAt = clock.now()
      if (!this.isOpen) return
      if (this.#pings.take(1, this.#heardAt)) ws.pong(data)
      else this.close('too-fast', 'ping')
    })
    ws.on('pong', () => {
      this.#heardAt = clock.now()
    })
    // A broken frame ends this socket and nothing else; ws closes it with the right code by itself.
    ws.on('error', () => {})
    ws.on('close', () => {
      this.#stopCut?.()
      onGone()
    })
  }

  get isOpen(): boolean {
    return this.#ws.readyState === this.#ws.OPEN
  }

  get bufferedBytes(): number {
    return this.#raw.writableLength
  }

  send(messages: readonly Uint8Array[]): void {
    if (!this.isOpen || messages.length === 0) return
    this.#raw.write(framesOf(messages))
    this.#sentAt = this.#clock.now()
  }

  /** Somebody who sends much at once is read on in the next turn of the event loop, so that nobody waits behind all of it. */
  #giveWay(bytes: number): void {
    const isPaused = this.#bytesUntilPause <= 0
    this.#bytesUntilPause -= bytes
    if (isPaused || this.#bytesUntilPause > 0) return
    this.#ws.pause()
    this.#clock.soon(() => {
      this.#bytesUntilPause = BYTES_PER_TURN
      this.#ws.resume()
    })
  }

  close(reason: RefusalReason, detail?: string): void {
    if (!this.isOpen) return
    // Only cutting the line drops what the network has not taken.
    if (this.bufferedBytes > 0 && DROPS_BACKLOG.has(reason)) {
      this.#ws.terminate()
      return
    }
    this.#ws.close(REFUSALS[reason].close, detail === undefined ? reason : `${reason}:${detail}`)
    this.#stopCut = this.#clock.after(CLOSE_WITHIN_MS, () => this.#ws.terminate())
  }

  /** Called every few seconds: says something when nothing was said, asks for an answer, cuts who gives none. */
  keepAlive(now: number): void {
    if (!this.isOpen) return
    if (now - this.#heardAt >= SILENT_AFTER_MS) {
      this.#ws.terminate()
      return
    }
    if (now - this.#sentAt >= SIGN_OF_LIFE_AFTER_MS) this.send(LIFE)
    if (now - this.#pingedAt >= PING_EVERY_MS) {
      this.#pingedAt = now
      this.#ws.ping()
    }
  }
}
