/**
 * The built client. Files with a hash in their name stay for a year; the page itself is never kept, carries a fresh nonce for the styles that
 * libraries insert, and answers every address that is neither the interface's nor a file's (the client routes).
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import express from 'express'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { nonceOf } from './security-headers.ts'

/** What the build leaves in the page where a nonce belongs. */
const NONCE_PLACEHOLDER = '__CSP_NONCE__'

export function clientFiles(folder: string): express.RequestHandler[] {
  // Read once: a page that changes under a running server would name files that are not there.
  let page: Promise<string> | undefined
  const files = express.static(folder, {
    index: false,
    dotfiles: 'ignore',
    redirect: false,
    setHeaders(response, path) {
      const hashed = path.includes('/assets/') || path.includes('\\assets\\')
      response.setHeader('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  const fallback: express.RequestHandler = async (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') throw new Refusal('not-found')
    if (/^\/(?:api|sync|live|assets)(?:\/|$)/.test(request.path) || /\.[a-z0-9]{1,8}$/i.test(request.path)) {
      throw new Refusal('not-found')
    }
    page ??= readFile(join(folder, 'index.html'), 'utf8')
    const html = await page.catch(cause => {
      page = undefined
      throw new Refusal('not-found', 'client-not-built', { cause })
    })
    response
      .setHeader('Cache-Control', 'no-store')
      .type('html')
      .send(html.replaceAll(NONCE_PLACEHOLDER, nonceOf(response)))
  }
  return [files, fallback]
}
