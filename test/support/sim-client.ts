/**
 * A client as the stock provider is one: the same messages in the same order, with y-protocols' own functions and its own Awareness, over a
 * connection that the test delivers by hand. Adds what Dure's client adds: it counts receipts.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as awarenessProtocol from 'y-protocols/awareness'
import * as syncProtocol from 'y-protocols/sync'
import * as Y from 'yjs'
import type { DocumentRef } from '../../shared/documents/document-names.ts'
import type { SessionId, UserId } from '../../shared/ids.ts'
import {
  MESSAGE,
  type Receipt,
  readChanged,
  readMayWrite,
  readReceipt,
  SYNC,
} from '../../shared/protocol/sync-frames.ts'
import { type Closed, SocketPair } from './socket-pair.ts'

export interface SimClientOptions {
  userId: UserId
  ref: DocumentRef
  clientId: number
  /** Somebody's copy to keep connected; a new one under `clientId` when not given. */
  doc?: Y.Doc
  receipts: boolean
  /** Connects the server's side; undefined when it refuses. */
  dial: (client: SimClient, socket: SocketPair) => Promise<boolean>
}

export class SimClient {
  readonly userId: UserId
  readonly sessionId: SessionId
  readonly ref: DocumentRef
  readonly receipts: boolean
  readonly awareness: awarenessProtocol.Awareness
  doc: Y.Doc
  socket: SocketPair | undefined
  synced = false
  mayWrite: boolean | undefined
  closes: Closed[] = []
  messages: number[] = []
  changed: string[] = []
  received: Receipt[] = []
  /** Update-carrying frames sent on this connection. */
  sent = 0
  #unsent: string[] = []
  #tokens: { token: string; sentAs: number }[] = []
  /** Tokens that a receipt said are stored. */
  readonly confirmed = new Set<string>()
  readonly #dial: SimClientOptions['dial']

  constructor(options: SimClientOptions) {
    this.userId = options.userId
    this.sessionId = `session-of-${options.userId}` as SessionId
    this.ref = options.ref
    this.receipts = options.receipts
    this.#dial = options.dial
    this.doc = this.#watch(options.doc ?? newDoc(options.clientId))
    this.awareness = new awarenessProtocol.Awareness(this.doc)
    this.awareness.on('update', ({ added, updated, removed }: Record<string, number[]>) => {
      const changed = [...(added ?? []), ...(updated ?? []), ...(removed ?? [])]
      this.#sendAwareness(changed)
    })
  }

  get isConnected(): boolean {
    return this.socket !== undefined && this.socket.closed === undefined
  }

  /** Opens a connection; false when the server refused it. */
  async connect(): Promise<boolean> {
    const socket: SocketPair = new SocketPair({
      onMessage: frame => {
        if (this.socket === socket) this.#hear(frame)
      },
      onClosed: closed => {
        this.closes.push(closed)
        if (this.socket !== socket) return
        this.socket = undefined
        this.synced = false
        // What was not confirmed on this connection leaves with the answer to step 1 on the next.
        for (const { token } of this.#tokens) this.#unsent.push(token)
        this.#tokens = []
        const others = [...this.awareness.getStates().keys()].filter(client => client !== this.doc.clientID)
        awarenessProtocol.removeAwarenessStates(this.awareness, others, 'connection')
      },
    })
    if (!(await this.#dial(this, socket))) return false
    this.socket = socket
    this.sent = 0
    this.send(encoder => {
      encoding.writeVarUint(encoder, MESSAGE.sync)
      syncProtocol.writeSyncStep1(encoder, this.doc)
    })
    if (this.awareness.getLocalState() !== null) this.#sendAwareness([this.doc.clientID])
    return true
  }

  /** Forgets its copy, as a client does after its update was refused or its page was loaded anew. */
  startAfresh(doc: Y.Doc): void {
    this.#unsent = []
    this.#tokens = []
    // The presence has a timer and a copy of its own; it goes on under the new client id.
    this.doc.off('update', this.#onUpdate)
    this.doc = this.#watch(doc)
    this.awareness.clientID = doc.clientID
  }

  /** Makes a change that carries a token; remembers which frame the token leaves with. */
  write(token: string, change: (doc: Y.Doc) => void): void {
    change(this.doc)
    if (this.isConnected) this.#tokens.push({ token, sentAs: this.sent })
    else this.#unsent.push(token)
  }

  send(write: (encoder: encoding.Encoder) => void): void {
    const encoder = encoding.createEncoder()
    write(encoder)
    this.sendFrame(encoding.toUint8Array(encoder))
  }

  sendFrame(frame: Uint8Array): void {
    this.socket?.sendToServer(frame)
  }

  sendUpdate(update: Uint8Array): void {
    this.sent++
    this.send(encoder => {
      encoding.writeVarUint(encoder, MESSAGE.sync)
      syncProtocol.writeUpdate(encoder, update)
    })
  }

  destroy(): void {
    this.awareness.destroy()
    this.doc.destroy()
  }

  readonly #onUpdate = (update: Uint8Array, origin: unknown): void => {
    if (origin !== this && this.isConnected) this.sendUpdate(update)
  }

  #watch(doc: Y.Doc): Y.Doc {
    doc.on('update', this.#onUpdate)
    return doc
  }

  #sendAwareness(clients: number[]): void {
    this.send(encoder => {
      encoding.writeVarUint(encoder, MESSAGE.awareness)
      encoding.writeVarUint8Array(encoder, awarenessProtocol.encodeAwarenessUpdate(this.awareness, clients))
    })
  }

  #hear(frame: Uint8Array): void {
    const decoder = decoding.createDecoder(frame)
    const encoder = encoding.createEncoder()
    const type = decoding.readVarUint(decoder)
    this.messages.push(type)
    switch (type) {
      case MESSAGE.sync: {
        encoding.writeVarUint(encoder, MESSAGE.sync)
        const kind = syncProtocol.readSyncMessage(decoder, encoder, this.doc, this)
        if (kind === SYNC.step2) this.synced = true
        if (encoding.length(encoder) > 1) {
          this.sent++
          // The answer carries everything that the server lacks, so also what was written without a line.
          for (const token of this.#unsent) this.#tokens.push({ token, sentAs: this.sent })
          this.#unsent = []
          this.sendFrame(encoding.toUint8Array(encoder))
        }
        return
      }
      case MESSAGE.awareness:
        awarenessProtocol.applyAwarenessUpdate(this.awareness, decoding.readVarUint8Array(decoder), this)
        return
      case MESSAGE.receipt: {
        const receipt = readReceipt(decoder)
        this.received.push(receipt)
        for (const { token, sentAs } of this.#tokens) if (sentAs <= receipt.stored) this.confirmed.add(token)
        this.#tokens = this.#tokens.filter(({ sentAs }) => sentAs > receipt.stored)
        return
      }
      case MESSAGE.write:
        this.mayWrite = readMayWrite(decoder)
        return
      case MESSAGE.changed: {
        const topic = readChanged(decoder)
        if (topic !== undefined) this.changed.push(topic)
        return
      }
      default:
        throw new Error(`The server sent a message of type ${type}`)
    }
  }
}

function newDoc(clientId: number): Y.Doc {
  const doc = new Y.Doc()
  doc.clientID = clientId
  return doc
}
