import type { SearchHit } from '../../../shared/protocol/search.ts'

/** The name under which an address says which item of a conference is to be opened. */
export const ITEM_PARAM = 'item'

/** The place to go: the item in its conference's room, else the conference, else the case, of a record the section where it stands. */
export function placeOf({
  conferenceId,
  itemId,
  caseId,
  kind,
}: Pick<SearchHit, 'conferenceId' | 'itemId' | 'caseId'> & { kind?: SearchHit['kind'] }): string {
  if (kind === 'record' && caseId !== null) return `/cases/${caseId}/records`
  if (conferenceId === null) return caseId === null ? '/' : `/cases/${caseId}`
  return itemId === null ? `/conferences/${conferenceId}` : `/conferences/${conferenceId}?${ITEM_PARAM}=${itemId}`
}
