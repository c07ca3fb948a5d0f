/**
 * Lines of comments at rest. A line is inserted and never updated; only an item that goes takes its lines along. Words, quote and anchor lie in the
 * drawer of the item's document, bound to line, writer, thread and kind.
 */
import type { CommentAnchor } from '../../shared/comments/anchors.ts'
import { openThreadsOf, type ThreadLine } from '../../shared/comments/threads.ts'
import type { CommandId, CommentLineId, ConferenceId, ItemId } from '../../shared/ids.ts'
import type { Keyring } from '../crypto/keyring.ts'
import { isDuplicateKey, type Store } from '../storage/port.ts'

/** What of a line stands in clear. */
export interface ClearLine extends ThreadLine {
  _id: CommentLineId
  conferenceId: ConferenceId
  itemId: ItemId
  /** Counts from 1 in the order of writing within the item. Two at once may share one; the id then decides. */
  sequence: number
  /** `YYYY-MM-DD` in Seoul, by when the asked agency is to answer. */
  due: string | null
  at: Date
  command: CommandId
  /**
   * Kept once within its thread. Words carry their own id; the marks of a thread are numbered, so that of two people who resolve it at once one is
   * written.
   */
  mark: string
}

/** What is sealed of it. */
export interface Said {
  text: string
  /** Of an opening line. */
  about: CommentAnchor | null
  quote: string
}

export type CommentLine = ClearLine & Said

interface LineRecord extends ClearLine {
  /** Null for what is marked only. */
  sealed: Buffer | null
}

export interface CommentRepository {
  /** In their order, with their words. @throws {SealBroken} for a line that is not as it was written */
  lines(itemId: ItemId): Promise<CommentLine[]>
  /** The same without words: no drawer is opened. */
  clearLines(itemId: ItemId): Promise<ClearLine[]>
  /** By item; an item without anything open is left out. */
  openIn(itemIds: readonly ItemId[]): Promise<ReadonlyMap<ItemId, ReturnType<typeof openThreadsOf>>>
  /** Adds a line. False where its command, or its mark, is there already. */
  add(line: CommentLine): Promise<boolean>
  /** Takes away what lies with an item that is gone. */
  removeOf(itemId: ItemId): Promise<void>
}

const contextOf = ({ _id, itemId, threadId, sequence, kind, by, agencyId, asked, due }: ClearLine) =>
  ['comments', itemId, threadId, _id, sequence, kind, by, agencyId ?? '', asked ?? '', due ?? ''].join('|')

const IN_ORDER = { sequence: 1, _id: 1 } as const

export function createCommentRepository(options: {
  store: Store
  keyring: Pick<Keyring, 'drawer'>
}): CommentRepository {
  const { store, keyring } = options
  const records = store.collection<LineRecord>('comments')
  const ofItem = (itemId: ItemId) => records.find({ itemId }, { sort: IN_ORDER }).toArray()

  return {
    async lines(itemId) {
      const found = await ofItem(itemId)
      if (found.length === 0) return []
      const drawer = await keyring.drawer(`item:${itemId}`)
      return found.map(({ sealed, ...clear }) => {
        const said = sealed === null ? NOTHING_SAID : drawer.openJson<Said>(sealed, contextOf(clear))
        return { ...clear, ...said }
      })
    },

    async clearLines(itemId) {
      return (await ofItem(itemId)).map(({ sealed: _, ...clear }) => clear)
    },

    async openIn(itemIds) {
      if (itemIds.length === 0) return new Map()
      const found = await records.find({ itemId: { $in: [...itemIds] } }, { sort: IN_ORDER }).toArray()
      const open = new Map<ItemId, ReturnType<typeof openThreadsOf>>()
      for (const itemId of itemIds) {
        const standing = openThreadsOf(found.filter(line => line.itemId === itemId))
        if (standing.open > 0) open.set(itemId, standing)
      }
      return open
    },

    async add({ text, about, quote, ...clear }) {
      const drawer = await keyring.drawer(`item:${clear.itemId}`)
      const said: Said = { text, about, quote }
      const sealed = text === '' ? null : drawer.sealJson(said, contextOf(clear))
      try {
        await records.insertOne({ ...clear, sealed })
        return true
      } catch (error) {
        if (isDuplicateKey(error)) return false
        throw error
      }
    },

    async removeOf(itemId) {
      await records.deleteMany({ itemId })
    },
  }
}

const NOTHING_SAID: Said = { text: '', about: null, quote: '' }
