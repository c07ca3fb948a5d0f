/** Requests as their workers, the privacy officer and the start page see them; on record before they leave (REQUESTS.md DR2, DR9, DR11). */
import { canChangeCase, canReadCase } from '../../shared/access.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { AgencyId, CaseId, UserId } from '../../shared/ids.ts'
import type {
  DeskRequestsView,
  NearRequestsView,
  RequestRow,
  SubjectRequestsView,
  SubjectRequestView,
} from '../../shared/protocol/subject-requests.ts'
import { followUpOf, openFollowUpOf } from '../../shared/subject-requests/follow-ups.ts'
import { byUrgency, requestClock } from '../../shared/subject-requests/request-clock.ts'
import { mayPutOff } from '../../shared/subject-requests/request-moves.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import type { AdmittedCase } from '../conferences/admission.ts'
import type { Case } from '../conferences/case-repository.ts'
import { caseFactsWith } from '../conferences/facts.ts'
import type { By } from '../conferences/ports.ts'
import type { SubjectRequestParts } from './ports.ts'
import { type ClearRequest, daysOf, type SubjectRequest } from './request-repository.ts'

export async function openRequestsOfCase(
  parts: SubjectRequestParts,
  by: By,
  admitted: AdmittedCase,
): Promise<SubjectRequestsView> {
  const caseId = admitted.file._id
  await recordShown(parts, by, 'subject-request.open', caseId, documentNameOf({ kind: 'case', caseId }))
  return requestsView(parts, caseId)
}

/** Without a record of access: for the answer to a command, which has its own. */
export async function requestsView(parts: SubjectRequestParts, caseId: CaseId): Promise<SubjectRequestsView> {
  const today = dayInSeoul(parts.now())
  const requests = await Promise.all((await parts.requests.ofCase(caseId)).map(one => requestView(parts, one, today)))
  return { caseId, today, requests: requests.sort(byUrgency) }
}

async function requestView(
  parts: SubjectRequestParts,
  request: SubjectRequest,
  today: string,
): Promise<SubjectRequestView> {
  const { _id, kind, asker, checked, came, receivedOn, state, extension, answer, takenBack, settled, words, _v } =
    request
  const nameOf = async (userId: UserId) => (await parts.people.person(userId))?.name ?? ''
  return {
    requestId: _id,
    kind,
    asker,
    checked,
    came,
    receivedOn,
    name: words.name,
    relation: words.relation,
    what: words.what,
    state,
    clock: requestClock(daysOf(request), today),
    mayPutOff: mayPutOff({ ...daysOf(request), kind }, today),
    extension: extension
      ? { until: extension.until, on: extension.on, byName: await nameOf(extension.by), words: words.extension }
      : null,
    answer: answer
      ? {
          decision: answer.decision,
          ground: answer.ground ?? null,
          scope: answer.scope ?? null,
          on: answer.on,
          went: answer.went,
          byName: await nameOf(answer.by),
          words: words.answer,
        }
      : null,
    takenBack: takenBack ? { on: takenBack.on, byName: await nameOf(takenBack.by), words: words.takenBack } : null,
    followUp: followUpOf(request) ?? null,
    settled: settled ? { on: settled.on, byName: await nameOf(settled.by), words: words.settled ?? '' } : null,
    atRetention: openFollowUpOf(request) === 'destroys' ? await parts.atRetention(request.caseId) : null,
    handOuts: await Promise.all(
      request.handOuts.map(async ({ printId, by, at, parts: picked }) => ({
        printId,
        at: at.toISOString(),
        byName: await nameOf(by),
        parts: picked,
        purpose: words.purposes[printId] ?? '',
      })),
    ),
    enteredBy: await nameOf(request.createdBy),
    enteredAt: request.createdAt.toISOString(),
    _v,
  }
}

/** Every request of the cases that the agency leads now. */
export async function openDeskRequests(
  parts: SubjectRequestParts,
  by: By,
  agencyId: AgencyId,
): Promise<DeskRequestsView> {
  const today = dayInSeoul(parts.now())
  const led = (
    await parts.store
      .collection<{ _id: CaseId; agencies: Case['agencies'] }>('cases')
      .find({ 'agencies.agencyId': agencyId }, { projection: { _id: 1, agencies: 1 } })
      .toArray()
  ).filter(({ agencies }) => agencies.some(one => one.agencyId === agencyId && one.role === 'lead'))
  const found = await parts.requests.ofCases(led.map(({ _id }) => _id))
  const files = await parts.cases.findMany([...new Set(found.map(one => one.caseId))])
  await Promise.all(
    files.map(({ _id }) => recordShown(parts, by, 'access.list', _id, `subject-requests agency.${agencyId}`)),
  )
  const numbers = new Map(files.map(file => [file._id, file.number]))
  return {
    today,
    requests: found.map(one => rowOf(one, numbers.get(one.caseId) ?? '', today)).sort(byUrgency),
  }
}

/** Open ones of the cases that the person may change, which are near or late; a household that is named is on record. */
export async function openNearRequests(parts: SubjectRequestParts, by: By): Promise<NearRequestsView> {
  const today = dayInSeoul(parts.now())
  const files = new Map((await parts.cases.ofWorker(by.actor.userId)).map(file => [file._id, file]))
  const near = (await parts.requests.ofCases([...files.keys()]))
    .map(request => ({ request, file: files.get(request.caseId), clock: requestClock(daysOf(request), today) }))
    .filter(({ clock }) => clock.standing === 'near' || clock.standing === 'late')
  const items = await parts.items.ofCases([...new Set(near.map(({ request }) => request.caseId))])
  const mine = near.flatMap(({ request, file }) => {
    if (file === undefined) return []
    const facts = caseFactsWith(
      file,
      items.filter(item => item.caseId === file._id),
    )
    if (!canReadCase(by.actor, facts) || !canChangeCase(by.actor, facts)) return []
    return [{ ...rowOf(request, file.number, today), label: file.label }]
  })
  await Promise.all(
    [...new Set(mine.map(row => row.caseId))].map(caseId =>
      recordShown(parts, by, 'home.open', caseId, documentNameOf({ kind: 'case', caseId })),
    ),
  )
  return { requests: mine.sort(byUrgency) }
}

function rowOf(request: ClearRequest, number: string, today: string): RequestRow {
  const { _id, caseId, kind, asker, receivedOn, state, answer, extension } = request
  return {
    requestId: _id,
    caseId,
    number,
    kind,
    asker,
    receivedOn,
    state,
    clock: requestClock(daysOf(request), today),
    decision: answer?.decision ?? null,
    followUp: openFollowUpOf(request) ?? null,
    putOff: extension !== undefined,
  }
}

const recordShown = (parts: SubjectRequestParts, by: By, action: string, subject: CaseId, object: string) =>
  parts.audit.record({
    actor: by.actor.userId,
    sessionId: by.sessionId,
    address: by.address,
    action,
    subject,
    object,
    outcome: 'ok',
  })
