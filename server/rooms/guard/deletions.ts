/**
 * Judges what an update deletes. Only what is known may be deleted (a deletion of the future would silently eat what somebody types later), and
 * only in roots that the writer may write.
 *
 * One exception: Yjs removes superfluous formatting by itself, on every copy that receives a change, whoever may write there. Such a deletion
 * passes in a foreign root when the text looks the same without it.
 */
import * as Y from 'yjs'
import type { WriterFacts } from '../ports.ts'
import { splitsCharacter } from './characters.ts'
import type { Effort } from './effort.ts'
import type { NewStructs } from './new-structs.ts'
import { Refused } from './refused.ts'
import { type AnyType, mayWriteRoot, type ShapeFinder } from './shapes.ts'
import type { ReadDeletions } from './update-reader.ts'

export interface DeletionContext {
  doc: Y.Doc
  writer: WriterFacts
  effort: Effort
  shapes: ShapeFinder
  fresh: NewStructs
}

/** @returns whether nothing new goes, only formatting that nobody sees, or more. */
export function judgeDeletions(
  deletions: readonly ReadDeletions[],
  context: DeletionContext,
): 'nothing' | 'tidies' | 'something' {
  const judging = new Judging(context)
  for (const { client, ranges } of deletions) {
    const known = Y.getState(context.doc.store, client)
    const state = context.fresh.stateOf(client)
    const structs = context.doc.store.clients.get(client)
    for (let i = 0; i < ranges.length; i += 2) {
      const clock = ranges[i] ?? 0
      const end = clock + (ranges[i + 1] ?? 0)
      if (end > state) throw new Refused('update-refused', 'deletion')
      if (context.fresh.splitsCharacter(client, clock) || context.fresh.splitsCharacter(client, end)) {
        throw new Refused('update-refused', 'surrogate')
      }
      if (structs !== undefined && clock < known) judging.range(structs, clock, Math.min(end, known))
    }
  }
  return judging.outcome()
}

class Judging {
  readonly #context: DeletionContext
  /** Formats that would go, by the text they stand in; kept as long as nothing else goes, and always for foreign roots. */
  readonly #formats = new Map<AnyType, { items: Set<Y.Item>; foreign: boolean }>()
  /** How many items go in each text that has formatting: Yjs looks at all the others around each of them. */
  readonly #inFormatted = new Map<AnyType, number>()
  #others = false

  constructor(context: DeletionContext) {
    this.#context = context
  }

  range(structs: (Y.Item | Y.GC)[], clock: number, end: number): void {
    const first = Y.findIndexSS(structs, clock)
    let touched = false
    for (let i = first; i < structs.length; i += 1) {
      const struct = structs[i]
      if (struct === undefined || struct.id.clock >= end) break
      if (struct instanceof Y.GC || struct.deleted) continue
      touched = true
      if (splitsCharacter(struct, clock) || splitsCharacter(struct, end))
        throw new Refused('update-refused', 'surrogate')
      this.#item(struct)
    }
    // Splitting at both ends and joining afterwards each move the rest of the array.
    if (touched) this.#context.effort.move(2 * (structs.length - first))
  }

  #item(item: Y.Item): void {
    const type = item.parent
    if (!(type instanceof Y.AbstractType)) throw new Refused('update-refused', 'parent')
    const shape = this.#context.shapes.of(type)
    if (shape === undefined) throw new Refused('update-refused', 'root')
    const foreign = !mayWriteRoot(shape.root, this.#context.writer)
    if (type instanceof Y.XmlText && type._hasFormatting) {
      const count = (this.#inFormatted.get(type) ?? 0) + 1
      this.#inFormatted.set(type, count)
      this.#context.effort.place(count >> 5)
    }
    if (!(item.content instanceof Y.ContentFormat)) {
      if (foreign) throw new Refused('update-refused', 'right')
      this.#others = true
      return
    }
    const formats = this.#formats.get(type) ?? { items: new Set(), foreign }
    formats.items.add(item)
    this.#formats.set(type, formats)
  }

  outcome(): 'nothing' | 'tidies' | 'something' {
    if (this.#formats.size === 0) return this.#others ? 'something' : 'nothing'
    let onlyTidies = !this.#others && this.#context.fresh.count === 0
    for (const [type, { items, foreign }] of this.#formats) {
      if (!foreign && !onlyTidies) continue
      if (looksTheSameWithout(type, items)) continue
      if (foreign) throw new Refused('update-refused', 'right')
      onlyTidies = false
    }
    return onlyTidies ? 'tidies' : 'something'
  }
}

/** Whether every letter of a text keeps its look when some formats go. */
function looksTheSameWithout(type: AnyType, going: ReadonlySet<Y.Item>): boolean {
  const now = new Map<string, string>()
  const then = new Map<string, string>()
  const different = new Set<string>()
  for (let item = type._start; item !== null; item = item.right) {
    if (item.deleted) continue
    if (item.content instanceof Y.ContentFormat) {
      const { key, value } = item.content
      const look = JSON.stringify(value)
      now.set(key, look)
      if (!going.has(item)) then.set(key, look)
      if (now.get(key) === (then.get(key) ?? 'null')) different.delete(key)
      else different.add(key)
    } else if (item.countable && different.size > 0) {
      return false
    }
  }
  return true
}
