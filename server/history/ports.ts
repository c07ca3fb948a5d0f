/** What an item's versions need beside everything that conferences stand on. */
import type { LedgerRepository } from '../actions/ledger-repository.ts'
import type { ConferenceParts } from '../conferences/ports.ts'
import type { MeetingRepository } from '../meetings/meeting-repository.ts'
import type { MinutesRepository } from '../minutes/minutes-repository.ts'
import type { HistoryKeeper } from './history-keeper.ts'
import type { VersionRepository } from './version-repository.ts'

export interface HistoryParts extends ConferenceParts {
  versions: VersionRepository
  keeper: HistoryKeeper
  /** What agencies have answered. */
  ledger: Pick<LedgerRepository, 'ofDocuments'>
  /** Who closed a meeting. */
  meetings: Pick<MeetingRepository, 'find'>
  /** When minutes became final. */
  minutes: Pick<MinutesRepository, 'find'>
}
