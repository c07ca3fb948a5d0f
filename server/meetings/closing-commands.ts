/**
 * Closing the room (MINUTES.md MN16, MN17). The conference is closed first, its own record in its own write; then the meeting keeps how. Whoever stops the
 * server in between finds it closed, and the command, repeated, notes what is missing.
 */
import { Refusal } from '../../shared/protocol/refusals.ts'
import { moveConference } from '../conferences/conference-states.ts'
import { countOpen } from './closing-points.ts'
import type { MeetingRule } from './command-rule.ts'

export type ClosingCommand = 'meeting.close'

export const CLOSING_RULES: { readonly [Name in ClosingCommand]: MeetingRule<Name> } = {
  'meeting.close': {
    on: 'meeting',
    policy: 'canWriteForOthers',
    evenWhenNotLive: true,
    async step(state, context) {
      const { body, by, now, admitted } = context
      const { state: standing, closedAt } = admitted.conference
      if (state.closing !== null) return state
      if (standing !== 'live' && standing !== 'closed') throw new Refusal('not-allowed', 'conference-not-live')
      const open = countOpen(await context.openPoints())
      const isOpen = Object.keys(open).length > 0
      if (standing === 'live' && isOpen && body.reason === '') throw new Refusal('bad-request', 'closing-needs-reason')
      const at = closedAt?.toISOString() ?? now
      return { ...state, closing: { at, by: by.actor.userId, reason: isOpen ? body.reason : '', open } }
    },
    async alongside(_before, _after, { by, admitted }, parts) {
      if (admitted.conference.state !== 'live') return
      await moveConference(parts, by, admitted, { _v: admitted.conference._v, to: 'closed' })
    },
  },
}
