/**
 * The composition root: builds the parts in order and closes them in reverse. Nothing else knows which part is which. Order: store, keys,
 * record of access, people and sign-in, documents and conferences, HTTP. A start that fails closes what it had opened.
 */
import { createServer, type Server } from 'node:http'
import type { ConnectionId, ItemId } from '../shared/ids.ts'
import { HTTP_API_VERSION } from '../shared/protocol/http-api.ts'
import { LIVE_PATH } from '../shared/protocol/live-channel.ts'
import { openAccessDesk, subjectOfParams } from './access-desk/open-access-desk.ts'
import { finishHandOvers } from './actions/action-commands.ts'
import { createLedgerRepository } from './actions/ledger-repository.ts'
import type { ActionParts } from './actions/ports.ts'
import { createActionProjector, ledgersOfAll, projectAll, withWritten } from './actions/projector.ts'
import { withActionItems } from './actions/staff-change.ts'
import { createAccessLog } from './audit/access-log.ts'
import { type Audit, openAudit } from './audit/audit.ts'
import { startRetention } from './audit/retention.ts'
import { type AccessChanges, createAccessChanges } from './auth/access-changes.ts'
import { type Authentication, createAuthentication } from './auth/authenticate.ts'
import { type Cookies, createCookies } from './auth/cookies.ts'
import { type FirstOperator, openFirstOperator } from './auth/first-operator.ts'
import type { GuestPrincipals } from './auth/guests.ts'
import { createLockout, type Lockout } from './auth/lockout.ts'
import { openPasskeyRepository, type PasskeyRepository } from './auth/passkey-repository.ts'
import { createPasswords, type PasswordCost, type Passwords } from './auth/passwords.ts'
import { createSecondFactorDemand, type SecondFactorDemand } from './auth/second-factor-demand.ts'
import { openSecondFactorRepository, type SecondFactorRepository } from './auth/second-factor-repository.ts'
import { Sessions, type SessionsOptions } from './auth/sessions.ts'
import { watchBases } from './bases/basis-expiry.ts'
import { Emergencies, withEmergencies } from './break-glass/emergencies.ts'
import { createCasePrintRepository } from './case-forms/case-print-repository.ts'
import { readPlan } from './case-life/plan.ts'
import type { LifeParts } from './case-life/ports.ts'
import { createCaseFilters } from './case-list/case-filters.ts'
import { CaseListIndex } from './case-list/case-list-index.ts'
import { createRecordParts } from './case-records/record-parts.ts'
import { createCommentRepository } from './comments/comment-repository.ts'
import type { CommentParts } from './comments/ports.ts'
import { createConferenceParts, createConferenceRecords } from './conferences/conference-parts.ts'
import { createDocumentAccess } from './conferences/document-access.ts'
import { createWorkOfPeople } from './conferences/hand-over.ts'
import { finishItems } from './conferences/item-commands.ts'
import { followLeavingItems } from './conferences/leaving-items.ts'
import type { ConferenceParts } from './conferences/ports.ts'
import { createRoomDesk } from './conferences/room-desk.ts'
import type { Config } from './config.ts'
import { type Keyring, openKeyring } from './crypto/keyring.ts'
import { loadDemo } from './demo/demo.ts'
import { loadDemoFinding } from './demo/finding.ts'
import { ExportJobs } from './exports/export-jobs.ts'
import { createExportRepository } from './exports/export-repository.ts'
import { Renderer } from './exports/renderer.ts'
import { watchGuests } from './guests/guest-endings.ts'
import { createGuestPrincipals, withGuestNames } from './guests/guest-principals.ts'
import { createGuestRepository, type GuestRepository } from './guests/guest-repository.ts'
import type { GuestParts } from './guests/ports.ts'
import { createHistoryKeeper } from './history/history-keeper.ts'
import { type OnMoment, withConfirmations, withOpenings, withSeals } from './history/moments.ts'
import { createVersionRepository } from './history/version-repository.ts'
import { openImportParts } from './imports/import-parts.ts'
import { systemClock } from './lib/clock.ts'
import { Closing } from './lib/closing.ts'
import { startEvery } from './lib/every.ts'
import { createLog, type Log } from './lib/log.ts'
import { newId } from './lib/random.ts'
import { createHearingRepository } from './meetings/hearing-repository.ts'
import { createMeetingRepository } from './meetings/meeting-repository.ts'
import { presentModeIn } from './meetings/meeting-state.ts'
import { createMeetings } from './meetings/meetings.ts'
import type { Meetings } from './meetings/ports.ts'
import { createAgendaProposals } from './minutes/agenda-proposals.ts'
import { openMinutesParts, startMinutes } from './minutes/minutes-house.ts'
import { createMinutesRepository } from './minutes/minutes-repository.ts'
import { tellOfAsking, tellOfOpening } from './notices/access-news.ts'
import { Hearing } from './notices/hearing.ts'
import type { Mailer } from './notices/mailer.ts'
import { NoticeHouse, openNoticeParts } from './notices/notice-house.ts'
import { tellOfReferral } from './notices/referral-news.ts'
import { finishPapers, followItems } from './papers/paper-commands.ts'
import { createPaperRepository } from './papers/paper-repository.ts'
import type { PaperParts } from './papers/ports.ts'
import { createPrintRepository } from './papers/print-repository.ts'
import { openScanner } from './papers/scanner.ts'
import { type AgencyRepository, openAgencyRepository } from './people/agency-repository.ts'
import { createDirectory, type Directory } from './people/directory.ts'
import { claimInstallation } from './people/installation.ts'
import { describeStart, installationViewFor } from './people/installation-view.ts'
import type { WorkOfPeople } from './people/ports.ts'
import { openUserRepository, type UserRepository } from './people/user-repository.ts'
import { createReferralParts } from './referrals/referral-house.ts'
import type { ResearchParts } from './research/ports.ts'
import { createResearchRepository } from './research/research-repository.ts'
import { casesWithoutGone, documentsWithoutGone, itemsWithoutGone } from './retention/gone-cases.ts'
import type { RetentionParts } from './retention/ports.ts'
import { openRetentionHouse } from './retention/retention-house.ts'
import { requestedAtDesk } from './retention/retention-views.ts'
import { documentGuard } from './rooms/document-guard.ts'
import type { Clock, SignedInPerson } from './rooms/ports.ts'
import { createRooms, type Rooms } from './rooms/rooms.ts'
import { searchableDocuments } from './search/filling.ts'
import { SearchIndex } from './search/search-index.ts'
import { createSearchRepository } from './search/search-repository.ts'
import { createSeriesRepository } from './series/series-repository.ts'
import { COLLECTIONS } from './storage/collections.ts'
import { createDocumentStore } from './storage/documents/document-store.ts'
import { createSealer } from './storage/documents/sealer.ts'
import { openStore } from './storage/open-store.ts'
import type { Store } from './storage/port.ts'
import { isProcessAlive, openServingLease } from './storage/serving-lease.ts'
import type { SubjectRequestParts } from './subject-requests/ports.ts'
import { createRequestRepository } from './subject-requests/request-repository.ts'
import { createSupervisionRepository } from './supervision/supervision-repository.ts'
import { type Addresses, createAddresses } from './transport/addresses.ts'
import { createDenialPace, DENIAL_BEAT_MS } from './transport/denial-pace.ts'
import { createDocumentAdmission } from './transport/document-admission.ts'
import { explainClose } from './transport/explained-close.ts'
import { createGuestSessions } from './transport/guest-sessions.ts'
import { createHttp } from './transport/http.ts'
import { listen, stopListening } from './transport/listening.ts'
import { createLiveServer } from './transport/live/live-server.ts'
import { openMeetingChannel } from './transport/live/meeting-channel.ts'
import { createSyncChannel } from './transport/live/sync-channel.ts'
import { createRateLimits, DEFAULT_RATES, type RateLimitOptions } from './transport/rate-limits.ts'
import type { Route } from './transport/route.ts'
import { accessDeskRoutes } from './transport/routes/access-desk.ts'
import { actionRoutes } from './transport/routes/actions.ts'
import { createAgencyRoutes } from './transport/routes/agencies.ts'
import { agendaRoutes } from './transport/routes/agenda.ts'
import { basesRoutes } from './transport/routes/bases.ts'
import { breakGlassRoutes } from './transport/routes/break-glass.ts'
import { caseFormRoutes } from './transport/routes/case-forms.ts'
import { caseLifeRoutes } from './transport/routes/case-life.ts'
import { caseListRoutes } from './transport/routes/case-list.ts'
import { caseRecordRoutes } from './transport/routes/case-records.ts'
import { caseRoutes } from './transport/routes/cases.ts'
import { codeSetRoutes } from './transport/routes/code-sets.ts'
import { commentRoutes } from './transport/routes/comments.ts'
import { conferenceRoutes } from './transport/routes/conferences.ts'
import { exportRoutes } from './transport/routes/exports.ts'
import { figuresRoutes } from './transport/routes/figures.ts'
import { guestRoutes } from './transport/routes/guests.ts'
import { createHealthRoutes } from './transport/routes/health.ts'
import { historyRoutes } from './transport/routes/history.ts'
import { homeRoutes } from './transport/routes/home.ts'
import { importRoutes } from './transport/routes/imports.ts'
import { minutesRoutes } from './transport/routes/minutes.ts'
import { noticeRoutes } from './transport/routes/notices.ts'
import { createOperatorRoutes } from './transport/routes/operator.ts'
import { paperRoutes } from './transport/routes/papers.ts'
import { referralRoutes } from './transport/routes/referrals.ts'
import { researchRoutes } from './transport/routes/research.ts'
import { resourceRoutes } from './transport/routes/resources.ts'
import { retentionRoutes } from './transport/routes/retention.ts'
import { searchRoutes } from './transport/routes/search.ts'
import { createSecondFactorRoutes } from './transport/routes/second-factor.ts'
import { seriesRoutes } from './transport/routes/series.ts'
import { createSessionRoutes } from './transport/routes/session.ts'
import { subjectRequestRoutes } from './transport/routes/subject-requests.ts'
import { supervisionRoutes } from './transport/routes/supervision.ts'
import { createSyncCheckRoutes } from './transport/routes/sync-check.ts'
import { triageRoutes } from './transport/routes/triage.ts'
import { createSyncDoor } from './transport/sync-door.ts'
import { createSyncSockets, SYNC_PATH } from './transport/sync-sockets.ts'
import { routeUpgrades } from './transport/upgrades.ts'
import { createVisitRepository } from './visits/visit-repository.ts'
import { createVisits } from './visits/visits.ts'

