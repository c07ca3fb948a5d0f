import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { KeyProblem } from '../../../server/crypto/key-file.ts'
import { InstallationProblem } from '../../../server/people/installation.ts'
import { CannotListen } from '../../../server/transport/listening.ts'
import { type AppUnderTest, removeData, startAppUnderTest } from '../../support/app-under-test.ts'

let folder: string
let running: AppUnderTest | undefined
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dure-start-'))
})
afterEach(async () => {
  await running?.close()
  running = undefined
  await removeData(folder)
})

const start = async (environment: Record<string, string>) => {
  running = await startAppUnderTest({ folder, environment })
  return running
}
const stop = async () => {
  await running?.app.close()
  running = undefined
}

describe('what a store may be started as', () => {
  test('a real installation never becomes a demo, and says how to go on', async () => {
    await start({ DURE_DEMO: 'off' })
    await stop()
    await expect(start({ DURE_DEMO: 'on' })).rejects.toThrow(InstallationProblem)
    await expect(start({ DURE_DEMO: 'on' })).rejects.toThrow(/DURE_DEMO=off.*DURE_DATA_DIR/)
    await start({ DURE_DEMO: 'off' })
  })

  test('a demo never becomes a real installation, and says how to go on', async () => {
    const demo = await start({ DURE_DEMO: 'on' })
    expect(await demo.stranger().session()).toMatchObject({ installation: { demo: true, needsOperator: false } })
    await stop()
    await expect(start({ DURE_DEMO: 'off' })).rejects.toThrow(/demo:clear/)
    await start({ DURE_DEMO: 'on' })
  })

  test('a failed start leaves nothing open: the same folder starts right after', async () => {
    await start({})
    await stop()
    await rm(join(folder, 'keys'), { recursive: true })
    await expect(start({})).rejects.toThrow(KeyProblem)
    await expect(start({})).rejects.toThrow(KeyProblem)
  })

  test('a port in use is said in words', async () => {
    const first = await start({})
    const other = await mkdtemp(join(tmpdir(), 'dure-start-'))
    const { port } = new URL(first.url)
    const second = startAppUnderTest({ folder: other, environment: { PORT: port } })
    await expect(second).rejects.toThrow(CannotListen)
    await expect(second).rejects.toThrow(/Port \d+ is used by another program/)
    await removeData(other)
  })
})

describe('the demo', () => {
  test('each agency’s address knows its agency, and its accounts open', async () => {
    const demo = await start({ DURE_DEMO: 'on' })
    const client = demo.stranger()
    const { body } = await client.ask('GET', '/api/session', { host: `saengyeon.localhost:${new URL(demo.url).port}` })
    const { installation } = body as { installation: import('../../../shared/protocol/http-api.ts').InstallationView }
    expect(installation.agencyName).toContain('생연1동')
    expect(installation.warnings).toEqual([])
    expect(installation.demoAccounts.length).toBeGreaterThan(10)
    const hosts = new Set(installation.demoAccounts.map(account => new URL(account.url).host))
    expect(hosts.size).toBeGreaterThan(5)
    for (const { login, password, url } of installation.demoAccounts.slice(0, 4)) {
      const visitor = demo.stranger()
      const answer = await visitor.ask('POST', '/api/session', { body: { login, password }, host: new URL(url).host })
      expect(answer.status).toBe(200)
    }
    expect(demo.app.startLines.join('\n')).toContain(installation.demoAccounts[0]?.login)
  })

  test('an address that is not ours is warned about', async () => {
    const demo = await start({})
    const { body } = await demo.stranger().ask('GET', '/api/session', { host: 'elsewhere.example' })
    expect(body).toMatchObject({ installation: { warnings: ['wrong-address'], agencyName: null } })
  })
})
