/** `npm start`: installs and builds what is missing, then runs the server in this terminal until it is stopped. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ensureBuilt, ensureInstalled, ensureNode, projectFolder } from './ensure.mjs'

ensureNode()
ensureInstalled()
ensureBuilt()

const server = spawn(
  process.execPath,
  ['--enable-source-maps', join(projectFolder, 'dist', 'server', 'main.js'), ...process.argv.slice(2)],
  { cwd: projectFolder, stdio: 'inherit' },
)
// The terminal sends Ctrl+C to both; a service manager signals only this process, so it is handed on.
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal))
process.on('SIGINT', () => undefined)
server.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 0 : 1)))
