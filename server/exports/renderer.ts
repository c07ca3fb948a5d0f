/**
 * Writes exports beside the server: one process, one task after the other. It is begun when it is needed and ended when nothing was asked for a
 * while (fonts take memory), when a task is called off, or when one takes too long. A process and no thread: what collects a thread's garbage are
 * helpers that all threads of a process share, and on two cores those held up whoever was writing (p95 of a letter 16 ms instead of 4).
 */
import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Clock } from '../rooms/ports.ts'
import type { RenderTask } from './render/render-task.ts'
import type { RenderMessage } from './render-process.ts'

export interface RendererOptions {
  clock: Clock
  /** Of the process's own time at a core: it gives way to everybody, so on a busy machine it may wait for long. 500 pages take about a minute. */
  limitMs?: number
  idleMs?: number
  memoryMb?: number
  /** The time at a core that a process has had. Undefined where that is not told; then what passes on the clock is counted. */
  coreMsOf?: (pid: number) => number | undefined
}

/** However much it waits for its turn: so many times the limit on the clock, then it is cut all the same. */
const MOST_WAITING = 10

/** A task that took longer than it may. */
export class TookTooLong extends Error {
  override name = 'TookTooLong'
}

export class CalledOff extends Error {
  override name = 'CalledOff'
}

interface Waiting {
  task: RenderTask
  onStart(): void
  onProgress(share: number): void
  resolve(bytes: Uint8Array): void
  reject(error: Error): void
}

const isSource = import.meta.url.endsWith('.ts')
/** Beside this file as it is written, or beside the bundle as it is built (`server/vite.config.ts`). */
const PROCESS = new URL(isSource ? './render-process.ts' : './render-process.js', import.meta.url)
const FONTS = new URL(isSource ? './assets/fonts/' : './fonts/', import.meta.url)
/** 300 densely written pages take 600 MB, all of the process counted; a limit, not what is taken. */
const MEMORY_MB = 1536

export class Renderer {
  readonly #clock: Clock
  readonly #limitMs: number
  readonly #idleMs: number
  readonly #memoryMb: number
  readonly #coreMsOf: (pid: number) => number | undefined
  readonly #waiting: Waiting[] = []
  #current: (Waiting & { id: number; stopLimit: () => void; pieces: Uint8Array[] }) | undefined
  #process: ChildProcess | undefined
  /** Whether the process is one that waits for everybody else. It cannot become another. */
  #isPatient = false
  #stopIdle: (() => void) | undefined
  #lastId = 0
  #isClosed = false

  constructor({
    clock,
    limitMs = 120_000,
    idleMs = 120_000,
    memoryMb = MEMORY_MB,
    coreMsOf = coreMsOfProcess,
  }: RendererOptions) {
    this.#clock = clock
    this.#limitMs = limitMs
    this.#idleMs = idleMs
    this.#memoryMb = memoryMb
    this.#coreMsOf = coreMsOf
  }

