/**
 * Real rooms with a simulated disk, access, clock and network, in words: `const town = createTown()`, `await town.join('housing')`,
 * `housing.says('문')`, `town.settle()`.
 */
import * as Y from 'yjs'
import type { Log } from '../../server/lib/log.ts'
import { documentGuard } from '../../server/rooms/document-guard.ts'
import type { RoomLimits } from '../../server/rooms/limits.ts'
import { encodeLogEntry } from '../../server/rooms/log-payload.ts'
import type { UpdateGuard } from '../../server/rooms/ports.ts'
import { RoomDocument } from '../../server/rooms/room-document.ts'
import { createRooms, type Rooms, type SessionRefused } from '../../server/rooms/rooms.ts'
import { type DocumentRef, documentNameOf } from '../../shared/documents/document-names.ts'
import { discussionOf } from '../../shared/documents/item-document.ts'
import type { AgencyId, ConnectionId, ItemId, UserId } from '../../shared/ids.ts'
import { FakeClock } from './fake-clock.ts'
import { SimAccess } from './sim-access.ts'
import { SimClient } from './sim-client.ts'
import { SimDisk } from './sim-disk.ts'
import type { SocketPair } from './socket-pair.ts'

export const ITEM: DocumentRef = { kind: 'item', itemId: 'item-1________________' as ItemId }

export interface TownOptions {
  limits?: Partial<RoomLimits>
  guard?: UpdateGuard
}

export interface JoinOptions {
  ref?: DocumentRef
  mayWrite?: boolean
  receipts?: boolean
  clientId?: number
  doc?: Y.Doc
  clearedAgencies?: readonly AgencyId[]
  /** Another browser of the same person. */
  as?: string
}

