/** The figures of agencies beside a recount from the raw records, for towns made by chance; who may see them; what is recorded and taken out. */
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { createCodeSetRepository } from '../../../server/code-sets/code-set-repository.ts'
import { createCodeSets } from '../../../server/code-sets/code-sets.ts'
import {
  type FiguresParts,
  openFigures,
  openMonth,
  openQuarter,
  takeOutFigure,
  takeOutMonth,
} from '../../../server/figures/figures.ts'
import { newId } from '../../../server/lib/random.ts'
import { createMeetingRepository } from '../../../server/meetings/meeting-repository.ts'
import { type Attendance, emptyMeeting, type MeetingState } from '../../../server/meetings/meeting-state.ts'
import { canSeeFigures } from '../../../shared/access.ts'
import { SERVICES } from '../../../shared/code-sets/services.ts'
import {
  ACTION_STATUSES,
  AGENCY_ROLES,
  ATTENDANCE_MODES,
  CASE_STAGES,
  CONFERENCE_TYPES,
  codesOf,
  DECISION_KINDS,
  DISCOVERY_ROUTES,
  NEED_DOMAINS,
  PRESENT_MODES,
} from '../../../shared/codes.ts'
import { addAction } from '../../../shared/documents/actions-document.ts'
import { addDecision, setNeed } from '../../../shared/documents/item-document.ts'
import { columnOf, FIGURES, rowLabel } from '../../../shared/figures/figure-codes.ts'
import type { FigureTable } from '../../../shared/figures/figure-table.ts'
import { LEAST_SHOWN } from '../../../shared/figures/hiding.ts'
import {
  type ActionId,
  type AgencyId,
  type AllocationId,
  attendeeKeyOf,
  type CaseId,
  type CaseRecordId,
  type CommandId,
  type ConferenceId,
  type DecisionId,
  type ItemId,
  type UserId,
} from '../../../shared/ids.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { openWorld, type World } from '../conferences/world.ts'
import { searchUnderTest } from '../search/search-under-test.ts'
import { type RawMeeting, type RawTown, recount, recountMonth, recountQuarter } from './recount.ts'

const YEAR = 2026
const NOON_THEN = '2026-01-15T03:00:00.000Z'
let world: World
let parts: FiguresParts
let town: RawTown
let agencies: AgencyId[]
let worker: UserId

beforeAll(async () => {
  world = await openWorld()
  agencies = ['생연1동', '무한돌봄', '천사본부'].map(name => world.agency(name))
  const charity = world.agencies.get(agencies[2] ?? newId<AgencyId>())
  if (charity) charity.public = false
  worker = world.person('worker', [agencies[0] ?? newId<AgencyId>(), 'case_worker'])
  const meetings = createMeetingRepository({ store: world.store, keyring: world.keyring })
  const codeSets = createCodeSets(createCodeSetRepository(world))
  parts = { ...world.parts, store: world.store, index: searchUnderTest(world).index, meetings, codeSets }
  town = await fill(world, meetings)
  // A town of a thousand records on a store behind a protocol.
}, 60_000)
afterAll(() => world.close())

