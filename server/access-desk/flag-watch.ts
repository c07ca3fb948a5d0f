/**
 * Reads the record of access again and again and notes what is odd (SPEC AD7). Each look goes back further than the longest rule reaches; what was
 * found before is found under the same name and noted once, also after a stop at any moment.
 */
import { createHash } from 'node:crypto'
import {
  familyOf,
  type LookUp,
  MANY_HOUSEHOLDS,
  type OddLook,
  oddLooks,
  type Relation,
} from '../../shared/access-desk/odd-looks.ts'
import { type AccessFlagId, type AgencyId, type CaseId, idFromBytes, type UserId } from '../../shared/ids.ts'
import type { Opening } from '../break-glass/opening-repository.ts'
import type { AccessDeskParts } from './ports.ts'

type WatchParts = Pick<
  AccessDeskParts,
  'accessLog' | 'cases' | 'conferences' | 'items' | 'people' | 'flags' | 'markOf' | 'now' | 'store'
>

interface SweepRecord {
  _id: string
  at: Date
}

const SWEEP = 'access-sweep'
const REACH_MS = MANY_HOUSEHOLDS.withinMs
/** Where nothing was looked at before: what an officer still reviews. */
const FIRST_REACH_MS = 31 * 86_400_000

/** Notes what is odd since the last look. @returns how many were new */
export async function lookForOdd(parts: WatchParts): Promise<number> {
  const sweeps = parts.store.collection<SweepRecord>('installation')
  const now = parts.now()
  const last = await sweeps.findOne({ _id: SWEEP })
  const from = new Date(last ? last.at.getTime() - REACH_MS : now - FIRST_REACH_MS)
  const lookUps: LookUp[] = []
  for await (const records of parts.accessLog.during(from, new Date(now + 1))) {
    for (const { sequence, at, actor, action, outcome, subject } of records) {
      if (actor === null) continue
      lookUps.push({ sequence, at: at.getTime(), actor, action, outcome, ...(subject !== undefined && { subject }) })
    }
  }
  const relations = await relationsOf(parts, lookUps)
  let noted = 0
  for (const found of oddLooks(lookUps, (actor, subject) => relations.get(`${actor} ${subject}`))) {
    noted += await note(parts, found)
  }
  await sweeps.updateOne({ _id: SWEEP }, { $set: { at: new Date(now) } }, { upsert: true })
  return noted
}

async function note(parts: WatchParts, { rule, actor, subject, key, at, count }: OddLook): Promise<number> {
  let noted = 0
  for (const agencyId of await agenciesOf(parts, actor as UserId)) {
    const isNew = await parts.flags.add({
      _id: flagId(parts, `${agencyId}|${key}`),
      rule,
      agencyId,
      userId: actor as UserId,
      caseId: subject as CaseId | null,
      at: new Date(at),
      count,
    })
    if (isNew) noted++
  }
  return noted
}

/** An opening waits with the officer of the person's agency and with that of the lead agency; noted with the opening itself (break-glass BG6). */
export async function flagOpening(parts: Pick<WatchParts, 'flags' | 'markOf'>, opening: Opening): Promise<void> {
  for (const agencyId of new Set([opening.agencyId, opening.leadAgencyId])) {
    await parts.flags.add({
      _id: flagId(parts, `${agencyId}|break_glass|${opening._id}`),
      rule: 'break_glass',
      agencyId,
      userId: opening.userId,
      caseId: opening.caseId,
      at: opening.at,
      count: 1,
    })
  }
}

/** Named by a keyed mark of what it is, so that it says nothing and stands once. */
function flagId({ markOf }: Pick<WatchParts, 'markOf'>, words: string): AccessFlagId {
  return idFromBytes<AccessFlagId>(createHash('sha256').update(markOf(words)).digest().subarray(0, 16))
}

async function agenciesOf({ people }: Pick<WatchParts, 'people'>, userId: UserId): Promise<AgencyId[]> {
  const person = await people.person(userId)
  return [...new Set((person?.memberships ?? []).map(({ agencyId }) => agencyId))]
}

/** How each person stands to each client they looked up, by `<person> <client>`. */
async function relationsOf(parts: WatchParts, lookUps: readonly LookUp[]): Promise<Map<string, Relation>> {
  const pairs = new Map<string, { actor: UserId; subject: CaseId }>()
  for (const { actor, subject } of lookUps) {
    if (actor === null || subject === undefined) continue
    pairs.set(`${actor} ${subject}`, { actor: actor as UserId, subject: subject as CaseId })
  }
  const caseIds = [...new Set([...pairs.values()].map(pair => pair.subject))]
  const userIds = [...new Set([...pairs.values()].map(pair => pair.actor))]
  const [files, items, people] = await Promise.all([
    parts.cases.findMany(caseIds),
    parts.items.ofCases(caseIds),
    Promise.all(userIds.map(async userId => [userId, await parts.people.person(userId)] as const)),
  ])
  const conferences = await parts.conferences.findMany([...new Set(items.map(item => item.conferenceId))])
  const byId = new Map(files.map(file => [file._id, file]))
  const persons = new Map(people)
  const seats = new Map(conferences.map(conference => [conference._id, conference.participants]))
  const relations = new Map<string, Relation>()
  for (const [key, { actor, subject }] of pairs) {
    const file = byId.get(subject)
    const person = persons.get(actor)
    if (file === undefined || person === undefined) continue
    const own = items.filter(item => item.caseId === subject)
    const sits = own.some(({ conferenceId, agencies }) =>
      seats.get(conferenceId)?.some(seat => seat.userId === actor && agencies.includes(seat.agencyId)),
    )
    relations.set(key, {
      personFamily: familyOf(person.name),
      householdFamily: familyOf(file.label),
      isAssigned: sits || file.workers.some(worker => worker.userId === actor),
      isRecused: own.some(item => item.recused.includes(actor)),
    })
  }
  return relations
}