/** Collects what the operator would read. */
export function collectingLog(): Log & { lines: { level: string; message: string; fields: object }[] } {
  const lines: { level: string; message: string; fields: object }[] = []
  const at = (level: string) => (fields: object, message: string) => {
    lines.push({ level, message, fields })
  }
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

export class Town {
  readonly clock = new FakeClock()
  readonly disk = new SimDisk(this.clock)
  readonly access = new SimAccess()
  readonly log = collectingLog()
  readonly clients: SimClient[] = []
  readonly refused: SessionRefused[] = []
  rooms: Rooms
  readonly #options: TownOptions
  #connections = 0
  #nextClientId = 1001

  constructor(options: TownOptions = {}) {
    this.#options = options
    this.rooms = this.#start()
  }

  /** Rooms as they would be after a restart, with another guard. */
  restartWith(guard: UpdateGuard): Rooms {
    return this.#start(guard)
  }

  #start(guard = this.#options.guard ?? documentGuard): Rooms {
    return createRooms({
      store: this.disk,
      access: this.access,
      guard,
      clock: this.clock,
      log: this.log,
      newConnectionId: () => `connection-${this.#connections++}` as ConnectionId,
      limits: { lingerMs: 0, ...this.#options.limits },
      onRefused: event => this.refused.push(event),
    })
  }

  /** A client of a person with a right to the document; not connected yet. */
  client(userId: string, options: JoinOptions = {}): SimClient {
    const { ref = ITEM, mayWrite = true, receipts = true, clientId = this.#nextClientId++, as = userId, doc } = options
    const user = as as UserId
    this.access.set(user, ref, { mayWrite, name: `${as} 담당`, clearedAgencies: options.clearedAgencies })
    const client = new SimClient({
      userId: user,
      ref,
      clientId,
      doc,
      receipts,
      dial: (c, socket) => this.#dial(c, socket),
    })
    this.clients.push(client)
    return client
  }

  /** A client that has connected and settled. */
  async join(userId: string, options: JoinOptions = {}): Promise<SimClient> {
    const client = this.client(userId, options)
    await client.connect()
    await this.settle()
    return client
  }

  /** What the transport does: admission, then entry. */
  async #dial(client: SimClient, socket: SocketPair): Promise<boolean> {
    const { rooms } = this
    const since = rooms.markAccess()
    try {
      const person = { sessionId: client.sessionId, userId: client.userId }
      const grant = await this.access.grantFor(person, client.ref)
      if (grant === undefined) return false
      const session = rooms.join({ person, ref: client.ref, grant, socket, receipts: client.receipts, since })
      socket.attachServer(session.receive, session.leave)
      return true
    } finally {
      since.end()
    }
  }

  /** Delivers everything, in turns, until nothing moves. */
  async settle(): Promise<void> {
    for (let calm = 0; calm < 3; ) {
      const moved = this.deliverAll()
      const ran = this.clock.runSoon()
      await new Promise(resolve => setImmediate(resolve))
      calm = moved || ran ? 0 : calm + 1
    }
  }

  deliverAll(): boolean {
    let moved = false
    for (const client of this.clients) {
      const { socket } = client
      if (socket === undefined) continue
      while (socket.deliverToServer()) moved = true
      while (socket.deliverToClient()) moved = true
    }
    return moved
  }

  /** Lets time pass, everything being delivered as it goes. */
  async pass(ms: number): Promise<void> {
    await this.settle()
    await this.clock.advance(ms, () => this.settle())
  }

  /** The machine dies and is started again: nothing that was not durable is left, every line breaks. */
  async crashAndRestart(): Promise<void> {
    this.disk.crash()
    for (const client of this.clients) client.socket?.break()
    this.rooms = this.#start()
    await this.settle()
  }

  /** The document as it would be read after a restart. */
  async coldCopy(ref: DocumentRef = ITEM): Promise<Y.Doc> {
    const document = RoomDocument.fromStored(await this.disk.load(documentNameOf(ref)))
    return document.doc
  }

  /** The same, by another way to load. */
  async coldCopyOf(load: SimDisk['load'], ref: DocumentRef = ITEM): Promise<Y.Doc> {
    return RoomDocument.fromStored(await load.call(this.disk, documentNameOf(ref))).doc
  }

  /** Puts a change into the store beside the room, as another node does. */
  async otherNodeWrites(update: Uint8Array, userId: string, ref: DocumentRef = ITEM): Promise<void> {
    const name = documentNameOf(ref)
    const document = RoomDocument.fromStored(await this.disk.load(name))
    const payload = encodeLogEntry({
      at: this.clock.now(),
      claims: Y.decodeUpdate(update).structs.map(struct => ({ client: struct.id.client, userId: userId as UserId })),
      updates: [{ userId: userId as UserId, update }],
    })
    const mood = this.disk.mood
    this.disk.mood = 'well'
    await this.disk.append(name, { sequence: document.sequence + 1, payload })
    this.disk.mood = mood
  }

  async close(): Promise<void> {
    for (const client of this.clients) client.destroy()
    const closing = this.rooms.close()
    await this.pass(20_000)
    await closing
  }
}

/** Adds a paragraph to the discussion. */
export function says(client: SimClient, text: string): void {
  client.write(text, doc => {
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText(text)])
    const discussion = discussionOf(doc)
    discussion.insert(discussion.length, [paragraph])
  })
}

/** The discussion's lines. */
export function linesOf(doc: Y.Doc): string[] {
  return discussionOf(doc)
    .toArray()
    .map(node => (node instanceof Y.XmlElement ? node.toArray().map(String).join('') : String(node)))
}

/** Everything that makes two copies equal: known clocks, nothing pending, and the same content and deletions. */
export function fingerprint(doc: Y.Doc): string {
  if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) return 'pending'
  const vector = [...Y.decodeStateVector(Y.encodeStateVector(doc))].sort(([a], [b]) => a - b)
  discussionOf(doc)
  return JSON.stringify([vector, linesOf(doc), doc.getMap('decisions').toJSON(), doc.getMap('needs').toJSON()])
}
