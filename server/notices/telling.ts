/**
 * The look at one conference or one ledger: what is news of it is written down for each person who is to know, and then that it was said. A stop
 * in between, or a second look at the same time, finds the same news under the same names, and each of them is written once (SPEC NT1).
 */
import {
  type Actor,
  canConductMinutes,
  canReadAction,
  canReadCase,
  canReadMinutes,
  canSignMinutes,
  participationOf,
  relationToAction,
} from '../../shared/access.ts'
import type { CaseId, ConferenceId, UserId } from '../../shared/ids.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import { isStanding } from '../actions/admit-action.ts'
import type { LedgerEntry } from '../actions/ledger-repository.ts'
import { factsOf, type Surroundings, showing, surroundingsOf } from '../actions/surroundings.ts'
import { caseOfRecord } from '../conferences/admission.ts'
import type { Conference } from '../conferences/conference-repository.ts'
import { conferenceFactsOf } from '../conferences/facts.ts'
import {
  type ActionEvent,
  actionEvents,
  type MadeIn,
  NOTHING_SAID,
  QUIET_MS,
  type SaidOfAction,
} from './action-events.ts'
import { caseEvents, NOTHING_SAID_OF_CASE, type SaidOfCase, saidOfCase } from './case-events.ts'
import {
  conferenceEvents,
  minutesEvents,
  type SaidOfConference,
  type SaidOfMinutes,
  saidOfConference,
  saidOfMinutes,
} from './conference-events.ts'
import type { NewNotice, NoticeRepository } from './notice-repository.ts'
import { actorOf, type NoticeParts } from './ports.ts'
import { isMailed } from './settings-repository.ts'

/** What is older is history, not news (SPEC NT7). */
export const NEWS_MS = 30 * 86_400_000

/** Two looks at once, and one of them looks again; more than a few in a row is something else. */
const MOST_LOOKS = 5

/** A conference and its minutes. @returns the ledgers to look at as well: of a meeting that is over, whose promises are told now */
export async function lookAtConference(
  parts: NoticeParts,
  conferenceId: ConferenceId,
  /** Who did what is news, where that is known. */
  doer?: UserId,
): Promise<string[]> {
  const conference = await parts.conferences.find(conferenceId)
  const wasOver = await lookAtPlan(parts, conferenceId, conference, doer)
  if (conference?.state !== 'closed') return []
  await lookAtMinutes(parts, conference)
  return wasOver ? [] : ledgersOf(parts, conference)
}

/** @returns whether it was known to be over */
async function lookAtPlan(
  parts: NoticeParts,
  conferenceId: ConferenceId,
  conference: Conference | undefined,
  doer: UserId | undefined,
): Promise<boolean> {
  const thing = `conference/${conferenceId}`
  const now = saidOfConference(conference, parts.markOf)
  let wasOver = false
  await comparing<SaidOfConference>(parts.notices, thing, async ({ said, version }) => {
    wasOver = said?.standing === 'over'
    if (said === undefined ? now.standing === 'unplanned' : isSame(said, now)) return undefined
    const at = parts.now()
    const about = { createdBy: conference?.createdBy, isLive: conference?.state === 'live', at }
    for (const { kind, userId, startsAt, minutes, changed } of conferenceEvents(said, now, about)) {
      if (userId === doer) continue
      if (kind !== 'conference_cancelled' && !(await takesPart(parts, userId, conference))) continue
      await tell(parts, {
        event: `${thing}/${version}/${kind}`,
        userId,
        kind,
        about: {
          of: 'conference',
          conferenceId,
          startsAt: new Date(startsAt).toISOString(),
          minutes,
          ...(changed.length > 0 && { changed }),
        },
        before: startsAt,
      })
    }
    return now
  })
  return wasOver
}

const isSame = (a: SaidOfConference, b: SaidOfConference): boolean =>
  a.standing === b.standing &&
  a.startsAt === b.startsAt &&
  a.minutes === b.minutes &&
  a.place === b.place &&
  a.invited.length === b.invited.length &&
  a.invited.every((userId, index) => userId === b.invited[index])

