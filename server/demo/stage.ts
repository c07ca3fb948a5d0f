/**
 * Puts the demo's cases, conferences and documents in place through the same commands as everybody's, each step only if its outcome is not
 * there yet. A step is "there" by its fixed id; inside a document, by the id or root that it writes.
 */
import type * as Y from 'yjs'
import type { ActionMove } from '../../shared/actions/action-codes.ts'
import { must } from '../../shared/assert.ts'
import { OPENING_STAGES } from '../../shared/cases/stage-moves.ts'
import type {
  ActionStatus,
  CaseStage,
  ConferenceRole,
  ConferenceState,
  ConferenceType,
  DiscoveryRoute,
} from '../../shared/codes.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { ActionId, AgencyId, CaseId, ConferenceId, ItemId } from '../../shared/ids.ts'
import { moveAction } from '../actions/action-commands.ts'
import { admitToAction } from '../actions/admit-action.ts'
import type { ActionParts } from '../actions/ports.ts'
import { admitToChangeConference } from '../conferences/admission.ts'
import { createCase } from '../conferences/case-commands.ts'
import { createConference } from '../conferences/conference-commands.ts'
import { moveConference } from '../conferences/conference-states.ts'
import { createItem } from '../conferences/item-commands.ts'
import type { By, ConferenceParts } from '../conferences/ports.ts'
import { acceptStatements } from '../conferences/statements.ts'
import { putBases } from './bases.ts'
import { DEMO_AGENCIES, type DemoSlug, demoPerson } from './community.ts'
import { fixedId } from './fixed-ids.ts'

/** A fixed address for what the demo does by itself; nobody's. */
const DEMO_ADDRESS = 'demo'

export interface CasePlan {
  name: string
  number: string
  label: string
  stage: CaseStage
  route: DiscoveryRoute
  /** How many days ago the household was found. */
  foundDaysAgo: number
  lead: DemoSlug
  coManaging?: readonly DemoSlug[]
  partners?: readonly DemoSlug[]
  /** In how many days what the household agreed to ends; left out: while the case lasts. */
  consentEndsIn?: number
  /** How many days ago it came to its stage. */
  enteredDaysAgo: number
  /** Logins; the first is a worker of the lead agency and opens the case. */
  workers: readonly [string, ...string[]]
}

export type ItemPlan =
  | { name: string; about: string; agencies: readonly DemoSlug[]; minutes: number }
  | { name: string; label: string; minutes: number; isReview?: true }

export interface ConferencePlan {
  name: string
  type: ConferenceType
  title: string
  place: string
  host: DemoSlug
  startsAt: Date
  minutes: number
  /** By login. The first plans it and must conduct it. */
  participants: readonly (readonly [string, ConferenceRole])[]
  items: readonly ItemPlan[]
  state: ConferenceState
}

export interface Stage {
  now: Date
  /** This moment, `days` later (earlier when negative), at that hour in Seoul. */
  at(days: number, hour: number): Date
  case(plan: CasePlan): Promise<CaseId>
  conference(plan: ConferencePlan): Promise<ConferenceId>
  /** Writes into a document on behalf of a person. The change must do nothing to what is there already. */
  write(document: string, login: string, change: (doc: Y.Doc) => void): Promise<void>
  /** Gives an action item its state, unless somebody did already. */
  settle(plan: { login: string; ledger: string; action: string; status: keyof typeof MOVE_TO }): Promise<void>
}

/** What brings a new action item there. */
const MOVE_TO = { accepted: 'accept', in_progress: 'start', done: 'finish' } as const satisfies Partial<
  Record<ActionStatus, ActionMove>
>

const isOpening = (stage: CaseStage) => OPENING_STAGES.some(one => one === stage)

export const agencyIdOf = (slug: DemoSlug): AgencyId => DEMO_AGENCIES[slug].agencyId

