/**
 * What the lock file may hold, read without a network (SECURITY §4, "Minimum-version test", and P20): the oldest version of each package that is
 * free of the faults known in it, packages that never come in, and no package that wants to run a script of its own when it is installed.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

interface LockedPackage {
  version?: string
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  /** Needed for building and testing alone; everything else reaches whoever runs Dure. */
  dev?: boolean
  hasInstallScript?: boolean
}

interface Locked extends LockedPackage {
  name: string
  path: string
  version: string
}

const root = join(import.meta.dirname, '..')
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, LockedPackage>
}
const locked: Locked[] = Object.entries(lock.packages)
  .filter(([path]) => path !== '')
  .map(([path, entry]) => ({
    ...entry,
    path,
    name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
    version: entry.version ?? '',
  }))
const inProduction = locked.filter(entry => !entry.dev)

/** Parts before and after the first hyphen; a version before a release counts as older than it. */
function isOlder(version: string, than: string): boolean {
  const [numbers, preview] = splitVersion(version)
  const [floor] = splitVersion(than)
  for (const [at, least] of floor.entries()) {
    const number = numbers[at] ?? 0
    if (number !== least) return number < least
  }
  return preview !== undefined
}

function splitVersion(version: string): [numbers: number[], preview: string | undefined] {
  const match = /^(\d+)\.(\d+)\.(\d+)(?:-([\w.-]+))?(?:\+.*)?$/.exec(version)
  if (!match) throw new Error(`Not a version: ${version}`)
  return [match.slice(1, 4).map(Number), match[4]]
}

const shown = (entries: Locked[]) => entries.map(({ path, version }) => `${path} ${version}`)

test.each([
  ['8.20.9', '8.21.0', true],
  ['7.99.99', '8.21.0', true],
  ['8.21.0-rc.1', '8.21.0', true],
  ['8.21.0', '8.21.0', false],
  ['8.100.0', '8.21.0', false],
  ['10.0.0', '8.21.0', false],
])('%s is older than %s: %s', (version, than, older) => {
  expect(isOlder(version, than)).toBe(older)
})

describe('nobody who runs Dure gets an older', () => {
  test.each([
    // Memory by tiny fragments (CVE-2026-48779), by close() (CVE-2026-45736), a process ended by headers (CVE-2024-37890). Leaves no 6 or 7.
    ['ws', '8.21.0'],
    ['socket.io', '4.8.4'],
    // Unbounded attachments (CVE-2026-33151), a process ended by an event's name (CVE-2023-32695).
    ['socket.io-parser', '4.2.6'],
    // The first that needs such a ws itself.
    ['engine.io', '6.6.9'],
    ['express', '5.1.0'],
    // Limits of lists (CVE-2025-15284).
    ['qs', '6.14.2'],
    ['body-parser', '2.2.1'],
    ['lib0', '0.2.117'],
    ['y-protocols', '1.0.7'],
    ['yjs', '13.6.27'],
  ])('%s than %s', (name, floor) => {
    const found = inProduction.filter(entry => entry.name === name)
    expect(found, `${name} is not there any more: its line here goes, too`).not.toEqual([])
    expect(shown(found.filter(entry => isOlder(entry.version, floor)))).toEqual([])
  })
})

describe('what never comes in', () => {
  test('the sync server that y-websocket brought along until version 3, and any y-websocket on the server', () => {
    expect(shown(locked.filter(({ name, version }) => name === 'y-websocket' && isOlder(version, '3.0.0')))).toEqual([])
    expect(shown(inProduction.filter(({ name }) => name === 'y-websocket' || name === '@y/websocket-server'))).toEqual(
      [],
    )
  })

  test.each([
    // Assigns to a property of Express 5's request that cannot be assigned to. Strict schemas do its work.
    'express-mongo-sanitize',
    // The registry's copy is years behind and keeps known faults.
    'xlsx',
  ])('%s', name => {
    expect(shown(locked.filter(entry => entry.name === name))).toEqual([])
  })

  test('more than 40 packages of our own choice', () => {
    const chosen = Object.keys(lock.packages['']?.dependencies ?? {})
    expect(chosen.length).toBeGreaterThan(10)
    expect(chosen.length).toBeLessThanOrEqual(40)
  })
})

describe('scripts of packages at their installation', () => {
  /** Packages that bring such a script, and why Dure works without it. */
  const NOT_NEEDED: Record<string, string> = {
    lmdb: 'builds from source only where no built @lmdb/lmdb-… package fits; those are locked beside it',
    'msgpackr-extract': 'optional and only faster: the store’s values are bytes to lmdb, which msgpackr never sees',
  }

  test('are not run', () => {
    expect(readFileSync(join(root, '.npmrc'), 'utf8').split('\n')).toContain('ignore-scripts=true')
    expect(readFileSync(join(root, 'server/bin/ensure.mjs'), 'utf8')).toContain("'--ignore-scripts'")
  })

  test('are in no package that Dure runs on, but for those whose script it can do without', () => {
    const wanting = inProduction.filter(entry => entry.hasInstallScript).map(entry => entry.name)
    expect(wanting.sort()).toEqual(Object.keys(NOT_NEEDED).sort())
  })

  test('and the built parts that stand in for them are locked', () => {
    const names = new Set(inProduction.map(entry => entry.name))
    for (const system of ['linux-x64', 'linux-arm64', 'darwin-arm64', 'win32-x64']) {
      expect(names).toContain(`@lmdb/lmdb-${system}`)
    }
  })
})
