import { describeStore } from '../../contracts/store.contract.ts'
import { openEmbeddedTestStore } from '../../support/stores.ts'

describeStore('embedded', openEmbeddedTestStore)
