/** Writing a sheet, sharing it and taking that back: each one write of the sheet's record, recorded before (SPEC RS3, RS5, RS6). */

import { documentNameOf } from '../../shared/documents/document-names.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { RESEARCH_PARTS, type ShareResearchBody, type WriteResearchBody } from '../../shared/protocol/research.ts'
import { commit } from '../conferences/commit.ts'
import type { By } from '../conferences/ports.ts'
import { assertNotSuspended } from '../subject-requests/suspensions.ts'
import type { ResearchParts } from './ports.ts'
import { type AdmittedSheet, researchObject } from './research-admission.ts'

const keyOf = ({ item, ofCase, agencyId, conference }: AdmittedSheet) => ({
  itemId: item._id,
  caseId: ofCase.file._id,
  conferenceId: conference._id,
  agencyId,
})

export async function writeSheet(
  parts: ResearchParts,
  by: By,
  admitted: AdmittedSheet,
  { _v, sheet: typed }: WriteResearchBody,
): Promise<void> {
  assertOpen(admitted)
  // A day that was chosen before the household was said to be unknown has gone from the screen, and is not shared unseen.
  const sheet = typed.known === 'known' ? typed : { ...typed, lastContact: '' }
  await commit(parts, by, {
    action: 'research.write',
    subject: admitted.ofCase.file._id,
    object: researchObject(admitted.item._id),
    write: () => parts.research.write(keyOf(admitted), _v, { sheet, by: by.actor.userId, at: new Date(parts.now()) }),
    announces: () => [],
  })
}

/** @throws Refusal `bad-request` for an empty sheet, `conflict` for another version than the one on the screen */
export async function shareSheet(
  parts: ResearchParts,
  by: By,
  admitted: AdmittedSheet,
  { _v }: ShareResearchBody,
): Promise<void> {
  assertOpen(admitted)
  const known = await parts.research.find(keyOf(admitted))
  if (known === undefined || known._v !== _v) throw new Refusal('conflict')
  const { withheld: _, ...sheet } = known.sheet
  const isSaid = sheet.known !== '' || RESEARCH_PARTS.some(part => part !== 'withheld' && sheet[part].trim() !== '')
  if (!isSaid) throw new Refusal('bad-request', 'research-empty')
  await assertNotSuspended(parts, by, admitted.ofCase.file._id)
  await commit(parts, by, {
    action: 'research.share',
    subject: admitted.ofCase.file._id,
    object: researchObject(admitted.item._id),
    write: () => parts.research.show(known, { sheet, by: by.actor.userId, at: new Date(parts.now()) }),
    announces: () => [],
  })
  tell(parts, admitted)
}

/** @throws Refusal `not-allowed` once the conference is live: what was shared has been read */
export async function takeBackSheet(
  parts: ResearchParts,
  by: By,
  admitted: AdmittedSheet,
  { _v }: ShareResearchBody,
): Promise<void> {
  if (admitted.conference.state !== 'scheduled') throw new Refusal('not-allowed', 'research-was-read')
  const known = await parts.research.find(keyOf(admitted))
  if (known === undefined || known._v !== _v) throw new Refusal('conflict')
  if (known.shown === null) return
  await commit(parts, by, {
    action: 'research.take-back',
    subject: admitted.ofCase.file._id,
    object: researchObject(admitted.item._id),
    write: () => parts.research.show(known, null),
    announces: () => [],
  })
  tell(parts, admitted)
}

/** Who has the item open looks again; the word says nothing of what is new. */
function tell(parts: ResearchParts, { item }: AdmittedSheet): void {
  parts.documents.notify(documentNameOf({ kind: 'item', itemId: item._id }), 'item')
}

function assertOpen({ conference }: AdmittedSheet): void {
  if (conference.state === 'closed') throw new Refusal('not-allowed', 'conference-closed')
}
