/** The commands on a server that speaks MongoDB's protocol: what they rely on of a store, and the whole demo. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listCases } from '../../../server/conferences/case-views.ts'
import { changeItem, finishItems } from '../../../server/conferences/item-commands.ts'
import { loadDemo } from '../../../server/demo/demo.ts'
import { mongodbTestUrl, NO_MONGODB, openMongoTestStore } from '../../support/stores.ts'
import { type DemoHouse, openDemoHouse } from '../demo/demo-house.ts'
import { meet, openWorld, settle, type Town, uninvite, type World } from './world.ts'

if (mongodbTestUrl === undefined) {
  describe('conferences: MongoDB', () => test.skip(`all of it ${NO_MONGODB}`, () => {}))
} else {
  describe('conferences: MongoDB', () => {
    let world: World
    let town: Town
    beforeAll(async () => {
      world = await openWorld(openMongoTestStore)
      town = await settle(world)
    })
    afterAll(() => world.close())

    test('[R30] of twenty at once one wins', async () => {
      const { conferenceId, itemId } = await meet(world, town)
      const admitted = await world.toChangeItem(town.leader, conferenceId, itemId)
      const results = await Promise.allSettled(
        Array.from({ length: 20 }, () =>
          changeItem(world.parts, world.by(town.leader), admitted, { _v: admitted.item._v, agencies: [town.dong] }),
        ),
      )
      expect(results.filter(result => result.status === 'fulfilled')).toHaveLength(1)
      expect(await world.grant(town.co, { kind: 'item', itemId })).toBeUndefined()
    })

    test('lists, withdrawals and what was left half done', async () => {
      const { conferenceId, itemId } = await meet(world, town)
      expect((await listCases(world.parts, world.by(town.co))).map(view => view.caseId)).toEqual([town.caseId])
      await uninvite(world, town, conferenceId, town.muhan)
      expect((await world.parts.items.find(itemId))?.agencies).toEqual([town.dong])
      expect(await finishItems(world.parts)).toBe(0)
    })
  })

  describe('demo: MongoDB', () => {
    let house: DemoHouse
    beforeAll(async () => {
      house = await openDemoHouse(openMongoTestStore)
    })
    afterAll(() => house.close())

    test('loads whole, once', async () => {
      expect(await loadDemo(house.demoParts)).toBe(true)
      expect(await loadDemo(house.demoParts)).toBe(false)
      expect(await listCases(house.conferences, await house.by('saengyeon.team'))).toHaveLength(2)
    })
  })
}
