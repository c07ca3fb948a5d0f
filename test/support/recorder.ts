/**
 * Records what reaches one browser: every answer over HTTP with its address and headers, every WebSocket frame in both directions, and what the
 * screen shows when asked. Sync frames are also put together into documents that forget nothing, so that a word that came letter by letter, or was
 * deleted again, is found as a word.
 */
import * as decoding from 'lib0/decoding'
import type { BrowserContext, Page, Response, WebSocket } from 'playwright-core'
import * as Y from 'yjs'
import { LIVE_PATH } from '../../shared/protocol/live-channel.ts'
import { MESSAGE, SYNC } from '../../shared/protocol/sync-frames.ts'
import { ALL_CANARIES, type Canary, type Found, findCanariesDeep } from './canaries.ts'

export interface RecordedBody {
  url: string
  status: number
  /** Address, headers and body, as one piece to be searched. */
  bytes: Buffer
  /** The body when it is JSON. */
  json: unknown
}

export interface RecordedSocket {
  document: string
  openedAt: number
  closedAt: number | undefined
  received: { at: number; bytes: Buffer }[]
  sent: { at: number; bytes: Buffer }[]
  /** What this socket alone put together. */
  doc: Y.Doc
  /** Every presence that came, as text. */
  presence: string[]
}

export interface Recording {
  readonly bodies: readonly RecordedBody[]
  /** Sockets to documents. */
  readonly sockets: readonly RecordedSocket[]
  /** Sockets of the live channel: text frames, no document. (What it polls is among the bodies.) */
  readonly live: readonly RecordedSocket[]
  readonly screens: readonly string[]
  /** Answers whose body the browser would not give, with the reason. */
  readonly missed: readonly string[]
}

export class Recorder implements Recording {
  readonly bodies: RecordedBody[] = []
  readonly sockets: RecordedSocket[] = []
  readonly live: RecordedSocket[] = []
  readonly screens: string[] = []
  readonly missed: string[] = []
  readonly #context: BrowserContext
  readonly #reading = new Set<Promise<void>>()
  readonly #lookers = new Set<() => void>()

  constructor(context: BrowserContext) {
    this.#context = context
    context.on('response', response => {
      const reading: Promise<void> = this.#read(response).finally(() => {
        this.#reading.delete(reading)
        this.#look()
      })
      this.#reading.add(reading)
    })
    context.on('page', page => page.on('websocket', socket => this.#follow(socket)))
  }

  /** What stands on the screen now, hidden parts included, and what the browser keeps. */
  async look(page: Page): Promise<void> {
    this.screens.push(await page.content())
    this.screens.push(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])))
  }

  /** Every body that was under way is in. */
  async settled(): Promise<void> {
    while (this.#reading.size > 0) await Promise.all(this.#reading)
  }

  /** Waits until something was recorded. */
  until(what: string, holds: () => boolean, deadlineMs = 30_000): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = setTimeout(() => {
        this.#lookers.delete(look)
        reject(new Error(`Waited ${deadlineMs} ms for ${what}`))
      }, deadlineMs)
      const look = () => {
        if (!holds()) return
        clearTimeout(end)
        this.#lookers.delete(look)
        resolve()
      }
      this.#lookers.add(look)
      look()
    })
  }

  /** The sockets to a document, oldest first. */
  socketsOf(document: string): RecordedSocket[] {
    return this.sockets.filter(socket => socket.document === document)
  }

  #look(): void {
    for (const looker of this.#lookers) looker()
  }

  async #read(response: Response): Promise<void> {
    const url = response.url()
    const status = response.status()
    const allHeaders = await response.allHeaders()
    const headers = Buffer.from(JSON.stringify([url, allHeaders]))
    const hasBody = status !== 204 && status !== 304 && !(status >= 300 && status < 400)
    try {
      const body = hasBody ? await response.body() : Buffer.alloc(0)
      this.bodies.push({ url, status, bytes: Buffer.concat([headers, body]), json: jsonOf(body) })
    } catch (error) {
      // A browser gives no body of a page that it has left meanwhile. What only reads can be asked again in its name, and counts when it is as long.
      const isReading = response.request().method() === 'GET'
      const again = isReading ? await this.#askAgain(url, Number(allHeaders['content-length'])) : undefined
      if (again) this.bodies.push({ url, status, bytes: Buffer.concat([headers, again]), json: jsonOf(again) })
      else this.missed.push(`${url}: ${error instanceof Error ? error.message.split('\n', 1)[0] : error}`)
    }
  }

  async #askAgain(url: string, length: number): Promise<Buffer | undefined> {
    try {
      const body = await (await this.#context.request.get(url)).body()
      return body.byteLength === length ? body : undefined
    } catch {
      return undefined
    }
  }

  #follow(socket: WebSocket): void {
    const { pathname } = new URL(socket.url())
    const isLive = pathname.startsWith(LIVE_PATH)
    const recorded: RecordedSocket = {
      document: isLive ? 'the live channel' : decodeURIComponent(pathname.split('/').at(-1) ?? ''),
      openedAt: Date.now(),
      closedAt: undefined,
      received: [],
      sent: [],
      doc: new Y.Doc({ gc: false }),
      presence: [],
    }
    if (isLive) this.live.push(recorded)
    else this.sockets.push(recorded)
    socket.on('framereceived', ({ payload }) => {
      const bytes = Buffer.from(payload)
      recorded.received.push({ at: Date.now(), bytes })
      if (!isLive) takeIn(recorded, bytes)
      this.#look()
    })
    socket.on('framesent', ({ payload }) => recorded.sent.push({ at: Date.now(), bytes: Buffer.from(payload) }))
    socket.on('close', () => {
      recorded.closedAt = Date.now()
      this.#look()
    })
    this.#look()
  }
}

