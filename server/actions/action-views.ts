/** Action items as one person sees them. A list leaves one record of access for each case that it names (SPEC AC13). */
import { type Actor, canReadAction, canReadCase, canReadConference, relationToAction } from '../../shared/access.ts'
import { EFFECTS } from '../../shared/actions/action-codes.ts'
import {
  type ActionRelation,
  isEnteredFor,
  isUnfinished,
  movesFor,
  statusOn,
} from '../../shared/actions/action-moves.ts'
import { asksForDecision } from '../../shared/actions/carries.ts'
import { codesOf, NEED_DOMAINS, type NeedDomain } from '../../shared/codes.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { AgencyId, CaseId, UserId } from '../../shared/ids.ts'
import type {
  ActionStepView,
  ActionView,
  AgencyBrief,
  CaseActionsView,
  EffectOfNeed,
} from '../../shared/protocol/action-api.ts'
import { addDays, dayInSeoul } from '../../shared/working-days.ts'
import { actionDocumentsOf } from '../conferences/action-zones.ts'
import { type AdmittedCase, type AdmittedConference, type AdmittedItem, caseOf } from '../conferences/admission.ts'
import type { Conference } from '../conferences/conference-repository.ts'
import { conferenceFactsOf } from '../conferences/facts.ts'
import type { By } from '../conferences/ports.ts'
import { openItemsOf } from '../papers/open-items.ts'
import { type AdmittedAction, isStanding } from './admit-action.ts'
import type { LedgerEntry, LedgerReach, SealedEntry } from './ledger-repository.ts'
import type { ActionParts } from './ports.ts'
import { carriesIn, factsOf, type Surroundings, supervisedAmong, surroundingsOf } from './surroundings.ts'

/** Finished ones are listed for so long; the case's ledger keeps them all. */
const LIST_FINISHED_MS = 180 * 86_400_000

/** What ends within so many days is near. */
const NEAR_DAYS = 7

/**
 * Mine, my agencies', and those of the cases that I work on: what the person may see of them.
 *
 * @param options.near only what a start page tells of (SPEC AC17); what is not told of is not opened
 */
export async function listActions(parts: ActionParts, by: By, options: { near?: boolean } = {}): Promise<ActionView[]> {
  await parts.projector.settled()
  const since = parts.now() - LIST_FINISHED_MS
  const within = await parts.ledger.within(await reachOf(parts, by.actor))
  const listed = within.filter(
    ({ standing, history }) => isUnfinished(standing.status) || (history.at(-1)?.at.getTime() ?? 0) > since,
  )
  return viewsOf(parts, by, listed, { near: options.near ?? false })
}

/** Unfinished, and mine; or told to me, offered to me, or my agency's and asking for somebody or near its end. */
function isNear(by: By, around: Surroundings, day: string, { entry, relation, through }: Readable): boolean {
  const { mine, ours, escalatedToMe, status } = placeFor(by.actor, day, { entry, relation, through })
  if (!isUnfinished(status)) return false
  if (mine || escalatedToMe || movesFor(entry.standing, relation, day).includes('take_over')) return true
  if (!ours) return false
  const { due } = entry.words
  const endsSoon = status !== 'postponed' && due !== '' && due <= addDays(day, NEAR_DAYS)
  return endsSoon || status === 'proposed' || asksForDecision(entry.standing, carriesIn(around, entry), day)
}

/**
 * Where to look for a person's action items. An agency may owe tens of thousands in other agencies' cases; they are read for whom the policy tells
 * of them by their office (SPEC AC12), for others only in the cases that they work on or met in a conference. Who may see which is asked afterwards.
 */
