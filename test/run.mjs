/**
 * `npm test`: everything this machine can run, from a fresh clone, ending in one line of counts. `--check` runs the front door (format, lint,
 * types, unit, property); `--deep` the same tests as `npm test` with the rounds and seeds of the published figures.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { bin, ensureBuilt, ensureInstalled, ensureNode, projectFolder } from '../server/bin/ensure.mjs'

const check = process.argv.includes('--check')
const deep = process.argv.includes('--deep')
const DEEP = { DEEP: '1', SEEDS: '500', ROUNDS: '200', MUTANTS: '100000', RUNS: '50', TRACE_EDITS: 'all' }

ensureNode()
ensureInstalled()
if (!check) ensureBuilt()

let passed = 0
let failed = 0
let skipped = 0

function step(name, args) {
  const started = Date.now()
  const result = spawnSync(process.execPath, args, { cwd: projectFolder, stdio: 'inherit' })
  const good = result.status === 0
  console.log(`${good ? 'ok' : 'FAILED'}  ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
  if (good) passed += 1
  else failed += 1
}

step('format and lint', [bin('biome'), 'check', '--error-on-warnings', '.'])
for (const part of ['shared', 'server', 'client', 'test']) step(`types: ${part}`, [bin('tsc'), '-p', part])

const folder = mkdtempSync(join(tmpdir(), 'dure-test-'))
const report = join(folder, 'report.json')
const projects = check ? ['--project', 'unit', '--project', 'property'] : []
const tests = spawnSync(
  process.execPath,
  [
    bin('vitest'),
    'run',
    '--config',
    'test/vitest.config.ts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...projects,
  ],
  {
    cwd: projectFolder,
    stdio: 'inherit',
    env: { ...process.env, ...(deep ? DEEP : {}), MONGODB_URL: '', DURE_TEST_RUN: '1' },
  },
)
let counted = false
try {
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'))
  counted = true
  passed += numPassedTests
  failed += numFailedTests
  for (const file of testResults) {
    // A file that could not even be loaded has no tests to count, and is one failure.
    if (file.status === 'failed' && file.assertionResults.length === 0) failed += 1
    for (const test of file.assertionResults) {
      if (test.status === 'passed' || test.status === 'failed') continue
      skipped += 1
      console.log(`skipped  ${relative(projectFolder, file.name)}: ${test.fullName}`)
    }
  }
} catch (error) {
  console.error(`The test report could not be read: ${error.message}`)
}
if (!counted || (tests.status !== 0 && failed === 0)) failed += 1
rmSync(folder, { recursive: true, force: true })

console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
process.exit(failed === 0 ? 0 : 1)
