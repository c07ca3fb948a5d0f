/** What the desk shows (RETENTION.md RT5, RT6, RT11): due cases by number, what waits for a second person, the record of destruction. */
import { canKeepRetention } from '../../shared/access.ts'
import type { AgencyId, CaseId, DestructionId, UserId } from '../../shared/ids.ts'
import type {
  DestructionView,
  HoldView,
  InspectionView,
  RetentionCaseView,
  RetentionDeskView,
} from '../../shared/protocol/retention.ts'
import type { AtRetentionView } from '../../shared/protocol/subject-requests.ts'
import { isHolding } from '../../shared/retention/retention.ts'
import {
  DESTROYED_KINDS,
  DESTRUCTION_GROUNDS,
  DESTRUCTION_STATES,
  type DestroyedKind,
  RETENTION_KINDS,
} from '../../shared/retention/retention-codes.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import { refuse } from '../conferences/admission.ts'
import type { Case } from '../conferences/case-repository.ts'
import type { By } from '../conferences/ports.ts'
import { renderCsv } from '../exports/render/sheets.ts'
import { deletionsGranted, type JudgedCase, judged, keptCase, keptCasesOf } from './case-facts.ts'
import { countsOf, planOf } from './destruction-plan.ts'
import type { Destruction } from './destruction-repository.ts'
import type { Hold } from './hold-repository.ts'
import type { RetentionParts } from './ports.ts'

const MOST_LISTED = 200

export async function openRetentionDesk(parts: RetentionParts, by: By, agencyId: AgencyId): Promise<RetentionDeskView> {
  const { rules, _v } = await parts.destructions.rulesOf(agencyId)
  const destructions = await parts.destructions.ofAgency(agencyId)
  const waiting = destructions.filter(({ state }) => state === 'proposed')
  const isWaiting = new Set(waiting.map(({ caseId }) => caseId))
  const kept = (await keptCasesOf(parts, agencyId, rules)).filter(({ file }) => !isWaiting.has(file._id))
  const listed = (await judged(parts, kept.slice(0, MOST_LISTED))).filter(({ standing }) => standing !== 'later')
  // Their numbers are read, so each is on record.
  await recordShown(
    parts,
    by,
    agencyId,
    new Set([...listed.map(({ file }) => file._id), ...destructions.map(({ caseId }) => caseId)]),
  )
  const names = createNames(parts)
  const view = (one: Destruction) => destructionView(names, by, one)
  return {
    agencyId,
    today: dayInSeoul(parts.now()),
    rules,
    rulesVersion: _v,
    cases: await Promise.all(listed.map(one => caseView(parts, names, one))),
    more: Math.max(0, kept.length - MOST_LISTED),
    waiting: await Promise.all(waiting.map(view)),
    decided: await Promise.all(
      destructions
        .filter(({ state }) => state !== 'proposed')
        .reverse()
        .map(view),
    ),
    people: (await confirmersOf(parts, agencyId)).size,
  }
}

/** People of the agency who may decide at its desk. */
async function confirmersOf({ staffOf }: RetentionParts, agencyId: AgencyId): Promise<Set<UserId>> {
  const staff = await staffOf(agencyId)
  return new Set(
    staff
      .filter(({ userId, role }) =>
        canKeepRetention({ userId, operator: false, memberships: [{ agencyId, role }] }, agencyId),
      )
      .map(({ userId }) => userId),
  )
}

/** A destruction of this agency's desk. @throws Refusal `not-found` for any other, as for none */
export async function destructionAtDesk(
  parts: RetentionParts,
  by: By,
  agencyId: AgencyId,
  destructionId: DestructionId,
): Promise<Destruction> {
  const found = await parts.destructions.find(destructionId)
  if (found?.agencyId === agencyId) return found
  return refuse(parts, by, 'not-found', { object: `retention agency.${agencyId}` })
}

