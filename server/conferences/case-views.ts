/** Cases as the screens get them. Every view that shows a household leaves a record of access first (안전성 확보조치 기준 제8조). */
import { canChangeCase, canReadCase } from '../../shared/access.ts'
import { gradeOf } from '../../shared/cases/case-life.ts'
import { type ClockState, clocksOf, nextClock } from '../../shared/cases/clocks.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { CaseId } from '../../shared/ids.ts'
import type { CaseView } from '../../shared/protocol/http-api.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import { type AdmittedCase, caseOfRecord } from './admission.ts'
import type { Case } from './case-repository.ts'
import { caseFactsWith } from './facts.ts'
import type { By, ConferenceParts } from './ports.ts'

/** One case, opened by somebody who was let in. */
export async function openCase(
  parts: ConferenceParts,
  by: By,
  { file }: Pick<AdmittedCase, 'file'>,
): Promise<CaseView> {
  await recordOpening(parts, by, file._id)
  return caseView(parts, by, await caseOfRecord(parts, file))
}

/** The cases that the person works on. */
export async function listCases(parts: ConferenceParts, by: By): Promise<CaseView[]> {
  const files = await parts.cases.ofWorker(by.actor.userId)
  const items = await parts.items.ofCases(files.map(file => file._id))
  const readable = files
    .map(file => {
      const own = items.filter(item => item.caseId === file._id)
      return { file, facts: caseFactsWith(file, own) }
    })
    .filter(({ facts }) => canReadCase(by.actor, facts))
  await Promise.all(readable.map(({ file }) => recordOpening(parts, by, file._id, 'case.list')))
  const suspended = await parts.suspensions.ofCases(readable.map(({ file }) => file._id))
  const views = await Promise.all(readable.map(admitted => caseView(parts, by, admitted, suspended)))
  return views.sort((a, b) => (a.number < b.number ? 1 : -1))
}

/** Without a record of access: for the answer to a command, which has its own. */
export async function caseView(
  parts: ConferenceParts,
  by: By,
  { file, facts }: AdmittedCase,
  known?: ReadonlyMap<CaseId, string>,
): Promise<CaseView> {
  const suspended = known ?? (await parts.suspensions.ofCases([file._id]))
  return {
    track: file.life.track,
    grade: gradeOf(file.life),
    clock: await clockOf(parts, file),
    caseId: file._id,
    number: file.number,
    label: file.label,
    stage: file.stage,
    route: file.route ?? '',
    foundOn: file.foundOn ?? '',
    agencies: await Promise.all(
      file.agencies.map(async ({ agencyId, role }) => {
        const agency = await parts.people.agency(agencyId)
        return { agencyId, name: agency?.name ?? '', shortName: agency?.shortName ?? '', role }
      }),
    ),
    workers: await Promise.all(
      file.workers.map(async ({ userId, agencyId }) => ({
        userId,
        name: (await parts.people.person(userId))?.name ?? '',
        agencyId,
      })),
    ),
    suspendedOn: suspended.get(file._id) ?? null,
    mayChange: canChangeCase(by.actor, facts),
    synthetic: file.synthetic,
    _v: file._v,
  }
}

/** The case as a command left it, with its present recusals. */
export async function caseViewOf(parts: ConferenceParts, by: By, file: Case): Promise<CaseView> {
  return caseView(parts, by, await caseOfRecord(parts, file))
}

/** The limit that is due first, as the lead agency counts (LIFE.md CK4). */
async function clockOf(parts: Pick<ConferenceParts, 'cases' | 'now'>, file: Case): Promise<ClockState | null> {
  const lead = file.agencies.find(agency => agency.role === 'lead')?.agencyId
  if (lead === undefined) return null
  const { counting } = await parts.cases.rulesOf(lead)
  return nextClock(clocksOf(file.life, { today: dayInSeoul(parts.now()), counting })) ?? null
}

async function recordOpening(parts: ConferenceParts, by: By, caseId: CaseId, action = 'case.open'): Promise<void> {
  await parts.audit.record({
    actor: by.actor.userId,
    sessionId: by.sessionId,
    address: by.address,
    action,
    subject: caseId,
    object: documentNameOf({ kind: 'case', caseId }),
    outcome: 'ok',
  })
}
