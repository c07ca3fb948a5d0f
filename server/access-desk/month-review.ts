/** A month of an agency's look-ups, looked at and signed off (SPEC AD6, AD9). Read from the record of access each time; only the signature is kept. */
import { touchedBy } from '../../shared/access-desk/access-tasks.ts'
import type { AgencyId, CaseId, UserId } from '../../shared/ids.ts'
import type { AccessEventView, MonthReviewView } from '../../shared/protocol/access-desk.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import type { AuditRecord } from '../audit/audit.ts'
import type { Case } from '../conferences/case-repository.ts'
import type { By } from '../conferences/ports.ts'
import { casesOfAgency, recordShown } from './case-access.ts'
import { createNames, PeopleCount } from './people.ts'
import type { AccessDeskParts } from './ports.ts'

/** So many months back are asked for; what was before is history. */
const ASKED_BACK = 12
const MOST_EVENTS = 500

export async function openMonth(
  parts: AccessDeskParts,
  by: By,
  agencyId: AgencyId,
  month: string,
): Promise<MonthReviewView> {
  const own = new Set<UserId | null>(await parts.membersOf(agencyId))
  const cases = await numbersOf(parts, agencyId)
  const { people, takenOut, refused } = await gather(parts, { month, own, cases })
  const names = createNames(parts)
  const [reviews, flags] = await Promise.all([parts.reviews.ofAgency(agencyId), parts.flags.ofAgency(agencyId)])
  const signed = reviews.find(review => review.month === month)
  const shown = [...takenOut, ...refused].slice(-2 * MOST_EVENTS)
  await recordShown(
    parts,
    by,
    'access.review',
    shown.flatMap(({ subject }) => (subject !== undefined && cases.has(subject) ? [subject as CaseId] : [])),
    `agency.${agencyId} ${month}`,
  )
  const view = async (record: AuditRecord): Promise<AccessEventView> => ({
    at: record.at.toISOString(),
    ...(await names(record.actor)),
    number: cases.get(record.subject ?? '')?.number ?? '',
    touched: touchedBy(record),
    address: record.address,
  })
  return {
    agencyId,
    month,
    isOver: isOver(month, parts.now()),
    people: await people.views(names),
    takenOut: await Promise.all(takenOut.slice(-MOST_EVENTS).reverse().map(view)),
    refused: await Promise.all(refused.slice(-MOST_EVENTS).reverse().map(view)),
    openFlags: flags.filter(flag => isOpen(flag.state) && dayInSeoul(flag.at).startsWith(month)).length,
    signed: signed ? { by: (await names(signed.by)).name, at: signed.at.toISOString(), opinion: signed.opinion } : null,
    waiting: await waitingMonths(parts, agencyId),
  }
}

const isOpen = (state: string) => state === 'open' || state === 'asked' || state === 'answered'

/** Never undone, and never for a month that still goes on. @throws Refusal */
export async function signMonth(
  parts: AccessDeskParts,
  by: By,
  { agencyId, month, opinion }: { agencyId: AgencyId; month: string; opinion: string },
): Promise<void> {
  if (!isOver(month, parts.now())) throw new Refusal('bad-request', 'month-goes-on')
  await parts.audit.record({
    actor: by.actor.userId,
    sessionId: by.sessionId,
    address: by.address,
    action: 'access.sign-off',
    object: `agency.${agencyId} ${month}`,
    outcome: 'ok',
  })
  await parts.reviews.sign({ agencyId, month, opinion, by: by.actor.userId, at: new Date(parts.now()) })
}

/** Months that are over and that nobody signed, since the agency's first look-up or a year ago; the oldest first. */
export async function waitingMonths(
  parts: Pick<AccessDeskParts, 'reviews' | 'now' | 'people' | 'accessLog'>,
  agencyId: AgencyId,
): Promise<string[]> {
  const signed = new Set((await parts.reviews.ofAgency(agencyId)).map(review => review.month))
  const first = await parts.accessLog.firstAt()
  const since = first === undefined ? undefined : dayInSeoul(first).slice(0, 7)
  const thisMonth = dayInSeoul(parts.now()).slice(0, 7)
  const months: string[] = []
  let month = thisMonth
  for (let back = 0; back < ASKED_BACK; back++) {
    month = monthBefore(month)
    if (since === undefined || month < since) break
    if (!signed.has(month)) months.unshift(month)
  }
  return months
}

interface Gathered {
  people: PeopleCount
  takenOut: AuditRecord[]
  refused: AuditRecord[]
}

async function gather(
  parts: Pick<AccessDeskParts, 'accessLog'>,
  about: { month: string; own: ReadonlySet<UserId | null>; cases: ReadonlyMap<string, { leads: boolean }> },
): Promise<Gathered> {
  const people = new PeopleCount()
  const takenOut: AuditRecord[] = []
  const refused: AuditRecord[] = []
  for await (const records of parts.accessLog.during(monthStart(about.month), monthStart(monthAfter(about.month)))) {
    for (const record of records) {
      const isOwn = record.actor !== null && about.own.has(record.actor)
      if (isOwn && record.subject !== undefined) {
        if (people.add(record) === 'take_out') takenOut.push(record)
      }
      const atOurs = record.subject !== undefined && about.cases.get(record.subject)?.leads === true
      if (record.outcome === 'denied' && record.action === 'authz.deny' && (isOwn || atOurs)) refused.push(record)
    }
  }
  return { people, takenOut, refused }
}

/** Numbers of the cases that the agency takes part in, by id. */
async function numbersOf(
  parts: AccessDeskParts,
  agencyId: AgencyId,
): Promise<Map<string, { number: string; leads: boolean }>> {
  const numbers = new Map<string, { number: string; leads: boolean }>()
  const leads = ({ agencies }: Case) => agencies.some(one => one.agencyId === agencyId && one.role === 'lead')
  for await (const files of casesOfAgency(parts, agencyId)) {
    for (const file of files) numbers.set(file._id, { number: file.number, leads: leads(file) })
  }
  return numbers
}

/** Midnight in Seoul on its first day. */
export const monthStart = (month: string): Date => new Date(Date.parse(`${month}-01T00:00:00Z`) - 9 * 3_600_000)

export const monthAfter = (month: string): string => shifted(month, 1)
export const monthBefore = (month: string): string => shifted(month, -1)

function shifted(month: string, by: number): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7)
}

const isOver = (month: string, now: number): boolean => monthStart(monthAfter(month)).getTime() <= now
