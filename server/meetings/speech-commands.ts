/** Who speaks and who wants to (SPEC MS). Remote hands and hands in the room stand in one queue. */
import { canWriteForOthers } from '../../shared/access.ts'
import type { AttendeeKey } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { MeetingRule, StepContext } from './command-rule.ts'
import { assertAttendee, assertLeads, isOwnKey, leads } from './leading.ts'
import type { MeetingState } from './meeting-state.ts'
import { withTurnCounted } from './spoken.ts'

export type SpeechCommand = 'speech.request' | 'speech.withdraw' | 'speech.give' | 'speech.end'

type Context = Pick<StepContext<SpeechCommand>, 'by' | 'admitted'>

const without = ({ queue }: MeetingState['speaking'], key: AttendeeKey) => queue.filter(asking => asking.key !== key)

function assertSwitchedOn({ features }: MeetingState): void {
  if (!features.requests) throw new Refusal('not-allowed', 'feature-off')
}

/** For oneself, or for somebody at the table by who conducts. */
function assertMayAskFor(state: MeetingState, key: AttendeeKey, context: Context): void {
  assertAttendee(state, key, context)
  const { by, admitted } = context
  if (!isOwnKey(key, context) && !canWriteForOthers(by.actor, admitted.facts)) {
    throw new Refusal('not-allowed', 'not-for-others')
  }
}

export const SPEECH_RULES: { readonly [Name in SpeechCommand]: MeetingRule<Name> } = {
  'speech.request': {
    on: 'meeting',
    policy: 'canEnterRoom',
    step(state, context) {
      const { key } = context.body
      assertSwitchedOn(state)
      assertMayAskFor(state, key, context)
      const { speaking } = state
      if (speaking.now === key || speaking.queue.some(asking => asking.key === key)) return state
      return { ...state, speaking: { ...speaking, queue: [...speaking.queue, { key, at: context.now }] } }
    },
  },
  'speech.withdraw': {
    on: 'meeting',
    policy: 'canEnterRoom',
    step(state, context) {
      const { key } = context.body
      assertMayAskFor(state, key, context)
      return { ...state, speaking: { ...state.speaking, queue: without(state.speaking, key) } }
    },
  },
  'speech.give': {
    on: 'meeting',
    policy: 'canWriteForOthers',
    step(state, context) {
      const { key } = context.body
      assertLeads(state, context)
      assertSwitchedOn(state)
      assertAttendee(state, key, context)
      if (state.speaking.now === key) return state
      const counted = withTurnCounted(state, context.now)
      return { ...counted, speaking: { now: key, since: context.now, queue: without(state.speaking, key) } }
    },
  },
  'speech.end': {
    on: 'meeting',
    policy: 'canEnterRoom',
    step(state, context) {
      const { now } = state.speaking
      if (now === null) return state
      if (!isOwnKey(now, context) && !leads(state, context)) throw new Refusal('not-allowed', 'not-speaking')
      return { ...withTurnCounted(state, context.now), speaking: { ...state.speaking, now: null, since: null } }
    },
  },
}