/** Raw records, straight into the store: around both ends of the year as well, where the days of Seoul and of UTC differ. */
async function fill(world: World, meetings: ReturnType<typeof createMeetingRepository>): Promise<RawTown> {
  const random = seededRandom(7)
  const moment = () =>
    random.chance(0.1)
      ? new Date(
          random.pick([
            '2025-12-31T14:59:59Z',
            '2025-12-31T15:00:00Z',
            '2026-12-31T14:59:59Z',
            '2026-12-31T15:00:00Z',
            '2026-03-31T15:00:00Z',
          ]),
        )
      : random.chance(0.6)
        ? new Date(Date.parse('2026-04-01T00:00:00Z') + random.below(180 * 86_400) * 1000)
        : new Date(Date.parse('2025-10-01T00:00:00Z') + random.below(500 * 86_400) * 1000)
  const at = (from: Date, by: number) => new Date(from.getTime() + by * 86_400_000).toISOString().slice(0, 10)
  const attendance = new Map<unknown, Attendance[]>()
  const meetingsOf = new Map<unknown, RawMeeting>()
  const cases = Array.from({ length: 240 }, () => {
    const [lead, createdAt] = [random.pick(agencies), moment()]
    return {
      _id: newId<CaseId>(),
      stage: random.pick(codesOf(CASE_STAGES)),
      agencies: agencies.map(agencyId => ({ agencyId, role: agencyId === lead ? 'lead' : 'partner' })),
      createdAt,
      // One of the time before has neither.
      ...(random.chance(0.8) && { route: random.pick(['', ...codesOf(DISCOVERY_ROUTES)]) }),
      ...(random.chance(0.8) && { foundOn: random.chance(0.3) ? '' : at(createdAt, -random.below(60)) }),
    }
  })
  const seats = Array.from({ length: 6 }, (_, n) => ({
    userId: newId<UserId>(),
    agencyId: agencies[n % agencies.length] ?? newId<AgencyId>(),
  }))
  const conferences = Array.from({ length: 150 }, () => {
    const startedAt = random.chance(0.9) ? moment() : null
    return {
      _id: newId<ConferenceId>(),
      type: random.pick(codesOf(CONFERENCE_TYPES)),
      participants: seats,
      state: random.pick(['closed', 'closed', 'closed', 'live', 'scheduled']),
      hostAgencyId: random.pick(agencies),
      startsAt: startedAt ?? moment(),
      startedAt,
      closedAt: startedAt && new Date(startedAt.getTime() + random.below(9_000) * 1_000),
      minutes: 30 * (1 + random.below(5)),
    }
  })
  const item = (caseId: CaseId | null) => ({
    _id: newId<ItemId>(),
    caseId,
    conferenceId: random.pick(conferences)._id,
    agencies: agencies.filter(() => random.chance(0.7)),
    standing: random.chance(0.9) ? 'tabled' : 'leaving',
    ...(caseId === null && random.chance(0.5) && { review: true }),
  })
  const items = [
    ...cases.flatMap(({ _id }) => Array.from({ length: random.below(4) }, () => item(_id))),
    ...Array.from({ length: 60 }, () => item(null)),
  ]
  for (const item of items) {
    const doc = new Y.Doc()
    for (const need of codesOf(NEED_DOMAINS)) if (random.chance(0.2)) setNeed(doc, need, true)
    for (let n = random.below(4); n > 0; n--) {
      const kind = random.chance(0.4) ? 'approve_plan' : random.pick(codesOf(DECISION_KINDS))
      addDecision(doc, { id: newId<DecisionId>(), kind, by: worker, at: NOON_THEN })
    }
    world.shelf.docs.set(`item.${item._id}`, doc)
  }
  const actions = Array.from({ length: 600 }, () => {
    const status = random.chance(0.5) ? 'done' : random.pick(codesOf(ACTION_STATUSES))
    const [agencyId, actionId, about] = [random.pick(agencies), newId<ActionId>(), random.pick(items)]
    const caseId = about.caseId
    const zone = random.chance(0.7) ? 'open' : about._id
    const document = caseId === null ? `conference.${about.conferenceId}` : `actions.${caseId}.${zone}`
    if (random.chance(0.95)) {
      const doc = world.shelf.docs.get(document) ?? new Y.Doc()
      world.shelf.docs.set(document, doc)
      const amount = random.chance(0.5) ? 10_000 * random.below(80) : null
      const need = random.chance(0.8) ? random.pick(codesOf(NEED_DOMAINS)) : ''
      addAction(doc, { id: actionId, agencyId, what: '지원', by: worker, at: NOON_THEN, amount, need })
    }
    const steps = Array.from({ length: random.below(4) }, () => ({
      at: moment(),
      status: random.pick([status, status, 'accepted']),
    }))
    return {
      _id: `${document}/${actionId}`,
      actionId,
      document,
      caseId,
      agencyId,
      status,
      changedAt: random.chance(0.9) ? moment() : null,
      ...(random.chance(0.8) && { history: steps.sort((a, b) => a.at.getTime() - b.at.getTime()) }),
      ...(random.chance(0.9) && { facts: { madeAt: moment().getTime() } }),
      ...(random.chance(0.1) && { gone: true }),
    }
  })
  for (const { _id } of conferences) {
    const people = Array.from({ length: random.below(8) }, (_, n): Attendance => {
      const userId = n < seats.length ? (seats[n]?.userId ?? newId<UserId>()) : newId<UserId>()
      const isGuest = random.chance(0.1)
      const guest = { name: '박이장', agencyId: random.pick(agencies), title: '', role: 'attendee' as const }
      return {
        key: attendeeKeyOf(userId),
        userId: isGuest ? null : userId,
        guest: isGuest ? guest : null,
        standing: random.pick(['confirmed', 'confirmed', 'left', 'announced', 'absent']),
        mode: random.chance(0.9) ? random.pick(random.chance(0.7) ? PRESENT_MODES : codesOf(ATTENDANCE_MODES)) : null,
        deputyFor: '',
        statement: 'none',
        enteredBy: null,
        arrivedAt: null,
        leftAt: null,
        leavesAt: '',
      }
    })
    const progress: MeetingState['progress'] = Object.fromEntries(
      items
        .filter(one => one.conferenceId === _id && random.chance(0.6))
        .map(one => [
          one._id,
          { state: random.pick(['done', 'deferred', 'waiting'] as const), openedAt: null, spentMs: 0 },
        ]),
    )
    const spoken: MeetingState['spoken'] = random.chance(0.5)
      ? Object.fromEntries(
          PRESENT_MODES.filter(() => random.chance(0.7)).map(mode => [
            mode,
            { turns: 1 + random.below(9), ms: random.below(900_000) },
          ]),
        )
      : {}
    const state = { ...emptyMeeting(), attendance: people, progress, spoken }
    attendance.set(_id, people)
    meetingsOf.set(_id, { progress, spoken })
    await meetings.store(_id, await meetings.find(_id), state)
  }
  const allocations = Array.from({ length: 400 }, () => {
    const from = at(moment(), 0)
    const until = at(new Date(from), random.below(90))
    return {
      _id: newId<AllocationId>(),
      caseId: random.pick(cases)._id,
      agencyId: random.pick(agencies),
      service: random.pick([...codesOf(SERVICES), 'own_1', 'own_2']),
      from,
      until,
      // Called off before it began, ended early, or neither.
      endedOn: random.chance(0.2) ? from : random.chance(0.2) ? until : '',
      command: newId<CommandId>(),
      once: newId<AllocationId>(),
    }
  })
  const caseRecords = Array.from({ length: 300 }, () => {
    const same = {
      recordId: newId<CaseRecordId>(),
      caseId: random.pick(cases)._id,
      kind: random.chance(0.8) ? 'monitoring' : 'process_note',
      narrowTo: random.chance(0.2) ? random.pick(agencies) : null,
      by: worker,
    }
    return Array.from({ length: 1 + random.below(3) }, (_, n) => ({
      ...same,
      _id: newId<CaseRecordId>() as string,
      version: n + 1,
      happenedAt: moment(),
      command: newId<CommandId>(),
    }))
  }).flat()
  for (const [name, records] of Object.entries({ cases, conferences, items, actions, allocations, caseRecords })) {
    await world.store.collection(name).insertMany(records)
  }
  const isPublic = new Map([...world.agencies.values()].map(agency => [agency.agencyId as string, agency.public]))
  const documents = world.shelf.docs
  return {
    cases,
    conferences,
    items,
    actions,
    allocations,
    caseRecords,
    attendance,
    meetings: meetingsOf,
    documents,
    isPublic,
  }
}