async function reachOf(parts: ActionParts, actor: Actor): Promise<LedgerReach> {
  const agencyIds = [...new Set(actor.memberships.map(membership => membership.agencyId))]
  const [supervised, worked, conferences] = await Promise.all([
    supervisedAmong(parts, agencyIds),
    parts.cases.ofWorker(actor.userId),
    parts.conferences.ofPerson(actor.userId),
  ])
  const items = (await Promise.all(conferences.map(({ _id }) => parts.items.ofConference(_id)))).flat()
  const caseIds = worked.map(file => file._id)
  const known = new Set(caseIds)
  return {
    userId: actor.userId,
    agencyIds,
    wholly: agencyIds.filter(agencyId => isToldOfAll(actor, agencyId, supervised)),
    caseIds,
    metCaseIds: [...new Set(items.flatMap(({ caseId }) => (caseId === null || known.has(caseId) ? [] : [caseId])))],
    documents: conferences.map(({ _id }) => documentNameOf({ kind: 'conference', conferenceId: _id })),
  }
}

/** Whether the person may see what the agency owes in a case in which they have no part. */
function isToldOfAll(actor: Actor, agencyId: AgencyId, supervised: readonly AgencyId[]): boolean {
  return canReadAction(actor, {
    agencyId,
    ownerUserId: null,
    offer: null,
    escalatedTo: [],
    open: true,
    through: { reads: false, speaks: false, conducts: false, leads: false, meetsTaker: false },
    recused: false,
    supervised,
    // Which of those cases the agency may know of is asked of each.
    grounded: undefined,
  })
}

/** What the ledgers that an item shows hold of it, with what may be done. */
export async function actionsOfItem(parts: ActionParts, by: By, { item, ofCase }: AdmittedItem): Promise<ActionView[]> {
  await parts.projector.settled()
  const { current, others } = actionDocumentsOf(item, ofCase?.file)
  const entries = await parts.ledger.ofDocuments([current, ...others])
  // The conference's own ledger holds those of all its general items.
  const own = item.caseId === null ? entries.filter(entry => entry.words.itemId === item._id) : entries
  return viewsOf(parts, by, own, { recorded: true })
}

/** Every action item of a case that the person may read, and how those that are done helped, by need. */
export async function actionsOfCase(parts: ActionParts, by: By, { file }: AdmittedCase): Promise<CaseActionsView> {
  await parts.projector.settled()
  const actions = await viewsOf(parts, by, await parts.ledger.ofCases([file._id]))
  return { actions, effects: effectsOf(actions) }
}

/**
 * The check of earlier action items in a meeting: of every item that the person may open in it, those that were made elsewhere and are
 * unfinished and awake, and those that were settled in this meeting, so that one sees what was done.
 */
export async function reviewOf(parts: ActionParts, by: By, admitted: AdmittedConference): Promise<ActionView[]> {
  await parts.projector.settled()
  const { conference } = admitted
  const open = await openItemsOf(parts, by, admitted)
  const documents = await Promise.all(
    open.flatMap(item =>
      item.caseId === null
        ? []
        : [
            caseOf(parts, item).then(ofCase => {
              const { current, others } = actionDocumentsOf(item, ofCase?.file)
              return [current, ...others]
            }),
          ],
    ),
  )
  const general = await earlierConferences(parts, by, conference)
  const entries = await parts.ledger.ofDocuments([...new Set([...documents.flat(), ...general])])
  const day = dayInSeoul(parts.now())
  const shown = entries.filter(({ standing, words, history }) => {
    if (words.conferenceId === conference._id) return false
    const status = statusOn(standing, day)
    const isAwake = isUnfinished(status) && status !== 'postponed'
    return isAwake || history.some(step => step.conferenceId === conference._id)
  })
  return viewsOf(parts, by, shown)
}

/** The documents of earlier conferences of the same host, which hold what was promised in items about no case. */
export async function earlierConferences(parts: ActionParts, by: By, conference: Conference): Promise<string[]> {
  const own = await parts.conferences.ofPerson(by.actor.userId)
  return own
    .filter(one => one.hostAgencyId === conference.hostAgencyId && one.startsAt < conference.startsAt)
    .filter(one => canReadConference(by.actor, conferenceFactsOf(one)))
    .map(({ _id }) => documentNameOf({ kind: 'conference', conferenceId: _id }))
}

export async function viewOfAction(
  parts: ActionParts,
  by: By,
  { entry }: AdmittedAction,
): Promise<ActionView | undefined> {
  return (await viewsOf(parts, by, [entry], { recorded: true }))[0]
}

