/**
 * Every route about cases, conferences and action items × every relation, over real HTTP, generated from the application's own route table: a
 * route that is added there without a line here fails (SECURITY R38). And what is not for one is answered, byte for byte, like what does
 * not exist (R01).
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../../server/lib/random.ts'
import { must } from '../../../shared/assert.ts'
import { addAction } from '../../../shared/documents/actions-document.ts'
import type { ItemVersionId } from '../../../shared/history/version-moments.ts'
import type {
  ActionId,
  AgencyId,
  AllocationId,
  CaseId,
  ConferenceId,
  ItemId,
  PaperId,
  ReferralId,
  UserId,
} from '../../../shared/ids.ts'
import type { NewGuestView } from '../../../shared/protocol/guests.ts'
import type { HistoryView } from '../../../shared/protocol/history.ts'
import type { CaseView, ConferenceView } from '../../../shared/protocol/http-api.ts'
import type { PaperView } from '../../../shared/protocol/papers.ts'
import type { ReferralView } from '../../../shared/protocol/referrals.ts'
import { EMPTY_SHEET } from '../../../shared/protocol/research.ts'
import type { AllocationsView } from '../../../shared/protocol/resources.ts'
import { dayInSeoul } from '../../../shared/working-days.ts'
import { type Answer, type AppUnderTest, startAppUnderTest, type TestClient } from '../../support/app-under-test.ts'
import { consentFor, giveBases, taskFor } from '../../support/bases.ts'
import { pdfOf } from '../../support/paper-files.ts'

const RELATIONS = [
  /** Not signed in. */
  'anonymous',
  /** Signed in, of an agency that has nothing to do with it. */
  'otherAgency',
  /** Of the lead agency, on neither the case nor the conference. */
  'sameAgency',
  /** Worked on it and sat at the table; the agency ended the membership. */
  'exMember',
  /** Without an account, let in for the item. */
  'guest',
  /** At the table, of an agency that is not cleared for the item. */
  'notCleared',
  /** Works on the case and sits at the table, of an agency that is cleared for the item and has no basis for the case (BASES.md BS1). */
  'withoutBasis',
  /** Observes: at the table for a cleared agency, writes nothing. */
  'readOnly',
  /** Of an agency that has no part in the case and is cleared for the item, invited as the conference's supervisor. */
  'supervisor',
  /** Works on the case and sits at the table. */
  'member',
  /** Works on the case for the lead agency and leads. */
  'leader',
] as const
type Relation = (typeof RELATIONS)[number]

interface Town {
  caseId: CaseId
  conferenceId: ConferenceId
  itemId: ItemId
  generalId: ItemId
  actionId: ActionId
  paperId: PaperId
  /** Sent to an agency of which nobody is here, and a draft of the lead agency. */
  referralId: ReferralId
  draftReferralId: ReferralId
  /** What the co-managing agency gives. */
  allocationId: AllocationId
  versionId: ItemVersionId
  ledger: string
  draftId: ConferenceId
  /** Guests who were not let in: one who waits, and one who has not come. */
  version: number
  waitingId: UserId
  invitedId: UserId
}

let app: AppUnderTest
let town: Town
const clients = new Map<Relation, TestClient>()
let supervisorId: UserId
/** The co-managing agency of the case, and one that has nothing to do with it and is asked for help. */
let referring: { own: AgencyId; outside: AgencyId }
let bodies: { case: { workers: object[]; [field: string]: unknown }; conference: object; guest?: object }

