/** What minutes are made from, and what they stand on beside everything that conferences do. */
import type { CodeSets } from '../code-sets/code-sets.ts'
import type { OpenComments } from '../comments/ports.ts'
import type { ConferenceParts } from '../conferences/ports.ts'
import type { HearingRepository } from '../meetings/hearing-repository.ts'
import type { MeetingRepository } from '../meetings/meeting-repository.ts'
import type { PaperRepository } from '../papers/paper-repository.ts'
import type { AgendaProposals } from './agenda-proposals.ts'
import type { MinutesRepository } from './minutes-repository.ts'
import type { MinutesSigner } from './signing-key.ts'

export interface MinutesParts extends ConferenceParts {
  minutes: MinutesRepository
  proposals: AgendaProposals
  signer: MinutesSigner
  meetings: Pick<MeetingRepository, 'find'>
  hearings: Pick<HearingRepository, 'ofConference'>
  papers: Pick<PaperRepository, 'ofItem'>
  /** What its codes are called (CODE-SETS.md CO9). */
  codeSets: CodeSets
  /** What is said beside the items; left out where nobody asks for it. */
  comments?: OpenComments
  /** Working days until minutes are final without objection (`DURE_MINUTES_WORKING_DAYS`). */
  minutesWorkingDays: number
}
