/**
 * One document, held open: y-websocket's provider, extended for receipts, write right, notices and refusals (PROTOCOL.md). Keeps the promise
 * that nothing typed is lost silently: what the server has not logged is sent again, or shown to the person when it never will be taken.
 *
 * No React and no DOM beyond `WebSocket` and timers: it runs in Node, against anything that speaks the frames.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { Awareness } from 'y-protocols/awareness'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { RECEIPTS_SUBPROTOCOL } from '../../shared/protocol/protocol-version.ts'
import type { RefusalReason } from '../../shared/protocol/refusals.ts'
import {
  type ChangeTopic,
  MESSAGE,
  readChanged,
  readMayWrite,
  readReceipt,
  SYNC,
  writeUpdate,
} from '../../shared/protocol/sync-frames.ts'
import { wordsSince } from './own-words.ts'
import { type PersonPresence, presenceOf, samePresence } from './presence.ts'
import { type Receipt, ReceiptLedger } from './receipts.ts'
import { type AfterClose, afterClose, afterRefusal, backoffMs, refusalOfClose } from './reconnect.ts'
import { type Composition, RemoteHold } from './remote-hold.ts'
import { touchesParagraph } from './touches.ts'
import { type OutgoingKind, watchedSocket } from './watched-socket.ts'
import type { WhyRefused } from './why-refused.ts'

export type LinkPhase =
  | { phase: 'connecting' }
  | { phase: 'live' }
  /** No line since then; typing goes on. `reason` when the server said why (it restarts, its store cannot be written). */
  | { phase: 'lost'; since: number; reason: RefusalReason | null }
  /** Waits until the person has signed in again; the document and what is unsent are kept. */
  | { phase: 'signed-out'; since: number }
  /** The server will not go on with this document until the person acts. `gone`: nothing of it is kept. */
  | { phase: 'refused'; reason: RefusalReason; detail: string; gone: boolean }

/** What a reconnect brought together, for one quiet line on the screen. */
export interface Merged {
  at: number
  /** My words that waited were taken. */
  sentMine: boolean
  /** The roots in which other people's changes arrived meanwhile. */
  receivedIn: readonly string[]
}

/** A plain picture of the link. A new object whenever something in it changed. */
export interface LinkState {
  readonly document: string
  readonly line: LinkPhase
  /** Replaced when the server refused my copy: bind anew then. */
  readonly doc: Y.Doc
  readonly awareness: Awareness
  /** The content is there (it was complete at least once). */
  readonly loaded: boolean
  /** Null until the server said so. */
  readonly mayWrite: boolean | null
  readonly receipt: Receipt
  /** Who else is here; myself only in another window. */
  readonly people: readonly PersonPresence[]
  /** My words that the server did not take, and why; kept until the person puts them away. */
  readonly returned: { reason: RefusalReason; detail: string; words: readonly string[] } | null
  readonly merged: Merged | null
}

export interface DocumentLinkOptions {
  /** e.g. `wss://host/sync` */
  serverUrl: string
  document: string
  /** Why an upgrade was refused; a browser cannot read that from the socket. Rejects or `unknown` when the server cannot be asked. */
  askWhyRefused(document: string): Promise<WhyRefused>
  onChange(): void
  onNotice?(topic: ChangeTopic): void
  /** Called before what others wrote is applied (see remote-hold.ts). */
  beforeRemote?(): void
  /** Only shown: nothing is said to the others of who reads here. */
  watches?: boolean
  WebSocket?: typeof WebSocket
  random?(): number
  now?(): number
}

/** A copy that is refused again and again is a fault that a reload does not heal: stop, in words. */
const MOST_FRESH_COPIES = 3
const FRESH_COPIES_WITHIN_MS = 60_000
/** HTTP has said why the line does not open: not asked again before. */
const ASK_AGAIN_AFTER_MS = 30_000
/** It could not be asked. Who has waited for a network to come back, and cannot come in by it, must not wait long for the reason as well. */
const UNANSWERED_AGAIN_AFTER_MS = 2_000
/** In a network that swallows everything the question would take minutes, and the line must be tried meanwhile. */
const ANSWERS_WITHIN_MS = 5_000

