/**
 * One person's connection to one room. What it may do depends on where it stands: only a live session is listened to, only a live or a
 * waiting one is spoken to, and one whose access is being asked again keeps what comes from either side, up to a limit (SPEC SE, AX1).
 */
import type { DocumentRef } from '../../shared/documents/document-names.ts'
import type { ConnectionId } from '../../shared/ids.ts'
import type { RefusalReason } from '../../shared/protocol/refusals.ts'
import type { RoomLimits } from './limits.ts'
import type { DocumentGrant, PresenceIdentity, RoomSocket, SignedInPerson } from './ports.ts'
import { TokenBucket } from './token-bucket.ts'

/** Frames kept for later, in order. */
export interface Inbox {
  frames: Uint8Array[]
  bytes: number
}

export interface Outbox {
  /** Arrays as they were given for sending; shared between recipients, so a reference each. */
  sends: (readonly Uint8Array[])[]
  bytes: number
}

export type Standing =
  /** The room is opening, or being built anew: frames wait. */
  | { state: 'waiting'; inbox: Inbox }
  | { state: 'live' }
  /** Access is being asked again: nothing is heard and nothing is said. */
  | { state: 'held'; inbox: Inbox; outbox: Outbox }
  | { state: 'left' }

export interface SessionOptions {
  id: ConnectionId
  person: SignedInPerson
  ref: DocumentRef
  grant: DocumentGrant
  socket: RoomSocket
  /** Whether the client offered the subprotocol for Dure's own messages. */
  receipts: boolean
  limits: RoomLimits
  now: number
}

export class Session {
  readonly id: ConnectionId
  readonly person: SignedInPerson
  readonly ref: DocumentRef
  readonly receipts: boolean
  grant: DocumentGrant
  standing: Standing = { state: 'waiting', inbox: { frames: [], bytes: 0 } }
  /** Update-carrying frames heard so far; what a receipt counts. */
  heard = 0
  /** Of those, how many a receipt was given for. */
  receipted = 0
  /** Has asked for the document (step 1), so that it is told of changes. */
  subscribed = false
  /** Has been let in and told what a newcomer is told. */
  entered = false
  /** Has been sent the server's own step 1. */
  asked = false
  /** Has sent a step 1, so that it will be asked for its own changes. */
  hasAsked = false
  /** Has answered our step 1. */
  hasAnswered = false
  /** Updates that wait for that answer. */
  early: Uint8Array[] = []
  earlyBytes = 0
  readonly #socket: RoomSocket
  readonly #limits: RoomLimits
  readonly #frames: TokenBucket
  readonly #bytes: TokenBucket
  readonly #step1: TokenBucket
  /** A step 2 is as large as the document; its bytes are no sign of a slow reader. */
  #largestAnswer = 0

  constructor(options: SessionOptions) {
    const { limits, now } = options
    this.id = options.id
    this.person = options.person
    this.ref = options.ref
    this.grant = options.grant
    this.receipts = options.receipts
    this.#socket = options.socket
    this.#limits = limits
    this.#frames = new TokenBucket({ burst: limits.frameBurst, perSecond: limits.framesPerSecond, now })
    this.#bytes = new TokenBucket({ burst: limits.byteBurst, perSecond: limits.bytesPerSecond, now })
    this.#step1 = new TokenBucket({ burst: limits.step1Burst, perSecond: limits.step1PerSecond, now })
  }

  get identity(): PresenceIdentity {
    return this.grant.identity
  }

  get hasLeft(): boolean {
    return this.standing.state === 'left'
  }

  /** Whether the answer to our step 1 is still to come. */
  get isToAnswer(): boolean {
    return this.hasAsked && !this.hasAnswered
  }

  /** Whether the allowance covers one more frame. */
  mayHear(frame: Uint8Array, now: number): boolean {
    return this.#frames.take(1, now) && this.#bytes.take(frame.byteLength, now)
  }

  mayAsk(now: number): boolean {
    return this.#step1.take(1, now)
  }

  /** Keeps a frame for later; false when that would be too much. */
  keep(inbox: Inbox, frame: Uint8Array): boolean {
    inbox.bytes += frame.byteLength
    if (inbox.bytes > this.#limits.maxInboxBytes || inbox.frames.length >= this.#limits.maxInboxFrames) return false
    inbox.frames.push(frame)
    return true
  }

  /**
   * Sends, or keeps for a held session. Says why not when the backlog is too long: the caller then ends the session.
   * @param answerBytes how much of it is an answer to step 1
   */
  send(frames: readonly Uint8Array[], answerBytes = 0): RefusalReason | undefined {
    const { standing } = this
    if (standing.state === 'left' || frames.length === 0) return undefined
    if (answerBytes > this.#largestAnswer) this.#largestAnswer = answerBytes
    if (standing.state === 'held') {
      standing.outbox.sends.push(frames)
      for (const frame of frames) standing.outbox.bytes += frame.byteLength
      return standing.outbox.bytes > this.#limits.maxOutboxBytes + this.#largestAnswer ? 'slow-reader' : undefined
    }
    if (!this.#socket.isOpen) return undefined
    this.#socket.send(frames)
    return this.#socket.bufferedBytes > this.#limits.maxBufferedBytes + this.#largestAnswer ? 'slow-reader' : undefined
  }

  /** Whether the network still holds more than a reader who keeps up would leave. */
  get isBehind(): boolean {
    return this.#socket.bufferedBytes > this.#limits.maxBufferedBytes / 4
  }

  /** From now on nothing is heard and nothing is said. */
  hold(): void {
    const { standing } = this
    if (standing.state === 'left' || standing.state === 'held') return
    const inbox = standing.state === 'waiting' ? standing.inbox : { frames: [], bytes: 0 }
    this.standing = { state: 'held', inbox, outbox: { sends: [], bytes: 0 } }
  }

  /** Closes the socket and forgets whatever waited. */
  end(reason: RefusalReason, detail?: string): void {
    this.standing = { state: 'left' }
    this.#socket.close(reason, detail)
  }

  /** The socket is gone by itself. */
  leave(): void {
    this.standing = { state: 'left' }
  }
}
