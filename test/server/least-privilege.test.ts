/**
 * Who is not assigned finds no trace of a household where nothing is named (안전성 확보조치 기준 제5조①): each list, start page, chooser, notice, figure and search
 * of the route table, asked by somebody for each relation. What names something is asked in `indistinguishable.test.ts`.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Route } from '../../server/transport/route.ts'
import { must } from '../../shared/assert.ts'
import type { SearchView } from '../../shared/protocol/search.ts'
import type { Answer, Asking } from '../support/app-under-test.ts'
import { openRouteTown, type Relation, type RouteTown } from './conferences/route-town.ts'
import { addressOf, nameOf, thingsIn } from './naming-routes.ts'

let house: RouteTown
beforeAll(async () => {
  house = await openRouteTown()
})
afterAll(() => house.dure.close())

/** Reading by a body, so that words stand in no address. */
const READ_BY_BODY: Record<string, readonly object[]> = {
  'POST /api/search': [{ query: '카나리아' }, { query: 'ㅋㄴㄹㅇ' }, { query: '2026-031' }, { query: '진단서' }],
  'POST /api/case-list': [{}, { text: '카나리아' }, { text: '2026-031' }],
  'POST /api/agencies/:agencyId/findings': [{}, { text: '카나리아' }],
}

/** Routes that list: nothing in their address but the reader's own agency. */
const listing = (): Route[] =>
  house.dure.app.routes.filter(
    route =>
      route.policy !== 'public' &&
      (route.method === 'GET' || READ_BY_BODY[nameOf(route)] !== undefined) &&
      thingsIn(route).every(name => name === 'agencyId'),
  )

const askings = (route: Route): Asking[] => READ_BY_BODY[nameOf(route)]?.map(body => ({ body })) ?? [{}]

async function agencyOf(relation: Relation): Promise<string> {
  const session = await house.client(relation).session()
  if (session.state !== 'signed-in') throw new Error(`${relation} is not signed in`)
  return session.person.memberships[0]?.agencyId ?? house.dongId
}

/** Who plans meetings of the agency plans the next of its series, which has a title and no household. */
const KNOWN: Partial<Record<Relation, string>> = { sameAgency: 'GET /api/series', administrator: 'GET /api/series' }

/** Whatever tells of the household, its meeting or what lies with them; the words that were looked for come back as they were typed. */
function tracesIn(text: string): string[] {
  const ids = Object.values(house.town).filter(id => id !== '')
  const told = text.replace(/"words":\[[^\]]*\]/, '')
  return ['카나리아', '카나리아 가구', '2026-031', ...ids].filter(word => told.includes(word))
}

async function asked(relation: Relation): Promise<{ route: string; answer: Answer; traces: string[] }[]> {
  const agencyId = await agencyOf(relation)
  const answers = []
  for (const route of listing()) {
    for (const asking of askings(route)) {
      const answer = await house.client(relation).ask(route.method, addressOf(route, { agencyId }), asking)
      answers.push({ route: nameOf(route), answer, traces: tracesIn(answer.text) })
    }
  }
  return answers
}

const OUTSIDE = ['otherAgency', 'sameAgency', 'administrator', 'operator', 'exMember'] as const

test.each(OUTSIDE)(
  '[R01] [LR-01] %s: no list, start page, notice, chooser, figure or search tells of it',
  async relation => {
    const answers = await asked(relation)
    expect(
      answers
        .filter(one => one.traces.length > 0 && one.route !== KNOWN[relation])
        .map(({ route, traces }) => [route, traces]),
    ).toEqual([])
    // Answered, and not only refused.
    const open = answers.filter(({ answer }) => answer.status === 200)
    expect(open.length).toBeGreaterThan(relation === 'operator' ? 8 : 20)
    const searches = answers.filter(({ route, answer }) => route === 'POST /api/search' && answer.status === 200)
    expect(searches.map(({ answer }) => (answer.body as SearchView).groups)).toEqual(Array(4).fill([]))
  },
)

test('[LR-01] the same routes tell who works on it, so that what is looked for would be found', async () => {
  const answers = await asked('leader')
  const telling = new Set(answers.filter(({ traces }) => traces.length > 0).map(({ route }) => route))
  for (const route of ['GET /api/cases', 'GET /api/conferences', 'POST /api/search', 'POST /api/case-list']) {
    expect([...telling]).toContain(route)
  }
  const searches = answers.filter(({ route }) => route === 'POST /api/search')
  expect(must(searches[0], 'a search').traces).toContain('카나리아')
  expect(telling.size).toBeGreaterThan(6)
})

test('[LR-01] who sits at the table and is not cleared for the item is told of the meeting and of no household', async () => {
  const about: string[] = ['카나리아 가구', '2026-031', house.town.caseId, house.town.referralId, house.town.recordId]
  for (const relation of ['notCleared', 'withoutBasis', 'basisEnded', 'recused'] as const) {
    const told = (await asked(relation)).filter(({ traces }) => traces.some(word => about.includes(word)))
    expect([relation, told.map(({ route }) => route)]).toEqual([relation, []])
  }
})
