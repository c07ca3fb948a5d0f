/**
 * A person at a PC of their own, without the browser: signs in over HTTP, calls the interface, opens documents through the same
 * `DocumentLink` that the browser uses, receipts and return included. The socket sends what a browser would send: cookie and origin.
 */
import type { Socket } from 'node:net'
import { WebSocket as NodeWebSocket } from 'ws'
import type * as Y from 'yjs'
import { DocumentLink, type LinkState } from '../../client/room/document-link.ts'
import { pollingSockets } from '../../client/room/polling-socket.ts'
import type { ConferenceId, UserId } from '../../shared/ids.ts'
import type { SessionView } from '../../shared/protocol/http-api.ts'
import { RECEIPTS_SUBPROTOCOL } from '../../shared/protocol/protocol-version.ts'
import { REFUSALS, type RefusalReason } from '../../shared/protocol/refusals.ts'
import { NETWORK_REFUSES } from './dure-process.ts'

/** Sees every frame of a person's sockets: what left before it is on its way, what came before the link reads it. */
export interface FrameTap {
  opened?(document: string): void
  sent?(frame: Uint8Array, document: string): void
  received?(frame: Uint8Array, document: string): void
  closed?(code: number, reason: string, document: string): void
}

export interface Answer {
  status: number
  /** The parsed body; for an error `{ error: { reason, … } }`. */
  body: unknown
}

export interface Person {
  readonly login: string
  readonly userId: UserId
  readonly cookie: string
  readonly url: string
  /** Calls the interface; never throws for a refusal. */
  call(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<Answer>
  /** The answer's body as what the path is known to answer. Throws for anything but a 200. */
  get<T>(path: string): Promise<T>
  post<T>(path: string, body?: object): Promise<T>
  patch<T>(path: string, body: object): Promise<T>
  /** Gives the confidentiality statement of a live or closed conference, as somebody who only reads: its items open. */
  acceptStatement(conferenceId: ConferenceId): Promise<void>
  open(document: string, tap?: FrameTap): OpenDocument
  /** A socket to a document without the honest client behind it: sends whatever it is told. Rejects when the upgrade is refused. */
  openRaw(document: string): Promise<RawLine>
  /** Closes every document that this person opened. */
  leave(): void
}

/** A member's own software, modified. */
export interface RawLine {
  send(frame: Uint8Array): void
  /** Bytes on the connection itself, below the WebSocket's framing. */
  write(bytes: Uint8Array): void
  /** Resolves once such a frame has come, or the line is closed. */
  until(holds: (frame: Uint8Array) => boolean): Promise<'came' | 'closed'>
  readonly frames: readonly Uint8Array[]
  /** How the line ended. */
  readonly closed: Promise<{ code: number; reason: string }>
  readonly isOpen: boolean
  /** Stops reading from the network, as a stalled machine does; `resume` reads on. */
  pause(): void
  resume(): void
  close(): void
}

/** A document that a person holds open. */
export interface OpenDocument {
  readonly name: string
  readonly link: DocumentLink
  readonly state: LinkState
  readonly doc: Y.Doc
  /** Looks again at every change of the link or the document, until it holds. */
  until(what: string, holds: (state: LinkState) => boolean, deadlineMs?: number): Promise<void>
  live(): Promise<void>
  /** Everything that I wrote is stored. */
  stored(deadlineMs?: number): Promise<void>
  close(): void
}

const DEADLINE_MS = 60_000

/** Signs in, and fails when that is refused. */
export async function signIn(url: string, login: string, password: string): Promise<Person> {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ login, password }),
  })
  const session = (await answer.json()) as SessionView
  const cookie = answer.headers.getSetCookie()[0]?.split(';', 1)[0]
  if (!answer.ok || cookie === undefined || session.state !== 'signed-in') {
    throw new Error(`${login} was not signed in: ${answer.status} ${JSON.stringify(session).slice(0, 200)}`)
  }
  return createPerson({ url, login, cookie, userId: session.person.userId })
}

function createPerson(who: { url: string; login: string; cookie: string; userId: UserId }): Person {
  const { url, cookie } = who
  const documents = new Set<OpenDocument>()
  const overPolling = pollingSockets({ origin: url, extraHeaders: { cookie, origin: url } })

  async function call(method: string, path: string, body?: object): Promise<Answer> {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { cookie, origin: url, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    })
    return { status: answer.status, body: await answer.json() }
  }

  async function expect200<T>(method: string, path: string, body?: object): Promise<T> {
    const answer = await call(method, path, body)
    if (answer.status !== 200) {
      throw new Error(`${who.login}: ${method} ${path} answered ${answer.status} ${JSON.stringify(answer.body)}`)
    }
    return answer.body as T
  }

  async function askWhyRefused(document: string): Promise<RefusalReason | 'admitted' | 'unknown'> {
    const { status, body } = await call('GET', `/api/sync-check/${document}`)
    return status === 200 ? 'admitted' : (reasonOf(body) ?? 'unknown')
  }

  return {
    ...who,
    call,
    get: path => expect200('GET', path),
    post: (path, body) => expect200('POST', path, body),
    patch: (path, body) => expect200('PATCH', path, body),
    async acceptStatement(conferenceId) {
      await expect200('POST', `/api/conferences/${conferenceId}/statement`, { accept: true })
    },
    open(document, tap) {
      // Where the network refuses WebSockets, whoever follows no frames goes the other way, as the browsers do.
      const WebSocket =
        NETWORK_REFUSES && tap === undefined
          ? overPolling
          : browserLikeSocket({ cookie, origin: url }, document, tap ?? {})
      const opened = openDocument({ url, document, WebSocket, askWhyRefused })
      documents.add(opened)
      return opened
    },
    openRaw: document => openRaw({ url, cookie, document }),
    leave() {
      for (const document of documents) document.close()
      documents.clear()
    },
  }
}

