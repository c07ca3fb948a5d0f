/** Every command of the live channel with its rule: one missing does not compile. */
import { ATTENDANCE_RULES } from './attendance-commands.ts'
import { CARD_RULES } from './card-commands.ts'
import { CHAIR_RULES } from './chair-commands.ts'
import { CLOSING_RULES } from './closing-commands.ts'
import type { CommandRules } from './command-rule.ts'
import { DEFERRAL_RULES } from './deferral-commands.ts'
import { HEARING_RULES } from './hearing-commands.ts'
import { POINTER_RULES } from './pointer-commands.ts'
import { QUORUM_RULES } from './quorum-commands.ts'
import { SPEECH_RULES } from './speech-commands.ts'
import { VOTE_RULES } from './vote-commands.ts'

export const COMMAND_RULES: CommandRules = {
  ...ATTENDANCE_RULES,
  ...CHAIR_RULES,
  ...POINTER_RULES,
  ...SPEECH_RULES,
  ...QUORUM_RULES,
  ...VOTE_RULES,
  ...DEFERRAL_RULES,
  ...HEARING_RULES,
  ...CARD_RULES,
  ...CLOSING_RULES,
}