function jsonOf(body: Buffer): unknown {
  if (body[0] !== 0x7b && body[0] !== 0x5b) return undefined
  try {
    return JSON.parse(body.toString())
  } catch {
    // A script may begin with a bracket too.
    return undefined
  }
}

function takeIn(socket: RecordedSocket, frame: Buffer): void {
  const decoder = decoding.createDecoder(frame)
  const type = decoding.readVarUint(decoder)
  if (type === MESSAGE.awareness) {
    const entries = decoding.createDecoder(decoding.readVarUint8Array(decoder))
    for (let left = decoding.readVarUint(entries); left > 0; left--) {
      decoding.readVarUint(entries)
      decoding.readVarUint(entries)
      socket.presence.push(decoding.readVarString(entries))
    }
  } else if (type === MESSAGE.sync && decoding.readVarUint(decoder) !== SYNC.step1) {
    Y.applyUpdate(socket.doc, decoding.readVarUint8Array(decoder))
  }
}

/** Everything that was ever in a document, deleted or not, each client's words in the order in which they were written. */
export function everythingIn(doc: Y.Doc): string {
  const parts: string[] = []
  for (const structs of doc.store.clients.values()) {
    let words = ''
    for (const struct of structs) {
      if (!(struct instanceof Y.Item)) continue
      const { content } = struct
      words += content instanceof Y.ContentString ? content.str : ` ${JSON.stringify(content.getContent())} `
      if (struct.parentSub !== null) words += ` ${struct.parentSub} `
    }
    parts.push(words)
  }
  parts.push([...doc.share.keys()].join(' '))
  return parts.join('\n')
}

export interface WhereFound {
  where: string
  found: Found
}

/** Every canary in a recording: in bodies, in raw frames received, in documents put together, on the screen. */
export function findInRecording(
  recording: Recording,
  canaries: readonly Canary[] = ALL_CANARIES,
  since = 0,
): WhereFound[] {
  const all: WhereFound[] = []
  const search = (where: string, bytes: Buffer) => {
    for (const found of findCanariesDeep(bytes, canaries)) all.push({ where, found })
  }
  for (const body of recording.bodies) search(`HTTP ${body.status} ${body.url}`, body.bytes)
  for (const socket of [...recording.sockets, ...recording.live]) {
    // Frames one after the other as they came: a word cut by a frame's end is found in the document.
    search(
      `frames of ${socket.document}`,
      Buffer.concat(socket.received.filter(({ at }) => at >= since).map(({ bytes }) => bytes)),
    )
    search(`document ${socket.document}`, Buffer.from(everythingIn(socket.doc)))
    search(`presence in ${socket.document}`, Buffer.from(socket.presence.join('\n')))
  }
  for (const screen of recording.screens) search('the screen', Buffer.from(screen))
  return all
}

/** How much was recorded. */
export function sizeOf(recording: Recording): { bodies: number; frames: number; sockets: number; bytes: number } {
  const sockets = [...recording.sockets, ...recording.live]
  const frames = sockets.flatMap(socket => socket.received)
  const bytes = [...recording.bodies, ...frames].reduce((sum, one) => sum + one.bytes.length, 0)
  return { bodies: recording.bodies.length, frames: frames.length, sockets: sockets.length, bytes }
}
