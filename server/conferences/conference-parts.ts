/**
 * How this folder is put together, in the order in which the composition root can: the records; from them alone who may open which document
 * (`document-access.ts`), which the rooms need; and, once there are rooms, everything that commands work with.
 */

import type { MinutesStanding } from '../../shared/codes.ts'
import type { ConferenceId, ItemId } from '../../shared/ids.ts'
import type { AccessChanges } from '../auth/access-changes.ts'
import { createAgreementRepository } from '../bases/agreement-repository.ts'
import { createBasisRepository } from '../bases/basis-repository.ts'
import { createDisclosureRepository } from '../bases/disclosure-repository.ts'
import { withGrounds } from '../bases/with-grounds.ts'
import type { Keyring } from '../crypto/keyring.ts'
import { newId } from '../lib/random.ts'
import type { Clock } from '../rooms/ports.ts'
import type { Store } from '../storage/port.ts'
import { createSuspensions } from '../subject-requests/suspensions.ts'
import { createActionRepository } from './action-repository.ts'
import { createCaseRepository } from './case-repository.ts'
import { createConferenceAgenda } from './conference-agenda.ts'
import { createConferenceRepository } from './conference-repository.ts'
import { createItemRepository } from './item-repository.ts'
import type { AuditTrail, ConferenceParts, ConferenceRecords, DocumentDesk, PeopleDirectory } from './ports.ts'
import { createStatementRepository } from './statement-repository.ts'
import { withMinutes } from './with-minutes.ts'

export function createConferenceRecords(options: {
  store: Store
  keyring: Keyring
  people: PeopleDirectory
  changes: AccessChanges
  /** What day it is decides which agencies may know of a case. */
  clock: Pick<Clock, 'now'>
  /** Where the minutes of a closed conference stand: it says who may still write in its items. */
  minutesStanding?: (conferenceId: ConferenceId) => Promise<MinutesStanding>
}): ConferenceRecords {
  const { store, keyring, people, changes, clock, minutesStanding } = options
  const bases = createBasisRepository({ store, keyring })
  const conferences = createConferenceRepository({ store, keyring })
  return {
    cases: withGrounds(createCaseRepository({ store, keyring }), bases, clock.now),
    bases,
    agreements: createAgreementRepository({ store, keyring }),
    disclosures: createDisclosureRepository({ store, keyring }),
    suspensions: createSuspensions({ store }),
    conferences: minutesStanding ? withMinutes(conferences, minutesStanding) : conferences,
    items: createItemRepository({ store, keyring }),
    actions: createActionRepository({ store }),
    statements: createStatementRepository({ store }),
    people,
    changes,
  }
}

export function createConferenceParts(options: {
  records: ConferenceRecords
  documents: DocumentDesk
  isHeard: (itemId: ItemId) => Promise<boolean>
  audit: AuditTrail
  clock: Pick<Clock, 'now'>
}): ConferenceParts {
  const { records, documents, isHeard, audit, clock } = options
  return {
    ...records,
    audit,
    agenda: createConferenceAgenda(documents),
    documents,
    isHeard,
    newId,
    now: () => clock.now(),
  }
}
