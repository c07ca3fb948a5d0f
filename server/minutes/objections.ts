/** Each objection is a line for the next conference's agenda (MINUTES.md MN9): written after the signature, and made up for at the start. */
import type { MeetingRecords } from '../meetings/meeting-records.ts'
import type { AdmittedMinutes } from './minutes-admission.ts'
import { itemOfLeaf } from './minutes-readers.ts'
import type { KeptSignature } from './minutes-state.ts'
import type { MinutesParts } from './ports.ts'

/** Each objection proposes itself once; at the start of the service what a stop left out is made up for. */
export async function finishMinutes(
  parts: MinutesParts,
  recordsOf: (conferenceId: AdmittedMinutes['records']['conference']['_id']) => Promise<MeetingRecords | undefined>,
): Promise<void> {
  for (const conferenceId of await parts.minutes.objected()) {
    const [records, { state }] = await Promise.all([recordsOf(conferenceId), parts.minutes.find(conferenceId)])
    if (records === undefined) continue
    for (const signature of state.signatures) {
      if (signature.kind === 'objected') await proposeObjection(parts, records, signature)
    }
  }
}

export async function proposeObjection(
  { proposals }: Pick<MinutesParts, 'proposals'>,
  { conference, items }: MeetingRecords,
  { signatureId, about, agencyId, at }: KeptSignature,
): Promise<void> {
  const itemId = about === null ? null : itemOfLeaf(about)
  await proposals.propose({
    _id: signatureId,
    kind: 'objection',
    conferenceId: conference._id,
    hostAgencyId: conference.hostAgencyId,
    itemId,
    caseId: itemId === null ? null : (items.get(itemId)?.item.caseId ?? null),
    agencyId,
    at: new Date(at),
  })
}
