import { afterEach, beforeEach, expect, test } from 'vitest'
import { reviewOf } from '../../../server/actions/action-views.ts'
import { admitToConference } from '../../../server/conferences/admission.ts'
import { createCase } from '../../../server/conferences/case-commands.ts'
import { createConference } from '../../../server/conferences/conference-commands.ts'
import { createHearingRepository, noHearing } from '../../../server/meetings/hearing-repository.ts'
import { createMeetingRepository } from '../../../server/meetings/meeting-repository.ts'
import { createAgendaProposals } from '../../../server/minutes/agenda-proposals.ts'
import type { AgendaParts } from '../../../server/series/agenda-input.ts'
import { proposalsFor, takeProposals } from '../../../server/series/agenda-proposals.ts'
import { agendaOf } from '../../../shared/documents/conference-document.ts'
import { documentNameOf } from '../../../shared/documents/document-names.ts'
import type { ActionId, ConferenceId, ItemId, UserId } from '../../../shared/ids.ts'
import {
  conferenceBody,
  type Meeting,
  meet,
  moveTo,
  openWorld,
  settle,
  type Town,
  type World,
} from '../conferences/world.ts'
import { type ActionWorld, withActions } from './action-world.ts'

const DAY_MS = 86_400_000

let world: World
let town: Town
let meeting: Meeting
let actions: ActionWorld
let parts: AgendaParts
let actionId: ActionId

beforeEach(async () => {
  world = await openWorld()
  town = await settle(world)
  meeting = await meet(world, town)
  actions = withActions(world, town)
  const { store, keyring } = world
  parts = {
    ...actions.parts,
    hearings: createHearingRepository({ store, keyring }),
    meetings: createMeetingRepository({ store, keyring }),
    objections: createAgendaProposals({ store }),
  }
  actionId = await actions.promise({ conferenceId: meeting.conferenceId, itemId: meeting.itemId })
})
afterEach(() => world.close())

/** Next month's, planned by the leader: nothing is on its agenda. */
async function planNext(): Promise<ConferenceId> {
  const body = { ...conferenceBody(town), title: '12월 통합사례회의', startsAt: '2026-12-22T05:00:00Z' }
  return (await createConference(world.parts, world.by(town.leader), body))._id
}

const proposed = async (conferenceId: ConferenceId, who: UserId = town.leader) =>
  (await proposalsFor(parts, world.by(who), await world.toChange(who, conferenceId))).proposals

const take = async (conferenceId: ConferenceId, keys: string[]) =>
  takeProposals(parts, world.by(town.leader), await world.toChange(town.leader, conferenceId), keys)

const linesOf = (conferenceId: ConferenceId) =>
  world.shelf.read(documentNameOf({ kind: 'conference', conferenceId }), doc => agendaOf(doc).map(({ label }) => label))

/** As the meeting's chair does it. */
async function defer(itemId: ItemId, words: { kind: 'below_quorum' | 'no_time'; retable: boolean }) {
  const known = await parts.meetings.find(meeting.conferenceId)
  const progress = { ...known.state.progress, [itemId]: { state: 'deferred' as const, openedAt: null, spentMs: 0 } }
  const meetings = createMeetingRepository(world)
  await meetings.store(meeting.conferenceId, known, { ...known.state, progress })
  const { state } = noHearing()
  const deferral = {
    ...words,
    reason: '',
    reopenBy: '2026-12-08',
    meetOn: '',
    at: '2026-11-24T05:30:00Z',
    by: town.leader,
  }
  await createHearingRepository(world).store({ conferenceId: meeting.conferenceId, itemId }, noHearing(), {
    ...state,
    deferral,
  })
}

test('[AG3] proposed is what the planner may read and whose lead agency is invited, to nobody else', async () => {
  const next = await planNext()
  expect(await proposed(next)).toMatchObject([{ key: 'review', reasons: [{ why: 'actions', count: 1 }] }])
  const aside = await createCase(world.parts, world.by(town.stranger), {
    number: '2026-099',
    label: '박○○ 가구',
    agencies: [{ agencyId: town.jungang, role: 'lead' }],
    workers: [{ userId: town.stranger, agencyId: town.jungang }],
  })
  await defer(meeting.itemId, { kind: 'below_quorum', retable: true })
  await moveTo(world, town, meeting.conferenceId, 'closed')
  const proposals = await proposed(next)
  expect(proposals.map(({ key, label, reasons }) => [key, label, reasons.map(reason => reason.why)])).toEqual([
    ['review', '지난 회의 조치사항 점검', ['actions']],
    [`case:${town.caseId}`, '김○○ 가구', ['deferred']],
  ])
  expect(proposals[1]?.reasons).toEqual([
    { why: 'deferred', since: '2026-11-24', kind: 'below_quorum', by: '2026-12-08' },
  ])
  expect(JSON.stringify(proposals)).not.toContain(aside._id)
  await expect(proposed(next, town.partner)).rejects.toMatchObject({ reason: 'not-found' })
})

