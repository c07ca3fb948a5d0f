/**
 * [LR-11] proved over the route table: in the demo community each route is asked by people of several agencies, and whatever names a household in an
 * answer must stand in the record of access, with that household as its subject, before the answer came. A new route is asked without being
 * named here: the ids that it needs are those that other answers give.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AuditRecord } from '../../../server/audit/audit.ts'
import { idOfRecord } from '../../../server/audit/chain.ts'
import { DEMO_PASSWORD } from '../../../server/demo/community.ts'
import type { Route } from '../../../server/transport/route.ts'
import { must } from '../../../shared/assert.ts'
import { type CaseId, type ConferenceId, isId, type UserId } from '../../../shared/ids.ts'
import type { CaseView } from '../../../shared/protocol/http-api.ts'
import { type Answer, type AppUnderTest, startAppUnderTest, type TestClient } from '../../support/app-under-test.ts'
import { sampleOf } from './sample-body.ts'

const IS_DEEP = process.env.DEEP === '1'
const PEOPLE = [
  'saengyeon.team',
  'muhan.privacy',
  ...(IS_DEEP ? ['muhan.case', 'council.case', 'saengyeon.admin'] : []),
]
/** Of another city: has nothing to do with any of it. */
const OUTSIDER = 'heungseon.case'

interface Person {
  login: string
  userId: UserId
  client: TestClient
}
interface Household {
  caseId: CaseId
  words: string[]
}
type Params = Record<string, string>

let dure: AppUnderTest
let people: Person[]
let outsider: Person
let households: Household[]
const tuples: Params[] = []
const pool = new Map<string, Set<string>>()

beforeAll(async () => {
  dure = await startAppUnderTest({ environment: { DURE_DEMO: 'on' } })
  const enter = async (login: string): Promise<Person> => {
    const client = await dure.signIn(login, DEMO_PASSWORD)
    const session = await client.session()
    return { login, client, userId: session.state === 'signed-in' ? session.person.userId : ('' as UserId) }
  }
  people = await Promise.all(PEOPLE.map(enter))
  outsider = await enter(OUTSIDER)
  const { store, conferences } = dure.app
  const idsIn = async <T extends string>(name: string) =>
    (await store.collection<{ _id: T }>(name).find({}).toArray()).map(({ _id }) => _id)
  // No order comes from ids or from the store; what the leader may open is asked about first.
  const { userId: leader } = must(people[0], 'the leader')
  const leadersFirst = (known: readonly { userId: UserId }[]) => (known.some(one => one.userId === leader) ? 'a' : 'b')
  const meetings = (await conferences.conferences.findMany(await idsIn<ConferenceId>('conferences'))).sort(
    by(({ participants, startsAt, title }) => `${leadersFirst(participants)} ${startsAt.toISOString()} ${title}`),
  )
  for (const { _id, participants } of meetings) {
    await conferences.conferences.accept(
      _id,
      participants.map(seat => seat.userId),
    )
    note('conferenceId', _id)
  }
  const files = (await conferences.cases.findMany(await idsIn<CaseId>('cases'))).sort(
    by(({ workers, number }) => `${leadersFirst(workers)} ${number}`),
  )
  households = files.map(file => ({ caseId: file._id, words: [file.number] }))
  const agencies = (await dure.app.agencies.all()).sort(by(agency => agency.name))
  for (const { _id } of agencies) note('agencyId', _id)
  for (const { _id: conferenceId } of meetings) {
    const items = await conferences.items.ofConference(conferenceId)
    const placeOf = (caseId: CaseId | null) => String(files.findIndex(file => file._id === caseId)).padStart(3)
    for (const item of items.sort(by(({ caseId, createdAt }) => `${placeOf(caseId)} ${createdAt.toISOString()}`))) {
      tuples.push({ itemId: item._id, conferenceId, ...(item.caseId && { caseId: item.caseId }) })
    }
  }
  for (const { caseId } of households) if (!tuples.some(one => one.caseId === caseId)) tuples.push({ caseId })
}, 120_000)
afterAll(() => dure.close())

const by =
  <T>(words: (one: T) => string) =>
  (a: T, b: T) =>
    words(a) < words(b) ? -1 : 1

const note = (name: string, id: string) => pool.set(name, (pool.get(name) ?? new Set()).add(id))

/** Every id that an answer names, by the name that it gives it. */
function harvest(value: unknown): void {
  if (Array.isArray(value)) for (const one of value) harvest(one)
  if (typeof value !== 'object' || value === null) return
  for (const [key, one] of Object.entries(value)) {
    if (key.endsWith('Id') && isId(one)) note(key, one)
    else harvest(one)
  }
}

