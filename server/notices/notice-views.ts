/**
 * The one place that asks whether a notice is for this person now, and whether it still asks for something (SPEC NT5, NT6). Lists, counts and mails
 * go through it, so that none of them knows more than the others.
 */
import {
  type Actor,
  canChangeCase,
  canConductMinutes,
  canReadAction,
  canReadCase,
  canReadConference,
  canReadMinutes,
  canReviewAccess,
  participationOf,
  relationToAction,
} from '../../shared/access.ts'
import type { ActionMove } from '../../shared/actions/action-codes.ts'
import { isUnfinished, statusOn } from '../../shared/actions/action-moves.ts'
import { openAcknowledgements } from '../../shared/cases/case-life.ts'
import type { AgencyId, CaseId, ConferenceId } from '../../shared/ids.ts'
import type { NoticeGroup, NoticesView, NoticeView } from '../../shared/protocol/notices.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import { isStanding } from '../actions/admit-action.ts'
import type { LedgerEntry } from '../actions/ledger-repository.ts'
import { factsOf, type Surroundings, surroundingsOf } from '../actions/surroundings.ts'
import { type AdmittedCase, caseOfRecord } from '../conferences/admission.ts'
import type { Conference } from '../conferences/conference-repository.ts'
import { conferenceFactsOf } from '../conferences/facts.ts'
import type { By } from '../conferences/ports.ts'
import type { MinutesState } from '../minutes/minutes-state.ts'
import { lastVersion } from '../minutes/minutes-state.ts'
import { judgedBasis } from './basis-news.ts'
import type { Notice, NoticeAbout } from './notice-repository.ts'
import type { NoticeParts } from './ports.ts'
import { judgedReferral } from './referral-news.ts'
import { judgedRequest } from './request-news.ts'
import { channelsOf } from './settings-repository.ts'

/** What the person sees in the list; each case that is named leaves a record of access. */
export async function listNotices(parts: NoticeParts, by: By): Promise<NoticesView> {
  const notices = await shown(parts, by.actor, await parts.notices.ofUser(by.actor.userId))
  const cases = new Set(notices.flatMap(({ group }) => (group.of === 'case' ? [group.caseId] : [])))
  for (const caseId of cases) {
    await parts.audit.record({
      actor: by.actor.userId,
      sessionId: by.sessionId,
      address: by.address,
      action: 'notice.list',
      subject: caseId,
      object: `case.${caseId}`,
      outcome: 'ok',
    })
  }
  return { notices }
}

export async function countNotices(parts: NoticeParts, actor: Actor): Promise<number> {
  const notices = await shown(parts, actor, await parts.notices.unreadOf(actor.userId))
  return notices.filter(({ isOver }) => !isOver).length
}

async function shown(parts: NoticeParts, actor: Actor, notices: readonly Notice[]): Promise<NoticeView[]> {
  if (notices.length === 0) return []
  const { settings } = await parts.settings.of(actor.userId)
  return noticesFor(
    parts,
    actor,
    notices.filter(({ kind }) => channelsOf(settings, kind).app),
  )
}

/** Those of them that are for this person now. @param notices the person's own, the newest first */
export async function noticesFor(parts: NoticeParts, actor: Actor, notices: readonly Notice[]): Promise<NoticeView[]> {
  const around = await readAround(parts, notices)
  const overtaken = new Set<string>()
  const views: NoticeView[] = []
  for (const notice of notices) {
    const about = await judged(parts, actor, around, notice)
    if (about === undefined) continue
    // Of one conference's plan only the last news counts.
    const topic = notice.about.of === 'conference' ? `${notice.about.conferenceId} ${notice.kind}` : notice._id
    const isOver = about.isOver || overtaken.has(topic)
    overtaken.add(topic)
    const { _id, kind, at, read } = notice
    views.push({ noticeId: _id, kind, at: at.toISOString(), isRead: read, ...about, isOver })
  }
  return views
}

type Judged = Pick<NoticeView, 'isOver' | 'group'> & Partial<Pick<NoticeView, 'changed' | 'due' | 'agency' | 'action'>>

interface Around {
  conferences: ReadonlyMap<ConferenceId, Conference>
  minutes: ReadonlyMap<ConferenceId, MinutesState>
  entries: ReadonlyMap<string, LedgerEntry>
  surroundings: Surroundings
  cases: ReadonlyMap<CaseId, AdmittedCase>
}

type AboutOf<Of extends NoticeAbout['of']> = Extract<NoticeAbout, { of: Of }>

