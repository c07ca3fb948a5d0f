/** The built application as a real process: started on a free port with its own folders, killed without warning, started again. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BROWSERS, openBlockingProxy } from './blocking-proxy.ts'

const MAIN = join(import.meta.dirname, '..', '..', 'dist', 'server', 'main.js')
const READY = /ready at (\S+)/i

/**
 * `DURE_TEST_PROXY=refuse` (part of the deep run): every browser reaches every server through a network that answers upgrades with 403, so that the
 * same tests show the same room over polling.
 */
export const NETWORK_REFUSES = process.env.DURE_TEST_PROXY === 'refuse'

export interface DureProcess {
  /** Where it is reached; with a network between, the network's. */
  port: number
  /** The address of the installation, e.g. `http://localhost:40123`. */
  url: string
  /** The same server under another host name, e.g. `saengyeon`. */
  urlOf(host: string): string
  folder: string
  dataFolder: string
  keyFile: string
  /** Everything it printed, over all its starts. */
  output(): string
  pid(): number
  /** SIGKILL: nothing is flushed, nobody is told. */
  kill(): Promise<void>
  /** Starts again on the same folders and port. Resolves with the milliseconds from the spawn to the first request that it answered. */
  start(): Promise<number>
  /** Milliseconds of CPU that the last start had used when it answered; what a busy machine does not distort. Linux only, else 0. */
  startCpuMs(): number
  /** SIGTERM, and its exit code. */
  stop(): Promise<number | null>
  /** Stops it and removes its folders. */
  close(): Promise<void>
}

export async function startDure(env: Record<string, string> = {}): Promise<DureProcess> {
  if (!existsSync(MAIN)) throw new Error('The application is not built: run npm run build (npm test does).')
  const folder = await mkdtemp(join(tmpdir(), 'dure-e2e-'))
  const ownPort = await freePort()
  const network = NETWORK_REFUSES ? await openBlockingProxy(ownPort, { answered: 403 }, BROWSERS) : undefined
  const port = network?.port ?? ownPort
  const dataFolder = join(folder, 'data')
  const keyFile = join(folder, 'keys', 'dure.key')
  let child: ChildProcess | undefined
  let printed = ''
  let startCpuMs = 0

  async function start(): Promise<number> {
    const began = performance.now()
    const { MONGODB_URL: _, ...inherited } = process.env
    const started = spawn(process.execPath, ['--enable-source-maps', MAIN], {
      cwd: folder,
      env: {
        ...inherited,
        PORT: String(ownPort),
        ...(network && { DURE_PUBLIC_URL: `http://localhost:${port}` }),
        DURE_DATA_DIR: dataFolder,
        DURE_KEY_FILE: keyFile,
        DURE_DEMO: 'on',
        // Whether it stops is what is asked, not how fast a crowded machine lets it.
        DURE_STOP_SECONDS: '120',
        NODE_ENV: 'test',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child = started
    await new Promise<void>((ready, failed) => {
      let own = ''
      const read = (chunk: Buffer) => {
        printed += chunk
        own += chunk
        if (READY.test(own)) ready()
      }
      started.stdout?.on('data', read)
      started.stderr?.on('data', read)
      started.once('exit', code => failed(new Error(`The server ended with ${code}:\n${own}`)))
    })
    const answer = await fetch(`http://localhost:${ownPort}/api/health`)
    if (!answer.ok) throw new Error(`The server is up and not well (${answer.status}):\n${printed}`)
    const took = performance.now() - began
    startCpuMs = cpuMsOf(started.pid)
    return took
  }

  function ended(process_: ChildProcess): Promise<number | null> {
    if (process_.exitCode !== null || process_.signalCode !== null) return Promise.resolve(process_.exitCode)
    return new Promise(resolve => process_.once('exit', code => resolve(code)))
  }

  async function signal(name: NodeJS.Signals): Promise<number | null> {
    if (!child) return null
    const process_ = child
    child = undefined
    process_.removeAllListeners('exit')
    const end = ended(process_)
    process_.kill(name)
    return end
  }

  await start()
  return {
    port,
    url: `http://localhost:${port}`,
    urlOf: host => `http://${host}.localhost:${port}`,
    folder,
    dataFolder,
    keyFile,
    output: () => printed,
    pid: () => child?.pid ?? 0,
    kill: async () => void (await signal('SIGKILL')),
    start,
    startCpuMs: () => startCpuMs,
    stop: () => signal('SIGTERM'),
    async close() {
      await signal('SIGKILL')
      await network?.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}

/** User and system time of a process so far, in the kernel's ticks of 10 ms (proc(5), fields 14 and 15). */
function cpuMsOf(pid: number | undefined): number {
  if (process.platform !== 'linux' || pid === undefined) return 0
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10
}
