/**
 * Which ledger an item's action items go to. A case has one open ledger, which every agency with a part in the case may read; an item that
 * not all of them are cleared for keeps its action items in a ledger of its own, so that being one of the case's agencies shows nothing of
 * it. Which one is decided by the clearance and the case as they are now: narrowing a clearance moves the item to its own ledger for what is
 * new, and what stood in the open one before stays there, readable for those who may open the item.
 */
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { AgencyId, CaseId, ConferenceId, ItemId } from '../../shared/ids.ts'

export type ActionZone = 'open' | 'own'

interface ZonedItem {
  _id: ItemId
  conferenceId: ConferenceId
  caseId: CaseId | null
  agencies: readonly AgencyId[]
  zones: readonly ActionZone[]
}

interface CaseParts {
  agencies: readonly { agencyId: AgencyId }[]
}

export function currentZone(clearedAgencies: readonly AgencyId[], file: CaseParts): ActionZone {
  return file.agencies.every(part => clearedAgencies.includes(part.agencyId)) ? 'open' : 'own'
}

/** Every zone in which the item may have action items: the present one and those it had before. */
export function zonesOf(item: Pick<ZonedItem, 'agencies' | 'zones'>, file: CaseParts): ReadonlySet<ActionZone> {
  return new Set([currentZone(item.agencies, file), ...item.zones])
}

export interface ActionDocuments {
  /** Where new action items go. */
  current: string
  /** Others that those who may open the item may read. */
  others: string[]
}

/** An item without a case keeps its action items in the conference's document. */
export function actionDocumentsOf(item: ZonedItem, file: CaseParts | undefined): ActionDocuments {
  const { caseId } = item
  if (caseId === null || file === undefined) {
    return { current: documentNameOf({ kind: 'conference', conferenceId: item.conferenceId }), others: [] }
  }
  const nameOf = (zone: ActionZone) =>
    documentNameOf({ kind: 'actions', caseId, zone: zone === 'open' ? 'open' : item._id })
  const current = currentZone(item.agencies, file)
  return {
    current: nameOf(current),
    others: [...zonesOf(item, file)].filter(zone => zone !== current).map(nameOf),
  }
}
