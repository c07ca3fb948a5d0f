/**
 * [R38] The route table is the interface: what the router holds is what was declared, and every route is tried from outside by everybody it
 * could matter to. A route that is in no matrix fails here.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeOfStep, newTotpSecret, stepAt } from '../../../server/auth/totp.ts'
import { newId } from '../../../server/lib/random.ts'
import type { Agency } from '../../../server/people/agency-repository.ts'
import type { User } from '../../../server/people/user-repository.ts'
import { createResourceRepository } from '../../../server/resources/resource-repository.ts'
import { createDenialPace } from '../../../server/transport/denial-pace.ts'
import { createHttp, isDeclaredHandler } from '../../../server/transport/http.ts'
import { createRateLimits } from '../../../server/transport/rate-limits.ts'
import type { Route } from '../../../server/transport/route.ts'
import { shippedSet } from '../../../shared/code-sets/shipped.ts'
import type { AgreementId, CommandId, ResourceId } from '../../../shared/ids.ts'
import { type AppUnderTest, startAppUnderTest, type TestClient } from '../../support/app-under-test.ts'

let dure: AppUnderTest
beforeAll(async () => {
  dure = await startAppUnderTest()
})
afterAll(() => dure.close())

const nameOf = (route: Pick<Route, 'method' | 'path'>) => `${route.method} ${route.path}`

/** Tried by `server/access-desk/routes.test.ts`. */
const TRIED_AT_THE_DESK = /^\/api\/(agencies\/:agencyId\/(access|disclosures|break-glass)|access|break-glass)(\/|$)/

/** Tried by `server/retention/routes.test.ts`. */
const TRIED_AT_RETENTION = /^\/api\/agencies\/:agencyId\/retention(\/|$)/

/** Tried by the matrix of cases and conferences, with relations of their own. */
const TRIED_ELSEWHERE = /^\/api\/(actions|allocations|referrals|series|cases|conferences|sync-check)(\/|$)/

/** Tried in `test/server/imports/in-the-app.test.ts`, with real lists. */
const TRIED_WITH_LISTS = /^\/api\/(agencies\/:agencyId\/(imports|findings)|case-list|case-filters)(\/|$)/

describe('the router holds what was declared', () => {
  const build = () =>
    createHttp({
      routes: dure.app.routes,
      callerOf: dure.app.authentication.callerOf,
      onActivity: () => undefined,
      addresses: dure.app.addresses,
      rates: createRateLimits({ usualPerMinute: 1, signInPerMinute: 1 }),
      pace: createDenialPace({ clock: dure.app.clock, beatMs: 0 }),
      audit: dure.app.audit,
      log: dure.app.log,
      clientFolder: undefined,
    })

  type Built = ReturnType<typeof build>

  function undeclaredIn(app: Built): string[] {
    return app.router.stack.flatMap(layer =>
      (layer.route?.stack ?? [])
        .filter(handler => !isDeclaredHandler(handler.handle))
        .map(handler => `${handler.method} ${layer.route?.path}`),
    )
  }

  test('each handler on a path came from the table, and the table is whole', () => {
    const app = build()
    const mounted = app.router.stack.flatMap(layer =>
      (layer.route?.stack ?? []).map(handler => `${handler.method.toUpperCase()} ${layer.route?.path}`),
    )
    expect(mounted.sort()).toEqual(dure.app.routes.map(nameOf).sort())
    expect(mounted.length).toBeGreaterThan(25)
    expect(undeclaredIn(app)).toEqual([])
  })

  test('a handler that was put there by hand is found', () => {
    const app = build()
    app.get('/api/by-hand', (_request, response) => void response.json({}))
    expect(undeclaredIn(app)).toEqual(['get /api/by-hand'])
  })

  test('two declarations of one route do not start', () => {
    const [first] = dure.app.routes
    expect(first).toBeDefined()
    const twice = first ? [first, first] : []
    expect(() =>
      createHttp({
        routes: twice,
        callerOf: dure.app.authentication.callerOf,
        onActivity: () => undefined,
        addresses: dure.app.addresses,
        rates: createRateLimits({ usualPerMinute: 1, signInPerMinute: 1 }),
        pace: createDenialPace({ clock: dure.app.clock, beatMs: 0 }),
        audit: dure.app.audit,
        log: dure.app.log,
        clientFolder: undefined,
      }),
    ).toThrow(/Two routes/)
  })
})

