/**
 * Moving an action item: one command for every move of the table, at any time, because promises are kept after the meeting. The words
 * stay in the document; only an accepted hand-over is written into them, after the record, and again at the next start if need be.
 */
import { canReadCase } from '../../shared/access.ts'
import { isEnteredFor, lacking, mayMove, standingAfter } from '../../shared/actions/action-moves.ts'
import { must } from '../../shared/assert.ts'
import { setActionFields } from '../../shared/documents/actions-document.ts'
import { parseDocumentName } from '../../shared/documents/document-names.ts'
import type { AgencyId, ConferenceId, UserId } from '../../shared/ids.ts'
import type { ActionView, MoveActionBody } from '../../shared/protocol/action-api.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import { refuse } from '../conferences/admission.ts'
import { commit } from '../conferences/commit.ts'
import type { By } from '../conferences/ports.ts'
import { assertActiveAgencies, staffNamed } from '../conferences/staff.ts'
import { assertNotSuspended } from '../subject-requests/suspensions.ts'
import { viewOfAction } from './action-views.ts'
import type { AdmittedAction } from './admit-action.ts'
import type { LedgerEntry, LedgerStep } from './ledger-repository.ts'
import type { ActionParts } from './ports.ts'
import { showing } from './surroundings.ts'

/** Years of monthly meetings with several words each; beyond it something writes by itself. */
const MAX_STEPS = 400

export async function moveAction(
  parts: ActionParts,
  by: By,
  admitted: AdmittedAction,
  body: MoveActionBody,
): Promise<ActionView> {
  const { entry, relation } = admitted
  const { standing } = entry
  const { move, note = '', _v } = body
  const object = `action.${entry.actionId}`
  const subject = entry.caseId ?? undefined
  const at = parts.now()
  const day = dayInSeoul(at)
  if (_v !== entry._v) throw new Refusal('conflict')
  if (!mayMove(standing, relation, move, day)) return refuse(parts, by, 'not-allowed', { subject, object })
  const words = { ...body, note, userId: body.userId ?? takerOf(by, admitted, move) }
  const lacks = lacking(standing, move, words, day)
  if (lacks !== undefined) throw new Refusal('bad-request', lacks)
  if (move === 'offer' && !mayTellAgency(by, admitted, body.agencyId)) {
    return refuse(parts, by, 'not-allowed', { subject, object, detail: 'offer-takes-case-worker' })
  }
  if (move === 'offer' && entry.caseId !== null && isOutside(admitted, body.agencyId)) {
    await assertNotSuspended(parts, by, entry.caseId)
  }
  await assertNamed(parts, admitted, body)
  if (entry.history.length >= MAX_STEPS) throw new Refusal('not-allowed', 'action-history-full')

  const next = standingAfter(standing, move, words, day)
  const step: LedgerStep & { note: string } = {
    at: new Date(at),
    by: by.actor.userId,
    move,
    status: next.status,
    until: next.until,
    before: next.before,
    agencyId: next.agencyId,
    toAgencyId: move === 'offer' ? (body.agencyId ?? null) : null,
    toUserId: move === 'offer' || move === 'assign' || move === 'escalate' ? (body.userId ?? null) : null,
    conferenceId: meetingNamed(admitted, body.conferenceId),
    enteredFor: isEnteredFor(relation, move),
    note,
  }
  const told = move === 'escalate' && body.userId ? [body.userId] : []
  const changed: LedgerEntry = {
    ...entry,
    standing: next,
    escalatedTo: [...new Set([...entry.escalatedTo, ...told])],
    history: [...entry.history, step],
    _v: _v + 1,
  }
  await commit(parts, by, {
    action: 'action.change',
    subject,
    object,
    reason: move,
    write: () => parts.ledger.write(changed, { owesWords: move === 'take_over' }),
    announces: () => [],
  })
  if (move === 'take_over') await writeTaker(parts, changed, by.actor.userId)
  parts.documents.notify(entry.document, 'actions')
  // Who declined a hand-over, or gave one away, may not see it any more.
  const view = await viewOfAction(parts, by, { ...admitted, entry: changed })
  return view ?? { ...must(await viewOfAction(parts, by, admitted), 'what was just seen'), moves: [], _v: changed._v }
}

