/** `npm run demo:clear`: empties the demo, so that the next start begins anew, as a demo or for real. Refuses any store that is not a demo. */
import { ConfigProblem, readConfig } from '../config.ts'
import { clearDemo, NotADemo } from '../demo/clear.ts'
import { COLLECTIONS } from '../storage/collections.ts'
import { openStore } from '../storage/open-store.ts'

try {
  const { mongodbUrl, dataDirectory } = readConfig(process.env)
  const store = await openStore({ mongodbUrl, dataDirectory, declarations: COLLECTIONS })
  try {
    const removed = await clearDemo(store)
    console.log(`체험판을 비웠습니다. The demo is empty: ${removed} records removed from ${store.description}.`)
  } finally {
    await store.close()
  }
} catch (error) {
  const isInWords = error instanceof ConfigProblem || error instanceof NotADemo || isStoreProblem(error)
  console.error(isInWords ? error.message : error)
  process.exitCode = 1
}

/** E.g. that another process has the folder open. */
function isStoreProblem(error: unknown): error is Error {
  return error instanceof Error && /Store|Folder/.test(error.name)
}
