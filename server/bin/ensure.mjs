/**
 * What `npm start` and `npm test` need before any of our own code can run: a Node that is new enough, the locked packages, and the built
 * application. Plain Node, because nothing else is there yet.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const projectFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const OLDEST_NODE = [20, 19]

/** Ends with a sentence when this Node is too old. */
export function ensureNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return
  fail(`Dure needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}.`)
}

/** Installs the locked packages when they are missing or the lock file changed. Install scripts never run. */
export function ensureInstalled() {
  const lock = hashOf([join(projectFolder, 'package-lock.json')])
  const stamp = join(projectFolder, 'node_modules', '.dure-lock')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  console.log('Installing packages …')
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'])
  writeFileSync(stamp, lock)
}

/** Builds server and client when their sources changed since the last build. */
export function ensureBuilt() {
  const sources = hashOf([
    join(projectFolder, 'package-lock.json'),
    ...['shared', 'server', 'client'].flatMap(folder => filesBelow(join(projectFolder, folder))),
  ])
  const stamp = join(projectFolder, 'dist', '.sources')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return
  console.log('Building …')
  build()
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, sources)
}

export function build() {
  run(process.execPath, [bin('vite'), 'build', '--config', 'client/vite.config.ts', '--logLevel', 'warn'])
  run(process.execPath, [bin('vite'), 'build', '--config', 'server/vite.config.ts', '--logLevel', 'warn'])
}

/** The script behind an installed command, so that no shell is needed. */
export function bin(name) {
  const own = {
    vite: 'vite/bin/vite.js',
    vitest: 'vitest/vitest.mjs',
    tsc: 'typescript/bin/tsc',
    biome: '@biomejs/biome/bin/biome',
    tsx: 'tsx/dist/cli.mjs',
  }
  return join(projectFolder, 'node_modules', own[name])
}

function run(command, args) {
  const result = spawnSync(command, args, {
    cwd: projectFolder,
    stdio: 'inherit',
    shell: process.platform === 'win32' && command === 'npm',
  })
  if (result.status !== 0) fail(`${[command, ...args].join(' ')} failed.`)
}

function fail(message) {
  console.error(message)
  process.exit(1)
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath ?? entry.path, entry.name))
    .sort()
}

function hashOf(files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(relative(projectFolder, file)).update('\0').update(readFileSync(file))
  return hash.digest('hex')
}