beforeAll(async () => {
  app = await startAppUnderTest()
  const [dong, muhan, other] = [await app.agency(), await app.agency(), await app.agency()]
  const leader = await app.person({ agencyId: dong._id })
  const sameAgency = await app.person({ agencyId: dong._id })
  const member = await app.person({ agencyId: muhan._id })
  const exMember = await app.person({ agencyId: muhan._id })
  const readOnly = await app.person({ agencyId: muhan._id, role: 'observer' })
  const otherAgency = await app.person({ agencyId: other._id })
  const third = await app.agency()
  const notCleared = await app.person({ agencyId: third._id })
  const campus = await app.agency()
  const lapsed = await app.agency()
  const withoutBasis = await app.person({ agencyId: lapsed._id })
  const supervisor = await app.person({ agencyId: campus._id })
  supervisorId = supervisor.user._id
  clients.set('anonymous', app.stranger())
  for (const [relation, person] of Object.entries({
    leader,
    sameAgency,
    member,
    exMember,
    notCleared,
    withoutBasis,
    readOnly,
    otherAgency,
    supervisor,
  })) {
    clients.set(relation as Relation, person.client)
  }
  bodies = {
    case: {
      number: '2026-031',
      label: '카나리아 가구',
      agencies: [
        { agencyId: dong._id, role: 'lead' },
        { agencyId: muhan._id, role: 'co_managing' },
        { agencyId: lapsed._id, role: 'partner' },
      ],
      workers: [
        { userId: leader.user._id, agencyId: dong._id },
        { userId: member.user._id, agencyId: muhan._id },
        { userId: exMember.user._id, agencyId: muhan._id },
        { userId: withoutBasis.user._id, agencyId: lapsed._id },
      ],
    },
    conference: {
      type: 'integrated',
      title: '카나리아 회의',
      startsAt: '2026-11-24T05:00:00Z',
      minutes: 60,
      place: '',
      remoteLink: '',
      hostAgencyId: dong._id,
      participants: [
        { userId: leader.user._id, agencyId: dong._id, role: 'leader' },
        { userId: member.user._id, agencyId: muhan._id, role: 'attendee' },
        { userId: exMember.user._id, agencyId: muhan._id, role: 'attendee' },
        { userId: readOnly.user._id, agencyId: muhan._id, role: 'observer' },
        { userId: notCleared.user._id, agencyId: third._id, role: 'attendee' },
        { userId: withoutBasis.user._id, agencyId: lapsed._id, role: 'attendee' },
        { userId: supervisor.user._id, agencyId: campus._id, role: 'supervisor' },
      ],
    },
  }
  const post = async <T>(path: string, body?: object): Promise<T> => {
    const answer = await leader.client.post(path, body)
    expect([path, answer.status, answer.text]).toEqual([path, 200, expect.any(String)])
    return answer.body as T
  }
  const { caseId } = await post<CaseView>('/api/cases', bodies.case)
  await giveBases(app.app, caseId, [muhan._id, third._id, campus._id])
  const { conferenceId } = await post<ConferenceView>('/api/conferences', bodies.conference)
  const draft = await post<ConferenceView>('/api/conferences', bodies.conference)
  const items = `/api/conferences/${conferenceId}/items`
  await post(items, { kind: 'case', caseId, agencies: [dong._id, muhan._id, campus._id, lapsed._id], minutes: 20 })
  const { items: views } = await post<ConferenceView>(items, { kind: 'general', label: '공지', minutes: 5 })
  const ofCase = must(
    views.find(item => !item.restricted && item.kind === 'case'),
    'the case item',
  )
  const general = must(
    views.find(item => !item.restricted && item.kind === 'general'),
    'the general item',
  )
  await post(`/api/conferences/${conferenceId}/state`, { _v: 1, to: 'scheduled' })
  await post(`/api/conferences/${conferenceId}/state`, { _v: 2, to: 'live' })
  // Everybody who will be asked for items has accepted the statement; what comes of not having done so has tests of its own.
  for (const person of [leader, member, exMember, readOnly, notCleared, withoutBasis, supervisor]) {
    const answer = await person.client.post(`/api/conferences/${conferenceId}/statement`, { accept: true })
    expect(answer.status).toBe(200)
  }
  const outside = await app.agency()
  referring = { own: muhan._id, outside: outside._id }
  const referrals = `/api/cases/${caseId}/referrals`
  const { referrals: firsts } = await post<{ referrals: ReferralView[] }>(referrals, referralBody())
  const { referralId } = must(firsts[0], 'the referral')
  const ground = { ground: 'consent', words: '서면 동의', sensitive: false }
  await post(`/api/referrals/${referralId}/moves`, { _v: 1, move: 'send', note: '', ground })
  const drafts = (await post<{ referrals: ReferralView[] }>(referrals, referralBody())).referrals
  const given = await post<AllocationsView>(`/api/cases/${caseId}/allocations`, allocationBody())
  const actionId = newId<ActionId>()
  const ledger = `actions.${caseId}.open`
  await app.app.conferences.documents.edit(ledger, { behalfOf: leader.user._id }, doc =>
    addAction(doc, {
      id: actionId,
      agencyId: muhan._id,
      what: '신청',
      by: leader.user._id,
      at: '2026-11-24T05:10:00.000Z',
    }),
  )
  const laid = await leader.client.ask('POST', `${items}/${ofCase.itemId}/papers`, PAPER)
  expect([laid.status, laid.text]).toEqual([200, expect.any(String)])
  const history = (await leader.client.get(`${items}/${ofCase.itemId}/versions`)).body as HistoryView
  const school = await app.agency()
  await giveBases(app.app, caseId, [school._id])
  const invite = async (items: ItemId[]) => {
    const invited = await post<NewGuestView>(`/api/conferences/${conferenceId}/guests`, guestBody(school._id, items))
    const browser = app.stranger()
    return { ...invited, browser, guestId: invited.guest.guestId }
  }
  const comes = async ({ browser, token, code }: Awaited<ReturnType<typeof invite>>) => {
    expect((await browser.post('/api/guest', { token, code })).status).toBe(200)
  }
  const guest = await invite([ofCase.itemId])
  await comes(guest)
  await post(`/api/conferences/${conferenceId}/guests/${guest.guestId}/admit`)
  expect((await guest.browser.post(`/api/conferences/${conferenceId}/statement`, { accept: true })).status).toBe(200)
  clients.set('guest', guest.browser)
  const waiting = await invite([])
  await comes(waiting)
  const invited = await invite([])
  bodies.guest = guestBody(school._id, [])
  const former = must(await app.app.users.find(exMember.user._id), 'the former colleague')
  await app.app.users.update(former, { memberships: [{ agencyId: other._id, role: 'case_worker' }] })
  app.app.changes.announce([`user:${former._id}`])
  town = {
    caseId,
    conferenceId,
    itemId: ofCase.itemId,
    generalId: general.itemId,
    actionId,
    paperId: (laid.body as PaperView).paperId,
    versionId: must(history.versions[0], 'the version of the opening').versionId,
    referralId,
    draftReferralId: must(
      drafts.find(one => one.status === 'draft'),
      'the draft',
    ).referralId,
    allocationId: must(given.allocations[0], 'what is given').allocationId,
    ledger,
    draftId: draft.conferenceId,
    version: must(await app.app.conferences.conferences.find(conferenceId), 'the conference')._v,
    waitingId: waiting.guestId,
    invitedId: invited.guestId,
  }
})