const first = () => agencies[0] ?? newId<AgencyId>()

describe('[FG1] what the product counts is what a recount from the raw records counts', () => {
  test.each([2025, YEAR, 2027])('[FG1] in %d, for both agencies', async year => {
    let compared = 0
    for (const agencyId of agencies) {
      const { tables } = await openFigures(parts, world.by(worker), agencyId, { year, audience: 'inside' })
      expect(numbersIn(tables)).toEqual(sorted(recount(town, agencyId, year)))
      compared += Object.keys(numbersIn(tables)).length
      if (year === YEAR) expect(tables.filter(table => Object.keys(numbersIn([table])).length === 0)).toEqual([])
    }
    expect(compared).toBeGreaterThan(60)
  })

  test('[FG1] in every month as the city gets it', async () => {
    let compared = 0
    for (const agencyId of agencies) {
      for (const month of [`${YEAR}-01`, `${YEAR}-05`, `${YEAR}-08`, `${YEAR}-12`]) {
        const { table } = await openMonth(parts, world.by(worker), agencyId, { month, audience: 'inside' })
        expect(numbersIn([table])).toEqual(sorted(recountMonth(town, agencyId, month)))
        compared += Object.keys(numbersIn([table])).length
      }
    }
    expect(compared).toBeGreaterThan(100)
  })

  test('[FG1] [FG3] in every quarter as everybody gets it: a number is the recount’s, or hidden', async () => {
    let [shown, hidden] = [0, 0]
    for (const agencyId of agencies) {
      const isFirst = agencyId === first()
      for (const quarter of isFirst ? [1, 2, 3, 4].map(n => `${YEAR}-${n}`) : [`${YEAR}-2`]) {
        const { tables } = await openQuarter(parts, world.by(worker), agencyId, { quarter })
        const counted = recountQuarter(town, agencyId, quarter)
        for (const { id, rows } of tables) {
          for (const { key, cells } of rows) {
            cells.forEach((cell, at) => {
              if (cell === null) hidden++
              else {
                if (cell > 0) shown++
                expect([id, key, at, cell]).toEqual([id, key, at, counted.get(`${id}/${key}/${at}`) ?? 0])
              }
            })
          }
        }
        expectNothingSmall(tables)
      }
    }
    expect(shown).toBeGreaterThan(40)
    expect(hidden).toBeGreaterThan(20)
  })
})

