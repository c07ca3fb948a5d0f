/** Recorded histories of real writing through the real process: the browser's clients, sockets, guard, encryption, receipts, and the store read cold. */
import { expect, test } from 'vitest'
import { replayAtDure } from '../benchmark/replay-dure.ts'
import { readTrace, textAfter } from '../support/replay-trace.ts'

const wanted = process.env.TRACE_EDITS ?? '3000'
/** One frame an edit as far as that is quick: the server lets one person send 300 a second, and nobody types faster. */
const together = wanted === 'all' ? 20 : 1

for (const name of ['automerge-paper', 'friendsforever']) {
  const trace = readTrace(name)
  const reason = 'missing' in trace ? ` (skipped: ${trace.missing})` : ''
  test.skipIf('missing' in trace)(
    `${name} ends with the recorded text in every copy and at rest${reason}`,
    async () => {
      if ('missing' in trace) return
      const edits = wanted === 'all' ? trace.edits.length : Math.min(Number(wanted), trace.edits.length)
      const { text, ...figures } = await replayAtDure(trace, edits, together)
      if (edits === trace.edits.length) expect(text).toBe(trace.endContent)
      else if (trace.authors === 1) expect(text).toBe(textAfter(trace, edits))
      expect(text.length).toBeGreaterThan(1_000)
      console.log(name, JSON.stringify(figures))
    },
  )
}
