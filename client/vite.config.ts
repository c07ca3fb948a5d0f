/**
 * The browser's build: `dist/client`, hashed file names, nothing from another host. In development `/api`, `/sync` and `/live` go to the server, whose
 * port is `PORT` (default 3000), so that the browser sees one origin as in production.
 */
import type { ClientRequest } from 'node:http'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin, type ProxyOptions } from 'vite'

const serverPort = process.env.PORT ?? '3000'

/**
 * To the server of this machine as if the page had come from it: its host and origin checks see the server's own port, and a demo agency's
 * name (`saengyeon.localhost`) stays what it is.
 */
const toServer: ProxyOptions = {
  target: `http://localhost:${serverPort}`,
  ws: true,
  configure(proxy) {
    const asFromServer = (request: ClientRequest) => {
      for (const name of ['host', 'origin']) {
        const value = request.getHeader(name)
        if (typeof value === 'string') request.setHeader(name, value.replace(/:\d+$/, `:${serverPort}`))
      }
    }
    proxy.on('proxyReq', asFromServer)
    proxy.on('proxyReqWs', asFromServer)
  },
}

/** The accessible components carry their words in 34 languages. The screens speak two; the others would be a fifth of the first download. */
const onlyOurLanguages: Plugin = {
  name: 'only-our-languages',
  enforce: 'pre',
  load(id) {
    const locale = /\/intl\/[^/]+\/([a-z]{2}-[A-Z]{2})\.(?:mjs|js)$/.exec(id)?.[1]
    return locale === undefined || locale === 'ko-KR' || locale === 'en-US' ? null : 'export default {}'
  },
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [onlyOurLanguages, react()],
  // The server puts a fresh one into each page: styles that components insert at run time carry it.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    // Edge, Chrome and Whale of the last three years; older ones get the plain page in index.html.
    target: ['chrome115', 'edge115', 'firefox120', 'safari17'],
    // Fonts and images stay files: the content-security policy allows no data: addresses.
    assetsInlineLimit: 0,
  },
  server: { proxy: { '/api': toServer, '/sync': toServer, '/live': toServer } },
})
