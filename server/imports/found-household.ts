/** What was known of a found household, as the first words of its case: nobody types it a second time (SPEC TR8). */
import { caseFactsOf, setCaseFacts } from '../../shared/documents/case-parts/case-facts.ts'
import { caseTextOf } from '../../shared/documents/case-parts/case-texts.ts'
import { householdOf, members } from '../../shared/documents/case-parts/household.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import { paragraphsOf } from '../../shared/documents/rich-text.ts'
import type { CaseId, MemberId } from '../../shared/ids.ts'
import type { By } from '../conferences/ports.ts'
import type { Finding } from './finding-repository.ts'
import type { ImportParts } from './ports.ts'

/** Once: where somebody wrote of the household meanwhile, or this was done before, everything stays as it is. */
export async function carryHousehold(
  parts: Pick<ImportParts, 'documents' | 'newId'>,
  by: By,
  caseId: CaseId,
  { name, birth, sex, phone, address, signs, note }: Finding,
): Promise<void> {
  const memberId = parts.newId<MemberId>()
  await parts.documents.edit(documentNameOf({ kind: 'case', caseId }), { behalfOf: by.actor.userId }, doc => {
    const facts = caseFactsOf(doc)
    if (householdOf(doc).length > 0 || facts.phone !== '' || facts.address !== '') return
    setCaseFacts(doc, { phone, address })
    members.add(doc, memberId, { name, birth, sex, relation: 'self' })
    const summary = caseTextOf(doc, 'summary')
    const said = [signs, note].filter(Boolean).join('\n')
    if (summary.length === 0 && said !== '') summary.insert(0, paragraphsOf(said))
  })
}
