/**
 * Files on their way to one item: one after another, so that the first is there early. Not React, so that it is tested with plain values.
 * A file that cannot be taken is told before anything is sent; one that failed stays with its words until it is tried again or put away.
 */
import {
  PAPER_FILE_NAME_MAX,
  PAPER_MAX_BYTES,
  PAPER_TITLE_MAX,
  PAPERS_PER_ITEM,
  type PaperAbout,
} from '../../../shared/protocol/papers.ts'
import { ApiError } from '../../lib/api.ts'
import { Cancelled } from '../../lib/files-api.ts'
import type { Sending } from '../../lib/papers-api.ts'

export interface UploadFile {
  name: string
  size: number
}

/** Why a file stays here: a word of the texts (`fault.…`), or what the server said. */
export type UploadFault = 'kind' | 'hangul' | 'tooLarge' | 'empty' | 'full'

export interface UploadRow {
  id: number
  name: string
  bytes: number
  state: 'waiting' | 'sending' | 'failed'
  sent: number
  fault: UploadFault | undefined
  error: ApiError | undefined
  /** Trying the same file again can help. */
  mayRetry: boolean
}

export interface UploadQueueOptions<File extends UploadFile> {
  send(about: PaperAbout, file: File, sending: Sending): Promise<unknown>
  /** How many papers lie there already. */
  count(): number
  onChange(): void
  /** One has arrived. */
  onArrived(): void
}

const ENDINGS = /\.(pdf|png|jpe?g|txt)$/i
const OFFICE = /\.(hwp|hwpx|docx?|xlsx?|pptx?|odt)$/i
/** What a name may not hold, see `paperAbout`. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: taking them out is the point
const UNFIT = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Cs}/gu

export function faultOf({ name, size }: UploadFile): UploadFault | undefined {
  if (OFFICE.test(name)) return 'hangul'
  if (!ENDINGS.test(name)) return 'kind'
  if (size > PAPER_MAX_BYTES) return 'tooLarge'
  return size === 0 ? 'empty' : undefined
}

/** What is said about a file: its name as one line (a Mac takes syllables apart), and the same without the ending as title. */
export function aboutOf(file: UploadFile): PaperAbout {
  const name = file.name.normalize('NFC').replace(UNFIT, ' ').trim()
  const ending = /\.[a-z0-9]{1,8}$/i.exec(name)?.[0] ?? ''
  const stem = name.slice(0, name.length - ending.length).trim() || '회의자료'
  return { title: cut(stem, PAPER_TITLE_MAX), fileName: `${cut(stem, PAPER_FILE_NAME_MAX - ending.length)}${ending}` }
}

/** So many UTF-16 units at most, no character in halves. */
function cut(text: string, max: number): string {
  let kept = ''
  for (const character of text) {
    if (kept.length + character.length > max) break
    kept += character
  }
  return kept.trim()
}

/** Reasons that the same file meets again. */
const FINAL = new Set(['bad-content-type', 'bad-request', 'too-large', 'not-allowed', 'not-found'])

export class UploadQueue<File extends UploadFile> {
  readonly #options: UploadQueueOptions<File>
  readonly #files = new Map<number, File>()
  #rows: readonly UploadRow[] = []
  #nextId = 1
  #sending: AbortController | undefined

  constructor(options: UploadQueueOptions<File>) {
    this.#options = options
  }

  get rows(): readonly UploadRow[] {
    return this.#rows
  }

  get isBusy(): boolean {
    return this.#rows.some(row => row.state !== 'failed')
  }

  add(files: readonly File[]): void {
    let free = PAPERS_PER_ITEM - this.#options.count() - this.#rows.filter(row => row.state !== 'failed').length
    for (const file of files) {
      const fault = faultOf(file) ?? (free-- > 0 ? undefined : 'full')
      const id = this.#nextId++
      this.#files.set(id, file)
      this.#rows = [
        ...this.#rows,
        {
          id,
          name: file.name.normalize('NFC'),
          bytes: file.size,
          state: fault === undefined ? 'waiting' : 'failed',
          sent: 0,
          fault,
          error: undefined,
          mayRetry: false,
        },
      ]
    }
    this.#options.onChange()
    this.#sendNext()
  }

  retry(id: number): void {
    this.#set(id, { state: 'waiting', sent: 0, error: undefined })
    this.#sendNext()
  }

  /** Cancels one that is on its way, forgets one that waits or failed. */
  putAway(id: number): void {
    if (this.#rows.find(row => row.id === id)?.state === 'sending') this.#sending?.abort()
    this.#forget(id)
    this.#options.onChange()
  }

  close(): void {
    this.#sending?.abort()
    this.#rows = []
    this.#files.clear()
  }

  #sendNext(): void {
    if (this.#sending !== undefined) return
    const next = this.#rows.find(row => row.state === 'waiting')
    const file = next && this.#files.get(next.id)
    if (next === undefined || file === undefined) return
    const controller = new AbortController()
    this.#sending = controller
    this.#set(next.id, { state: 'sending' })
    void this.#send(next.id, file, controller.signal).finally(() => {
      this.#sending = undefined
      this.#sendNext()
    })
  }

  async #send(id: number, file: File, signal: AbortSignal): Promise<void> {
    try {
      await this.#options.send(aboutOf(file), file, { signal, onSent: sent => this.#set(id, { sent }) })
      this.#forget(id)
      this.#options.onArrived()
      this.#options.onChange()
    } catch (caught) {
      if (caught instanceof Cancelled || signal.aborted) return
      const error = caught instanceof ApiError ? caught : new ApiError('internal')
      this.#set(id, { state: 'failed', error, mayRetry: !FINAL.has(error.reason) || error.detail === 'upload-broken' })
    }
  }

  #forget(id: number): void {
    this.#files.delete(id)
    this.#rows = this.#rows.filter(row => row.id !== id)
  }

  #set(id: number, change: Partial<UploadRow>): void {
    if (!this.#rows.some(row => row.id === id)) return
    this.#rows = this.#rows.map(row => (row.id === id ? { ...row, ...change } : row))
    this.#options.onChange()
  }
}

/** For the file dialog. */
export const ACCEPTED_TYPES: readonly string[] = ['.pdf', '.png', '.jpg', '.jpeg', '.txt']
