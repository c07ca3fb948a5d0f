/** Lists, triage and the list of cases in the whole application: every route by everybody (`server/imports/SPEC.md` IM12, `server/case-list/SPEC.md` LS1). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Agency } from '../../../server/people/agency-repository.ts'
import type { CaseListView } from '../../../shared/protocol/case-list.ts'
import type { ImportView } from '../../../shared/protocol/imports.ts'
import { ABOUT_HEADER, UPLOAD_TYPE } from '../../../shared/protocol/papers.ts'
import type { FindingsView } from '../../../shared/protocol/triage.ts'
import { type AppUnderTest, startAppUnderTest, type TestClient } from '../../support/app-under-test.ts'
import { csv, HEADINGS, row } from './imports-under-test.ts'

let dure: AppUnderTest
let agency: Agency
const clients = new Map<string, TestClient>()
const OTHERS = ['stranger', 'worker elsewhere', 'observer here', 'administrator here', 'operator'] as const

const client = (name: string): TestClient => {
  const found = clients.get(name)
  if (!found) throw new Error(name)
  return found
}
const upload = (by: TestClient, content: string, about: object = { fileName: '명단.csv', route: 'outreach_visit' }) =>
  by.ask('POST', `/api/agencies/${agency._id}/imports`, {
    raw: Buffer.from(content),
    headers: { 'content-type': UPLOAD_TYPE, [ABOUT_HEADER]: encodeURIComponent(JSON.stringify(about)) },
  })

beforeAll(async () => {
  dure = await startAppUnderTest()
  agency = await dure.agency()
  const elsewhere = await dure.agency()
  clients.set('stranger', dure.stranger())
  clients.set('worker here', (await dure.person({ agencyId: agency._id })).client)
  clients.set('colleague', (await dure.person({ agencyId: agency._id, role: 'supervisor' })).client)
  clients.set('worker elsewhere', (await dure.person({ agencyId: elsewhere._id })).client)
  clients.set('observer here', (await dure.person({ agencyId: agency._id, role: 'observer' })).client)
  clients.set('administrator here', (await dure.person({ agencyId: agency._id, role: 'agency_administrator' })).client)
  clients.set('operator', (await dure.person({ operator: true })).client)
})
afterAll(async () => {
  await dure.close()
})

describe('in order', () => {
  let list: ImportView
  let findings: FindingsView['findings']
  const at = () => `/api/agencies/${agency._id}/imports/${list.importId}`

  test('[IM12] a list goes from its file to households and a case, over HTTP', async () => {
    const by = client('worker here')
    const answer = await upload(by, csv([[...HEADINGS], row(1), row(2), row(3, { 성명: '' })]))
    expect([answer.status, answer.text]).toEqual([200, expect.any(String)])
    list = answer.body as ImportView
    expect(list).toMatchObject({ good: 2, faultCount: 1, standing: 'read' })
    expect((await by.get(`${at()}/faults?language=ko`)).text).toContain('이름이 없습니다')
    const begun = (await by.post(`${at()}/take-in`, { _v: list._v, keep: [] })).body as ImportView
    expect(begun.standing).toMatch(/taking_in|done/)
    await expect.poll(async () => ((await client('colleague').get(at())).body as ImportView).standing).toBe('done')
    findings = ((await by.post(`/api/agencies/${agency._id}/findings`, {})).body as FindingsView).findings
    expect(findings.map(one => one.route)).toEqual(['outreach_visit', 'outreach_visit'])
    const [first] = findings
    const made = await by.post(`/api/agencies/${agency._id}/findings/${first?.findingId}/case`, {
      _v: first?._v,
      number: '2026-1',
      label: '김○○ 가구',
    })
    expect(made.status).toBe(200)
    const view = (await by.post('/api/case-list', {})).body as CaseListView
    expect(view.rows.map(one => one.number)).toEqual(['2026-1'])
    expect(((await client('colleague').post('/api/case-list', {})).body as CaseListView).all).toBe(0)
  })

  test('[IM12] [LS1] to everybody else each route answers as it does where there is nothing', async () => {
    const nothing = `/api/agencies/${agency._id}/imports/${'x'.repeat(22)}`
    const body = { findings: findings.map(({ findingId, _v }) => ({ findingId, _v })), state: 'linked' }
    const board = `/api/agencies/${agency._id}/findings`
    for (const name of OTHERS) {
      const by = client(name)
      const answers = [
        await by.get(`/api/agencies/${agency._id}/imports`),
        await upload(by, csv([[...HEADINGS], row(9)])),
        await by.get(at()),
        await by.get(nothing),
        await by.patch(at(), { _v: 2, route: 'other', foundOn: '', headingRow: 0, mapping: [] }),
        await by.get(`${at()}/faults?language=ko`),
        await by.post(`${at()}/take-in`, { _v: 2, keep: [] }),
        await by.post(`${at()}/undo`, { _v: 2 }),
        await by.post(board, {}),
        await by.post(`${board}/triage`, body),
        await by.post(`${board}/${findings[0]?.findingId}/case`, { _v: 1, number: 'x', label: 'y' }),
      ]
      const expected = name === 'stranger' ? 'not-signed-in' : 'not-found'
      expect([name, [...new Set(answers.map(one => one.reason))]]).toEqual([name, [expected]])
      const cases = await by.post('/api/case-list', {})
      if (name === 'stranger') expect(cases.reason).toBe('not-signed-in')
      else expect(cases.body).toMatchObject({ all: 0, total: 0, rows: [] })
      expect((await by.get('/api/case-filters')).body).toEqual(
        name === 'stranger' ? expect.anything() : { filters: [] },
      )
    }
  })

  test('[LS7] a filter is kept and removed by its own person', async () => {
    const by = client('worker here')
    const kept = await by.post('/api/case-filters', { name: '늦은 것', filter: { isLate: true } })
    const { filters } = kept.body as { filters: { filterId: string; name: string }[] }
    expect(filters).toMatchObject([{ name: '늦은 것' }])
    await client('colleague').delete(`/api/case-filters/${filters[0]?.filterId}`)
    expect((await by.get('/api/case-filters')).body).toMatchObject({ filters: [{ name: '늦은 것' }] })
    expect((await by.delete(`/api/case-filters/${filters[0]?.filterId}`)).body).toEqual({ filters: [] })
  })

  test('[IM1] [IM3] a file that is no list is refused with what to do, and nothing of it is kept', async () => {
    const by = client('worker here')
    const before = await by.get(`/api/agencies/${agency._id}/imports`)
    const refused = await upload(by, '%PDF-1.7\n%%EOF')
    expect([refused.status, refused.detail]).toEqual([415, 'import-kind'])
    expect((await upload(by, '')).detail).toBe('import-empty')
    expect((await upload(by, 'a,"b\n')).detail).toBe('import-quote 1')
    expect((await by.get(`/api/agencies/${agency._id}/imports`)).text).toBe(before.text)
  })
})
