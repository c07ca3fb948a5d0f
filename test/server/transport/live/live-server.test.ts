import { afterAll, beforeAll, expect, test } from 'vitest'
import { come, entered, type LiveUnderTest, openLive, TRANSPORTS } from './live-under-test.ts'

let server: LiveUnderTest
beforeAll(async () => {
  server = await openLive({ prepare: live => live.namespace('/meeting') })
})
afterAll(() => server.close())

test.each(TRANSPORTS)('somebody signed in enters a declared namespace over %s', async transport => {
  const housing = come(server, 'housing', { transport })
  expect(await entered(housing)).toBe('entered')
  housing.disconnect()
})
