/**
 * What becomes of each collection when a case is destroyed (RETENTION.md RT8, RT10). Every collection is named: one that is added does not compile until
 * somebody decides. `goes`: its records are removed. `words`: its rows stay without these fields, which were sealed. `marks`: see the key ring. `stays`: why.
 */
import type { DestroyedKind } from '../../shared/retention/retention-codes.ts'
import type { CollectionName } from '../storage/collections.ts'

/** By which field its records are found: of the case, of its items, documents, papers, supervision threads or referrals. */
export type FoundBy =
  | { field: string; among: 'case' | 'items' | 'documents' | 'papers' | 'threads' | 'referrals' }
  /** Its ids are made of others, or what it is about is sealed: see `destruction.ts`. */
  | 'leaves'
  | 'notices'
  | 'told'

export type Fate =
  | { goes: FoundBy; counts: DestroyedKind | null }
  | { words: readonly string[]; of: FoundBy; counts: DestroyedKind | null }
  | { marks: string }
  | { stays: string }

const ofCase = (field = 'caseId'): FoundBy => ({ field, among: 'case' })
const ofItems = (field = 'itemId'): FoundBy => ({ field, among: 'items' })

export const WHAT_GOES = {
  cases: { goes: ofCase('_id'), counts: null },
  bases: { goes: ofCase('_id'), counts: null },
  basisTexts: { goes: ofCase(), counts: 'bases' },
  disclosures: { words: ['sealed'], of: ofCase(), counts: 'register' },
  items: { goes: ofCase(), counts: 'items' },
  actions: { goes: ofCase(), counts: 'actions' },
  hearings: { goes: ofItems('_id'), counts: null },
  decisions: { goes: ofItems(), counts: null },
  supervisionThreads: { goes: ofCase(), counts: 'supervision' },
  supervisionEntries: { goes: { field: 'threadId', among: 'threads' }, counts: null },
  comments: { goes: ofItems(), counts: 'comments' },
  referrals: { goes: ofCase(), counts: 'referrals' },
  referralPrints: { goes: { field: 'referralId', among: 'referrals' }, counts: 'outputs' },
  allocations: { goes: ofCase(), counts: 'allocations' },
  research: { goes: ofItems(), counts: 'research' },
  papers: { goes: ofItems(), counts: 'papers' },
  paperChunks: { goes: { field: 'paperId', among: 'papers' }, counts: null },
  casePrints: { goes: ofCase(), counts: 'outputs' },
  exports: { goes: ofItems(), counts: 'outputs' },
  minutesLeaves: { goes: 'leaves', counts: 'minutes' },
  agendaProposals: { goes: ofCase(), counts: null },
  itemVersions: { goes: ofItems(), counts: 'versions' },
  itemVersionChunks: { goes: ofItems(), counts: null },
  notices: { goes: 'notices', counts: 'notices' },
  noticeTold: { goes: 'told', counts: null },
  caseRecords: { goes: ofCase(), counts: 'case_records' },
  caseRecordDrafts: { goes: ofCase(), counts: 'case_records' },
  findings: { goes: ofCase(), counts: 'findings' },
  documents: { goes: { field: '_id', among: 'documents' }, counts: null },
  documentLog: { goes: { field: 'document', among: 'documents' }, counts: null },
  documentSnapshots: { goes: { field: 'document', among: 'documents' }, counts: null },
  breakGlass: { goes: ofCase(), counts: 'look_ups' },
  accessFlags: { goes: ofCase(), counts: 'look_ups' },
  accessFiles: { words: ['sealed'], of: ofCase(), counts: null },
  subjectRequests: { goes: ofCase(), counts: 'requests' },
  retentionHolds: { goes: ofCase(), counts: null },
  keys: { marks: 'the keys are taken out; a mark stays under each name' },

  destructions: { stays: 'the record of destruction: number, days, people, counts' },
  audit: { stays: 'the record of access: ids and codes, kept by law (안전성 확보조치 기준 제8조)' },
  minutes: { stays: 'of an item its place and fingerprint, without which a seal could not be checked' },
  meetings: { stays: 'ids and times of a meeting' },
  conferences: { stays: 'knows no case' },
  prints: { stays: 'which items a pack held, by id' },
  series: { stays: 'which conferences it made' },
  visits: { stays: 'what a person had seen of a meeting, by id' },
  statements: { stays: 'knows no case' },
  guestInvitations: { stays: 'knows no case' },
  guestNames: { stays: 'knows no case' },
  searches: { stays: 'words that somebody searched for, kept for inquiries; about which household is not recorded' },
  imports: { stays: 'a list as a whole; its rows are erased when they were taken in' },
  importPieces: { stays: 'rows of lists that are still looked at, before any of them is a case' },
  importMappings: { stays: 'names of columns' },
  accessReviews: { stays: 'an opinion of a month' },
  breakGlassSettings: { stays: 'settings of an agency' },
  caseRules: { stays: 'settings of an agency' },
  retentionRules: { stays: 'settings of an agency' },
  caseFilters: { stays: 'how a person looks at lists' },
  codeSetVersions: { stays: 'codes' },
  resources: { stays: 'what agencies can give to anybody' },
  agreements: { stays: 'between agencies' },
  noticeSettings: { stays: 'a person’s own' },
  noticeMailboxes: { stays: 'a person’s own' },
  calendarLinks: { stays: 'a person’s own' },
  agencies: { stays: 'agencies' },
  users: { stays: 'people with accounts' },
  sessions: { stays: 'sign-ins' },
  secondFactors: { stays: 'sign-in' },
  passkeys: { stays: 'sign-in' },
  passkeyQuestions: { stays: 'sign-in' },
  signInAttempts: { stays: 'sign-in' },
  installation: { stays: 'the installation itself' },
} as const satisfies Record<CollectionName, Fate>
