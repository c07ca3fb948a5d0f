/**
 * Brainstorming on one item (SPEC MB). Cards are records and no document: what is hidden must not reach anybody's browser, and a document gives
 * all of itself to whoever may open it.
 */
import { participationOf } from '../../shared/access.ts'
import type { CardGroupId, CardId } from '../../shared/ids.ts'
import { featuresOf } from '../../shared/meeting/rule-sets.ts'
import type { CommandName } from '../../shared/protocol/live-channel.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { HearingContext, HearingRule } from './command-rule.ts'
import { assertLeads, leads } from './leading.ts'
import type { Card, HearingState } from './meeting-state.ts'

export type CardCommand = Extract<CommandName, `cards.${string}`>

/** More than a wall takes. They lie in one record with the item's hearing, which is written anew with each card. */
export const MAX_CARDS = 200

export const CARD_RULES: { readonly [Name in CardCommand]: HearingRule<Name> } = {
  'cards.add': {
    on: 'hearing',
    policy: 'canWriteItem',
    step(state, context) {
      assertUsed(context)
      const { by, body, admitted } = context
      const agencyId = participationOf(by.actor, admitted.facts)?.agencyId
      if (agencyId === undefined) throw new Refusal('not-allowed')
      if (state.cards.length >= MAX_CARDS) throw new Refusal('too-large', 'too-many-cards')
      const card: Card = {
        cardId: context.newId<CardId>(),
        by: by.actor.userId,
        agencyId,
        text: body.text,
        groupId: null,
        isHidden: state.hidesCards,
      }
      return { ...state, cards: [...state.cards, card] }
    },
  },

  'cards.change': {
    on: 'hearing',
    policy: 'canWriteItem',
    step(state, context) {
      assertUsed(context)
      const card = cardSeen(state, context)
      assertOwnAndLoose(card, context)
      return withCard(state, { ...card, text: context.body.text })
    },
  },

  'cards.remove': {
    on: 'hearing',
    policy: 'canWriteItem',
    step(state, context) {
      assertUsed(context)
      const card = cardSeen(state, context)
      if (!leads(context.meeting, context)) assertOwnAndLoose(card, context)
      return withoutEmptyGroups({ ...state, cards: state.cards.filter(one => one !== card) })
    },
  },

  'cards.hide': {
    on: 'hearing',
    policy: 'canWriteForOthers',
    step(state, context) {
      assertUsed(context)
      assertLeads(context.meeting, context)
      return { ...state, hidesCards: true }
    },
  },

  'cards.reveal': {
    on: 'hearing',
    policy: 'canWriteForOthers',
    step(state, context) {
      assertLeads(context.meeting, context)
      return { ...state, hidesCards: false, cards: state.cards.map(card => ({ ...card, isHidden: false })) }
    },
  },

  'cards.group': {
    on: 'hearing',
    policy: 'canWriteItem',
    step(state, context) {
      assertUsed(context)
      const { groupId, title } = context.body
      const card = cardSeen(state, context)
      if (card.isHidden) throw new Refusal('not-allowed', 'card-hidden')
      if (groupId === '' && title === '') return withoutEmptyGroups(withCard(state, { ...card, groupId: null }))
      const known = state.cardGroups.find(group => (groupId === '' ? group.title === title : group.groupId === groupId))
      // Its last card was taken out meanwhile.
      if (known === undefined && groupId !== '') throw new Refusal('not-found', 'card-group-gone')
      const group = known ?? { groupId: context.newId<CardGroupId>(), title }
      const cardGroups = known ? state.cardGroups : [...state.cardGroups, group]
      return withoutEmptyGroups(withCard({ ...state, cardGroups }, { ...card, groupId: group.groupId }))
    },
  },

  'cards.name-group': {
    on: 'hearing',
    policy: 'canWriteItem',
    step(state, context) {
      assertUsed(context)
      const { groupId, title } = context.body
      if (!state.cardGroups.some(group => group.groupId === groupId)) throw new Refusal('not-found', 'card-group-gone')
      const same = state.cardGroups.find(group => group.title === title && group.groupId !== groupId)
      if (same === undefined) {
        const cardGroups = state.cardGroups.map(group => (group.groupId === groupId ? { groupId, title } : group))
        return { ...state, cardGroups }
      }
      const cards = state.cards.map(card => (card.groupId === groupId ? { ...card, groupId: same.groupId } : card))
      return withoutEmptyGroups({ ...state, cards })
    },
  },
}

/** @throws Refusal `not-allowed` */
function assertUsed({ meeting, item }: HearingContext<CommandName>): void {
  if (!featuresOf(item.conference.type, meeting.features).brainstorming)
    throw new Refusal('not-allowed', 'brainstorming-off')
}

/** The card that is named, for who is shown it. @throws Refusal `not-found` */
function cardSeen(state: HearingState, { by, body }: HearingContext<'cards.remove' | 'cards.change' | 'cards.group'>) {
  const card = state.cards.find(one => one.cardId === body.cardId && (!one.isHidden || one.by === by.actor.userId))
  if (card === undefined) throw new Refusal('not-found', 'card-gone')
  return card
}

/** Others have taken it up once it stands in a group. @throws Refusal `not-allowed` */
function assertOwnAndLoose({ by: writer, groupId }: Card, { by }: HearingContext<CommandName>): void {
  if (writer !== by.actor.userId) throw new Refusal('not-allowed', 'card-of-another')
  if (groupId !== null) throw new Refusal('not-allowed', 'card-in-group')
}

const withCard = (state: HearingState, changed: Card): HearingState => ({
  ...state,
  cards: state.cards.map(card => (card.cardId === changed.cardId ? changed : card)),
})

const withoutEmptyGroups = (state: HearingState): HearingState => ({
  ...state,
  cardGroups: state.cardGroups.filter(({ groupId }) => state.cards.some(card => card.groupId === groupId)),
})
