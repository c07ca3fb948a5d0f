import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { openMongoStore } from '../../../server/storage/mongo-store.ts'
import { openStore } from '../../../server/storage/open-store.ts'
import { StoreUnavailable } from '../../../server/storage/port.ts'
import { openEmbeddedTestStore } from '../../support/stores.ts'

test('where no database answers, opening says so within seconds and names no password', async () => {
  const port = await closedPort()
  const url = `mongodb://dure:secret@127.0.0.1:${port}/dure`
  const started = performance.now()
  const error = await openMongoStore({ url, declarations: {} }).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(StoreUnavailable)
  expect(performance.now() - started).toBeLessThan(15_000)
  expect(String(error)).not.toContain('secret')
})

test('without an address the embedded store is opened, with one MongoDB', async () => {
  const opened = await openEmbeddedTestStore({})
  const dataDirectory = opened.store.description.replace('embedded store in ', '')
  await opened.store.close()
  for (const mongodbUrl of [undefined, '']) {
    const store = await openStore({ mongodbUrl, dataDirectory, declarations: {} })
    expect(store.kind).toBe('embedded')
    await store.close()
  }
  const url = `mongodb://127.0.0.1:${await closedPort()}/dure`
  await expect(openStore({ mongodbUrl: url, dataDirectory, declarations: {} })).rejects.toBeInstanceOf(StoreUnavailable)
  await opened.cleanUp()
})

async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('No port')
  return address.port
}