describe('every route of the table, whoever it belongs to', () => {
  /** A path of the right form to things that do not exist. */
  const anywhere = (route: Route) =>
    route.path.replace(/:(\w+)/g, (_, name: string) => (name.endsWith('Id') ? newId() : 'x'))
  const closed = () => dure.app.routes.filter(route => route.policy !== 'public')

  async function answersOf(client: TestClient, routes: readonly Route[]): Promise<[string, string | undefined][]> {
    const answers: [string, string | undefined][] = []
    for (const route of routes) {
      // An empty object is a body of the right kind; who is not let in never hears that it was not enough.
      const answer = await client.ask(route.method, anywhere(route), route.body ? { body: {} } : {})
      answers.push([nameOf(route), answer.reason])
    }
    return answers
  }

  const all = (routes: readonly Route[], reason: string) => routes.map(route => [nameOf(route), reason])

  test('a stranger is asked to sign in', async () => {
    expect(await answersOf(dure.stranger(), closed())).toEqual(all(closed(), 'not-signed-in'))
  })

  test('a locked session opens none of them', async () => {
    const { client } = await dure.person()
    dure.advance(11 * 60_000)
    expect(await answersOf(client, closed())).toEqual(all(closed(), 'session-locked'))
  })

  test('a temporary password opens none but its own change and the way out', async () => {
    const { client } = await dure.person({ mustChangePassword: true })
    const open = closed().filter(route => route.evenWithTemporaryPassword)
    expect(open.map(nameOf).sort()).toEqual([
      'POST /api/password',
      'POST /api/session/activity',
      'POST /api/session/sign-out-everywhere',
    ])
    const others = closed().filter(route => !route.evenWithTemporaryPassword)
    expect(await answersOf(client, others)).toEqual(all(others, 'password-change-required'))
  })

  test('what is public is a short list', () => {
    expect(
      dure.app.routes
        .filter(route => route.policy === 'public')
        .map(nameOf)
        .sort(),
    ).toEqual([
      'DELETE /api/guest',
      'DELETE /api/session',
      'GET /api/calendar/:secret',
      'GET /api/guest',
      'GET /api/health',
      'GET /api/minutes-key',
      'GET /api/session',
      'POST /api/guest',
      'POST /api/guest/link',
      'POST /api/operator',
      'POST /api/session',
      'POST /api/session/passkey',
      'POST /api/session/second-factor',
      'POST /api/session/unlock',
    ])
  })
})

const RELATIONS = [
  'stranger',
  'administrator elsewhere',
  'worker here',
  'observer here',
  'administrator here',
  'former administrator here',
  'operator',
] as const
type Relation = (typeof RELATIONS)[number]

interface Here {
  agency: Agency
  worker: User
  other: User
}

interface Trial {
  path(here: Here): string
  /** What must be so for the call to have an effect. */
  before?: (here: Here) => Promise<void>
  body?: (here: Here) => Promise<object> | object
  /** Who gets an answer; what everybody else gets. */
  allowed: readonly Relation[]
  otherwise: 'not-found' | 'not-allowed'
}

const ADMINISTRATORS: readonly Relation[] = ['administrator here', 'operator']
/** Of whatever agency: codes are the installation's. */
const ANY_ADMINISTRATOR: readonly Relation[] = ['administrator here', 'administrator elsewhere', 'operator']
const SIGNED_IN = RELATIONS.filter(relation => relation !== 'stranger' && relation !== 'former administrator here')

let logins = 0
let agreementId = newId<AgreementId>()
const versionOf = async (userId: User['_id']) => (await dure.app.users.find(userId))?._v ?? 0

/** What an agency can give, and one of these that is there already. */
const RESOURCE = {
  name: '밑반찬',
  domains: ['daily_living' as const],
  service: 'donation_goods' as const,
  sector: 'private' as const,
  eligibility: '',
  rule: '',
  cost: '',
  contact: '',
  places: 3,
  takenElsewhere: 0,
  from: '',
  until: '',
}
const KEPT = newId<ResourceId>()
const resources = () => createResourceRepository(dure.app)

