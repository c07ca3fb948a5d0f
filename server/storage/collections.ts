/** Every collection and its indexes, in one place. A name that is not here cannot be opened. */
import type { CollectionDeclarations } from './port.ts'

export const COLLECTIONS = {
  // people and agencies
  agencies: { indexes: [{ key: { cityCode: 1 } }] },
  users: { indexes: [{ key: { loginHash: 1 }, unique: true }, { key: { 'memberships.agencyId': 1 } }] },
  sessions: { indexes: [{ key: { userId: 1 } }, { key: { expiresAt: 1 } }] },
  secondFactors: { indexes: [] },
  passkeys: { indexes: [{ key: { userId: 1 } }, { key: { credentialMark: 1 }, unique: true }] },
  passkeyQuestions: { indexes: [{ key: { expiresAt: 1 } }] },
  signInAttempts: { indexes: [{ key: { expiresAt: 1 } }] },
  // conferences and cases
  cases: { indexes: [{ key: { 'agencies.agencyId': 1 } }, { key: { 'workers.userId': 1 } }] },
  // by what right agencies may know of a case, and the register of what was given to whom
  bases: { indexes: [{ key: { nextOn: 1 } }] },
  basisTexts: { indexes: [{ key: { caseId: 1 } }] },
  agreements: { indexes: [{ key: { parties: 1 } }] },
  disclosures: { indexes: [{ key: { caseId: 1 } }, { key: { receiver: 1 } }] },
  // how each agency counts the days of the cases that it leads
  caseRules: { indexes: [] },
  conferences: {
    indexes: [{ key: { 'participants.userId': 1 } }, { key: { createdBy: 1 } }, { key: { hostAgencyId: 1 } }],
  },
  items: { indexes: [{ key: { conferenceId: 1 } }, { key: { caseId: 1 } }] },
  statements: { indexes: [] },
  actions: {
    indexes: [
      { key: { caseId: 1, agencyId: 1 } },
      { key: { agencyId: 1 } },
      { key: { document: 1 } },
      { key: { 'offer.agencyId': 1 } },
      { key: { ownerUserId: 1 } },
      { key: { escalatedTo: 1 } },
    ],
  },
  series: { indexes: [{ key: { hostAgencyId: 1 } }] },
  meetings: { indexes: [] },
  hearings: { indexes: [{ key: { conferenceId: 1 } }] },
  visits: { indexes: [] },
  guestInvitations: { indexes: [{ key: { tokenMark: 1 }, unique: true }, { key: { conferenceId: 1 } }] },
  guestNames: { indexes: [{ key: { conferenceId: 1 } }] },
  decisions: { indexes: [{ key: { itemId: 1 } }] },
  // what one worker and one supervisor write to each other about a case
  supervisionThreads: {
    indexes: [
      { key: { caseId: 1, worker: 1, supervisor: 1 }, unique: true },
      { key: { worker: 1 } },
      { key: { supervisor: 1 } },
    ],
  },
  supervisionEntries: { indexes: [{ key: { threadId: 1, by: 1, command: 1 }, unique: true }] },
  // what people say to items
  comments: {
    indexes: [
      { key: { itemId: 1 } },
      { key: { itemId: 1, by: 1, command: 1 }, unique: true },
      { key: { threadId: 1, mark: 1 }, unique: true },
    ],
  },
  // what agencies ask of each other for a household, what they can give, and who gives what
  referrals: {
    indexes: [{ key: { caseId: 1 } }, { key: { toAgencyId: 1 } }, { key: { command: 1, toAgencyId: 1 }, unique: true }],
  },
  referralPrints: { indexes: [{ key: { referralId: 1 } }] },
  resources: { indexes: [{ key: { agencyId: 1 } }, { key: { command: 1 }, unique: true }] },
  allocations: {
    indexes: [
      { key: { caseId: 1 } },
      { key: { resourceId: 1 } },
      { key: { referralId: 1 } },
      { key: { command: 1 }, unique: true },
      { key: { once: 1 }, unique: true },
    ],
  },
  // agencies' own research before a meeting
  research: { indexes: [{ key: { itemId: 1 } }] },
  // papers with items, and what was printed
  papers: { indexes: [{ key: { itemId: 1 } }, { key: { conferenceId: 1 } }, { key: { standing: 1 } }] },
  paperChunks: { indexes: [{ key: { paperId: 1 } }] },
  prints: { indexes: [{ key: { conferenceId: 1 } }] },
  casePrints: { indexes: [{ key: { caseId: 1 } }] },
  // what was taken out of minutes
  exports: { indexes: [{ key: { conferenceId: 1 } }] },
  // minutes: record, contents of their leaves, lines for the next agenda
  minutes: { indexes: [{ key: { standing: 1 } }, { key: { objected: 1 } }] },
  minutesLeaves: { indexes: [{ key: { conferenceId: 1 } }] },
  agendaProposals: { indexes: [{ key: { hostAgencyId: 1 } }] },
  // items as they stood at a moment
  itemVersions: { indexes: [{ key: { itemId: 1, once: 1 }, unique: true }] },
  itemVersionChunks: { indexes: [{ key: { itemId: 1 } }] },
  // what people were told, what was said of what, and how they want to hear it
  notices: { indexes: [{ key: { userId: 1 } }, { key: { mail: 1 } }, { key: { at: 1 } }] },
  noticeTold: { indexes: [] },
  noticeSettings: { indexes: [{ key: { hasAddress: 1 } }] },
  noticeMailboxes: { indexes: [{ key: { isHanding: 1 } }] },
  calendarLinks: { indexes: [{ key: { userId: 1 } }] },
  // what is written in a case, version by version; what is not finished; what codes are called
  caseRecords: {
    indexes: [
      { key: { caseId: 1 } },
      { key: { recordId: 1, version: 1 }, unique: true },
      { key: { caseId: 1, by: 1, command: 1 }, unique: true },
    ],
  },
  caseRecordDrafts: { indexes: [{ key: { caseId: 1 } }] },
  codeSetVersions: { indexes: [] },
  // lists of found households, their rows while they are looked at, and the households
  imports: { indexes: [{ key: { agencyId: 1 } }, { key: { standing: 1 } }] },
  importPieces: { indexes: [{ key: { importId: 1 } }] },
  importMappings: { indexes: [] },
  findings: { indexes: [{ key: { agencyId: 1 } }, { key: { importId: 1, row: 1 } }] },
  // how somebody likes to look at the case list
  caseFilters: { indexes: [{ key: { userId: 1 } }] },
  // what was searched for
  searches: { indexes: [] },
  // documents: log, snapshots, pointer
  documents: { indexes: [] },
  documentLog: { indexes: [{ key: { document: 1, sequence: 1 }, unique: true }] },
  documentSnapshots: { indexes: [{ key: { document: 1, generation: 1, chunk: 1 }, unique: true }] },
  // cases opened in an emergency; odd look-ups, monthly reviews and what was taken out of the record of access
  breakGlass: { indexes: [{ key: { caseId: 1 } }, { key: { userId: 1 } }, { key: { until: 1 } }] },
  breakGlassSettings: { indexes: [] },
  accessFlags: { indexes: [{ key: { agencyId: 1 } }, { key: { userId: 1 } }] },
  accessReviews: { indexes: [{ key: { agencyId: 1 } }] },
  accessFiles: { indexes: [{ key: { agencyId: 1 } }] },
  // what people ask about their own data
  subjectRequests: { indexes: [{ key: { caseId: 1 } }, { key: { command: 1 }, unique: true }] },
  // how long an agency keeps its cases, what holds one, and how cases were destroyed
  retentionRules: { indexes: [] },
  retentionHolds: { indexes: [{ key: { caseId: 1 } }] },
  destructions: { indexes: [{ key: { agencyId: 1 } }, { key: { caseId: 1 } }, { key: { isSwept: 1 } }] },
  // keys and records
  keys: { indexes: [] },
  audit: { indexes: [{ key: { sequence: 1 }, unique: true }, { key: { subject: 1 } }] },
  installation: { indexes: [] },
} as const satisfies CollectionDeclarations

export type CollectionName = keyof typeof COLLECTIONS