const sorted = (numbers: ReadonlyMap<string, number>) => Object.fromEntries([...numbers].sort())

/** `figure/row/column` → number, without those that are 0 but for medians. */
function numbersIn(tables: readonly FigureTable[]): Record<string, number> {
  const found = new Map<string, number>()
  for (const { id, columns, rows } of tables) {
    for (const { key, cells } of rows) {
      cells.forEach((cell, at) => {
        const column = columns[at]
        const isMedian = column !== undefined && /^(minutesTaken|minutesPlanned|daysToPlan)$/.test(column)
        if (cell !== null && (cell !== 0 || isMedian)) found.set(`${id}/${key}/${at}`, cell)
      })
    }
  }
  return sorted(found)
}

function expectNothingSmall(tables: readonly FigureTable[]): void {
  for (const { rows, columns } of tables) {
    for (const { cells } of rows) {
      cells.forEach((cell, at) => {
        const column = columns[at]
        if (cell === null || column === undefined || columnOf(column).of !== undefined) return
        expect(cell === 0 || cell >= LEAST_SHOWN).toBe(true)
      })
    }
  }
}

test('[FG2] an agency’s own people see its figures; who only watches, and other agencies, do not', () => {
  const may = codesOf(AGENCY_ROLES).filter(role => {
    const actor = { userId: worker, operator: false, memberships: [{ agencyId: first(), role }] }
    expect(canSeeFigures(actor, agencies[1] ?? newId<AgencyId>())).toBe(false)
    return canSeeFigures(actor, first())
  })
  expect(may.sort()).toEqual(['agency_administrator', 'case_worker', 'privacy_officer', 'supervisor'])
  expect(canSeeFigures({ userId: worker, operator: true, memberships: [] }, first())).toBe(false)
})

test('[FG3] nothing below five leaves in the edition for handing out, on the screen or in a file', async () => {
  const asked = { year: YEAR, audience: 'outside' as const }
  const { tables } = await openFigures(parts, world.by(worker), first(), asked)
  expectNothingSmall(tables)
  const { table } = await openMonth(parts, world.by(worker), first(), { month: '2026-05', audience: 'outside' })
  expectNothingSmall([table])
  const hidden = [...tables, table].flatMap(({ rows }) =>
    rows.flatMap(({ cells }) => cells.filter(cell => cell === null)),
  )
  expect(hidden.length).toBeGreaterThan(20)
})

test('[FG11] a check that another agency keeps to itself, and help that was called off before it began, count nowhere', async () => {
  const { tables } = await openFigures(parts, world.by(worker), first(), { year: YEAR, audience: 'inside' })
  const sum = (id: string) =>
    tables
      .find(table => table.id === id)
      ?.rows.reduce((all, { cells }) => all + cells.reduce<number>((a, b) => a + (b ?? 0), 0), 0)
  const counted = (of: RawTown, id: string) =>
    [...recount(of, first(), YEAR)].reduce((all, [name, n]) => all + (name.startsWith(`${id}/`) ? n : 0), 0)
  const shared = { ...town, caseRecords: town.caseRecords.map(record => ({ ...record, narrowTo: null })) }
  const kept = { ...town, allocations: town.allocations.map(one => ({ ...one, endedOn: '' })) }
  expect([sum('checks'), sum('linked')]).toEqual([counted(town, 'checks'), counted(town, 'linked')])
  expect(counted(shared, 'checks')).toBeGreaterThan(counted(town, 'checks'))
  expect(counted(kept, 'linked')).toBeGreaterThan(counted(town, 'linked'))
})

