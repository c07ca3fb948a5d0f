/**
 * What can be found in the stored documents, in memory (SPEC SQ10, SQ11). It knows nothing of persons: who asks names the documents that the person
 * may read. Documents are read as they lie at rest, each when it is first asked for or while the index is filled, and again after something
 * was stored in it.
 */

import type { Log } from '../lib/log.ts'
import type { Clock, StoredDocumentState } from '../rooms/ports.ts'
import { RoomDocument } from '../rooms/room-document.ts'
import { type DocumentEntries, entriesOf, NO_ENTRIES } from './document-entries.ts'

export interface SearchIndexOptions {
  documents: { load(document: string): Promise<StoredDocumentState> }
  clock: Pick<Clock, 'now'>
  log: Log
  maxCharacters?: number
}

/** 100 million characters: some 250 MB of Hangul, far more than a city's years of conferences; beyond it the least lately asked for go. */
const MAX_CHARACTERS = 100_000_000
/** A document that is being written is read again at most so often: nobody searches for the word that is being typed. */
export const READ_AGAIN_AFTER_MS = 2_000
/** Reads side by side. More would only take turns, and would hold the meetings up. */
const READS_AT_ONCE = 8

interface Known {
  entries: DocumentEntries
  /** When it was read, in the clock's time. */
  readAt: number
  /** Something was stored since. */
  isBehind: boolean
}

export class SearchIndex {
  readonly #options: SearchIndexOptions
  readonly #maxCharacters: number
  /** The least lately asked for first. */
  readonly #known = new Map<string, Known>()
  readonly #reading = new Map<string, { work: Promise<DocumentEntries>; isBehind: boolean }>()
  #characters = 0
  #filling: Promise<void> = Promise.resolve()
  #isClosed = false

  constructor(options: SearchIndexOptions) {
    this.#options = options
    this.#maxCharacters = options.maxCharacters ?? MAX_CHARACTERS
  }

  get size(): { documents: number; characters: number } {
    return { documents: this.#known.size, characters: this.#characters }
  }

  /** Something was stored in a document. */
  noteStored(document: string): void {
    const known = this.#known.get(document)
    if (known !== undefined) known.isBehind = true
    const reading = this.#reading.get(document)
    if (reading !== undefined) reading.isBehind = true
  }

  /** They are gone: nothing of them stays in memory, nor comes back by a reading that began before. */
  async drop(documents: readonly string[]): Promise<void> {
    for (const document of documents) {
      await this.#reading.get(document)?.work
      this.#forget(document)
    }
  }

  /** What can be found in these documents. One that cannot be read has nothing to be found, and is told in the log. */
  async of(documents: readonly string[]): Promise<Map<string, DocumentEntries>> {
    const found = new Map<string, DocumentEntries>()
    const missing: string[] = []
    for (const document of new Set(documents)) {
      const known = this.#known.get(document)
      if (known === undefined || this.#isTooOld(known)) missing.push(document)
      else {
        found.set(document, known.entries)
        this.#touch(document, known)
      }
    }
    for (let from = 0; from < missing.length; from += READS_AT_ONCE) {
      const some = missing.slice(from, from + READS_AT_ONCE)
      const read = await Promise.all(some.map(document => this.#read(document)))
      for (const [index, document] of some.entries()) found.set(document, read[index] ?? NO_ENTRIES)
    }
    return found
  }

  /** Reads these documents one after another, giving way to everything else, until the index is full or closed. */
  fill(documents: readonly string[]): Promise<void> {
    this.#filling = this.#filling.then(() => this.#fillWith(documents))
    return this.#filling
  }

  /** Stops filling; resolves when nothing is read any more. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#filling
  }

  async #fillWith(documents: readonly string[]): Promise<void> {
    for (const document of documents) {
      if (this.#isClosed || this.#characters >= this.#maxCharacters) return
      if (this.#known.has(document)) continue
      await this.#read(document)
      await new Promise(resolve => setImmediate(resolve))
    }
  }

  #isTooOld({ isBehind, readAt }: Known): boolean {
    return isBehind && this.#options.clock.now() - readAt >= READ_AGAIN_AFTER_MS
  }

  /** Whoever asks for a document that is being read waits for the same reading. */
  #read(document: string): Promise<DocumentEntries> {
    const reading = this.#reading.get(document)
    if (reading !== undefined) return reading.work
    const started = { work: this.#readNow(document), isBehind: false }
    this.#reading.set(document, started)
    return started.work
  }

  async #readNow(document: string): Promise<DocumentEntries> {
    const readAt = this.#options.clock.now()
    let entries = NO_ENTRIES
    try {
      const stored = RoomDocument.fromStored(await this.#options.documents.load(document))
      entries = entriesOf(document, stored.doc)
      stored.destroy()
    } catch (error) {
      this.#options.log.warn({ error, document }, 'A document cannot be searched')
    }
    const isBehind = this.#reading.get(document)?.isBehind ?? false
    this.#reading.delete(document)
    this.#forget(document)
    this.#known.set(document, { entries, readAt, isBehind })
    this.#characters += entries.characters
    this.#makeRoom()
    return entries
  }

  #touch(document: string, known: Known): void {
    this.#known.delete(document)
    this.#known.set(document, known)
  }

  #forget(document: string): void {
    const known = this.#known.get(document)
    if (known === undefined) return
    this.#known.delete(document)
    this.#characters -= known.entries.characters
  }

  #makeRoom(): void {
    for (const document of this.#known.keys()) {
      if (this.#characters <= this.#maxCharacters) return
      this.#forget(document)
    }
  }
}
