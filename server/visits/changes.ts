/** What others did in an item since a person had its documents before them. Pure: documents in, counts out, no words. */
import * as Y from 'yjs'
import { actionsOf } from '../../shared/documents/actions-document.ts'
import { changedSince, wasThere } from '../../shared/documents/attribution.ts'
import { decisionsOf, discussionOf, opinionsOf, presentationOf } from '../../shared/documents/item-document.ts'
import type { AgencyId, ItemId, UserId } from '../../shared/ids.ts'
import type { RecordsChanged } from '../../shared/protocol/http-api.ts'

/** A document now, whose client ids are whose in it, and how it stood then. Null: it was not seen then. */
export interface Seen {
  doc: Y.Doc
  writers: ReadonlyMap<number, UserId>
  before: Uint8Array | null
}

export interface ItemChanges {
  decisions: RecordsChanged
  opinions: AgencyId[]
  presentation: boolean
  discussion: boolean
}

export const NOTHING_CHANGED: RecordsChanged = { added: 0, changed: 0, removed: 0 }

type Shared = Parameters<typeof changedSince>[0]

export function changesInItem(seen: Seen, me: UserId): ItemChanges {
  const { doc } = seen
  const before = snapshotOf(seen)
  const isChanged = (text: Shared) => isByOthers(text, before, seen, me)
  const opinions = opinionsOf(doc).filter(({ text }) => isChanged(text))
  return {
    decisions: recordsChanged(
      seen,
      'decisions',
      decisionsOf(doc).map(({ id }) => id),
      me,
    ),
    opinions: [...new Set(opinions.map(({ agencyId }) => agencyId))],
    presentation: isChanged(presentationOf(doc)),
    discussion: isChanged(discussionOf(doc)),
  }
}

/** Of a ledger, which holds those of other items as well. What was removed cannot be told apart by item, so it is not counted. */
export function changesInActions(seen: Seen, itemId: ItemId, me: UserId): RecordsChanged {
  const mine = actionsOf(seen.doc).filter(action => action.itemId === itemId)
  const changed = recordsChanged(
    seen,
    'actions',
    mine.map(({ id }) => id),
    me,
  )
  return { ...changed, removed: 0 }
}

function recordsChanged(seen: Seen, root: string, ids: readonly string[], me: UserId): RecordsChanged {
  const records = seen.doc.getMap(root)
  const before = snapshotOf(seen)
  const found = { ...NOTHING_CHANGED }
  for (const id of ids) {
    const record = records.get(id)
    if (!(record instanceof Y.Map) || !isByOthers(record, before, seen, me)) continue
    if (wasThere(records, id, before)) found.changed++
    else found.added++
  }
  for (const [id, item] of records._map) if (item.deleted && wasThere(records, id, before)) found.removed++
  return found
}

/** Who takes words away is not kept; somebody who was not there did not do it. */
function isByOthers(type: Shared, before: Y.Snapshot, { writers }: Seen, me: UserId): boolean {
  const { hands, hasLess } = changedSince(type, before)
  return hasLess || [...hands].some(client => writers.get(client) !== me)
}

const snapshotOf = ({ before }: Seen): Y.Snapshot => (before === null ? Y.emptySnapshot : Y.decodeSnapshot(before))

export const sumOf = (a: RecordsChanged, b: RecordsChanged): RecordsChanged => ({
  added: a.added + b.added,
  changed: a.changed + b.changed,
  removed: a.removed + b.removed,
})
