/**
 * Every route about cases, conferences and action items, with an address, a body, and who gets through. A route that the application declares
 * and that has no line here fails `routes.test.ts`; other tests take addresses and bodies from here.
 */
import { newId } from '../../../server/lib/random.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import { EMPTY_SHEET } from '../../../shared/protocol/research.ts'
import { dayInSeoul } from '../../../shared/working-days.ts'
import { consentFor, taskFor } from '../../support/bases.ts'
import {
  allocationBody,
  NOTE,
  PAPER,
  RELATIONS,
  type Relation,
  type RouteTown,
  referralBody,
  referralDraft,
  type Town,
} from './route-town.ts'

export interface Line {
  /** With the ids of the thing, or of something else. */
  path(ids: Town, house: RouteTown): string
  body?(house: RouteTown): object
  /** Bytes instead of a body. */
  raw?: typeof PAPER
  /** Who gets through; everybody else gets 401, 403 or 404. */
  allowed: readonly Relation[]
  /** Who may know that it exists, and is told `not-allowed`. */
  knows?: readonly Relation[]
}

/** With an account: to a guest there is one conference and nothing else. */
export const SIGNED_IN = RELATIONS.filter(relation => relation !== 'anonymous' && relation !== 'guest')
const CLEARED: readonly Relation[] = ['readOnly', 'supervisor', 'member']
/** At the table, and not in the item. */
export const NOT_IN_THE_ITEM = ['notCleared', 'withoutBasis', 'basisEnded', 'recused'] as const
const AT_THE_TABLE: readonly Relation[] = [...NOT_IN_THE_ITEM, ...CLEARED]
/** Of the lead agency, and do case work there. */
const WORKERS_THERE: readonly Relation[] = ['sameAgency', 'emergencyOver', 'recused', 'leader']
const PLANNERS_THERE: readonly Relation[] = ['administrator', ...WORKERS_THERE]

/** There are none while a conference is live, but an id must stand in the path. */
const NO_EXPORT = newId()
const NO_RECORD = newId()
const NO_BASIS = newId()
const NO_REQUEST = newId()

export const enterRequest = () => ({
  command: newId(),
  kind: 'access',
  asker: 'client',
  checked: 'known_in_person',
  came: 'in_person',
  receivedOn: '2026-11-02',
  name: '카나리아',
  relation: '',
  what: '기록의 열람',
})
const ANSWERED = { do: 'put-off', _v: 1, until: '2026-12-31', words: '자료가 많음' }
const HANDED_OUT = { parts: ['who_saw'], purpose: '정보주체에게 교부' }

export const LINES: Record<string, Line> = {
  'GET /api/cases': { path: () => '/api/cases', allowed: SIGNED_IN },
  'POST /api/cases': {
    path: () => '/api/cases',
    // Without the former colleague, who is nobody's staff there any more.
    body: house => ({ ...house.bodies.case, label: '카나리아의 이웃', workers: house.bodies.case.workers.slice(0, 2) }),
    allowed: WORKERS_THERE,
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
  ...Object.fromEntries(
    (
      [
        ['GET', 'subject-requests', undefined, ['leader']],
        ['POST', 'subject-requests', () => enterRequest(), ['leader']],
        // One that is not there, which those are told who may enter some.
        ['POST', 'subject-requests/:requestId', () => ANSWERED, []],
        ['POST', 'subject-requests/:requestId/hand-outs', () => HANDED_OUT, []],
      ] as const
    ).map(([verb, rest, body, allowed]): [string, Line] => [
      `${verb} /api/cases/:caseId/${rest}`,
      {
        path: ids => `/api/cases/${ids.caseId}/${rest.replace(':requestId', NO_REQUEST)}`,
        ...(body && { body }),
        allowed,
        knows: ['member'],
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
    body: house => ({ kind: 'note', text: '카나리아', with: house.supervisorId, as: 'worker', command: newId() }),
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
    path: (ids, house) => `/api/cases/${ids.caseId}/referral-basis/${house.referring.outside}`,
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
    body: house => ({ _v: 1, day: dayInSeoul(house.dure.app.clock.now()), given: true }),
    allowed: ['member', 'leader'],
  },
  'POST /api/allocations/:allocationId/end': {
    path: ids => `/api/allocations/${ids.allocationId}/end`,
    body: house => ({ _v: 1, on: dayInSeoul(house.dure.app.clock.now()), reason: '이사' }),
    allowed: ['member', 'leader'],
  },
  'GET /api/series': { path: () => '/api/series', allowed: SIGNED_IN },
  'POST /api/series': {
    path: () => '/api/series',
    body: ({ town }) => ({
      conferenceId: town.conferenceId,
      rule: { nth: 4, weekday: 2, time: '14:00', onClosedDay: 'previous' },
    }),
    allowed: ['leader'],
    knows: AT_THE_TABLE,
  },
  'PATCH /api/series/:seriesId': {
    path: ids => `/api/series/${ids.seriesId}`,
    // Not the version that stands there: who may is told so.
    body: () => ({ _v: 99, ended: true }),
    allowed: PLANNERS_THERE,
  },
  'POST /api/series/:seriesId/next': { path: ids => `/api/series/${ids.seriesId}/next`, allowed: PLANNERS_THERE },
  'GET /api/sync-check/:documentName': {
    path: ids => `/api/sync-check/item.${ids.itemId}`,
    allowed: [...CLEARED, 'guest', 'leader'],
  },
  'GET /api/conferences': { path: () => '/api/conferences', allowed: SIGNED_IN },
  'POST /api/conferences': {
    path: () => '/api/conferences',
    body: house => ({ ...house.bodies.conference, participants: [] }),
    allowed: PLANNERS_THERE,
    knows: SIGNED_IN,
  },
  'GET /api/conferences/:conferenceId': {
    path: ids => `/api/conferences/${ids.conferenceId}`,
    allowed: [...AT_THE_TABLE, 'guest', 'leader'],
  },
  'PATCH /api/conferences/:conferenceId': {
    path: ids => `/api/conferences/${ids.conferenceId}`,
    body: house => ({ _v: house.version, place: '2층' }),
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
    body: house => house.bodies.guest,
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
    body: house => ({ what: 'plan', how: 'print', purpose: '내부 결재용', items: [house.town.generalId] }),
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
    body: house => ({ _v: house.version + 4, to: 'closed' }),
    allowed: ['leader'],
    knows: AT_THE_TABLE,
  },
}