function guestBody(agencyId: string, items: readonly ItemId[]) {
  const now = app.app.clock.now()
  const [from, until] = [now, now + 3_600_000].map(at => new Date(at).toISOString())
  return { agency: { agencyId }, name: '손님', title: '', role: 'attendee', items, from, until }
}

const referralDraft = () => ({
  request: '카나리아 가구 밑반찬',
  contact: '',
  needs: [],
  fields: { name: '카나리아 가구' },
  chosen: ['name'],
  givesNeeds: false,
})

const referralBody = () => ({
  command: newId(),
  to: [referring.outside],
  service: 'donation_goods',
  draft: referralDraft(),
})

const allocationBody = () => ({
  command: newId(),
  agencyId: referring.own,
  service: 'counselling',
  emergency: '',
  what: '카나리아 가구 상담',
  amount: null,
  rule: '',
  rhythm: 'once',
  from: dayInSeoul(app.app.clock.now()),
  until: dayInSeoul(app.app.clock.now()),
  resourceId: null,
  source: { of: 'none' },
  despite: '',
})

afterAll(() => app.close())

/** A file with a name that nobody may hear who may not open the item. */
const PAPER = {
  raw: pdfOf('a diagnosis'),
  headers: {
    'content-type': 'application/octet-stream',
    'dure-about': encodeURIComponent(
      JSON.stringify({ title: '카나리아 가구 진단서', fileName: '카나리아 가구 진단서.pdf' }),
    ),
  },
}

interface Line {
  /** With the ids of the thing, or of something else. */
  path(ids: Town): string
  body?(): object
  /** Bytes instead of a body. */
  raw?: typeof PAPER
  /** Who gets through; everybody else gets 401, 403 or 404. */
  allowed: readonly Relation[]
  /** Who may know that it exists, and is told `not-allowed`. */
  knows?: readonly Relation[]
}

/** With an account: to a guest there is one conference and nothing else. */
const SIGNED_IN = RELATIONS.filter(relation => relation !== 'anonymous' && relation !== 'guest')
const CLEARED: readonly Relation[] = ['readOnly', 'supervisor', 'member']
const AT_THE_TABLE: readonly Relation[] = ['notCleared', 'withoutBasis', ...CLEARED]

/** There are none while a conference is live, but an id must stand in the path. */
const NO_EXPORT = newId()
const NO_RECORD = newId()
/** Only ever kept for one agency alone, so that no other relation's answer is another for it. */
const NOTE = {
  kind: 'process_note',
  at: '2026-11-02T01:00:00Z',
  minutes: null,
  method: 'phone',
  purpose: 'checking',
  contact: '',
  service: '',
  text: '카나리아 가구와 통화',
}
const NO_BASIS = newId()