/** Exactly what would be destroyed, counted now. */
export async function inspectDestruction(
  parts: RetentionParts,
  by: By,
  agencyId: AgencyId,
  destructionId: DestructionId,
): Promise<InspectionView> {
  const destruction = await destructionAtDesk(parts, by, agencyId, destructionId)
  const { caseId } = destruction
  await parts.audit.record({
    ...actorOf(by),
    action: 'retention.read',
    subject: caseId,
    object: objectOf(destruction),
    outcome: 'ok',
  })
  const names = createNames(parts)
  const view = await destructionView(names, by, destruction)
  const file = destruction.state === 'proposed' ? await parts.cases.find(caseId) : undefined
  if (file === undefined) {
    return { destruction: view, label: '', counts: destruction.counts, standingHolds: [], holds: [], isDue: false }
  }
  const now = await judgedOf(parts, file, agencyId)
  return {
    destruction: view,
    label: file.label,
    counts: await countsOf(parts.tools, caseId, await planOf(parts.tools, caseId)),
    standingHolds: now?.standingHolds ?? [],
    holds: now ? await Promise.all(now.holds.map(hold => holdView(parts, names, hold))) : [],
    isDue: now !== undefined && now.dueOn <= dayInSeoul(parts.now()),
  }
}

/** One case as the desk would judge it now; undefined where it is nothing of the desk's. */
export async function judgedOf(parts: RetentionParts, file: Case, agencyId: AgencyId): Promise<JudgedCase | undefined> {
  const { rules } = await parts.destructions.rulesOf(agencyId)
  const requested = await deletionsGranted(parts, [file._id])
  const kept = keptCase(file, rules, requested.get(file._id))
  return kept && (await judged(parts, [kept]))[0]
}

/** How a case whose deletion was granted stands here, for who sees to the request (RT13). Has no record of access of its own: it is part of the request's. */
export async function requestedAtDesk(parts: RetentionParts, caseId: CaseId): Promise<AtRetentionView | null> {
  const file = await parts.cases.find(caseId)
  const lead = file?.agencies.find(({ role }) => role === 'lead')?.agencyId
  const now = file && lead && (await judgedOf(parts, file, lead))
  if (!now || now.requestedOn === undefined) return null
  const isProposed = (await parts.destructions.ofCase(caseId)).some(({ state }) => state === 'proposed')
  const today = dayInSeoul(parts.now())
  return {
    standing: isProposed ? 'proposed' : now.isHeld ? 'held' : 'due',
    standingHolds: now.standingHolds,
    holds: now.holds
      .filter(hold => isHoldingNow(hold, today))
      .map(({ reason, until, words }) => ({ reason, until, words })),
  }
}

/** The record of destruction as a list for a table program (RT11); why it was taken out stands in it and in the record of access. */
export async function takeOutRegister(
  parts: RetentionParts,
  by: By,
  agencyId: AgencyId,
  purpose: string,
): Promise<{ name: string; bytes: Uint8Array }> {
  const done = (await parts.destructions.ofAgency(agencyId)).filter(({ state }) => state === 'destroyed')
  await Promise.all(
    done.map(one =>
      parts.audit.record({
        ...actorOf(by),
        action: 'retention.take',
        subject: one.caseId,
        object: objectOf(one),
        outcome: 'ok',
      }),
    ),
  )
  const names = createNames(parts)
  const rows = await Promise.all(
    done.map(async one => [
      one.number,
      RETENTION_KINDS[one.kind].ko,
      one.closedOn,
      one.completedOn,
      DESTRUCTION_GROUNDS[one.ground].ko,
      `${one.years}년`,
      one.decreeDue,
      one.consentDue,
      one.why,
      await names(one.proposedBy),
      seoulMinute(one.proposedAt),
      await names(one.decidedBy),
      seoulMinute(one.destroyedAt),
      '암호화 키 파기 및 기록 삭제',
      Object.entries(one.counts)
        .map(([kind, count]) => `${DESTROYED_KINDS[kind as DestroyedKind].ko} ${count}`)
        .join(', '),
      DESTRUCTION_STATES[one.state].ko,
    ]),
  )
  const bytes = renderCsv({
    name: '파기 대장',
    columns: [
      '사례번호',
      '사례 종류',
      '종결일',
      '완결일',
      '적용 기준',
      '보존기간',
      '시행령 기준 만료일',
      '동의서 기준 만료일',
      '파기 사유',
      '제안자',
      '제안 일시',
      '확인자',
      '파기 일시',
      '파기 방법',
      '파기한 내용',
      '상태',
    ].map(label => ({ label, width: 20 })),
    rows,
    notes: [`목적: ${purpose}`],
    stamp: `${await names(by.actor.userId)} ${seoulMinute(new Date(parts.now()))} 출력`,
  })
  return { name: `destructions-${dayInSeoul(parts.now())}.csv`, bytes }
}

