/**
 *   npx tsx test/benchmark/run.ts [edits|all] [edits a frame]
 *
 * Replays the recorded histories at Dure (build it first) and at y-websocket's server, and prints one line each.
 */
import { readTrace } from '../support/replay-trace.ts'
import { type ReplayFigures, replayAtDure } from './replay-dure.ts'
import { replayAtYWebsocket } from './replay-y-websocket.ts'

const wanted = process.argv[2] ?? '3000'
const together = Number(process.argv[3] ?? (wanted === 'all' ? 20 : 1))
const columns = [
  'recording',
  'server',
  'edits',
  'frames',
  'seconds',
  'server CPU s',
  'server peak MB',
  'log and snapshots left, bytes',
  'compacted, bytes',
  'open again ms',
]
console.log(`| ${columns.join(' | ')} |\n|${' --- |'.repeat(columns.length)}`)
for (const name of ['automerge-paper', 'friendsforever']) {
  const trace = readTrace(name)
  if ('missing' in trace) {
    console.log(`${name} is left out: ${trace.missing}`)
    continue
  }
  const edits = wanted === 'all' ? trace.edits.length : Math.min(Number(wanted), trace.edits.length)
  const show = (server: string, figures: ReplayFigures) => {
    const { frames, seconds, serverCpuSeconds, serverPeakMb, leftBytes, compactedBytes, openMs, text } = figures
    if (edits === trace.edits.length && text !== trace.endContent) throw new Error(`${server} ends with another text`)
    const cells = [
      name,
      server,
      edits,
      frames,
      seconds.toFixed(1),
      serverCpuSeconds.toFixed(1),
      serverPeakMb.toFixed(0),
      leftBytes ?? '–',
      compactedBytes ?? '–',
      openMs?.toFixed(0) ?? '–',
    ]
    console.log(`| ${cells.join(' | ')} |`)
  }
  show('Dure', await replayAtDure(trace, edits, together))
  show('y-websocket 2.1.0', await replayAtYWebsocket(trace, edits, together))
}
