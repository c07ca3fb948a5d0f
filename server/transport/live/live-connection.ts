/**
 * One connection of one signed-in person, over WebSocket or polling, whatever namespaces it carries. It says nothing while it is not certain
 * that the sign-in still stands, ends with a reason, and is cut when its reader is too slow or it sends too much.
 */
import type { Duplex } from 'node:stream'
import type { Socket } from 'socket.io'
import { REFUSALS, type RefusalReason } from '../../../shared/protocol/refusals.ts'
import type { Authentication } from '../../auth/authenticate.ts'
import type { Clock, SignedInPerson } from '../../rooms/ports.ts'
import { TokenBucket } from '../../rooms/token-bucket.ts'
import type { LiveLimits } from './live-limits.ts'

/** The connection as socket.io's engine knows it. */
export type EngineSocket = Socket['conn']

export interface LiveConnectionOptions {
  engine: EngineSocket
  person: SignedInPerson
  /** Where the person sits, for the record of access. */
  address: string
  authentication: Pick<Authentication, 'standingOf'>
  clock: Clock
  limits: LiveLimits
}

/** What still waits for somebody who lost the right to it, or does not read, is not sent any more. */
const dropsBacklog = (reason: RefusalReason): boolean =>
  REFUSALS[reason].retry === 'after-sign-in' || ['not-found', 'slow-reader', 'too-fast'].includes(reason)
/** Beside its data, what a waiting packet costs. */
const PACKET_BYTES = 64

export class LiveConnection {
  readonly person: SignedInPerson
  readonly address: string
  /** Resolves when the line is gone. */
  readonly gone: Promise<void>
  readonly #engine: EngineSocket
  readonly #authentication: Pick<Authentication, 'standingOf'>
  readonly #clock: Clock
  readonly #limits: LiveLimits
  readonly #packets: TokenBucket
  readonly #sockets = new Set<Socket>()
  #raw: Duplex | undefined
  #queuedBytes = 0
  #flushes = 0
  #isEnding = false
  #round = 0
  /** What is to be said once it is certain that it may be. */
  #held: (() => void)[] | undefined
  #stopDeadline: (() => void) | undefined
  #stopWaitingForNamespace: () => void

  constructor({ engine, person, address, authentication, clock, limits }: LiveConnectionOptions) {
    this.person = person
    this.address = address
    this.#engine = engine
    this.#authentication = authentication
    this.#clock = clock
    this.#limits = limits
    this.#packets = new TokenBucket({ burst: limits.packetBurst, perSecond: limits.packetsPerSecond, now: clock.now() })
    // A closing polling transport waits 30 s for one more poll, and nothing can hurry it once it waits.
    if ('closeTimeout' in engine.transport) engine.transport.closeTimeout = limits.closeWithinMs
    this.gone = new Promise(resolve => {
      engine.once('close', () => {
        this.#isEnding = true
        this.#held = undefined
        this.#stopDeadline?.()
        this.#stopWaitingForNamespace()
        this.#cutRawSoon()
        resolve()
      })
    })
    engine.on('packet', () => {
      if (!this.#packets.take(1, clock.now())) this.end('too-fast')
    })
    engine.on('packetCreate', (packet: { data?: string | Buffer }) => this.#queued(packet.data?.length ?? 0))
    engine.on('flush', () => {
      this.#queuedBytes = 0
      this.#flushes++
    })
    this.#stopWaitingForNamespace = this.#waitForNamespace()
  }

  /** Neither ended nor about to. */
  get isOpen(): boolean {
    return !this.#isEnding && this.#engine.readyState === 'open'
  }

  /** Bytes accepted for sending that the network, or the client's next poll, has not taken yet. */
  get bufferedBytes(): number {
    return this.#queuedBytes + (this.#raw?.writableLength ?? 0)
  }

  /** What no flush has handed to the network yet, and how many flushes there were: whoever adds to it can tell its own part. */
  get queue(): { bytes: number; flushes: number } {
    return { bytes: this.#queuedBytes, flushes: this.#flushes }
  }

  /**
   * The network socket under it: at once for WebSocket, later for a connection that began with polling. One is enough: false for another, so
   * that half-done upgrades do not pile up.
   */
  carriedBy(raw: Duplex): boolean {
    if (this.#raw !== undefined || !this.isOpen) return false
    this.#raw = raw
    raw.once('close', () => {
      this.#raw = undefined
    })
    return true
  }

  /** A namespace was entered. */
  enter(socket: Socket): void {
    this.#stopWaitingForNamespace()
    this.#sockets.add(socket)
    socket.once('disconnect', () => {
      this.#sockets.delete(socket)
      if (this.#sockets.size === 0 && this.isOpen) this.#stopWaitingForNamespace = this.#waitForNamespace()
    })
  }

  /** Says something now, or once the sign-in was found to stand; never after the end. */
  say(something: () => void): void {
    if (!this.isOpen) return
    if (this.#held === undefined) something()
    else if (this.#held.length < this.#limits.maxHeld) this.#held.push(something)
    else this.end('slow-reader')
  }

  /** Something about the sign-in changed: from this call on nothing is said until it is known how it stands. */
  askAgain(): void {
    if (this.#isEnding) return
    this.#held ??= []
    const round = ++this.#round
    // From the first change on: further ones while asking do not extend it.
    this.#stopDeadline ??= this.#clock.after(this.#limits.standingDeadlineMs, () => this.end('store-unavailable'))
    this.#authentication.standingOf(this.person).then(
      standing => {
        if (round !== this.#round) return
        if (typeof standing === 'string') this.end(standing)
        else this.#release()
      },
      () => {
        if (round === this.#round) this.end('store-unavailable')
      },
    )
  }

  /** Tells every namespace why, and closes; what does not close by itself is cut. */
  end(reason: RefusalReason): void {
    if (this.#isEnding) return
    const isSilent = dropsBacklog(reason) && this.bufferedBytes > 0
    this.#isEnding = true
    this.#held = undefined
    this.#stopDeadline?.()
    this.#stopWaitingForNamespace()
    if (isSilent) {
      this.#cutSoon(0)
      return
    }
    for (const socket of [...this.#sockets]) socket.emit('closed', reason, null)
    for (const socket of [...this.#sockets]) socket.disconnect(true)
    this.#engine.close()
    this.#cutSoon(this.#limits.closeWithinMs)
  }

  #release(): void {
    const held = this.#held ?? []
    this.#held = undefined
    this.#stopDeadline?.()
    this.#stopDeadline = undefined
    for (const something of held) this.say(something)
  }

  #queued(bytes: number): void {
    this.#queuedBytes += bytes + PACKET_BYTES
    if (this.bufferedBytes > this.#limits.maxBufferedBytes) this.end('slow-reader')
  }

  #waitForNamespace(): () => void {
    return this.#clock.after(this.#limits.connectTimeoutMs, () => this.end('bad-message'))
  }

  /** Not at once: this may be called from within the engine's own writing. */
  #cutSoon(afterMs: number): void {
    const stop = this.#clock.after(afterMs, () => {
      this.#engine.close(true)
      this.#raw?.destroy()
    })
    this.#engine.once('close', stop)
  }

  /** The engine is done with it; a WebSocket would wait half a minute for the other side's goodbye. */
  #cutRawSoon(): void {
    const raw = this.#raw
    if (raw === undefined) return
    const stop = this.#clock.after(this.#limits.closeWithinMs, () => raw.destroy())
    raw.once('close', stop)
  }
}
