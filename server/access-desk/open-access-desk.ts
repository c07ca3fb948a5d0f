/** The access desk and the opening of cases in an emergency, put together; and the look that finds what is odd, every minute. */
import type { AgencyRole } from '../../shared/codes.ts'
import type { AgencyId, CaseId, ItemId, UserId } from '../../shared/ids.ts'
import { createAccessLog } from '../audit/access-log.ts'
import type { Emergencies } from '../break-glass/emergencies.ts'
import { createOpeningRepository } from '../break-glass/opening-repository.ts'
import type { BreakGlassParts } from '../break-glass/ports.ts'
import type { ConferenceParts } from '../conferences/ports.ts'
import type { Keyring } from '../crypto/keyring.ts'
import { startEvery } from '../lib/every.ts'
import type { Log } from '../lib/log.ts'
import type { Clock } from '../rooms/ports.ts'
import type { Store } from '../storage/port.ts'
import { createFlagRepository } from './flag-repository.ts'
import { flagOpening, lookForOdd } from './flag-watch.ts'
import type { AccessDeskParts } from './ports.ts'
import { createReviewRepository } from './review-repository.ts'

const LOOK_EVERY_MS = 60_000

export interface AccessDesk {
  desk: AccessDeskParts
  breakGlass: BreakGlassParts
  close(): void
}

export async function openAccessDesk(options: {
  conferences: ConferenceParts
  store: Store
  keyring: Keyring
  emergencies: Emergencies
  /** An agency's active people; and everybody who ever had a role there. */
  staffOf(agencyId: AgencyId): Promise<{ userId: UserId; role: AgencyRole }[]>
  membersOf(agencyId: AgencyId): Promise<UserId[]>
  onOpened: BreakGlassParts['onOpened']
  onAsked: AccessDeskParts['onAsked']
  clock: Clock
  log: Log
}): Promise<AccessDesk> {
  const { conferences, store, keyring, emergencies, staffOf, membersOf, onOpened, onAsked, clock, log } = options
  const desk: AccessDeskParts = {
    ...conferences,
    store,
    accessLog: createAccessLog({ store }),
    flags: createFlagRepository({ store, keyring }),
    reviews: createReviewRepository({ store, keyring }),
    membersOf,
    onAsked,
    markOf: words => keyring.blindIndex('access-flag', words),
  }
  const openings = createOpeningRepository({ store, keyring })
  await emergencies.fill(openings)
  const stopLooking = startEvery({
    clock,
    everyMs: LOOK_EVERY_MS,
    work: async () => {
      await lookForOdd(desk)
    },
    onFailure: error => log.warn({ error }, 'The record of access could not be looked through'),
  })
  return {
    desk,
    breakGlass: {
      ...conferences,
      store,
      openings,
      emergencies,
      staffOf,
      async onOpened(opening, told) {
        await flagOpening(desk, opening)
        await onOpened(opening, told)
      },
    },
    close() {
      stopLooking()
      emergencies.close()
    },
  }
}

/** Whose data an address names: of a case the case itself, of an item its case. For refusals, which say nothing of it outside. */
export function subjectOfParams(
  records: Pick<ConferenceParts, 'cases' | 'items'>,
): (params: Record<string, string>) => Promise<CaseId | undefined> {
  return async ({ caseId, itemId }) => {
    if (caseId) return (await records.cases.find(caseId as CaseId))?._id
    if (itemId) return (await records.items.find(itemId as ItemId))?.caseId ?? undefined
    return undefined
  }
}
