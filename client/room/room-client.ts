/**
 * One conference as one person's browser sees it: its record over HTTP, its document, and the documents of the item that is open. One
 * observable picture for the screen; every part of it is replaced, never changed in place.
 *
 * Three document lines are open at a time (conference, item, its action items), and the supervision's for those who have it. A line that is left while something of mine is not stored
 * stays open until it is: moving on never loses a word.
 */

import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { ConferenceId, ItemId } from '../../shared/ids.ts'
import type { ActionView } from '../../shared/protocol/action-api.ts'
import type { ConferenceView, ItemView } from '../../shared/protocol/http-api.ts'
import type { RefusalReason } from '../../shared/protocol/refusals.ts'
import type { ChangeTopic } from '../../shared/protocol/sync-frames.ts'
import { DocumentLink, type LinkState } from './document-link.ts'
import { type Receipt, worstReceipt } from './receipts.ts'
import type { Transport, TransportChoice } from './transport-choice.ts'
import { reasonOf, type SyncCheck, type WhyRefused, whyRefused } from './why-refused.ts'

/** The calls that a room makes. A rejection carries the server's `reason`, or another word when there was no answer. */
export interface RoomApi extends SyncCheck {
  conference(id: ConferenceId): Promise<ConferenceView>
  actions(id: ConferenceId, itemId: ItemId): Promise<{ actions: ActionView[] }>
}

export interface RoomState {
  /** The record; null until it came. Kept while the line is lost. */
  readonly view: ConferenceView | null
  /** Why the record could not be had; null when the last try succeeded. */
  readonly trouble: RefusalReason | 'unreachable' | null
  readonly conference: LinkState | null
  readonly openItemId: ItemId | null
  /** The open item's record; null when none is open or it is no longer on the agenda. */
  readonly openItem: ItemView | null
  /** The open item's document; null when it is restricted for me or none is open. */
  readonly item: LinkState | null
  /** What a supervision keeps about the open item; null for everybody but its readers. */
  readonly supervision: LinkState | null
  /** The action documents of the open item by name; the first takes new ones. A general item's is the conference document. */
  readonly actions: readonly LinkState[]
  /** States that were ever changed; an action item without one is `proposed`, version 0. Null until they came. */
  readonly actionStates: readonly ActionView[] | null
  /** Where my words are, over everything that is open. */
  readonly receipt: Receipt
  /** Something of mine in a document that I have left is not stored yet. */
  readonly unsavedElsewhere: boolean
  /** Words that were given back, of any document, with the document they were meant for. */
  readonly returned: readonly ReturnedWords[]
  /** How the documents travel now. */
  readonly transport: Transport
}

export interface ReturnedWords {
  readonly document: string
  readonly reason: RefusalReason
  /** The server's, e.g. `document-full`, or empty. */
  readonly detail: string
  readonly words: readonly string[]
}

export interface RoomClientOptions {
  conferenceId: ConferenceId
  /** e.g. `wss://host/sync` */
  serverUrl: string
  api: RoomApi
  /** Called before what others wrote is applied to a document. */
  beforeRemote?(): void
  WebSocket?: typeof WebSocket
  /** For others to look at, e.g. on the wall: nobody's presence in any document. */
  watches?: boolean
  /** Chooses the sockets instead; closed with the room. */
  transport?: TransportChoice
  random?(): number
}

/** Several notices come together (a change of clearance touches item and actions); one question answers them. */
const GATHER_NOTICES_MS = 150
const RESUME_AGAIN_AFTER_MS = 5_000
/** Somebody who goes to another page with a lost line: so long the page still tries to send what is only here. */
const LEAVING_TAKES_AT_MOST_MS = 60_000

export class RoomClient {
  readonly #options: RoomClientOptions
  readonly #listeners = new Set<() => void>()
  readonly #links = new Map<string, DocumentLink>()
  #state: RoomState
  #refreshTimer: ReturnType<typeof setTimeout> | undefined
  #generation = 0
  #wasLive = false
  #resumedAt = Number.NEGATIVE_INFINITY
  #closed = false
  /** Set once the person has left: closes as soon as everything is stored. */
  #left: (() => void) | null = null

  constructor(options: RoomClientOptions) {
    this.#options = options
    this.#state = {
      view: null,
      trouble: null,
      conference: null,
      openItemId: null,
      openItem: null,
      item: null,
      supervision: null,
      actions: [],
      actionStates: null,
      receipt: worstReceipt([]),
      unsavedElsewhere: false,
      returned: [],
      transport: options.transport?.transport ?? 'websocket',
    }
    options.transport?.onChange(() => this.#onTransport())
  }

  // For useSyncExternalStore
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  readonly getState = (): RoomState => this.#state

  /** Opens the conference. Everything after this arrives through the state. */
  start(): void {
    this.#linkTo(this.#conferenceDocument)
    this.#read()
    void this.refresh()
  }