/** One action item opened by itself. */
export async function openAction(
  parts: ActionParts,
  by: By,
  admitted: AdmittedAction,
): Promise<ActionView | undefined> {
  const { entry } = admitted
  await record(parts, by, 'action.open', entry.caseId, `action.${entry.actionId}`)
  return viewOfAction(parts, by, admitted)
}

async function viewsOf(
  parts: ActionParts,
  by: By,
  entries: readonly (LedgerEntry | SealedEntry)[],
  options: { recorded?: boolean; near?: boolean } = {},
): Promise<ActionView[]> {
  const standing = entries.filter(isStanding)
  const around = await surroundingsOf(parts, standing, by.actor)
  const day = dayInSeoul(parts.now())
  const readable = standing.flatMap((entry): Readable[] => {
    const facts = factsOf(by.actor, around, entry)
    if (!canReadAction(by.actor, facts)) return []
    const found = { entry, through: facts.through, relation: relationToAction(by.actor, facts) }
    return options.near && !isNear(by, around, day, found) ? [] : [found]
  })
  if (!options.recorded) {
    const cases = new Set(readable.flatMap(({ entry }) => (entry.caseId === null ? [] : [entry.caseId])))
    await Promise.all([...cases].map(caseId => record(parts, by, 'action.list', caseId, `case.${caseId}`)))
  }
  const names = namesOf(parts)
  const views = await Promise.all(
    readable.map(async ({ entry: found, ...one }) => {
      const entry = 'open' in found ? await found.open() : found
      return toView({ parts, by, around, names, entry, ...one })
    }),
  )
  return views.sort(byUrgency)
}

interface Readable {
  entry: LedgerEntry | SealedEntry
  through: { reads: boolean; speaks: boolean }
  relation: ActionRelation
}

/** Whose it is to the person, and how it stands today. */
function placeFor(actor: Actor, day: string, { entry, relation, through }: Readable) {
  const { standing, escalatedTo } = entry
  const status = statusOn(standing, day)
  const isNamed = standing.ownerUserId === actor.userId
  const escalatedToMe = escalatedTo.includes(actor.userId)
  const isMyAgencys = relation.owes && standing.ownerUserId === null && through.speaks
  const worksFor = (agencyId: AgencyId) => actor.memberships.some(membership => membership.agencyId === agencyId)
  return {
    status,
    escalatedToMe,
    mine: isNamed || relation.takes || isMyAgencys || (escalatedToMe && isUnfinished(status)),
    ours: worksFor(standing.agencyId) || (standing.offer !== null && worksFor(standing.offer.agencyId)),
  }
}

interface Viewed {
  parts: ActionParts
  by: By
  around: Surroundings
  names: Names
  entry: LedgerEntry
  through: { reads: boolean; speaks: boolean }
  relation: ActionRelation
}

async function toView({ parts, by, around, names, entry, through, relation }: Viewed): Promise<ActionView> {
  const { actor } = by
  const { standing, words, history } = entry
  const day = dayInSeoul(parts.now())
  const { status, escalatedToMe, mine, ours } = placeFor(actor, day, { entry, relation, through })
  const carries = carriesIn(around, entry)
  const ofCase = entry.caseId === null ? undefined : around.cases.get(entry.caseId)
  const made = words.conferenceId ? around.conferences.get(words.conferenceId) : undefined
  const moves = movesFor(standing, relation, day)
  const last = history.at(-1)
  return {
    actionId: entry.actionId,
    document: entry.document,
    what: words.what,
    rule: words.rule,
    person: words.person,
    due: words.due,
    amount: words.amount,
    need: words.need,
    case: ofCase
      ? {
          caseId: ofCase.file._id,
          number: ofCase.file.number,
          label: ofCase.file.label,
          mayOpen: canReadCase(actor, ofCase.facts),
        }
      : null,
    madeIn:
      made && canReadConference(actor, conferenceFactsOf(made))
        ? { conferenceId: made._id, title: made.title, startsAt: made.startsAt.toISOString() }
        : null,
    madeAt: new Date(words.madeAt).toISOString(),
    itemId: words.itemId,
    agency: await names.agency(standing.agencyId),
    ownerUserId: standing.ownerUserId,
    ownerName: await names.person(standing.ownerUserId),
    status,
    until: status === 'postponed' ? standing.until : '',
    offer: standing.offer
      ? { agency: await names.agency(standing.offer.agencyId), name: await names.person(standing.offer.userId) }
      : null,
    effect: standing.effect,
    carries: carries.conferences.length,
    carriesSinceNews: carries.sinceNews,
    asks: asksForDecision(standing, carries, day),
    returned: standing.status === 'postponed' && status !== 'postponed',
    alone: !through.reads,
    mine,
    ours,
    escalatedToMe,
    moves,
    entersFor: moves.some(move => isEnteredFor(relation, move)) && !relation.owes,
    history: await Promise.all(history.map(step => stepView(names, step))),
    settledIn: [...new Set(history.flatMap(step => (step.conferenceId === null ? [] : [step.conferenceId])))],
    changedAt: last?.at.toISOString() ?? null,
    changedByName: last ? await names.person(last.by) : null,
    _v: entry._v,
  }
}

