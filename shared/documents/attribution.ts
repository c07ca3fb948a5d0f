/**
 * Whose hand is in a document, and what changed in it since a moment: read from the client ids that every piece of a Yjs document carries.
 * Whose id it is only the server knows, which lets nobody write under another's (`server/rooms/SPEC.md`): the two together name the writers.
 */
import * as Y from 'yjs'

/** Any shared type, whatever its events are. */
type Shared = Pick<Y.AbstractType<unknown>, '_start' | '_map'>

/** The client ids of the words that stand in a text now. Empty paragraphs, marks and what was taken away again are nobody's words. */
export function handsIn(text: Shared): Set<number> {
  const hands = new Set<number>()
  walk(text, item => {
    if (!item.deleted && item.content instanceof Y.ContentString && item.content.str.trim() !== '') {
      hands.add(item.id.client)
    }
  })
  return hands
}

/** What is another in a type than it was at that moment. */
export interface Changed {
  /** Client ids of what was written since and still stands. */
  hands: ReadonlySet<number>
  /** Something that stood then does not any more. Who took it away, a document does not keep. */
  hasLess: boolean
}

/** @param before the state of the whole document then, as `Y.snapshot` gives it */
export function changedSince(type: Shared, before: Y.Snapshot): Changed {
  const hands = new Set<number>()
  let hasLess = false
  walk(type, item => {
    if (!item.deleted && isNewer(item, before)) hands.add(item.id.client)
    if (item.deleted && stoodThen(item, before)) hasLess = true
  })
  return { hands, hasLess }
}

/** Whether the record of this key was there at that moment. @param records a root that holds records by id */
export function wasThere(records: Y.Map<unknown>, key: string, before: Y.Snapshot): boolean {
  const item = records._map.get(key)
  return item !== undefined && stoodThen(item, before)
}

/** Every piece under a type, those that were taken away included as far as the document still knows them. */
function walk(type: Shared, visit: (item: Y.Item) => void): void {
  const look = (item: Y.Item) => {
    visit(item)
    if (item.content instanceof Y.ContentType && !item.deleted) walk(item.content.type, visit)
  }
  for (let item = type._start; item !== null; item = item.right) look(item)
  for (const item of type._map.values()) look(item)
}

const clockOf = ({ sv }: Y.Snapshot, { id }: Y.Item): number => sv.get(id.client) ?? 0

const isNewer = (item: Y.Item, before: Y.Snapshot): boolean => item.id.clock + item.length > clockOf(before, item)

const stoodThen = (item: Y.Item, before: Y.Snapshot): boolean =>
  item.id.clock < clockOf(before, item) && !isCovered(item, before)

/** Whether all of the piece that existed then was deleted then. Yjs joins neighbours, so a piece may have been two. */
function isCovered(item: Y.Item, before: Y.Snapshot): boolean {
  const end = Math.min(item.id.clock + item.length, clockOf(before, item))
  const ranges = before.ds.clients.get(item.id.client) ?? []
  let at = item.id.clock
  for (const range of [...ranges].sort((a, b) => a.clock - b.clock)) {
    if (range.clock <= at && at < range.clock + range.len) at = range.clock + range.len
  }
  return at >= end
}
