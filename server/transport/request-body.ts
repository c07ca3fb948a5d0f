/**
 * Reads a body, strictly: the type that the route declares and nothing else, unpacked, of bounded size and time (SECURITY R11). JSON is read
 * whole before the route is asked; bytes of an upload only when it asks for them, so that nobody is read from who is not let in.
 */
import type { IncomingMessage } from 'node:http'
import * as z from 'zod'
import { ABOUT_HEADER, UPLOAD_TYPE } from '../../shared/protocol/papers.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { withoutResidentNumbers } from './typed-words.ts'

/** Far above the largest form (a conference with 120 participants is 12 kB), far below what costs anything to parse. */
export const MAX_BODY_BYTES = 256 * 1024

/** Slow enough for a bad line, too slow for holding a connection open for nothing. The server's own limit is that of an upload. */
export const JSON_WITHIN_MS = 30_000

/** So long what a refused upload still sends is taken and thrown away, so that its sender hears why and not only that the line broke. */
const DISCARD_WITHIN_MS = 20_000

const JSON_TYPE = /^application\/json(?:\s*;\s*charset="?utf-8"?)?\s*$/i

/** Declares that a route takes bytes, and what must be said about them. */
export interface UploadSpec<About extends z.ZodType = z.ZodType> {
  readonly maxBytes: number
  readonly about: About
}

export function upload<About extends z.ZodType>(spec: UploadSpec<About>): UploadSpec<About> {
  return spec
}

export const isUpload = (body: z.ZodType | UploadSpec | undefined): body is UploadSpec =>
  body !== undefined && !(body instanceof z.ZodType)

/** Bytes on their way in. */
export interface Upload<About> {
  about: About
  /** The bytes, once. @throws Refusal `too-large` when there are more than declared, `bad-request` when they break off */
  read(): AsyncGenerator<Buffer>
}

/** The parsed body. @throws Refusal `bad-content-type`, `too-large`, `bad-request` */
export async function readJsonBody(request: IncomingMessage, withinMs = JSON_WITHIN_MS): Promise<unknown> {
  const { 'content-type': type, 'content-encoding': encoding, 'content-length': length } = request.headers
  if (type === undefined || !JSON_TYPE.test(type)) throw new Refusal('bad-content-type')
  if (encoding !== undefined && encoding !== 'identity') throw new Refusal('bad-content-type')
  if (length !== undefined && Number(length) > MAX_BODY_BYTES) throw new Refusal('too-large')
  const chunks: Buffer[] = []
  const tooSlow = setTimeout(() => request.destroy(new Refusal('bad-request', 'too-slow')), withinMs)
  try {
    for await (const chunk of bytesOf(request, MAX_BODY_BYTES)) chunks.push(chunk)
  } finally {
    clearTimeout(tooSlow)
  }
  try {
    // Fatal: bytes that are no UTF-8 are refused instead of being replaced by question marks in somebody's name.
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)))
  } catch (cause) {
    throw new Refusal('bad-request', 'not-json', { cause })
  }
}

async function* bytesOf(request: IncomingMessage, maxBytes: number): AsyncGenerator<Buffer> {
  let size = 0
  // Leaving the loop must not destroy the socket: the refusal still has to be answered on it.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) throw new Refusal('too-large')
    yield chunk
  }
}

/** What is said about the bytes is checked now; the bytes come when they are asked for. @throws Refusal or ZodError */
export function readUpload(request: IncomingMessage, { maxBytes, about }: UploadSpec): Upload<unknown> {
  const { 'content-type': type, 'content-encoding': encoding, 'content-length': length } = request.headers
  if (type?.trim().toLowerCase() !== UPLOAD_TYPE) throw new Refusal('bad-content-type')
  if (encoding !== undefined && encoding !== 'identity') throw new Refusal('bad-content-type')
  if (length !== undefined && Number(length) > maxBytes) throw new Refusal('too-large')
  return {
    about: withoutResidentNumbers(about.parse(readAbout(request.headers[ABOUT_HEADER.toLowerCase()]))),
    async *read() {
      try {
        yield* bytesOf(request, maxBytes)
      } catch (cause) {
        if (cause instanceof Refusal) throw cause
        // The line broke, or the person pressed "cancel".
        throw new Refusal('bad-request', 'upload-broken', { cause })
      }
    },
  }
}

/** @throws Refusal `bad-request` for anything but one header of percent-encoded JSON */
function readAbout(header: string | string[] | undefined): unknown {
  if (typeof header !== 'string') throw new Refusal('bad-request', 'no-about')
  try {
    return JSON.parse(decodeURIComponent(header))
  } catch (cause) {
    throw new Refusal('bad-request', 'not-json', { cause })
  }
}

/**
 * Takes what a refused upload still sends, up to its limit, and throws it away. An answer on a line that is still being written to is lost
 * when the line is closed: the browser would tell of a broken line instead of the reason.
 */
export async function discardRest(request: IncomingMessage, { maxBytes }: UploadSpec): Promise<void> {
  if (request.complete || request.destroyed) return
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return
  const tooSlow = setTimeout(() => request.destroy(), DISCARD_WITHIN_MS)
  try {
    for await (const _ of bytesOf(request, maxBytes));
  } catch {
    // Whoever hung up, or goes on for ever, needs no answer; the refusal is what counts.
  } finally {
    clearTimeout(tooSlow)
  }
}

/** Whether a request announces a body, of whatever kind. */
export function hasBody(request: IncomingMessage): boolean {
  return request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0
}

/** Each parameter once, as text; the schema decides which there may be. @throws Refusal `bad-request` for a repeated one */
export function readQuery(url: string): Record<string, string> {
  const at = url.indexOf('?')
  const query: Record<string, string> = Object.create(null)
  if (at < 0) return query
  for (const [name, value] of new URLSearchParams(url.slice(at + 1))) {
    if (name in query) throw new Refusal('bad-request', 'repeated-parameter')
    query[name] = value
  }
  return query
}
