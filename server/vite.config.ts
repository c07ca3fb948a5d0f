/** Builds the server into plain JavaScript for Node. Packages stay outside the bundle: they are installed beside it. */
import { defineConfig } from 'vite'

export default defineConfig({
  build: {
    ssr: 'server/main.ts',
    outDir: 'dist/server',
    target: 'node20',
    sourcemap: true,
    emptyOutDir: true,
  },
})
