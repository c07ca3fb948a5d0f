/**
 * What one may not know of is answered like what never was (SECURITY R01, P10; LR-01): the whole answer, its headers in their order, its length;
 * over every route of the application's table that names something, by everybody who may not see it. And in the same time: each such answer waits
 * for a beat that began with the question (`server/transport/denial-pace.ts`). `DEEP=1` asks every relation for every combination of ids.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../server/lib/random.ts'
import type { Route } from '../../server/transport/route.ts'
import { openRouteTown, type Relation, type RouteTown } from './conferences/route-town.ts'
import { shapeOf } from './conferences/shape-of-answers.ts'
import { countedBeats } from './counted-beats.ts'
import { addressOf, askingOf, type Ids, missing, nameOf, namingRoutes, thingsIn } from './naming-routes.ts'
import { type ThingsThere, thingsOf } from './things-there.ts'

const IS_DEEP = process.env.DEEP === '1'
const beats = countedBeats()
let house: RouteTown
let things: ThingsThere

beforeAll(async () => {
  house = await openRouteTown({ parts: { clock: beats.clock, denialBeatMs: beats.beatMs } })
  things = await thingsOf(house)
})
afterAll(() => house.dure.close())

async function asked(relation: Relation, route: Route, ids: Ids) {
  const before = beats.released()
  const answer = await house.client(relation).ask(route.method, addressOf(route, ids), askingOf(house, route, ids))
  return { shape: shapeOf(answer), text: answer.text, beats: beats.released() - before }
}

type Asked = Awaited<ReturnType<typeof asked>>

/** Nothing where the two answers are one; else what of them is not. */
function different(route: Route, there: Asked, never: Asked): unknown[] {
  const [one, other] = [there, never].map(({ shape }) =>
    [shape.status, shape.text, ...shape.headers].map(part => String(part)),
  )
  if (String(one) === String(other)) return []
  const only = (parts: string[] = [], others: string[] = []) => parts.filter(part => !others.includes(part))
  return [[nameOf(route), only(one, other), only(other, one), String(one?.length === other?.length)]]
}

/** Of another agency and on nothing of it. What the others may see, the tables of expected answers say. */
const OUTSIDERS = ['otherAgency', 'exMember'] as const
const SEATED = [
  'sameAgency',
  'emergencyOver',
  'administrator',
  'operator',
  'basisEnded',
  'recused',
  'notCleared',
  'withoutBasis',
  'guest',
] as const
const DEEP_ALSO = ['readOnly', 'supervisor', 'member', 'leader'] as const
const WHO: readonly Relation[] = IS_DEEP
  ? [...OUTSIDERS, ...SEATED, ...DEEP_ALSO]
  : ['otherAgency', 'emergencyOver', 'exMember', 'basisEnded', 'recused']

/**
 * Things that people outside may know to be there, and why: the names of agencies and of who works there are in the directory, what they can give
 * as well.
 */
const KNOWN_TO_ALL = new Set(['PATCH /api/resources/:resourceId'])

/** Answered to everybody as if it had been done: a filter is its own person's, and one that is not there is gone. */
const WITHOUT_ASKING: readonly string[] = ['DELETE /api/case-filters/:filterId']

test('every name in an address stands for something that is there', () => {
  const names = new Set(namingRoutes(house).flatMap(thingsIn))
  const unknown = [...names].filter(name => things.ids[name] === undefined)
  expect(unknown).toEqual([])
  expect(namingRoutes(house).length).toBeGreaterThan(110)
})

describe('[R01] [R04] [LR-01] to who may not see it', () => {
  test.each(WHO)('%s: like what never was, whole, and on a beat', async relation => {
    const wrong: unknown[] = []
    const found: string[] = []
    let hidden = 0
    for (const [at, route] of namingRoutes(house).entries()) {
      if (KNOWN_TO_ALL.has(nameOf(route))) continue
      const there = await asked(relation, route, things.ids)
      if (there.shape.status !== 404) {
        found.push(nameOf(route))
        // Who is on none of it must not learn by another answer either; of the others the tables of expected answers say who may know.
        if (OUTSIDERS.some(one => one === relation)) {
          const never = await asked(relation, route, missing(things, route)[0] ?? {})
          wrong.push(...different(route, there, never))
        }
        continue
      }
      hidden += 1
      const others = missing(things, route)
      for (const ids of IS_DEEP ? others : [others[(at + WHO.indexOf(relation)) % others.length] ?? {}]) {
        const never = await asked(relation, route, ids)
        wrong.push(...different(route, there, never))
        if (never.beats !== 1 || there.beats !== 1) wrong.push([nameOf(route), 'beats', there.beats, never.beats])
      }
    }
    expect(wrong).toEqual([])
    if (relation === 'otherAgency') expect(found.sort()).toEqual([...WITHOUT_ASKING])
    if (!DEEP_ALSO.some(one => one === relation)) expect(hidden).toBeGreaterThan(60)
  })
})

/** Ids that do not stand in the address: somebody with a case and a conference of their own names what is not theirs in a body. */
describe('[R03] [LR-01] what is named in a body', () => {
  test('another’s thing there is answered like one that never was', async () => {
    const own = await things.ownOf('otherAgency')
    const { town, referring } = house
    const items = `/api/conferences/${own.conferenceId}/items`
    const line = (more: object) => ({ minutes: 5, ...more })
    const bodies: [
      string,
      (ids: { caseId: string; itemId: string; conferenceId: string; referralId: string }) => object,
    ][] = [
      [items, ({ caseId }) => line({ kind: 'case', caseId, agencies: [own.agencyId] })],
      [`/api/conferences/${own.conferenceId}/cases`, ({ caseId }) => ({ cases: [caseId], minutes: 5 })],
      [
        '/api/series',
        ({ conferenceId }) => ({ conferenceId, rule: { nth: 4, weekday: 2, time: '14:00', onClosedDay: 'keep' } }),
      ],
      [`/api/conferences/${own.conferenceId}/guests`, ({ itemId }) => ({ ...house.bodies.guest, items: [itemId] })],
      [
        `/api/cases/${own.caseId}/allocations`,
        ({ referralId }) => ({ ...own.allocation, command: newId(), source: { of: 'referral', referralId } }),
      ],
      [
        `/api/conferences/${own.conferenceId}/prints`,
        ({ itemId }) => ({ what: 'plan', how: 'print', purpose: '내부 결재용', items: [itemId] }),
      ],
    ]
    expect(referring.own).toBeTruthy()
    for (const [path, body] of bodies) {
      const client = house.client('otherAgency')
      const real = await client.post(path, body(town))
      const never = { caseId: newId(), itemId: newId(), conferenceId: newId(), referralId: newId() }
      const none = await client.post(path, body(never))
      const plain = (text: string, ids: object) =>
        Object.values(ids).reduce<string>(
          (left, id) => left.replaceAll(String(id), '…'),
          text.replace(/"requestId":"[^"]+"/, ''),
        )
      expect([path, real.status, plain(real.text, town)]).toEqual([path, none.status, plain(none.text, never)])
      expect(real.text).not.toContain('카나리아 가구')
    }
  })
})