async function readAround(parts: NoticeParts, notices: readonly Notice[]): Promise<Around> {
  const abouts = notices.map(({ about }) => about)
  const ofMinutes = abouts.flatMap(about => (about.of === 'minutes' ? [about.conferenceId] : []))
  const ofPlans = abouts.flatMap(about => (about.of === 'conference' ? [about.conferenceId] : []))
  const documents = new Set(abouts.flatMap(about => (about.of === 'action' ? [about.document] : [])))
  const named = new Set(abouts.flatMap(about => (about.of === 'action' ? [keyOf(about)] : [])))
  const entries = (await parts.ledger.ofDocuments([...documents])).filter(
    entry => named.has(keyOf(entry)) && isStanding(entry),
  )
  const caseIds = [
    ...new Set(
      abouts.flatMap(about =>
        about.of === 'case' || about.of === 'basis' || about.of === 'request'
          ? [about.caseId]
          : about.of === 'access'
            ? (about.caseId ?? [])
            : [],
      ),
    ),
  ]
  const [conferences, minutes, surroundings, files] = await Promise.all([
    parts.conferences.findMany([...new Set([...ofMinutes, ...ofPlans])]),
    Promise.all([...new Set(ofMinutes)].map(async id => [id, (await parts.minutes.find(id)).state] as const)),
    surroundingsOf(parts, entries),
    parts.cases.findMany(caseIds),
  ])
  const cases = await Promise.all(files.map(async file => [file._id, await caseOfRecord(parts, file)] as const))
  return {
    conferences: new Map(conferences.map(conference => [conference._id, conference])),
    minutes: new Map(minutes),
    entries: new Map(entries.map(entry => [keyOf(entry), entry])),
    surroundings,
    cases: new Map(cases),
  }
}

const keyOf = ({ document, actionId }: Pick<LedgerEntry, 'document' | 'actionId'>) => `${document}/${actionId}`

async function judged(parts: NoticeParts, actor: Actor, around: Around, notice: Notice): Promise<Judged | undefined> {
  const { about, kind } = notice
  switch (about.of) {
    case 'conference':
      return kind === 'conference_cancelled'
        ? judgedCancelled(parts, actor, around, about)
        : judgedPlan(parts, actor, around, about)
    case 'minutes':
      return judgedMinutes(parts, actor, around, about, kind)
    case 'action':
      return judgedAction(parts, actor, around, about, kind)
    case 'case':
      return judgedCase(parts, actor, around, about, kind)
    case 'access':
      return judgedAccess(parts, actor, around, about)
    case 'referral':
      return judgedReferral(parts, actor, about, kind)
    case 'basis':
      return judgedBasis(parts, actor, around.cases.get(about.caseId), about, kind)
    case 'request':
      return judgedRequest(parts, actor, around.cases.get(about.caseId), about, kind)
  }
}

function judgedPlan(
  parts: NoticeParts,
  actor: Actor,
  { conferences }: Around,
  { conferenceId, changed }: AboutOf<'conference'>,
): Judged | undefined {
  const conference = conferences.get(conferenceId)
  if (conference === undefined || !takesPart(actor, conference)) return undefined
  const endsAt = conference.startsAt.getTime() + conference.minutes * 60_000
  const isOver = conference.state === 'closed' || endsAt < parts.now()
  return { isOver, group: groupOf(conference), ...(changed && { changed }) }
}

/** What was said to the person stands without the conference: that something is no longer at that time. */
function judgedCancelled(
  parts: NoticeParts,
  actor: Actor,
  { conferences }: Around,
  { conferenceId, startsAt, minutes }: AboutOf<'conference'>,
): Judged | undefined {
  const conference = conferences.get(conferenceId)
  if (conference !== undefined && conference.state !== 'draft' && takesPart(actor, conference)) return undefined
  const isOver = Date.parse(startsAt) + minutes * 60_000 < parts.now()
  const mayRead = conference !== undefined && canReadConference(actor, conferenceFactsOf(conference))
  return { isOver, group: mayRead ? groupOf(conference) : { of: 'past', startsAt } }
}

function takesPart(actor: Actor, conference: Conference): boolean {
  const facts = conferenceFactsOf(conference)
  return participationOf(actor, facts) !== undefined && canReadConference(actor, facts)
}

const groupOf = ({ _id, title, startsAt }: Conference): NoticeGroup => ({
  of: 'conference',
  conferenceId: _id,
  title,
  startsAt: startsAt.toISOString(),
})

async function judgedMinutes(
  parts: NoticeParts,
  actor: Actor,
  { conferences, minutes }: Around,
  { conferenceId, version, agencyId }: AboutOf<'minutes'>,
  kind: Notice['kind'],
): Promise<Judged | undefined> {
  const conference = conferences.get(conferenceId)
  const state = minutes.get(conferenceId)
  if (conference === undefined || state === undefined) return undefined
  const facts = conferenceFactsOf(conference)
  const isObjection = kind === 'minutes_objected'
  if (!(isObjection ? canConductMinutes : canReadMinutes)(actor, facts)) return undefined
  const last = lastVersion(state)
  const isOpen = state.standing === 'circulated' && last?.head.number === version
  const isAnswered = state.signatures.some(one => one.userId === actor.userId && one.version === version)
  // An objection asks until the version that it was about is no longer the one that counts.
  const isOver = kind === 'minutes_sealed' ? last?.head.number !== version : !isOpen || (isAnswered && !isObjection)
  return {
    isOver,
    group: groupOf(conference),
    ...(isOpen && last !== undefined && { due: dayInSeoul(Date.parse(last.head.due) - 1) }),
    ...(agencyId && { agency: await nameOf(parts, agencyId) }),
  }
}

