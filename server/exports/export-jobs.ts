/** Exports that are being made or wait to be fetched: in memory only, each for its own maker, once, for a few minutes (EXPORTS.md EX5, EX6). */
import type { ExportForm, ExportFormat } from '../../shared/exports/export-forms.ts'
import type { ConferenceId, ExportId, UserId } from '../../shared/ids.ts'
import type { LeafKey } from '../../shared/minutes/minutes-record.ts'
import type { ExportView } from '../../shared/protocol/exports.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { Log } from '../lib/log.ts'
import type { Clock } from '../rooms/ports.ts'
import type { RenderTask } from './render/render-task.ts'
import { CalledOff, type Renderer, TookTooLong } from './renderer.ts'

/** A person makes the paper and the file of a meeting, and perhaps one for somebody else. */
const MAX_OF_PERSON = 3
const MAX_OF_HOUSE = 20
/** What is made is fetched by the page that waits for it within a second. */
const KEEP_MS = 300_000
const MAX_BYTES = 64 * 1024 * 1024

export interface NewExport {
  exportId: ExportId
  conferenceId: ConferenceId
  userId: UserId
  form: ExportForm
  format: ExportFormat
  fileName: string
  /** What is in it; whoever fetches it must still be allowed to read all of it. */
  leaves: readonly LeafKey[]
}

interface Job extends NewExport {
  state: ExportView['state']
  progress: number
  bytes: Uint8Array | undefined
  problem: ExportView['problem']
  control: AbortController
  stopKeeping: (() => void) | undefined
}

export class ExportJobs {
  readonly #jobs = new Map<ExportId, Job>()
  readonly #renderer: Pick<Renderer, 'render' | 'close'>
  readonly #clock: Clock
  readonly #log: Log

  constructor({ renderer, clock, log }: { renderer: Pick<Renderer, 'render' | 'close'>; clock: Clock; log: Log }) {
    this.#renderer = renderer
    this.#clock = clock
    this.#log = log
  }

  /** Whether this person may begin one more. @throws Refusal `too-fast` */
  assertRoom(userId: UserId): void {
    const own = [...this.#jobs.values()].filter(job => job.userId === userId && job.state !== 'failed')
    if (own.length >= MAX_OF_PERSON || this.#jobs.size >= MAX_OF_HOUSE) throw new Refusal('too-fast', 'exports-waiting')
  }

  /** @param work what is still to be written, or what is written already */
  begin(started: NewExport, work: RenderTask | Uint8Array): ExportView {
    this.assertRoom(started.userId)
    const job: Job = {
      ...started,
      state: 'waiting',
      progress: 0,
      bytes: undefined,
      problem: null,
      control: new AbortController(),
      stopKeeping: undefined,
    }
    this.#jobs.set(job.exportId, job)
    if (work instanceof Uint8Array) this.#finish(job, work)
    else {
      this.#renderer
        .render(work, {
          signal: job.control.signal,
          onStart: () => {
            job.state = 'making'
          },
          onProgress: share => {
            job.progress = share
          },
        })
        .then(bytes => this.#finish(job, bytes))
        .catch((error: unknown) => this.#fail(job, error))
    }
    return viewOf(job)
  }

  /** Of the one who made it; to others it is not there. */
  view(exportId: ExportId, of: { userId: UserId; conferenceId: ConferenceId }): ExportView {
    return viewOf(this.#own(exportId, of))
  }

  find(exportId: ExportId, of: { userId: UserId; conferenceId: ConferenceId }): NewExport & Pick<ExportView, 'state'> {
    return this.#own(exportId, of)
  }

  /** The bytes, once. @throws Refusal `not-found` when there is none, or not yet */
  take(exportId: ExportId, of: { userId: UserId; conferenceId: ConferenceId }): { name: string; bytes: Uint8Array } {
    const job = this.#own(exportId, of)
    if (job.bytes === undefined) throw new Refusal('not-found', 'export-not-ready')
    this.#forget(job)
    return { name: job.fileName, bytes: job.bytes }
  }

  cancel(exportId: ExportId, of: { userId: UserId; conferenceId: ConferenceId }): void {
    const job = this.#own(exportId, of)
    this.#forget(job)
    job.control.abort()
  }

  async close(): Promise<void> {
    for (const job of [...this.#jobs.values()]) this.#forget(job)
    await this.#renderer.close()
  }

  #own(exportId: ExportId, of: { userId: UserId; conferenceId: ConferenceId }): Job {
    const job = this.#jobs.get(exportId)
    if (job === undefined || job.userId !== of.userId || job.conferenceId !== of.conferenceId) {
      throw new Refusal('not-found')
    }
    return job
  }

  #finish(job: Job, bytes: Uint8Array): void {
    if (this.#jobs.get(job.exportId) !== job) return
    if (bytes.length > MAX_BYTES) {
      job.state = 'failed'
      job.problem = 'too-long'
    } else {
      job.state = 'ready'
      job.progress = 1
      job.bytes = bytes
    }
    this.#keep(job)
  }

  #fail(job: Job, error: unknown): void {
    if (this.#jobs.get(job.exportId) !== job || error instanceof CalledOff) return
    job.state = 'failed'
    job.problem = error instanceof TookTooLong ? 'too-long' : 'internal'
    const { exportId, form, format } = job
    this.#log.error({ error, exportId, form, format }, 'An export could not be made')
    this.#keep(job)
  }

  #keep(job: Job): void {
    job.stopKeeping = this.#clock.after(KEEP_MS, () => this.#forget(job))
  }

  #forget(job: Job): void {
    job.stopKeeping?.()
    this.#jobs.delete(job.exportId)
  }
}

function viewOf({ exportId, form, format, state, progress, fileName, bytes, problem }: Job): ExportView {
  return { exportId, form, format, state, progress, fileName, bytes: bytes?.length ?? null, problem }
}
