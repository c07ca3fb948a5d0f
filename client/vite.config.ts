/**
 * The browser's build: `dist/client`, hashed file names, nothing from another host. In development `/api` and `/sync` go to the server, whose
 * port is `PORT` (default 3000), so that the browser sees one origin as in production.
 */
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = `http://localhost:${process.env.PORT ?? '3000'}`

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    // Edge, Chrome and Whale of the last three years; older ones get the plain page in index.html.
    target: ['chrome115', 'edge115', 'firefox120', 'safari17'],
    // Fonts and images stay files: the content-security policy allows no data: addresses.
    assetsInlineLimit: 0,
  },
  server: {
    proxy: {
      '/api': { target: server, changeOrigin: false },
      '/sync': { target: server, changeOrigin: false, ws: true },
    },
  },
})
