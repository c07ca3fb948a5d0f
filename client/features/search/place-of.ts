import type { SearchHit } from '../../../shared/protocol/search.ts'

/** The name under which an address says which item of a conference is to be opened. */
export const ITEM_PARAM = 'item'

/** The place to go: the item in its conference's room, else the conference, else the case. */
export function placeOf({
  conferenceId,
  itemId,
  caseId,
}: Pick<SearchHit, 'conferenceId' | 'itemId' | 'caseId'>): string {
  if (conferenceId === null) return caseId === null ? '/' : `/cases/${caseId}`
  return itemId === null ? `/conferences/${conferenceId}` : `/conferences/${conferenceId}?${ITEM_PARAM}=${itemId}`
}