async function takesPart({ people }: NoticeParts, userId: UserId, conference: Conference | undefined) {
  if (conference === undefined) return false
  const actor = await actorOf(people, userId)
  return actor !== undefined && participationOf(actor, conferenceFactsOf(conference)) !== undefined
}

async function lookAtMinutes(parts: NoticeParts, conference: Conference): Promise<void> {
  const thing = `minutes/${conference._id}`
  const { state } = await parts.minutes.find(conference._id)
  const now = saidOfMinutes(state)
  await comparing<SaidOfMinutes>(parts.notices, thing, async ({ said }) => {
    const news = minutesEvents(said, state, conference.type)
    const isNew = said === undefined || now.versions > said.versions || now.signatures > said.signatures
    if (!isNew && now.seals <= said.seals) return undefined
    const facts = conferenceFactsOf(conference)
    const may = { signers: canSignMinutes, conductors: canConductMinutes, readers: canReadMinutes }
    for (const { kind, name, version, to, by, at, agencyId } of news) {
      if (at < parts.now() - NEWS_MS) continue
      for (const { userId, guest } of conference.participants) {
        const actor = guest === undefined && userId !== by ? await actorOf(parts.people, userId) : undefined
        if (actor === undefined || !may[to](actor, facts)) continue
        const about = { of: 'minutes' as const, conferenceId: conference._id, version, ...(agencyId && { agencyId }) }
        await tell(parts, { event: `${thing}/${name}`, userId, kind, about })
      }
    }
    return now
  })
}

/** A case's life: who is told works on it, for the agency that is asked or answered, and may read it now (SPEC NT8). */
export async function lookAtCase(parts: NoticeParts, caseId: CaseId): Promise<void> {
  const thing = `case/${caseId}`
  await comparing<SaidOfCase>(parts.notices, thing, async ({ said = NOTHING_SAID_OF_CASE }) => {
    const file = await parts.cases.find(caseId)
    if (file === undefined) return undefined
    const next = saidOfCase(file.life)
    const { facts } = await caseOfRecord(parts, file)
    const lead = facts.agencies.find(({ role }) => role === 'lead')?.agencyId
    const news = lead === undefined ? [] : caseEvents(said, file.life, lead)
    for (const event of news.filter(({ at }) => at >= parts.now() - NEWS_MS)) {
      for (const { userId, agencyId } of file.workers) {
        const isTold = typeof event.to === 'string' ? agencyId === event.to : userId === event.to.userId
        if (!isTold || userId === event.by) continue
        const actor = await actorOf(parts.people, userId)
        if (actor === undefined || !canReadCase(actor, facts)) continue
        const { kind, id } = event
        await tell(parts, { event: `${thing}/${kind}/${id}`, userId, kind, about: { of: 'case', caseId, id } })
      }
    }
    const isSaid = Object.entries(next).every(([what, n]) => said[what as keyof SaidOfCase] === n)
    return isSaid ? undefined : next
  })
}

/** The documents in which promises of this conference may stand. */
async function ledgersOf(parts: NoticeParts, { _id }: Conference): Promise<string[]> {
  const items = await parts.items.ofConference(_id)
  const caseIds = [...new Set(items.flatMap(item => item.caseId ?? []))]
  const ofCases = await parts.ledger.ofCases(caseIds)
  return [...new Set([`conference.${_id}`, ...ofCases.map(entry => entry.document)])]
}

/** @returns when to look again because words are still in the making; undefined where there is nothing to wait for */
export async function lookAtLedger(parts: NoticeParts, document: string): Promise<number | undefined> {
  const entries = (await parts.ledger.ofDocuments([document])).filter(isStanding)
  if (entries.length === 0) return undefined
  const around = await surroundingsOf(parts, entries)
  const now = parts.now()
  const day = dayInSeoul(now)
  let again: number | undefined
  for (const entry of entries) {
    const made = madeIn(around, entry)
    const settlesAt = entry.words.madeAt + QUIET_MS
    if (made === 'none' && settlesAt > now) again = Math.min(again ?? settlesAt, settlesAt)
    const hasNews = actionEvents(NOTHING_SAID, entry, { made, now, day }).events.length > 0
    if (hasNews || entry.history.length > 0) await lookAtAction(parts, around, entry, { made, now, day })
  }
  return again
}

