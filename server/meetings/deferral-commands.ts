/** Why an item was deferred (SPEC MD). That it was, all invited see; why, and whether it comes back, belongs to those who may open it. */
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { HearingRule } from './command-rule.ts'
import { progressOf } from './item-progress.ts'
import { assertLeads } from './leading.ts'

export type DeferralCommand = 'deferral.note'

export const DEFERRAL_RULES: { readonly [Name in DeferralCommand]: HearingRule<Name> } = {
  'deferral.note': {
    on: 'hearing',
    policy: 'canWriteForOthers',
    step(state, context) {
      const { body, meeting, by, now } = context
      assertLeads(meeting, context)
      if (progressOf(meeting, body.itemId).state !== 'deferred') throw new Refusal('not-allowed', 'not-deferred')
      const { kind, reason, retable } = body
      return { ...state, deferral: { kind, reason, retable, at: now, by: by.actor.userId } }
    },
  },
}
