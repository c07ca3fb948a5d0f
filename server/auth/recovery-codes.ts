/** What is printed for the day on which neither phone nor passkey is at hand. */
import { newReadableCode } from '../lib/random.ts'

/** Enough for lost phones, few enough for one slip of paper. */
const RECOVERY_CODES = 8
/** Twelve characters of 31: 59 bits, for one use. */
const RECOVERY_GROUPS = 3

export const newRecoveryCodes = (): string[] =>
  Array.from({ length: RECOVERY_CODES }, () => newReadableCode(RECOVERY_GROUPS))
