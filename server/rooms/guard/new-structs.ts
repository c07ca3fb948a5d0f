/**
 * The structs of an update that the document does not know yet: puts each, in the order in which Yjs would, under the type it belongs to, and
 * checks it against the layout there. Only a struct without neighbours names its parent; every other one stands where its neighbours stand, which
 * are in the document or earlier in the update.
 */
import * as Y from 'yjs'
import type { WriterFacts } from '../ports.ts'
import { isBetweenHalves, splitsCharacter } from './characters.ts'
import { type Effort, stepsAfterInMap, stepsBetween } from './effort.ts'
import type { GuardLimits } from './limits.ts'
import { Refused } from './refused.ts'
import {
  type AnyType,
  isAllowedContent,
  isAllowedKey,
  mayWriteRoot,
  type Shape,
  type ShapeFinder,
  shapeOfChild,
} from './shapes.ts'
import { SideBySide } from './side-by-side.ts'
import type { Reference } from './update-cursor.ts'
import { type ReadItem, type ReadSection, type ReadStruct, textOf, type UpdateContent } from './update-reader.ts'

/** A shared type, of the document or of this update, as something to put structs into. */
interface Holder {
  shape: Shape
  /** Undefined for one that comes with this update, or a root that nothing was in yet. */
  type: AnyType | undefined
  /** Characters, for a run of text. */
  length: number
}

/** Where a struct stands; undefined when what it hung on was collected, so that it will be collected too. */
type Spot = { holder: Holder; key: string | undefined } | undefined

/** Somebody beside whom a new struct stands: in the document (`item`), or in this update (`placed`). */
interface Neighbour {
  client: number
  clock: number
  item: Y.Item | undefined
  placed: Placed | undefined
}

/** A new struct that has been placed. */
interface Placed {
  struct: ReadStruct
  spot: Spot
  content: UpdateContent | undefined
  /** For a shared type, what can be put into it. */
  holder: Holder | undefined
  /** The first neighbour to the right that the document knows; undefined for the end. */
  knownRight: Y.Item | undefined
  /** The text of a string, once somebody asked. */
  text: string | undefined
}

interface Pending {
  section: ReadSection
  /** The document's clock of this client. */
  known: number
  /** Placed so far, ascending. */
  placed: Placed[]
  /** Index of the next struct to place. */
  next: number
  /** Its clock. */
  head: number
  waiting: boolean
}

/** So few structs cannot cost much among themselves. */
const FEW = 64

export class NewStructs {
  count = 0
  readonly #bytes: Uint8Array
  readonly #doc: Y.Doc
  readonly #writer: WriterFacts
  readonly #limits: GuardLimits
  readonly #effort: Effort
  readonly #shapes: ShapeFinder
  readonly #pending = new Map<number, Pending>()
  readonly #holders = new Map<AnyType, Holder>()
  readonly #newRoots = new Map<string, Holder>()
  readonly #sideBySide = new SideBySide()

  constructor(options: {
    bytes: Uint8Array
    doc: Y.Doc
    writer: WriterFacts
    limits: GuardLimits
    effort: Effort
    shapes: ShapeFinder
  }) {
    this.#bytes = options.bytes
    this.#doc = options.doc
    this.#writer = options.writer
    this.#limits = options.limits
    this.#effort = options.effort
    this.#shapes = options.shapes
  }

  /** Takes a section that goes beyond what is known of its client. */
  add(section: ReadSection, known: number): void {
    const next = section.structs.findIndex(struct => struct.clock + struct.length > known)
    const head = section.structs[next]?.clock ?? known
    this.count += section.structs.length - next
    this.#pending.set(section.client, { section, known, placed: [], next, head, waiting: false })
  }

  /**
   * Checks the part of a section that the document knows. It will change nothing, but Yjs looks up what it names all the same: that must be known
   * too, and must not be cut between the halves of a character, and a root's name must be one (each new one would stay in memory).
   */
  checkKnown(section: ReadSection, known: number): void {
    for (const struct of section.structs) {
      if (struct.clock + struct.length > known) return
      if (struct.is === 'gc') continue
      const { origin, rightOrigin, parent } = struct
      if (origin !== undefined) this.#checkKnownReference(origin, origin.clock + 1)
      if (rightOrigin !== undefined) this.#checkKnownReference(rightOrigin, rightOrigin.clock)
      if (typeof parent === 'object') this.#checkKnownReference(parent, 0)
      if (typeof parent === 'string' && this.#shapes.ofRoot(parent) === undefined) {
        throw new Refused('update-refused', 'root')
      }
    }
  }

