import { expect, test } from 'vitest'
import { readTrace, replayTrace, textAfter } from '../support/replay-trace.ts'

/** `EDITS=all` replays the whole of each recording. */
const wanted = process.env.EDITS ?? '5000'

for (const name of ['automerge-paper', 'friendsforever']) {
  const trace = readTrace(name)
  const reason = 'missing' in trace ? ` (skipped: ${trace.missing})` : ''
  test.skipIf('missing' in trace)(
    `the recorded history ${name} goes through guard, log and receipts to the same text${reason}`,
    async () => {
      if ('missing' in trace) return
      const edits = wanted === 'all' ? trace.edits.length : Math.min(Number(wanted), trace.edits.length)
      const figures = await replayTrace(trace, edits)
      expect(figures.copiesEqual).toBe(true)
      if (edits === trace.edits.length) expect(figures.text).toBe(trace.endContent)
      else if (trace.authors === 1) expect(figures.text).toBe(textAfter(trace, edits))
      expect(figures.text.length).toBeGreaterThan(1000)
      const { text, ...shown } = figures
      console.info(name, shown)
    },
    600_000,
  )
}