/** What tests replace: the world, not our own code. */
export interface Parts {
  clock: Clock
  log: Log
  passwordCost: PasswordCost
  rates: RateLimitOptions
  /** How long a `not-found` waits at least; 0 for not at all. */
  denialBeatMs: number
  /** Folder of the built client; without it only the interface answers. */
  clientFolder: string
  /** Makes a code for another operator although there is one. */
  newOperator: boolean
  /** Another server took over the database: this one must end. */
  onLeaseLost: () => void
  /** In place of the mail server of the configuration. */
  mailer: Mailer
}

/** People, sign-in and what they stand on: opened before anything that is about cases. */
export interface Foundation {
  config: Config
  clock: Clock
  log: Log
  store: Store
  keyring: Keyring
  audit: Audit
  changes: AccessChanges
  users: UserRepository
  agencies: AgencyRepository
  directory: Directory
  passwords: Passwords
  lockout: Lockout
  secondFactors: SecondFactorRepository
  passkeys: PasskeyRepository
  demandsSecondFactor: SecondFactorDemand
  sessions: Sessions
  cookies: Cookies
  authentication: Authentication
  guestRecords: GuestRepository
  guests: GuestPrincipals
  firstOperator: FirstOperator
  addresses: Addresses
}

export interface App extends Foundation {
  conferences: ConferenceParts
  rooms: Rooms
  meetings: Meetings
  server: Server
  routes: readonly Route[]
  /** Where it listens on this machine, e.g. `http://localhost:3000`. */
  url: string
  /** What the person who started it must know, in words; holds the operator's code. */
  startLines: readonly string[]
  /** Takes nothing new, stores what was accepted, lets go of everything. */
  close(): Promise<void>
}

