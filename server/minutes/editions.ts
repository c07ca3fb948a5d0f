/** What one reader is shown of a version, or of the draft; and a version whole, for the server's own questions. */
import type { ConferenceId, ItemId } from '../../shared/ids.ts'
import type {
  EditionItem,
  ItemParts,
  LeafKey,
  MeetingParts,
  MinutesEdition,
  ShownParts,
  SupervisionParts,
} from '../../shared/minutes/minutes-record.ts'
import type { ComposedMinutes } from './compose.ts'
import type { StoredLeaf } from './freeze.ts'
import type { MinutesRepository } from './minutes-repository.ts'
import type { FrozenVersion } from './minutes-state.ts'

type Readable = ReadonlySet<LeafKey>

/** The draft has no hashes. @param readable left out: whole */
export function draftEdition(
  conferenceId: ConferenceId,
  composed: ComposedMinutes,
  readable?: Readable,
): MinutesEdition {
  const mayRead = (key: LeafKey) => readable === undefined || readable.has(key)
  const shown = <Parts>(parts: Parts): ShownParts<Parts> => ({ hash: '', parts, hidden: {} })
  return {
    conferenceId,
    version: 0,
    root: '',
    meeting: mayRead('meeting') ? shown(composed.meeting) : { hash: '', parts: {}, hidden: {} },
    items: composed.items.map(({ itemId, number, item, supervision }): EditionItem => {
      if (!mayRead(`item:${itemId}`)) return { restricted: true, itemId, number, hash: '', supervisionHash: '' }
      const note = mayRead(`supervision:${itemId}`) ? shown(supervision) : null
      return { restricted: false, itemId, number, ...shown(item), supervision: note, supervisionHash: '' }
    }),
  }
}

/** @param readable left out: whole */
export async function versionEdition(
  minutes: Pick<MinutesRepository, 'read'>,
  conferenceId: ConferenceId,
  { head, frozenId }: FrozenVersion,
  readable?: Readable,
): Promise<MinutesEdition> {
  const hashes = new Map(head.leaves)
  const shown = async <Parts>(key: LeafKey): Promise<ShownParts<Parts> | null> => {
    if (readable !== undefined && !readable.has(key)) return null
    const stored = await minutes.read<StoredLeaf>(conferenceId, frozenId, key)
    const parts = Object.fromEntries(Object.entries(stored).map(([name, { content }]) => [name, content]))
    return { hash: hashes.get(key) ?? '', parts: parts as Partial<Parts>, hidden: {} }
  }
  const itemIds = head.leaves.flatMap(([key]) => (key.startsWith('item:') ? [key.slice(5) as ItemId] : []))
  const items = itemIds.map(async (itemId, at): Promise<EditionItem> => {
    const about = { itemId, number: at + 1, supervisionHash: hashes.get(`supervision:${itemId}`) ?? '' }
    const parts = await shown<ItemParts>(`item:${itemId}`)
    if (parts === null) return { restricted: true, ...about, hash: hashes.get(`item:${itemId}`) ?? '' }
    const supervision = await shown<SupervisionParts>(`supervision:${itemId}`)
    return { restricted: false, ...about, ...parts, supervision }
  })
  const hidden = { hash: hashes.get('meeting') ?? '', parts: {}, hidden: {} }
  return {
    conferenceId,
    version: head.number,
    root: head.root,
    meeting: (await shown<MeetingParts>('meeting')) ?? hidden,
    items: await Promise.all(items),
  }
}

/** Leaves that an edition shows. */
export function leavesShown({ meeting, items }: MinutesEdition): LeafKey[] {
  const ofMeeting: LeafKey[] = Object.keys(meeting.parts).length > 0 ? ['meeting'] : []
  const ofItems = items.flatMap((item): LeafKey[] => {
    if (item.restricted) return []
    return item.supervision === null ? [`item:${item.itemId}`] : [`item:${item.itemId}`, `supervision:${item.itemId}`]
  })
  return [...ofMeeting, ...ofItems]
}
