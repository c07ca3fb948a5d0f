/** Cases of an agency that are over, or whose deletion was granted, with their days and with what holds them now (RETENTION.md RT1–RT5). Read from the records at each look. */
import { isUnfinished } from '../../shared/actions/action-moves.ts'
import type { ActionStatus, CaseStage } from '../../shared/codes.ts'
import type { AgencyId, CaseId, ConferenceId } from '../../shared/ids.ts'
import {
  type CaseEnd,
  type DueDays,
  dueDaysOf,
  endOf,
  isHolding,
  kindOf,
  type RetentionRule,
  type RetentionRules,
  type RetentionStanding,
  standingHolds,
  standingOf,
} from '../../shared/retention/retention.ts'
import type { DestructionGround, RetentionKind, StandingHold } from '../../shared/retention/retention-codes.ts'
import { openFollowUpOf } from '../../shared/subject-requests/follow-ups.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import type { Case } from '../conferences/case-repository.ts'
import type { CollectionName } from '../storage/collections.ts'
import type { ClearRequest } from '../subject-requests/request-repository.ts'
import type { Hold } from './hold-repository.ts'
import type { RetentionParts } from './ports.ts'

const OVER_STAGES: readonly CaseStage[] = [
  'closed',
  'aftercare',
  'ended',
  'service_linked',
  'not_selected',
  'referred_out',
]
const OPEN_FLAGS = ['open', 'asked', 'answered']
const AT_ONCE = 500

type FactParts = Pick<RetentionParts, 'cases' | 'items' | 'conferences' | 'holds' | 'tools' | 'now'>

/** One that is over, or whose deletion was granted (RT13). */
export interface KeptCase {
  file: Case
  kind: RetentionKind
  rule: RetentionRule
  /** Undefined while it goes on. */
  ended: { end: CaseEnd; due: DueDays } | undefined
  ground: DestructionGround
  /** The day that applies. */
  dueOn: string
  /** On which its deletion was granted. */
  requestedOn: string | undefined
}

export interface JudgedCase extends KeptCase {
  standing: RetentionStanding
  standingHolds: StandingHold[]
  holds: Hold[]
  isHeld: boolean
}

/** By the rule of its kind; undefined while it goes on and nobody was granted its deletion. */
export function keptCase(file: Case, rules: RetentionRules, requestedOn: string | undefined): KeptCase | undefined {
  const end = endOf(file.stage, file.life)
  const kind = kindOf(file.stage, file.life.track)
  const rule = rules[kind]
  const ended = end && { end, due: dueDaysOf(end, rule.years) }
  const byRule = ended?.due[rule.ground]
  const dueOn = [byRule, requestedOn].filter(day => day !== undefined).sort()[0]
  if (dueOn === undefined) return undefined
  return { file, kind, rule, ended, ground: requestedOn === undefined ? rule.ground : 'request', dueOn, requestedOn }
}

/** Since which day the deletion of these cases is granted and not settled; of all cases where none are named. */
export async function deletionsGranted(
  { tools }: Pick<RetentionParts, 'tools'>,
  caseIds?: readonly CaseId[],
): Promise<ReadonlyMap<CaseId, string>> {
  const found = await tools.store
    .collection<ClearRequest>('subjectRequests')
    .find({ kind: 'deletion', state: 'answered', ...(caseIds && { caseId: { $in: [...caseIds] } }) })
    .toArray()
  const granted = found.filter(one => openFollowUpOf(one) === 'destroys')
  const days = granted.flatMap(({ caseId, answer }) => (answer ? [[caseId, answer.on] as const] : []))
  // Of several the first.
  return new Map(days.sort(([, a], [, b]) => (a < b ? 1 : -1)))
}

export const leads = ({ agencies }: Pick<Case, 'agencies'>, agencyId: AgencyId): boolean =>
  agencies.some(agency => agency.agencyId === agencyId && agency.role === 'lead')

