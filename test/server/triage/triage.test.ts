/** What is decided about found households (`server/imports/SPEC.md` TR1–TR6, IM12). */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createConference } from '../../../server/conferences/conference-commands.ts'
import { agencyFacts } from '../../../server/figures/figures-source.ts'
import { listFindings } from '../../../server/imports/finding-views.ts'
import { admitToImport } from '../../../server/imports/import-commands.ts'
import { importView } from '../../../server/imports/import-views.ts'
import { becomeCase, tableCases, triage } from '../../../server/imports/triage.ts'
import { createMeetingRepository } from '../../../server/meetings/meeting-repository.ts'
import { canTriage } from '../../../shared/access.ts'
import { must } from '../../../shared/assert.ts'
import { snapshotOfCase } from '../../../shared/documents/case-parts/case-snapshot.ts'
import { documentNameOf } from '../../../shared/documents/document-names.ts'
import type { CaseId } from '../../../shared/ids.ts'
import { type FindingsQueryBody, type FindingView, triageBody } from '../../../shared/protocol/triage.ts'
import { conferenceBody, openWorld, settle, type Town, type World } from '../conferences/world.ts'
import { csv, HEADINGS, type ImportsUnderTest, importsUnderTest, row } from '../imports/imports-under-test.ts'
import { searchUnderTest } from '../search/search-under-test.ts'

let world: World
let town: Town
let lists: ImportsUnderTest
beforeEach(async () => {
  world = await openWorld()
  town = await settle(world)
  lists = await importsUnderTest(world)
})
afterEach(async () => {
  await lists.takingIn.close()
  await world.close()
})

const listOf = (...rows: string[][]) => csv([[...HEADINGS], ...rows])
const some = (from: number, n: number) => Array.from({ length: n }, (_, at) => row(from + at))
const board = (asked: FindingsQueryBody = {}) => listFindings(lists.parts, world.by(town.leader), town.dong, asked)
const asked = (findings: readonly FindingView[]) => findings.map(({ findingId, _v }) => ({ findingId, _v }))
const decide = (findings: readonly FindingView[], more: object, by = town.leader) =>
  triage(lists.parts, world.by(by), town.dong, { findings: asked(findings), ...more })
const becomes = (finding: FindingView, number: string) =>
  becomeCase(lists.parts, world.by(town.leader), town.dong, finding.findingId, {
    _v: finding._v,
    number,
    label: `${finding.name.charAt(0)}○○ 가구`,
  })

test('[TR1] decided and taken back; a reason goes with excluding, words with another one', async () => {
  await lists.takeAll(town.leader, town.dong, listOf(...some(1, 3)))
  const { findings } = await board()
  await decide(findings.slice(0, 1), { state: 'excluded', reason: 'other', words: '주민번호 900101-1234567' })
  const [first] = (await board({ states: ['excluded'] })).findings
  expect(first).toMatchObject({
    state: 'excluded',
    reason: 'other',
    words: '주민번호 900101-1******',
    decided: { name: 'leader' },
  })
  await decide([must(first, 'first')], { state: 'waiting' })
  expect((await board()).counts).toMatchObject({ waiting: 3, excluded: 0 })
  const body = { findings: asked(findings), state: 'excluded' }
  expect(triageBody.safeParse(body).success).toBe(false)
  expect(triageBody.safeParse({ ...body, reason: 'other' }).success).toBe(false)
  expect(triageBody.safeParse({ ...body, reason: 'deceased' }).success).toBe(true)
})

test('[TR1] it is given to somebody of the agency who works on cases, and to nobody else', async () => {
  await lists.takeAll(town.leader, town.dong, listOf(...some(1, 2)))
  const { findings } = await board()
  await decide(findings, { assignee: town.worker })
  expect((await board({ assignee: town.worker })).total).toBe(2)
  await expect(decide(findings, { assignee: town.co })).rejects.toMatchObject({ detail: 'assignee-not-staff' })
})

test('[TR2] of many at once, what somebody else changed stays and is named', async () => {
  await lists.takeAll(town.leader, town.dong, listOf(...some(1, 3)))
  const { findings } = await board()
  await decide(findings.slice(1, 2), { state: 'linked' }, town.worker)
  const outcomes = await decide(findings, { state: 'unreachable' })
  expect(outcomes.map(one => [one.result, one.finding?.state])).toEqual([
    ['done', 'unreachable'],
    ['conflict', 'linked'],
    ['done', 'unreachable'],
  ])
})

