/**
 * A writer whose every word can be followed: each change carries a token `⟨writer:seq⟩`, and which tokens the server has acknowledged is
 * counted here from the frames themselves (PROTOCOL.md, receipts), independently of the client's own bookkeeping.
 */
import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'
import { kindOfFrame } from '../../client/room/watched-socket.ts'
import { actionOf, addAction } from '../../shared/documents/actions-document.ts'
import { discussionOf } from '../../shared/documents/item-document.ts'
import type { ActionId, AgencyId, UserId } from '../../shared/ids.ts'
import { idFromBytes } from '../../shared/ids.ts'
import { MESSAGE, readReceipt } from '../../shared/protocol/sync-frames.ts'
import type { FrameTap, OpenDocument, Person } from './person.ts'
import type { SeededRandom } from './seeded-random.ts'

const TOKEN = /⟨[^⟨⟩]*⟩/g

/** Every token that stands in a document, with repetition. */
export function tokensIn(doc: Y.Doc): string[] {
  const found: string[] = []
  const walk = (type: Y.XmlFragment | Y.Map<unknown>) => {
    const children = type instanceof Y.XmlFragment ? type.toArray() : [...type.values()]
    for (const child of children) {
      if (child instanceof Y.XmlText) found.push(...(child.toString().match(TOKEN) ?? []))
      else if (child instanceof Y.XmlFragment || child instanceof Y.Map) walk(child)
    }
  }
  walk(discussionOf(doc))
  walk(doc.getMap('actions'))
  return found
}

/** Follows one document's tokens: what was written, and how many of them the server acknowledged. */
class TokenLedger {
  readonly written: string[] = []
  #acknowledged = 0
  #frames = 0
  /** For each update-carrying frame of the present socket, how many tokens it and those before it covered. */
  #covers: number[] = []
  readonly closes: { code: number; reason: string }[] = []

  get acknowledged(): readonly string[] {
    return this.written.slice(0, this.#acknowledged)
  }

  get acknowledgedCount(): number {
    return this.#acknowledged
  }

  readonly tap: FrameTap = {
    opened: () => {
      this.#frames = 0
      this.#covers = []
    },
    sent: frame => {
      const kind = kindOfFrame(frame)
      if (kind !== 'step2' && kind !== 'update') return
      this.#frames += 1
      this.#covers[this.#frames] = this.written.length
    },
    received: frame => {
      const decoder = decoding.createDecoder(frame)
      if (decoding.readVarUint(decoder) !== MESSAGE.receipt) return
      const { logged, stored } = readReceipt(decoder)
      if (logged < stored || logged > this.#frames)
        throw new Error(`A receipt of ${logged}/${stored} for ${this.#frames}`)
      this.#acknowledged = Math.max(this.#acknowledged, this.#covers[logged] ?? 0)
    },
    closed: (code, reason) => this.closes.push({ code, reason }),
  }
}

export interface WriterOptions {
  person: Person
  agencyId: AgencyId
  item: string
  actions: string
  random: SeededRandom
}

/** Types into an item's discussion and its action items, at a person's hectic pace, until told to pause. */
export class TokenWriter {
  readonly login: string
  readonly item: OpenDocument
  readonly actions: OpenDocument
  readonly ledgers = { item: new TokenLedger(), actions: new TokenLedger() }
  readonly #agencyId: AgencyId
  readonly #userId: UserId
  readonly #random: SeededRandom
  #timer: ReturnType<typeof setTimeout> | undefined
  #sequence = 0
  #paragraph: Y.XmlText | undefined
  #action: ActionId | undefined

  constructor({ person, agencyId, item, actions, random }: WriterOptions) {
    this.login = person.login
    this.#userId = person.userId
    this.#agencyId = agencyId
    this.#random = random
    this.item = person.open(item, this.ledgers.item.tap)
    this.actions = person.open(actions, this.ledgers.actions.tap)
  }

  /** Types from now on, every 3 to 15 ms, whatever the line does. */
  go(): void {
    this.#timer = setTimeout(() => {
      this.#write()
      this.go()
    }, 3 + this.#random.below(13))
  }

  pause(): void {
    clearTimeout(this.#timer)
  }

  async live(): Promise<void> {
    await Promise.all([this.item.live(), this.actions.live()])
  }

  async stored(): Promise<void> {
    await Promise.all([this.item.stored(), this.actions.stored()])
  }

  #write(): void {
    const token = `⟨${this.login}:${this.#sequence++}⟩`
    if (this.#random.chance(0.7)) {
      this.ledgers.item.written.push(token)
      this.#intoDiscussion(token)
    } else {
      this.ledgers.actions.written.push(token)
      this.#intoActions(token)
    }
  }

  #intoDiscussion(token: string): void {
    const { doc } = this.item
    const discussion = discussionOf(doc)
    if (this.#random.chance(0.15)) {
      // Into the middle of somebody's words, behind a token of theirs.
      const block = discussion.get(this.#random.below(Math.max(1, discussion.length)))
      const text = block instanceof Y.XmlElement ? block.get(0) : undefined
      if (text instanceof Y.XmlText) {
        const ends = [0, ...[...text.toString().matchAll(TOKEN)].map(found => found.index + found[0].length)]
        text.insert(this.#random.pick(ends), token)
        return
      }
    }
    if (this.#paragraph === undefined || this.#random.chance(0.05)) {
      const run = new Y.XmlText(token)
      const paragraph = new Y.XmlElement('paragraph')
      paragraph.insert(0, [run])
      discussion.insert(this.#random.below(discussion.length + 1), [paragraph])
      this.#paragraph = run
    } else {
      this.#paragraph.insert(this.#paragraph.length, token)
    }
  }

  #intoActions(token: string): void {
    const { doc } = this.actions
    const action = this.#action && actionOf(doc, this.#action)
    const block = action?.what.get(0)
    const text = block instanceof Y.XmlElement ? block.get(0) : undefined
    if (text instanceof Y.XmlText && this.#random.chance(0.95)) {
      text.insert(text.length, token)
      return
    }
    this.#action = idFromBytes<ActionId>(this.#random.bytes(16))
    addAction(doc, {
      id: this.#action,
      agencyId: this.#agencyId,
      what: token,
      by: this.#userId,
      at: '2026-11-24T05:00:00.000Z',
    })
  }
}
