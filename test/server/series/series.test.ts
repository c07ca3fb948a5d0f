import { afterEach, beforeEach, expect, test } from 'vitest'
import { deleteConference } from '../../../server/conferences/conference-commands.ts'
import { createItem } from '../../../server/conferences/item-commands.ts'
import {
  admitToSeries,
  changeSeries,
  createSeries,
  listSeries,
  makeNext,
  type SeriesParts,
} from '../../../server/series/series-commands.ts'
import { createSeriesRepository } from '../../../server/series/series-repository.ts'
import type { SeriesRule } from '../../../shared/agenda/series-rule.ts'
import { must } from '../../../shared/assert.ts'
import { agendaOf } from '../../../shared/documents/conference-document.ts'
import { documentNameOf } from '../../../shared/documents/document-names.ts'
import type { ConferenceId, SeriesId, UserId } from '../../../shared/ids.ts'
import { type Meeting, meet, moveTo, openWorld, settle, type Town, type World } from '../conferences/world.ts'

const DAY_MS = 86_400_000
/** The world's noon is 24 November 2026, the fourth Tuesday. */
const RULE: SeriesRule = { nth: 4, weekday: 2, time: '14:00', onClosedDay: 'next' }

let world: World
let town: Town
let meeting: Meeting
let parts: SeriesParts
let seriesId: SeriesId

beforeEach(async () => {
  world = await openWorld()
  town = await settle(world)
  meeting = await meet(world, town)
  parts = { ...world.parts, series: createSeriesRepository(world) }
  await createItem(parts, world.by(town.leader), await world.toChange(town.leader, meeting.conferenceId), {
    kind: 'general',
    label: '다음 회의 일정',
    minutes: 5,
  })
  seriesId = (await createSeries(parts, world.by(town.leader), { conferenceId: meeting.conferenceId, rule: RULE }))
    .seriesId
})
afterEach(() => world.close())

const next = async (who: UserId = town.leader) =>
  makeNext(parts, world.by(who), await admitToSeries(parts, world.by(who), seriesId))

const labelsOf = (conferenceId: ConferenceId) =>
  world.shelf.read(documentNameOf({ kind: 'conference', conferenceId }), doc => agendaOf(doc).map(({ label }) => label))

test('[SR2] the next one is made once: pressed again it is the same, with the template’s lines and people, in its month', async () => {
  const made = await next()
  expect(made).toMatchObject({
    title: '12월 통합사례회의',
    state: 'draft',
    startsAt: new Date('2026-12-22T05:00:00Z'),
    minutes: 90,
  })
  expect(made.participants.map(({ userId, role }) => [userId, role])).toEqual([
    [town.leader, 'leader'],
    [town.co, 'attendee'],
    [town.partner, 'attendee'],
    [town.watcher, 'observer'],
  ])
  expect(await labelsOf(made._id)).toEqual(['지난 회의 조치사항 점검', '다음 회의 일정'])
  expect((await next())._id).toBe(made._id)
  const hosted = (await parts.conferences.ofPerson(town.leader)).filter(one => one.hostAgencyId === town.dong)
  expect(hosted).toHaveLength(2)
  // A month later the one after that.
  world.pass(30 * DAY_MS)
  expect((await next()).title).toBe('1월 통합사례회의')
})

test('[SR2] stopped at any step, pressing again finishes the same one', async () => {
  for (const failing of ['conference', 'first line', 'second line'] as const) {
    const broken: SeriesParts = {
      ...parts,
      conferences: {
        ...parts.conferences,
        insert: created =>
          failing === 'conference' ? Promise.reject(new Error('stopped')) : parts.conferences.insert(created),
      },
      items: {
        ...parts.items,
        insert: async (planned, line) => {
          const there = (await parts.items.ofConference(planned.conferenceId)).length
          if (failing === (there === 0 ? 'first line' : 'second line')) throw new Error('stopped')
          return parts.items.insert(planned, line)
        },
      },
    }
    const by = world.by(town.leader)
    await expect(makeNext(broken, by, await admitToSeries(parts, by, seriesId))).rejects.toThrow('stopped')
    const promised = must((await parts.series.find(seriesId))?.made.at(-1), 'the month’s conference')
    const finished = await next()
    expect([failing, finished._id, await labelsOf(finished._id)]).toEqual([
      failing,
      promised.conferenceId,
      ['지난 회의 조치사항 점검', '다음 회의 일정'],
    ])
    // Given up: its month is free again, and the next press makes it anew.
    await deleteConference(parts, by, await world.toChange(town.leader, finished._id), { _v: finished._v })
    expect((await parts.series.find(seriesId))?.made.at(-1)?.conferenceId).toBe(finished._id)
  }
  const again = await next()
  expect(again.title).toBe('12월 통합사례회의')
  await moveTo(world, town, again._id, 'scheduled')
  expect((await next())._id).toBe(again._id)
})

test('[SR3] planners of the host agency see and carry it on; for everybody else it does not exist; who left is not invited again', async () => {
  const planner = world.person('planner', [town.dong, 'supervisor'])
  expect(await listSeries(parts, world.by(planner))).toMatchObject([
    { seriesId, title: '11월 통합사례회의', nextDay: '2026-12-22' },
  ])
  for (const who of [town.co, town.partner, town.watcher, town.stranger]) {
    expect(await listSeries(parts, world.by(who))).toEqual([])
    await expect(next(who)).rejects.toMatchObject({ reason: 'not-found' })
  }
  await expect(
    createSeries(parts, world.by(town.co), { conferenceId: meeting.conferenceId, rule: RULE }),
  ).rejects.toMatchObject({ reason: 'not-allowed' })
  await expect(
    createSeries(parts, world.by(town.leader), { conferenceId: meeting.conferenceId, rule: RULE }),
  ).rejects.toMatchObject({ detail: 'in-a-series' })
  must(world.people.get(town.partner), 'partner').memberships = []
  const made = await next()
  expect(made.participants.map(({ userId }) => userId)).toEqual([town.leader, town.co, town.watcher])

  const series = await admitToSeries(parts, world.by(town.leader), seriesId)
  await changeSeries(parts, world.by(town.leader), series, { _v: series._v, ended: true })
  world.pass(60 * DAY_MS)
  await expect(next()).rejects.toMatchObject({ detail: 'series-ended' })
  await expect(
    changeSeries(parts, world.by(town.leader), series, { _v: series._v, ended: false }),
  ).rejects.toMatchObject({
    reason: 'conflict',
  })
  expect((await world.records({ action: 'series.next' })).at(-1)).toMatchObject({
    object: `series.${seriesId}`,
    reason: '2026-12',
  })
})
