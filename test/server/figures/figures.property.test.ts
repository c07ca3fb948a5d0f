/** The figures of agencies beside a recount from the raw records, for towns made by chance; who may see them; what is recorded and taken out. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { type FiguresParts, openFigures, takeOutFigure } from '../../../server/figures/figures.ts'
import { newId } from '../../../server/lib/random.ts'
import { createMeetingRepository } from '../../../server/meetings/meeting-repository.ts'
import { type Attendance, emptyMeeting } from '../../../server/meetings/meeting-state.ts'
import { canSeeFigures } from '../../../shared/access.ts'
import {
  ACTION_STATUSES,
  AGENCY_ROLES,
  ATTENDANCE_MODES,
  CASE_STAGES,
  codesOf,
  NEED_DOMAINS,
} from '../../../shared/codes.ts'
import { setNeed } from '../../../shared/documents/item-document.ts'
import { FIGURES } from '../../../shared/figures/figure-codes.ts'
import { LEAST_SHOWN } from '../../../shared/figures/hiding.ts'
import { type AgencyId, attendeeKeyOf, type ConferenceId, type UserId } from '../../../shared/ids.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { openWorld, type World } from '../conferences/world.ts'
import { searchUnderTest } from '../search/search-under-test.ts'
import { type RawTown, recount } from './recount.ts'

const YEAR = 2026
let world: World
let parts: FiguresParts
let town: RawTown
let agencies: AgencyId[]
let worker: UserId

beforeAll(async () => {
  world = await openWorld()
  agencies = ['생연1동', '무한돌봄'].map(name => world.agency(name))
  worker = world.person('worker', [agencies[0] ?? newId<AgencyId>(), 'case_worker'])
  const meetings = createMeetingRepository({ store: world.store, keyring: world.keyring })
  parts = { ...world.parts, store: world.store, index: searchUnderTest(world).index, meetings }
  town = await fill(world, meetings)
})
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
      : new Date(Date.parse('2025-10-01T00:00:00Z') + random.below(500 * 86_400) * 1000)
  const attendance = new Map<unknown, Attendance[]>()
  const cases = Array.from({ length: 120 }, () => ({
    _id: newId(),
    stage: random.pick(codesOf(CASE_STAGES)),
    agencies: agencies.map((agencyId, at) => ({
      agencyId,
      role: (at === 0) === random.chance(0.8) ? 'lead' : 'partner',
    })),
    createdAt: moment(),
  }))
  const conferences = Array.from({ length: 60 }, () => {
    const startedAt = random.chance(0.9) ? moment() : null
    return {
      _id: newId<ConferenceId>(),
      state: random.pick(['closed', 'closed', 'closed', 'live', 'scheduled']),
      hostAgencyId: random.pick(agencies),
      startsAt: startedAt ?? moment(),
      startedAt,
      closedAt: startedAt && new Date(startedAt.getTime() + random.below(9_000) * 1_000),
      minutes: 30 * (1 + random.below(5)),
    }
  })
  const items = cases.flatMap(({ _id }) =>
    Array.from({ length: random.below(3) }, () => ({
      _id: newId(),
      caseId: _id,
      conferenceId: random.pick(conferences)._id,
      standing: random.chance(0.9) ? 'tabled' : 'leaving',
    })),
  )
  for (const item of items) {
    const doc = new Y.Doc()
    for (const need of codesOf(NEED_DOMAINS)) if (random.chance(0.2)) setNeed(doc, need, true)
    world.shelf.docs.set(`item.${item._id}`, doc)
  }
  const actions = Array.from({ length: 300 }, () => {
    const status = random.pick(codesOf(ACTION_STATUSES))
    const steps = Array.from({ length: random.below(4) }, () => ({
      at: moment(),
      status: random.pick([status, status, 'accepted']),
    }))
    return {
      _id: newId(),
      agencyId: random.pick(agencies),
      status,
      changedAt: random.chance(0.9) ? moment() : null,
      ...(random.chance(0.8) && { history: steps.sort((a, b) => a.at.getTime() - b.at.getTime()) }),
      ...(random.chance(0.9) && { facts: { madeAt: moment().getTime() } }),
      ...(random.chance(0.1) && { gone: true }),
    }
  })
  for (const { _id } of conferences) {
    const people = Array.from({ length: random.below(8) }, (): Attendance => {
      const userId = newId<UserId>()
      return {
        key: attendeeKeyOf(userId),
        userId,
        guest: null,
        standing: random.pick(['confirmed', 'confirmed', 'left', 'announced', 'absent']),
        mode: random.chance(0.9) ? random.pick(codesOf(ATTENDANCE_MODES)) : null,
        deputyFor: '',
        statement: 'none',
        enteredBy: null,
        arrivedAt: null,
        leftAt: null,
        leavesAt: '',
      }
    })
    attendance.set(_id, people)
    await meetings.store(_id, await meetings.find(_id), { ...emptyMeeting(), attendance: people })
  }
  for (const [name, records] of Object.entries({ cases, conferences, items, actions })) {
    await world.store.collection(name).insertMany(records)
  }
  return { cases, conferences, items, actions, attendance, documents: world.shelf.docs }
}

const first = () => agencies[0] ?? newId<AgencyId>()

describe('[FG1] what the product counts is what a recount from the raw records counts', () => {
  test.each([2025, YEAR, 2027])('[FG1] in %d, for both agencies', async year => {
    let compared = 0
    for (const agencyId of agencies) {
      const { tables } = await openFigures(parts, world.by(worker), agencyId, { year, audience: 'inside' })
      const counted = new Map<string, number>()
      for (const { id, rows } of tables) {
        for (const { key, cells } of rows) {
          cells.forEach((cell, at) => {
            if (cell !== null && (cell !== 0 || (id === 'meetings' && at > 0))) counted.set(`${id}/${key}/${at}`, cell)
          })
        }
      }
      expect(Object.fromEntries([...counted].sort())).toEqual(
        Object.fromEntries([...recount(town, agencyId, year)].sort()),
      )
      compared += counted.size
    }
    expect(compared).toBeGreaterThan(20)
  })
})

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
  let hidden = 0
  for (const { rows, columns } of tables) {
    for (const { cells } of rows) {
      cells.forEach((cell, at) => {
        if (cell === null) hidden++
        else if (!columns[at]?.startsWith('minutes')) expect(cell === 0 || cell >= LEAST_SHOWN).toBe(true)
      })
    }
  }
  expect(hidden).toBeGreaterThan(10)
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
