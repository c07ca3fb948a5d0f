/**
 * Writes exports off the event loop: one thread, one task after the other. The thread is begun when it is needed and ended when nothing was
 * asked for a while (fonts take memory), when a task is called off, or when one takes too long.
 */
import { readFileSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { Clock } from '../rooms/ports.ts'
import type { RenderTask } from './render/render-task.ts'
import type { RenderMessage } from './render-worker.ts'

export interface RenderThreadOptions {
  clock: Clock
  /** Of the thread's own time at a core: it gives way to everybody, so on a busy machine it may wait for long. 500 pages take about a minute. */
  limitMs?: number
  idleMs?: number
  memoryMb?: number
  /** The time at a core that a thread has had. Undefined where that is not told; then what passes on the clock is counted. */
  coreMsOf?: (thread: string) => number | undefined
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
const WORKER = new URL(isSource ? './render-worker.ts' : './render-worker.js', import.meta.url)
const FONTS = new URL(isSource ? './assets/fonts/' : './fonts/', import.meta.url)
/** Node 20 reads no TypeScript, and a thread does not take over its parent's loader. In development and tests only. */
const FROM_SOURCE = `import('tsx/esm/api').then(({ register }) => {
  register()
  return import(${JSON.stringify(WORKER.href)})
})`
/** 300 densely written pages take 600 MB, all of the process counted; a limit, not what is taken. */
const MEMORY_MB = 1536

export class RenderThread {
  readonly #clock: Clock
  readonly #limitMs: number
  readonly #idleMs: number
  readonly #memoryMb: number
  readonly #coreMsOf: (thread: string) => number | undefined
  readonly #waiting: Waiting[] = []
  #current: (Waiting & { id: number; stopLimit: () => void }) | undefined
  #worker: Worker | undefined
  /** Its name to the kernel, once it has said so. */
  #thread: string | undefined
  #stopIdle: (() => void) | undefined
  #lastId = 0
  #isClosed = false

  constructor({
    clock,
    limitMs = 120_000,
    idleMs = 120_000,
    memoryMb = MEMORY_MB,
    coreMsOf = coreMsOfThread,
  }: RenderThreadOptions) {
    this.#clock = clock
    this.#limitMs = limitMs
    this.#idleMs = idleMs
    this.#memoryMb = memoryMb
    this.#coreMsOf = coreMsOf
  }

  /** @throws CalledOff, TookTooLong, or what went wrong in the thread */
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
    await this.#worker?.terminate()
    this.#worker = undefined
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
    this.#current = { ...next, id, stopLimit: () => undefined }
    this.#watch(id, { before: this.#coreMs() ?? 0, looks: MOST_WAITING })
    next.onStart()
    this.#begun().postMessage({ id, task: next.task })
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
    return this.#thread === undefined ? undefined : this.#coreMsOf(this.#thread)
  }

  #begun(): Worker {
    if (this.#worker !== undefined) return this.#worker
    const options = {
      workerData: { fontFolder: FONTS.href },
      // Nothing of the server's environment is the thread's business.
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: this.#memoryMb },
    }
    const worker = isSource ? new Worker(FROM_SOURCE, { ...options, eval: true }) : new Worker(WORKER, options)
    worker.unref()
    worker.on('message', (message: RenderMessage) => {
      if ('thread' in message) {
        if (this.#worker === worker) this.#thread = message.thread
        return
      }
      if (this.#current?.id !== message.id) return
      if ('progress' in message) this.#current.onProgress(message.progress)
      else if ('bytes' in message) this.#end(message.bytes)
      else this.#end(new Error(message.failure))
    })
    // Out of memory, or it could not begin: only the task that it had is lost.
    worker.on('error', error => {
      if (this.#worker !== worker) return
      this.#worker = undefined
      this.#thread = undefined
      this.#end(isOutOfMemory(error) ? new TookTooLong() : error instanceof Error ? error : new Error(String(error)))
    })
    this.#worker = worker
    return worker
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
    const worker = this.#worker
    this.#worker = undefined
    this.#thread = undefined
    // It ends by itself; whatever it still says is for no task that is there.
    void worker?.terminate()
  }
}

/** A paper that does not fit is too long for whoever asked for it. */
const isOutOfMemory = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'

/** User and system time of a thread so far, in the kernel's ticks of 10 ms (proc(5), fields 14 and 15). Linux only. */
function coreMsOfThread(thread: string): number | undefined {
  try {
    const fields = readFileSync(`/proc/${thread}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return undefined // It has just ended; then it is told so by itself.
  }
}
