/**
 * Every route about cases, conferences and action items × every relation, over real HTTP, generated from the application's own route table: a
 * route that is added there without a line in `route-lines.ts` fails (SECURITY R38). Whatever is not for one is answered, byte for byte, like what
 * does not exist (R01); `../indistinguishable.test.ts` holds it against what never was.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { must } from '../../../shared/assert.ts'
import type { ConferenceView } from '../../../shared/protocol/http-api.ts'
import type { Answer } from '../../support/app-under-test.ts'
import { LINES, type Line, NOT_IN_THE_ITEM } from './route-lines.ts'
import { openRouteTown, RELATIONS, type Relation, type RouteTown } from './route-town.ts'
import { type Shape, shapeOf } from './shape-of-answers.ts'

let house: RouteTown
beforeAll(async () => {
  house = await openRouteTown()
})
afterAll(() => house.dure.close())

const method = (name: string) => name.split(' ')[0] ?? ''

const ask = (relation: Relation, name: string, line: Line): Promise<Answer> =>
  house
    .client(relation)
    .ask(method(name), line.path(house.town, house), line.raw ?? (line.body ? { body: line.body(house) } : {}))

test('the table has every route of cases, conferences and actions, and no other', () => {
  const declared = house.dure.app.routes
    .filter(route =>
      /^\/api\/(actions|allocations|cases|conferences|referrals|series|sync-check)(\/|$)/.test(route.path),
    )
    .map(route => `${route.method} ${route.path}`)
  expect(Object.keys(LINES).sort()).toEqual(declared.sort())
})

// Before the matrix, in which the leader takes some of it away.
describe('[R01] what is not for one', () => {
  test('an item at one’s own table shows as a line without words', async () => {
    for (const who of NOT_IN_THE_ITEM) {
      const view = await house.client(who).get(`/api/conferences/${house.town.conferenceId}`)
      expect((view.body as ConferenceView).items).toContainEqual({ restricted: true, itemId: house.town.itemId })
      expect(view.text).not.toContain('카나리아 가구')
      expect(view.text).not.toContain(house.town.caseId)
    }
  })

  test('[LR-01] lists show none of it', async () => {
    for (const relation of ['otherAgency', 'emergencyOver', 'administrator', 'operator', 'exMember'] as const) {
      const client = house.client(relation)
      expect((await client.get('/api/cases')).body).toEqual({ cases: [] })
      expect([relation, (await client.get('/api/conferences')).body]).toEqual([relation, { conferences: [] }])
      expect((await client.get('/api/actions')).body).toEqual({ actions: [] })
    }
  })
})

/** What a signed-in person is told of a thing that never was, whole. */
let never: Shape | undefined
const nothing = async () => {
  never ??= shapeOf(await house.client('sameAgency').get(`/api/cases/${'x'.repeat(22)}`))
  return never
}

describe.each(Object.entries(LINES))('[R38] [LR-01] %s', (name, line) => {
  // The leader last: what the leader changes would change the answers to the others.
  test.each(RELATIONS)('%s', async relation => {
    const answer = await ask(relation, name, line)
    const { status, text } = answer
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
    if (status === 404) expect(shapeOf(answer)).toEqual(await nothing())
    if (NOT_IN_THE_ITEM.some(one => one === relation)) expect(text).not.toContain('카나리아 가구')
  })
})

describe('[R07] [R09] [R10] bodies', () => {
  const withBodies = Object.entries(LINES).filter(([, line]) => line.body)
  const leader = () => house.client('leader')

  test.each(withBodies)('%s takes no field that it does not know', async (name, line) => {
    const before = await house.dure.app.conferences.cases.find(house.town.caseId)
    for (const key of ['agencyId', 'ownerId', '_id', 'createdAt', 'createdBy', 'synthetic', 'sealed', '__proto__']) {
      const raw = `${JSON.stringify(line.body?.(house)).slice(0, -1)},"${key}":"x"}`
      const headers = { 'content-type': 'application/json' }
      expect([key, (await leader().ask(method(name), line.path(house.town, house), { raw, headers })).status]).toEqual([
        key,
        400,
      ])
    }
    expect(await house.dure.app.conferences.cases.find(house.town.caseId)).toEqual(before)
    expect(({} as { x?: unknown }).x).toBeUndefined()
  })

  test.each(withBodies)('%s takes no operator in place of a value', async (name, line) => {
    const body = must(line.body, 'a body')(house) as Record<string, unknown>
    for (const field of Object.keys(body)) {
      for (const operator of [{ $gt: '' }, { $ne: null }, { $where: 'sleep(5000)' }]) {
        const answer = await leader().ask(method(name), line.path(house.town, house), {
          body: { ...body, [field]: operator },
        })
        expect([field, answer.status]).toEqual([field, 400])
      }
    }
  })

  test('[R08] no unknown or repeated parameter', async () => {
    for (const query of ['?a=1', '?v=1&v=2', '?v[$gt]=0', '?v=']) {
      expect((await leader().get(`/api/conferences${query}`)).status).toBe(400)
      expect((await leader().delete(`/api/conferences/${house.town.conferenceId}${query}`)).status).toBe(400)
    }
  })
})
