/** Who is let in to the minutes of a conference, with everything that is asked of them (as `conferences/admission.ts`). */
import { canConductMinutes, canReadMinutes, canSignMinutes } from '../../shared/access.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { ConferenceId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { refuse } from '../conferences/admission.ts'
import type { By } from '../conferences/ports.ts'
import { type MeetingRecords, readRecords } from '../meetings/meeting-records.ts'
import type { KeptMinutes } from './minutes-repository.ts'
import type { MinutesParts } from './ports.ts'

export interface AdmittedMinutes {
  records: MeetingRecords
  kept: KeptMinutes
}

/**
 * Everybody who takes part. Who does not, finds nothing; before the conference is closed there are no minutes.
 * @throws Refusal `not-found`; `not-allowed` `conference-not-closed`
 */
export async function admitToMinutes(
  parts: MinutesParts,
  by: By,
  conferenceId: ConferenceId,
): Promise<AdmittedMinutes> {
  const records = await readRecords(parts, conferenceId)
  const object = documentNameOf({ kind: 'conference', conferenceId })
  const asClosed = records && { ...records.facts, state: 'closed' as const }
  if (records === undefined || asClosed === undefined || !canReadMinutes(by.actor, asClosed)) {
    return refuse(parts, by, 'not-found', { object })
  }
  if (records.conference.state !== 'closed') throw new Refusal('not-allowed', 'conference-not-closed')
  return { records, kept: await parts.minutes.find(conferenceId) }
}

/** Who conducted the conference. @throws Refusal */
export async function admitToConductMinutes(
  parts: MinutesParts,
  by: By,
  conferenceId: ConferenceId,
): Promise<AdmittedMinutes> {
  const admitted = await admitToMinutes(parts, by, conferenceId)
  if (canConductMinutes(by.actor, admitted.records.facts)) return admitted
  return refuse(parts, by, 'not-allowed', { object: documentNameOf({ kind: 'conference', conferenceId }) })
}

/** Who may sign for an agency. @throws Refusal */
export async function admitToSignMinutes(
  parts: MinutesParts,
  by: By,
  conferenceId: ConferenceId,
): Promise<AdmittedMinutes> {
  const admitted = await admitToMinutes(parts, by, conferenceId)
  if (canSignMinutes(by.actor, admitted.records.facts)) return admitted
  return refuse(parts, by, 'not-allowed', {
    object: documentNameOf({ kind: 'conference', conferenceId }),
    detail: 'signs-for-no-agency',
  })
}
