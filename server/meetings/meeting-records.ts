/** What the records say of a conference and its items at one moment, and who may open which of them. */
import { type Actor, type CaseFacts, canEnterRoom, canReadItem } from '../../shared/access.ts'
import type { ConferenceId, ItemId, UserId } from '../../shared/ids.ts'
import type { AdmittedConference, AdmittedItem } from '../conferences/admission.ts'
import { caseFactsWith, conferenceFactsOf, itemFactsOf } from '../conferences/facts.ts'
import type { ConferenceParts } from '../conferences/ports.ts'

export interface MeetingRecords extends AdmittedConference {
  items: ReadonlyMap<ItemId, AdmittedItem>
}

/** Undefined where there is no such conference. */
export async function readRecords(
  parts: Pick<ConferenceParts, 'conferences' | 'items' | 'cases'>,
  conferenceId: ConferenceId,
): Promise<MeetingRecords | undefined> {
  const conference = await parts.conferences.find(conferenceId)
  if (conference === undefined) return undefined
  const facts = conferenceFactsOf(conference)
  const items = await parts.items.ofConference(conferenceId)
  const caseIds = [...new Set(items.map(item => item.caseId).filter(caseId => caseId !== null))]
  const [files, itemsOfCases] = await Promise.all([parts.cases.findMany(caseIds), parts.items.ofCases(caseIds)])
  const cases = new Map(
    files.map(file => {
      const own = itemsOfCases.filter(item => item.caseId === file._id)
      return [file._id, { file, facts: caseFactsWith(file, own) }]
    }),
  )
  const admitted = items.map((item): [ItemId, AdmittedItem] => {
    const ofCase = item.caseId === null ? undefined : cases.get(item.caseId)
    return [item._id, { conference, facts, item, itemFacts: itemFactsOf(item), ofCase }]
  })
  return { conference, facts, items: new Map(admitted) }
}

export const mayEnter = (actor: Actor, records: MeetingRecords): boolean => canEnterRoom(actor, records.facts)

export function mayOpen(actor: Actor, { facts, itemFacts, ofCase }: AdmittedItem): boolean {
  return canReadItem(actor, facts, itemFacts, ofCase?.facts)
}

/** Whether the person may open it, or could if they were not recused from it. */
export function mayOpenUnlessRecused(actor: Actor, { facts, itemFacts, ofCase }: AdmittedItem): boolean {
  const recused = itemFacts.recused.filter(userId => userId !== actor.userId)
  const caseFacts: CaseFacts | undefined = ofCase && caseFactsWith(ofCase.file, [])
  return canReadItem(actor, facts, { ...itemFacts, recused }, caseFacts)
}

export function openItemsOf(actor: Actor, records: MeetingRecords): Set<ItemId> {
  return new Set([...records.items].filter(([, item]) => mayOpen(actor, item)).map(([itemId]) => itemId))
}

/** Keys of everything that what is told of this meeting rests on, but for who is connected. */
export function keysOfRecords({ conference, items }: MeetingRecords): Set<string> {
  const keys = new Set<string>([`conference:${conference._id}`])
  for (const { userId, agencyId } of conference.participants) {
    keys.add(`user:${userId}`)
    keys.add(`agency:${agencyId}`)
  }
  for (const { item } of items.values()) {
    keys.add(`item:${item._id}`)
    if (item.caseId !== null) keys.add(`case:${item.caseId}`)
  }
  return keys
}

/** Names as the directory has them now; empty for who is not there any more. */
export async function readNames(
  people: ConferenceParts['people'],
  userIds: Iterable<UserId>,
): Promise<Map<UserId, string>> {
  const unique = [...new Set(userIds)]
  return new Map(
    await Promise.all(unique.map(async userId => [userId, (await people.person(userId))?.name ?? ''] as const)),
  )
}

/** The posts that are said of participants: of guests, who stand in no directory. */
export async function readTitles(
  people: ConferenceParts['people'],
  { participants }: Pick<MeetingRecords['conference'], 'participants'>,
): Promise<Map<UserId, string>> {
  const guests = participants.filter(({ guest }) => guest !== undefined)
  return new Map(
    await Promise.all(guests.map(async ({ userId }) => [userId, (await people.person(userId))?.title ?? ''] as const)),
  )
}
