/** Where figures are read from, and in which portions. */
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { ItemId } from '../../shared/ids.ts'
import type { PeopleDirectory } from '../conferences/ports.ts'
import type { MeetingRepository } from '../meetings/meeting-repository.ts'
import type { SearchIndex } from '../search/search-index.ts'
import type { Store } from '../storage/port.ts'

export interface FiguresSource {
  store: Store
  index: Pick<SearchIndex, 'of'>
  meetings: Pick<MeetingRepository, 'find'>
  people: PeopleDirectory
}

export const nameOf = (item: { _id: ItemId }): string => documentNameOf({ kind: 'item', itemId: item._id })

/** One portion after the other: years of an agency that leads thousands of cases are in memory a portion at a time. */
export async function inHandfuls<T, Found>(all: readonly T[], find: (some: T[]) => Promise<Found[]>): Promise<Found[]> {
  const found: Found[] = []
  for (let from = 0; from < all.length; from += HANDFUL) found.push(...(await find(all.slice(from, from + HANDFUL))))
  return found
}

const HANDFUL = 500
