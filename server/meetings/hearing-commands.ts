/** Reading back, answering, confirming and stepping out of one item (SPEC MH). */
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { HearingRule } from './command-rule.ts'
import type { HearingState } from './meeting-state.ts'

export type HearingCommand =
  | 'recusal.begin'
  | 'recusal.end'
  | 'read-back.open'
  | 'read-back.cancel'
  | 'read-back.answer'
  | 'read-back.confirm'

const refused = (): HearingState => {
  throw new Refusal('not-allowed')
}

export const HEARING_RULES: { readonly [Name in HearingCommand]: HearingRule<Name> } = {
  'recusal.begin': { on: 'hearing', policy: 'canEnterRoom', step: refused },
  'recusal.end': { on: 'hearing', policy: 'canWriteForOthers', step: refused },
  'read-back.open': { on: 'hearing', policy: 'canWriteForOthers', step: refused },
  'read-back.cancel': { on: 'hearing', policy: 'canWriteForOthers', step: refused },
  'read-back.answer': { on: 'hearing', policy: 'canReadItem', step: refused },
  'read-back.confirm': { on: 'hearing', policy: 'canWriteForOthers', step: refused },
}
