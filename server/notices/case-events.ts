/** What is news of a case's life: agencies that are asked to acknowledge a step, a lead that is offered, and what was answered (SPEC NT8). Pure. */
import type { CaseLife } from '../../shared/cases/case-life.ts'
import type { AgencyId, UserId } from '../../shared/ids.ts'
import type { NoticeKind } from '../../shared/notices/notice-kinds.ts'

/** How much was told: what a life holds is only added to. */
export interface SaidOfCase {
  history: number
  answers: number
  offers: number
  ended: number
}

export interface CaseEvent {
  kind: Extract<NoticeKind, `case_${string}`>
  /** The entry, answer or offer that it is about. */
  id: string
  /** Whose workers on the case are told; or the one person. */
  to: AgencyId | { userId: UserId }
  by: UserId
  at: number
}

export const NOTHING_SAID_OF_CASE: SaidOfCase = { history: 0, answers: 0, offers: 0, ended: 0 }

export const saidOfCase = ({ history, answers, offers }: CaseLife): SaidOfCase => ({
  history: history.length,
  answers: answers.length,
  offers: offers.length,
  ended: endedOf({ offers }).length,
})

/** In the order in which they ended: the next offer is made only then. */
const endedOf = ({ offers }: Pick<CaseLife, 'offers'>) => offers.filter(offer => offer.outcome !== null)

export function caseEvents(said: SaidOfCase, life: CaseLife, lead: AgencyId): CaseEvent[] {
  const asked = life.history
    .slice(said.history)
    .flatMap(({ id, asked: agencies, by, at }) =>
      agencies.map((to): CaseEvent => ({ kind: 'case_asked', id, to, by, at: Date.parse(at) })),
    )
  const dissents = life.answers
    .slice(said.answers)
    .filter(({ answer }) => answer === 'dissents')
    .map(({ id, by, at }): CaseEvent => ({ kind: 'case_answered', id, to: lead, by, at: Date.parse(at) }))
  const offered = life.offers
    .slice(said.offers)
    .map(({ id, to, by, at }): CaseEvent => ({ kind: 'case_lead_offered', id, to, by, at: Date.parse(at) }))
  const ended = endedOf(life)
    .slice(said.ended)
    .flatMap(({ id, by: offeredBy, outcome }): CaseEvent[] =>
      outcome === null || outcome.kind === 'withdrawn'
        ? []
        : [{ kind: 'case_answered', id, to: { userId: offeredBy }, by: outcome.by, at: Date.parse(outcome.at) }],
    )
  return [...asked, ...dissents, ...offered, ...ended]
}