  /** The line of a document that is open, e.g. to tell it of a composition. */
  link(document: string): DocumentLink | undefined {
    return this.#links.get(document)
  }

  /** Goes to an item, or to none. */
  openItem(itemId: ItemId | null): void {
    if (itemId === this.#state.openItemId) return
    this.#put({ openItemId: itemId, actionStates: null })
    this.#arrange()
    if (itemId !== null) void this.#refreshActionStates()
  }

  /** Asks for the record again: after a notice, a command of mine, a line that came back. */
  async refresh(): Promise<void> {
    const mine = ++this.#generation
    try {
      const view = await this.#options.api.conference(this.#options.conferenceId)
      if (this.#closed || mine !== this.#generation) return
      this.#put({ view, trouble: null })
      this.#resumeSignedOut()
    } catch (error) {
      if (this.#closed || mine !== this.#generation) return
      const trouble = reasonOf(error)
      // Not mine to see any more: nothing of the record may stay on the screen.
      this.#put(trouble === 'not-found' ? { trouble, view: null } : { trouble })
    }
    this.#arrange()
    await this.#refreshActionStates()
  }

  /** The person signed in again, or the browser is online again. */
  resume(): void {
    this.#options.transport?.tryAgain()
    for (const link of this.#links.values()) {
      link.resumeAfterSignIn()
      if (link.state.line.phase === 'lost') link.retryNow()
    }
    void this.refresh()
  }

  /** The person has dealt with the words that were given back. */
  putAwayReturned(document: string): void {
    this.#links.get(document)?.putAwayReturned()
  }

  /** The person goes elsewhere: lines with something unstored stay open until it is stored, but not for ever. */
  leave(): void {
    this.#listeners.clear()
    clearTimeout(this.#refreshTimer)
    const deadline = setTimeout(() => this.close(), LEAVING_TAKES_AT_MOST_MS)
    this.#left = () => {
      if ([...this.#links.values()].some(link => link.hasUnstored)) return
      clearTimeout(deadline)
      this.close()
    }
    this.#left()
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#refreshTimer)
    for (const link of this.#links.values()) link.close()
    this.#links.clear()
    this.#listeners.clear()
    this.#options.transport?.close()
  }

  get #conferenceDocument(): string {
    return documentNameOf({ kind: 'conference', conferenceId: this.#options.conferenceId })
  }

  /** Which documents belong to where the person is: opens what is missing, closes what is left and stored. */
  #arrange(): void {
    if (this.#closed) return
    const { view, openItemId, trouble } = this.#state
    const openItem = view?.items.find(item => item.itemId === openItemId) ?? null
    const wanted = new Set<string>()
    if (trouble !== 'not-found') wanted.add(this.#conferenceDocument)
    if (openItem && !openItem.restricted) for (const name of documentsOf(openItem)) wanted.add(name)
    for (const name of wanted) {
      // Kept for the words that were given back, and now for me again. Asked once: a line that is refused all the same asks for the record.
      if (!this.#isShown(name)) this.#links.get(name)?.reopen()
      this.#linkTo(name)
    }
    for (const [name, link] of this.#links) {
      if (wanted.has(name)) continue
      const { line, returned } = link.state
      // Words that were given back stay until the person has put them away, wherever she is.
      if (returned !== null || (link.hasUnstored && line.phase !== 'refused')) continue
      this.#links.delete(name)
      link.close()
    }
    this.#put({ openItem })
    this.#read()
  }

  #linkTo(document: string): void {
    if (this.#links.has(document)) return
    const WebSocket = this.#options.transport?.WebSocket ?? this.#options.WebSocket
    const link = new DocumentLink({
      serverUrl: this.#options.serverUrl,
      document,
      askWhyRefused: name => this.#askWhyRefused(name),
      onChange: () => this.#onLinkChange(document),
      onNotice: topic => this.#onNotice(topic),
      beforeRemote: () => this.#options.beforeRemote?.(),
      ...(WebSocket && { WebSocket }),
      ...(this.#options.watches && { watches: true }),
      ...(this.#options.random && { random: this.#options.random }),
    })
    this.#links.set(document, link)
    link.open()
  }

  async #askWhyRefused(document: string): Promise<WhyRefused> {
    const why = await whyRefused(this.#options.api, document)
    if (why === 'admitted') this.#options.transport?.noteAdmitted()
    return why
  }

  #onLinkChange(document: string): void {
    if (this.#left !== null) {
      this.#left()
      return
    }
    const link = this.#links.get(document)
    const line = link?.state.line
    if (document === this.#conferenceDocument) {
      const live = line?.phase === 'live'
      // Notices were missed while the line was away.
      if (live && !this.#wasLive) this.#refreshSoon()
      this.#wasLive = live
    }
    // Signed out: the question over HTTP is what brings the cover up, and is answered when the person is back.
    if ((line?.phase === 'refused' && line.gone) || (line?.phase === 'signed-out' && this.#mayResume()))
      this.#refreshSoon()
    this.#read()
  }

  /** Lines that stand are moved only for the better; a lost one takes the new way at once. */
  #onTransport(): void {
    const transport = this.#options.transport?.transport ?? 'websocket'
    for (const link of this.#links.values()) {
      if (transport === 'websocket') link.changeSocket()
      else if (link.state.line.phase === 'lost') link.retryNow()
    }
    this.#put({ transport })
  }

  /** A socket that goes on saying "signed out" although HTTP answers must not be asked in a circle. */
  #mayResume(): boolean {
    return Date.now() - this.#resumedAt > RESUME_AGAIN_AFTER_MS
  }

  #resumeSignedOut(): void {
    const waiting = [...this.#links.values()].filter(link => link.state.line.phase === 'signed-out')
    if (waiting.length === 0 || !this.#mayResume()) return
    this.#resumedAt = Date.now()
    for (const link of waiting) link.resumeAfterSignIn()
  }

  #onNotice(topic: ChangeTopic): void {
    if (topic === 'actions') void this.#refreshActionStates()
    else this.#refreshSoon()
  }

  #refreshSoon(): void {
    clearTimeout(this.#refreshTimer)
    this.#refreshTimer = setTimeout(() => void this.refresh(), GATHER_NOTICES_MS)
  }

  async #refreshActionStates(): Promise<void> {
    const { openItem, openItemId } = this.#state
    if (openItemId === null || openItem === null || openItem.restricted) return
    try {
      const { actions } = await this.#options.api.actions(this.#options.conferenceId, openItemId)
      if (!this.#closed && this.#state.openItemId === openItemId) this.#put({ actionStates: actions })
    } catch {
      // The states are shown as they were; the next notice or return of the line asks again.
    }
  }

  /** Takes the links' states into the picture. */
  #read(): void {
    if (this.#closed) return
    const { openItem } = this.#state
    const shown = openItem && !openItem.restricted ? openItem : null
    const stateOf = (name: string) => this.#links.get(name)?.state ?? null
    const actions = shown ? actionDocumentsOf(shown).map(stateOf) : []
    const left = [...this.#links.values()].filter(link => !this.#isShown(link.document))
    const next = {
      conference: stateOf(this.#conferenceDocument),
      item: shown ? stateOf(documentNameOf({ kind: 'item', itemId: shown.itemId })) : null,
      supervision: shown?.supervision ? stateOf(supervisionOf(shown)) : null,
      actions: actions.filter(state => state !== null) as readonly LinkState[],
      receipt: worstReceipt([...this.#links.values()].map(link => link.state.receipt)),
      unsavedElsewhere: left.some(link => link.hasUnstored),
      returned: this.#state.returned,
    }
    const returned: ReturnedWords[] = []
    for (const { state } of this.#links.values()) {
      if (state.returned) returned.push({ document: state.document, ...state.returned })
    }
    if (JSON.stringify(returned) !== JSON.stringify(next.returned)) next.returned = returned
    // Parts that show the same keep their identity, so that nothing is drawn for nothing.
    if (sameActions(next.actions, this.#state.actions)) next.actions = this.#state.actions
    if (sameReceipt(next.receipt, this.#state.receipt)) next.receipt = this.#state.receipt
    this.#put(next)
    for (const link of left) {
      if (link.hasUnstored || link.state.returned !== null) continue
      this.#links.delete(link.document)
      link.close()
    }
  }

  #isShown(document: string): boolean {
    const { openItem } = this.#state
    if (document === this.#conferenceDocument) return true
    return openItem !== null && !openItem.restricted && documentsOf(openItem).includes(document)
  }

  #put(change: Partial<RoomState>): void {
    const keys = Object.keys(change) as (keyof RoomState)[]
    if (keys.every(key => Object.is(change[key], this.#state[key]))) return
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }
}

/** The documents with the item's action items; the first is where new ones go. */
export function actionDocumentsOf(item: Extract<ItemView, { restricted: false }>): string[] {
  return [...new Set([item.actionDocument, ...item.otherActionDocuments])]
}

const supervisionOf = ({ itemId }: ItemView): string => documentNameOf({ kind: 'supervision', itemId })

/** Every document of an item that is for me. */
function documentsOf(item: Extract<ItemView, { restricted: false }>): string[] {
  const own = documentNameOf({ kind: 'item', itemId: item.itemId })
  return [own, ...actionDocumentsOf(item), ...(item.supervision ? [supervisionOf(item)] : [])]
}

function sameActions(a: readonly LinkState[], b: readonly LinkState[]): boolean {
  return a.length === b.length && a.every((state, i) => state === b[i])
}

function sameReceipt(a: Receipt, b: Receipt): boolean {
  return a.place === b.place && a.pendingSince === b.pendingSince && a.storedAt === b.storedAt
}
