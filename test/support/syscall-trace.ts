/** The system calls of a running server, as strace sees them: what went to the store's file, what was synced, what left on a socket. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Whether strace is here and may trace; else the reason for a skip. */
export function whyNoStrace(): string | undefined {
  const tried = spawnSync('strace', ['-f', '-o', '/dev/null', 'true'])
  return tried.status === 0 ? undefined : 'strace is missing or may not trace here'
}

/**
 * `data` a write into the store's file, `much` one of at least {@link MUCH_BYTES} (what the test wrote, and not what the server notes beside it), `synced` the end of a sync of it, `counts` a write through the descriptor on which every write is synced
 * (the page that makes a commit count), `receipt` the write of a receipt frame to a socket.
 */
export type Step = 'data' | 'much' | 'synced' | 'counts' | 'receipt'

export const MUCH_BYTES = 32_768

/** Traces the process while `work` goes on. */
export async function traceSteps(pid: number, work: () => Promise<void>): Promise<Step[]> {
  const folder = mkdtempSync(join(tmpdir(), 'dure-strace-'))
  const file = join(folder, 'trace')
  const calls = 'trace=write,writev,pwrite64,pwritev,fsync,fdatasync,msync'
  try {
    const files = storeDescriptors(pid)
    const strace = spawn('strace', ['-f', '-xx', '-s', '64', '-e', calls, '-o', file, '-p', `${pid}`], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const ended = new Promise<void>(resolve => strace.once('exit', () => resolve()))
    await new Promise<void>((resolve, reject) => {
      strace.once('exit', code => reject(new Error(`strace ended with ${code}`)))
      strace.stderr.on('data', (said: Buffer) => {
        if (said.includes('attached')) resolve()
      })
    })
    await work()
    strace.kill('SIGINT')
    await ended
    return readFileSync(file, 'utf8')
      .split('\n')
      .flatMap(line => stepOf(line, files))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface StoreDescriptors {
  all: ReadonlySet<string>
  /** Opened with O_DSYNC. */
  syncing: ReadonlySet<string>
}

const O_DSYNC = 0o10000

function storeDescriptors(pid: number): StoreDescriptors {
  const all = new Set<string>()
  const syncing = new Set<string>()
  for (const descriptor of readdirSync(`/proc/${pid}/fd`)) {
    if (!linkOf(`/proc/${pid}/fd/${descriptor}`).endsWith('.mdb')) continue
    all.add(descriptor)
    const flags = /flags:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/fdinfo/${descriptor}`, 'utf8'))?.[1] ?? '0'
    if ((Number.parseInt(flags, 8) & O_DSYNC) !== 0) syncing.add(descriptor)
  }
  return { all, syncing }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    // Closed between the listing and the look.
    return ''
  }
}

/** A sync counts when it is through, a write from its start. */
function stepOf(line: string, { all, syncing }: StoreDescriptors): Step[] {
  if (/<\.\.\. (fdatasync|fsync|msync) resumed>.*= 0/.test(line)) return ['synced']
  const call = /^\d+ +(\w+)\((\d+)/.exec(line)
  const [, name = '', descriptor = ''] = call ?? []
  if (name === 'msync') return line.endsWith('= 0') ? ['synced'] : []
  if (name === 'fsync' || name === 'fdatasync') return all.has(descriptor) && line.endsWith('= 0') ? ['synced'] : []
  if (all.has(descriptor))
    return [syncing.has(descriptor) ? 'counts' : bytesAsked(line) >= MUCH_BYTES ? 'much' : 'data']
  // A binary frame of less than 126 bytes whose message begins with 120 (PROTOCOL.md).
  return /"(?:\\x[0-9a-f]{2})*?\\x82\\x[0-7][0-9a-f]\\x78/.test(line) ? ['receipt'] : []
}

/** How many bytes a write was called with: `pwrite64(7, "…"..., 61440, 8192)`, or the parts of a `pwritev`. */
function bytesAsked(line: string): number {
  const parts = [...line.matchAll(/iov_len=(\d+)/g)]
  if (parts.length > 0) return parts.reduce((sum, [, length]) => sum + Number(length), 0)
  return Number(/"(?:\.\.\.)?, (\d+)/.exec(line)?.[1] ?? 0)
}