/** Whoever takes something over without naming anybody has it; entered for somebody else, nobody is named. */
function takerOf(by: By, { entry, relation }: AdmittedAction, move: MoveActionBody['move']): UserId | undefined {
  if (move !== 'take_over' || !relation.takes) return undefined
  return entry.standing.offer?.userId ?? by.actor.userId
}

/** The agency and person that a move names are what it needs them to be, and not recused from the case. */
async function assertNamed(parts: ActionParts, { entry, around }: AdmittedAction, body: MoveActionBody): Promise<void> {
  const { move, agencyId, userId } = body
  if (move === 'offer') {
    const to = must(agencyId, 'whom it is offered to')
    await assertActiveAgencies(parts.people, [to], 'unknown-agency')
    const ref = parseDocumentName(entry.document)
    // Of a restricted item's ledger nobody is told by their role: one says to whom.
    if (ref?.kind === 'actions' && ref.zone !== 'open' && userId === undefined) {
      throw new Refusal('bad-request', 'action-needs-person')
    }
    if (userId !== undefined) await assertWorks(parts, to, userId)
  }
  if (move === 'assign' || move === 'take_over') {
    const agency = move === 'assign' ? entry.standing.agencyId : entry.standing.offer?.agencyId
    if (agency !== undefined && userId !== undefined) await assertWorks(parts, agency, userId)
  }
  if (move === 'escalate') {
    const staff = await parts.staffOf(entry.standing.agencyId)
    if (!staff.some(member => member.userId === userId && member.role === 'supervisor')) {
      throw new Refusal('bad-request', 'action-needs-supervisor')
    }
  }
  const recusals = entry.caseId === null ? [] : (around.cases.get(entry.caseId)?.facts.recusals ?? [])
  if (recusals.some(recusal => recusal.userId === userId)) throw new Refusal('bad-request', 'action-person-recused')
}

/** An agency without a part in the case learns of the household by an offer: that takes somebody who works on the case, as clearing an item does. */
function mayTellAgency(by: By, admitted: AdmittedAction, agencyId: AgencyId | undefined): boolean {
  const ofCase = caseOfAction(admitted)
  return ofCase === undefined || !isOutside(admitted, agencyId) || canReadCase(by.actor, ofCase.facts)
}

/** Whether the agency has no part in the case that it is about. */
function isOutside(admitted: AdmittedAction, agencyId: AgencyId | undefined): boolean {
  const agencies = caseOfAction(admitted)?.file.agencies
  return agencies !== undefined && !agencies.some(agency => agency.agencyId === agencyId)
}

const caseOfAction = ({ entry, around }: AdmittedAction) =>
  entry.caseId === null ? undefined : around.cases.get(entry.caseId)

async function assertWorks(parts: ActionParts, agencyId: AgencyId, userId: UserId): Promise<void> {
  const [named] = await staffNamed(parts.people, [{ userId, agencyId }], 'not-staff')
  const roles = named?.person.memberships.filter(membership => membership.agencyId === agencyId).map(m => m.role) ?? []
  if (roles.every(role => role === 'observer' || role === 'privacy_officer')) {
    throw new Refusal('bad-request', 'not-staff')
  }
}

/** A meeting that shows the action item, or none: it is only a note of where something was said. */
function meetingNamed({ entry, around }: AdmittedAction, conferenceId: ConferenceId | undefined): ConferenceId | null {
  const shown = showing(around, entry).some(({ conference }) => conference._id === conferenceId)
  return conferenceId !== undefined && shown ? conferenceId : null
}

async function writeTaker(parts: ActionParts, entry: LedgerEntry, behalfOf: UserId): Promise<void> {
  const { agencyId } = entry.standing
  await parts.documents.edit(entry.document, { behalfOf }, doc => {
    setActionFields(doc, entry.actionId, { agencyId, person: '' })
  })
  await parts.ledger.wordsWritten(entry)
}

/** Writes what a stop left between a hand-over's record and the document (SPEC AC7). @returns how many were written */
export async function finishHandOvers(parts: ActionParts): Promise<number> {
  const owing = await parts.ledger.owingWords()
  for (const entry of owing) {
    const taken = entry.history.findLast(step => step.move === 'take_over')
    if (taken) await writeTaker(parts, entry, taken.by)
  }
  return owing.length
}
