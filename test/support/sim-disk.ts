/**
 * A document store whose disk can fail. What was appended is durable only when the append has resolved; a crash takes everything else. Each
 * operation may take time, fail, be stored although it said it failed, or hang.
 */
import {
  type Clock,
  type DocumentStore,
  type LogRecord,
  SequenceTaken,
  type StoredDocumentState,
} from '../../server/rooms/ports.ts'

interface Shelf {
  snapshot: { payload: Uint8Array; upTo: number } | undefined
  records: Map<number, Uint8Array>
}

export type DiskMood = 'well' | 'failing' | 'failing-after-writing' | 'hanging'

export class SimDisk implements DocumentStore {
  mood: DiskMood = 'well'
  loadMood: 'well' | 'failing' | 'hanging' = 'well'
  compactMood: 'well' | 'failing' = 'well'
  appendMs = 0
  loads = 0
  appends = 0
  compactions = 0
  /** Appends that said they failed, and of those the ones that were written all the same. */
  failures = 0
  writtenFailures = 0
  readonly #clock: Clock
  readonly #shelves = new Map<string, Shelf>()
  #epoch = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  async load(document: string): Promise<StoredDocumentState> {
    this.loads++
    await this.#passes(this.loadMood)
    const shelf = this.#shelf(document)
    const upTo = shelf.snapshot?.upTo ?? 0
    const tail = [...shelf.records]
      .filter(([sequence]) => sequence > upTo)
      .sort(([a], [b]) => a - b)
      .map(([sequence, payload]) => ({ sequence, payload }))
    return { snapshot: shelf.snapshot, tail }
  }

  async append(document: string, record: LogRecord): Promise<void> {
    this.appends++
    const epoch = this.#epoch
    const { mood } = this
    if (mood === 'failing' || mood === 'failing-after-writing') this.failures++
    if (mood === 'failing-after-writing') {
      this.#write(document, record)
      this.writtenFailures++
    }
    if (this.appendMs > 0) await new Promise<void>(resolve => this.#clock.after(this.appendMs, resolve))
    await this.#passes(mood)
    // The process that asked is gone; nothing was written for it and nobody hears this.
    if (epoch !== this.#epoch) return new Promise(() => {})
    this.#write(document, record)
  }

  async compact(document: string, snapshot: { payload: Uint8Array; upTo: number }): Promise<void> {
    if (this.compactMood === 'failing') throw new Error('compaction failed')
    const shelf = this.#shelf(document)
    if ((shelf.snapshot?.upTo ?? 0) > snapshot.upTo) return
    shelf.snapshot = snapshot
    for (const sequence of shelf.records.keys()) if (sequence <= snapshot.upTo) shelf.records.delete(sequence)
    this.compactions++
  }

  /** The machine goes down: what is in flight is gone. */
  crash(): void {
    this.#epoch++
  }

  recordsOf(document: string): number {
    return this.#shelf(document).records.size
  }

  /** Loses a record, as a damaged disk would. */
  lose(document: string, sequence: number): void {
    this.#shelf(document).records.delete(sequence)
  }

  #write(document: string, record: LogRecord): void {
    const { records, snapshot } = this.#shelf(document)
    if (records.has(record.sequence) || record.sequence <= (snapshot?.upTo ?? 0)) throw new SequenceTaken()
    records.set(record.sequence, record.payload.slice())
  }

  async #passes(mood: DiskMood): Promise<void> {
    if (mood === 'hanging') return new Promise(() => {})
    if (mood !== 'well') throw new Error('the disk failed')
  }

  #shelf(document: string): Shelf {
    const shelf = this.#shelves.get(document) ?? { snapshot: undefined, records: new Map() }
    this.#shelves.set(document, shelf)
    return shelf
  }
}
