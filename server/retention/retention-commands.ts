/** What is decided at the desk (RETENTION.md RT2, RT4, RT6): rules, holds, proposals and their confirmation by a second person. */
import type { AgencyId, CaseId, DestructionId, RetentionHoldId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type {
  ChangeRetentionBody,
  DecideDestructionBody,
  HoldCaseBody,
  LiftHoldBody,
} from '../../shared/protocol/retention.ts'
import type { DestroyedCounts } from '../../shared/retention/retention-codes.ts'
import { addDays, dayInSeoul } from '../../shared/working-days.ts'
import type { AccessKey } from '../auth/access-changes.ts'
import { refuse } from '../conferences/admission.ts'
import { commit } from '../conferences/commit.ts'
import type { By } from '../conferences/ports.ts'
import { type JudgedCase, leads } from './case-facts.ts'
import { countsOf, planOf } from './destruction-plan.ts'
import type { Destruction } from './destruction-repository.ts'
import type { RetentionParts } from './ports.ts'
import { destructionAtDesk, judgedOf, objectOf } from './retention-views.ts'

/** The farthest last day of a hold: whoever needs longer says so again. */
const LONGEST_HOLD_DAYS = 366 * 3

export async function changeRetention(
  parts: RetentionParts,
  by: By,
  agencyId: AgencyId,
  { _v, kind, ground, years }: ChangeRetentionBody,
): Promise<void> {
  const known = await parts.destructions.rulesOf(agencyId)
  if (known._v !== _v) throw new Refusal('conflict')
  await commit(parts, by, {
    action: 'retention.rule',
    object: `agency.${agencyId}`,
    reason: `${kind} ${ground} ${years}`,
    write: () => parts.destructions.changeRules(agencyId, _v, { ...known.rules, [kind]: { ground, years } }),
    announces: () => [],
  })
}

export async function holdCase(parts: RetentionParts, by: By, agencyId: AgencyId, body: HoldCaseBody): Promise<void> {
  const { caseId, reason, until, words } = body
  const { file } = await caseAtDesk(parts, by, agencyId, caseId)
  const today = dayInSeoul(parts.now())
  if (until < today || until > addDays(today, LONGEST_HOLD_DAYS)) throw new Refusal('bad-request', 'hold-day')
  await commit(parts, by, {
    action: 'retention.hold',
    subject: file._id,
    object: `agency.${agencyId}`,
    reason: `${reason} ${until}`,
    write: () =>
      parts.holds.insert({
        _id: parts.newId<RetentionHoldId>(),
        _v: 1,
        caseId,
        agencyId,
        reason,
        until,
        by: by.actor.userId,
        at: new Date(parts.now()),
        liftedBy: null,
        liftedAt: null,
        words,
        lifted: '',
      }),
    announces: () => [],
  })
}

export async function liftHold(
  parts: RetentionParts,
  by: By,
  about: { agencyId: AgencyId; holdId: RetentionHoldId },
  { _v, words }: LiftHoldBody,
): Promise<void> {
  const hold = await parts.holds.find(about.holdId)
  if (hold === undefined || hold.agencyId !== about.agencyId) {
    return refuse(parts, by, 'not-found', { object: `retention agency.${about.agencyId}` })
  }
  await caseAtDesk(parts, by, about.agencyId, hold.caseId)
  if (hold._v !== _v || hold.liftedAt !== null) throw new Refusal('conflict')
  await commit(parts, by, {
    action: 'retention.lift',
    subject: hold.caseId,
    object: `agency.${about.agencyId}`,
    reason: hold.reason,
    write: () => parts.holds.lift(hold, { by: by.actor.userId, at: new Date(parts.now()), words }),
    announces: () => [],
  })
}

/** Each by itself: one that may not be proposed says so, and those before it stay proposed. */
export async function proposeDestructions(
  parts: RetentionParts,
  by: By,
  agencyId: AgencyId,
  { caseIds, words }: { caseIds: readonly CaseId[]; words: string },
): Promise<void> {
  // All are judged before one is written.
  const found: DestroyableCase[] = []
  for (const caseId of caseIds) found.push(await destroyableAtDesk(parts, by, agencyId, caseId))
  for (const one of found) await propose(parts, by, agencyId, one, words)
}

async function propose(
  parts: RetentionParts,
  by: By,
  agencyId: AgencyId,
  { file, kind, rule, ground, ended: { end, due } }: DestroyableCase,
  why: string,
): Promise<void> {
  const earlier = await parts.destructions.ofCase(file._id)
  if (earlier.some(({ state }) => state === 'proposed')) throw new Refusal('conflict', 'already-proposed')
  const created: Destruction = {
    _id: parts.destructions.idOf(file._id, earlier.length + 1),
    _v: 1,
    caseId: file._id,
    agencyId,
    state: 'proposed',
    kind,
    ground,
    years: rule.years,
    closedOn: end.closedOn,
    completedOn: end.completedOn,
    decreeDue: due.decree,
    consentDue: due.consent,
    proposedBy: by.actor.userId,
    proposedAt: new Date(parts.now()),
    decidedBy: null,
    decidedAt: null,
    destroyedAt: null,
    counts: {},
    plan: null,
    isSwept: false,
    number: file.number,
    why,
    refusal: '',
  }
  await commit(parts, by, {
    action: 'retention.propose',
    subject: file._id,
    object: objectOf(created),
    write: () => parts.destructions.insert(created),
    announces: () => [],
  })
}

/** @returns how it stands then */
export async function decideDestruction(
  parts: RetentionParts,
  by: By,
  about: { agencyId: AgencyId; destructionId: DestructionId },
  body: DecideDestructionBody,
): Promise<Destruction> {
  const known = await destructionAtDesk(parts, by, about.agencyId, about.destructionId)
  if (known._v !== body._v || known.state !== 'proposed') throw new Refusal('conflict')
  const isOwn = known.proposedBy === by.actor.userId
  const done = { decidedBy: by.actor.userId, decidedAt: new Date(parts.now()) }
  const entry = { subject: known.caseId, object: objectOf(known) }
  if (body.do === 'take_back') {
    if (!isOwn) return refuse(parts, by, 'not-allowed', { ...entry, detail: 'others-proposal' })
    return commit(parts, by, {
      ...entry,
      action: 'retention.take-back',
      write: () => parts.destructions.update(known, { ...done, state: 'taken_back' }),
      announces: () => [],
    })
  }
  // Four eyes: whoever proposed it decides nothing more about it.
  if (isOwn) return refuse(parts, by, 'not-allowed', { ...entry, detail: 'own-proposal' })
  if (body.do === 'refuse') {
    return commit(parts, by, {
      ...entry,
      action: 'retention.refuse',
      write: () => parts.destructions.update(known, { ...done, state: 'refused', refusal: body.words }),
      announces: () => [],
    })
  }
  return confirm(parts, by, known, body)
}

async function confirm(
  parts: RetentionParts,
  by: By,
  known: Destruction,
  { number, counts: shown }: { number: string; counts: DestroyedCounts },
): Promise<Destruction> {
  const { caseId, agencyId } = known
  const { kind, rule, ground, dueOn, ended, file } = await destroyableAtDesk(parts, by, agencyId, caseId)
  if (plain(number) !== plain(file.number)) throw new Refusal('bad-request', 'wrong-number')
  const plan = await planOf(parts.tools, caseId)
  const counts = await countsOf(parts.tools, caseId, plan)
  if (!isSame(counts, shown)) throw new Refusal('conflict', 'counts-changed')
  const confirmed = await commit(parts, by, {
    action: 'retention.destroy',
    subject: caseId,
    object: objectOf(known),
    reason: `${ground} ${dueOn}`,
    async write() {
      const written = await parts.destructions.update(known, {
        state: 'destroying',
        decidedBy: by.actor.userId,
        decidedAt: new Date(parts.now()),
        kind,
        ground,
        years: rule.years,
        closedOn: ended.end.closedOn,
        completedOn: ended.end.completedOn,
        decreeDue: ended.due.decree,
        consentDue: ended.due.consent,
        number: file.number,
        counts,
        plan,
      })
      parts.begin(caseId, plan)
      return written
    },
    announces: (): AccessKey[] => [`case:${caseId}`, ...plan.items.map((itemId): AccessKey => `item:${itemId}`)],
  })
  return parts.finish(confirmed)
}

/** Spaces do not matter: the number is typed to be sure of it. */
const plain = (number: string): string => number.normalize('NFKC').replace(/\s/g, '')

/** Opening the list is on record and makes no notice, so that counts hold still while they are read; order does not matter. */
function isSame(one: DestroyedCounts, other: DestroyedCounts): boolean {
  const sorted = (counts: DestroyedCounts) =>
    JSON.stringify(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)))
  return sorted(one) === sorted(other)
}

/** A case that the agency leads, and that is over or whose deletion was granted. @throws Refusal `not-found` for any other, as for none */
async function caseAtDesk(parts: RetentionParts, by: By, agencyId: AgencyId, caseId: CaseId): Promise<JudgedCase> {
  const file = await parts.cases.find(caseId)
  if (file !== undefined && leads(file, agencyId)) {
    const found = await judgedOf(parts, file, agencyId)
    if (found !== undefined) return found
  }
  return refuse(parts, by, 'not-found', { subject: file?._id, object: `retention agency.${agencyId}` })
}

/** One that is over. */
type DestroyableCase = JudgedCase & { ended: object }

const isOver = (one: JudgedCase): one is DestroyableCase => one.ended !== undefined

/** The same, and due, and held by nothing. @throws Refusal */
async function destroyableAtDesk(
  parts: RetentionParts,
  by: By,
  agencyId: AgencyId,
  caseId: CaseId,
): Promise<DestroyableCase> {
  const one = await caseAtDesk(parts, by, agencyId, caseId)
  if (one.dueOn > dayInSeoul(parts.now())) throw new Refusal('not-allowed', 'not-due')
  if (one.isHeld || !isOver(one)) throw new Refusal('not-allowed', 'held')
  return one
}