/** The reason in an error's body. */
export function reasonOf(body: unknown): RefusalReason | undefined {
  if (typeof body !== 'object' || body === null || !('error' in body)) return undefined
  const { error } = body
  if (typeof error !== 'object' || error === null || !('reason' in error)) return undefined
  const { reason } = error
  return typeof reason === 'string' && Object.hasOwn(REFUSALS, reason) ? (reason as RefusalReason) : undefined
}

function openDocument(options: {
  url: string
  document: string
  WebSocket: typeof WebSocket
  askWhyRefused(document: string): Promise<RefusalReason | 'admitted' | 'unknown'>
}): OpenDocument {
  const { url, document, WebSocket, askWhyRefused } = options
  const lookers = new Set<() => void>()
  const look = () => {
    for (const looker of lookers) looker()
  }
  const link = new DocumentLink({
    serverUrl: `${url.replace(/^http/, 'ws')}/sync`,
    document,
    askWhyRefused,
    onChange: () => {
      follow()
      look()
    },
    WebSocket,
  })
  let followed: Y.Doc | undefined
  /** The link replaces its document when a copy was refused. */
  function follow() {
    if (link.state.doc === followed) return
    followed?.off('update', look)
    followed = link.state.doc
    followed.on('update', look)
  }
  follow()
  link.open()

  const until = (what: string, holds: (state: LinkState) => boolean, deadlineMs = DEADLINE_MS): Promise<void> =>
    new Promise((resolve, reject) => {
      const end = setTimeout(() => {
        lookers.delete(looker)
        const { line, receipt, mayWrite } = link.state
        reject(
          new Error(
            `Waited ${deadlineMs} ms for ${what}; ${document} is ${JSON.stringify({ line, receipt, mayWrite })}`,
          ),
        )
      }, deadlineMs)
      const looker = () => {
        if (!holds(link.state)) return
        lookers.delete(looker)
        clearTimeout(end)
        resolve()
      }
      lookers.add(looker)
      looker()
    })

  return {
    name: document,
    link,
    get state() {
      return link.state
    },
    get doc() {
      return link.state.doc
    },
    until,
    live: () => until('the line', state => state.line.phase === 'live'),
    stored: deadlineMs => until('the receipt', state => state.receipt.place === 'stored', deadlineMs),
    close() {
      followed?.off('update', look)
      link.close()
    },
  }
}

function openRaw({ url, cookie, document }: { url: string; cookie: string; document: string }): Promise<RawLine> {
  return new Promise((resolve, reject) => {
    const socket = new NodeWebSocket(`${url.replace(/^http/, 'ws')}/sync/${document}`, [RECEIPTS_SUBPROTOCOL], {
      headers: { cookie, origin: url },
      perMessageDeflate: false,
    })
    const frames: Uint8Array[] = []
    const closed = new Promise<{ code: number; reason: string }>(done =>
      socket.once('close', (code, reason) => done({ code, reason: reason.toString() })),
    )
    const lookers = new Set<(frame: Uint8Array) => void>()
    socket.on('message', data => {
      if (!Buffer.isBuffer(data)) return
      frames.push(data)
      for (const looker of lookers) looker(data)
    })
    let connection: Socket | undefined
    socket.once('upgrade', response => {
      connection = response.socket
    })
    socket.once('unexpected-response', (_request, response) => {
      reject(new Error(`The upgrade was answered with ${response.statusCode}`))
      socket.terminate()
    })
    // Being cut in the middle of a write is an end like any other; `closed` tells.
    socket.on('error', () => {})
    socket.once('open', () =>
      resolve({
        send: frame => socket.send(frame, () => {}),
        write: bytes => {
          if (connection && !connection.destroyed) connection.write(bytes)
        },
        until: holds =>
          new Promise(done => {
            const looker = (frame: Uint8Array) => {
              if (!holds(frame)) return
              lookers.delete(looker)
              done('came')
            }
            lookers.add(looker)
            for (const frame of frames) looker(frame)
            void closed.then(() => done('closed'))
          }),
        frames,
        closed,
        get isOpen() {
          return socket.readyState === socket.OPEN
        },
        pause: () => socket.pause(),
        resume: () => socket.resume(),
        close: () => socket.terminate(),
      }),
    )
    void closed.then(({ code }) => reject(new Error(`The line was not opened: ${code}`)))
  })
}

/** A WebSocket class that sends a browser's headers and shows its frames. */
function browserLikeSocket(headers: Record<string, string>, document: string, tap: FrameTap): typeof WebSocket {
  class BrowserLikeSocket extends NodeWebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols, { headers, perMessageDeflate: false })
      this.on('open', () => tap.opened?.(document))
      this.on('close', (code, reason) => tap.closed?.(code, reason.toString(), document))
      // Registered before the link's own handler, so a frame is seen before it has effects.
      this.on('message', data => {
        if (data instanceof ArrayBuffer) tap.received?.(new Uint8Array(data), document)
      })
    }

    override send(data: Uint8Array): void {
      tap.sent?.(data, document)
      super.send(data)
    }
  }
  // The link asks for the browser's class; ws implements what it uses of it.
  const cast: unknown = BrowserLikeSocket
  return cast as typeof WebSocket
}
