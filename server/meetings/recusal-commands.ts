/**
 * Stepping out of one item (제척·기피·회피) and coming back. What closes and opens documents is the item's list of who is recused; the hearing's
 * record says why, from when until when. The list is changed first: a crash in between leaves a door closed and not a door open, and the
 * command, repeated, writes what is missing.
 */
import { canReadItem, canWriteForOthers } from '../../shared/access.ts'
import type { UserId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { changeItem } from '../conferences/item-commands.ts'
import type { ConferenceParts } from '../conferences/ports.ts'
import type { HearingContext, HearingRule } from './command-rule.ts'
import type { HearingState } from './meeting-state.ts'

type RecusalCommand = 'recusal.begin' | 'recusal.end'

/** So often one person steps out of one item: a mistake put right, and again. */
const MAX_RECUSALS_OF_PERSON = 10

export const RECUSAL_RULES: { readonly [Name in RecusalCommand]: HearingRule<Name> } = {
  'recusal.begin': {
    on: 'hearing',
    policy: 'canEnterRoom',
    step(state, context) {
      const { by, body, now } = context
      assertMayRecuse(context)
      if (isOut(state, body.userId)) return state
      if (state.recusals.filter(one => one.userId === body.userId).length >= MAX_RECUSALS_OF_PERSON) {
        throw new Refusal('too-large', 'too-many-records')
      }
      const recusal = {
        userId: body.userId,
        kind: body.kind,
        leftAt: now,
        returnedAt: null,
        enteredBy: by.actor.userId,
      }
      return { ...state, recusals: [...state.recusals, recusal] }
    },
    before: (context, parts) => setRecused(context, parts, true),
  },

  'recusal.end': {
    on: 'hearing',
    policy: 'canWriteForOthers',
    step(state, { body, item, now }) {
      // Recused before the meeting: there is nothing in the hearing to close, and coming back is not less true.
      if (!isOut(state, body.userId) && !item.item.recused.includes(body.userId)) return state
      return {
        ...state,
        recusals: state.recusals.map(one =>
          one.userId === body.userId && one.returnedAt === null ? { ...one, returnedAt: now } : one,
        ),
      }
    },
    before: (context, parts) => setRecused(context, parts, false),
  },
}

const isOut = (state: HearingState, userId: UserId) =>
  state.recusals.some(one => one.userId === userId && one.returnedAt === null)

/** Anybody for themselves, by their own wish; for others, and for other reasons, who conducts and may open the item. */
function assertMayRecuse({ by, body, admitted, item }: HearingContext<'recusal.begin'>): void {
  if (!admitted.conference.participants.some(participant => participant.userId === body.userId)) {
    throw new Refusal('bad-request', 'recused-not-participant')
  }
  if (body.userId === by.actor.userId && body.kind === 'withdrawal') return
  const mayOpen = canReadItem(by.actor, admitted.facts, item.itemFacts, item.ofCase?.facts)
  if (!mayOpen || !canWriteForOthers(by.actor, admitted.facts)) throw new Refusal('not-allowed')
}

async function setRecused(
  { by, body, item }: HearingContext<RecusalCommand>,
  parts: ConferenceParts,
  recused: boolean,
): Promise<void> {
  const before = item.item.recused
  if (before.includes(body.userId) === recused) return
  await changeItem(parts, by, item, {
    _v: item.item._v,
    recused: recused ? [...before, body.userId] : before.filter(userId => userId !== body.userId),
  })
}