  /** @throws CalledOff, TookTooLong, or what went wrong in it */
  render(
    task: RenderTask,
    { signal, onStart, onProgress }: { signal: AbortSignal; onStart(): void; onProgress(share: number): void },
  ): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      if (signal.aborted || this.#isClosed) {
        reject(new CalledOff())
        return
      }
      const waiting: Waiting = { task, onStart, onProgress, resolve, reject }
      signal.addEventListener('abort', () => this.#callOff(waiting), { once: true })
      this.#waiting.push(waiting)
      this.#next()
    })
  }

  async close(): Promise<void> {
    this.#isClosed = true
    for (const { reject } of this.#waiting.splice(0)) reject(new CalledOff())
    this.#end(new CalledOff())
    const ending = this.#process
    if (ending === undefined) return
    this.#dismiss()
    if (ending.exitCode === null && ending.signalCode === null) await new Promise(ended => ending.once('exit', ended))
  }

  #next(): void {
    if (this.#current !== undefined || this.#isClosed) return
    const next = this.#waiting.shift()
    if (next === undefined) {
      this.#stopIdle ??= this.#clock.after(this.#idleMs, () => this.#dismiss())
      return
    }
    this.#stopIdle?.()
    this.#stopIdle = undefined
    this.#lastId += 1
    const id = this.#lastId
    this.#current = { ...next, id, stopLimit: () => undefined, pieces: [] }
    const begun = this.#begun(isLong(next.task))
    this.#watch(id, { before: this.#coreMs() ?? 0, looks: MOST_WAITING })
    next.onStart()
    begun.send({ id, task: next.task })
  }

  /** Looks after each time limit whether the task has had that much of a core. */
  #watch(id: number, { before, looks }: { before: number; looks: number }): void {
    const current = this.#current
    if (current?.id !== id) return
    current.stopLimit = this.#clock.after(this.#limitMs, () => {
      const had = (this.#coreMs() ?? Number.POSITIVE_INFINITY) - before
      if (had < this.#limitMs && looks > 1) {
        this.#watch(id, { before, looks: looks - 1 })
        return
      }
      this.#dismiss()
      this.#end(new TookTooLong())
    })
  }

  #coreMs(): number | undefined {
    return this.#process?.pid === undefined ? undefined : this.#coreMsOf(this.#process.pid)
  }

  #begun(isPatient: boolean): ChildProcess {
    if (this.#isPatient !== isPatient) this.#dismiss()
    if (this.#process !== undefined) return this.#process
    this.#isPatient = isPatient
    const begun = fork(fileURLToPath(PROCESS), [FONTS.href, ...(isPatient ? ['patient'] : [])], {
      // Bytes and dates as they are.
      serialization: 'advanced',
      // Nothing of the server's environment is its business.
      env: {},
      execArgv: [
        `--max-old-space-size=${this.#memoryMb}`,
        // Its helpers would not be of its low priority.
        '--single-threaded-gc',
        '--v8-pool-size=0',
        ...(isSource ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href] : []),
      ],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    begun.unref()
    begun.channel?.unref()
    begun.on('message', message => this.#heard(begun, message as RenderMessage))
    const isGone = (error: Error) => {
      if (this.#process !== begun) return
      this.#process = undefined
      this.#end(error)
    }
    begun.on('error', isGone)
    // Out of memory (V8 then aborts), or killed: only the task that it had is lost.
    begun.on('exit', (code, signal) =>
      isGone(signal === 'SIGABRT' ? new TookTooLong() : new Error(`What writes exports ended with ${signal ?? code}`)),
    )
    this.#process = begun
    return begun
  }

  #heard(from: ChildProcess, message: RenderMessage): void {
    const current = this.#current
    if (this.#process !== from || current?.id !== message.id) return
    if ('progress' in message) current.onProgress(message.progress)
    else if ('piece' in message) current.pieces.push(message.piece)
    else if ('isDone' in message) this.#end(Buffer.concat(current.pieces))
    else this.#end(new Error(message.failure))
  }

  #callOff(waiting: Waiting): void {
    const at = this.#waiting.indexOf(waiting)
    if (at !== -1) {
      this.#waiting.splice(at, 1)
      waiting.reject(new CalledOff())
      return
    }
    if (this.#current?.resolve !== waiting.resolve) return
    this.#dismiss()
    this.#end(new CalledOff())
  }

  #end(result: Uint8Array | Error): void {
    const current = this.#current
    if (current === undefined) return
    this.#current = undefined
    current.stopLimit()
    if (result instanceof Error) current.reject(result)
    else current.resolve(result)
    this.#next()
  }

  #dismiss(): void {
    this.#stopIdle?.()
    this.#stopIdle = undefined
    const ending = this.#process
    this.#process = undefined
    // Whatever it still says is for no task that is there. It holds nothing that could be lost.
    ending?.kill('SIGKILL')
  }
}

/** About so many blocks stand on a hundred pages: what takes longer than somebody watches it. */
const LONG_BLOCKS = 800

const isLong = (task: RenderTask): boolean => task.kind === 'paper' && task.paper.blocks.length > LONG_BLOCKS

/** User and system time of a process so far, in the kernel's ticks of 10 ms (proc(5), fields 14 and 15). Linux only. */
function coreMsOfProcess(pid: number): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return undefined // It has just ended; then it is told so by itself.
  }
}
