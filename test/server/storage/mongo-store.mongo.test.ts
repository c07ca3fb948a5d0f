import { describe, test } from 'vitest'
import { describeStore } from '../../contracts/store.contract.ts'
import { isFerretDb, mongodbTestUrl, NO_MONGODB, openMongoTestStore } from '../../support/stores.ts'

if (mongodbTestUrl === undefined)
  describe('store contract: MongoDB', () => test.skip(`all of it ${NO_MONGODB}`, () => {}))
else if (await isFerretDb()) describeStore('MongoDB protocol, by FerretDB', openMongoTestStore, 'FerretDB')
else describeStore('MongoDB', openMongoTestStore)
