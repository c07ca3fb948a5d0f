/**
 * SECURITY §8.1 on every route of the table, whatever it is about: bodies and addresses that no page of ours sends are refused before anything is
 * looked up, with one fixed form that says nothing of the inside. A new route is tried without being named. Everyday each kind of wrong is tried on
 * each route once; `DEEP=1` tries every one.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../../server/lib/random.ts'
import type { Route } from '../../../server/transport/route.ts'
import { must } from '../../../shared/assert.ts'
import {
  type Answer,
  type AppUnderTest,
  type Asking,
  startAppUnderTest,
  type TestClient,
} from '../../support/app-under-test.ts'
import { sampleOf, wholeSamplesOf } from '../audit/sample-body.ts'

const IS_DEEP = process.env.DEEP === '1'

let dure: AppUnderTest
/** Gets as far as the body everywhere: what they may then is not asked here. */
let client: TestClient
beforeAll(async () => {
  dure = await startAppUnderTest()
  client = (await dure.person({ operator: true })).client
})
afterAll(() => dure.close())

const nameOf = ({ method, path }: Route) => `${method} ${path}`
const closed = () => dure.app.routes.filter(route => route.policy !== 'public')
const isJson = (route: Route) => jsonOf(route) !== undefined
const withJson = () => closed().filter(isJson)

function addressOf(route: Route, id: (name: string) => string = () => newId()): string {
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => (name.endsWith('Id') ? id(name) : 'x'))
  const query = route.query && ((sampleOf(route.query, () => newId()) ?? {}) as Record<string, unknown>)
  const given = new URLSearchParams(Object.entries(query ?? {}).map(([key, value]) => [key, String(value)])).toString()
  return given === '' ? path : `${path}?${given}`
}
const jsonOf = ({ body }: Route) => (body !== undefined && 'safeParse' in body ? body : undefined)
function bodyOf(route: Route) {
  const schema = jsonOf(route)
  return (schema ? sampleOf(schema, () => newId()) : {}) as Record<string, unknown>
}

type Place = readonly (string | number)[]

/** Where in a body a text stands. */
function textsIn(value: unknown, at: Place = []): Place[] {
  if (typeof value === 'string') return [at]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, one]) => textsIn(one, [...at, Array.isArray(value) ? Number(key) : key]))
}

/** The same with another text there. */
function withAt(value: unknown, [key, ...rest]: Place, text: string): unknown {
  if (key === undefined) return text
  if (Array.isArray(value)) return value.map((one, at) => (at === key ? withAt(one, rest, text) : one))
  const fields = value as Record<string, unknown>
  return { ...fields, [key]: withAt(fields[key], rest, text) }
}

/** One of the choices for this route, each for some route; all of them in the deep run. */
const some = <T>(choices: readonly T[], at: number): readonly T[] => {
  const one = choices[at % choices.length]
  return IS_DEEP || one === undefined ? choices : [one]
}

/** A refusal's whole form (R37): no stack, no path, no name of ours, nothing of what was sent. */
function isPlain({ text }: Answer): boolean {
  return /^\{"error":\{"reason":"[a-z-]+"(,"detail":"[\w .-]{1,80}")?,"requestId":"[\w-]{12}"\}\}$/.test(text)
}

async function faults(
  routes: readonly Route[],
  status: number,
  tries: (route: Route, at: number) => readonly (Asking & { address?: string; what: string })[],
): Promise<unknown[]> {
  const wrong: unknown[] = []
  let tried = 0
  for (const [at, route] of routes.entries()) {
    for (const { what, address, ...asking } of tries(route, at)) {
      const answer = await client.ask(route.method, address ?? addressOf(route), asking)
      tried += 1
      if (answer.status !== status || !isPlain(answer)) wrong.push([nameOf(route), what, answer.status, answer.text])
    }
  }
  expect(tried).toBeGreaterThanOrEqual(routes.length)
  return wrong
}

const json = { 'content-type': 'application/json' }

describe('every route', () => {
  test('[R08] takes no parameter that it does not know, and none twice', async () => {
    const wrong = await faults(closed(), 400, (route, at) => {
      const address = addressOf(route)
      const join = address.includes('?') ? '&' : '?'
      return some(['zzz=1', 'zzz=1&zzz=2', 'zzz[$ne]=1', 'zzz[]=1', '__proto__=1', '$where=sleep(5000)'], at).map(
        what => ({
          what,
          address: `${address}${join}${what}`,
          ...(isJson(route) && { body: bodyOf(route) }),
        }),
      )
    })
    expect(wrong).toEqual([])
  })

  test('[R13] finds nothing under an id of another form', async () => {
    const routes = closed().filter(route => /:\w+Id\b/.test(route.path))
    const ids = ['x', '..%2f..%2fetc%2fpasswd', '%00', `${newId()}x`, '%7B%22$ne%22:null%7D', `${newId()}%27`, '*']
    const wrong = await faults(routes, 404, (route, at) =>
      some(ids, at).map(what => ({ what, address: addressOf(route, () => what) })),
    )
    expect(wrong).toEqual([])
  })

  test('[R14] is not moved by a foreign page', async () => {
    const wrong = await faults(closed(), 403, (route, at) => {
      const foreign: readonly (Asking & { what: string })[] =
        route.method === 'GET'
          ? [{ what: 'a read from elsewhere', headers: { 'sec-fetch-site': 'cross-site' } }]
          : some<Asking & { what: string }>(
              [
                { what: 'elsewhere', headers: { origin: 'https://evil.example' } },
                { what: 'null', headers: { origin: 'null' } },
                { what: 'none', headers: { origin: undefined } },
                { what: 'none, cross-site', headers: { origin: undefined, 'sec-fetch-site': 'cross-site' } },
              ],
              at,
            )
      return foreign.map(one => ({ ...one, ...(isJson(route) && { body: bodyOf(route) }) }))
    })
    expect(wrong).toEqual([])
  })

  test('[R11] that takes no body takes none', async () => {
    const routes = closed().filter(route => route.body === undefined && route.method !== 'GET')
    expect(await faults(routes, 400, () => [{ what: 'a body', body: {}, headers: { 'content-length': '2' } }])).toEqual(
      [],
    )
  })
})

