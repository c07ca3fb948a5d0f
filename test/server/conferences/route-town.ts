/**
 * A live conference about one household over real HTTP, and one person for each relation that somebody can have to it, signed in: what the tests
 * that ask every route and every event stand on. Everything was made over the interface, but for bases and the action item.
 */
import { newId } from '../../../server/lib/random.ts'
import { must } from '../../../shared/assert.ts'
import { addAction } from '../../../shared/documents/actions-document.ts'
import type { ItemVersionId } from '../../../shared/history/version-moments.ts'
import type {
  ActionId,
  AgencyId,
  AllocationId,
  BasisId,
  BreakGlassId,
  CaseId,
  CaseRecordId,
  ConferenceId,
  ItemId,
  PaperId,
  ReferralId,
  SeriesId,
  UserId,
} from '../../../shared/ids.ts'
import type { CaseBasesView } from '../../../shared/protocol/bases.ts'
import type { OpenedInEmergencyView } from '../../../shared/protocol/break-glass.ts'
import type { CaseRecordView } from '../../../shared/protocol/case-records.ts'
import type { NewGuestView } from '../../../shared/protocol/guests.ts'
import type { HistoryView } from '../../../shared/protocol/history.ts'
import type { CaseView, ConferenceView } from '../../../shared/protocol/http-api.ts'
import type { PaperView } from '../../../shared/protocol/papers.ts'
import type { ReferralView } from '../../../shared/protocol/referrals.ts'
import type { AllocationsView } from '../../../shared/protocol/resources.ts'
import type { SeriesView } from '../../../shared/protocol/series-api.ts'
import { dayInSeoul } from '../../../shared/working-days.ts'
import {
  type AppUnderTest,
  type AppUnderTestOptions,
  startAppUnderTest,
  type TestClient,
} from '../../support/app-under-test.ts'
import { giveBases } from '../../support/bases.ts'
import { pdfOf } from '../../support/paper-files.ts'

export const RELATIONS = [
  /** Not signed in. */
  'anonymous',
  /** Signed in, of an agency that has nothing to do with it. */
  'otherAgency',
  /** Of the lead agency, on neither the case nor the conference. */
  'sameAgency',
  /** Of the lead agency: opened the case in an emergency, which is over (긴급 열람). */
  'emergencyOver',
  /** Administers the lead agency, and is on nothing. */
  'administrator',
  /** Runs the installation. */
  'operator',
  /** Worked on it and sat at the table; the agency ended the membership. */
  'exMember',
  /** Without an account, let in for the item. */
  'guest',
  /** At the table, of an agency that is not cleared for the item. */
  'notCleared',
  /** Works on the case and sits at the table, of an agency that is cleared for the item and has no basis for the case (BASES.md BS1). */
  'withoutBasis',
  /** The same, of an agency whose basis was there and was ended. */
  'basisEnded',
  /** Works on the case for the lead agency and sits at the table, and is recused from the item (제척·기피). */
  'recused',
  /** Observes: at the table for a cleared agency, writes nothing. */
  'readOnly',
  /** Of an agency that has no part in the case and is cleared for the item, invited as the conference's supervisor. */
  'supervisor',
  /** Works on the case and sits at the table. */
  'member',
  /** Works on the case for the lead agency and leads. */
  'leader',
] as const
export type Relation = (typeof RELATIONS)[number]

export interface Town {
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
  basisId: BasisId
  recordId: CaseRecordId
  openingId: BreakGlassId
  seriesId: SeriesId
  ledger: string
  draftId: ConferenceId
  /** Guests who were not let in: one who waits, and one who has not come. */
  waitingId: UserId
  invitedId: UserId
}

export interface RouteTown {
  dure: AppUnderTest
  town: Town
  /** The conference's, once all of this was made. */
  version: number
  client(relation: Relation): TestClient
  supervisorId: UserId
  dongId: AgencyId
  /** The co-managing agency of the case, and one that has nothing to do with it and is asked for help. */
  referring: { own: AgencyId; outside: AgencyId }
  bodies: { case: { workers: object[]; [field: string]: unknown }; conference: object; guest: object }
}

