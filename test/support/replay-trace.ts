/**
 * Replays recorded histories of real writing through the whole server path (rooms, guard, sealed log on the store under test, receipts), keystroke by
 * keystroke, each author a client of their own:
 *
 *   npx tsx test/support/replay-trace.ts [automerge-paper|friendsforever] [edits]
 *
 * The recordings lie in the folder `DURE_TRACES_DIR` (default `../shared/traces`). A history by several authors keeps its concurrency: an author
 * hears of another's change no earlier than the recording says.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'
import { systemClock } from '../../server/lib/clock.ts'
import { documentGuard } from '../../server/rooms/document-guard.ts'
import { RoomDocument } from '../../server/rooms/room-document.ts'
import { createRooms } from '../../server/rooms/rooms.ts'
import { COLLECTIONS } from '../../server/storage/collections.ts'
import { createDocumentStore } from '../../server/storage/documents/document-store.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import { discussionOf } from '../../shared/documents/item-document.ts'
import type { ConnectionId, SessionId, UserId } from '../../shared/ids.ts'
import { MESSAGE, readReceipt, SYNC, writeStep1, writeStep2, writeUpdate } from '../../shared/protocol/sync-frames.ts'
import { collectingLog, ITEM } from './room-under-test.ts'
import { SimAccess } from './sim-access.ts'
import { openTestStore } from './store-under-test.ts'
import { testSealer } from './sync-server.ts'

type Patch = [at: number, deleted: number, inserted: string]

export interface Trace {
  /** One author's keystroke; `after` counts, per author, the keystrokes that this one knew. */
  edits: { author: number; patches: Patch[]; after: number[] }[]
  authors: number
  /** The text after all edits. */
  endContent: string
}

interface RecordedTrace {
  endContent: string
  numAgents?: number
  txns: { patches: Patch[]; agent?: number; parents?: number[] }[]
}

/** The recording, or the reason why it is not there. */
export function readTrace(name: string): Trace | { missing: string } {
  const folder = process.env.DURE_TRACES_DIR ?? join(import.meta.dirname, '../../../shared/traces')
  const file = join(folder, `${name}.json.gz`)
  if (!existsSync(file)) return { missing: `no ${name}.json.gz in DURE_TRACES_DIR` }
  const recorded = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as RecordedTrace
  const authors = recorded.numAgents ?? 1
  const known: number[][] = []
  const done = new Array<number>(authors).fill(0)
  const edits = recorded.txns.map(({ patches, agent = 0, parents }, index) => {
    const after = new Array<number>(authors).fill(0)
    for (const parent of parents ?? (index === 0 ? [] : [index - 1])) {
      for (let a = 0; a < authors; a++) after[a] = Math.max(after[a] ?? 0, known[parent]?.[a] ?? 0)
    }
    done[agent] = (done[agent] ?? 0) + 1
    const including = [...after]
    including[agent] = done[agent] ?? 0
    known.push(including)
    return { author: agent, patches, after }
  })
  return { edits, authors, endContent: recorded.endContent }
}

export interface ReplayFigures {
  edits: number
  seconds: number
  /** Processor time of authors, server and store together: what a busy machine does not change. */
  cpuSeconds: number
  rssMb: number
  heapMb: number
  logRecords: number
  bytesBeforeCompaction: number
  bytesAfterCompaction: number
  /** Reading the compacted document from the store and building it. */
  coldLoadMs: number
  text: string
  copiesEqual: boolean
}

/** Unconfirmed keystrokes an author may be ahead: enough to fill turns, few enough to keep queues short. */
const WINDOW = 500

