/** What the guard remembers of one document object: the shapes of its types, and its size by estimate. */
import * as Y from 'yjs'
import type { DocumentLayout } from '../../../shared/documents/layout-language.ts'
import type { GuardLimits } from './limits.ts'
import { ShapeFinder } from './shapes.ts'

/** A document this near its limit counts as full; the rest is how much must be added before it is measured again. */
const MARGIN = 0.02

/**
 * Adding up what is accepted never says too little, and says too much as text is deleted and joined; so the document is measured when the sum
 * reaches the limit, and what is over then is refused until something was applied that may have made it smaller.
 */
export class GuardMemory {
  readonly shapes: ShapeFinder
  readonly #doc: Y.Doc
  #bytes: number | undefined
  #structs: number | undefined
  #fullSinceLastChange = false

  /** @param bytes how large the document is in storage, when that is known; it is measured otherwise, once. */
  constructor(doc: Y.Doc, layout: DocumentLayout, bytes?: number) {
    this.#doc = doc
    this.shapes = new ShapeFinder(doc, layout)
    this.#bytes = bytes
  }

  /** Told of what was applied, in bytes. */
  grew(bytes: number): void {
    if (this.#bytes !== undefined) this.#bytes += bytes
    this.#fullSinceLastChange = false
  }

  /** Whether so much more may be added. */
  hasRoomFor(bytes: number, structs: number, limits: GuardLimits): boolean {
    if (this.#fullSinceLastChange) return false
    const fits = this.#hasStructsFor(structs, limits.documentStructs) && this.#hasBytesFor(bytes, limits.documentBytes)
    this.#fullSinceLastChange = !fits
    return fits
  }

  #hasStructsFor(structs: number, most: number): boolean {
    this.#structs = (this.#structs ?? this.#countStructs()) + structs
    if (this.#structs > most) this.#structs = this.#countStructs() + structs
    return this.#structs <= most
  }

  #hasBytesFor(bytes: number, most: number): boolean {
    this.#bytes ??= Y.encodeStateAsUpdate(this.#doc).length
    if (this.#bytes + bytes <= most) return true
    this.#bytes = Y.encodeStateAsUpdate(this.#doc).length
    return this.#bytes + bytes <= most * (1 - MARGIN)
  }

  #countStructs(): number {
    let count = 0
    for (const structs of this.#doc.store.clients.values()) count += structs.length
    return count
  }
}