/** Only ever kept for one agency alone, so that no other relation's answer is another for it. */
export const NOTE = {
  kind: 'process_note',
  at: '2026-11-02T01:00:00Z',
  minutes: null,
  method: 'phone',
  purpose: 'checking',
  contact: '',
  service: '',
  text: '카나리아 가구와 통화',
}

/** A file with a name that nobody may hear who may not open the item. */
export const PAPER = {
  raw: pdfOf('a diagnosis'),
  headers: {
    'content-type': 'application/octet-stream',
    'dure-about': encodeURIComponent(
      JSON.stringify({ title: '카나리아 가구 진단서', fileName: '카나리아 가구 진단서.pdf' }),
    ),
  },
}

const seat = (userId: UserId, agencyId: AgencyId, role = 'attendee') => ({ userId, agencyId, role })

export async function openRouteTown(options: AppUnderTestOptions = {}): Promise<RouteTown> {
  const dure = await startAppUnderTest(options)
  const agency = async () => (await dure.agency())._id
  const [dong, muhan, other, third, campus, lapsed, ended] = await Promise.all([
    ...[agency(), agency(), agency(), agency(), agency(), agency(), agency()],
  ])
  const of = (agencyId: AgencyId | undefined, role?: 'observer' | 'agency_administrator' | 'privacy_officer') =>
    dure.person({ agencyId: must(agencyId, 'an agency'), ...(role && { role }) })
  if (!dong || !muhan || !other || !third || !campus || !lapsed || !ended) throw new Error('No agencies')
  const people = {
    leader: await of(dong),
    sameAgency: await of(dong),
    emergencyOver: await of(dong),
    administrator: await of(dong, 'agency_administrator'),
    recused: await of(dong),
    operator: await dure.person({ operator: true }),
    member: await of(muhan),
    exMember: await of(muhan),
    readOnly: await of(muhan, 'observer'),
    otherAgency: await of(other),
    notCleared: await of(third),
    withoutBasis: await of(lapsed),
    basisEnded: await of(ended),
    supervisor: await of(campus),
  }
  await of(dong, 'privacy_officer')
  const clients = new Map<Relation, TestClient>([['anonymous', dure.stranger()]])
  for (const [relation, { client }] of Object.entries(people)) clients.set(relation as Relation, client)
  const idOf = (relation: keyof typeof people) => people[relation].user._id
  const { leader } = people
  const bodies = {
    case: {
      number: '2026-031',
      label: '카나리아 가구',
      agencies: [
        { agencyId: dong, role: 'lead' },
        { agencyId: muhan, role: 'co_managing' },
        { agencyId: lapsed, role: 'partner' },
        { agencyId: ended, role: 'partner' },
      ],
      workers: [
        { userId: idOf('leader'), agencyId: dong },
        { userId: idOf('member'), agencyId: muhan },
        { userId: idOf('exMember'), agencyId: muhan },
        { userId: idOf('withoutBasis'), agencyId: lapsed },
        { userId: idOf('basisEnded'), agencyId: ended },
        { userId: idOf('recused'), agencyId: dong },
      ],
    },
    conference: {
      type: 'integrated',
      title: '카나리아 회의',
      startsAt: '2026-11-24T05:00:00Z',
      minutes: 60,
      place: '',
      remoteLink: '',
      hostAgencyId: dong,
      participants: [
        seat(idOf('leader'), dong, 'leader'),
        seat(idOf('recused'), dong),
        seat(idOf('member'), muhan),
        seat(idOf('exMember'), muhan),
        seat(idOf('readOnly'), muhan, 'observer'),
        seat(idOf('notCleared'), third),
        seat(idOf('withoutBasis'), lapsed),
        seat(idOf('basisEnded'), ended),
        seat(idOf('supervisor'), campus, 'supervisor'),
      ],
    },
    guest: {},
  }
  const ask = async <T>(by: TestClient, method: string, path: string, body?: object): Promise<T> => {
    const answer = await by.ask(method, path, body === undefined ? {} : { body })
    if (answer.status !== 200) throw new Error(`${method} ${path} answered ${answer.status} ${answer.text}`)
    return answer.body as T
  }
  const post = <T>(path: string, body?: object) => ask<T>(leader.client, 'POST', path, body)

  const { caseId } = await post<CaseView>('/api/cases', bodies.case)
  await giveBases(dure.app, caseId, [muhan, third, campus])
  const { basisId } = await giveBases(dure.app, caseId, [ended])
  const { conferenceId } = await post<ConferenceView>('/api/conferences', bodies.conference)
  const draft = await post<ConferenceView>('/api/conferences', bodies.conference)
  const items = `/api/conferences/${conferenceId}/items`
  await post(items, { kind: 'case', caseId, agencies: [dong, muhan, campus, lapsed, ended], minutes: 20 })
  const { items: views } = await post<ConferenceView>(items, { kind: 'general', label: '공지', minutes: 5 })
  const itemOf = (kind: 'case' | 'general') => {
    const found = views.find(item => !item.restricted && item.kind === kind)
    return must(found, kind).itemId
  }
  const [itemId, generalId] = [itemOf('case'), itemOf('general')]
  await ask(leader.client, 'PATCH', `${items}/${itemId}`, { _v: 1, recused: [idOf('recused')] })
  await post(`/api/conferences/${conferenceId}/state`, { _v: 1, to: 'scheduled' })
  await post(`/api/conferences/${conferenceId}/state`, { _v: 2, to: 'live' })
  // Everybody who will be asked for items has accepted the statement; what comes of not having done so has tests of its own.
  const seated = [
    'leader',
    'member',
    'exMember',
    'readOnly',
    'notCleared',
    'withoutBasis',
    'basisEnded',
    'recused',
  ] as const
  for (const who of [...seated, 'supervisor'] as const) {
    await ask(people[who].client, 'POST', `/api/conferences/${conferenceId}/statement`, { accept: true })
  }
  const known = await ask<CaseBasesView>(leader.client, 'GET', `/api/cases/${caseId}/bases`)
  await post(`/api/cases/${caseId}/bases/${basisId}/end`, { _v: known._v, agencies: [ended], why: 'withdrawn' })

  const outside = await agency()
  const referring = { own: muhan, outside }
  const house = { dure, referring }
  const referrals = `/api/cases/${caseId}/referrals`
  const { referrals: sent } = await post<{ referrals: ReferralView[] }>(referrals, referralBody(house))
  const { referralId } = must(sent[0], 'the referral')
  const ground = { ground: 'consent', words: '서면 동의', sensitive: false }
  await post(`/api/referrals/${referralId}/moves`, { _v: 1, move: 'send', note: '', ground })
  const drafts = (await post<{ referrals: ReferralView[] }>(referrals, referralBody(house))).referrals
  const given = await post<AllocationsView>(`/api/cases/${caseId}/allocations`, allocationBody(house))
  const actionId = newId<ActionId>()
  const ledger = `actions.${caseId}.open`
  const by = idOf('leader')
  await dure.app.conferences.documents.edit(ledger, { behalfOf: by }, doc =>
    addAction(doc, { id: actionId, agencyId: muhan, what: '신청', by, at: '2026-11-24T05:10:00.000Z' }),
  )
  const laid = await leader.client.ask('POST', `${items}/${itemId}/papers`, PAPER)
  if (laid.status !== 200) throw new Error(`A paper was answered ${laid.text}`)
  const history = await ask<HistoryView>(leader.client, 'GET', `${items}/${itemId}/versions`)
  const note = { command: newId(), narrow: true, content: NOTE }
  const record = await post<CaseRecordView>(`/api/cases/${caseId}/records`, note)
  const rule = { nth: 4, weekday: 2, time: '14:00', onClosedDay: 'previous' }
  const series = await post<SeriesView>('/api/series', { conferenceId: draft.conferenceId, rule })
  const emergency = {
    agencyId: dong,
    number: '2026-031',
    reason: 'worker_away',
    words: '담당자와 연락이 닿지 않아 확인',
  }
  const opened = await ask<OpenedInEmergencyView>(people.emergencyOver.client, 'POST', '/api/break-glass', emergency)
  const { openingId } = must(opened.opening ?? undefined, 'the opening')
  await ask(people.emergencyOver.client, 'POST', `/api/break-glass/${openingId}/end`)

  const school = await agency()
  await giveBases(dure.app, caseId, [school])
  const invite = async (invitedTo: ItemId[]) => {
    const asked = guestBody(dure, school, invitedTo)
    const invited = await post<NewGuestView>(`/api/conferences/${conferenceId}/guests`, asked)
    return { ...invited, browser: dure.stranger(), guestId: invited.guest.guestId }
  }
  const comes = ({ browser, token, code }: Awaited<ReturnType<typeof invite>>) =>
    ask(browser, 'POST', '/api/guest', { token, code })
  const guest = await invite([itemId])
  await comes(guest)
  await post(`/api/conferences/${conferenceId}/guests/${guest.guestId}/admit`)
  await ask(guest.browser, 'POST', `/api/conferences/${conferenceId}/statement`, { accept: true })
  clients.set('guest', guest.browser)
  const waiting = await invite([])
  await comes(waiting)
  const invited = await invite([])
  bodies.guest = guestBody(dure, school, [])

  const former = must(await dure.app.users.find(idOf('exMember')), 'the former colleague')
  await dure.app.users.update(former, { memberships: [{ agencyId: other, role: 'case_worker' }] })
  dure.app.changes.announce([`user:${former._id}`])
  return {
    dure,
    version: must(await dure.app.conferences.conferences.find(conferenceId), 'the conference')._v,
    client: relation => must(clients.get(relation), relation),
    supervisorId: idOf('supervisor'),
    dongId: dong,
    referring,
    bodies,
    town: {
      caseId,
      conferenceId,
      itemId,
      generalId,
      actionId,
      paperId: (laid.body as PaperView).paperId,
      versionId: must(history.versions[0], 'the version of the opening').versionId,
      referralId,
      draftReferralId: must(
        drafts.find(one => one.status === 'draft'),
        'the draft',
      ).referralId,
      allocationId: must(given.allocations[0], 'what is given').allocationId,
      basisId,
      recordId: record.recordId,
      openingId,
      seriesId: series.seriesId,
      ledger,
      draftId: draft.conferenceId,
      waitingId: waiting.guestId,
      invitedId: invited.guestId,
    },
  }
}

function guestBody(dure: AppUnderTest, agencyId: string, items: readonly ItemId[]) {
  const now = dure.app.clock.now()
  const [from, until] = [now, now + 3_600_000].map(at => new Date(at).toISOString())
  return { agency: { agencyId }, name: '손님', title: '', role: 'attendee', items, from, until }
}

export const referralDraft = () => ({
  request: '카나리아 가구 밑반찬',
  contact: '',
  needs: [],
  fields: { name: '카나리아 가구' },
  chosen: ['name'],
  givesNeeds: false,
})

type Referring = Pick<RouteTown, 'dure' | 'referring'>

export const referralBody = ({ referring }: Referring) => ({
  command: newId(),
  to: [referring.outside],
  service: 'donation_goods',
  draft: referralDraft(),
})

export const allocationBody = ({ dure, referring }: Referring) => ({
  command: newId(),
  agencyId: referring.own,
  service: 'counselling',
  emergency: '',
  what: '카나리아 가구 상담',
  amount: null,
  rule: '',
  rhythm: 'once',
  from: dayInSeoul(dure.app.clock.now()),
  until: dayInSeoul(dure.app.clock.now()),
  resourceId: null,
  source: { of: 'none' },
  despite: '',
})