export async function replayTrace(trace: Trace, edits = trace.edits.length): Promise<ReplayFigures> {
  const opened = await openTestStore(COLLECTIONS)
  const store = createDocumentStore({ store: opened.store, sealer: testSealer() })
  const access = new SimAccess()
  let connections = 0
  const never = 1e12
  const rooms = createRooms({
    store,
    access,
    guard: documentGuard,
    clock: systemClock,
    log: collectingLog(),
    newConnectionId: () => `connection-${connections++}` as ConnectionId,
    limits: {
      frameBurst: never,
      framesPerSecond: never,
      byteBurst: never,
      bytesPerSecond: never,
      compactAfterRecords: never,
      compactAfterBytes: never,
      compactOnCloseRecords: never,
      lingerMs: 0,
    },
  })
  try {
    if (trace.authors > 2) throw new Error('A relay does not say whose it is; with two authors it is the other’s')
    const authors: Author[] = []
    for (let n = 0; n < trace.authors; n++) authors.push(await Author.join(rooms, access, n))
    const startedAt = performance.now()
    const cpuAtStart = process.cpuUsage()
    for (const edit of trace.edits.slice(0, edits)) {
      const author = authors[edit.author]
      if (author === undefined) throw new Error('The recording names an author that it does not have')
      for (const [n, count] of edit.after.entries()) {
        const other = authors[n]
        if (other !== undefined && other !== author) await author.hears(other.updatesAfter(count))
      }
      author.writes(edit.patches)
      if (author.ahead > WINDOW) await author.isConfirmed(WINDOW / 2)
    }
    for (const author of authors) await author.isConfirmed(0)
    const seconds = (performance.now() - startedAt) / 1000
    const cpu = process.cpuUsage(cpuAtStart)
    const cpuSeconds = (cpu.user + cpu.system) / 1e6
    for (const author of authors) author.hearsAll()
    const { rss, heapUsed } = process.memoryUsage()
    const texts = authors.map(author => author.text)
    for (const author of authors) author.leave()
    await rooms.close()

    const name = documentNameOf(ITEM)
    const logRecords = await opened.store.collection('documentLog').countDocuments({})
    const bytesBeforeCompaction = await storedBytes(opened.store)
    const whole = RoomDocument.fromStored(await store.load(name))
    await store.compact(name, { payload: whole.encodeSnapshot(), upTo: whole.sequence })
    const bytesAfterCompaction = await storedBytes(opened.store)
    const loadedAt = performance.now()
    const { doc } = RoomDocument.fromStored(await store.load(name))
    const coldLoadMs = performance.now() - loadedAt
    const text = textIn(doc)
    return {
      edits,
      seconds,
      cpuSeconds,
      rssMb: rss / 2 ** 20,
      heapMb: heapUsed / 2 ** 20,
      logRecords,
      bytesBeforeCompaction,
      bytesAfterCompaction,
      coldLoadMs,
      text,
      copiesEqual: texts.every(theirs => theirs === text),
    }
  } finally {
    await rooms.close()
    await opened.cleanUp()
  }
}

async function storedBytes(store: Awaited<ReturnType<typeof openTestStore>>['store']): Promise<number> {
  let bytes = 0
  for (const name of ['documentLog', 'documentSnapshots']) {
    for await (const row of store.collection<{ _id: string; bytes: Buffer }>(name).find({})) bytes += row.bytes.length
  }
  return bytes
}

/** One author: a document, and a socket whose incoming frames are heard when the recording says so. */
class Author {
  readonly #doc = new Y.Doc()
  readonly #text = new Y.XmlText()
  /** Changes of the other, in order, not heard yet. */
  readonly #inbox: Uint8Array[] = []
  #heard = 0
  /** How many updates were sent by the end of each keystroke; a keystroke that changes nothing sends none. */
  readonly #updatesAfter: number[] = [0]
  #updates = 0
  #receive: (frame: Uint8Array) => void = () => {}
  #leave: () => void = () => {}
  #sent = 0
  #stored = 0
  #wake: () => void = () => {}
  #isSynced = false

