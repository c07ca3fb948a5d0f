/** What writes exports, as it really runs: beside the event loop, called off, cut short. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { minutesForm } from '../../../server/exports/forms/minutes-form.ts'
import type { RenderTask } from '../../../server/exports/render/render-task.ts'
import { CalledOff, Renderer, TookTooLong } from '../../../server/exports/renderer.ts'
import { systemClock } from '../../../server/lib/clock.ts'
import { FakeClock } from '../../support/fake-clock.ts'
import { pdfPages } from './readers.ts'
import { sampleSource } from './sample-minutes.ts'

let renderer: Renderer
beforeEach(() => {
  renderer = new Renderer({ clock: systemClock })
})
afterEach(() => renderer.close())

const paper = minutesForm(sampleSource())
const pdf = (times: number): RenderTask => ({
  kind: 'paper',
  format: 'pdf',
  madeAt: new Date(0),
  paper: { ...paper, blocks: Array.from({ length: times }, () => paper.blocks).flat() },
})
const csv: RenderTask = { kind: 'sheet', format: 'csv', sheet: { name: '', columns: [], rows: [['말']], stamp: '' } }

const asked = (control = new AbortController()) => {
  const progress: number[] = []
  let start: () => void = () => undefined
  const started = new Promise<void>(resolve => {
    start = resolve
  })
  return {
    signal: control.signal,
    onStart: start,
    onProgress: (share: number) => progress.push(share),
    progress,
    started,
    control,
  }
}

test('[EX5] a long PDF is written beside the event loop, with progress, and the next task after it', async () => {
  const long = asked()
  const order: string[] = []
  const done = renderer.render(pdf(12), long).then(bytes => {
    order.push('pdf')
    return bytes
  })
  const next = renderer.render(csv, asked()).then(() => order.push('csv'))
  await long.started
  const before = process.cpuUsage()
  const bytes = await done
  const { user, system } = process.cpuUsage(before)
  const pages = pdfPages(bytes)
  await next
  expect(order).toEqual(['pdf', 'csv'])
  expect(pages.length).toBeGreaterThan(20)
  expect(long.progress.length).toBeGreaterThan(2)
  // What the processor worked in here meanwhile, whatever else the machine does; a PDF written here would take seconds.
  expect((user + system) / 1000).toBeLessThan(500)
})

test('[EX5] one that is called off ends at once, waiting or under way, and the next one is written', async () => {
  const first = asked()
  const second = asked()
  const under = renderer.render(pdf(40), first)
  const waiting = renderer.render(pdf(1), second)
  const third = renderer.render(csv, asked())
  await first.started
  second.control.abort()
  await expect(waiting).rejects.toBeInstanceOf(CalledOff)
  first.control.abort()
  await expect(under).rejects.toBeInstanceOf(CalledOff)
  expect(Buffer.from(await third).toString()).toContain('말')
})

test('[EX5] one that takes too long is cut, and the next one is written', async () => {
  const clock = new FakeClock()
  let coreMs = 5_000
  const limited = new Renderer({ clock, limitMs: 1000, coreMsOf: () => coreMs })
  try {
    await limited.render(csv, asked())
    const first = asked()
    let isCut = false
    const long = limited.render(pdf(40), first).finally(() => {
      isCut = true
    })
    const next = limited.render(csv, asked())
    await first.started
    // It waits for its turn, and is let wait.
    coreMs += 999
    await clock.advance(1000)
    await clock.advance(999)
    expect(isCut).toBe(false)
    coreMs += 1
    const [, bytes] = await Promise.all([expect(long).rejects.toBeInstanceOf(TookTooLong), next, clock.advance(1)])
    expect(Buffer.from(bytes).toString()).toContain('말')
  } finally {
    await limited.close()
  }
})

test('[EX5] one that does not fit into its memory is too long', async () => {
  const small = new Renderer({ clock: systemClock, memoryMb: 24 })
  try {
    await expect(small.render(pdf(15), asked())).rejects.toBeInstanceOf(TookTooLong)
  } finally {
    await small.close()
  }
})

test('closing ends what is under way', async () => {
  const first = asked()
  const under = renderer.render(pdf(40), first)
  await first.started
  const [, closed] = await Promise.allSettled([under, renderer.close()])
  expect(closed.status).toBe('fulfilled')
  await expect(under).rejects.toBeInstanceOf(CalledOff)
})
