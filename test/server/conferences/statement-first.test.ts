/**
 * The confidentiality statement stands before the content over HTTP as well (사회보장급여법 제49조, SPEC MA3): each route of the table that names an item, asked in a live
 * meeting by those who may open it and have not given the statement, and again once they have.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ConferenceView } from '../../../shared/protocol/http-api.ts'
import { LINES, type Line } from './route-lines.ts'
import { openRouteTown, type Relation, type RouteTown } from './route-town.ts'
import { type Shape, shapeOf } from './shape-of-answers.ts'

const SEATED = ['readOnly', 'supervisor', 'member', 'leader'] as const

let house: RouteTown
let never: Shape
beforeAll(async () => {
  house = await openRouteTown()
  const { conferences, changes } = { ...house.dure.app, conferences: house.dure.app.conferences.conferences }
  for (const relation of SEATED) {
    const session = await house.client(relation).session()
    if (session.state !== 'signed-in') throw new Error(`${relation} is not signed in`)
    const { userId } = session.person
    await conferences.unaccept(house.town.conferenceId, [userId])
    changes.announce([`user:${userId}`])
  }
  never = shapeOf(await house.client('leader').get(`/api/cases/${'x'.repeat(22)}`))
})
afterAll(() => house.dure.close())

const ITEM = '/api/conferences/:conferenceId/items/:itemId'

/** About the item; the general one as well, by which the leader would delete it. */
const aboutTheItem = () =>
  Object.entries(LINES).filter(([name]) => name.includes(ITEM) || name === 'GET /api/sync-check/:documentName')

const ask = (relation: Relation, name: string, line: Line) => {
  const asking = line.raw ?? (line.body ? { body: line.body(house) } : {})
  return house.client(relation).ask(name.split(' ')[0] ?? '', line.path(house.town, house), asking)
}
const mayOtherwise = (line: Line, relation: Relation) =>
  line.allowed.includes(relation) || line.knows?.includes(relation) === true

test('[MA3] [LR-37] without it each of them answers like what never was, to whoever may open the item', async () => {
  const faults: unknown[] = []
  let asked = 0
  for (const relation of SEATED) {
    for (const [name, line] of aboutTheItem()) {
      if (!mayOtherwise(line, relation)) continue
      asked += 1
      const shape = shapeOf(await ask(relation, name, line))
      if (JSON.stringify(shape) !== JSON.stringify(never)) faults.push([relation, name, shape.status, shape.text])
    }
  }
  expect(faults).toEqual([])
  expect(asked).toBeGreaterThan(50)
})

test('[MA3] [LR-37] without it no list of the meeting says a word of the items; with it they open to the same people', async () => {
  const { conferenceId, itemId, caseId } = house.town
  const listing = Object.entries(LINES).filter(([name]) =>
    /^GET \/api\/conferences\/:conferenceId(\/(since|review|papers|comments|research))?$/.test(name),
  )
  expect(listing.length).toBe(6)
  for (const relation of ['readOnly', 'supervisor', 'member', 'leader'] as const) {
    for (const [name, line] of listing) {
      const { text } = await ask(relation, name, line)
      expect([relation, name, text.includes('카나리아 가구'), text.includes(caseId)]).toEqual([
        relation,
        name,
        false,
        false,
      ])
    }
    const path = `/api/conferences/${conferenceId}`
    const before = (await house.client(relation).get(path)).body as ConferenceView
    expect(before.items).toContainEqual({ restricted: true, itemId })
    expect((await house.client(relation).post(`${path}/statement`, { accept: true })).status).toBe(200)
    const after = (await house.client(relation).get(path)).body as ConferenceView
    expect(after.items).toContainEqual(expect.objectContaining({ restricted: false, itemId }))
    for (const [name, line] of aboutTheItem()) {
      if (!line.allowed.includes(relation) || !name.startsWith('GET')) continue
      expect([relation, name, (await ask(relation, name, line)).status]).toEqual([relation, name, 200])
    }
  }
})
