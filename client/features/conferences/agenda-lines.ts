/** The agenda of a plan: order and time from the shared document, what an item is about from the record. */
import type { AgendaEntry } from '../../../shared/documents/conference-document.ts'
import type { ItemId } from '../../../shared/ids.ts'
import type { ItemView } from '../../../shared/protocol/http-api.ts'

export interface AgendaLine {
  itemId: ItemId
  /** 1, 2, … */
  number: number
  minutes: number
  /** The household for a case item that I may see, the label of a general one; null when there is none to show. */
  name: string | null
  /** Number of the case, quieter beside the name. */
  detail: string
  restricted: boolean
  item: ItemView | undefined
}

/** Joins both. An item whose line has not come yet (or never may) stands at the end. */
export function joinAgenda(entries: readonly AgendaEntry[], items: readonly ItemView[]): AgendaLine[] {
  const byId = new Map(items.map(item => [item.itemId, item]))
  const listed = new Set(entries.map(entry => entry.id))
  const all = [
    ...entries.map(entry => ({ itemId: entry.id, minutes: entry.minutes, label: entry.label })),
    ...items.filter(item => !listed.has(item.itemId)).map(item => ({ itemId: item.itemId, minutes: 0, label: '' })),
  ]
  return all.map(({ itemId, minutes, label }, index) => {
    const item = byId.get(itemId)
    const about = item && !item.restricted ? item.case : null
    return {
      itemId,
      number: index + 1,
      minutes,
      name: about?.label ?? (label || null),
      detail: about?.number ?? '',
      restricted: item?.restricted ?? false,
      item,
    }
  })
}
