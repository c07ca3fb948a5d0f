/**
 *   npx tsx test/benchmark/import.ts
 *
 * A list of 43,000 households, as text and as a workbook, through the application's own parts on the embedded store: how long it is read and taken in, what memory it takes, and
 * how long the event loop, on which meetings run, was ever held up. `ROWS=` for less.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { renderXlsx } from '../../server/exports/render/sheets.ts'
import { listFindings } from '../../server/imports/finding-views.ts'
import { openWorld, settle } from '../server/conferences/world.ts'
import { csv, HEADINGS, importsUnderTest, row } from '../server/imports/imports-under-test.ts'

const ROWS = Number(process.env.ROWS ?? 43_000)

const rows = Array.from({ length: ROWS }, (_, n) =>
  row(n, {
    성명: `김${String.fromCharCode(0xac00 + (n % 9_000))}${String.fromCharCode(0xac00 + ((n * 13 + Math.floor(n / 9_000)) % 9_000))}`,
    연락처: `010-${String(2000 + Math.floor(n / 8_000))}-${String(1000 + (n % 8_000))}`,
    // One row in two hundred has a fault, one in five hundred a resident number.
    생년월일:
      n % 200 === 7
        ? '모름'
        : n % 500 === 3
          ? '610302-2234567'
          : `19${String(30 + (n % 60))}-0${1 + (n % 9)}-1${n % 10}`,
  }),
)
const text = Buffer.from(csv([[...HEADINGS], ...rows]))
const book = Buffer.from(
  renderXlsx({ name: '명단', columns: HEADINGS.map(label => ({ label, width: 12 })), rows, stamp: '끝' }),
)
console.log('| what | MB | read s | taken in s | households | longest hold-up ms | memory, all of the process MB |')
console.log('| --- | --- | --- | --- | --- | --- | --- |')
for (const [name, content] of [
  ['text', text],
  ['workbook', book],
] as const) {
  const world = await openWorld()
  const town = await settle(world)
  const lists = await importsUnderTest(world)
  globalThis.gc?.()
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  let peak = 0
  const watching = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss)
  }, 20)
  const began = performance.now()
  const list = await lists.read(town.leader, town.dong, content)
  const readMs = performance.now() - began
  const { takeIn } = await import('../../server/imports/import-commands.ts')
  const from = performance.now()
  await takeIn(lists.parts, world.by(town.leader), list, { _v: list._v, keep: [] })
  await lists.takingIn.settled(list._id)
  const takenMs = performance.now() - from
  delay.disable()
  clearInterval(watching)
  const { counts } = await listFindings(lists.parts, world.by(town.leader), town.dong, {})
  const asked: number[] = []
  for (let n = 0; n < 20; n++) {
    const start = performance.now()
    await listFindings(lists.parts, world.by(town.leader), town.dong, {
      text: n % 2 === 0 ? 'ㄱㄱㄴ' : '단전',
      from: n * 50,
    })
    asked.push(performance.now() - start)
  }
  console.log(
    `| ${name} | ${(content.length / 1e6).toFixed(1)} | ${(readMs / 1000).toFixed(1)} | ${(takenMs / 1000).toFixed(1)} | ${counts.waiting} | ${(delay.max / 1e6).toFixed(0)} | ${(peak / 1e6).toFixed(0)} |`,
  )
  asked.sort((a, b) => a - b)
  console.log(
    `the board by a text, a page of it: p50 ${asked[10]?.toFixed(0)} ms, worst ${asked.at(-1)?.toFixed(0)} ms`,
  )
  await lists.takingIn.close()
  await world.close()
}
