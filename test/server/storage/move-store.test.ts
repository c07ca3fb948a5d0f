import { describeMoveStore } from '../../contracts/move-store.contract.ts'
import { openEmbeddedTestStore } from '../../support/stores.ts'

// Into another embedded store, which needs no server; the command itself moves into MongoDB (`move-store.mongo.test.ts`).
describeMoveStore('an embedded store', openEmbeddedTestStore)
