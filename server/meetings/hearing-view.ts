/** The hearing of one item as those see it who may open the item. The record holds ids; people read names. */
import type { UserId } from '../../shared/ids.ts'
import type { BrainstormView, HearingView } from '../../shared/meeting/meeting-view.ts'
import type { HearingState } from './meeting-state.ts'

/** Everybody whose name it needs. */
export function peopleInHearing(hearing: HearingState): Set<UserId> {
  const { goneOn, votes, deferral, readBack, confirmations, recusals, cards } = hearing
  const confirmed = confirmations.at(-1)
  const answers = [...(readBack?.answers ?? []), ...(confirmed?.answers ?? [])]
  const voting = votes.flatMap(vote => [vote.openedBy, ...vote.cast.map(one => one.by)])
  const reading = [readBack?.openedBy, confirmed?.confirmedBy, ...answers.map(answer => answer.by)]
  const acting = [goneOn.at(-1)?.by, deferral?.by, ...voting, ...reading]
  // The record keeps who did it as an id where the view, which shares its shape, has the name.
  const ids = acting.filter(id => id !== undefined) as UserId[]
  return new Set([...ids, ...recusals.map(recusal => recusal.userId), ...cards.map(card => card.by)])
}

/** Whether this person is shown something of it that others in the item are not. */
export const isSeenApart = ({ cards }: HearingState, userId: UserId): boolean =>
  cards.some(card => card.isHidden && card.by === userId)

/** As this person sees it. Undefined while nothing was done in it. */
export function hearingViewOf(
  hearing: HearingState,
  names: ReadonlyMap<UserId, string>,
  userId: UserId,
): HearingView | undefined {
  const { readBack, confirmations, recusals, votes, deferral } = hearing
  const goneOn = hearing.goneOn.at(-1)
  const brainstorm = brainstormViewOf(hearing, names, userId)
  const isUntouched = readBack === null && confirmations.length === 0 && recusals.length === 0
  const isDecided = goneOn !== undefined || votes.length > 0 || deferral !== null
  if (isUntouched && !isDecided && brainstorm === null) return undefined
  const nameOf = (id: string) => names.get(id as UserId) ?? ''
  const named = <Said extends { by: string }>(said: Said): Said => ({ ...said, by: nameOf(said.by) })
  const confirmed = confirmations.at(-1)
  return {
    goneOn: goneOn ? named(goneOn) : null,
    votes: votes.map(vote => ({ ...vote, openedBy: nameOf(vote.openedBy), cast: vote.cast.map(named) })),
    deferral: deferral && named(deferral),
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
    brainstorm,
  }
}

/** A hidden card of somebody else is not in it, only counted (SPEC MB2). */
function brainstormViewOf(
  { cards, cardGroups, hidesCards }: HearingState,
  names: ReadonlyMap<UserId, string>,
  userId: UserId,
): BrainstormView | null {
  if (cards.length === 0 && !hidesCards) return null
  const mine = cards.filter(card => !card.isHidden || card.by === userId)
  return {
    hiding: hidesCards,
    cards: mine.map(({ isHidden, ...card }) => ({ ...card, name: names.get(card.by) ?? '', hidden: isHidden })),
    hiddenCards: cards.length - mine.length,
    groups: cardGroups,
  }
}