  static async join(rooms: ReturnType<typeof createRooms>, access: SimAccess, n: number): Promise<Author> {
    const author = new Author()
    author.#doc.clientID = 1000 + n
    const userId = `author${n}`.padEnd(22, '_') as UserId
    const person = { userId, sessionId: `session${n}` as SessionId }
    access.set(userId, ITEM, { mayWrite: true })
    const grant = await access.grantFor(person, ITEM)
    if (grant === undefined) throw new Error('no grant')
    const socket = {
      isOpen: true,
      bufferedBytes: 0,
      send: (frames: readonly Uint8Array[]) => {
        for (const frame of frames) author.#gets(frame)
      },
      close: (reason: string, detail?: string) => {
        author.#failure = new Error(`An author was refused: ${reason} ${detail ?? ''}`)
        author.#wake()
      },
    }
    const session = rooms.join({ person, ref: ITEM, grant, socket, receipts: true })
    author.#receive = session.receive
    author.#leave = session.leave
    author.#receive(writeStep1(Y.encodeStateVector(author.#doc)))
    await author.#until(() => author.#isSynced)
    author.#doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'heard') return
      author.#sent++
      author.#updates++
      author.#receive(writeUpdate(update))
    })
    if (n === 0) {
      // The one paragraph that all write in.
      const paragraph = new Y.XmlElement('paragraph')
      paragraph.insert(0, [author.#text])
      discussionOf(author.#doc).insert(0, [paragraph])
      await author.isConfirmed(0)
      author.#updates = 0
    }
    return author
  }

  #failure: Error | undefined

  get ahead(): number {
    return this.#sent - this.#stored
  }

  get text(): string {
    return textIn(this.#doc)
  }

  writes(patches: readonly Patch[]): void {
    this.#doc.transact(() => {
      const text = this.#textNode()
      for (const [at, deleted, inserted] of patches) {
        if (deleted > 0) text.delete(at, deleted)
        if (inserted.length > 0) text.insert(at, inserted)
      }
    })
    this.#updatesAfter.push(this.#updates)
  }

  updatesAfter(keystrokes: number): number {
    return this.#updatesAfter[keystrokes] ?? this.#updates
  }

  /** Hears the other's changes in order until it knows so many. */
  async hears(count: number): Promise<void> {
    while (this.#heard < count) {
      if (this.#inbox.length === 0) await this.#until(() => this.#inbox.length > 0)
      this.#hearsNext()
    }
  }

  hearsAll(): void {
    while (this.#inbox.length > 0) this.#hearsNext()
  }

  async isConfirmed(ahead: number): Promise<void> {
    await this.#until(() => this.ahead <= ahead)
  }

  leave(): void {
    this.#leave()
    this.#doc.destroy()
  }

  #hearsNext(): void {
    const next = this.#inbox.shift()
    if (next === undefined) return
    Y.applyUpdate(this.#doc, next, 'heard')
    this.#heard++
  }

  #textNode(): Y.XmlText {
    const paragraph = discussionOf(this.#doc).get(0)
    const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : undefined
    if (!(text instanceof Y.XmlText)) throw new Error('The paragraph has not arrived')
    return text
  }

  #gets(frame: Uint8Array): void {
    const decoder = decoding.createDecoder(frame)
    const type = decoding.readVarUint(decoder)
    if (type === MESSAGE.receipt) this.#stored = readReceipt(decoder).stored
    if (type === MESSAGE.sync) {
      const kind = decoding.readVarUint(decoder)
      const body = decoding.readVarUint8Array(decoder)
      if (kind === SYNC.step2) {
        Y.applyUpdate(this.#doc, body, 'heard')
        this.#isSynced = true
      } else if (kind === SYNC.step1) {
        this.#sent++
        // Not from within the room's own sending.
        queueMicrotask(() => this.#receive(writeStep2(Y.encodeStateAsUpdate(this.#doc, body))))
      } else {
        this.#inbox.push(body)
      }
    }
    this.#wake()
  }

  async #until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      if (this.#failure) throw this.#failure
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    }
  }
}

function textIn(doc: Y.Doc): string {
  const paragraph = discussionOf(doc).get(0)
  if (!(paragraph instanceof Y.XmlElement)) return ''
  const text = paragraph.get(0)
  if (!(text instanceof Y.XmlText)) return ''
  const runs: { insert?: unknown }[] = text.toDelta()
  return runs.map(run => String(run.insert)).join('')
}

/** The text after so many edits of a history by one author, worked out without any of our code. */
export function textAfter(trace: Trace, edits: number): string {
  let text = ''
  for (const { patches } of trace.edits.slice(0, edits)) {
    for (const [at, deleted, inserted] of patches) text = text.slice(0, at) + inserted + text.slice(at + deleted)
  }
  return text
}

if (process.argv[1]?.endsWith('replay-trace.ts')) {
  const name = process.argv[2] ?? 'automerge-paper'
  const trace = readTrace(name)
  if ('missing' in trace) console.info(`skipped: ${trace.missing}`)
  else {
    const { text, ...figures } = await replayTrace(trace, Number(process.argv[3] ?? trace.edits.length))
    console.info(name, { ...figures, equalsTheRecording: text === trace.endContent })
  }
}
