/**
 * The same history through y-websocket's own server (2.1.0, the last with a server in the package; everything in memory, no storage, no access). It is
 * installed into a temporary folder when this is asked for: what it brings along has no place among our packages.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket as NodeWebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import type { Trace } from '../support/replay-trace.ts'
import { figuresOf, replay } from './replay.ts'
import type { ReplayFigures } from './replay-dure.ts'

const PACKAGES = ['y-websocket@2.1.0', 'yjs@13.6.33']
const UNLIMITED = { burst: Number.MAX_SAFE_INTEGER, perSecond: 1 }

export async function replayAtYWebsocket(trace: Trace, edits: number, together: number): Promise<ReplayFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'dure-y-websocket-'))
  let server: ChildProcess | undefined
  const visits: { doc: Y.Doc; provider: WebsocketProvider }[] = []
  try {
    const installed = spawnSync(
      'npm',
      ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', ...PACKAGES],
      {
        encoding: 'utf8',
      },
    )
    if (installed.status !== 0) throw new Error(`y-websocket could not be installed:\n${installed.stderr}`)
    const port = await freePort()
    server = spawn(process.execPath, [join(folder, 'node_modules/y-websocket/bin/server.cjs')], {
      env: { ...process.env, HOST: '127.0.0.1', PORT: String(port) },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const { pid, stdout } = server
    await new Promise<void>((ready, failed) => {
      stdout?.once('data', () => ready())
      server?.once('exit', code => failed(new Error(`y-websocket's server ended with ${code}`)))
    })
    for (let n = 0; n < 3; n++) visits.push(await visit(port))
    const [first, second, reader] = visits
    if (!first || !second || !reader || pid === undefined) throw new Error('Nobody came')
    const before = figuresOf(pid)
    const { seconds, frames, text } = await replay({
      authors: [first, second],
      reader,
      trace,
      edits,
      together,
      pace: UNLIMITED,
    })
    const { peakMb, cpuSeconds } = figuresOf(pid)
    const serverCpuSeconds = cpuSeconds - before.cpuSeconds
    return {
      edits,
      frames,
      seconds,
      serverCpuSeconds,
      serverPeakMb: peakMb,
      leftBytes: undefined,
      compactedBytes: undefined,
      openMs: undefined,
      text,
    }
  } finally {
    for (const { doc, provider } of visits) {
      provider.destroy()
      doc.destroy()
    }
    server?.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
}

async function visit(port: number): Promise<{ doc: Y.Doc; provider: WebsocketProvider }> {
  const doc = new Y.Doc()
  // The provider asks for the browser's class; ws implements what it uses of it.
  const polyfill: unknown = NodeWebSocket
  const provider = new WebsocketProvider(`ws://127.0.0.1:${port}`, 'replay', doc, {
    disableBc: true,
    WebSocketPolyfill: polyfill as typeof WebSocket,
  })
  await new Promise<void>(resolve => {
    provider.on('sync', synced => {
      if (synced) resolve()
    })
  })
  return { doc, provider }
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