const TRIALS: Record<string, Trial> = {
  'GET /api/code-sets': { path: () => '/api/code-sets', allowed: SIGNED_IN, otherwise: 'not-found' },
  'GET /api/code-sets/:set/versions': {
    path: () => '/api/code-sets/service/versions',
    allowed: ANY_ADMINISTRATOR,
    otherwise: 'not-found',
  },
  'POST /api/code-sets/:set/versions': {
    path: () => '/api/code-sets/plan_interval/versions',
    body: async () => {
      const published = await dure.app.store
        .collection<{ _id: string; set: string }>('codeSetVersions')
        .countDocuments({ set: 'plan_interval' })
      const entries = shippedSet('plan_interval').entries.map(entry =>
        entry.code === 'once' ? { ...entry, ko: `${published + 1}번` } : entry,
      )
      return { _v: published + 1, entries, reason: '지침' }
    },
    allowed: ANY_ADMINISTRATOR,
    otherwise: 'not-found',
  },
  'GET /api/agencies': { path: () => '/api/agencies', allowed: SIGNED_IN, otherwise: 'not-allowed' },
  'POST /api/agencies': {
    path: () => '/api/agencies',
    body: () => ({ name: '새 기관', shortName: '새', type: 'charity', public: false, city: '동두천시' }),
    allowed: ['operator'],
    otherwise: 'not-allowed',
  },
  'PATCH /api/agencies/:agencyId': {
    path: ({ agency }) => `/api/agencies/${agency._id}`,
    body: async ({ agency }) => ({ _v: (await dure.app.agencies.find(agency._id))?._v, name: '고친 이름' }),
    allowed: ADMINISTRATORS,
    otherwise: 'not-found',
  },
  'GET /api/agencies/:agencyId/staff': {
    path: ({ agency }) => `/api/agencies/${agency._id}/staff`,
    allowed: ADMINISTRATORS,
    otherwise: 'not-found',
  },
  'GET /api/agencies/:agencyId/agreements': {
    path: ({ agency }) => `/api/agencies/${agency._id}/agreements`,
    allowed: ['worker here', 'observer here', 'administrator here'],
    otherwise: 'not-found',
  },
  'POST /api/agencies/:agencyId/agreements': {
    path: ({ agency }) => `/api/agencies/${agency._id}/agreements`,
    body: async () => {
      const party = await dure.agency()
      return { parties: [party._id], title: '업무협약', scope: '공동관리', from: '2026-11-01', until: null }
    },
    allowed: ['administrator here'],
    otherwise: 'not-found',
  },
  'POST /api/agencies/:agencyId/agreements/:agreementId/end': {
    path: ({ agency }) => `/api/agencies/${agency._id}/agreements/${agreementId}/end`,
    before: async ({ agency, worker }) => {
      agreementId = newId()
      await dure.app.conferences.agreements.insert({
        _id: agreementId,
        parties: [agency._id],
        title: '업무협약',
        scope: '공동관리',
        from: '2026-11-01',
        until: '',
        enteredBy: worker._id,
        enteredAt: new Date(),
      })
    },
    body: () => ({ _v: 1 }),
    allowed: ['administrator here'],
    otherwise: 'not-found',
  },
  'POST /api/agencies/:agencyId/staff': {
    path: ({ agency }) => `/api/agencies/${agency._id}/staff`,
    body: () => ({ name: '새 직원', login: `matrix.${++logins}`, role: 'observer' }),
    allowed: ADMINISTRATORS,
    otherwise: 'not-found',
  },
  'PATCH /api/agencies/:agencyId/staff/:userId': {
    path: ({ agency, worker }) => `/api/agencies/${agency._id}/staff/${worker._id}`,
    body: async ({ worker }) => ({ _v: await versionOf(worker._id), name: '고친 이름' }),
    allowed: ADMINISTRATORS,
    otherwise: 'not-found',
  },
  'POST /api/agencies/:agencyId/staff/:userId/reset-password': {
    path: ({ agency, other }) => `/api/agencies/${agency._id}/staff/${other._id}/reset-password`,
    allowed: ADMINISTRATORS,
    otherwise: 'not-found',
  },
  'POST /api/agencies/:agencyId/staff/:userId/reset-second-factor': {
    path: ({ agency, other }) => `/api/agencies/${agency._id}/staff/${other._id}/reset-second-factor`,
    before: async ({ other }) => {
      const secret = newTotpSecret()
      await dure.app.secondFactors.propose(other._id, secret).catch(() => 'there is one already')
      await dure.app.secondFactors
        .confirm(other._id, codeOfStep(secret, stepAt(dure.app.clock.now())), [])
        .catch(() => 'there is one already')
    },
    allowed: ADMINISTRATORS,
    otherwise: 'not-found',
  },
  'POST /api/agencies/:agencyId/staff/:userId/hand-over': {
    path: ({ agency, worker }) => `/api/agencies/${agency._id}/staff/${worker._id}/hand-over`,
    body: ({ other }) => ({ toUserId: other._id }),
    allowed: ADMINISTRATORS,
    otherwise: 'not-found',
  },
  // Of what, is asked thing by thing: whoever may open nothing finds nothing.
  'POST /api/search': {
    path: () => '/api/search',
    body: () => ({ query: '간병비' }),
    allowed: SIGNED_IN,
    otherwise: 'not-allowed',
  },
  'GET /api/case-life': { path: () => '/api/case-life', allowed: SIGNED_IN, otherwise: 'not-allowed' },
  'GET /api/subject-requests': { path: () => '/api/subject-requests', allowed: SIGNED_IN, otherwise: 'not-allowed' },
  // Its privacy officer's alone, who is none of these.
  'GET /api/agencies/:agencyId/subject-requests': {
    path: ({ agency }) => `/api/agencies/${agency._id}/subject-requests`,
    allowed: [],
    otherwise: 'not-found',
  },
  'GET /api/agencies/:agencyId/case-rules': {
    path: ({ agency }) => `/api/agencies/${agency._id}/case-rules`,
    allowed: ['worker here', 'administrator here'],
    otherwise: 'not-found',
  },
  'PATCH /api/agencies/:agencyId/case-rules': {
    path: ({ agency }) => `/api/agencies/${agency._id}/case-rules`,
    body: async ({ agency }) => ({
      _v: (await dure.app.conferences.cases.rulesOf(agency._id))._v,
      counting: 'working',
      gradeScheme: 'mohw',
    }),
    allowed: ADMINISTRATORS,
    otherwise: 'not-found',
  },
  'GET /api/agencies/:agencyId/figures': {
    path: ({ agency }) => `/api/agencies/${agency._id}/figures?year=2026&audience=inside`,
    allowed: ['worker here', 'administrator here'],
    otherwise: 'not-found',
  },
  'GET /api/agencies/:agencyId/figures/table': {
    path: ({ agency }) =>
      `/api/agencies/${agency._id}/figures/table?year=2026&audience=outside&figure=needs&language=ko`,
    allowed: ['worker here', 'administrator here'],
    otherwise: 'not-found',
  },
  'GET /api/agencies/:agencyId/figures/month': {
    path: ({ agency }) => `/api/agencies/${agency._id}/figures/month?month=2026-11&audience=inside`,
    allowed: ['worker here', 'administrator here'],
    otherwise: 'not-found',
  },
  'GET /api/agencies/:agencyId/figures/month/file': {
    path: ({ agency }) =>
      `/api/agencies/${agency._id}/figures/month/file?month=2026-11&audience=inside&format=xlsx&language=ko`,
    allowed: ['worker here', 'administrator here'],
    otherwise: 'not-found',
  },
  'GET /api/agencies/:agencyId/figures/quarter': {
    path: ({ agency }) => `/api/agencies/${agency._id}/figures/quarter?quarter=2026-4`,
    allowed: ['worker here', 'administrator here'],
    otherwise: 'not-found',
  },
  'GET /api/resources': {
    path: () => '/api/resources',
    allowed: ['administrator elsewhere', 'worker here', 'administrator here'],
    otherwise: 'not-allowed',
  },
  'POST /api/resources': {
    path: () => '/api/resources',
    body: ({ agency }) => ({ ...RESOURCE, agencyId: agency._id, command: newId() }),
    allowed: ['worker here', 'administrator here'],
    otherwise: 'not-allowed',
  },
  'PATCH /api/resources/:resourceId': {
    path: () => `/api/resources/${KEPT}`,
    async before({ agency, worker }) {
      if (await resources().find(KEPT)) return
      const kept = { _id: KEPT, agencyId: agency._id, command: newId<CommandId>(), changedBy: worker._id }
      await resources().insert({ ...RESOURCE, ...kept, retired: false, changedAt: new Date() })
    },
    body: async () => ({ ...RESOURCE, _v: (await resources().find(KEPT))?._v, retired: false }),
    allowed: ['worker here', 'administrator here'],
    otherwise: 'not-allowed',
  },
  'GET /api/home': { path: () => '/api/home', allowed: SIGNED_IN, otherwise: 'not-allowed' },
  'GET /api/supervision': { path: () => '/api/supervision', allowed: SIGNED_IN, otherwise: 'not-allowed' },
  'GET /api/notices': { path: () => '/api/notices', allowed: SIGNED_IN, otherwise: 'not-allowed' },
  'GET /api/notices/count': { path: () => '/api/notices/count', allowed: SIGNED_IN, otherwise: 'not-allowed' },
  'POST /api/notices/read': {
    path: () => '/api/notices/read',
    body: () => ({ noticeIds: [] }),
    allowed: SIGNED_IN,
    otherwise: 'not-allowed',
  },
  'GET /api/notices/settings': { path: () => '/api/notices/settings', allowed: SIGNED_IN, otherwise: 'not-allowed' },
  'PATCH /api/notices/settings': {
    path: () => '/api/notices/settings',
    body: () => ({ _v: 0, digest: false }),
    allowed: SIGNED_IN,
    otherwise: 'not-allowed',
  },
  'POST /api/notices/calendar': { path: () => '/api/notices/calendar', allowed: SIGNED_IN, otherwise: 'not-allowed' },
  'DELETE /api/notices/calendar': {
    path: () => '/api/notices/calendar',
    allowed: SIGNED_IN,
    otherwise: 'not-allowed',
  },
  'GET /api/notices/health': { path: () => '/api/notices/health', allowed: ['operator'], otherwise: 'not-allowed' },
  'GET /api/directory': {
    path: () => '/api/directory',
    allowed: ['administrator elsewhere', 'worker here', 'administrator here', 'operator'],
    otherwise: 'not-allowed',
  },
}

