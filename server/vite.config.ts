/** Builds the server into plain JavaScript for Node. Packages stay outside the bundle: they are installed beside it. */
import { defineConfig } from 'vite'

export default defineConfig({
  // Fonts of printed papers; they come to lie beside the bundle.
  publicDir: 'server/exports/assets',
  build: {
    ssr: true,
    rollupOptions: {
      // The second runs as a process of its own and is found beside the first (`server/exports/renderer.ts`).
      input: { main: 'server/main.ts', 'render-process': 'server/exports/render-process.ts' },
      output: { entryFileNames: '[name].js' },
    },
    copyPublicDir: true,
    outDir: 'dist/server',
    target: 'node20',
    sourcemap: true,
    emptyOutDir: true,
  },
})
