/**
 * `npm test`: everything this machine can run, from a fresh clone, ending in one line of counts. Where `MONGODB_TEST_URL` names a server, a
 * second run takes the suites that stand on a store once more, on that server. `--check` runs the front door (format, lint, types, unit,
 * property); `--deep` the same tests as `npm test` with the rounds and seeds of the published figures, what takes minutes in browsers, and the
 * room's browser tests once more behind a network that refuses WebSockets (`DURE_TEST_PROXY=refuse`).
 */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { bin, ensureBuilt, ensureInstalled, ensureNode, projectFolder } from '../server/bin/ensure.mjs'

const check = process.argv.includes('--check')
const deep = process.argv.includes('--deep')
const DEEP = {
  DEEP: '1',
  DURE_TEST_WHOLE: '1',
  SEEDS: '500',
  ROUNDS: '200',
  MUTANTS: '2500',
  RUNS: '50',
  TRACE_EDITS: 'all',
}

/** The browser tests of the room; `need-to-know.e2e` is not its whole meeting. */
const ROOM = [
  'three-agencies',
  'need-to-know.e2e',
  'hangul',
  'keyboard',
  'trace.e2e',
  'read-back',
  'following',
  'attendance',
  'papers.whole',
  'accessibility',
].map(name => `test/e2e/${name}`)

ensureNode()
ensureInstalled()
if (!check) ensureBuilt()

let passed = 0
let failed = 0
let skipped = 0
/** What failed, told once more at the end: who sees only the end of a long output must know what to look at. */
const faults = []

/** What it prints stands together, whatever runs beside it. */
function step(name, args) {
  const started = Date.now()
  return new Promise(resolve => {
    const run = spawn(process.execPath, args, { cwd: projectFolder, stdio: ['ignore', 'pipe', 'pipe'] })
    const said = []
    for (const stream of [run.stdout, run.stderr]) stream.on('data', bytes => said.push(bytes))
    run.on('error', error => said.push(Buffer.from(`${error.message}\n`)))
    run.on('close', status => {
      process.stdout.write(Buffer.concat(said))
      const good = status === 0
      console.log(`${good ? 'ok' : 'FAILED'}  ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
      if (good) passed += 1
      else {
        failed += 1
        faults.push(name)
      }
      resolve()
    })
  })
}

// The longest beside the others: each keeps one core busy.
await Promise.all([
  step('types: client', [bin('tsc'), '-p', 'client']),
  (async () => {
    await step('format and lint', [bin('biome'), 'check', '--error-on-warnings', '.'])
    for (const part of ['shared', 'server', 'test']) await step(`types: ${part}`, [bin('tsc'), '-p', part])
  })(),
])

const folder = mkdtempSync(join(tmpdir(), 'dure-test-'))
/** What was reported as skipped: whatever one run leaves out for the same reason as another counts once. */
const skips = new Set()

/** One run of the test runner; its counts are added and its name printed. */
function suites(name, args, environment) {
  const started = Date.now()
  const report = join(folder, `${started}.json`)
  const result = spawnSync(
    process.execPath,
    [
      bin('vitest'),
      ...args,
      '--run',
      '--config=test/vitest.config.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    {
      cwd: projectFolder,
      stdio: 'inherit',
      env: {
        ...process.env,
        ...(deep ? DEEP : {}),
        MONGODB_URL: '',
        DURE_TEST_STORE: '',
        DURE_TEST_RUN: '1',
        ...environment,
      },
    },
  )
  const counted = countOf(report)
  if (counted.failed === 0 && result.status !== 0) counted.failed = 1
  passed += counted.passed
  failed += counted.failed
  console.log(
    `${counted.failed === 0 ? 'ok' : 'FAILED'}  ${name}: ${counted.passed} passed, ${counted.failed} failed ` +
      `(${((Date.now() - started) / 1000).toFixed(1)} s)`,
  )
}

function skip(what) {
  if (skips.has(what)) return
  skips.add(what)
  skipped += 1
  console.log(`skipped  ${what}`)
}

/** Counts a report's tests and names those that were skipped. A report without any test is one failure: nothing was shown. */
function countOf(report) {
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'))
    const count = { passed: numPassedTests, failed: numFailedTests }
    for (const file of testResults) {
      const name = relative(projectFolder, file.name)
      // A file that could not even be loaded has no tests to count, and is one failure.
      if (file.status === 'failed' && file.assertionResults.length === 0) count.failed += 1
      // What went wrong outside its tests (a hook, the loading) stands with the file.
      if (file.status === 'failed' && file.message) faults.push(`${name}: ${firstLinesOf(file.message)}`)
      for (const test of file.assertionResults) {
        if (test.status === 'failed') {
          faults.push(`${name} > ${test.fullName}: ${firstLinesOf(test.failureMessages.join('\n'))}`)
        }
        if (test.status === 'passed' || test.status === 'failed') continue
        skip(`${name}: ${test.fullName}`)
      }
    }
    if (count.passed + count.failed === 0) count.failed = 1
    return count
  } catch (error) {
    console.error(`The test report could not be read: ${error.message}`)
    return { passed: 0, failed: 1 }
  }
}

/** Enough of a message to know what happened; the whole stands further up. */
function firstLinesOf(message) {
  const lines = message.split('\n')
  const own = lines.find(line => line.includes('/test/') && !line.includes('node_modules'))
  return [...lines.slice(0, 12), ...(own ? [own] : [])].join('\n    ').slice(0, 1_500)
}

if (check) suites('unit and property tests', ['--project', 'unit', '--project', 'property'])
else {
  suites('tests', [])
  if (!deep && process.env.DURE_TEST_WHOLE !== '1') {
    skip(
      'whole meetings in browsers, test/e2e/*.whole.e2e.test.ts (skipped: they take minutes; DURE_TEST_WHOLE=1 or --deep runs them)',
    )
  }
  const again = 'the suites that stand on a store, on MongoDB’s protocol'
  const onStore = ['related', 'test/support/store-under-test.ts', '--project', 'unit', '--project', 'process']
  if (process.env.MONGODB_TEST_URL) suites(again, onStore, { DURE_TEST_STORE: 'mongodb' })
  else skip(`${again} (skipped: MONGODB_TEST_URL names no server)`)
  if (deep) {
    // Rounds and edits as every day: what is shown is the other way, not the figure.
    const network = { DURE_TEST_PROXY: 'refuse', RUNS: '6', TRACE_EDITS: '3000' }
    suites('the room behind a network that refuses WebSockets', ['--project', 'e2e', ...ROOM], network)
  }
  // A hundred thousand in forty documents: each line reads what all lines before it wrote, so in one the time grows with the square.
  if (deep) {
    for (let round = 1; round < 40; round++) {
      const mutants = ['test/e2e/hostile.e2e.test.ts', '--testNamePattern', 'mutated frames|after all of it']
      suites(`another 2,500 mutated frames, seed ${round}`, mutants, { SEED: String(round) })
    }
  }
}
rmSync(folder, { recursive: true, force: true })

for (const fault of faults) console.log(`failed  ${fault}`)
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
process.exit(failed === 0 ? 0 : 1)
