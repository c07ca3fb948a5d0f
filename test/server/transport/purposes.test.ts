/**
 * Whatever leaves the house as a sheet or a file says what for (안전성 확보조치 기준 제8조②, 제12조; SECURITY R40): each route that prints, exports or takes out, found in the
 * route table. Without a purpose, with one that says nothing and with one that would split a line nothing is looked up, recorded or given.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { newId } from '../../../server/lib/random.ts'
import { isUpload } from '../../../server/transport/request-body.ts'
import type { Route } from '../../../server/transport/route.ts'
import { must } from '../../../shared/assert.ts'
import { type AppUnderTest, startAppUnderTest, type TestClient } from '../../support/app-under-test.ts'
import { sampleOf } from '../audit/sample-body.ts'

let dure: AppUnderTest
let client: TestClient
beforeAll(async () => {
  dure = await startAppUnderTest()
  client = (await dure.person({ operator: true })).client
})
afterAll(() => dure.close())

const nameOf = ({ method, path }: Route) => `${method} ${path}`

/** Those by which something is taken out: what they are called, or that they answer with a file of clients' data. */
const takingOut = () =>
  dure.app.routes.filter(({ method, path }) => method === 'POST' && /\/(prints|exports|file|hand-outs)$/.test(path))

const schemaOf = ({ body }: Route): z.ZodType =>
  must(body !== undefined && !isUpload(body) ? body : undefined, 'a schema')

/** Each form that a body of the route may have. */
function bodiesOf(route: Route): Record<string, unknown>[] {
  const schema = schemaOf(route)
  const forms = schema instanceof z.ZodDiscriminatedUnion ? (schema.options as z.ZodType[]) : [schema]
  return forms.map(form => sampleOf(form, () => newId()) as Record<string, unknown>)
}

test('[R40] [LR-21] the routes by which something is taken out are these, and each asks what for', () => {
  expect(takingOut().map(nameOf).sort()).toEqual([
    'POST /api/agencies/:agencyId/access/cases/:caseId/file',
    'POST /api/agencies/:agencyId/disclosures/file',
    'POST /api/agencies/:agencyId/retention/register/file',
    'POST /api/cases/:caseId/prints',
    'POST /api/cases/:caseId/subject-requests/:requestId/hand-outs',
    'POST /api/conferences/:conferenceId/exports',
    'POST /api/conferences/:conferenceId/prints',
    'POST /api/referrals/:referralId/prints',
  ])
  // What comes by an address alone: what was exported with a purpose before, a paper, one's own list back, counts without anybody, days without words.
  const byAddress = dure.app.routes.filter(
    one => one.method === 'GET' && /(file|faults|table|:paperId|:secret)$/.test(one.path),
  )
  expect(byAddress.map(nameOf).sort()).toEqual([
    'GET /api/agencies/:agencyId/figures/month/file',
    'GET /api/agencies/:agencyId/figures/table',
    'GET /api/agencies/:agencyId/imports/:importId/faults',
    'GET /api/calendar/:secret',
    'GET /api/conferences/:conferenceId/exports/:exportId/file',
    'GET /api/conferences/:conferenceId/items/:itemId/papers/:paperId',
  ])
})

test('[R40] [LR-21] no purpose, one of a letter, one of five thousand, one that moves a terminal: refused by its field', async () => {
  const wrong: unknown[] = []
  let tried = 0
  for (const route of takingOut()) {
    for (const body of bodiesOf(route)) {
      const { purpose: _, ...without } = body
      const path = route.path.replace(/:\w+/g, () => newId())
      // With a whole purpose it is read, and what it names is not there: or nothing below would show anything.
      const whole = await client.post(path, { ...body, purpose: '내부 결재용' })
      if (whole.status === 400) wrong.push([nameOf(route), 'a whole purpose', whole.detail])
      for (const purpose of [
        undefined,
        '',
        '   ',
        '가',
        '가'.repeat(5000),
        `내부\u001b[31m 결재용`,
        '내부\u0000결재용',
        null,
        ['내부 결재용'],
      ]) {
        tried += 1
        const answer = await client.post(path, purpose === undefined ? without : { ...without, purpose })
        if (answer.status !== 400 || answer.detail !== 'purpose') {
          wrong.push([nameOf(route), String(purpose).slice(0, 12), answer.status, answer.detail])
        }
      }
    }
  }
  expect(wrong).toEqual([])
  expect(tried).toBeGreaterThan(70)
  expect(dure.logged()).not.toContain('결재용')
})
