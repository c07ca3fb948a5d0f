/** Why an item was deferred (SPEC MD). That it was, all invited see; why, and whether it comes back, belongs to those who may open it. */
import { reopenBy } from '../../shared/meeting/deferral.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
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
      const { kind, reason, retable, meetOn = '' } = body
      const term = reopenBy(kind, dayInSeoul(now))
      return { ...state, deferral: { kind, reason, retable, reopenBy: term, meetOn, at: now, by: by.actor.userId } }
    },
  },
}
