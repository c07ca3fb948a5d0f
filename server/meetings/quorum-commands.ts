/** Going on with an item although too few are there (SPEC MQ3): the chair says why, and that stays with the item. */
import { isMet } from '../../shared/meeting/quorum.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { HearingRule } from './command-rule.ts'
import { assertLeads } from './leading.ts'
import { quorumIn } from './quorum.ts'

export type QuorumCommand = 'quorum.go-on'

/** More than any meeting loses people one after another. */
const MOST_REASONS = 50

export const QUORUM_RULES: { readonly [Name in QuorumCommand]: HearingRule<Name> } = {
  'quorum.go-on': {
    on: 'hearing',
    policy: 'canWriteForOthers',
    step(state, context) {
      const { item, meeting, body, by, now } = context
      assertLeads(meeting, context)
      const quorum = quorumIn(item.conference, meeting, item)
      if (quorum === undefined) throw new Refusal('not-allowed', 'feature-off')
      // Somebody came while it was being written: nothing is below any more.
      if (isMet(quorum)) return state
      if (state.goneOn.length >= MOST_REASONS) throw new Refusal('too-large', 'too-many-records')
      const { here, needed } = quorum
      const reason = { reason: body.reason, here, needed, at: now, by: by.actor.userId }
      return { ...state, goneOn: [...state.goneOn, reason] }
    },
  },
}
