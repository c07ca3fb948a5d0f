/** The hearing of one item as those see it who may open the item. The record holds ids; people read names. */
import type { UserId } from '../../shared/ids.ts'
import type { BrainstormView, CardView, HearingView } from '../../shared/meeting/meeting-view.ts'
import type { Card, HearingState } from './meeting-state.ts'

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

/** As all of them see it. Undefined while nothing was done in it. */
export function hearingViewOf(hearing: HearingState, names: ReadonlyMap<UserId, string>): HearingView | undefined {
  const { readBack, confirmations, recusals, votes, deferral } = hearing
  const goneOn = hearing.goneOn.at(-1)
  const brainstorm = brainstormViewOf(hearing, names)
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

/** Hidden cards are not in it, only counted (SPEC MB2). */
function brainstormViewOf(
  { cards, cardGroups, hidesCards }: HearingState,
  names: ReadonlyMap<UserId, string>,
): BrainstormView | null {
  if (cards.length === 0 && !hidesCards) return null
  const shown = cards.filter(card => !card.isHidden)
  return {
    hiding: hidesCards,
    cards: shown.map(card => cardViewOf(card, names)),
    hiddenCards: cards.length - shown.length,
    groups: cardGroups,
  }
}

/** Hidden cards by who wrote them: each is told to that person alone. */
export function hiddenCardsOf({ cards }: HearingState, names: ReadonlyMap<UserId, string>): Map<UserId, CardView[]> {
  const byWriter = new Map<UserId, CardView[]>()
  for (const card of cards) {
    if (card.isHidden) byWriter.set(card.by, [...(byWriter.get(card.by) ?? []), cardViewOf(card, names)])
  }
  return byWriter
}

const cardViewOf = ({ isHidden, ...card }: Card, names: ReadonlyMap<UserId, string>): CardView => ({
  ...card,
  name: names.get(card.by) ?? '',
  hidden: isHidden,
})