describe('every route that takes JSON', () => {
  test('[R11] takes it in one form only', async () => {
    const types = [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      undefined,
      'application/json; charset=utf-7',
    ]
    const wrong = await faults(withJson(), 415, (route, at) => {
      const raw = JSON.stringify(bodyOf(route))
      return [
        ...some(types, at).map(type => ({ what: String(type), raw, headers: { 'content-type': type } })),
        { what: 'packed', raw, headers: { ...json, 'content-encoding': 'gzip' } },
      ]
    })
    expect(wrong).toEqual([])
  })

  test('[R09] takes an object, and no other value', async () => {
    const values = [
      'null',
      '[]',
      '""',
      '0',
      'true',
      '',
      '{',
      '{"a":1',
      '\u0000',
      `${'['.repeat(5000)}`,
      '{"a":1}{"b":2}',
    ]
    const wrong = await faults(withJson(), 400, (_, at) =>
      some(values, at).map(raw => ({ what: raw.slice(0, 20), raw, headers: json })),
    )
    expect(wrong).toEqual([])
  })

  test('[R09] [R10] takes no field that it does not know', async () => {
    const keys = [
      '_id',
      'agencyHash',
      'createdBy',
      'keyVersion',
      'synthetic',
      '__proto__',
      'constructor',
      'toString',
      '$set',
    ]
    const wrong = await faults(withJson(), 400, (route, at) =>
      some(keys, at).map(key => {
        const text = JSON.stringify(bodyOf(route)).slice(0, -1)
        return { what: key, raw: `${text}${text === '{' ? '' : ','}"${key}":{"polluted":true}}`, headers: json }
      }),
    )
    expect(wrong).toEqual([])
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  test('[R07] takes no operator in place of a value', async () => {
    const operators = [
      { $gt: '' },
      { $ne: null },
      { $where: 'sleep(5000)' },
      { $regex: '^(a+)+$' },
      { $expr: { $function: {} } },
    ]
    const routes = withJson().filter(route => Object.keys(bodyOf(route)).length > 0)
    const wrong = await faults(routes, 400, (route, at) => {
      const body = bodyOf(route)
      // Everyday one field of each route: what reads them is one.
      return some(Object.keys(body), at).flatMap((field, more) =>
        some(operators, at + more).map(operator => ({ what: field, body: { ...body, [field]: operator } })),
      )
    })
    expect(wrong).toEqual([])
  })

  test('[RN7] [LR-17] takes no resident registration number in any of its texts: masked by its schema, or refused with words for it', async () => {
    const NUMBER = '900101-1234567'
    const wrong: unknown[] = []
    const count = { masked: 0, refused: 0 }
    for (const route of withJson()) {
      const schema = must(jsonOf(route), nameOf(route))
      const asked = new Set<string>()
      for (const body of [...wholeSamplesOf(schema, () => newId()), bodyOf(route)]) {
        for (const place of textsIn(body)) {
          const typed = withAt(body, place, NUMBER)
          const parsed = schema.safeParse(typed)
          // A code, an id, a day: no words; and what is a secret is kept as its hash.
          if (!parsed.success || asked.has(String(place)) || /password|current|next/.test(String(place))) continue
          asked.add(String(place))
          if (!JSON.stringify(parsed.data).includes(NUMBER)) {
            count.masked += 1
            continue
          }
          const { reason, detail } = await client.ask(route.method, addressOf(route), { body: typed })
          count.refused += 1
          if (reason !== 'bad-request' || detail !== 'resident-number')
            wrong.push([nameOf(route), place, reason, detail])
        }
      }
    }
    expect(wrong).toEqual([])
    expect(count.masked).toBeGreaterThan(10)
    expect(count.refused).toBeGreaterThan(60)
  })

  test('[R11] reads no body without end', async () => {
    const routes = IS_DEEP ? withJson() : withJson().filter((_, at) => at % 10 === 0)
    const raw = `{"x":"${'가'.repeat(90_000)}"}`
    expect(await faults(routes, 413, () => [{ what: 'too long', raw, headers: json }])).toEqual([])
  })
})