export class DocumentLink {
  readonly document: string
  readonly #options: DocumentLinkOptions
  readonly #socketClass: typeof WebSocket
  readonly #random: () => number
  readonly #now: () => number
  #ledger = new ReceiptLedger()
  readonly #hold: RemoteHold<Y.XmlElement>
  #provider: WebsocketProvider
  #socket: WebSocket | null = null
  /** On the present socket the answer to the server's step 1 has left: from here on updates continue the server's knowledge without a gap. */
  #answered = false
  #serverKnows: Uint8Array | null = null
  #heldBack = false
  #opened = false
  #attempt = 0
  #retryTimer: ReturnType<typeof setTimeout> | undefined
  #asksFrom = Number.NEGATIVE_INFINITY
  #freshCopies: number[] = []
  /** The line is live and on its way to another socket. */
  #changing = false
  #mergingSince: { sentMine: boolean; roots: Set<string> } | null = null
  #closed = false
  #state: LinkState

  constructor(options: DocumentLinkOptions) {
    this.document = options.document
    this.#options = options
    this.#random = options.random ?? Math.random
    this.#now = options.now ?? Date.now
    this.#hold = new RemoteHold(() => options.beforeRemote?.())
    this.#socketClass = watchedSocket(options.WebSocket ?? WebSocket, {
      mayLeave: (socket, kind) => this.#mayLeave(socket, kind),
    })
    this.#provider = this.#createProvider(new Y.Doc())
    this.#state = {
      document: options.document,
      line: { phase: 'connecting' },
      doc: this.#provider.doc,
      awareness: this.#provider.awareness,
      loaded: false,
      mayWrite: null,
      receipt: this.#ledger.receipt,
      people: [],
      returned: null,
      merged: null,
    }
  }

  get state(): LinkState {
    return this.#state
  }

  /** Something of mine is not stored yet: closing now would lose it or leave it in doubt. */
  get hasUnstored(): boolean {
    return this.#ledger.receipt.place !== 'stored'
  }

  /** Opens the line. */
  open(): void {
    this.#provider.connect()
  }

  /** Comes back at once: the browser is online again, or the person asks. Also after a refusal that the person has dealt with. */
  retryNow(): void {
    if (this.#closed || this.#state.line.phase === 'live') return
    if (this.#state.line.phase === 'refused' && this.#state.line.gone) return
    clearTimeout(this.#retryTimer)
    this.#attempt = 0
    if (this.#state.line.phase !== 'lost') this.#put({ line: { phase: 'lost', since: this.#now(), reason: null } })
    this.#provider.connect()
  }

  /**
   * Goes on over a new socket, because there is a better way now. Nothing of it is on the screen when all goes well; what is unsent stays here
   * and goes out there.
   */
  changeSocket(): void {
    if (this.#closed || this.#state.line.phase !== 'live') return
    this.#changing = true
    this.#opened = false
    this.#hold.flush()
    this.#provider.disconnect()
    this.#provider.connect()
  }

  /** It is for this person again, after nothing of it was kept: opens anew. What was returned stays until it is put away. */
  reopen(): void {
    if (this.#closed || this.#state.line.phase !== 'refused' || !this.#state.line.gone) return
    this.#attempt = 0
    this.#put({ line: { phase: 'connecting' } })
    this.#provider.connect()
  }

  /** The person has signed in again: go on, with everything unsent. */
  resumeAfterSignIn(): void {
    if (this.#state.line.phase === 'signed-out') this.retryNow()
  }

  /** A composition begins, goes on or ends in an editor of this document (see remote-hold.ts). */
  noteComposition(step: 'going-on' | 'ended', composition: Composition<Y.XmlElement> | null = null): void {
    if (step === 'going-on') this.#hold.composing(composition)
    else this.#hold.release()
  }

  /** The person has copied, or does not want, the words that were returned. */
  putAwayReturned(): void {
    this.#put({ returned: null })
  }

  putAwayMerged(): void {
    this.#put({ merged: null })
  }

  /** Where I am in this document, for the others. The server adds who I am. */
  setWhereabouts(whereabouts: { field?: string | null; typing?: boolean }): void {
    if (this.#options.watches) return
    const awareness = this.#provider.awareness
    const state = awareness.getLocalState() ?? {}
    const next: Record<string, unknown> = { ...state, ...whereabouts }
    if (next.field === null) delete next.field
    if (JSON.stringify(next) !== JSON.stringify(state)) awareness.setLocalState(next)
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    clearTimeout(this.#retryTimer)
    this.#hold.stop()
    this.#provider.destroy()
    this.#provider.awareness.destroy()
    this.#provider.doc.destroy()
  }

  // From the provider

  #createProvider(doc: Y.Doc): WebsocketProvider {
    // Registered before the provider's own listener, so that the version is counted before its frame leaves.
    doc.on('update', (_update: Uint8Array, origin: unknown) => {
      if (origin === provider) return
      this.#ledger.noteChange(Y.getState(doc.store, doc.clientID), this.#now())
      this.#putReceipt()
    })
    const awareness = new Awareness(doc)
    if (this.#options.watches) awareness.setLocalState(null)
    const provider = new WebsocketProvider(this.#options.serverUrl, this.document, doc, {
      connect: false,
      awareness,
      disableBc: true,
      protocols: [RECEIPTS_SUBPROTOCOL],
      WebSocketPolyfill: this.#socketClass,
      // Every return is decided in reconnect.ts, with jitter.
      shouldReconnect: () => false,
    })
    const readSync = provider.messageHandlers[MESSAGE.sync]
    provider.messageHandlers[MESSAGE.sync] = (encoder, decoder, _provider, emitSynced, type) => {
      const body = decoder.arr.subarray(decoder.pos)
      const kind = decoding.peekVarUint(decoder)
      const read = (from: decoding.Decoder, to: encoding.Encoder) => readSync?.(to, from, provider, emitSynced, type)
      if (kind === SYNC.step1) {
        this.#serverKnows = readSyncPayload(body)
        read(decoder, encoder)
      } else {
        this.#hold.pass({
          apply: () => {
            if (provider === this.#provider) read(decoding.createDecoder(body), encoding.createEncoder())
          },
          touches: paragraph => touchesParagraph(readSyncPayload(body), doc, paragraph),
        })
      }
    }
    provider.messageHandlers[MESSAGE.receipt] = (_encoder, decoder) => {
      this.#ledger.noteReceipt(readReceipt(decoder))
      this.#putReceipt()
    }
    provider.messageHandlers[MESSAGE.write] = (_encoder, decoder) => this.#setMayWrite(readMayWrite(decoder))
    provider.messageHandlers[MESSAGE.changed] = (_encoder, decoder) => {
      const topic = readChanged(decoder)
      if (topic !== undefined) this.#options.onNotice?.(topic)
    }
    provider.on('status', ({ status }) => {
      if (status === 'connected') this.#opened = true
    })
    provider.on('sync', synced => {
      if (synced) this.#becomeLive()
    })
    provider.on('connection-close', event => {
      // Null: the provider closed a silent line by itself and returns by itself.
      if (event === null && !this.#closed && provider === this.#provider && !this.#changing) this.#becomeLost(null)
    })
    provider.on('closed', ({ code, reason }) => this.#afterClose(code, reason))
    provider.awareness.on('change', () => {
      if (provider !== this.#provider) return
      const others = new Map(provider.awareness.getStates())
      others.delete(provider.doc.clientID)
      const people = presenceOf(others)
      if (!samePresence(people, this.#state.people)) this.#put({ people })
    })
    doc.on('afterTransaction', transaction => {
      if (transaction.origin !== provider || this.#mergingSince === null) return
      for (const type of transaction.changedParentTypes.keys()) {
        for (const [root, shared] of doc.share) if (shared === type) this.#mergingSince.roots.add(root)
      }
    })
    return provider
  }

  /** Decides for each outgoing frame, and counts those that carry changes. */
  #mayLeave(socket: WebSocket, kind: OutgoingKind): boolean {
    if (socket !== this.#socket) {
      this.#socket = socket
      this.#answered = false
      this.#ledger.startSocket()
    }
    if (kind !== 'step2' && kind !== 'update') return true
    // Before the answer to step 1 an update could leave a gap behind; the answer carries it anyway.
    if (kind === 'update' && !this.#answered) return false
    if (this.#state.mayWrite === false && this.#ledger.hasUnlogged) {
      // It would be refused and cost the line; it stays here until the right to write is back.
      this.#heldBack = true
      return false
    }
    this.#answered = true
    this.#ledger.noteFrame()
    return true
  }

  #setMayWrite(mayWrite: boolean): void {
    if (mayWrite !== this.#state.mayWrite) this.#put({ mayWrite })
    if (!mayWrite || !this.#heldBack) return
    this.#heldBack = false
    this.#answered = true
    const knows = this.#serverKnows ?? undefined
    this.#provider.ws?.send(writeUpdate(Y.encodeStateAsUpdate(this.#provider.doc, knows)) as Uint8Array<ArrayBuffer>)
  }

  #becomeLive(): void {
    this.#attempt = 0
    this.#changing = false
    const merging = this.#mergingSince
    this.#mergingSince = null
    const merged: Merged | null =
      merging && (merging.sentMine || merging.roots.size > 0)
        ? { at: this.#now(), sentMine: merging.sentMine, receivedIn: [...merging.roots] }
        : this.#state.merged
    this.#put({ line: { phase: 'live' }, loaded: true, merged })
  }

  #becomeLost(reason: RefusalReason | null): void {
    this.#opened = false
    this.#hold.flush()
    const line = this.#state.line
    const since = line.phase === 'lost' ? line.since : this.#now()
    if (this.#state.loaded) this.#mergingSince ??= { sentMine: false, roots: new Set() }
    if (this.#mergingSince && this.#ledger.hasUnlogged) this.#mergingSince.sentMine = true
    // The first opening that takes long is still a first opening, until the server gives a reason.
    if (line.phase === 'connecting' && !this.#state.loaded && reason === null && this.#attempt < 2) return
    this.#put({ line: { phase: 'lost', since, reason } })
  }

  #afterClose(code: number, text: string): void {
    if (this.#closed) return
    const neverOpened = !this.#opened
    this.#opened = false
    this.#changing = false
    const next = afterClose(code, text)
    if (neverOpened && next.step === 'retry' && next.reason === null) void this.#askAndReturn()
    else this.#take(next, refusalOfClose(code, text)?.detail ?? '')
  }

  /** The upgrade failed: no network, no server, or a refusal that only HTTP can tell. */
  async #askAndReturn(): Promise<void> {
    const provider = this.#provider
    let answer: RefusalReason | 'admitted' | 'unknown' = 'unknown'
    if (this.#now() >= this.#asksFrom) {
      this.#asksFrom = this.#now() + UNANSWERED_AGAIN_AFTER_MS
      answer = await this.#askWhyRefused()
      if (answer !== 'unknown') this.#asksFrom = this.#now() + ASK_AGAIN_AFTER_MS
    }
    if (this.#closed || provider !== this.#provider) return
    if (answer === 'admitted' || answer === 'unknown') {
      // The answer may have shown another way, and it was taken.
      if (provider.ws !== null) return
      // The server is there: no reason to be slow.
      if (answer === 'admitted') this.#attempt = 0
      this.#take({ step: 'retry', reason: null }, '')
    } else this.#take(afterRefusal(answer), '')
  }

  async #askWhyRefused(): Promise<WhyRefused> {
    let late: ReturnType<typeof setTimeout> | undefined
    const tooLate = new Promise<'unknown'>(resolve => {
      late = setTimeout(() => resolve('unknown'), ANSWERS_WITHIN_MS)
    })
    try {
      return await Promise.race([this.#options.askWhyRefused(this.document), tooLate])
    } catch {
      // Not being able to ask is an answer too: the line is lost.
      return 'unknown'
    } finally {
      clearTimeout(late)
    }
  }

  #take(next: AfterClose, detail: string): void {
    switch (next.step) {
      case 'retry':
        this.#becomeLost(next.reason)
        this.#returnLater()
        return
      case 'sign-in':
        this.#becomeLost(null)
        this.#put({ line: { phase: 'signed-out', since: this.#now() } })
        return
      case 'stop':
        this.#put({ line: { phase: 'refused', reason: next.reason, detail, gone: false } })
        return
      case 'gone':
        this.#startOver(next.reason, detail)
        this.#put({ line: { phase: 'refused', reason: next.reason, detail, gone: true }, loaded: false, people: [] })
        return
      case 'fresh-copy': {
        const now = this.#now()
        this.#freshCopies = this.#freshCopies.filter(at => now - at < FRESH_COPIES_WITHIN_MS)
        this.#freshCopies.push(now)
        const stop = this.#freshCopies.length > MOST_FRESH_COPIES
        this.#startOver(next.reason, detail)
        if (stop) this.#put({ line: { phase: 'refused', reason: next.reason, detail, gone: false } })
        else {
          this.#put({ line: { phase: 'lost', since: now, reason: next.reason } })
          this.#returnLater()
        }
      }
    }
  }

  #returnLater(): void {
    clearTimeout(this.#retryTimer)
    const delay = backoffMs(this.#attempt++, this.#random())
    this.#retryTimer = setTimeout(() => this.#provider.connect(), delay)
  }

  /** Drops this copy; what of mine the server does not have is kept in words, with what was returned before. */
  #startOver(reason: RefusalReason, detail: string): void {
    const old = this.#provider
    this.#hold.drop()
    const words = this.#ledger.hasUnlogged ? wordsSince(old.doc, this.#ledger.loggedClock) : []
    const before = this.#state.returned?.words ?? []
    const returned = words.length > 0 ? { reason, detail, words: [...before, ...words] } : this.#state.returned
    this.#ledger = new ReceiptLedger()
    this.#heldBack = false
    this.#serverKnows = null
    this.#mergingSince = null
    this.#provider = this.#createProvider(new Y.Doc())
    this.#put({
      doc: this.#provider.doc,
      awareness: this.#provider.awareness,
      loaded: false,
      mayWrite: null,
      receipt: this.#ledger.receipt,
      returned,
      merged: null,
    })
    old.destroy()
    old.awareness.destroy()
    old.doc.destroy()
  }

  #putReceipt(): void {
    const receipt = this.#ledger.receipt
    const shown = this.#state.receipt
    if (
      receipt.place !== shown.place ||
      receipt.pendingSince !== shown.pendingSince ||
      receipt.storedAt !== shown.storedAt
    ) {
      this.#put({ receipt })
    }
  }

  #put(change: Partial<LinkState>): void {
    this.#state = { ...this.#state, ...change }
    if (!this.#closed) this.#options.onChange()
  }
}

/** The state vector in the body of a step 1 (`0`, byte array). */
function readSyncPayload(body: Uint8Array): Uint8Array {
  const decoder = decoding.createDecoder(body)
  decoding.readVarUint(decoder)
  return decoding.readVarUint8Array(decoder)
}
