/** Whose words stand in an item: the person behind each client id, and for which agency they are there. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writersOf } from '../../../server/conferences/writers.ts'
import { must } from '../../../shared/assert.ts'
import type { UserId } from '../../../shared/ids.ts'
import { meet, openWorld, settle, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

test('names and agencies of the meeting; somebody who takes no part any more keeps the name', async () => {
  const town = await settle(world)
  const { conferenceId, itemId } = await meet(world, town)
  const gone = 'x'.repeat(22) as UserId
  world.shelf.writers.set(1, town.leader).set(2, town.co).set(3, town.leader).set(4, town.worker).set(5, gone)
  const conference = must(await world.parts.conferences.find(conferenceId), 'conference')
  const item = must(await world.parts.items.find(itemId), 'item')
  expect(await writersOf(world.parts, { conference, item })).toEqual({
    writers: [
      { client: 1, userId: town.leader, name: 'leader', agencyId: town.dong },
      { client: 2, userId: town.co, name: 'co', agencyId: town.muhan },
      { client: 3, userId: town.leader, name: 'leader', agencyId: town.dong },
      { client: 4, userId: town.worker, name: 'worker', agencyId: null },
      { client: 5, userId: gone, name: '', agencyId: null },
    ],
  })
})