/** Headers come at once; JSON has its own limit (`request-body.ts`). */
const HEADERS_TIMEOUT_MS = 30_000
/** The largest paper over half a megabit a second takes 160 s. */
const REQUEST_TIMEOUT_MS = 300_000

/** Attempts at logins that nobody tries any more fill the store otherwise. */
const FORGET_ATTEMPTS_MS = 3_600_000

/** Builds the application and listens. @throws in words when a key, a store or an installation does not fit */
export async function createApp(config: Config, parts: Partial<Parts> = {}): Promise<App> {
  const closing = new Closing()
  try {
    return await openApp(config, parts, closing)
  } catch (error) {
    await closing.close().catch(() => undefined) // The first failure is the one to tell.
    throw error
  }
}

async function openApp(config: Config, parts: Partial<Parts>, closing: Closing): Promise<App> {
  const late: Late = {
    publicUrl: config.publicUrl ?? new URL(`http://localhost:${config.port}`),
    work: undefined,
    isAttending: async () => false,
  }
  const foundation = await openFoundation(config, parts, closing, late)
  const { store, keyring, clock, log, audit, changes, directory, authentication, sessions, addresses } = foundation

  const onMoment: OnMoment = (where, moment) => keeper.note(where, moment)
  const minutes = withSeals(createMinutesRepository({ store, keyring }), onMoment)
  const { standingOf: minutesStanding } = minutes
  const people = withGuestNames(directory, foundation.guestRecords)
  const told = createConferenceRecords({ store, keyring, people, changes, clock, minutesStanding })
  const emergencies = new Emergencies({ clock, changes })
  // Before anything reads a case: what was confirmed to be destroyed is gone.
  const retention = await openRetentionHouse({ store, keyring, clock, log })
  closing.add('what is being destroyed', () => retention.close())
  const records = {
    ...told,
    cases: casesWithoutGone(withEmergencies(told.cases, emergencies), retention.gone),
    items: itemsWithoutGone(told.items, retention.gone),
    conferences: withOpenings(told.conferences, onMoment),
  }
  const meetingRepository = createMeetingRepository({ store, keyring })
  const access = createDocumentAccess(records, authentication, async (conferenceId, userId) =>
    presentModeIn((await meetingRepository.find(conferenceId)).state, userId),
  )
  const hearing = new Hearing()
  const ledger = hearing.ledger(createLedgerRepository({ store, keyring }))
  const projector = createActionProjector({ documents: () => documents, ledger, clock, log })
  const stored = documentsWithoutGone(createDocumentStore({ store, sealer: createSealer(keyring) }), retention.gone)
  const index = new SearchIndex({ documents: stored, clock, log })
  const rooms = createRooms({
    store: withWritten(withWritten(stored, projector.touched), document => {
      index.noteStored(document)
      hearing.written(document)
    }),
    access,
    guard: documentGuard,
    clock,
    log,
    newConnectionId: () => newId<ConnectionId>(),
    onRefused: refused => {
      admission.recordRefused(refused).catch(error => log.error({ error }, 'A refusal could not be recorded'))
    },
  })
  const pace = createDenialPace({ clock, beatMs: parts.denialBeatMs ?? DENIAL_BEAT_MS })
  const admission = createDocumentAdmission({
    authentication,
    access,
    audit,
    addresses,
    pace,
    subjectOf: async ref => {
      if (ref.kind === 'case' || ref.kind === 'actions') return ref.caseId
      return ref.kind === 'item' || ref.kind === 'supervision'
        ? ((await records.items.find(ref.itemId))?.caseId ?? undefined)
        : undefined
    },
  })
  const documents = hearing.desk(createRoomDesk({ rooms, records, clock }))
  const hearings = withConfirmations(createHearingRepository({ store, keyring }), onMoment)
  const comments = createCommentRepository({ store, keyring })
  const research = createResearchRepository({ store, keyring })
  const isHeard = async (itemId: ItemId) =>
    (await hearings.find(itemId)).version > 0 ||
    (await comments.clearLines(itemId)).length > 0 ||
    (await research.isWritten(itemId))
  const conferences = createConferenceParts({ records, documents, isHeard, audit: hearing.audit(audit), clock })
  const versions = createVersionRepository({ store, keyring })
  const keeper = createHistoryKeeper({ parts: conferences, versions, clock, log })
  const visits = createVisits({ parts: conferences, visits: createVisitRepository({ store, keyring }), log })
  closing.add('what people had seen', () => visits.close())
  const meetings = createMeetings({
    conferences,
    onGone: visits.left,
    meetings: meetingRepository,
    hearings,
    signIns: authentication,
    clock,
    log,
  })
  closing.add('the meetings', () => meetings.close())
  const noteActivity = ({ sessionId }: SignedInPerson) => {
    sessions.touch(sessionId).catch(error => log.warn({ error }, 'Activity could not be noted'))
  }
  rooms.onActivity(noteActivity)
  late.isAttending = async ({ userId }) => {
    const ids = rooms.attendedBy(userId).flatMap(ref => (ref.kind === 'conference' ? [ref.conferenceId] : []))
    const attended = await Promise.all(ids.map(id => records.conferences.find(id)))
    return attended.some(conference => conference?.state === 'live')
  }
  const actions: ActionParts = { ...conferences, ledger, projector, staffOf: foundation.directory.staffOf }
  late.work = withActionItems(createWorkOfPeople(conferences), actions)

  const recordParts = createRecordParts({ conferences, store, keyring })
  const referralParts = createReferralParts({ conferences, store, keyring })
  const { codeSets } = recordParts
  const lifeParts: LifeParts = { ...conferences, hearings, planOf: caseId => readPlan(documents, caseId), codeSets }
  const retentionParts: RetentionParts = { ...conferences, ...retention, staffOf: foundation.directory.staffOf }
  const requestParts: SubjectRequestParts = {
    ...conferences,
    store,
    requests: createRequestRepository({ store, keyring }),
    accessLog: createAccessLog({ store }),
    atRetention: caseId => requestedAtDesk(retentionParts, caseId),
  }
  if (config.demo) {
    const demo = { records: recordParts, help: referralParts, life: lifeParts, requests: requestParts }
    await loadDemo({ ...foundation, ...demo, conferences: actions })
  } else await finishItems(conferences)
  await finishHandOvers(actions)
  let isStopping = false
  const reading = projectAll(projector, ledgersOfAll(store), { isStopped: () => isStopping }).catch(error =>
    log.warn({ error }, 'Not all action items could be read into the records'),
  )

  const papers: PaperParts = {
    ...conferences,
    papers: createPaperRepository({ store, keyring }),
    prints: createPrintRepository({ store, keyring }),
    signIns: authentication,
    scanner: config.scanCommand && (await openScanner({ command: config.scanCommand, limitMs: config.scanLimitMs })),
    onScanFailed: error => log.error({ error }, 'A paper could not be scanned'),
  }
  await finishPapers(papers)
  const stopFollowing = followItems(papers, error => log.warn({ error }, 'Papers could not be removed with their item'))
  closing.add('the papers', stopFollowing)
  const commentParts: CommentParts = { ...conferences, comments }
  const researchParts: ResearchParts = { ...conferences, research }
  const onStays = (error: unknown) => log.warn({ error }, 'What lay with an item could not be removed with it')
  closing.add('the comments', followLeavingItems(conferences, comments.removeOf, onStays))
  closing.add('the research', followLeavingItems(conferences, research.removeOf, onStays))
  closing.add('the versions', followLeavingItems(conferences, versions.removeOf, onStays))
  const minutesParts = await openMinutesParts({
    conferences,
    store,
    keyring,
    workingDays: config.minutesWorkingDays,
    minutes,
    meetings: createMeetingRepository({ store, keyring }),
    hearings,
    papers: papers.papers,
    comments,
  })
  closing.add('the look for minutes that are due', await startMinutes(minutesParts, { clock, log }))
  closing.add('the look for bases that run out', await watchBases({ parts: conferences, clock, log }))
  const exportJobs = new ExportJobs({ renderer: new Renderer({ clock }), clock, log })
  closing.add('the exports', () => exportJobs.close())

  const guestParts: GuestParts = {
    ...conferences,
    guests: foundation.guestRecords,
    sessions,
    cookies: foundation.cookies,
    agencies: foundation.agencies,
    async isInAttendance(conferenceId, userId) {
      const { state } = await meetingRepository.find(conferenceId)
      return state.attendance.some(entry => entry.userId === userId && entry.standing !== 'expected')
    },
  }
  const guestWatch = await watchGuests({ parts: guestParts, clock, log })
  closing.add('the guests', () => guestWatch.close())
  const guestSessions = createGuestSessions(foundation)

  const noticeParts = await openNoticeParts({
    actions,
    store,
    keyring,
    minutes,
    origin: () => addresses.publicOrigin,
    smtp: config.smtp,
    mailer: parts.mailer,
  })
  const noticeHouse = new NoticeHouse({ parts: noticeParts, clock, log })

  const { parts: triageParts, takingIn } = await openImportParts({ conferences, meetings, store, keyring, clock, log })
  closing.add('the lists that are taken in', () => takingIn.close())
  if (config.demo) await loadDemoFinding(store, triageParts, takingIn)
  const caseList = new CaseListIndex(conferences)
  closing.add('the list of cases', async () => caseList.close())

  const accessDesk = await openAccessDesk({
    conferences,
    store,
    keyring,
    emergencies,
    staffOf: foundation.directory.staffOf,
    membersOf: async agencyId => (await foundation.users.ofAgency(agencyId)).map(user => user._id),
    onOpened: (opening, to) => tellOfOpening(noticeParts, opening, to),
    onAsked: asked => tellOfAsking(noticeParts, asked),
    clock,
    log,
  })
  closing.add('the access desk', () => accessDesk.close())

  retention.onGone((caseId, { documents }) => {
    recordParts.recordIndex.noteWritten(caseId)
    index.drop(documents).catch(error => log.warn({ error }, 'A document could not be dropped from the search'))
  })

  const installationFor = (host: string) => installationViewFor(foundation, late.publicUrl, host)
  const routes: Route[] = [
    ...caseFormRoutes({ ...conferences, casePrints: createCasePrintRepository({ store, keyring }) }),
    ...supervisionRoutes({ ...conferences, supervisions: createSupervisionRepository({ store, keyring }) }),
    ...createHealthRoutes({ store, version: String(HTTP_API_VERSION) }),
    ...createSessionRoutes({ ...foundation, guestSessions, installationFor }),
    ...createSecondFactorRoutes(foundation),
    ...createOperatorRoutes(foundation),
    ...createAgencyRoutes({ ...foundation, work: () => late.work }),
    ...caseRoutes(conferences),
    ...caseLifeRoutes(lifeParts),
    ...caseRecordRoutes(recordParts),
    ...codeSetRoutes(recordParts),
    ...caseListRoutes({ ...conferences, index: caseList, filters: createCaseFilters({ store, keyring }) }),
    ...importRoutes(triageParts),
    ...triageRoutes(triageParts),
    ...basesRoutes(conferences),
    ...conferenceRoutes(conferences, visits, meetings),
    ...actionRoutes(actions),
    ...referralRoutes({ ...referralParts, onMoved: news => tellOfReferral(noticeParts, news) }),
    ...resourceRoutes(referralParts),
    ...seriesRoutes({ ...conferences, series: createSeriesRepository({ store, keyring }) }),
    ...agendaRoutes({
      ...actions,
      hearings,
      meetings: meetingRepository,
      objections: createAgendaProposals({ store }),
      comments,
    }),
    ...paperRoutes(papers),
    ...commentRoutes(commentParts),
    ...researchRoutes(researchParts),
    ...guestRoutes(guestParts, guestWatch),
    ...historyRoutes({ ...conferences, versions, keeper, ledger, minutes, meetings: meetingRepository }),
    ...searchRoutes({
      ...conferences,
      index,
      recordIndex: recordParts.recordIndex,
      searches: createSearchRepository({ store, keyring }),
      codeSets,
    }),
    ...minutesRoutes(minutesParts),
    ...homeRoutes(minutesParts),
    ...noticeRoutes(noticeParts, noticeHouse.mailing),
    ...figuresRoutes({ ...conferences, store, index, meetings: meetingRepository, codeSets }),
    ...exportRoutes({
      ...minutesParts,
      exports: createExportRepository({ store, keyring }),
      jobs: exportJobs,
      agencyTypeOf: async agencyId => (await foundation.agencies.find(agencyId))?.type,
    }),
    ...accessDeskRoutes(accessDesk.desk),
    ...breakGlassRoutes(accessDesk.breakGlass),
    ...retentionRoutes(retentionParts),
    ...subjectRequestRoutes(requestParts),
    ...createSyncCheckRoutes({ admission }),
  ]
  const http = createHttp({
    routes,
    callerOf: authentication.callerOf,
    onActivity: noteActivity,
    addresses,
    rates: createRateLimits(parts.rates ?? DEFAULT_RATES),
    pace,
    audit,
    subjectOf: subjectOfParams(records),
    log,
    clientFolder: parts.clientFolder,
  })
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: HEADERS_TIMEOUT_MS }, http)
  const door = createSyncDoor({
    rooms: {
      markAccess: rooms.markAccess,
      join: entry =>
        rooms.join({
          ...entry,
          socket: explainClose(entry.socket, reason => admission.explain(entry.person, reason), clock),
        }),
    },
    admit: admission.admit,
    clock,
  })
  const syncSockets = createSyncSockets({ door, addresses, clock, log })
  const live = createLiveServer({ addresses, authentication, changes, clock, log })
  const syncChannel = createSyncChannel({ live, door, clock, log })
  openMeetingChannel({
    live,
    meetings,
    authentication,
    audit,
    pace,
    // An event's name, its conference, its item.
    subjectOf: object => subjectOfParams(records)({ itemId: object.split(' ')[2] ?? '' }),
    onActivity: noteActivity,
    clock,
    log,
  })
  live.attach(server)
  routeUpgrades(server, { handlers: { [SYNC_PATH]: syncSockets.handleUpgrade }, leftToOthers: [LIVE_PATH] })
  const port = await listen(server, config)
  if (config.publicUrl === undefined) late.publicUrl = new URL(`http://localhost:${port}`)

  // Closed from the last to the first: nobody new; rooms store and tell everybody; sockets are cut; answers under way are finished.
  let allEnded = Promise.resolve()
  closing.add('the connections', () => allEnded)
  closing.add('the live channel', () => live.close())
  closing.add('the document sockets', async () => {
    await Promise.all([syncSockets.close(), syncChannel.close()])
  })
  closing.add('the rooms', async () => {
    if (!(await rooms.close())) throw new Error('Not everything that was accepted could be stored')
  })
  closing.add('the HTTP server', () => {
    allEnded = stopListening(server).allEnded
  })

  closing.add('the versions of items', () => keeper.close())
  closing.add('the action items', async () => {
    isStopping = true
    await reading
    await projector.close()
  })

  noticeHouse.start(hearing)
  closing.add('the notices', () => noticeHouse.close())

  // Nobody waits for it: a search before it is full reads what it needs.
  searchableDocuments(store)
    .then(documents => index.fill(documents))
    .catch(error => log.warn({ error }, 'The search index could not be filled'))
  closing.add('the search index', () => index.close())

  const url = `http://localhost:${port}`
  log.info({ url, store: store.description, demo: config.demo }, 'Dure is listening')
  const startLines = describeStart(foundation, late.publicUrl)
  return { ...foundation, conferences, rooms, meetings, server, routes, url, startLines, close: () => closing.close() }
}