const namesIn = (path: string) => [...path.matchAll(/:(\w+)/g)].map(match => match[1] ?? '')
const nameOf = (route: Route) => `${route.method} ${route.path}`
const SPAN: Params = { month: '2026-11', set: 'need_domain', section: 'basics' }

/** Ways to fill a path: things that belong together, together. */
function fillings(route: Route, most: number): Params[] {
  const names = namesIn(route.path)
  if (names.length === 0) return [{}]
  const belonging = tuples.filter(tuple =>
    ['caseId', 'itemId', 'conferenceId'].every(n => !names.includes(n) || tuple[n]),
  )
  const found: Params[] = []
  for (const tuple of belonging) {
    const rest = names.filter(name => tuple[name] === undefined)
    const lists = rest.map(name => (SPAN[name] ? [SPAN[name]] : [...(pool.get(name) ?? [])].slice(0, 8)))
    if (lists.some(list => list.length === 0)) continue
    const deep = Math.max(1, ...lists.map(list => list.length))
    for (let i = 0; i < deep; i++) {
      const filled = Object.fromEntries(rest.map((name, at) => [name, lists[at]?.[i % (lists[at]?.length ?? 1)] ?? '']))
      found.push({ ...tuple, ...filled })
    }
  }
  const paths = new Map(found.map(params => [filled(route.path, params), params]))
  return [...paths.values()].slice(0, most)
}

const filled = (path: string, params: Params) => path.replace(/:(\w+)/g, (_, name: string) => params[name] ?? '')

function addressOf(route: Route, params: Params): string {
  const path = filled(route.path, params)
  if (route.query === undefined) return path
  const query = sampleOf(route.query, name => params[name] ?? [...(pool.get(name) ?? [])][0])
  const given = Object.entries((query ?? {}) as Record<string, unknown>).map(([key, value]) => [key, String(value)])
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}

async function lastNumber(): Promise<number> {
  const records = dure.app.store.collection<AuditRecord>('audit')
  const [last] = await records.find({}, { sort: { sequence: -1 }, limit: 1 }).toArray()
  return last?.sequence ?? 0
}

/** Records in which one of the five is missing: who, when, from where, whose, what was done (제2조 3호). */
const incomplete: string[] = []
function noteIncomplete({ _id, actor, at, address, action, subject, outcome }: AuditRecord, since: number): void {
  const isWhole =
    actor !== null &&
    at instanceof Date &&
    at.getTime() >= since &&
    at.getTime() <= dure.app.clock.now() &&
    address === '127.0.0.1' &&
    /^[a-z-]+\.[a-z_-]+$/.test(action) &&
    (subject === undefined || isId(subject)) &&
    ['ok', 'denied', 'failed'].includes(outcome)
  if (!isWhole) incomplete.push(`${action} ${_id}`)
}

/** Asks, and what stands in the record of it by then. */
async function asked(person: Person, route: Route, params: Params, body?: unknown) {
  const before = await lastNumber()
  const since = dure.app.clock.now()
  const answer = await person.client.ask(route.method, addressOf(route, params), body === undefined ? {} : { body })
  const records = await dure.app.store
    .collection<AuditRecord>('audit')
    .find({ sequence: { $gt: before }, actor: person.userId })
    .toArray()
  for (const record of records) noteIncomplete(record, since)
  harvest(answer.body)
  return { answer, records, subjects: new Set(records.map(record => record.subject)) }
}

/** The households that an answer names. */
const namedIn = ({ text }: Answer) =>
  households.filter(({ words }) => words.some(word => text.includes(word))).map(household => household.caseId)

const isCaseRoute = (route: Route) => namesIn(route.path).some(name => name === 'caseId' || name === 'itemId')

describe('[AU1] [AU2] [LR-11] each route that shows a household', () => {
  test('leaves a record with that household as its subject, whoever asks', async () => {
    const faults: string[] = []
    let named = 0
    let opened = 0
    // Twice: what the first round's answers name is asked for in the second.
    for (const round of IS_DEEP ? [1, 2] : [1]) {
      for (const route of dure.app.routes.filter(one => one.method === 'GET')) {
        for (const person of people) {
          for (const params of fillings(route, IS_DEEP ? 8 : 2)) {
            const { answer, subjects } = await asked(person, route, params)
            if (answer.status !== 200) continue
            opened += 1
            const who = `${person.login} ${nameOf(route)}, round ${round}`
            for (const caseId of namedIn(answer)) {
              named += 1
              if (!subjects.has(caseId)) faults.push(`${who}: shows ${caseId}`)
            }
            const about = params.caseId
            const isAbout = isCaseRoute(route) && about !== undefined
            if (isAbout && !subjects.has(about)) faults.push(`${who}: opens ${about}`)
          }
        }
      }
    }
    expect([...new Set(faults.map(fault => fault.replace(/, round.*/, '')))]).toEqual([])
    // Not a run that asked nothing.
    expect(opened).toBeGreaterThan(IS_DEEP ? 300 : 80)
    expect(named).toBeGreaterThan(20)
  }, 300_000)
})