/** Their whole life is in the tests of the sign-in, of guests and of notices; who may is settled above for all alike. */
const OWN_SESSION =
  /^\/api\/(session|guest|second-factor|password|operator|health|minutes-key|calendar|notices\/address)(\/|$)/

describe('[R38] agencies and people: every route × every relation', () => {
  const clients = new Map<Relation, TestClient>()
  let here: Here

  beforeAll(async () => {
    const agency = await dure.agency()
    const elsewhere = await dure.agency()
    const someone = (agencyId: Agency['_id'], role: 'case_worker' | 'observer' | 'agency_administrator') =>
      dure.person({ agencyId, role })
    const worker = await someone(agency._id, 'case_worker')
    const former = await someone(agency._id, 'agency_administrator')
    here = { agency, worker: worker.user, other: (await someone(agency._id, 'observer')).user }
    clients.set('stranger', dure.stranger())
    clients.set('administrator elsewhere', (await someone(elsewhere._id, 'agency_administrator')).client)
    clients.set('worker here', worker.client)
    clients.set('observer here', (await someone(agency._id, 'observer')).client)
    clients.set('administrator here', (await someone(agency._id, 'agency_administrator')).client)
    clients.set('former administrator here', former.client)
    clients.set('operator', (await dure.person({ operator: true })).client)
    const { _v } = (await dure.app.users.find(former.user._id)) ?? former.user
    const path = `/api/agencies/${agency._id}/staff/${former.user._id}`
    const left = await clients.get('operator')?.patch(path, { _v, active: false })
    expect(left?.status).toBe(200)
  })

  test('every route of the table is in a matrix', () => {
    const untried = dure.app.routes
      .filter(route => !TRIED_ELSEWHERE.test(route.path) && !OWN_SESSION.test(route.path))
      .filter(
        route =>
          !TRIED_AT_THE_DESK.test(route.path) &&
          !TRIED_AT_RETENTION.test(route.path) &&
          !TRIED_WITH_LISTS.test(route.path),
      )
      .map(nameOf)
      .filter(name => !(name in TRIALS))
    expect(untried).toEqual([])
    const gone = Object.keys(TRIALS).filter(name => !dure.app.routes.some(route => nameOf(route) === name))
    expect(gone).toEqual([])
  })

  for (const [name, trial] of Object.entries(TRIALS)) {
    test.each(RELATIONS)(`${name} by: %s`, async relation => {
      const client = clients.get(relation)
      await trial.before?.(here)
      const body = await trial.body?.(here)
      const [method = ''] = name.split(' ')
      const answer = await client?.ask(method, trial.path(here), body === undefined ? {} : { body })
      if (trial.allowed.includes(relation)) expect(answer).toMatchObject({ status: 200, reason: undefined })
      else {
        const isNobody = relation === 'stranger' || relation === 'former administrator here'
        expect(answer?.reason).toBe(isNobody ? 'not-signed-in' : trial.otherwise)
      }
    })
  }
})
