/**
 * Deciding about found households (SPEC TR1–TR5). Each is one record with its version, so each is decided by itself: what somebody else changed meanwhile stays as it
 * is and is named. All of it happens in the agency's turn, so that no list is undone beside it.
 */

import { maskResidentNumbers } from '../../shared/identifiers/resident-number.ts'
import type { AgencyId, CaseId, ConferenceId, FindingId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type {
  BecomeCaseBody,
  FindingView,
  TableCasesBody,
  TableOutcome,
  TriageBody,
  TriageOutcome,
} from '../../shared/protocol/triage.ts'
import { admitToCase, refuse } from '../conferences/admission.ts'
import { createCase } from '../conferences/case-commands.ts'
import { createCommandsInTurn } from '../conferences/commands-in-turn.ts'
import { commit } from '../conferences/commit.ts'
import { invitedAgenciesOf } from '../conferences/conference-commands.ts'
import type { By } from '../conferences/ports.ts'
import type { Finding } from './finding-repository.ts'
import { findingView } from './finding-views.ts'
import { carryHousehold } from './found-household.ts'
import type { ImportParts, TriageParts } from './ports.ts'

/** How the record of access names a found household. */
export const findingObject = (findingId: FindingId) => `finding.${findingId}`

/** A found household of the agency, of a list that is taken in. */
export async function findingOf(
  { findings, imports }: Pick<ImportParts, 'findings' | 'imports'>,
  agencyId: AgencyId,
  findingId: FindingId,
): Promise<Finding | undefined> {
  const finding = (await findings.ofAgency(agencyId)).get(findingId)
  if (finding === undefined) return undefined
  return (await imports.find(finding.importId))?.standing === 'done' ? finding : undefined
}

/** @throws Refusal `bad-request` for somebody who cannot be given it */
export function triage(parts: ImportParts, by: By, agencyId: AgencyId, body: TriageBody): Promise<TriageOutcome[]> {
  return parts.turns.in(agencyId, async () => {
    await assertAssignable(parts, agencyId, body.assignee)
    const outcomes: TriageOutcome[] = []
    for (const asked of body.findings) outcomes.push(await triageOne(parts, by, agencyId, asked, body))
    return outcomes
  })
}

async function assertAssignable(
  { people }: ImportParts,
  agencyId: AgencyId,
  assignee: TriageBody['assignee'],
): Promise<void> {
  if (assignee === undefined || assignee === null) return
  const person = await people.person(assignee)
  const works = person?.memberships.some(
    m => m.agencyId === agencyId && (m.role === 'case_worker' || m.role === 'supervisor'),
  )
  if (!person?.active || !works) throw new Refusal('bad-request', 'assignee-not-staff')
}

async function triageOne(
  parts: ImportParts,
  by: By,
  agencyId: AgencyId,
  { findingId, _v }: TriageBody['findings'][number],
  { state, reason, words, assignee }: TriageBody,
): Promise<TriageOutcome> {
  const known = await findingOf(parts, agencyId, findingId)
  if (known === undefined) return { findingId, finding: null, result: 'not-found' }
  if (known._v !== _v) return { findingId, finding: await findingView(parts, known), result: 'conflict' }
  // A case has its own life, and one that is just becoming one is finished as such.
  if (state !== undefined && known.caseId !== '') {
    return { findingId, finding: await findingView(parts, known), result: 'is-case' }
  }
  const decided =
    state === undefined
      ? {}
      : {
          state,
          reason: reason ?? ('' as const),
          words: maskResidentNumbers(words ?? '').text,
          decidedBy: state === 'waiting' ? ('' as const) : by.actor.userId,
          decidedAt: state === 'waiting' ? null : new Date(parts.now()),
        }
  const given = assignee === undefined ? {} : { assignee: assignee ?? ('' as const) }
  try {
    const finding = await commit(parts, by, {
      action: 'finding.triage',
      subject: findingId,
      object: findingObject(findingId),
      reason: state ?? 'assign',
      write: () => parts.findings.update(known, { ...decided, ...given }),
      announces: () => [],
    })
    return { findingId, finding: await findingView(parts, finding), result: 'done' }
  } catch (error) {
    if (!(error instanceof Refusal) || error.reason !== 'conflict') throw error
    const now = await findingOf(parts, agencyId, findingId)
    return { findingId, finding: now ? await findingView(parts, now) : null, result: 'conflict' }
  }
}

/**
 * Makes a case of a found household. First its record keeps the id that the case will have, then the case is made under it, then the record says so: broken off
 * anywhere and sent again it is one case (SPEC TR3).
 */
export function becomeCase(
  parts: ImportParts,
  by: By,
  agencyId: AgencyId,
  findingId: FindingId,
  body: BecomeCaseBody,
): Promise<{ caseId: CaseId; finding: FindingView }> {
  return parts.turns.in(agencyId, async () => {
    const found = await findingOf(parts, agencyId, findingId)
    if (found === undefined) return refuse(parts, by, 'not-found', { object: findingObject(findingId) })
    if (found.state === 'case' && found.caseId !== '') {
      return { caseId: found.caseId, finding: await findingView(parts, found) }
    }
    const isBegun = found.caseId !== ''
    // Whose answer was lost sends the version of before; the household that it began with is the same one.
    if (found._v !== body._v && !isBegun) throw new Refusal('conflict')
    const kept = isBegun ? found : await keepId(parts, by, found)
    const caseId = kept.caseId as CaseId
    if ((await parts.cases.find(caseId)) === undefined) await make(parts, by, kept, caseId, body)
    await carryHousehold(parts, by, caseId, kept)
    const finding = await commit(parts, by, {
      action: 'finding.triage',
      subject: findingId,
      object: findingObject(findingId),
      reason: 'case',
      write: () =>
        parts.findings.update(kept, {
          state: 'case',
          reason: '',
          words: '',
          decidedBy: by.actor.userId,
          decidedAt: new Date(parts.now()),
        }),
      announces: () => [],
    })
    return { caseId, finding: await findingView(parts, finding) }
  })
}

const keepId = (parts: ImportParts, by: By, finding: Finding): Promise<Finding> =>
  commit(parts, by, {
    action: 'finding.become_case',
    subject: finding._id,
    object: findingObject(finding._id),
    write: () => parts.findings.update(finding, { caseId: parts.newId<CaseId>() }),
    announces: () => [],
  })

async function make(
  parts: ImportParts,
  by: By,
  { agencyId, assignee, route, foundOn }: Finding,
  caseId: CaseId,
  { number, label, stage }: BecomeCaseBody,
): Promise<void> {
  // Led by the agency and worked on by who decided and by whom it was given to; an administrator's assignee alone would not do.
  const workers = [...new Set([by.actor.userId, ...(assignee === '' ? [] : [assignee])])]
  const still = await Promise.all(workers.map(userId => parts.people.person(userId)))
  const input = {
    number: maskResidentNumbers(number).text,
    label: maskResidentNumbers(label).text,
    ...(stage !== undefined && { stage }),
    route,
    foundOn,
    agencies: [{ agencyId, role: 'lead' as const }],
    workers: still.flatMap(person =>
      person?.active && person.memberships.some(m => m.agencyId === agencyId)
        ? [{ userId: person.userId, agencyId }]
        : [],
    ),
  }
  await createCase({ ...parts, newId: <T extends string>() => caseId as string as T }, by, input)
}

/** Puts cases on a conference's agenda, one after another, each as the usual command does (SPEC TR5). */
export async function tableCases(
  parts: TriageParts,
  by: By,
  conferenceId: ConferenceId,
  { cases, minutes }: TableCasesBody,
): Promise<TableOutcome[]> {
  const commands = createCommandsInTurn(parts, parts.meetings)
  const outcomes: TableOutcome[] = []
  for (const caseId of new Set(cases)) {
    try {
      outcomes.push({
        caseId,
        result: await tableOne(parts, by, conferenceId, caseId, minutes, commands),
        detail: null,
      })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      outcomes.push({ caseId, result: error.reason, detail: error.detail ?? null })
    }
  }
  return outcomes
}

async function tableOne(
  parts: TriageParts,
  by: By,
  conferenceId: ConferenceId,
  caseId: CaseId,
  minutes: number,
  commands: ReturnType<typeof createCommandsInTurn>,
): Promise<'tabled' | 'already'> {
  const { file } = await admitToCase(parts, by, caseId)
  const there = await parts.items.ofConference(conferenceId)
  if (there.some(item => item.caseId === caseId)) return 'already'
  const conference = await parts.conferences.find(conferenceId)
  const invited = conference === undefined ? [] : invitedAgenciesOf(conference)
  const agencies = file.agencies.map(({ agencyId }) => agencyId).filter(agencyId => invited.includes(agencyId))
  // Without one of the case's agencies at the table the usual command says what is missing.
  const asked = agencies.length > 0 ? agencies : file.agencies.slice(0, 1).map(({ agencyId }) => agencyId)
  await commands.createItem(by, conferenceId, { kind: 'case', caseId, minutes, agencies: asked })
  return 'tabled'
}