export function createStage(parts: ActionParts): Stage {
  const now = new Date(parts.now())

  function byOf(login: string): By {
    const { userId, agencyId, role } = demoPerson(login)
    return { actor: { userId, operator: false, memberships: [{ agencyId, role }] }, address: DEMO_ADDRESS }
  }

  async function putCase(plan: CasePlan): Promise<CaseId> {
    const caseId = fixedId<CaseId>('case', plan.name)
    if (!(await parts.cases.find(caseId))) await openCase(caseId, plan)
    await putBases(parts, byOf(plan.workers[0]), {
      name: plan.name,
      file: must(await parts.cases.find(caseId), 'the case just made'),
      slugs: [...(plan.coManaging ?? []), ...(plan.partners ?? [])],
      today: seoulDay(now),
      consentUntil: plan.consentEndsIn === undefined ? null : seoulDay(seoulTime(now, plan.consentEndsIn, 12)),
    })
    return caseId
  }

  async function openCase(caseId: CaseId, plan: CasePlan): Promise<void> {
    const roles = [
      [plan.lead, 'lead'] as const,
      ...(plan.coManaging ?? []).map(slug => [slug, 'co_managing'] as const),
      ...(plan.partners ?? []).map(slug => [slug, 'partner'] as const),
    ]
    const entered = seoulTime(now, -plan.enteredDaysAgo, 10).getTime()
    await createCase(
      { ...withIds(parts, caseId), now: () => Math.min(entered, now.getTime()) },
      byOf(plan.workers[0]),
      {
        number: plan.number,
        label: plan.label,
        stage: plan.stage,
        reason: isOpening(plan.stage) ? '' : '체험용 사례: 이전 진행을 옮겨 적음',
        route: plan.route,
        foundOn: seoulDay(seoulTime(now, -plan.foundDaysAgo, 12)),
        agencies: roles.map(([slug, role]) => ({ agencyId: agencyIdOf(slug), role })),
        workers: plan.workers.map(login => {
          const { userId, agencyId } = demoPerson(login)
          return { userId, agencyId }
        }),
      },
      { synthetic: true },
    )
  }

  async function putConference(plan: ConferencePlan): Promise<ConferenceId> {
    const conferenceId = fixedId<ConferenceId>('conference', plan.name)
    const by = byOf(must(plan.participants[0], 'who plans')[0])
    // What happened then is dated then.
    const then = { ...parts, now: () => Math.min(plan.startsAt.getTime(), now.getTime()) }
    if (!(await parts.conferences.find(conferenceId))) {
      await createConference(
        withIds(then, conferenceId),
        by,
        {
          type: plan.type,
          title: plan.title,
          startsAt: plan.startsAt.toISOString(),
          minutes: plan.minutes,
          place: plan.place,
          remoteLink: '',
          hostAgencyId: agencyIdOf(plan.host),
          participants: plan.participants.map(([login, role]) => {
            const { userId, agencyId } = demoPerson(login)
            return { userId, agencyId, role }
          }),
        },
        { synthetic: true },
      )
    }
    for (const item of plan.items) await putItem(then, by, conferenceId, item)
    await moveUpTo(then, by, conferenceId, plan)
    return conferenceId
  }

  async function putItem(then: ConferenceParts, by: By, conferenceId: ConferenceId, plan: ItemPlan): Promise<void> {
    const itemId = fixedId<ItemId>('item', plan.name)
    if (await parts.items.find(itemId)) return
    const admitted = await admitToChangeConference(then, by, conferenceId)
    await createItem(
      withIds(then, itemId),
      by,
      admitted,
      'about' in plan
        ? {
            kind: 'case',
            caseId: fixedId<CaseId>('case', plan.about),
            agencies: plan.agencies.map(agencyIdOf),
            minutes: plan.minutes,
          }
        : { kind: 'general', label: plan.label, minutes: plan.minutes },
      { isReview: 'label' in plan && plan.isReview === true },
    )
  }

  async function moveUpTo(then: ConferenceParts, by: By, conferenceId: ConferenceId, plan: ConferencePlan) {
    const way: ConferenceState[] = ['draft', 'scheduled', 'live', 'closed']
    for (;;) {
      const conference = must(await parts.conferences.find(conferenceId), 'the conference just made')
      // Who tries the demo may have moved it on already; it is not moved back.
      if (way.indexOf(conference.state) >= way.indexOf(plan.state)) return
      const to = must(way[way.indexOf(conference.state) + 1], 'a further state')
      const end = plan.startsAt.getTime() + plan.minutes * 60_000
      const moment = to === 'closed' ? { ...then, now: () => Math.min(end, now.getTime()) } : then
      if (to === 'closed') {
        const everybody = conference.participants.map(participant => participant.userId)
        await acceptStatements(then, by, conference, everybody, 'by-minute-taker')
      }
      const admitted = await admitToChangeConference(moment, by, conferenceId)
      await moveConference(moment, by, admitted, { _v: conference._v, to })
    }
  }

  return {
    now,
    at: (days, hour) => seoulTime(now, days, hour),
    case: putCase,
    conference: putConference,
    write: (document, login, change) => parts.documents.edit(document, { behalfOf: demoPerson(login).userId }, change),
    async settle({ login, ledger, action, status }) {
      const actionId = fixedId<ActionId>('action', action)
      const known = await parts.actions.ofDocuments([ledger])
      if (known.some(state => state.actionId === actionId)) return
      const by = byOf(login)
      await moveAction(parts, by, await admitToAction(parts, by, ledger, actionId), { _v: 0, move: MOVE_TO[status] })
    },
  }
}

/** Names of documents by the names of things. */
export const demoDocument = {
  item: (name: string) => documentNameOf({ kind: 'item', itemId: fixedId<ItemId>('item', name) }),
  openLedger: (caseName: string) =>
    documentNameOf({ kind: 'actions', caseId: fixedId<CaseId>('case', caseName), zone: 'open' }),
  ownLedger: (caseName: string, itemName: string) =>
    documentNameOf({
      kind: 'actions',
      caseId: fixedId<CaseId>('case', caseName),
      zone: fixedId<ItemId>('item', itemName),
    }),
  conference: (name: string) =>
    documentNameOf({ kind: 'conference', conferenceId: fixedId<ConferenceId>('conference', name) }),
  case: (name: string) => documentNameOf({ kind: 'case', caseId: fixedId<CaseId>('case', name) }),
}

/** The parts with the next id already chosen. */
function withIds(parts: ConferenceParts, id: string): ConferenceParts {
  return { ...parts, newId: <T extends string>() => id as T }
}

const SEOUL_OFFSET_MS = 9 * 3_600_000
const DAY_MS = 86_400_000

/** Seoul has no summer time, so its days are all of 24 hours. */
function seoulTime(now: Date, days: number, hour: number): Date {
  const midnight = Math.floor((now.getTime() + SEOUL_OFFSET_MS) / DAY_MS) * DAY_MS - SEOUL_OFFSET_MS
  return new Date(midnight + days * DAY_MS + hour * 3_600_000)
}

/** A day as documents write it, `YYYY-MM-DD` in Seoul. */
export function seoulDay(date: Date): string {
  return new Date(date.getTime() + SEOUL_OFFSET_MS).toISOString().slice(0, 10)
}