/** What is known only after it is already needed: the port, and what stands on people while people ask about it. */
interface Late {
  publicUrl: URL
  work: WorkOfPeople | undefined
  isAttending: SessionsOptions['isAttending']
}

async function openFoundation(
  config: Config,
  parts: Partial<Parts>,
  closing: Closing,
  late: Late,
): Promise<Foundation> {
  const clock = parts.clock ?? systemClock
  const log = parts.log ?? createLog({ level: config.logLevel })
  const { mongodbUrl, dataDirectory, keyFile } = config
  const store = await openStore({ mongodbUrl, dataDirectory, declarations: COLLECTIONS })
  closing.add('the store', () => store.close())
  if (store.kind === 'mongodb') {
    const onLost = () => {
      log.error({}, 'Another server took over this database; stopping')
      parts.onLeaseLost?.()
    }
    const lease = await openServingLease({ store, clock, holder: newId(), isAlive: isProcessAlive, onLost })
    closing.add('the lease on the database', () => lease.close())
  }
  const keyring = await openKeyring({ store, keyFile })
  await claimInstallation(store, config.demo ? 'demo' : 'real', clock.now())

  const audit = await openAudit({
    store,
    keyring,
    now: clock.now,
    anchorFile: `${keyFile}.audit`,
    onAnchorLost: error => log.warn({ error }, 'The end of the record of access cannot be kept beside the key file'),
  })
  closing.add('the record of access', () => audit.close())
  const problems = await audit.verify('last-head')
  if (problems.length > 0) log.error({ problems }, 'The record of access is not as it was written')
  closing.add('the look for records that are too old', startRetention({ store, audit, clock, log }))

  const changes = createAccessChanges(error => log.error({ error }, 'A listener of access changes failed'))
  const users = await openUserRepository({ store, keyring, clock })
  const agencies = await openAgencyRepository({ store, keyring, clock })
  const directory = createDirectory({ users, agencies, work: () => late.work })
  const passwords = await createPasswords(parts.passwordCost)
  const lockout = createLockout({ store, clock, attempts: config.lockoutAttempts, lockMs: config.lockoutMs })
  const passkeys = await openPasskeyRepository({ store, keyring, clock })
  const stopForgetting = startEvery({
    clock,
    everyMs: FORGET_ATTEMPTS_MS,
    work: async () => {
      await lockout.removeExpired()
      await passkeys.removeExpired()
    },
    onFailure: error => log.warn({ error }, 'Old sign-in attempts could not be removed'),
  })
  closing.add('the look for old attempts', stopForgetting)
  const sessions = new Sessions({
    store,
    clock,
    changes,
    idleLimitMs: config.idleLimitMs,
    sessionLimitMs: config.sessionLimitMs,
    isAttending: person => late.isAttending(person),
    onFailure: error => log.warn({ error }, 'Sessions could not be looked through'),
  })
  closing.add('the sessions', () => sessions.close())
  const addresses = createAddresses({ publicUrl: () => late.publicUrl, trustedProxies: config.trustedProxies })
  const cookies = createCookies({ https: addresses.https })
  const secondFactors = await openSecondFactorRepository({ store, keyring, clock })
  const demandsSecondFactor = createSecondFactorDemand(config)
  const guestRecords = createGuestRepository({ store, keyring, clock })
  const guests = createGuestPrincipals({ guests: guestRecords, clock })
  const authentication = createAuthentication({
    sessions,
    users,
    agencies,
    cookies,
    secondFactors,
    demandsSecondFactor,
    guests,
  })
  const replace = parts.newOperator ?? false
  const firstOperator = await openFirstOperator({ users, sessions, passwords, audit, changes, clock, replace })
  return {
    config,
    clock,
    log,
    store,
    keyring,
    audit,
    changes,
    users,
    agencies,
    directory,
    passwords,
    lockout,
    secondFactors,
    passkeys,
    demandsSecondFactor,
    sessions,
    cookies,
    authentication,
    guestRecords,
    guests,
    firstOperator,
    addresses,
  }
}