test('[FG9] what was done under a restricted item counts only where the agency was cleared for it', async () => {
  const { tables } = await openFigures(parts, world.by(worker), first(), { year: YEAR, audience: 'inside' })
  const given = (of: RawTown) =>
    [...recount(of, first(), YEAR)].reduce((sum, [name, n]) => sum + (/^givers.*\/0$/.test(name) ? n : 0), 0)
  const cleared = town.items.map(item => ({ ...item, agencies }))
  const counted = tables.find(({ id }) => id === 'givers')?.rows.reduce((sum, { cells }) => sum + (cells[0] ?? 0), 0)
  expect(counted).toBe(given(town))
  expect(given({ ...town, items: cleared })).toBeGreaterThan(given(town))
})

test('[FG7] the edition for handing out has no numbers since January, in the month or in its file', async () => {
  const asked = { month: '2026-05', audience: 'outside' as const }
  const { table } = await openMonth(parts, world.by(worker), first(), asked)
  expect(table.rows.map(({ key }) => key)).toEqual([...codesOf(CONFERENCE_TYPES), 'total'])
  const { bytes } = await takeOutMonth(parts, world.by(worker), first(), { ...asked, format: 'csv', language: 'ko' })
  expect(new TextDecoder().decode(bytes)).not.toMatch(/^1월부터 누계/m)
})

test('[FG4] every figure says in both languages what is asked and what is counted', () => {
  for (const { title, definition } of Object.values(FIGURES)) {
    for (const words of [title, definition])
      expect([words.ko.length, words.en.length].every(length => length > 5)).toBe(true)
    expect([title.ko.endsWith('?'), title.en.endsWith('?')]).toEqual([true, true])
  }
})

test('[FG5] opening and taking out are recorded with the agency and the edition', async () => {
  const before = (await world.records({})).length
  await openFigures(parts, world.by(worker), first(), { year: YEAR, audience: 'inside' })
  await takeOutFigure(parts, world.by(worker), first(), {
    year: YEAR,
    audience: 'outside',
    figure: 'needs',
    language: 'ko',
  })
  const object = `agency.${first()}`
  expect((await world.records({})).slice(before)).toMatchObject([
    { action: 'figures.open', actor: worker, object, reason: 'inside' },
    { action: 'figures.take-out', actor: worker, object, reason: 'needs-outside' },
  ])
})

test('[FG6] a file has a row for each row of the table, with labels, its question, its definition and its stamp', async () => {
  const asked = { year: YEAR, audience: 'inside' as const, figure: 'stages' as const, language: 'ko' as const }
  const { name, bytes } = await takeOutFigure(parts, world.by(worker), first(), asked)
  const lines = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).split('\r\n')
  expect(name).toBe('stages-2026.csv')
  expect(lines[0]).toBe('\ufeff,사례 수')
  const counts = recount(town, first(), YEAR)
  for (const [key, { ko }] of Object.entries(CASE_STAGES))
    expect(lines).toContain(`${ko},${counts.get(`stages/${key}/0`) ?? 0}`)
  expect(lines.join('\n')).toContain(FIGURES.stages.title.ko)
  expect(lines.join('\n')).toContain('생연1동 · 2026 · 우리 기관 안에서 보기')
})

test('[FG6] the month as a workbook says what the screen says, with words of ours, and the agency that it is of', async () => {
  const asked = { month: '2026-05', audience: 'inside' as const }
  const { table } = await openMonth(parts, world.by(worker), first(), asked)
  const { name, bytes } = await takeOutMonth(parts, world.by(worker), first(), {
    ...asked,
    format: 'xlsx',
    language: 'ko',
  })
  expect(name).toBe('month-2026-05.xlsx')
  const xml = strFromU8(unzipSync(bytes)['xl/worksheets/sheet1.xml'] ?? new Uint8Array())
  const rows = [...xml.matchAll(/<row .*?<\/row>/gs)].map(([row]) =>
    [...row.matchAll(/<(?:t|v)[^>]*>(.*?)<\/(?:t|v)>/gs)].map(([, words]) => words),
  )
  expect(rows[0]).toEqual(['회의 수', '안건', '참여 기관', '선정(가구)', '연계(가구)', '종결(가구)'])
  expect(rows.slice(1, 1 + table.rows.length)).toEqual(
    table.rows.map(({ key, cells }) => [rowLabel('month', key)?.ko, ...cells.map(String)]),
  )
  expect(rows.flat().join(' ')).toContain(FIGURES.month.definition.ko)
  expect(rows.at(-1)?.[0]).toContain('생연1동 · 2026-05 · 시에 내는 실적')
})
