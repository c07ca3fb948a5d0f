/** The hearing of one item as those see it who may open the item. The record holds ids; people read names. */
import type { UserId } from '../../shared/ids.ts'
import type { AnswerView, HearingView } from '../../shared/meeting/meeting-view.ts'
import type { HearingState } from './meeting-state.ts'

/** Everybody whose name it needs. */
export function peopleInHearing({ readBack, confirmations, recusals }: HearingState): Set<UserId> {
  const confirmed = confirmations.at(-1)
  const answers = [...(readBack?.answers ?? []), ...(confirmed?.answers ?? [])]
  const acting = [readBack?.openedBy, confirmed?.confirmedBy, ...answers.map(answer => answer.by)]
  // The record keeps who did it as an id where the view, which shares its shape, has the name.
  const ids = acting.filter(id => id !== undefined) as UserId[]
  return new Set([...ids, ...recusals.map(recusal => recusal.userId)])
}

/** Undefined while nothing was done in it. */
export function hearingViewOf(hearing: HearingState, names: ReadonlyMap<UserId, string>): HearingView | undefined {
  const { readBack, confirmations, recusals } = hearing
  if (readBack === null && confirmations.length === 0 && recusals.length === 0) return undefined
  const nameOf = (id: string) => names.get(id as UserId) ?? ''
  const named = (answer: AnswerView): AnswerView => ({ ...answer, by: nameOf(answer.by) })
  const confirmed = confirmations.at(-1)
  return {
    readBack: readBack && { ...readBack, openedBy: nameOf(readBack.openedBy), answers: readBack.answers.map(named) },
    confirmed: confirmed
      ? { ...confirmed, confirmedBy: nameOf(confirmed.confirmedBy), answers: confirmed.answers.map(named) }
      : null,
    recusals: recusals.map(({ userId, kind, leftAt, returnedAt }) => ({
      userId,
      name: nameOf(userId),
      kind,
      leftAt,
      returnedAt,
    })),
  }
}