export const objectOf = ({ _id }: Pick<Destruction, '_id'>): string => `destruction.${_id}`

export const actorOf = ({ actor, sessionId, address }: By) => ({ actor: actor.userId, sessionId, address })

const seoulMinute = (at: Date | null): string =>
  at === null ? '' : new Date(at.getTime() + 9 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')

async function recordShown(
  parts: RetentionParts,
  by: By,
  agencyId: AgencyId,
  caseIds: Iterable<CaseId>,
): Promise<void> {
  await Promise.all(
    [...caseIds].map(subject =>
      parts.audit.record({
        ...actorOf(by),
        action: 'retention.list',
        subject,
        object: `agency.${agencyId}`,
        outcome: 'ok',
      }),
    ),
  )
}

type Names = (userId: UserId | null) => Promise<string>

function createNames({ people }: Pick<RetentionParts, 'people'>): Names {
  const known = new Map<UserId, Promise<string>>()
  return async userId => {
    if (userId === null) return ''
    let name = known.get(userId)
    if (name === undefined) {
      name = people.person(userId).then(person => person?.name ?? '')
      known.set(userId, name)
    }
    return name
  }
}

async function caseView(parts: RetentionParts, names: Names, one: JudgedCase): Promise<RetentionCaseView> {
  const { file, kind, rule, ended, ground, standing } = one
  return {
    caseId: file._id,
    number: file.number,
    stage: file.stage,
    kind,
    closedOn: ended?.end.closedOn ?? '',
    completedOn: ended?.end.completedOn ?? '',
    ground,
    years: rule.years,
    requestedOn: one.requestedOn ?? null,
    decreeDue: ended?.due.decree ?? '',
    consentDue: ended?.due.consent ?? '',
    standing,
    standingHolds: one.standingHolds,
    holds: await Promise.all(one.holds.map(hold => holdView(parts, names, hold))),
  }
}

const isHoldingNow = ({ reason, until, liftedAt }: Hold, today: string): boolean =>
  isHolding({ reason, until, liftedAt: liftedAt?.toISOString() ?? null }, today)

async function holdView({ now }: Pick<RetentionParts, 'now'>, names: Names, hold: Hold): Promise<HoldView> {
  const { _id, _v, reason, until, words, liftedAt } = hold
  return {
    holdId: _id,
    _v,
    reason,
    words,
    until,
    by: await names(hold.by),
    at: hold.at.toISOString(),
    isHolding: isHoldingNow(hold, dayInSeoul(now())),
    lifted:
      liftedAt === null ? null : { by: await names(hold.liftedBy), at: liftedAt.toISOString(), words: hold.lifted },
  }
}

async function destructionView(names: Names, by: By, one: Destruction): Promise<DestructionView> {
  return {
    destructionId: one._id,
    _v: one._v,
    state: one.state,
    caseId: one.caseId,
    number: one.number,
    kind: one.kind,
    ground: one.ground,
    years: one.years,
    closedOn: one.closedOn,
    completedOn: one.completedOn,
    decreeDue: one.decreeDue,
    consentDue: one.consentDue,
    why: one.why,
    proposedBy: await names(one.proposedBy),
    proposedAt: one.proposedAt.toISOString(),
    isOwn: one.proposedBy === by.actor.userId,
    decidedBy: await names(one.decidedBy),
    decidedAt: one.decidedAt?.toISOString() ?? null,
    refusal: one.refusal,
    destroyedAt: one.destroyedAt?.toISOString() ?? null,
    counts: one.counts,
  }
}