describe('[AU2] [LR-34] each route that is about a household', () => {
  test('leaves a refusal with that household as its subject when somebody else asks', async () => {
    const faults: string[] = []
    const tried: string[] = []
    const unread: string[] = []
    for (const route of dure.app.routes.filter(isCaseRoute)) {
      const [params] = fillings(route, 50).filter(one => one.caseId !== undefined)
      if (params === undefined) continue
      const body = bodyFor(route, params)
      const { answer, records } = await asked(outsider, route, params, body)
      if (answer.reason === 'bad-request' || answer.status === 415) {
        unread.push(nameOf(route))
        continue
      }
      tried.push(nameOf(route))
      if (answer.status < 400) faults.push(`${nameOf(route)}: let in`)
      // Under this name the officer's month finds it (AD9).
      const denied = records.filter(record => record.outcome === 'denied' && record.action === 'authz.deny')
      if (!denied.some(record => record.subject === params.caseId)) faults.push(`${nameOf(route)}: ${answer.text}`)
    }
    expect(faults).toEqual([])
    // A body that is not understood is refused before anything is looked up; most are.
    expect(tried.length, `not understood: ${unread.join(', ')}`).toBeGreaterThan(10)
  }, 120_000)
})

function bodyFor(route: Route, params: Params): unknown {
  if (route.body === undefined || !('parse' in route.body)) return undefined
  return sampleOf(route.body, name => params[name] ?? [...(pool.get(name) ?? [])][0])
}

describe('[AU1] [LR-11] each change to a household', () => {
  test('leaves a record with that household as its subject', async () => {
    const faults: string[] = []
    let changed = 0
    const insider = must(people[0], 'the leader')
    for (const route of dure.app.routes.filter(one => one.method !== 'GET' && isCaseRoute(one))) {
      for (const params of fillings(route, 6)) {
        if (params.caseId === undefined) continue
        const { answer, subjects } = await asked(insider, route, params, bodyFor(route, params))
        if (answer.status >= 400) continue
        changed += 1
        if (!subjects.has(params.caseId)) faults.push(nameOf(route))
        break
      }
    }
    expect(faults).toEqual([])
    expect(changed).toBeGreaterThan(2)
  }, 120_000)
})

test('[LR-11] each record of all of these says who, when, from where and what was done', () => {
  expect([...new Set(incomplete)]).toEqual([])
})

/** Somebody else took the chain's next place: the next record cannot be written. */
async function spoilNext(): Promise<void> {
  const sequence = (await lastNumber()) + 1
  const at = new Date(dure.app.clock.now())
  const record = { actor: null, address: '', action: 'test.spoil', outcome: 'ok', previous: '', hash: 'x' } as const
  await dure.app.store
    .collection<AuditRecord>('audit')
    .insertOne({ ...record, _id: idOfRecord(sequence), sequence, at })
}

describe('[AU1] [LR-11] what could not be recorded', () => {
  test('is not answered: no route that shows a household shows it then', async () => {
    const faults: string[] = []
    const refused: string[] = []
    const insider = must(people[0], 'the leader')
    for (const route of dure.app.routes.filter(one => one.method === 'GET')) {
      for (const params of fillings(route, IS_DEEP ? 8 : 2)) {
        const { answer } = await asked(insider, route, params)
        if (answer.status !== 200 || namedIn(answer).length === 0) continue
        await spoilNext()
        const unrecorded = await insider.client.ask(route.method, addressOf(route, params))
        refused.push(nameOf(route))
        if (unrecorded.status < 500 || namedIn(unrecorded).length > 0)
          faults.push(`${nameOf(route)}: ${unrecorded.status}`)
        break
      }
    }
    expect(faults).toEqual([])
    expect(refused.length).toBeGreaterThan(10)
  }, 120_000)

  test('is not done: the case stays as it is, and the next one who asks gets their answer', async () => {
    const insider = must(people[0], 'the leader')
    const { caseId } = must(households[0], 'a household')
    const path = `/api/cases/${caseId}`
    const before = (await insider.client.get(path)).body as CaseView
    await spoilNext()
    expect((await insider.client.patch(path, { _v: before._v, label: '바꾼 가구' })).reason).toBe('internal')
    expect((await insider.client.get(path)).body).toEqual(before)
    expect((await insider.client.patch(path, { _v: before._v, label: '바꾼 가구' })).status).toBe(200)
  })
})