  #checkKnownReference(named: Reference, cut: number): void {
    const structs = this.#doc.store.clients.get(named.client)
    const last = structs?.[structs.length - 1]
    if (structs === undefined || last === undefined || named.clock >= last.id.clock + last.length) {
      throw new Refused('update-refused', 'order')
    }
    const index = Y.findIndexSS(structs, named.clock)
    const struct = structs[index]
    if (struct instanceof Y.Item && cut > struct.id.clock && cut < struct.id.clock + struct.length) {
      if (splitsCharacter(struct, cut)) throw new Refused('update-refused', 'surrogate')
      this.#effort.move(structs.length - index)
    }
  }

  #known({ client, clock }: Reference): Neighbour {
    return { client, clock, item: this.#itemAt(client, clock), placed: undefined }
  }

  /** The clock that a client will have after this update. */
  stateOf(client: number): number {
    return this.#pending.get(client)?.section.end ?? Y.getState(this.#doc.store, client)
  }

  /** Places and checks every struct. A struct waits for those it names, also of another client; a circle is refused. */
  place(): void {
    for (const start of this.#pending.values()) {
      while (start.next < start.section.structs.length) {
        const waiting: Pending[] = [start]
        while (waiting.length > 0) {
          const pending = waiting[waiting.length - 1]
          const struct = pending?.section.structs[pending.next]
          if (pending === undefined || struct === undefined) throw new Refused('update-refused', 'order')
          const missing = this.#missingFor(struct, pending)
          if (missing === undefined) {
            this.#placeStruct(struct, pending)
            pending.next += 1
            pending.head = struct.clock + struct.length
            pending.waiting = false
            waiting.pop()
          } else {
            pending.waiting = true
            const other = this.#pending.get(missing)
            if (other === undefined || other.waiting || other.next >= other.section.structs.length) {
              throw new Refused('update-refused', 'order')
            }
            waiting.push(other)
          }
        }
      }
    }
  }

  /** The client of something that the struct names and that is not there yet. */
  #missingFor(struct: ReadStruct, pending: Pending): number | undefined {
    if (struct.is === 'gc') return undefined
    const { origin, rightOrigin, parent } = struct
    const own = pending.section.client
    if (origin !== undefined && this.#isMissing(origin, own, struct.clock)) return origin.client
    if (rightOrigin !== undefined && this.#isMissing(rightOrigin, own, struct.clock)) return rightOrigin.client
    if (typeof parent === 'object' && this.#isMissing(parent, own, struct.clock)) return parent.client
    return undefined
  }

  #isMissing(named: Reference, own: number, clock: number): boolean {
    if (named.client !== own) return named.clock >= this.#headOf(named.client)
    if (named.clock >= clock) throw new Refused('update-refused', 'order')
    return false
  }

  #headOf(client: number): number {
    const pending = this.#pending.get(client)
    return pending === undefined ? Y.getState(this.#doc.store, client) : Math.max(pending.head, pending.known)
  }

  #placeStruct(struct: ReadStruct, pending: Pending): void {
    const placed: Placed = {
      struct,
      spot: undefined,
      content: undefined,
      holder: undefined,
      knownRight: undefined,
      text: undefined,
    }
    if (struct.is === 'item') this.#placeItem(struct, placed, pending)
    pending.placed.push(placed)
  }

  #placeItem(struct: ReadItem, placed: Placed, pending: Pending): void {
    const left = struct.origin && this.#neighbour(struct.origin)
    const right = struct.rightOrigin && this.#neighbour(struct.rightOrigin)
    const spot = this.#spotOf(struct, left, right)
    placed.content = struct.content
    placed.spot = spot
    const overlap = pending.known - struct.clock
    if (overlap > 0) this.#checkOverlap(pending.section.client, pending.known, spot)
    this.#countSplits(left, right)
    if (spot === undefined) return
    const { holder, key } = spot
    if (!mayWriteRoot(holder.shape.root, this.#writer)) throw new Refused('update-refused', 'right')
    placed.holder = this.#check(struct, holder, key)
    if (struct.content.is === 'string') {
      holder.length += struct.length - Math.max(overlap, 0)
      if (holder.length > this.#limits.textLength) throw new Refused('too-large', 'text')
    }
    this.#countSteps(struct, placed, spot, left, right, pending)
  }

  /** A struct of which the document knows the beginning must go on where that beginning stands. */
  #checkOverlap(client: number, known: number, spot: Spot): void {
    const before = this.#itemAt(client, known - 1)
    if (before === undefined) {
      if (spot !== undefined) throw new Refused('update-refused', 'overlap')
      return
    }
    const same =
      spot !== undefined && before.parent === spot.holder.type && (before.parentSub ?? undefined) === spot.key
    if (!same) throw new Refused('update-refused', 'overlap')
  }

  #check(struct: ReadItem, holder: Holder, key: string | undefined): Holder | undefined {
    const { shape } = holder
    const { content } = struct
    if (content.is !== 'type') {
      if (isAllowedContent(shape, key, content)) return undefined
      throw new Refused('update-refused', isAllowedKey(shape, key) ? 'value' : 'key')
    }
    const child = shapeOfChild(shape, key, content)
    if (child === undefined) throw new Refused('update-refused', 'type')
    if (child.in === 'blocks' && child.depth > this.#limits.depth) throw new Refused('too-large', 'depth')
    return { shape: child, type: undefined, length: 0 }
  }

  /** Where a struct stands, as Yjs finds it. Neighbours that stand apart from each other were never neighbours. */
  #spotOf(struct: ReadItem, left: Neighbour | undefined, right: Neighbour | undefined): Spot {
    if (struct.parent !== undefined) return this.#spotIn(struct.parent, struct.key)
    const leftSpot = left && this.#spotAt(left)
    const rightSpot = right && this.#spotAt(right)
    if (left !== undefined && right !== undefined && leftSpot !== undefined && rightSpot !== undefined) {
      if (leftSpot.holder !== rightSpot.holder || leftSpot.key !== rightSpot.key) {
        throw new Refused('update-refused', 'neighbours')
      }
    }
    // Splitting a neighbour must not reach into what is not the writer's either.
    for (const spot of [leftSpot, rightSpot]) {
      if (spot !== undefined && !mayWriteRoot(spot.holder.shape.root, this.#writer)) {
        throw new Refused('update-refused', 'right')
      }
    }
    const gone = (left !== undefined && leftSpot === undefined) || (right !== undefined && rightSpot === undefined)
    return gone ? undefined : (leftSpot ?? rightSpot)
  }

  #spotIn(parent: string | Reference, key: string | undefined): Spot {
    if (typeof parent === 'string') return { holder: this.#root(parent), key }
    const neighbour = this.#neighbour(parent)
    if (neighbour.placed !== undefined) {
      const { spot, holder, content } = neighbour.placed
      if (holder !== undefined) return { holder, key }
      if (spot === undefined || content?.is === 'deleted') return undefined
      throw new Refused('update-refused', 'parent')
    }
    if (neighbour.item === undefined || neighbour.item.content instanceof Y.ContentDeleted) return undefined
    if (!(neighbour.item.content instanceof Y.ContentType)) throw new Refused('update-refused', 'parent')
    return { holder: this.#holderOf(neighbour.item.content.type), key }
  }

  #spotAt(neighbour: Neighbour): Spot {
    if (neighbour.placed !== undefined) return neighbour.placed.spot
    const item = neighbour.item
    if (item === undefined) return undefined
    if (!(item.parent instanceof Y.AbstractType)) throw new Refused('update-refused', 'parent')
    return { holder: this.#holderOf(item.parent), key: item.parentSub ?? undefined }
  }

  #root(name: string): Holder {
    const type = this.#doc.share.get(name)
    if (type !== undefined) return this.#holderOf(type)
    const known = this.#newRoots.get(name)
    if (known !== undefined) return known
    const shape = this.#shapes.ofRoot(name)
    if (shape === undefined) throw new Refused('update-refused', 'root')
    const holder: Holder = { shape, type: undefined, length: 0 }
    this.#newRoots.set(name, holder)
    return holder
  }

  #holderOf(type: AnyType): Holder {
    const known = this.#holders.get(type)
    if (known !== undefined) return known
    const shape = this.#shapes.of(type)
    if (shape === undefined) throw new Refused('update-refused', 'root')
    const holder: Holder = { shape, type, length: type._length }
    this.#holders.set(type, holder)
    return holder
  }

  #neighbour(named: Reference): Neighbour {
    const { client, clock } = named
    const pending = this.#pending.get(client)
    if (pending !== undefined && clock >= pending.known) {
      return { client, clock, item: undefined, placed: placedAt(pending.placed, clock) }
    }
    return this.#known(named)
  }

  /** The document's item of that id; undefined when it was collected. */
  #itemAt(client: number, clock: number): Y.Item | undefined {
    const structs = this.#doc.store.clients.get(client)
    const struct = structs?.[Y.findIndexSS(structs, clock)]
    return struct instanceof Y.Item ? struct : undefined
  }

  /** Counts what it will cost to put the struct between its neighbours (see `effort.ts`). */
  #countSteps(
    struct: ReadItem,
    placed: Placed,
    spot: { holder: Holder; key: string | undefined },
    left: Neighbour | undefined,
    right: Neighbour | undefined,
    pending: Pending,
  ): void {
    const { holder, key } = spot
    placed.knownRight = right?.placed === undefined ? right?.item : right.placed.knownRight
    if (this.count >= FEW) {
      const before = left?.placed?.struct
      const insideNew = left !== undefined && before !== undefined && left.clock < before.clock + before.length - 1
      const together = this.#sideBySide.put(pending.section.client, struct, holder, key, insideNew)
      if (!together) this.#effort.place(this.count)
    }
    if (left?.placed === undefined && holder.type !== undefined) {
      const most = this.#effort.placingLeft
      const steps =
        key === undefined
          ? stepsBetween(holder.type, left?.item, left?.clock ?? 0, placed.knownRight, most)
          : stepsAfterInMap(holder.type, key, left?.item, most)
      if (steps > 0) this.#effort.place(steps)
    }
  }

  #countSplits(left: Neighbour | undefined, right: Neighbour | undefined): void {
    if (left !== undefined) this.#countSplit(left, left.clock + 1)
    if (right !== undefined) this.#countSplit(right, right.clock)
  }

  /** Counts, and refuses between the halves of a character, the cut before a clock that Yjs will make in what is there already. */
  #countSplit(at: Neighbour, clock: number): void {
    const { item, placed } = at
    if (placed !== undefined && this.#splitsPlaced(placed, clock)) throw new Refused('update-refused', 'surrogate')
    if (item === undefined || clock <= item.id.clock || clock >= item.id.clock + item.length) return
    if (splitsCharacter(item, clock)) throw new Refused('update-refused', 'surrogate')
    const structs = this.#doc.store.clients.get(at.client)
    if (structs !== undefined) this.#effort.move(structs.length - Y.findIndexSS(structs, at.clock))
  }

  /** Whether a cut before this clock would go between the halves of a character of this update. */
  splitsCharacter(client: number, clock: number): boolean {
    const pending = this.#pending.get(client)
    if (pending === undefined || clock <= pending.known || clock >= pending.section.end) return false
    return this.#splitsPlaced(placedAt(pending.placed, clock), clock)
  }

  #splitsPlaced(placed: Placed, clock: number): boolean {
    const { content, struct } = placed
    const at = clock - struct.clock
    // Characters beyond U+FFFF take four bytes for two units; text without any is at most three for one, so this is only a shortcut for ASCII.
    if (content?.is !== 'string' || at <= 0 || at >= struct.length || content.end - content.start === struct.length) {
      return false
    }
    placed.text ??= textOf(this.#bytes, content)
    return isBetweenHalves(placed.text, at)
  }
}

function placedAt(placed: readonly Placed[], clock: number): Placed {
  // What was typed last is asked for first.
  let low = 0
  let high = placed.length - 1
  for (let middle = high; low <= high; middle = (low + high) >> 1) {
    const found = placed[middle]
    if (found === undefined || clock < found.struct.clock) high = middle - 1
    else if (clock >= found.struct.clock + found.struct.length) low = middle + 1
    else return found
  }
  throw new Refused('update-refused', 'order')
}