test('[TR2] two at once: one is written, both see the same', async () => {
  await lists.takeAll(town.leader, town.dong, listOf(row(1)))
  const { findings } = await board()
  const both = await Promise.all([decide(findings, { state: 'linked' }), decide(findings, { state: 'unreachable' })])
  const [one, other] = both.map(outcomes => must(outcomes[0], 'outcome'))
  expect([one?.result, other?.result].sort()).toEqual(['conflict', 'done'])
  expect(one?.finding?.state).toBe(other?.finding?.state)
})

test('[TR3] [TR8] it becomes a case with its own route and day, once, wherever it is broken off', async () => {
  await lists.takeAll(town.leader, town.dong, listOf(...some(1, 1)), 'outreach_visit')
  const [finding] = (await board()).findings
  const whole = must(finding, 'finding')
  // Broken off after the id was kept, and after the case was made.
  const { update } = lists.parts.findings
  for (const failing of [2, 2]) {
    let writes = 0
    lists.parts.findings.update = (known, changes) => {
      writes += 1
      return writes === failing || changes.state === 'case' ? Promise.reject(new Error('away')) : update(known, changes)
    }
    await expect(becomes(whole, '2026-101')).rejects.toThrow('away')
  }
  lists.parts.findings.update = update
  const { caseId } = await becomes(whole, '2026-101')
  expect((await becomes(whole, '2026-101')).caseId).toBe(caseId)
  // [TR8] Nobody types again what the list said, and nothing of it stands there twice.
  const { name, birth, sex, phone, address, signs } = whole
  const written = await world.parts.documents.read(documentNameOf({ kind: 'case', caseId }), snapshotOfCase)
  expect(written.members).toMatchObject([{ name, birth, sex, relation: 'self' }])
  expect(written.facts).toMatchObject({ phone, address })
  expect(written.texts.summary.words).toBe(signs)
  expect(await world.parts.cases.find(caseId)).toMatchObject({
    route: 'outreach_visit',
    foundOn: '2026-11-24',
    number: '2026-101',
    agencies: [{ agencyId: town.dong, role: 'lead' }],
    workers: [{ userId: town.leader, agencyId: town.dong }],
  })
  expect(await world.store.collection('cases').countDocuments({})).toBe(2)
  expect((await decide((await board()).findings, { state: 'waiting' }))[0]?.result).toBe('is-case')
})

test('[TR4] found by initial consonants, without spaces, and counted whole', async () => {
  await lists.takeAll(
    town.leader,
    town.dong,
    listOf(
      row(1, { 성명: '박옥분', 주소: '동두천시 생연1동 3' }),
      ...some(10, 70),
      row(90, { 성명: '박 옥분이', 위기정보: '가스 공급 중단' }),
    ),
  )
  expect((await board({ text: 'ㅂㅇㅂ' })).findings.map(one => one.name)).toEqual(['박옥분', '박 옥분이'])
  expect((await board({ text: '가스공급' })).total).toBe(1)
  const page = await board({ from: 50 })
  expect([page.total, page.findings.length]).toEqual([72, 22])
  expect(page.counts.waiting).toBe(72)
  expect((await board({ from: 5_000 })).findings.length).toBe(1)
})

test('[TR5] several cases are tabled in their order; one that is there stays, one that may not is named', async () => {
  await lists.takeAll(town.leader, town.dong, listOf(...some(1, 3)))
  const made: CaseId[] = []
  for (const [at, finding] of (await board()).findings.entries())
    made.push((await becomes(finding, `2026-11${at}`)).caseId)
  const { _id: conferenceId } = await createConference(world.parts, world.by(town.leader), conferenceBody(town))
  const unknown = world.parts.newId<CaseId>()
  const order = [must(made[2], 'third'), must(made[0], 'first'), unknown]
  const first = await tableCases(lists.parts, world.by(town.leader), conferenceId, { cases: order, minutes: 10 })
  expect(first.map(one => one.result)).toEqual(['tabled', 'tabled', 'not-found'])
  const again = await tableCases(lists.parts, world.by(town.leader), conferenceId, {
    cases: [...order, ...made],
    minutes: 10,
  })
  expect(again.map(one => one.result)).toEqual(['already', 'already', 'not-found', 'tabled'])
  const items = await world.parts.items.ofConference(conferenceId)
  expect(items.length).toBe(3)
  // A case whose lead agency is not at the table is named with the reason.
  const { _id: alone } = await createConference(world.parts, world.by(town.stranger), {
    ...conferenceBody(town),
    hostAgencyId: town.jungang,
    participants: [{ userId: town.stranger, agencyId: town.jungang, role: 'leader' }],
  })
  const refused = await tableCases(lists.parts, world.by(town.stranger), alone, {
    cases: order.slice(0, 1),
    minutes: 10,
  })
  expect(refused.map(one => one.result)).toEqual(['not-found'])
})

