/** Reads a JSON body, strictly: the declared type and nothing else, unpacked, of bounded size (SECURITY R11). */
import type { IncomingMessage } from 'node:http'
import { Refusal } from '../../shared/protocol/refusals.ts'

/** Far above the largest form (a conference with 120 participants is 12 kB), far below what costs anything to parse. */
export const MAX_BODY_BYTES = 256 * 1024

const JSON_TYPE = /^application\/json(?:\s*;\s*charset="?utf-8"?)?\s*$/i

/** The parsed body. @throws Refusal `bad-content-type`, `too-large`, `bad-request` */
export async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  const { 'content-type': type, 'content-encoding': encoding, 'content-length': length } = request.headers
  if (type === undefined || !JSON_TYPE.test(type)) throw new Refusal('bad-content-type')
  if (encoding !== undefined && encoding !== 'identity') throw new Refusal('bad-content-type')
  if (length !== undefined && Number(length) > MAX_BODY_BYTES) throw new Refusal('too-large')
  const chunks: Buffer[] = []
  let size = 0
  // Leaving the loop must not destroy the socket: the refusal still has to be answered on it.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) throw new Refusal('too-large')
    chunks.push(chunk)
  }
  try {
    // Fatal: bytes that are no UTF-8 are refused instead of being replaced by question marks in somebody's name.
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)))
  } catch (cause) {
    throw new Refusal('bad-request', 'not-json', { cause })
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