/** Cases that the agency leads and that are over, or whose deletion was granted; the longest due first. */
export async function keptCasesOf(
  { cases, tools }: Pick<RetentionParts, 'cases' | 'tools'>,
  agencyId: AgencyId,
  rules: RetentionRules,
): Promise<KeptCase[]> {
  const ids = await tools.store
    .collection<{ _id: CaseId; stage: CaseStage; agencies: Case['agencies'] }>('cases')
    .find({ 'agencies.agencyId': agencyId, stage: { $in: [...OVER_STAGES] } }, { projection: { agencies: 1 } })
    .toArray()
  const requested = await deletionsGranted({ tools })
  const led = [...new Set([...ids.filter(file => leads(file, agencyId)).map(({ _id }) => _id), ...requested.keys()])]
  const kept: KeptCase[] = []
  for (let from = 0; from < led.length; from += AT_ONCE) {
    const files = await cases.findMany(led.slice(from, from + AT_ONCE))
    const own = files.filter(file => leads(file, agencyId))
    kept.push(...own.flatMap(file => keptCase(file, rules, requested.get(file._id)) ?? []))
  }
  return kept.sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.file.number < b.file.number ? -1 : 1))
}

/** The same with what holds each. */
export async function judged(parts: FactParts, kept: readonly KeptCase[]): Promise<JudgedCase[]> {
  const today = dayInSeoul(parts.now())
  const ids = kept.map(({ file }) => file._id)
  const [holds, actions, meetings, objections, requests, flags] = await Promise.all([
    parts.holds.ofCases(ids),
    countBy(parts, 'actions', ids, ({ status }) => status !== undefined && isUnfinished(status)),
    itemsInMeetings(parts, ids),
    countBy(parts, 'agendaProposals', ids, ({ state }) => state === 'open'),
    countBy(parts, 'subjectRequests', ids, ({ state }) => state === 'open'),
    countBy(parts, 'accessFlags', ids, ({ state }) => OPEN_FLAGS.some(open => open === state)),
  ])
  return kept.map((one): JudgedCase => {
    const { _id, stage } = one.file
    const own = holds.filter(hold => hold.caseId === _id)
    const standing = standingHolds({
      goesOn: one.ended === undefined,
      stage,
      openActions: actions.get(_id) ?? 0,
      onAgenda: meetings.ahead.get(_id) ?? 0,
      openMinutes: meetings.unsealed.get(_id) ?? 0,
      openObjections: objections.get(_id) ?? 0,
      openRequests: requests.get(_id) ?? 0,
      openFlags: flags.get(_id) ?? 0,
    })
    const isHeld =
      standing.length > 0 ||
      own.some(({ reason, until, liftedAt }) =>
        isHolding({ reason, until, liftedAt: liftedAt?.toISOString() ?? null }, today),
      )
    return {
      ...one,
      standingHolds: standing,
      holds: own,
      isHeld,
      standing: standingOf(one.dueOn, { isHeld, today }),
    }
  })
}

/** What these collections say in clear of what is not finished. */
interface OpenRow {
  _id: string
  caseId: CaseId
  status?: ActionStatus
  state?: string
}

async function countBy(
  { tools }: Pick<RetentionParts, 'tools'>,
  name: CollectionName,
  caseIds: readonly CaseId[],
  isCounted: (row: OpenRow) => boolean,
): Promise<ReadonlyMap<CaseId, number>> {
  const counts = new Map<CaseId, number>()
  if (caseIds.length === 0) return counts
  const found = await tools.store
    .collection<OpenRow>(name)
    .find({ caseId: { $in: [...caseIds] } })
    .toArray()
  for (const row of found) if (isCounted(row)) counts.set(row.caseId, (counts.get(row.caseId) ?? 0) + 1)
  return counts
}

/** How many items of each case stand in conferences that are not over, and in minutes that went round and are not final. */
async function itemsInMeetings(
  { items, conferences }: Pick<RetentionParts, 'items' | 'conferences'>,
  caseIds: readonly CaseId[],
): Promise<{ ahead: ReadonlyMap<CaseId, number>; unsealed: ReadonlyMap<CaseId, number> }> {
  const found = await items.ofCases(caseIds)
  const meetings = await conferences.findMany([...new Set(found.map(item => item.conferenceId))])
  const over = new Set(meetings.filter(({ state }) => state === 'closed').map(({ _id }) => _id))
  const round = new Set(
    meetings
      .filter(({ minutesStanding }) => minutesStanding === 'circulated' || minutesStanding === 'correcting')
      .map(({ _id }) => _id),
  )
  const count = (isCounted: (conferenceId: ConferenceId) => boolean) => {
    const counts = new Map<CaseId, number>()
    for (const { caseId, conferenceId } of found) {
      if (caseId !== null && isCounted(conferenceId)) counts.set(caseId, (counts.get(caseId) ?? 0) + 1)
    }
    return counts
  }
  return { ahead: count(id => !over.has(id)), unsealed: count(id => round.has(id)) }
}