const LINES: Record<string, Line> = {
  'GET /api/cases': { path: () => '/api/cases', allowed: SIGNED_IN },
  'POST /api/cases': {
    path: () => '/api/cases',
    // Without the former colleague, who is nobody's staff there any more.
    body: () => ({ ...bodies.case, workers: bodies.case.workers.slice(0, 2) }),
    allowed: ['sameAgency', 'leader'],
    knows: SIGNED_IN,
  },
  'GET /api/cases/:caseId': { path: ids => `/api/cases/${ids.caseId}`, allowed: ['member', 'leader'] },
  'PATCH /api/cases/:caseId': {
    path: ids => `/api/cases/${ids.caseId}`,
    body: () => ({ _v: 1, label: '김○○ 가구' }),
    allowed: ['leader'],
    knows: ['member'],
  },
  'GET /api/cases/:caseId/bases': {
    path: ids => `/api/cases/${ids.caseId}/bases`,
    allowed: ['member', 'leader'],
  },
  // Decided on another version than there is: who may do it is told of the other, and nothing is taken from anybody.
  ...Object.fromEntries(
    (
      [
        ['PATCH', 'bases', () => ({ _v: 0, sensitive: false })],
        ['POST', 'bases', () => taskFor([newId<AgencyId>()])],
        ['POST', 'consents', () => consentFor([newId<AgencyId>()])],
        ['POST', 'bases/:basisId/end', () => ({ _v: 0, agencies: [], why: 'withdrawn' })],
        ['POST', 'bases/:basisId/approve', () => ({ _v: 0 })],
        ['POST', 'bases/:basisId/review', () => ({ _v: 0, reviewOn: '2026-12-01' })],
      ] as const
    ).map(([verb, rest, body]): [string, Line] => [
      `${verb} /api/cases/:caseId/${rest}`,
      {
        path: ids => `/api/cases/${ids.caseId}/${rest.replace(':basisId', NO_BASIS)}`,
        body,
        allowed: ['leader'],
        knows: ['member'],
      },
    ]),
  ),
  'GET /api/cases/:caseId/life': { path: ids => `/api/cases/${ids.caseId}/life`, allowed: ['member', 'leader'] },
  'POST /api/cases/:caseId/life': {
    path: ids => `/api/cases/${ids.caseId}/life`,
    body: () => ({ _v: 2, do: 'move', to: 'assessment' }),
    allowed: ['leader'],
    knows: ['member'],
  },
  'POST /api/cases/:caseId/life/answers': {
    path: ids => `/api/cases/${ids.caseId}/life/answers`,
    body: () => ({ do: 'accept-lead', id: newId() }),
    allowed: ['member', 'leader'],
  },
  'POST /api/cases/:caseId/prints': {
    path: ids => `/api/cases/${ids.caseId}/prints`,
    body: () => ({ form: 'consent', purpose: '동의서 작성', parts: ['head'] }),
    allowed: ['member', 'leader'],
  },
  ...Object.fromEntries(
    (
      [
        ['GET', 'records', undefined, ['member', 'leader']],
        ['POST', 'records', () => ({ command: newId(), narrow: true, content: NOTE }), ['member', 'leader']],
        ['POST', 'records/search', () => ({ query: '방문' }), ['member', 'leader']],
        ['POST', 'records/draft', () => ({ kind: 'intake', draft: '{}' }), ['member', 'leader']],
        // One that is not there: to everybody alike. Who reads and corrects which is asked in `server/case-records`.
        ['GET', 'records/:recordId/versions', undefined, []],
        ['POST', 'records/:recordId/versions', () => ({ command: newId(), _v: 1, reason: '고침', content: NOTE }), []],
      ] as const
    ).map(([verb, rest, body, allowed]): [string, Line] => [
      `${verb} /api/cases/:caseId/${rest}`,
      {
        path: ids => `/api/cases/${ids.caseId}/${rest.replace(':recordId', NO_RECORD)}`,
        ...(body && { body }),
        allowed,
      },
    ]),
  ),
  'GET /api/cases/:caseId/access': {
    path: ids => `/api/cases/${ids.caseId}/access`,
    allowed: ['leader'],
    knows: ['member'],
  },
  'GET /api/cases/:caseId/supervision': {
    path: ids => `/api/cases/${ids.caseId}/supervision`,
    allowed: ['supervisor', 'leader'],
  },
  'POST /api/cases/:caseId/supervision': {
    path: ids => `/api/cases/${ids.caseId}/supervision`,
    body: () => ({ kind: 'note', text: '카나리아', with: supervisorId, as: 'worker', command: newId() }),
    allowed: ['leader'],
    // With herself there is none.
    knows: ['supervisor'],
  },
  'GET /api/cases/:caseId/referrals': {
    path: ids => `/api/cases/${ids.caseId}/referrals`,
    allowed: ['member', 'leader'],
  },
  'POST /api/cases/:caseId/referrals': {
    path: ids => `/api/cases/${ids.caseId}/referrals`,
    body: referralBody,
    allowed: ['member', 'leader'],
  },
  'GET /api/cases/:caseId/referral-basis/:agencyId': {
    path: ids => `/api/cases/${ids.caseId}/referral-basis/${referring.outside}`,
    allowed: ['member', 'leader'],
  },
  'GET /api/cases/:caseId/allocations': {
    path: ids => `/api/cases/${ids.caseId}/allocations`,
    allowed: ['member', 'leader'],
  },
  'POST /api/cases/:caseId/allocations': {
    path: ids => `/api/cases/${ids.caseId}/allocations`,
    body: allocationBody,
    allowed: ['member', 'leader'],
  },
  'GET /api/referrals': { path: () => '/api/referrals', allowed: SIGNED_IN },
  'GET /api/referrals/:referralId': {
    path: ids => `/api/referrals/${ids.referralId}`,
    allowed: ['member', 'leader'],
  },
  'PATCH /api/referrals/:referralId': {
    path: ids => `/api/referrals/${ids.draftReferralId}`,
    body: () => ({ _v: 1, service: 'counselling', draft: referralDraft() }),
    // A draft is its own agency's.
    allowed: ['leader'],
  },
  'POST /api/referrals/:referralId/moves': {
    path: ids => `/api/referrals/${ids.referralId}/moves`,
    body: () => ({ _v: 2, move: 'ask', note: '' }),
    allowed: ['leader'],
    knows: ['member'],
  },
  'POST /api/referrals/:referralId/prints': {
    path: ids => `/api/referrals/${ids.referralId}/prints`,
    body: () => ({ purpose: '서류철 보관', what: 'referral' }),
    allowed: ['member', 'leader'],
  },
  'POST /api/referrals/:referralId/allocations': {
    path: ids => `/api/referrals/${ids.referralId}/allocations`,
    body: allocationBody,
    // Only of the agency that took it, of which nobody is here.
    allowed: [],
    knows: ['member', 'leader'],
  },
  'POST /api/allocations/:allocationId/ticks': {
    path: ids => `/api/allocations/${ids.allocationId}/ticks`,
    body: () => ({ _v: 1, day: dayInSeoul(app.app.clock.now()), given: true }),
    allowed: ['member', 'leader'],
  },
  'POST /api/allocations/:allocationId/end': {
    path: ids => `/api/allocations/${ids.allocationId}/end`,
    body: () => ({ _v: 1, on: dayInSeoul(app.app.clock.now()), reason: '이사' }),
    allowed: ['member', 'leader'],
  },
  'GET /api/conferences': { path: () => '/api/conferences', allowed: SIGNED_IN },
  'POST /api/conferences': {
    path: () => '/api/conferences',
    body: () => ({ ...bodies.conference, participants: [] }),
    allowed: ['sameAgency', 'leader'],
    knows: SIGNED_IN,
  },
  'GET /api/conferences/:conferenceId': {
    path: ids => `/api/conferences/${ids.conferenceId}`,
    allowed: [...AT_THE_TABLE, 'guest', 'leader'],
  },
  'PATCH /api/conferences/:conferenceId': {
    path: ids => `/api/conferences/${ids.conferenceId}`,
    body: () => ({ _v: town.version, place: '2층' }),
    allowed: ['leader'],
    knows: AT_THE_TABLE,
  },
  'POST /api/conferences/:conferenceId/items': {
    path: ids => `/api/conferences/${ids.conferenceId}/items`,
    body: () => ({ kind: 'general', label: '자유토의', minutes: 5 }),
    allowed: ['leader'],
    knows: AT_THE_TABLE,
  },
  'PATCH /api/conferences/:conferenceId/items/:itemId': {
    path: ids => `/api/conferences/${ids.conferenceId}/items/${ids.itemId}`,
    body: () => ({ _v: 1, recused: [] }),
    allowed: ['leader'],
    knows: CLEARED,
  },
  'GET /api/conferences/:conferenceId/since': {
    path: ids => `/api/conferences/${ids.conferenceId}/since`,
    allowed: [...AT_THE_TABLE, 'guest', 'leader'],
  },
  'GET /api/conferences/:conferenceId/items/:itemId/writers': {
    path: ids => `/api/conferences/${ids.conferenceId}/items/${ids.itemId}/writers`,
    allowed: [...CLEARED, 'guest', 'leader'],
  },
  'GET /api/conferences/:conferenceId/items/:itemId/actions': {
    path: ids => `/api/conferences/${ids.conferenceId}/items/${ids.itemId}/actions`,
    allowed: [...CLEARED, 'guest', 'leader'],
  },
  'GET /api/actions': { path: () => '/api/actions', allowed: SIGNED_IN },
  'GET /api/actions/:document/:actionId': {
    path: ids => `/api/actions/${ids.ledger}/${ids.actionId}`,
    allowed: [...CLEARED, 'guest', 'leader'],
  },
  'POST /api/actions/:document/:actionId': {
    path: ids => `/api/actions/${ids.ledger}/${ids.actionId}`,
    body: () => ({ _v: 0, move: 'accept' }),
    allowed: ['member', 'leader'],
    // The action item is another agency's.
    knows: ['readOnly', 'supervisor', 'guest'],
  },
  'GET /api/cases/:caseId/actions': {
    path: ids => `/api/cases/${ids.caseId}/actions`,
    allowed: ['member', 'leader'],
  },
  'GET /api/conferences/:conferenceId/review': {
    path: ids => `/api/conferences/${ids.conferenceId}/review`,
    allowed: [...AT_THE_TABLE, 'guest', 'leader'],
  },
  'GET /api/conferences/:conferenceId/proposals': {
    path: ids => `/api/conferences/${ids.conferenceId}/proposals`,
    allowed: ['leader'],
    knows: AT_THE_TABLE,
  },
  'POST /api/conferences/:conferenceId/proposals': {
    path: ids => `/api/conferences/${ids.draftId}/proposals`,
    body: () => ({ keys: ['review'] }),
    allowed: ['leader'],
  },
  'GET /api/conferences/:conferenceId/papers': {
    path: ids => `/api/conferences/${ids.conferenceId}/papers`,
    allowed: [...AT_THE_TABLE, 'guest', 'leader'],
  },
  'GET /api/conferences/:conferenceId/items/:itemId/papers': {
    path: ids => `/api/conferences/${ids.conferenceId}/items/${ids.itemId}/papers`,
    allowed: [...CLEARED, 'guest', 'leader'],
  },
  'GET /api/conferences/:conferenceId/items/:itemId/referrals': {
    path: ids => `/api/conferences/${ids.conferenceId}/items/${ids.itemId}/referrals`,
    allowed: [...CLEARED, 'guest', 'leader'],
  },
  'POST /api/conferences/:conferenceId/cases': {
    path: ids => `/api/conferences/${ids.conferenceId}/cases`,
    // A case that is nobody's: it is named as one that there is not, and nothing is tabled.
    body: () => ({ cases: [newId()], minutes: 5 }),
    allowed: ['leader'],
    knows: AT_THE_TABLE,
  },
  'POST /api/conferences/:conferenceId/items/:itemId/papers': {
    path: ids => `/api/conferences/${ids.conferenceId}/items/${ids.itemId}/papers`,
    raw: PAPER,
    allowed: ['supervisor', 'member', 'guest', 'leader'],
    knows: ['readOnly'],
  },
  'GET /api/conferences/:conferenceId/items/:itemId/papers/:paperId': {
    path: ids => `/api/conferences/${ids.conferenceId}/items/${ids.itemId}/papers/${ids.paperId}`,
    allowed: [...CLEARED, 'guest', 'leader'],
  },
  'DELETE /api/conferences/:conferenceId/items/:itemId/papers/:paperId': {
    path: ids => `/api/conferences/${ids.conferenceId}/items/${ids.itemId}/papers/${ids.paperId}`,
    // Laid there by the leader.
    allowed: ['leader'],
    knows: [...CLEARED, 'guest'],
  },
  'GET /api/conferences/:conferenceId/comments': {
    path: ids => `/api/conferences/${ids.conferenceId}/comments`,
    allowed: [...AT_THE_TABLE, 'guest', 'leader'],
  },
  'GET /api/conferences/:conferenceId/items/:itemId/comments': {
    path: ids => `/api/conferences/${ids.conferenceId}/items/${ids.itemId}/comments`,
    allowed: [...CLEARED, 'guest', 'leader'],
  },
  'POST /api/conferences/:conferenceId/items/:itemId/comments': {
    path: ids => `/api/conferences/${ids.conferenceId}/items/${ids.itemId}/comments`,
    body: () => ({ kind: 'remark', about: null, text: '카나리아 가구의 병원비', command: newId() }),
    allowed: ['supervisor', 'member', 'guest', 'leader'],
    knows: ['readOnly'],
  },
  'GET /api/conferences/:conferenceId/research': {
    path: ids => `/api/conferences/${ids.conferenceId}/research`,
    allowed: [...AT_THE_TABLE, 'leader'],
  },
  'GET /api/conferences/:conferenceId/items/:itemId/research': {
    path: ids => `/api/conferences/${ids.conferenceId}/items/${ids.itemId}/research`,
    allowed: ['member', 'leader'],
  },
  'POST /api/conferences/:conferenceId/items/:itemId/research': {
    path: ids => `/api/conferences/${ids.conferenceId}/items/${ids.itemId}/research`,
    // Not the version that stands there: whoever may write is told so, and the sheet stays as it is.
    body: () => ({ _v: 999, sheet: { ...EMPTY_SHEET, facts: '카나리아 가구의 사실' } }),
    allowed: ['member', 'leader'],
  },
  'POST /api/conferences/:conferenceId/items/:itemId/research/share': {
    path: ids => `/api/conferences/${ids.conferenceId}/items/${ids.itemId}/research/share`,
    body: () => ({ _v: 999 }),
    allowed: ['member', 'leader'],
  },
  'POST /api/conferences/:conferenceId/items/:itemId/research/take-back': {
    path: ids => `/api/conferences/${ids.conferenceId}/items/${ids.itemId}/research/take-back`,
    body: () => ({ _v: 999 }),
    // In a live meeting what was shared has been read.
    allowed: [],
    knows: ['member', 'leader'],
  },
  'GET /api/conferences/:conferenceId/items/:itemId/research/shared': {
    path: ids => `/api/conferences/${ids.conferenceId}/items/${ids.itemId}/research/shared`,
    allowed: [...CLEARED, 'guest', 'leader'],
  },
  'GET /api/conferences/:conferenceId/items/:itemId/versions': {
    path: ids => `/api/conferences/${ids.conferenceId}/items/${ids.itemId}/versions`,
    allowed: [...CLEARED, 'leader'],
  },
  'POST /api/conferences/:conferenceId/items/:itemId/versions': {
    path: ids => `/api/conferences/${ids.conferenceId}/items/${ids.itemId}/versions`,
    body: () => ({ command: newId(), name: '카나리아 판' }),
    allowed: ['supervisor', 'member', 'leader'],
    knows: ['readOnly'],
  },
  'GET /api/conferences/:conferenceId/items/:itemId/versions/:versionId': {
    path: ids => `/api/conferences/${ids.conferenceId}/items/${ids.itemId}/versions/${ids.versionId}`,
    allowed: [...CLEARED, 'leader'],
  },
  'POST /api/conferences/:conferenceId/items/:itemId/versions/:versionId/restore': {
    path: ids => `/api/conferences/${ids.conferenceId}/items/${ids.itemId}/versions/${ids.versionId}/restore`,
    body: () => ({ command: newId() }),
    allowed: ['leader'],
    knows: CLEARED,
  },
  'GET /api/conferences/:conferenceId/guests': {
    path: ids => `/api/conferences/${ids.conferenceId}/guests`,
    allowed: ['leader'],
    knows: AT_THE_TABLE,
  },
  'POST /api/conferences/:conferenceId/guests': {
    path: ids => `/api/conferences/${ids.conferenceId}/guests`,
    body: () => must(bodies.guest, 'a body'),
    allowed: ['leader'],
    knows: AT_THE_TABLE,
  },
  'PATCH /api/conferences/:conferenceId/guests/:guestId': {
    path: ids => `/api/conferences/${ids.conferenceId}/guests/${ids.waitingId}`,
    body: () => ({ items: [] }),
    allowed: ['leader'],
    knows: AT_THE_TABLE,
  },
  'POST /api/conferences/:conferenceId/guests/:guestId/admit': {
    path: ids => `/api/conferences/${ids.conferenceId}/guests/${ids.waitingId}/admit`,
    allowed: ['leader'],
    knows: AT_THE_TABLE,
  },
  'POST /api/conferences/:conferenceId/guests/:guestId/code': {
    path: ids => `/api/conferences/${ids.conferenceId}/guests/${ids.invitedId}/code`,
    allowed: ['leader'],
    knows: AT_THE_TABLE,
  },
  'DELETE /api/conferences/:conferenceId/guests/:guestId': {
    path: ids => `/api/conferences/${ids.conferenceId}/guests/${ids.invitedId}`,
    allowed: ['leader'],
    knows: AT_THE_TABLE,
  },
  'POST /api/conferences/:conferenceId/prints': {
    path: ids => `/api/conferences/${ids.conferenceId}/prints`,
    body: () => ({ what: 'plan', how: 'print', purpose: '내부 결재용', items: [town.generalId] }),
    allowed: [...AT_THE_TABLE, 'leader'],
  },
  'POST /api/conferences/:conferenceId/statement': {
    path: ids => `/api/conferences/${ids.conferenceId}/statement`,
    body: () => ({ accept: true }),
    allowed: [...AT_THE_TABLE, 'guest', 'leader'],
  },
  'DELETE /api/conferences/:conferenceId/items/:itemId': {
    path: ids => `/api/conferences/${ids.conferenceId}/items/${ids.generalId}`,
    allowed: ['leader'],
    knows: AT_THE_TABLE,
  },
  'DELETE /api/conferences/:conferenceId': {
    // A draft is known to those who prepare it.
    path: ids => `/api/conferences/${ids.draftId}?v=1`,
    allowed: ['leader'],
  },
  // While it is live there are none, which those at the table are told; what each may then, `minutes.test.ts` shows.
  ...Object.fromEntries(
    (
      [
        ['GET', '', undefined],
        ['PATCH', '', { _v: 0, place: '3층' }],
        ['POST', '/circulate', { _v: 0 }],
        ['POST', '/correct', { _v: 0, reason: '오기' }],
        ['POST', '/sign', { head: '0'.repeat(64), kind: 'signed', about: 'meeting', words: '' }],
        ['POST', '/seal', { _v: 0, reason: '' }],
      ] as const
    ).map(([verb, rest, body]): [string, Line] => [
      `${verb} /api/conferences/:conferenceId/minutes${rest}`,
      {
        path: ids => `/api/conferences/${ids.conferenceId}/minutes${rest}`,
        ...(body && { body: () => body }),
        allowed: [],
        knows: [...AT_THE_TABLE, 'leader'],
      },
    ]),
  ),
  // The same of what is taken out of them; what comes then, the tests of exports show.
  ...Object.fromEntries(
    (
      [
        ['POST', '', { form: 'minutes', format: 'pdf', purpose: 'filing' }],
        ['GET', '/:exportId', undefined],
        ['GET', '/:exportId/file', undefined],
        ['DELETE', '/:exportId', undefined],
      ] as const
    ).map(([verb, rest, body]): [string, Line] => [
      `${verb} /api/conferences/:conferenceId/exports${rest}`,
      {
        path: ids => `/api/conferences/${ids.conferenceId}/exports${rest.replace(':exportId', NO_EXPORT)}`,
        ...(body && { body: () => body }),
        allowed: [],
        knows: [...AT_THE_TABLE, 'leader'],
      },
    ]),
  ),
  'GET /api/conferences/:conferenceId/closing': {
    path: ids => `/api/conferences/${ids.conferenceId}/closing`,
    allowed: ['leader'],
    knows: AT_THE_TABLE,
  },
  'POST /api/conferences/:conferenceId/state': {
    path: ids => `/api/conferences/${ids.conferenceId}/state`,
    // After the four changes above: to the place, to the guests twice, to what is ticked.
    body: () => ({ _v: town.version + 4, to: 'closed' }),
    allowed: ['leader'],
    knows: AT_THE_TABLE,
  },
}

