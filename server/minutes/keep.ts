/** The one write that every command of the minutes ends in (MINUTES.md MN10). */
import { documentNameOf } from '../../shared/documents/document-names.ts'
import { needsSigning } from '../../shared/minutes/signing.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { commit } from '../conferences/commit.ts'
import type { By } from '../conferences/ports.ts'
import type { MeetingRecords } from '../meetings/meeting-records.ts'
import { dueOf, type KeptMinutes } from './minutes-repository.ts'
import type { MinutesState } from './minutes-state.ts'
import type { MinutesParts } from './ports.ts'

/** The service itself: nobody's press. */
export const NOBODY = { actor: null, address: '' } as const

/** @throws Refusal `conflict` when the caller saw another version */
export function assertSeen({ version }: KeptMinutes, _v: number): void {
  if (version !== _v) throw new Refusal('conflict')
}

/** The one write. Who may write in the items may be another from here on. */
export async function keep(
  parts: MinutesParts,
  by: By | typeof NOBODY,
  { conference }: MeetingRecords,
  known: KeptMinutes,
  action: string,
  state: MinutesState,
  reason: string = state.standing,
): Promise<KeptMinutes> {
  const document = documentNameOf({ kind: 'conference', conferenceId: conference._id })
  const lapses = needsSigning(conference.type) ? null : dueOf(state)
  const about = {
    action,
    object: document,
    reason,
    write: () => parts.minutes.store(conference._id, known, state, lapses),
    announces: () => [`conference:${conference._id}` as const],
  }
  const written = by.actor === null ? await commitAlone(parts, about) : await commit(parts, by, about)
  parts.documents.notify(document, 'conference')
  return written
}

/** As `commit`, for what nobody pressed. */
async function commitAlone(
  { audit, changes }: MinutesParts,
  { action, object, reason, write, announces }: Omit<Parameters<typeof commit<KeptMinutes>>[2], 'subject'>,
): Promise<KeptMinutes> {
  await audit.record({ actor: null, address: '', action, object, outcome: 'ok', reason })
  const written = await write()
  changes.announce(announces())
  return written
}
