/** What an item's documents hold to be read back, at this moment (SPEC MH2). */
import { documentNameOf } from '../../shared/documents/document-names.ts'
import {
  type ReadBackContent,
  readBackActionsOf,
  readBackContentFrom,
  readBackDecisionsOf,
} from '../../shared/meeting/read-back.ts'
import { actionDocumentsOf } from '../conferences/action-zones.ts'
import type { AdmittedItem } from '../conferences/admission.ts'
import type { ConferenceParts } from '../conferences/ports.ts'

/** The action documents in the order in which the item shows them: screens put the same content together from the same documents. */
export async function readContentOf(
  { documents }: Pick<ConferenceParts, 'documents'>,
  { item, ofCase }: Pick<AdmittedItem, 'item' | 'ofCase'>,
): Promise<ReadBackContent> {
  const { current, others } = actionDocumentsOf(item, ofCase?.file)
  const [decisions, ...actions] = await Promise.all([
    documents.read(documentNameOf({ kind: 'item', itemId: item._id }), readBackDecisionsOf),
    ...[current, ...others].map(name => documents.read(name, doc => readBackActionsOf(item._id, doc))),
  ])
  return readBackContentFrom(item._id, decisions, actions)
}
