/**
 * Sends somebody's file so that it stays somebody's file (SECURITY R26, ASVS 3.2.1): as an attachment, by its own type and no guessed one, and
 * should a browser open it all the same, without scripts, forms or our origin. No cache keeps it.
 */
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Response } from 'express'
import type { FileAnswer } from './route.ts'

/** Resolves when it is out, or when the other side no longer wants it. */
export async function sendFile(response: Response, file: FileAnswer): Promise<void> {
  const pieces = file.content[Symbol.asyncIterator]()
  // What cannot even begin is still refused in words.
  const first = await pieces.next()
  response.setHeader('Content-Type', file.type)
  response.setHeader('Content-Length', file.bytes)
  response.setHeader('Content-Disposition', attachmentOf(file.name))
  response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox")
  async function* all() {
    if (first.done) return
    yield first.value
    for (;;) {
      const next = await pieces.next()
      if (next.done) return
      yield next.value
    }
  }
  try {
    await pipeline(Readable.from(all()), response)
  } catch (error) {
    if (!isGone(error)) throw error
  } finally {
    await pieces.return?.()
  }
}

const GONE = new Set<unknown>(['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE'])
const isGone = (error: unknown) => error instanceof Error && 'code' in error && GONE.has(error.code)

/** RFC 6266 with RFC 8187: a plain name for whoever knows only that, the real one beside it. Nothing in it can end the header. */
function attachmentOf(name: string): string {
  const ending = /\.[a-z0-9]{1,8}$/i.exec(name)?.[0] ?? ''
  const encoded = encodeURIComponent(name).replace(/['()*]/g, c => `%${c.charCodeAt(0).toString(16)}`)
  return `attachment; filename="paper${ending}"; filename*=UTF-8''${encoded}`
}
