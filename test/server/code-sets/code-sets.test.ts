/** Code sets of an installation over HTTP: who publishes, what is kept, and two at once. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { StoredRecord } from '../../../server/storage/port.ts'
import { must } from '../../../shared/assert.ts'
import type { CodeEntry } from '../../../shared/code-sets/code-sets.ts'
import type { CodeSetName } from '../../../shared/code-sets/shipped.ts'
import type { CodeSetHistory, CodeSetsView } from '../../../shared/protocol/code-sets.ts'
import { type AppUnderTest, startAppUnderTest, type TestClient } from '../../support/app-under-test.ts'

let app: AppUnderTest
let administrator: TestClient
let worker: TestClient

beforeAll(async () => {
  app = await startAppUnderTest()
  const agency = await app.agency()
  administrator = (await app.person({ agencyId: agency._id, role: 'agency_administrator' })).client
  worker = (await app.person({ agencyId: agency._id, role: 'case_worker' })).client
})
afterAll(() => app.close())

async function current(set: CodeSetName, client = worker) {
  const { sets } = (await client.get('/api/code-sets')).body as CodeSetsView
  return must(
    sets.find(one => one.set === set),
    set,
  )
}

const plain = (entries: readonly CodeEntry[]): CodeEntry[] =>
  entries.map(({ code, ko, en, of, official, retired }) => ({
    code,
    ko,
    en,
    ...(of !== undefined && { of }),
    ...(official !== undefined && { official }),
    ...(retired && { retired }),
  }))

async function publish(set: string, change: (entries: CodeEntry[]) => CodeEntry[], as = administrator, _v?: number) {
  const now = await current(set as CodeSetName)
  const body = { _v: _v ?? now.version, entries: change(plain(now.entries)), reason: '2027년 지침 반영' }
  return as.post(`/api/code-sets/${set}/versions`, body)
}

const rename = (code: string, ko: string) => (entries: CodeEntry[]) =>
  entries.map(entry => (entry.code === code ? { ...entry, ko } : entry))

test('[CO2] [CO5] a version is made as a whole, the earlier ones stay, and a code tells how it was called', async () => {
  const before = await current('household_type')
  const answer = await publish('household_type', entries => [
    ...rename('north_korean_refugee', '북한이탈주민')(entries),
    { code: 'own_1', ko: '고립·은둔 청년', en: 'Withdrawn young people' },
  ])
  expect(answer.status).toBe(200)
  const after = await current('household_type')
  expect(after.version).toBe(before.version + 1)
  expect(after.entries.at(-1)).toEqual({ code: 'own_1', ko: '고립·은둔 청년', en: 'Withdrawn young people' })
  expect(after.entries.find(({ code }) => code === 'north_korean_refugee')).toMatchObject({
    ko: '북한이탈주민',
    official: '005',
    formerly: [{ ko: '새터민', until: before.version }],
  })
  const { versions } = (await administrator.get('/api/code-sets/household_type/versions')).body as CodeSetHistory
  expect(versions.map(({ version }) => version)).toEqual([before.version + 1, before.version])
  expect(versions[0]?.published).toMatchObject({ reason: '2027년 지침 반영', by: expect.stringMatching(/./) })
  expect(versions.at(-1)?.published).toBeNull()
  expect(plain(must(versions.at(-1), 'the shipped').entries)).toEqual(plain(before.entries))
})

test('[CO3] a retired code stays in the set, marked, and can come back', async () => {
  const retire = (entries: CodeEntry[]) =>
    entries.map(entry => (entry.code === 'online' ? { ...entry, retired: true as const } : entry))
  expect((await publish('contact_method', retire)).status).toBe(200)
  expect((await current('contact_method')).entries.find(({ code }) => code === 'online')?.retired).toBe(true)
  const back = await publish('contact_method', entries => entries.map(({ retired: _, ...entry }) => entry))
  expect(back.status).toBe(200)
  expect((await current('contact_method')).entries.find(({ code }) => code === 'online')?.retired).toBeUndefined()
})

test('[CO1] [CO4] [CO8] what no version may do is refused by its name, and nothing is written', async () => {
  const count = () => app.app.store.collection<StoredRecord>('codeSetVersions').countDocuments({})
  const before = await count()
  const cases: [string, (entries: CodeEntry[]) => CodeEntry[], string][] = [
    ['service', entries => entries.slice(1), 'code-set-removed'],
    ['need_item', entries => [{ ...must(entries[0], 'one'), of: 'leisure' }, ...entries.slice(1)], 'code-set-moved'],
    [
      'disability',
      entries => [{ ...must(entries[0], 'one'), official: '99' }, ...entries.slice(1)],
      'code-set-renumbered',
    ],
    ['service', entries => [...entries, { code: 'wonderful', ko: '새것', en: 'New' }], 'code-set-own-code'],
    [
      'need_subdomain',
      entries => [...entries, { code: 'own_1', ko: '새것', en: 'New', of: 'nowhere' }],
      'code-set-heading',
    ],
    ['need_domain', entries => [...entries, { code: 'own_1', ko: '새것', en: 'New' }], 'code-set-fixed'],
    ['need_domain', entries => [...entries].reverse(), 'code-set-fixed'],
    ['case_stage', entries => [{ ...must(entries[0], 'one'), retired: true }, ...entries.slice(1)], 'code-set-fixed'],
    ['contact_purpose', rename('counselling', '정보제공'), 'code-set-same-name'],
    [
      'contact_purpose',
      entries => entries.map(entry => ({ ...entry, retired: true as const })),
      'code-set-none-in-use',
    ],
    ['contact_purpose', entries => entries, 'code-set-unchanged'],
    ['contact_purpose', rename('counselling', '상담 900101-1234567'), 'resident-number'],
  ]
  for (const [set, change, detail] of cases) {
    const answer = await publish(set, change)
    expect([set, answer.status, answer.detail]).toEqual([set, 400, detail])
  }
  expect((await publish('contact_purpose', rename('counselling', ' '))).status).toBe(400)
  expect(await count()).toBe(before)
})

test('[CO6] of two who publish at once one does, and the other is told', async () => {
  const { version } = await current('target_group')
  const both = await Promise.all([
    publish('target_group', rename('lost_job', '실직 가구'), administrator, version),
    publish('target_group', rename('lost_job', '일자리를 잃은 사람'), administrator, version),
  ])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  expect((await publish('target_group', rename('lost_job', '또'), administrator, version)).reason).toBe('conflict')
  expect((await current('target_group')).version).toBe(version + 1)
})

test('[CO7] administrators publish and it is recorded; workers read; strangers neither', async () => {
  const answer = await publish('plan_interval', rename('once', '한 번'), worker)
  expect([answer.status, answer.reason]).toEqual([404, 'not-found'])
  expect((await worker.get('/api/code-sets/plan_interval/versions')).status).toBe(404)
  expect((await app.stranger().get('/api/code-sets')).status).toBe(401)
  expect((await administrator.get('/api/code-sets/unheard_of/versions')).status).toBe(404)
  expect((await administrator.get('/api/code-sets/toString/versions')).status).toBe(404)
  const { tag } = (await worker.get('/api/code-sets')).body as CodeSetsView
  expect((await worker.get(`/api/code-sets?known=${tag}`)).body).toEqual({ unchanged: true })
  expect((await publish('plan_interval', rename('once', '한 번'))).status).toBe(200)
  expect((await worker.get(`/api/code-sets?known=${tag}`)).body).toMatchObject({ sets: expect.any(Array) })
  const records = app.app.store.collection<StoredRecord & { action: string; object: string }>('audit')
  const made = await records.find({ action: 'code-set.publish' }).toArray()
  expect(made.map(({ object }) => object)).toContain('code-set.plan_interval version.2')
})

test('[CO2] versions are there after a restart, sealed until then', async () => {
  const stored = await app.app.store.collection<StoredRecord>('codeSetVersions').find({}).toArray()
  const bytes = stored.map(record =>
    Object.values(record).map(value => (Buffer.isBuffer(value) ? value.toString('utf8') : value)),
  )
  expect(stored.length).toBeGreaterThan(0)
  expect(JSON.stringify(bytes)).not.toMatch(/지침|북한이탈/)
  const before = await current('household_type')
  app = await app.restart()
  const agency = await app.agency()
  worker = (await app.person({ agencyId: agency._id })).client
  expect(await current('household_type', worker)).toEqual(before)
})