async function judgedAction(
  parts: NoticeParts,
  actor: Actor,
  { entries, surroundings }: Around,
  about: AboutOf<'action'>,
  kind: Notice['kind'],
): Promise<Judged | undefined> {
  const entry = entries.get(keyOf(about))
  if (entry === undefined) return undefined
  const facts = factsOf(actor, surroundings, entry)
  if (!canReadAction(actor, facts)) return undefined
  const relation = relationToAction(actor, facts)
  const { standing, history, words, document, actionId } = entry
  const status = statusOn(standing, dayInSeoul(parts.now()))
  const isMine = standing.ownerUserId === actor.userId || (standing.ownerUserId === null && relation.owes)
  const step = about.step === null ? undefined : history[about.step]
  const isOver = {
    action_given: step === undefined ? status !== 'proposed' || !isMine : !isUnfinished(status) || !isMine,
    action_offered: !relation.takes || isOfferEnded(history, about.step),
    action_answered: false,
    action_returned: standing.status !== 'postponed' || standing.until !== about.until || !isMine,
    action_escalated: !isUnfinished(status),
  }[kind as `action_${'given' | 'offered' | 'answered' | 'returned' | 'escalated'}`]
  const answering = step && about.step !== null ? answeredBy(history, about.step) : undefined
  return {
    isOver,
    group: groupOfAction(actor, surroundings, entry),
    action: { document, actionId, what: words.what, move: step?.move ?? null },
    ...(answering && { agency: await nameOf(parts, answering) }),
  }
}

/** Of an agency that was asked, until it answered; of an offer, until it is over. What was answered is only told. */
async function judgedCase(
  parts: NoticeParts,
  actor: Actor,
  { cases }: Around,
  { caseId, id }: AboutOf<'case'>,
  kind: Notice['kind'],
): Promise<Judged | undefined> {
  const found = cases.get(caseId)
  if (found === undefined || !canReadCase(actor, found.facts)) return undefined
  const { file, facts } = found
  const { life } = file
  const mine = facts.workers.filter(({ userId }) => userId === actor.userId).map(({ agencyId }) => agencyId)
  const offer = life.offers.find(one => one.id === id)
  const answer = life.answers.find(one => one.id === id)
  const lead = facts.agencies.find(({ role }) => role === 'lead')?.agencyId
  const owes = mine.some(agencyId => openAcknowledgements(life, agencyId).some(entry => entry.id === id))
  const isOver =
    kind === 'case_asked' ? !owes : kind === 'case_lead_offered' ? offer === undefined || offer.outcome !== null : false
  const who = kind === 'case_answered' ? (answer?.agencyId ?? offer?.to) : lead
  return {
    isOver,
    group: { of: 'case', caseId, number: file.number, label: file.label },
    ...(who && { agency: await nameOf(parts, who) }),
  }
}

/** Who reads the case is led to it, an officer to the desk, where no household is named; one's own look-ups name none either. */
async function judgedAccess(
  parts: NoticeParts,
  actor: Actor,
  { cases }: Around,
  { caseId, agencyId }: AboutOf<'access'>,
): Promise<Judged | undefined> {
  if (caseId === null) return { isOver: false, group: { of: 'desk' } }
  const found = cases.get(caseId)
  const agency = agencyId && { agency: await nameOf(parts, agencyId) }
  if (found !== undefined && canChangeCase(actor, found.facts)) {
    const { number, label } = found.file
    return { isOver: false, group: { of: 'case', caseId, number, label }, ...agency }
  }
  const isOfficer = actor.memberships.some(membership => canReviewAccess(actor, membership.agencyId))
  return isOfficer ? { isOver: false, group: { of: 'desk' }, ...agency } : undefined
}

/** Taken, refused or taken back; a later offer has a notice of its own. */
const isOfferEnded = (history: LedgerEntry['history'], offered: number | null): boolean =>
  history.some((step, index) => index > (offered ?? -1) && OFFER_ENDS.includes(step.move))

const OFFER_ENDS: readonly ActionMove[] = ['take_over', 'refuse_offer', 'withdraw_offer']

/** The agency whose answer a step is. */
function answeredBy(history: LedgerEntry['history'], index: number): AgencyId | undefined {
  const step = history[index]
  if (step?.move !== 'refuse_offer') return step?.agencyId
  return history.slice(0, index).findLast(({ move }) => move === 'offer')?.toAgencyId ?? undefined
}

function groupOfAction(
  actor: Actor,
  { cases, conferences }: Surroundings,
  { caseId, words }: LedgerEntry,
): NoticeGroup {
  const file = caseId === null ? undefined : cases.get(caseId)?.file
  if (file !== undefined) return { of: 'case', caseId: file._id, number: file.number, label: file.label }
  const conference = words.conferenceId ? conferences.get(words.conferenceId) : undefined
  if (conference && canReadConference(actor, conferenceFactsOf(conference))) return groupOf(conference)
  return { of: 'past', startsAt: new Date(words.madeAt).toISOString() }
}

async function nameOf({ people }: NoticeParts, agencyId: AgencyId): Promise<string> {
  return (await people.agency(agencyId))?.shortName ?? ''
}