async function lookAtAction(
  parts: NoticeParts,
  around: Surroundings,
  entry: LedgerEntry,
  when: { made: MadeIn; now: number; day: string },
): Promise<void> {
  const { document, actionId } = entry
  const thing = `action/${document}/${actionId}`
  await comparing<SaidOfAction>(parts.notices, thing, async ({ said }) => {
    const { events, said: next } = actionEvents(said ?? NOTHING_SAID, entry, when)
    const news = events.filter(({ at }) => at >= when.now - NEWS_MS)
    for (const actor of news.length === 0 ? [] : await candidates(parts, around, entry)) {
      const facts = factsOf(actor, around, entry)
      if (!canReadAction(actor, facts)) continue
      const relation = relationToAction(actor, facts)
      for (const event of news) {
        if (actor.userId === event.by || !event.isFor(actor.userId, relation)) continue
        await tell(parts, {
          event: `${thing}/${event.name}`,
          userId: actor.userId,
          kind: event.kind,
          about: { of: 'action', document, actionId, step: event.step, ...untilOf(event) },
        })
      }
    }
    const isSaid = said?.given === next.given && said.steps === next.steps && said.back === next.back
    return isSaid ? undefined : next
  })
}

const untilOf = ({ until }: ActionEvent) => (until === undefined ? {} : { until })

function madeIn(around: Surroundings, { words }: LedgerEntry): MadeIn {
  const conference = words.conferenceId ? around.conferences.get(words.conferenceId) : undefined
  if (conference === undefined) return 'none'
  return conference.state === 'closed' ? { over: conference.closedAt?.getTime() ?? 0 } : 'under-way'
}

/** Everybody whom it could concern; the policy says whom it does. */
async function candidates(parts: NoticeParts, around: Surroundings, entry: LedgerEntry): Promise<Actor[]> {
  const { standing, history, escalatedTo, caseId } = entry
  const agencyIds = new Set([standing.agencyId, ...(standing.offer ? [standing.offer.agencyId] : [])])
  const staff = await Promise.all([...agencyIds].map(agencyId => parts.staffOf(agencyId)))
  const ofCase = caseId === null ? undefined : around.cases.get(caseId)
  const userIds = new Set<UserId>([
    ...staff.flat().map(member => member.userId),
    ...(ofCase?.file.workers.map(worker => worker.userId) ?? []),
    ...showing(around, entry).flatMap(({ conference }) => conference.participants.map(one => one.userId)),
    ...escalatedTo,
    ...history.flatMap(step => [step.by, ...(step.toUserId ? [step.toUserId] : [])]),
  ])
  const actors = await Promise.all([...userIds].map(userId => actorOf(parts.people, userId)))
  return actors.filter(actor => actor !== undefined)
}

export async function tell(parts: NoticeParts, notice: Omit<NewNotice, 'at' | 'mail'>): Promise<void> {
  const { settings } = await parts.settings.of(notice.userId)
  const mail = isMailed(settings, notice.kind) ? 'waiting' : 'none'
  await parts.notices.put({ ...notice, at: parts.now(), mail })
}

/** Compares, writes what is news, and notes that it was said; where somebody else noted something meanwhile, all over again. */
async function comparing<T extends object>(
  notices: NoticeRepository,
  thing: string,
  compare: (known: { said: T | undefined; version: number }) => Promise<T | undefined>,
): Promise<void> {
  for (let look = 0; look < MOST_LOOKS; look++) {
    const known = await notices.told<T>(thing)
    const said = await compare(known)
    if (said === undefined || (await notices.tell(thing, known, said))) return
  }
  throw new Error(`Others kept saying something of ${thing}`)
}
