/**
 * The server's own hand in documents: looks into one, and writes into one on behalf of a person whose command says so (an agenda line with a
 * new item, the demo's content). It is a session like any other, over a socket that is no socket, so the same guard, log, relay and
 * attribution apply and a room needs no second door. It has no presence.
 */
import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'
import { type DocumentRef, parseDocumentName } from '../../shared/documents/document-names.ts'
import type { AgencyId, SessionId, UserId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { MESSAGE, readReceipt, SYNC, writeStep1, writeUpdate } from '../../shared/protocol/sync-frames.ts'
import type { Clock, DocumentGrant, RoomSocket } from './ports.ts'
import type { Rooms } from './rooms.ts'

export interface DocumentDesk {
  /**
   * Looks into a document without changing it, knowing whose client ids are whose. Both are only lent: nothing of them may be kept.
   */
  read<T>(document: string, look: (doc: Y.Doc, writers: ReadonlyMap<number, UserId>) => T): Promise<T>
  /** Changes a document for a person. Resolves when the change is logged. @throws {Refusal} as any session would be refused */
  edit(document: string, on: { behalfOf: UserId }, change: (doc: Y.Doc) => void): Promise<void>
}

export interface DeskOptions {
  rooms: Pick<Rooms, 'join' | 'writersIn'>
  clock: Clock
  /** Whose opinions have a place in an item's document; the guard asks. */
  clearedAgencies: (ref: DocumentRef) => Promise<readonly AgencyId[]>
}

/** Longer than the store's own deadline, so that its word comes first. */
const ANSWER_MS = 15_000

/** Sessions of this name belong to the server; nobody can sign in as it, because it has not the form of an id. */
export const DESK_SESSION = 'desk' as SessionId

export function createDocumentDesk({ rooms, clock, clearedAgencies }: DeskOptions): DocumentDesk {
  async function sit<T>(
    document: string,
    userId: UserId,
    mayWrite: boolean,
    work: (seat: Seat) => Promise<T>,
  ): Promise<T> {
    const ref = parseDocumentName(document)
    if (ref === undefined) throw new Refusal('not-found')
    const seat = new Seat(clock)
    const grant: DocumentGrant = {
      mayWrite,
      writer: { userId, agencyId: null, conducts: true, clearedAgencies: await clearedAgencies(ref) },
      identity: { userId, name: '', agencyId: null, agencyName: '', colour: 0, mode: 'remote' },
      dependsOn: [],
    }
    const handle = rooms.join({
      person: { sessionId: DESK_SESSION, userId },
      ref,
      grant,
      socket: seat.socket,
      receipts: true,
    })
    seat.send = frame => handle.receive(frame)
    try {
      seat.send(writeStep1(Y.encodeStateVector(seat.doc)))
      await seat.loaded
      return await work(seat)
    } finally {
      handle.leave()
      seat.doc.destroy()
    }
  }

  return {
    read: (document, look) =>
      sit(document, '' as UserId, false, seat => Promise.resolve(look(seat.doc, rooms.writersIn(document)))),
    edit: (document, { behalfOf }, change) =>
      sit(document, behalfOf, true, async seat => {
        const updates: Uint8Array[] = []
        seat.doc.on('update', (update: Uint8Array) => updates.push(update))
        seat.doc.transact(() => change(seat.doc))
        if (updates.length === 0) return
        for (const update of updates) seat.send(writeUpdate(update))
        await seat.receipt(updates.length)
      }),
  }
}

/** The other end of the socket that is none. */
class Seat {
  readonly doc = new Y.Doc()
  readonly loaded: Promise<void>
  readonly socket: RoomSocket
  send: (frame: Uint8Array) => void = () => {}
  readonly #clock: Clock
  #isOpen = true
  #logged = 0
  #arrived: () => void = () => {}
  #failed: (reason: unknown) => void = () => {}
  #awaited: { logged: number; done: () => void } | undefined

  constructor(clock: Clock) {
    this.#clock = clock
    this.loaded = this.#answered(done => {
      this.#arrived = done
    })
    const isOpen = () => this.#isOpen
    this.socket = {
      get isOpen() {
        return isOpen()
      },
      bufferedBytes: 0,
      send: frames => {
        for (const frame of frames) this.#hear(frame)
      },
      close: (reason, detail) => {
        this.#isOpen = false
        this.#failed(new Refusal(reason, detail))
      },
    }
  }

  /** Resolves once so many of the sent updates are logged. */
  receipt(logged: number): Promise<void> {
    return this.#answered(done => {
      this.#awaited = { logged, done }
      this.#settle()
    })
  }

  #answered(wait: (done: () => void) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = this.#clock.after(ANSWER_MS, () => reject(new Refusal('store-unavailable')))
      this.#failed = reason => {
        stop()
        reject(reason)
      }
      wait(() => {
        stop()
        resolve()
      })
    })
  }

  #hear(frame: Uint8Array): void {
    const decoder = decoding.createDecoder(frame)
    const kind = decoding.readVarUint(decoder)
    if (kind === MESSAGE.receipt) {
      this.#logged = readReceipt(decoder).logged
      this.#settle()
    } else if (kind === MESSAGE.sync) {
      const step = decoding.readVarUint(decoder)
      if (step === SYNC.step1) return
      Y.applyUpdate(this.doc, decoding.readVarUint8Array(decoder))
      if (step === SYNC.step2) this.#arrived()
    }
  }

  #settle(): void {
    if (this.#awaited && this.#logged >= this.#awaited.logged) this.#awaited.done()
  }
}
