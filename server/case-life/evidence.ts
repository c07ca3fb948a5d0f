/** Which decisions of conferences count for a case's moves (LIFE.md CL2, CL3), and everything else that a move is judged on. */
import { must } from '../../shared/assert.ts'
import {
  type CarriedBy,
  type CaseLife,
  isSelected,
  presentClosure,
  presentReassessment,
  thisRound,
} from '../../shared/cases/case-life.ts'
import type { MoveFacts } from '../../shared/cases/stage-moves.ts'
import type { DecisionKind } from '../../shared/codes.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import { decisionsOf } from '../../shared/documents/item-document.ts'
import type { DecisionId } from '../../shared/ids.ts'
import { leadAgencyOf } from '../conferences/case-commands.ts'
import type { Case } from '../conferences/case-repository.ts'
import type { Conference } from '../conferences/conference-repository.ts'
import type { Item } from '../conferences/item-repository.ts'
import type { LifeParts, PlanStanding } from './ports.ts'

/** A decision about the case that a conference has confirmed. */
export interface ConfirmedDecision extends CarriedBy {
  at: string
  conference: Conference
}

export interface Standing {
  facts: MoveFacts
  /** Those that count, the latest last. */
  decisions: readonly ConfirmedDecision[]
  plan: PlanStanding
}

export async function standingOf(parts: LifeParts, file: Case, options: { reason: boolean }): Promise<Standing> {
  const [confirmed, plan] = await Promise.all([confirmedDecisions(parts, file), parts.planOf(file._id)])
  const decisions = countingNow(file, confirmed)
  const closure = presentClosure(file.life)
  const facts: MoveFacts = {
    stage: file.stage,
    selected: isSelected(file.life),
    decisions: decisions.map(({ kind }) => kind),
    exOfficio: file.route !== 'ex_officio' ? 'none' : file.life.exOfficio.length > 0 ? 'grounded' : 'ungrounded',
    plan: !plan.hasPlan ? 'none' : plan.faults.length > 0 ? 'lacking' : 'whole',
    reassessed: presentReassessment(file.life) !== undefined,
    closure:
      closure === undefined
        ? 'none'
        : closure.result === 'reassess'
          ? 'reassess'
          : closure.reasons.length === 0
            ? 'no-reason'
            : 'whole',
    aftercareContacts: contactsSinceClosure(file.life),
    reason: options.reason,
  }
  return { facts, decisions, plan }
}

/** Of all that conferences confirmed about the case, in items that its lead agency is cleared for, the latest last. */
async function confirmedDecisions(parts: LifeParts, file: Case): Promise<ConfirmedDecision[]> {
  const lead = leadAgencyOf(file)
  const items = (await parts.items.ofCases([file._id])).filter(item => item.agencies.includes(lead))
  const conferences = await parts.conferences.findMany([...new Set(items.map(item => item.conferenceId))])
  const held = new Map(conferences.filter(({ state }) => state === 'live' || state === 'closed').map(c => [c._id, c]))
  const found = await Promise.all(
    items.map(item => {
      const conference = held.get(item.conferenceId)
      return conference === undefined ? [] : decisionsConfirmedIn(parts, conference, item)
    }),
  )
  return found.flat().sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

async function decisionsConfirmedIn(
  parts: LifeParts,
  conference: Conference,
  item: Item,
): Promise<ConfirmedDecision[]> {
  const common = { conferenceId: conference._id, itemId: item._id, conference }
  const { state } = await parts.hearings.find(item._id)
  const last = state.confirmations.at(-1)
  if (last !== undefined) {
    return last.content.decisions.flatMap(({ decisionId, kind }) =>
      kind === '' ? [] : [{ ...common, decisionId, kind, at: last.confirmedAt }],
    )
  }
  // Nothing was read back; final minutes say what was decided, and their item changes no more.
  if (conference.minutesStanding !== 'sealed') return []
  const at = (conference.closedAt ?? conference.startsAt).toISOString()
  const written = await parts.documents.read(documentNameOf({ kind: 'item', itemId: item._id }), doc =>
    decisionsOf(doc).map(({ id, kind }) => ({ id, kind })),
  )
  return written.flatMap(({ id, kind }) => (kind === undefined ? [] : [{ ...common, decisionId: id, kind, at }]))
}

function countingNow(file: Case, confirmed: readonly ConfirmedDecision[]): ConfirmedDecision[] {
  const { history } = file.life
  const since = must(thisRound(history)[0], 'a history').at
  const last = history.at(-1)
  const carried = new Set(history.flatMap(({ carriedBy }) => (carriedBy ? [carriedBy.decisionId] : [])))
  // The decision that brought it to the selection carries it on from there.
  const again = last?.to === 'selection' ? last.carriedBy?.decisionId : undefined
  return confirmed.filter(({ at, decisionId }) => at >= since && (decisionId === again || !carried.has(decisionId)))
}

/** The decision that would carry a move that asks for one of these kinds: the named one, or the latest. */
export function decisionFor(
  decisions: readonly ConfirmedDecision[],
  kinds: readonly DecisionKind[],
  named?: DecisionId,
): ConfirmedDecision | undefined {
  return decisions.findLast(
    ({ kind, decisionId }) => kinds.includes(kind) && (named === undefined || decisionId === named),
  )
}

function contactsSinceClosure({ history, aftercare }: CaseLife): number {
  const since = thisRound(history).findLast(entry => entry.to === 'closed' || entry.to === 'service_linked')?.at ?? ''
  return aftercare.filter(({ at }) => at >= since).length
}
