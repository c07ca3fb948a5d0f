/** `npm run dev`: the server restarting on each change, and the client by Vite with hot reload; open the address Vite prints. */
import { spawn } from 'node:child_process'
import { bin, ensureInstalled, ensureNode, projectFolder } from './ensure.mjs'

ensureNode()
ensureInstalled()

const parts = [
  [bin('tsx'), 'watch', '--clear-screen=false', 'server/main.ts'],
  [bin('vite'), '--config', 'client/vite.config.ts'],
].map(args => spawn(process.execPath, args, { cwd: projectFolder, stdio: 'inherit' }))

function stop() {
  for (const part of parts) part.kill('SIGTERM')
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop)
for (const part of parts) {
  part.on('exit', code => {
    stop()
    process.exitCode = code ?? 0
  })
}
