/** Everything that the demo stands on, for real: store, keys, record of access, people, rooms with their guard, and the commands over them. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLedgerRepository } from '../../../server/actions/ledger-repository.ts'
import type { ActionParts } from '../../../server/actions/ports.ts'
import { createActionProjector, withWritten } from '../../../server/actions/projector.ts'
import { createAccessLog } from '../../../server/audit/access-log.ts'
import { openAudit } from '../../../server/audit/audit.ts'
import { createAccessChanges } from '../../../server/auth/access-changes.ts'
import { createPasswords } from '../../../server/auth/passwords.ts'
import { readPlan } from '../../../server/case-life/plan.ts'
import { createRecordParts } from '../../../server/case-records/record-parts.ts'
import { createConferenceParts, createConferenceRecords } from '../../../server/conferences/conference-parts.ts'
import { createDocumentAccess } from '../../../server/conferences/document-access.ts'
import type { By } from '../../../server/conferences/ports.ts'
import { createRoomDesk } from '../../../server/conferences/room-desk.ts'
import { openKeyring } from '../../../server/crypto/keyring.ts'
import { DEMO_AGENCIES, type DemoAgency } from '../../../server/demo/community.ts'
import { openImportParts } from '../../../server/imports/import-parts.ts'
import { systemClock } from '../../../server/lib/clock.ts'
import { createLog } from '../../../server/lib/log.ts'
import { newId } from '../../../server/lib/random.ts'
import { createHearingRepository } from '../../../server/meetings/hearing-repository.ts'
import { openAgencyRepository } from '../../../server/people/agency-repository.ts'
import { createDirectory } from '../../../server/people/directory.ts'
import { claimInstallation } from '../../../server/people/installation.ts'
import { openUserRepository } from '../../../server/people/user-repository.ts'
import { createReferralParts } from '../../../server/referrals/referral-house.ts'
import { documentGuard } from '../../../server/rooms/document-guard.ts'
import { createRooms } from '../../../server/rooms/rooms.ts'
import { COLLECTIONS } from '../../../server/storage/collections.ts'
import { createDocumentStore } from '../../../server/storage/documents/document-store.ts'
import { createSealer } from '../../../server/storage/documents/sealer.ts'
import { createRequestRepository } from '../../../server/subject-requests/request-repository.ts'
import { must } from '../../../shared/assert.ts'
import type { CaseId, ConferenceId, SessionId } from '../../../shared/ids.ts'
import { openTestStore } from '../../support/store-under-test.ts'

export async function openDemoHouse() {
  const directory = await mkdtemp(join(tmpdir(), 'dure-demo-'))
  const opened = await openTestStore(COLLECTIONS)
  const { store } = opened
  const keyring = await openKeyring({ store, keyFile: join(directory, 'keys', 'dure.key') })
  const clock = systemClock
  const log = createLog({ level: 'silent' })
  await claimInstallation(store, 'demo', clock.now())
  const audit = await openAudit({ store, keyring, now: clock.now })
  const changes = createAccessChanges()
  const users = await openUserRepository({ store, keyring, clock })
  const agencies = await openAgencyRepository({ store, keyring, clock })
  const people = createDirectory({ users, agencies, work: () => undefined })
  const records = createConferenceRecords({ store, keyring, people, changes, clock })
  const access = createDocumentAccess(records, {
    actorOf: async ({ userId }) => {
      const user = await users.find(userId)
      return user && { userId, operator: user.operator, memberships: user.memberships }
    },
  })
  const ledger = createLedgerRepository({ store, keyring })
  const projector = createActionProjector({ documents: () => documents, ledger, clock, log })
  const rooms = createRooms({
    store: withWritten(createDocumentStore({ store, sealer: createSealer(keyring) }), projector.touched),
    access,
    guard: documentGuard,
    clock,
    log,
    newConnectionId: newId,
  })
  const documents = createRoomDesk({ rooms, records, clock })
  const conferences = createConferenceParts({ records, documents, isHeard: async () => false, audit, clock })
  const actions: ActionParts = { ...conferences, ledger, projector, staffOf: people.staffOf }
  const recordParts = createRecordParts({ conferences, store, keyring })
  const passwords = await createPasswords({ memoryKib: 64, passes: 1 })

  const house = {
    store,
    users,
    agencies,
    access,
    rooms,
    conferences,
    finding: await openImportParts({
      conferences,
      // No meeting runs while a demo loads.
      meetings: { inTurn: (_, work) => work({ leads: () => true, at: null }) },
      store,
      keyring,
      clock,
      log,
    }),
    demoParts: {
      store,
      conferences: actions,
      records: recordParts,
      help: createReferralParts({ conferences, store, keyring }),
      life: {
        ...conferences,
        hearings: createHearingRepository({ store, keyring }),
        planOf: (caseId: CaseId) => readPlan(documents, caseId),
        codeSets: recordParts.codeSets,
      },
      requests: {
        ...conferences,
        store,
        requests: createRequestRepository({ store, keyring }),
        accessLog: createAccessLog({ store }),
        atRetention: async () => null,
      },
      users,
      agencies,
      passwords,
    },
    /** The person behind one of the demo's logins. */
    async by(login: string): Promise<By> {
      const person = Object.values<DemoAgency>(DEMO_AGENCIES)
        .flatMap(agency => agency.people)
        .find(one => one.login === login)
      const user = must(await users.find(must(person, login).userId), login)
      return {
        actor: { userId: user._id, operator: user.operator, memberships: user.memberships },
        sessionId: user._id as string as SessionId,
        address: '127.0.0.1',
      }
    },
    /** These people have accepted a conference's confidentiality statement. */
    async accepted(conferenceId: ConferenceId, ...logins: string[]): Promise<void> {
      const bys = await Promise.all(logins.map(login => house.by(login)))
      await conferences.conferences.accept(
        conferenceId,
        bys.map(({ actor }) => actor.userId),
      )
    },
    async close() {
      await house.finding.takingIn.close()
      await projector.close()
      await rooms.close()
      await audit.close()
      await opened.cleanUp()
      await rm(directory, { recursive: true, force: true })
    },
  }
  return house
}

export type DemoHouse = Awaited<ReturnType<typeof openDemoHouse>>
