/** That the time for answering a request of the person concerned runs out, told once before and once at its end (NT12). */
import { type Actor, canChangeCase, canReviewAccess } from '../../shared/access.ts'
import type { CaseId, SubjectRequestId } from '../../shared/ids.ts'
import type { NoticeKind } from '../../shared/notices/notice-kinds.ts'
import type { NoticeGroup } from '../../shared/protocol/notices.ts'
import { requestClock, toldDays } from '../../shared/subject-requests/request-clock.ts'
import { addDays, dayInSeoul } from '../../shared/working-days.ts'
import { type AdmittedCase, caseOfRecord } from '../conferences/admission.ts'
import { leadAgencyOf } from '../conferences/case-commands.ts'
import { type ClearRequest, daysOf } from '../subject-requests/request-repository.ts'
import { actorOf, type NoticeParts } from './ports.ts'
import { tell } from './telling.ts'

type Told = Extract<NoticeKind, `request_${string}`>

/** What is longer ago is history, not news (NT7). */
const NEWS_DAYS = 30

/** What is told of it on that day: the last only, once it has come. */
function toldOn(request: ClearRequest, today: string): { kind: Told; until: string } | undefined {
  if (request.state !== 'open') return undefined
  const { due: until } = requestClock(daysOf(request), today)
  const { near, last } = toldDays(until)
  if (today < near || today > addDays(until, NEWS_DAYS)) return undefined
  return { kind: today < last ? 'request_near' : 'request_last', until }
}

const recordsOf = ({ store }: NoticeParts) => store.collection<ClearRequest>('subjectRequests')

/** Each is named by what is told and until when: a look is repeated without harm, and another day is news. */
export async function lookAtRequests(parts: NoticeParts, caseId: CaseId): Promise<void> {
  const today = dayInSeoul(parts.now())
  const open = await recordsOf(parts).find({ caseId, state: 'open' }).toArray()
  const due = open.flatMap(request => {
    const told = toldOn(request, today)
    return told ? [{ requestId: request._id, ...told }] : []
  })
  const file = due.length === 0 ? undefined : await parts.cases.find(caseId)
  if (file === undefined) return
  const { facts } = await caseOfRecord(parts, file)
  const lead = leadAgencyOf(file)
  const officers = (await parts.staffOf(lead)).filter(({ role }) => role === 'privacy_officer')
  for (const userId of new Set([...file.workers, ...officers].map(one => one.userId))) {
    const actor = await actorOf(parts.people, userId)
    if (actor === undefined || !(canChangeCase(actor, facts) || canReviewAccess(actor, lead))) continue
    for (const { requestId, kind, until } of due) {
      await tell(parts, {
        event: `request/${requestId}/${kind}/${until}`,
        userId,
        kind,
        about: { of: 'request', caseId, requestId, until },
      })
    }
  }
}

/** Who may change the case is led to it, an officer of its lead agency to the desk, where no household is named. Over once it is answered, put off, or the last day came. */
export async function judgedRequest(
  parts: NoticeParts,
  actor: Actor,
  found: AdmittedCase | undefined,
  { caseId, requestId, until }: { caseId: CaseId; requestId: SubjectRequestId; until: string },
  kind: NoticeKind,
): Promise<{ isOver: boolean; group: NoticeGroup; due: string } | undefined> {
  if (found === undefined) return undefined
  const { file, facts } = found
  const mayChange = canChangeCase(actor, facts)
  if (!mayChange && !canReviewAccess(actor, leadAgencyOf(file))) return undefined
  const request = await recordsOf(parts).findOne({ _id: requestId })
  const now = request ? toldOn(request, dayInSeoul(parts.now())) : undefined
  return {
    isOver: now === undefined || now.kind !== kind || now.until !== until,
    group: mayChange ? { of: 'case', caseId, number: file.number, label: file.label } : { of: 'desk' },
    due: until,
  }
}
