/** Cases of an agency that are over, with their days and with what holds them now (RETENTION.md RT1–RT5). Read from the records at each look. */
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
import type { RetentionKind, StandingHold } from '../../shared/retention/retention-codes.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import type { Case } from '../conferences/case-repository.ts'
import type { CollectionName } from '../storage/collections.ts'
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

export interface EndedCase {
  file: Case
  kind: RetentionKind
  rule: RetentionRule
  end: CaseEnd
  due: DueDays
  /** The day that applies. */
  dueOn: string
}

export interface JudgedCase extends EndedCase {
  standing: RetentionStanding
  standingHolds: StandingHold[]
  holds: Hold[]
  isHeld: boolean
}

/** A case that is over, by the rule of its kind; undefined while it goes on. */
export function endedCase(file: Case, rules: RetentionRules): EndedCase | undefined {
  const end = endOf(file.stage, file.life)
  if (end === undefined) return undefined
  const kind = kindOf(file.stage, file.life.track)
  const rule = rules[kind]
  const due = dueDaysOf(end, rule.years)
  return { file, kind, rule, end, due, dueOn: due[rule.ground] }
}

export const leads = ({ agencies }: Pick<Case, 'agencies'>, agencyId: AgencyId): boolean =>
  agencies.some(agency => agency.agencyId === agencyId && agency.role === 'lead')

/** Cases that the agency leads and that are over; the longest due first. */
export async function endedCasesOf(
  { cases, tools }: Pick<RetentionParts, 'cases' | 'tools'>,
  agencyId: AgencyId,
  rules: RetentionRules,
): Promise<EndedCase[]> {
  const ids = await tools.store
    .collection<{ _id: CaseId; stage: CaseStage; agencies: Case['agencies'] }>('cases')
    .find({ 'agencies.agencyId': agencyId, stage: { $in: [...OVER_STAGES] } }, { projection: { agencies: 1 } })
    .toArray()
  const led = ids.filter(file => leads(file, agencyId)).map(({ _id }) => _id)
  const ended: EndedCase[] = []
  for (let from = 0; from < led.length; from += AT_ONCE) {
    const files = await cases.findMany(led.slice(from, from + AT_ONCE))
    ended.push(...files.flatMap(file => endedCase(file, rules) ?? []))
  }
  return ended.sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.file.number < b.file.number ? -1 : 1))
}

/** The same with what holds each. */
export async function judged(parts: FactParts, ended: readonly EndedCase[]): Promise<JudgedCase[]> {
  const today = dayInSeoul(parts.now())
  const ids = ended.map(({ file }) => file._id)
  const [holds, actions, meetings, objections, requests, flags] = await Promise.all([
    parts.holds.ofCases(ids),
    countBy(parts, 'actions', ids, ({ status }) => status !== undefined && isUnfinished(status)),
    itemsInMeetings(parts, ids),
    countBy(parts, 'agendaProposals', ids, ({ state }) => state === 'open'),
    countBy(parts, 'subjectRequests', ids, ({ state }) => state === 'open'),
    countBy(parts, 'accessFlags', ids, ({ state }) => OPEN_FLAGS.some(open => open === state)),
  ])
  return ended.map((one): JudgedCase => {
    const { _id, stage } = one.file
    const own = holds.filter(hold => hold.caseId === _id)
    const standing = standingHolds({
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
