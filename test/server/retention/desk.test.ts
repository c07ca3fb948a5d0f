/** The desk over real records: both days, holds, four eyes, and a case that is no more. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { admitToCase } from '../../../server/conferences/admission.ts'
import {
  changeRetention,
  decideDestruction,
  holdCase,
  liftHold,
  proposeDestructions,
} from '../../../server/retention/retention-commands.ts'
import { inspectDestruction, takeOutRegister } from '../../../server/retention/retention-views.ts'
import { canKeepRetention } from '../../../shared/access.ts'
import { must } from '../../../shared/assert.ts'
import type { CaseId } from '../../../shared/ids.ts'
import { decideDestructionBody, holdCaseBody, proposeDestructionBody } from '../../../shared/protocol/retention.ts'
import { meet, moveTo } from '../conferences/world.ts'
import { openRetention, type RetentionUnderTest, refusalOf, WHY } from './retention-under-test.ts'

const MARCH = '2021-03-10T05:00:00Z'
const LONG_AGO = '2018-06-01T05:00:00Z'

let under: RetentionUnderTest
beforeEach(async () => {
  under = await openRetention()
})
afterEach(() => under.close())

const agency = () => under.town.dong
const decide = (userId: 'officer' | 'supervisor', body: Parameters<typeof decideDestruction>[3], id: string) =>
  decideDestruction(under.desk, under.world.by(under[userId]), { agencyId: agency(), destructionId: id as never }, body)

describe('the list', () => {
  test('[RT1] [RT2] [LR-54] both days stand there; the decree applies until the agency says otherwise for that kind', async () => {
    const caseId = await under.over('2020-007', MARCH)
    const line = async () => must((await under.view()).cases[0], 'the case')
    expect(await line()).toMatchObject({
      caseId,
      number: '2020-007',
      closedOn: '2021-03-10',
      ground: 'decree',
      years: 5,
      decreeDue: '2027-01-01',
      consentDue: '2026-03-10',
      standing: 'soon',
    })
    const { kind } = await line()
    const by = under.world.by(under.supervisor)
    const change = (_v: number) => changeRetention(under.desk, by, agency(), { _v, kind, ground: 'consent', years: 5 })
    await change(0)
    expect(await line()).toMatchObject({ ground: 'consent', decreeDue: '2027-01-01', standing: 'due' })
    expect(await refusalOf(change(0))).toBe('conflict')
    await change(1)
    expect((await under.view()).rulesVersion).toBe(2)
    expect((await under.world.records({ action: 'retention.rule' }))[0]).toMatchObject({
      actor: under.supervisor,
      reason: `${kind} consent 5`,
    })
  })

  test('[RT5] shows the number and never the label, of cases that the agency leads and that are over; each is on record', async () => {
    const due = await under.over('2017-001', LONG_AGO)
    const later = await under.over('2026-100', '2026-10-01T00:00:00Z')
    const view = await under.view()
    expect(view.cases.map(one => [one.caseId, one.standing])).toEqual([[due, 'due']])
    expect(JSON.stringify(view)).not.toContain('가구')
    expect(view.people).toBe(2)
    const shown = (await under.world.records({ action: 'retention.list' })).map(one => one.subject)
    expect(shown).toEqual([due])
    expect(shown).not.toContain(later)
  })

  test('[RT5] is there for privacy officers and supervisors of that agency alone', () => {
    const { world, town, officer, supervisor } = under
    const may = [officer, supervisor, town.leader, town.worker, town.co, town.stranger].map(userId =>
      canKeepRetention(world.by(userId).actor, agency()),
    )
    expect(may).toEqual([true, true, false, false, false, false])
    expect(canKeepRetention(world.by(officer).actor, town.muhan)).toBe(false)
  })

  test('[RT5] a case that another agency leads, and one that does not exist, are one answer', async () => {
    const due = await under.over('2017-001', LONG_AGO)
    const theirs = under.world.person('their officer', [under.town.muhan, 'privacy_officer'])
    const propose = (caseId: CaseId) =>
      proposeDestructions(under.desk, under.world.by(theirs), under.town.muhan, { caseIds: [caseId], words: WHY })
    expect(await refusalOf(propose(due))).toBe('not-found')
    expect(await refusalOf(propose('nothingnothingnothingn' as CaseId))).toBe('not-found')
  })
})

describe('what holds a case', () => {
  test('[RT4] a hold with a reason and a last day keeps it; it ends by itself or is lifted, and stays on record', async () => {
    const caseId = await under.over('2017-001', LONG_AGO)
    const by = under.world.by(under.supervisor)
    const hold = (until: string) =>
      holdCase(under.desk, by, agency(), {
        caseId,
        reason: 'litigation',
        until,
        words: '손해배상 소송이 진행 중입니다',
      })
    await hold('2026-11-24')
    const line = async () => must((await under.view()).cases[0], 'the case')
    expect(await line()).toMatchObject({ standing: 'held', holds: [{ reason: 'litigation', isHolding: true }] })
    expect(await refusalOf(under.propose(caseId))).toBe('not-allowed held')
    under.world.pass(86_400_000)
    expect(await line()).toMatchObject({ standing: 'due', holds: [{ isHolding: false, lifted: null }] })
    expect(await refusalOf(hold('2026-11-24'))).toBe('bad-request hold-day')
    expect(await refusalOf(hold('2036-11-24'))).toBe('bad-request hold-day')
    await hold('2027-06-30')
    const { holdId, _v } = must((await line()).holds[1], 'the hold')
    const lift = () => liftHold(under.desk, by, { agencyId: agency(), holdId }, { _v, words: '소송이 끝났습니다' })
    await lift()
    expect(await refusalOf(lift())).toBe('conflict')
    const after = await line()
    expect(after).toMatchObject({
      standing: 'due',
      holds: [{}, { lifted: { words: '소송이 끝났습니다', by: 'supervisor' } }],
    })
    const stored = JSON.stringify(await under.world.store.collection('retentionHolds').find({}).toArray())
    expect(stored).not.toContain('소송')
    expect((await under.world.records({ action: 'retention.hold' })).length).toBe(2)
  })

  test('[RT3] aftercare, unfinished action items, agendas, objections, requests and odd look-ups hold it by themselves', async () => {
    const { store } = under.world
    const aftercare = await under.over('2017-002', LONG_AGO, 'aftercare')
    const caseId = await under.over('2017-001', LONG_AGO)
    const holdsOf = async (id: CaseId) => (await under.view()).cases.find(one => one.caseId === id)?.standingHolds
    expect(await holdsOf(aftercare)).toEqual(['aftercare'])
    expect(await holdsOf(caseId)).toEqual([])
    const put = (name: string, record: object) =>
      store.collection<{ _id: string }>(name).insertOne({ _id: `x-${name}`, caseId, ...record } as { _id: string })
    await put('actions', { status: 'done' })
    await put('agendaProposals', { state: 'tabled' })
    await put('accessFlags', { state: 'accepted' })
    await put('subjectRequests', { state: 'answered', command: 'c' })
    expect(await holdsOf(caseId)).toEqual([])
    const open = (name: string, field: string, value: string) =>
      store.collection<{ _id: string }>(name).updateOne({ _id: `x-${name}` }, { $set: { [field]: value } as object })
    await open('actions', 'status', 'in_progress')
    await open('agendaProposals', 'state', 'open')
    await open('accessFlags', 'state', 'asked')
    await open('subjectRequests', 'state', 'open')
    expect(await holdsOf(caseId)).toEqual(['open_action', 'open_objection', 'open_request', 'open_flag'])
    expect(await refusalOf(under.propose(caseId))).toBe('not-allowed held')
    const meeting = await meet(under.world, { ...under.town, caseId }, 'live')
    expect(await holdsOf(caseId)).toContain('on_agenda')
    await moveTo(under.world, under.town, meeting.conferenceId, 'closed')
    expect(await holdsOf(caseId)).toEqual(['open_action', 'open_objection', 'open_request', 'open_flag'])
    const { conferences } = under.desk
    under.desk.conferences = {
      ...conferences,
      findMany: async ids => (await conferences.findMany(ids)).map(one => ({ ...one, minutesStanding: 'circulated' })),
    }
    expect(await holdsOf(caseId)).toContain('open_minutes')
  })
})

describe('four eyes', () => {
  test('[RT6] [LR-39] who proposed it cannot confirm; a second person types the number after reading what it is', async () => {
    const caseId = await under.over('2017-001', LONG_AGO)
    const { destructionId, _v } = await under.propose(caseId)
    const shown = await inspectDestruction(under.desk, under.world.by(under.supervisor), agency(), destructionId)
    expect(shown).toMatchObject({ label: '박○○ 가구 2017-001', isDue: true, counts: { keys: 1 } })
    const confirm = { do: 'confirm' as const, _v, number: '2017-001', counts: shown.counts }
    expect(await refusalOf(decide('officer', confirm, destructionId))).toBe('not-allowed own-proposal')
    expect(await refusalOf(decide('officer', { do: 'refuse', _v, words: WHY }, destructionId))).toBe(
      'not-allowed own-proposal',
    )
    expect(await refusalOf(decide('supervisor', { do: 'take_back', _v }, destructionId))).toBe(
      'not-allowed others-proposal',
    )
    const wrong = { ...confirm, number: '2017-002' }
    expect(await refusalOf(decide('supervisor', wrong, destructionId))).toBe('bad-request wrong-number')
    expect(await under.world.parts.cases.find(caseId)).toBeDefined()
    const done = await decide('supervisor', { ...confirm, number: ' 2017 - 001' }, destructionId)
    expect(done.state).toBe('destroyed')
    expect(await refusalOf(decide('supervisor', confirm, destructionId))).toBe('conflict')
    const denied = await under.world.records({ action: 'authz.deny' })
    expect(denied.map(one => one.reason)).toEqual(['own-proposal', 'own-proposal', 'others-proposal'])
  })

  test('[RT6] what changed since it was shown is shown again, and nothing is destroyed', async () => {
    const caseId = await under.over('2017-001', LONG_AGO)
    const { destructionId, _v } = await under.propose(caseId)
    const body = { do: 'confirm' as const, _v, number: '2017-001', counts: { keys: 4 } }
    expect(await refusalOf(decide('supervisor', body, destructionId))).toBe('conflict counts-changed')
    expect(await under.world.parts.cases.find(caseId)).toBeDefined()
  })

  test('[RT6] refused with a reason it is on the list again and may be proposed again; taken back as well', async () => {
    const caseId = await under.over('2017-001', LONG_AGO)
    const first = await under.propose(caseId)
    expect((await under.view()).cases).toEqual([])
    expect(await refusalOf(under.propose(caseId))).toBe('conflict already-proposed')
    await decide(
      'supervisor',
      { do: 'refuse', _v: first._v, words: '동의서를 다시 확인해 주세요' },
      first.destructionId,
    )
    const refused = await under.view()
    expect(refused.decided[0]).toMatchObject({ state: 'refused', refusal: '동의서를 다시 확인해 주세요' })
    expect(refused.cases.map(one => one.caseId)).toEqual([caseId])
    under.world.pass(60_000)
    const second = await under.propose(caseId)
    await decide('officer', { do: 'take_back', _v: second._v }, second.destructionId)
    expect((await under.view()).decided.map(one => one.state)).toEqual(['taken_back', 'refused'])
    expect(new Set([first, second, await under.propose(caseId)].map(one => one.destructionId)).size).toBe(3)
  })

  test('[RT6] of two who propose at once one is written', async () => {
    const caseId = await under.over('2017-001', LONG_AGO)
    const results = await Promise.all([refusalOf(under.propose(caseId)), refusalOf(under.propose(caseId))])
    expect(results.sort()).toEqual(['conflict already-proposed', 'done'])
  })

  test('[RT6] a case that is not due, or is held since it was proposed, is not destroyed', async () => {
    const soon = await under.over('2020-007', MARCH)
    expect(await refusalOf(under.propose(soon))).toBe('not-allowed not-due')
    const caseId = await under.over('2017-001', LONG_AGO)
    await under.propose(caseId)
    await holdCase(under.desk, under.world.by(under.officer), agency(), {
      caseId,
      reason: 'inquiry',
      until: '2026-12-31',
      words: '감사 자료로 요구됨',
    })
    expect(await refusalOf(under.confirm(caseId, '2017-001'))).toBe('not-allowed held')
    expect(await under.world.parts.cases.find(caseId)).toBeDefined()
  })

  test('[RT12] a resident registration number is refused in every field of words', () => {
    const words = '주민등록번호 900101-1234568 가구'
    const id = 'AAAAAAAAAAAAAAAAAAAAAA'
    expect(proposeDestructionBody.safeParse({ caseIds: [id], words }).success).toBe(false)
    expect(proposeDestructionBody.safeParse({ caseIds: [id], words: WHY }).success).toBe(true)
    expect(proposeDestructionBody.safeParse({ caseIds: [id, id], words: WHY }).success).toBe(false)
    const hold = { caseId: id, reason: 'other', until: '2026-12-31' }
    expect(holdCaseBody.safeParse({ ...hold, words }).success).toBe(false)
    expect(decideDestructionBody.safeParse({ do: 'refuse', _v: 1, words }).success).toBe(false)
  })
})

test('[RT7] [RT11] afterwards the case is none, for all agencies; the record of destruction names number, days, people and counts', async () => {
  const { world, town } = under
  const caseId = await under.over('2017-001', LONG_AGO)
  const meeting = await meet(world, { ...town, caseId }, 'closed')
  await under.propose(caseId)
  const before = await admitToCase(world.parts, world.by(town.co), caseId)
  expect(before.file.number).toBe('2017-001')
  world.announced.length = 0
  await under.confirm(caseId, '2017-001')

  for (const who of [town.leader, town.co]) {
    const gone = await refusalOf(admitToCase(world.parts, world.by(who), caseId))
    expect(gone).toBe(await refusalOf(admitToCase(world.parts, world.by(who), 'nothingnothingnothingn' as CaseId)))
    expect(await world.grant(who, { kind: 'case', caseId })).toBeUndefined()
    expect(await world.grant(who, { kind: 'item', itemId: meeting.itemId })).toBeUndefined()
    expect(await world.grant(who, { kind: 'conference', conferenceId: meeting.conferenceId })).toBeDefined()
  }
  expect(world.announced).toEqual(expect.arrayContaining([`case:${caseId}`, `item:${meeting.itemId}`]))
  expect((await world.parts.items.ofConference(meeting.conferenceId)).map(item => item._id)).toEqual([
    meeting.generalId,
  ])

  const { decided, cases } = await under.view()
  expect(cases).toEqual([])
  expect(decided[0]).toMatchObject({
    state: 'destroyed',
    number: '2017-001',
    ground: 'decree',
    closedOn: '2018-06-01',
    decreeDue: '2024-01-01',
    consentDue: '2023-06-01',
    proposedBy: 'officer',
    decidedBy: 'supervisor',
    why: WHY,
    counts: { keys: expect.any(Number), items: 1 },
  })
  const { bytes } = await takeOutRegister(under.desk, world.by(under.officer), agency(), '분기 점검')
  const csv = new TextDecoder().decode(bytes)
  expect(csv).toContain('2017-001')
  expect(csv).toContain('supervisor')
  expect(csv).not.toContain('가구 2017')
  const { destructionId } = must(decided[0], 'the record')
  expect(await inspectDestruction(under.desk, world.by(under.officer), agency(), destructionId)).toMatchObject({
    label: '',
  })
})
