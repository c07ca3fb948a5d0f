/**
 * The redacted edition (EXPORTS.md EX2): codes and counts of every leaf that its maker may read, the texts that somebody has released, and
 * hashes of everything else, so that it can still be checked. Made from a bundle, which alone knows the hash of each part.
 */
import type { ItemId } from '../../shared/ids.ts'
import type { BundleLeaf, MinutesBundle } from '../../shared/minutes/bundle.ts'
import { PART_NAMES } from '../../shared/minutes/bundle.ts'
import type {
  EditionItem,
  ItemParts,
  LeafKey,
  MeetingParts,
  MinutesEdition,
  ShownParts,
  SupervisionParts,
} from '../../shared/minutes/minutes-record.ts'

export interface ReleasedPart {
  leaf: LeafKey
  part: string
}

/** Which part of which leaf is shown. Codes and counts always are; a supervision note never is. */
export function showsOf(released: readonly ReleasedPart[]): (leaf: LeafKey, part: string) => boolean {
  const known = new Set(released.map(({ leaf, part }) => `${leaf} ${part}`))
  return (leaf, part) => !leaf.startsWith('supervision:') && (part === 'facts' || known.has(`${leaf} ${part}`))
}

/** What a bundle shows, in the form that papers are made from. */
export function editionOf({ conferenceId, version, leaves, versions }: MinutesBundle): MinutesEdition {
  const byKey = new Map(leaves.map(leaf => [leaf.key, leaf]))
  const meeting = byKey.get('meeting')
  const itemIds = leaves.flatMap(({ key }) => (key.startsWith('item:') ? [key.slice(5) as ItemId] : []))
  return {
    conferenceId,
    version,
    root: versions[version - 1]?.head.root ?? '',
    meeting: meeting ? shownOf<MeetingParts>(meeting, 'meeting') : { hash: '', parts: {}, hidden: {} },
    items: itemIds.map((itemId, at): EditionItem => {
      const leaf = byKey.get(`item:${itemId}`)
      const note = byKey.get(`supervision:${itemId}`)
      const about = { itemId, number: at + 1, supervisionHash: note?.hash ?? '' }
      if (leaf?.parts === undefined) return { restricted: true, ...about, hash: leaf?.hash ?? '' }
      const supervision = note?.parts?.some(part => part.opened) ? shownOf<SupervisionParts>(note, 'supervision') : null
      return { restricted: false, ...about, ...shownOf<ItemParts>(leaf, 'item'), supervision }
    }),
  }
}

function shownOf<Parts>({ hash, parts = [] }: BundleLeaf, kind: keyof typeof PART_NAMES): ShownParts<Parts> {
  const opened: Record<string, unknown> = {}
  const hidden: Record<string, string> = {}
  PART_NAMES[kind].forEach((name, at) => {
    const slip = parts[at]
    if (slip?.opened) opened[name] = slip.opened.content
    else if (slip) hidden[name] = slip.hash
  })
  return { hash, parts: opened as Partial<Parts>, hidden: hidden as ShownParts<Parts>['hidden'] }
}