const method = (name: string) => name.split(' ')[0] ?? ''

const ask = (relation: Relation, name: string, line: Line, ids: Town): Promise<Answer> =>
  must(clients.get(relation), relation).ask(
    method(name),
    line.path(ids),
    line.raw ?? (line.body ? { body: line.body() } : {}),
  )

test('the table has every route of cases, conferences and actions, and no other', () => {
  const declared = app.app.routes
    .filter(route => /^\/api\/(actions|allocations|cases|conferences|referrals)/.test(route.path))
    .map(route => `${route.method} ${route.path}`)
  expect(Object.keys(LINES).sort()).toEqual(declared.sort())
})

// Before the matrix, in which the leader takes some of it away.
describe('[R01] what is not for one', () => {
  const withoutRequestId = ({ status, text, headers }: Answer) => ({
    status,
    text: text.replace(/"requestId":"[^"]+"/, '"requestId":"…"'),
    length: text.length,
    headers: Object.keys(headers).sort(),
  })

  test.each(['otherAgency', 'sameAgency', 'exMember'] as const)('%s: like what does not exist', async relation => {
    const other = {
      caseId: newId(),
      conferenceId: newId(),
      itemId: newId(),
      generalId: newId(),
      actionId: newId(),
      paperId: newId(),
      referralId: newId(),
      draftReferralId: newId(),
      allocationId: newId(),
      draftId: newId(),
      version: 1,
      waitingId: newId(),
      invitedId: newId(),
      ledger: town.ledger,
    } as Town
    let compared = 0
    for (const [name, line] of Object.entries(LINES)) {
      if (line.path(town) === line.path(other)) continue
      const real = withoutRequestId(await ask(relation, name, line, town))
      expect([name, real]).toEqual([name, withoutRequestId(await ask(relation, name, line, other))])
      expect(real.status).toBe(404)
      compared += 1
    }
    expect(compared).toBeGreaterThan(57)
  })

  test.each(['notCleared', 'withoutBasis'] as const)(
    'an item at one’s own table, %s: like one that is not there',
    async who => {
      const missing = { ...town, itemId: newId<ItemId>() }
      const itemRoutes = Object.entries(LINES).filter(([, line]) => line.path(town) !== line.path(missing))
      expect(itemRoutes).toHaveLength(18)
      for (const [name, line] of itemRoutes) {
        const real = withoutRequestId(await ask(who, name, line, town))
        expect([name, real]).toEqual([name, withoutRequestId(await ask(who, name, line, missing))])
        expect(real.status).toBe(404)
      }
      const view = await must(clients.get(who), who).get(`/api/conferences/${town.conferenceId}`)
      expect((view.body as ConferenceView).items).toContainEqual({ restricted: true, itemId: town.itemId })
      expect(view.text).not.toContain('카나리아 가구')
      expect(view.text).not.toContain(town.caseId)
    },
  )

  test('lists show none of it', async () => {
    for (const relation of ['otherAgency', 'exMember'] as const) {
      const client = must(clients.get(relation), relation)
      expect((await client.get('/api/cases')).body).toEqual({ cases: [] })
      expect((await client.get('/api/conferences')).body).toEqual({ conferences: [] })
      expect((await client.get('/api/actions')).body).toEqual({ actions: [] })
    }
  })
})

