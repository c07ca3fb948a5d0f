/**
 * The confidentiality statement (비밀유지): accepted before items open (SPEC MA3; 사회보장급여법 제49조 3호). Everybody gives it once per conference;
 * people of the host agency who give it by a press of their own give it for a year. What the minute-taker enters counts for that conference
 * alone, and only the minute-taker's entry can be taken back.
 */
import { canEnterRoom } from '../../shared/access.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { UserId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { AccessKey } from '../auth/access-changes.ts'
import { type AdmittedConference, refuse } from './admission.ts'
import { commit } from './commit.ts'
import type { AcceptedHow, Conference } from './conference-repository.ts'
import type { By, ConferenceParts } from './ports.ts'

const YEAR_MS = 365 * 86_400_000

/** Notes in a conference that is about to be live whose yearly statement holds. May be repeated. */
export async function carryYearlyStatements(parts: ConferenceParts, conference: Conference): Promise<void> {
  const team = conference.participants.filter(p => p.agencyId === conference.hostAgencyId).map(p => p.userId)
  const given = await givenThisYear(parts, conference, team)
  if (given.length > 0) await parts.conferences.accept(conference._id, given)
}

/** One's own, for a person who reads without attending: who prepares before the meeting, who was away from it, after it too. */
export async function acceptOwnStatement(
  parts: ConferenceParts,
  by: By,
  admitted: AdmittedConference,
): Promise<Conference> {
  const { conference, facts } = admitted
  const object = documentNameOf({ kind: 'conference', conferenceId: conference._id })
  if (!canEnterRoom(by.actor, facts)) return refuse(parts, by, 'not-allowed', { object })
  if (conference.state === 'draft') throw new Refusal('not-allowed', 'not-planned')
  await acceptStatements(parts, by, conference, [by.actor.userId], 'own-press')
  const accepted = await parts.conferences.find(conference._id)
  if (accepted === undefined) throw new Refusal('not-found')
  return accepted
}

/** Notes the statement of these participants; the items open for them at once. May be repeated: what is noted already makes no second record. */
export async function acceptStatements(
  parts: ConferenceParts,
  by: By,
  conference: Conference,
  userIds: readonly UserId[],
  how: AcceptedHow,
): Promise<void> {
  const isMissing = (userId: UserId) =>
    conference.accepted?.includes(userId) === false ||
    // Entered for them before: now they say it themselves.
    (how === 'own-press' && conference.enteredFor?.includes(userId) === true)
  const added = userIds.filter(userId => conference.participants.some(p => p.userId === userId) && isMissing(userId))
  if (added.length > 0) {
    await commit(parts, by, {
      action: 'statement.accept',
      object: documentNameOf({ kind: 'conference', conferenceId: conference._id }),
      reason: how,
      write: () => parts.conferences.accept(conference._id, added, how),
      announces: () => keysOf(added),
    })
  }
  if (how !== 'own-press') return
  const host = conference.hostAgencyId
  for (const { userId, agencyId } of conference.participants) {
    if (agencyId !== host || !userIds.includes(userId)) continue
    await parts.statements.put(userId, host, new Date(parts.now()))
  }
}

/** Takes back what was entered for these people by mistake. Whose yearly statement holds keeps it. */
export async function takeBackStatements(
  parts: ConferenceParts,
  by: By,
  conference: Conference,
  userIds: readonly UserId[],
): Promise<void> {
  const kept = await givenThisYear(parts, conference, userIds)
  const removed = userIds.filter(userId => conference.accepted?.includes(userId) && !kept.includes(userId))
  if (removed.length === 0) return
  await commit(parts, by, {
    action: 'statement.take-back',
    object: documentNameOf({ kind: 'conference', conferenceId: conference._id }),
    write: () => parts.conferences.unaccept(conference._id, removed),
    announces: () => keysOf(removed),
  })
}

function givenThisYear(parts: ConferenceParts, conference: Conference, userIds: readonly UserId[]): Promise<UserId[]> {
  return parts.statements.givenSince(userIds, conference.hostAgencyId, new Date(parts.now() - YEAR_MS))
}

const keysOf = (userIds: readonly UserId[]): AccessKey[] => userIds.map((userId): AccessKey => `user:${userId}`)