async function stepView(names: Names, step: LedgerEntry['history'][number]): Promise<ActionStepView> {
  const agency = step.toAgencyId ? (await names.agency(step.toAgencyId)).shortName : ''
  const person = await names.person(step.toUserId ?? null)
  return {
    at: step.at.toISOString(),
    byName: await names.person(step.by),
    move: step.move,
    status: step.status,
    until: step.until,
    to: [agency, person].filter(Boolean).join(' '),
    note: step.note,
    enteredFor: step.enteredFor,
  }
}

/** What asks for somebody comes first, then by day, then what was made first. */
function byUrgency(a: ActionView, b: ActionView): number {
  const rank = (view: ActionView) => (!isUnfinished(view.status) ? 2 : view.status === 'postponed' ? 1 : 0)
  return rank(a) - rank(b) || (a.due || '9').localeCompare(b.due || '9') || a.madeAt.localeCompare(b.madeAt)
}

/** How those that are done helped, in the order of the needs; those of no need last. */
function effectsOf(actions: readonly Pick<ActionView, 'need' | 'status' | 'effect'>[]): EffectOfNeed[] {
  const needs: (NeedDomain | '')[] = [...codesOf(NEED_DOMAINS), '']
  return needs.flatMap(need => {
    const own = actions.filter(action => action.need === need)
    if (own.length === 0) return []
    const done = own.filter(action => action.status === 'done')
    const counted = Object.fromEntries(
      codesOf(EFFECTS).map(helped => [helped, done.filter(action => action.effect?.helped === helped).length]),
    ) as Record<keyof typeof EFFECTS, number>
    return [
      {
        need,
        done: done.length,
        ...counted,
        notAsked: done.filter(action => action.effect === null).length,
        unfinished: own.filter(action => isUnfinished(action.status)).length,
      },
    ]
  })
}

interface Names {
  person(userId: UserId | null): Promise<string>
  agency(agencyId: AgencyId): Promise<AgencyBrief>
}

/** Each name asked once per answer. */
function namesOf({ people }: Pick<ActionParts, 'people'>): Names {
  const persons = new Map<UserId, Promise<string>>()
  const agencies = new Map<AgencyId, Promise<AgencyBrief>>()
  return {
    person(userId) {
      if (userId === null) return Promise.resolve('')
      const known = persons.get(userId) ?? people.person(userId).then(person => person?.name ?? '')
      persons.set(userId, known)
      return known
    },
    agency(agencyId) {
      const known =
        agencies.get(agencyId) ??
        people.agency(agencyId).then(agency => ({
          agencyId,
          name: agency?.name ?? '',
          shortName: agency?.shortName ?? '',
          colour: agency?.colour ?? 0,
        }))
      agencies.set(agencyId, known)
      return known
    },
  }
}

async function record(
  parts: ActionParts,
  by: By,
  action: string,
  caseId: CaseId | null,
  object: string,
): Promise<void> {
  await parts.audit.record({
    actor: by.actor.userId,
    sessionId: by.sessionId,
    address: by.address,
    action,
    subject: caseId ?? undefined,
    object,
    outcome: 'ok',
  })
}
