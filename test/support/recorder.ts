/**
 * Records what reaches one browser: every answer over HTTP with its address and headers, every WebSocket frame in both directions, and what the
 * screen shows when asked. Sync frames are also put together into documents that forget nothing, so that a word that came letter by letter, or was
 * deleted again, is found as a word.
 */
import type { BrowserContext, Page, Request, Response, WebSocket } from 'playwright-core'
import * as Y from 'yjs'
import { LIVE_PATH } from '../../shared/protocol/live-channel.ts'
import { ALL_CANARIES, type Canary, type Found, findCanariesDeep } from './canaries.ts'
import { RecordedPolling } from './recorded-polling.ts'
import { type RecordedSocket, recordedSocket, takeFrame } from './recorded-socket.ts'

export interface RecordedBody {
  at: number
  url: string
  status: number
  /** Address, headers and body, as one piece to be searched. */
  bytes: Buffer
  /** The body when it is JSON. */
  json: unknown
}

export interface RecordedScreen {
  at: number
  text: string
}

export interface Recording {
  readonly bodies: readonly RecordedBody[]
  /** Lines to documents, sockets or over polling. */
  readonly sockets: readonly RecordedSocket[]
  /** Lines of the live channel: text frames, no document. (What is polled is among the bodies as well.) */
  readonly live: readonly RecordedSocket[]
  readonly screens: readonly RecordedScreen[]
  /** Answers whose body the browser would not give, with the reason. */
  readonly missed: readonly string[]
}

export class Recorder implements Recording {
  readonly bodies: RecordedBody[] = []
  readonly sockets: RecordedSocket[] = []
  readonly live: RecordedSocket[] = []
  readonly screens: RecordedScreen[] = []
  readonly missed: string[] = []
  readonly #context: BrowserContext
  readonly #reading = new Set<Promise<void>>()
  readonly #polls = new Set<Promise<void>>()
  readonly #asked = new Set<Request>()
  readonly #lookers = new Set<() => void>()
  readonly #polling = new RecordedPolling(this)

  constructor(context: BrowserContext) {
    this.#context = context
    context.on('request', request => {
      if (isPolling(request.url())) this.#polling.asked(request.url(), request.postData())
      else this.#asked.add(request)
    })
    const over = (request: Request) => {
      this.#asked.delete(request)
      this.#look()
    }
    context.on('requestfinished', over)
    context.on('requestfailed', request => {
      if (isPolling(request.url())) this.#polling.failed(request.url())
      over(request)
    })
    context.on('response', response => {
      const under = isPolling(response.url()) ? this.#polls : this.#reading
      const reading: Promise<void> = this.#read(response)
        .catch(error => {
          this.missed.push(`${response.url()}: ${error}`)
        })
        .finally(() => {
          under.delete(reading)
          this.#look()
        })
      under.add(reading)
    })
    context.on('page', page => page.on('websocket', socket => this.#follow(socket)))
    // Whatever a page was waiting for when it was closed never ends.
    for (const page of context.pages()) page.on('close', () => this.#letGoOf(page))
    context.on('page', page => page.on('close', () => this.#letGoOf(page)))
  }

  /** What stands on the screen now, hidden parts included, and what the browser keeps. */
  async look(page: Page): Promise<void> {
    const kept = () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])
    for (const text of [await page.content(), await page.evaluate(kept)]) this.screens.push({ at: Date.now(), text })
  }

  /** Everything that was asked for is answered, and every body in. A page that polls is never quiet: of its polls those that were answered. */
  async settled(): Promise<void> {
    await this.until('everything to be answered', () => this.#asked.size === 0)
    await Promise.all(this.#polls)
    while (this.#reading.size > 0) await Promise.all(this.#reading)
  }

  /** Waits until something was recorded. */
  until(what: string, holds: () => boolean, deadlineMs = 120_000): Promise<void> {
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

  #letGoOf(page: Page): void {
    for (const request of this.#asked) if (pageOf(request) === page) this.#asked.delete(request)
    this.#look()
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
      this.bodies.push({ at: Date.now(), url, status, bytes: Buffer.concat([headers, body]), json: jsonOf(body) })
      if (isPolling(url) && status === 200) this.#polling.answered(url, body.toString())
      else if (isPolling(url)) this.#polling.failed(url)
    } catch (error) {
      // A browser gives no body of a page that it has left meanwhile. What only reads can be asked again in its name, and counts when it is as long.
      const isReading = response.request().method() === 'GET' && !isPolling(url)
      const again = isReading ? await this.#askAgain(url, Number(allHeaders['content-length'])) : undefined
      if (again)
        this.bodies.push({ at: Date.now(), url, status, bytes: Buffer.concat([headers, again]), json: jsonOf(again) })
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
    const recorded = recordedSocket(isLive ? 'the live channel' : decodeURIComponent(pathname.split('/').at(-1) ?? ''))
    if (isLive) this.live.push(recorded)
    else this.sockets.push(recorded)
    socket.on('framereceived', ({ payload }) => {
      const bytes = Buffer.from(payload)
      if (isLive) recorded.received.push({ at: Date.now(), bytes })
      else takeFrame(recorded, bytes)
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

const isPolling = (url: string) => new URL(url).pathname.startsWith(LIVE_PATH)

/** Undefined for a request whose page is not known yet. */
function pageOf(request: Request): Page | undefined {
  try {
    return request.frame().page()
  } catch {
    return undefined
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

/**
 * Every canary in a recording: in bodies, in raw frames received, in documents put together, on the screen.
 *
 * @param since only what came from then on; documents of lines that were opened before are left out, their frames are not
 */
export function findInRecording(
  recording: Recording,
  canaries: readonly Canary[] = ALL_CANARIES,
  since = 0,
): WhereFound[] {
  const all: WhereFound[] = []
  const search = (where: string, bytes: Buffer) => {
    for (const found of findCanariesDeep(bytes, canaries)) all.push({ where, found })
  }
  const isLater = ({ at }: { at: number }) => at >= since
  for (const body of recording.bodies.filter(isLater)) search(`HTTP ${body.status} ${body.url}`, body.bytes)
  for (const socket of [...recording.sockets, ...recording.live]) {
    // Frames one after the other as they came: a word cut by a frame's end is found in the document.
    search(`frames of ${socket.document}`, Buffer.concat(socket.received.filter(isLater).map(({ bytes }) => bytes)))
    if (socket.openedAt < since) continue
    search(`document ${socket.document}`, Buffer.from(everythingIn(socket.doc)))
    search(`presence in ${socket.document}`, Buffer.from(socket.presence.join('\n')))
  }
  for (const screen of recording.screens.filter(isLater)) search('the screen', Buffer.from(screen.text))
  return all
}

/** How much was recorded. */
export function sizeOf(recording: Recording): { bodies: number; frames: number; sockets: number; bytes: number } {
  const sockets = [...recording.sockets, ...recording.live]
  const frames = sockets.flatMap(socket => socket.received)
  const bytes = [...recording.bodies, ...frames].reduce((sum, one) => sum + one.bytes.length, 0)
  return { bodies: recording.bodies.length, frames: frames.length, sockets: sockets.length, bytes }
}
