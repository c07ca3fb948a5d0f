/** What a version changed, for whoever may read both: by leaf and part, with the texts that differ. Pure. */
import type { ItemId } from '../ids.ts'
import { canonicalJson } from './canonical.ts'
import type { EditionItem, MinutesEdition, ShownParts } from './minutes-record.ts'

export interface PartChange {
  /** Null: the meeting's own leaf. */
  itemId: ItemId | null
  /** The item's place; 0 for the meeting's. */
  number: number
  part: string
  /** Texts that differ, as words; one side is empty for what is new or gone. */
  texts: readonly { before: string; after: string }[]
}

/** In the order of the record. Parts that only one of the two shows are left out: that is no change of the minutes. */
export function changesBetween(before: MinutesEdition, after: MinutesEdition): PartChange[] {
  const earlier = new Map(before.items.map(item => [item.itemId, item]))
  return [
    ...partChanges(before.meeting, after.meeting, null, 0),
    ...after.items.flatMap(item => {
      const was = earlier.get(item.itemId)
      if (item.restricted || was === undefined || was.restricted) return []
      return [...partChanges(was, item, item.itemId, item.number), ...supervisionChanges(was, item)]
    }),
  ]
}

function supervisionChanges(was: OpenItem, item: OpenItem): PartChange[] {
  if (was.supervision === null || item.supervision === null) return []
  return partChanges(was.supervision, item.supervision, item.itemId, item.number)
}

type OpenItem = Extract<EditionItem, { restricted: false }>

function partChanges<Parts extends object>(
  before: ShownParts<Parts>,
  after: ShownParts<Parts>,
  itemId: ItemId | null,
  number: number,
): PartChange[] {
  return Object.entries(after.parts).flatMap(([part, content]): PartChange[] => {
    const was: unknown = Object.entries(before.parts).find(([name]) => name === part)?.[1]
    if (was === undefined || content === undefined || canonicalJson(was) === canonicalJson(content)) return []
    return [{ itemId, number, part, texts: textsThatDiffer(was, content) }]
  })
}

/** Words line up by where they stand; the same text in two places is compared once. */
function textsThatDiffer(before: unknown, after: unknown): { before: string; after: string }[] {
  const earlier = textsIn(before, '')
  const later = textsIn(after, '')
  const places = [...new Set([...earlier.keys(), ...later.keys()])]
  return places.flatMap(place => {
    const pair = { before: earlier.get(place) ?? '', after: later.get(place) ?? '' }
    return pair.before === pair.after ? [] : [pair]
  })
}

/** Every text of a part by its path. The editor's nodes say the same as the words; ids and hashes are nothing to read. */
function textsIn(value: unknown, path: string): Map<string, string> {
  if (typeof value === 'string') return new Map([[path, value]])
  if (typeof value !== 'object' || value === null) return new Map()
  const entries = Object.entries(value).filter(([key]) => key !== 'nodes' && key !== 'hash' && !key.endsWith('Id'))
  return new Map(entries.flatMap(([key, one]) => [...textsIn(one, `${path}/${key}`)]))
}
