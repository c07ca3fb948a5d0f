/** What the access desk needs beside everything that cases stand on. The composition root brings it together. */
import type { AccessFlagId, AgencyId, UserId } from '../../shared/ids.ts'
import type { AccessLog } from '../audit/access-log.ts'
import type { ConferenceParts } from '../conferences/ports.ts'
import type { Store } from '../storage/port.ts'
import type { FlagRepository } from './flag-repository.ts'
import type { ReviewRepository } from './review-repository.ts'

export interface AccessDeskParts extends ConferenceParts {
  store: Pick<Store, 'collection'>
  accessLog: AccessLog
  flags: FlagRepository
  reviews: ReviewRepository
  /** Everybody who ever had a role in the agency, switched off or not. */
  membersOf(agencyId: AgencyId): Promise<UserId[]>
  /** Told when an explanation is asked for; `step` counts the askings. Repeated without harm. */
  onAsked(asked: { flagId: AccessFlagId; userId: UserId; step: number }): Promise<void>
  /** A keyed mark of words, to name a thing by what it is. */
  markOf(words: string): string
}