describe.each(Object.entries(LINES))('%s', (name, line) => {
  // The leader last: what the leader changes would change the answers to the others.
  test.each(RELATIONS)('%s', async relation => {
    const { status, text } = await ask(relation, name, line, town)
    const isThrough = line.allowed.includes(relation)
    const expected = isThrough
      ? [200, 409]
      : relation === 'anonymous'
        ? [401]
        : line.knows?.includes(relation)
          ? [403]
          : [404]
    expect([relation, expected.includes(status) ? 'as expected' : `${status} ${text}`]).toEqual([
      relation,
      'as expected',
    ])
    if (!isThrough) expect(text).not.toContain('카나리아')
    if (relation === 'notCleared' || relation === 'withoutBasis') expect(text).not.toContain('카나리아 가구')
  })
})

describe('[R07] [R09] [R10] bodies', () => {
  const withBodies = Object.entries(LINES).filter(([, line]) => line.body)
  const leader = () => must(clients.get('leader'), 'leader')

  test.each(withBodies)('%s takes no field that it does not know', async (name, line) => {
    const before = await app.app.conferences.cases.find(town.caseId)
    for (const key of ['agencyId', 'ownerId', '_id', 'createdAt', 'createdBy', 'synthetic', 'sealed', '__proto__']) {
      const raw = `${JSON.stringify(line.body?.()).slice(0, -1)},"${key}":"x"}`
      const headers = { 'content-type': 'application/json' }
      expect([key, (await leader().ask(method(name), line.path(town), { raw, headers })).status]).toEqual([key, 400])
    }
    expect(await app.app.conferences.cases.find(town.caseId)).toEqual(before)
    expect(({} as { x?: unknown }).x).toBeUndefined()
  })

  test.each(withBodies)('%s takes no operator in place of a value', async (name, line) => {
    const body = must(line.body, 'a body')() as Record<string, unknown>
    for (const field of Object.keys(body)) {
      for (const operator of [{ $gt: '' }, { $ne: null }, { $where: 'sleep(5000)' }]) {
        const answer = await leader().ask(method(name), line.path(town), { body: { ...body, [field]: operator } })
        expect([field, answer.status]).toEqual([field, 400])
      }
    }
  })

  test('[R08] no unknown or repeated parameter', async () => {
    for (const query of ['?a=1', '?v=1&v=2', '?v[$gt]=0', '?v=']) {
      expect((await leader().get(`/api/conferences${query}`)).status).toBe(400)
      expect((await leader().delete(`/api/conferences/${town.conferenceId}${query}`)).status).toBe(400)
    }
  })
})
