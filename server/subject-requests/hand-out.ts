/**
 * The sheet that answers a request for access (REQUESTS.md DR10): who saw the household's data, by what right, what was given to whom. Put together out of
 * what the server keeps, for the person whom it is about; on record, with its purpose, before a line of it leaves.
 */
import { TOUCHED, taskOf, touchedBy } from '../../shared/access-desk/access-tasks.ts'
import { lastDayOf } from '../../shared/bases/bases.ts'
import type { CaseId, PrintId, UserId } from '../../shared/ids.ts'
import { DISCLOSURE_COLUMNS } from '../../shared/protocol/access-desk.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import {
  HAND_OUTS_MAX,
  type HandOutBody,
  type HandOutLine,
  type HandOutView,
} from '../../shared/protocol/subject-requests.ts'
import { HAND_OUT_PARTS, type HandOutPart } from '../../shared/subject-requests/request-codes.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import { createNames } from '../access-desk/people.ts'
import { keptSince } from '../audit/retention.ts'
import { commit } from '../conferences/commit.ts'
import type { By } from '../conferences/ports.ts'
import { assertNoResidentNumber } from '../referrals/referral-commands.ts'
import type { SubjectRequestParts } from './ports.ts'
import { type AdmittedRequest, requestObject } from './request-commands.ts'

/** A sheet of more lines is nobody's to read; what is older is counted, and asked for apart. */
export const MOST_LINES = 1500

/** @throws Refusal `bad-request` for one that does not ask for access or was refused, `conflict` when another version was written meanwhile */
export async function handOut(
  parts: SubjectRequestParts,
  by: By,
  { request, file }: AdmittedRequest,
  { parts: picked, purpose }: HandOutBody,
): Promise<HandOutView> {
  if (request.kind !== 'access') throw new Refusal('bad-request', 'request-no-access')
  if (request.state === 'withdrawn' || request.answer?.decision === 'refused') {
    throw new Refusal('bad-request', 'request-over')
  }
  if (request.handOuts.length >= HAND_OUTS_MAX) throw new Refusal('too-large', 'request-hand-outs')
  assertNoResidentNumber([purpose])
  const printId = parts.newId<PrintId>()
  const at = new Date(parts.now())
  const ordered = (Object.keys(HAND_OUT_PARTS) as HandOutPart[]).filter(part => picked.includes(part))
  await commit(parts, by, {
    action: 'subject-request.take',
    subject: file._id,
    object: `${requestObject(request._id)} print.${printId}`,
    reason: ordered.join(' '),
    write: () =>
      parts.requests.change(
        request,
        { handOuts: [...request.handOuts, { printId, by: by.actor.userId, at, parts: ordered }] },
        { purposes: { ...request.words.purposes, [printId]: purpose } },
      ),
    announces: () => [],
  })
  const has = (part: HandOutPart) => ordered.includes(part)
  return {
    printId,
    at: at.toISOString(),
    number: file.number,
    from: dayInSeoul(keptSince(parts.now())),
    whoSaw: has('who_saw') ? await whoSaw(parts, file._id, { names: has('names') }) : null,
    bases: has('bases') ? await basesOf(parts, file._id) : null,
    disclosures: has('disclosures') ? await disclosuresOf(parts, file._id) : null,
  }
}

/** What was done on one day by one agency's people, as one line; the newest first. */
async function whoSaw(
  parts: SubjectRequestParts,
  caseId: CaseId,
  { names }: { names: boolean },
): Promise<NonNullable<HandOutView['whoSaw']>> {
  const nameOf = createNames(parts)
  const lines = new Map<string, HandOutLine>()
  for (const record of await parts.accessLog.ofSubject(caseId, keptSince(parts.now()))) {
    const person = await nameOf(record.actor as UserId | null)
    const line: HandOutLine = {
      day: dayInSeoul(record.at),
      agency: person.agencyName,
      name: names ? person.name : '',
      task: taskOf(record),
      touched: touchedBy(record),
      count: 0,
    }
    const key = [line.day, names ? record.actor : '', line.agency, line.task, line.touched].join('|')
    const known = lines.get(key) ?? line
    known.count += 1
    lines.set(key, known)
  }
  const order = Object.keys(TOUCHED)
  const all = [...lines.values()].sort(
    (a, b) =>
      (a.day < b.day ? 1 : a.day > b.day ? -1 : 0) ||
      a.agency.localeCompare(b.agency, 'ko') ||
      order.indexOf(a.touched) - order.indexOf(b.touched),
  )
  return { lines: all.slice(0, MOST_LINES), leftOut: Math.max(0, all.length - MOST_LINES) }
}

async function basesOf(parts: SubjectRequestParts, caseId: CaseId): Promise<NonNullable<HandOutView['bases']>> {
  const { bases } = await parts.bases.find(caseId)
  return Promise.all(
    bases.map(async one => ({
      basis: one.basis,
      receivers: await Promise.all(
        one.receivers.map(async ({ agencyId, end }) => ({
          name: (await parts.people.agency(agencyId))?.name ?? '',
          endedOn: end?.on ?? null,
        })),
      ),
      from: one.from,
      until: lastDayOf(one),
    })),
  )
}

async function disclosuresOf(
  parts: SubjectRequestParts,
  caseId: CaseId,
): Promise<NonNullable<HandOutView['disclosures']>> {
  return (await parts.disclosures.ofCase(caseId)).map(({ fields, endedOn }) => ({
    fields: DISCLOSURE_COLUMNS.map(({ key }) => fields[key]),
    endedOn,
  }))
}