test('[IM12] lists and households are their agency’s, and to everybody else not there', async () => {
  const list = await lists.takeAll(town.leader, town.dong, listOf(row(1)))
  expect(canTriage(world.by(town.worker).actor, town.dong)).toBe(true)
  for (const other of [town.co, town.watcher, town.stranger]) {
    expect(canTriage(world.by(other).actor, town.dong)).toBe(false)
  }
  const by = world.by(town.stranger)
  await expect(admitToImport(lists.parts, by, town.jungang, list._id)).rejects.toMatchObject({ reason: 'not-found' })
  await expect(admitToImport(lists.parts, by, town.jungang, world.parts.newId())).rejects.toMatchObject({
    reason: 'not-found',
  })
  const [finding] = (await board()).findings
  const findings = asked([must(finding, 'finding')])
  const outcomes = await triage(lists.parts, by, town.jungang, { findings, state: 'linked' })
  expect(outcomes).toEqual([{ findingId: finding?.findingId, finding: null, result: 'not-found' }])
  // All that names somebody lies sealed.
  const stored = JSON.stringify(await world.store.collection('findings').find({}).toArray())
  for (const word of [finding?.name, finding?.address, finding?.phone]) expect(stored).not.toContain(word)
})

test('[IM13] each found household that a page shows, or a decision touches, stands on the record', async () => {
  await lists.takeAll(town.leader, town.dong, listOf(...some(1, 3)))
  const { findings } = await board()
  await decide(findings.slice(0, 1), { state: 'linked' })
  const shown = (await world.records({ action: 'finding.list' })).map(one => one.subject)
  expect(new Set(shown)).toEqual(new Set(findings.map(one => one.findingId)))
  expect((await world.records({ action: 'finding.triage' })).map(one => one.subject)).toEqual([findings[0]?.findingId])
})

test('[TR6] a quarter: 61 rows, 8 faulty, 2 likely doubles, 51 triaged, 43 selected, and the figures say so', async () => {
  const faulty = Array.from({ length: 8 }, (_, n) => row(100 + n, n % 2 === 0 ? { 성명: '' } : { 생년월일: '없음' }))
  const visits = some(1, 20)
  const system = [...some(30, 31), row(30), row(31)]
  const [first, second] = [
    await lists.takeAll(town.leader, town.dong, listOf(...visits, ...faulty.slice(0, 3)), 'outreach_visit'),
    await lists.takeAll(town.leader, town.dong, listOf(...system, ...faulty.slice(3)), 'blind_spot_system'),
  ]
  const views = await Promise.all([first, second].map(list => importView(lists.parts, list)))
  const sum = (pick: (view: (typeof views)[number]) => number) => views.reduce((total, view) => total + pick(view), 0)
  expect([sum(v => v.rows), sum(v => v.faultCount), sum(v => v.duplicateCount), sum(v => v.takenIn)]).toEqual([
    61, 8, 2, 51,
  ])

  const all = [...(await board()).findings, ...(await board({ from: 50 })).findings]
  expect(all.length).toBe(51)
  const before = (await agencyFacts(source(), town.dong, 2026)).cases.length
  for (const [at, finding] of all.slice(0, 43).entries()) await becomes(finding, `2026-2${String(at).padStart(2, '0')}`)
  await decide(all.slice(43), { state: 'excluded', reason: 'not_in_crisis' })
  expect((await board()).counts).toEqual({ waiting: 0, unreachable: 0, case: 43, linked: 0, excluded: 8 })

  const { cases } = await agencyFacts(source(), town.dong, 2026)
  expect(cases.length - before).toBe(43)
  const of = (route: string) => cases.filter(one => one.route === route && one.foundOn === '2026-11-24').length
  const chosen = all.slice(0, 43)
  expect(of('outreach_visit')).toBe(chosen.filter(one => one.route === 'outreach_visit').length)
  expect(of('blind_spot_system')).toBe(chosen.filter(one => one.route === 'blind_spot_system').length)
  expect(of('outreach_visit') + of('blind_spot_system')).toBe(43)
})

const source = () => ({
  store: world.store,
  index: searchUnderTest(world).index,
  meetings: createMeetingRepository({ store: world.store, keyring: world.keyring }),
  people: world.parts.people,
})
