/** Before an action item is shown or moved: is this person let in? One answer for what does not exist and what is not for them. */
import { canReadAction, relationToAction } from '../../shared/access.ts'
import type { ActionRelation } from '../../shared/actions/action-moves.ts'
import type { ActionId } from '../../shared/ids.ts'
import { refuse } from '../conferences/admission.ts'
import type { By } from '../conferences/ports.ts'
import type { LedgerEntry, LedgerOutline } from './ledger-repository.ts'
import type { ActionParts } from './ports.ts'
import { factsOf, type Surroundings, surroundingsOf } from './surroundings.ts'

export interface AdmittedAction {
  entry: LedgerEntry
  around: Surroundings
  relation: ActionRelation
}

export async function admitToAction(
  parts: ActionParts,
  by: By,
  document: string,
  actionId: ActionId,
): Promise<AdmittedAction> {
  await parts.projector.settled()
  const entry = await parts.ledger.find(document, actionId)
  if (entry !== undefined && isStanding(entry)) {
    const around = await surroundingsOf(parts, [entry], by.actor)
    const facts = factsOf(by.actor, around, entry)
    if (canReadAction(by.actor, facts)) return { entry, around, relation: relationToAction(by.actor, facts) }
  }
  return refuse(parts, by, 'not-found', { subject: entry?.caseId ?? undefined, object: `action.${actionId}` })
}

/** Words that were taken out take what was only proposed along; what was accepted is still owed (SPEC AC8). */
export function isStanding({ gone, standing, _v }: LedgerOutline): boolean {
  return !gone || (_v > 0 && standing.status !== 'proposed' && standing.status !== 'declined')
}
