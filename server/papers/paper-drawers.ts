/** Which drawer a paper lies in: that of those who may open its item when it is laid there (the thinking is that of `action-zones.ts`). */
import type { CaseId, ConferenceId, ItemId } from '../../shared/ids.ts'
import { currentZone } from '../conferences/action-zones.ts'
import type { Case } from '../conferences/case-repository.ts'
import type { Item } from '../conferences/item-repository.ts'
import type { DrawerName } from '../crypto/keyring.ts'

export type PaperDrawer = 'case' | 'item' | 'conference'

export function paperDrawerOf(item: Pick<Item, 'caseId' | 'agencies'>, file: Case | undefined): PaperDrawer {
  if (item.caseId === null) return 'conference'
  return file !== undefined && currentZone(item.agencies, file) === 'open' ? 'case' : 'item'
}

export function drawerNameOf(paper: {
  drawer: PaperDrawer
  conferenceId: ConferenceId
  itemId: ItemId
  caseId: CaseId | null
}): DrawerName {
  if (paper.drawer === 'conference') return `conference:${paper.conferenceId}`
  return paper.drawer === 'case' && paper.caseId !== null ? `case:${paper.caseId}` : `item:${paper.itemId}`
}
