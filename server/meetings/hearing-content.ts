/** What an item's documents hold to be read back, at this moment (SPEC MH2). */
import type { ReadBackContent } from '../../shared/meeting/read-back.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { AdmittedItem } from '../conferences/admission.ts'
import type { ConferenceParts } from '../conferences/ports.ts'

export async function readContentOf(_parts: ConferenceParts, _admitted: AdmittedItem): Promise<ReadBackContent> {
  throw new Refusal('not-allowed')
}