test('[AG4] taken one by one or all at once, twice or again after removal: each stands once, the check first', async () => {
  await defer(meeting.itemId, { kind: 'no_time', retable: true })
  await defer(meeting.generalId, { kind: 'no_time', retable: true })
  const next = await planNext()
  const keys = (await proposed(next)).map(({ key }) => key)
  expect(keys).toEqual(['review', `case:${town.caseId}`, `general:${meeting.generalId}`])
  await take(next, [`case:${town.caseId}`])
  await take(next, keys)
  await take(next, keys)
  expect(await linesOf(next)).toEqual(['지난 회의 조치사항 점검', '', '지난 회의 조치사항 점검'])
  expect(await proposed(next)).toEqual([])
  const items = await world.parts.items.ofConference(next)
  expect(items.map(item => [item.review ?? false, item.retabledFrom ?? null]).sort()).toEqual(
    [
      [true, null],
      [false, meeting.itemId],
      [false, meeting.generalId],
    ].sort(),
  )
  // Closed, and moved on: what was taken up is not proposed to the one after it either.
  await moveTo(world, town, meeting.conferenceId, 'closed')
  expect((await proposed(await planNext())).map(({ key }) => key)).toEqual(['review'])
})

test('[AG2] made before this one closes or after, with an action item made in between: the same proposals', async () => {
  const early = await planNext()
  const made = await actions.promise({
    agencyId: town.dong,
    conferenceId: meeting.conferenceId,
    itemId: meeting.itemId,
  })
  await defer(meeting.itemId, { kind: 'no_time', retable: true })
  await moveTo(world, town, meeting.conferenceId, 'closed')
  const late = await planNext()
  const [first, second] = [await proposed(early), await proposed(late)]
  expect(first).toEqual(second)
  expect(first[0]).toMatchObject({ key: 'review', reasons: [{ why: 'actions', count: 2 }] })
  await actions.move(town.leader, made, 'finish')
  await actions.move(town.co, actionId, 'finish')
  expect((await proposed(late)).map(({ key }) => key)).toEqual([`case:${town.caseId}`])
})

test('what was promised about no case is checked at the same agency’s next meeting', async () => {
  await moveTo(world, town, meeting.conferenceId, 'closed')
  await actions.move(town.co, actionId, 'finish')
  const next = await planNext()
  expect(await proposed(next)).toEqual([])
  const ledger = documentNameOf({ kind: 'conference', conferenceId: meeting.conferenceId })
  const about = { agencyId: town.dong, conferenceId: meeting.conferenceId, itemId: meeting.generalId }
  const general = await actions.promise({ ...about, what: '회의실 예약' }, ledger)
  expect(await proposed(next)).toMatchObject([{ key: 'review', reasons: [{ why: 'actions', count: 1 }] }])
  await take(next, ['review'])
  await moveTo(world, town, next, 'live')
  await world.parts.conferences.accept(next, [town.leader, town.partner])
  for (const who of [town.leader, town.partner]) {
    const admitted = await admitToConference(world.parts, world.by(who), next)
    expect(await reviewOf(actions.parts, world.by(who), admitted)).toMatchObject([
      { actionId: general, what: '회의실 예약' },
    ])
  }
})

test('an objection to minutes proposes itself until it was tabled', async () => {
  await moveTo(world, town, meeting.conferenceId, 'closed')
  await actions.move(town.co, actionId, 'finish')
  const objections = createAgendaProposals(world)
  const common = {
    kind: 'objection' as const,
    conferenceId: meeting.conferenceId,
    hostAgencyId: town.dong,
    agencyId: town.muhan,
  }
  const at = new Date(world.parts.now() + DAY_MS)
  await objections.propose({ ...common, _id: 'about', itemId: meeting.itemId, caseId: town.caseId, at })
  await objections.propose({ ...common, _id: 'whole', itemId: null, caseId: null, at })
  const next = await planNext()
  expect((await proposed(next)).map(({ key }) => key)).toEqual([`case:${town.caseId}`, 'objection:whole'])
  await take(next, ['objection:whole', `case:${town.caseId}`])
  expect(await proposed(next)).toEqual([])
  expect(await proposed(await planNext())).toEqual([])
})
