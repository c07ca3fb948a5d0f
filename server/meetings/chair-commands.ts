/** Taking the chair, handing it over, and what the meeting uses (SPEC MC4). */
import type { UserId } from '../../shared/ids.ts'
import { isFixed } from '../../shared/meeting/rule-sets.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { MeetingRule, StepContext } from './command-rule.ts'
import { leads } from './leading.ts'
import type { MeetingState } from './meeting-state.ts'
import { withTurnCounted } from './spoken.ts'
import { chairOrder } from './succession.ts'

export type ChairCommand = 'chair.take' | 'chair.hand-over' | 'feature.switch' | 'quorum.choose'

const NOBODY_SPEAKS = { now: null, since: null, queue: [] }

const ledBy = (state: MeetingState, userId: UserId, now: string): MeetingState =>
  state.chair.userId === userId ? state : { ...state, chair: { userId, since: now } }

export const CHAIR_RULES: { readonly [Name in ChairCommand]: MeetingRule<Name> } = {
  'chair.take': {
    on: 'meeting',
    policy: 'canWriteForOthers',
    step(state, { by, admitted, now }) {
      const order = chairOrder(admitted.conference)
      const mine = order.indexOf(by.actor.userId)
      const theirs = state.chair.userId === null ? -1 : order.indexOf(state.chair.userId)
      if (mine === -1 || (theirs !== -1 && mine > theirs)) throw new Refusal('not-allowed', 'not-before-chair')
      return ledBy(state, by.actor.userId, now)
    },
  },
  'chair.hand-over': {
    on: 'meeting',
    policy: 'canWriteForOthers',
    step(state, { by, body, admitted, online, now }) {
      if (state.chair.userId !== by.actor.userId) throw new Refusal('not-allowed', 'not-chair')
      if (!chairOrder(admitted.conference).includes(body.to)) throw new Refusal('not-allowed', 'not-in-order')
      if (!online.has(body.to)) throw new Refusal('not-allowed', 'not-connected')
      return ledBy(state, body.to, now)
    },
  },
  'feature.switch': {
    on: 'meeting',
    policy: 'canWriteForOthers',
    evenWhenNotLive: true,
    step(state, context) {
      const { admitted, body } = context
      assertMayArrangeMeeting(state, context)
      if (!body.on && isFixed(admitted.conference.type, body.feature)) throw new Refusal('not-allowed', 'fixed-quorum')
      const features = { ...state.features, [body.feature]: body.on }
      if (features.requests) return { ...state, features }
      return { ...withTurnCounted(state, context.now), features, speaking: NOBODY_SPEAKS }
    },
  },
  'quorum.choose': {
    on: 'meeting',
    policy: 'canWriteForOthers',
    evenWhenNotLive: true,
    step(state, context) {
      assertMayArrangeMeeting(state, context)
      const { admitted, body } = context
      if (isFixed(admitted.conference.type, 'quorum')) throw new Refusal('not-allowed', 'fixed-quorum')
      return { ...state, quorumChoice: body.choice }
    },
  },
}

/** Before the meeting nobody leads yet: whoever of the order prepares it chooses. @throws Refusal `not-allowed` */
function assertMayArrangeMeeting(state: MeetingState, context: StepContext<ChairCommand>): void {
  const { conference } = context.admitted
  const isPlanned = conference.state === 'draft' || conference.state === 'scheduled'
  if (conference.state === 'closed') throw new Refusal('not-allowed', 'conference-closed')
  if (!isPlanned && !leads(state, context)) throw new Refusal('not-allowed', 'not-leading')
}
