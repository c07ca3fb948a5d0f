/** Two workers of one case draw at once over real sockets; a third, of another agency and no worker of it, is told that there is nothing. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Genogram } from '../../../shared/case-map/genogram.ts'
import { ecoMapOf, putSystems, putTie } from '../../../shared/documents/case-map-eco.ts'
import {
  genogramOf,
  putPerson,
  putRelation,
  putUnion,
  removePerson,
  setPersonOffset,
} from '../../../shared/documents/case-map-genogram.ts'
import { householdFiguresOf, putHousehold } from '../../../shared/documents/case-map-household.ts'
import { members } from '../../../shared/documents/case-parts/household.ts'
import { documentNameOf } from '../../../shared/documents/document-names.ts'
import type { MemberId } from '../../../shared/ids.ts'
import type { CaseView } from '../../../shared/protocol/http-api.ts'
import { type AppUnderTest, startAppUnderTest } from '../../support/app-under-test.ts'
import { TEST_PASSWORD } from '../../support/builders.ts'
import { type OpenDocument, type Person, signIn } from '../../support/person.ts'

const id = (name: string) => name.padEnd(22, '0')
let dure: AppUnderTest
let people: Person[]

beforeEach(async () => {
  dure = await startAppUnderTest()
  people = []
})
afterEach(async () => {
  for (const person of people) person.leave()
  await dure.close()
})

async function twoAtOneCase(): Promise<{ caseId: CaseView['caseId']; one: OpenDocument; two: OpenDocument }> {
  const agency = await dure.agency()
  const [first, second] = [
    await dure.person({ agencyId: agency._id, login: 'draws.one' }),
    await dure.person({ agencyId: agency._id, login: 'draws.two' }),
  ]
  const answer = await first.client.post('/api/cases', {
    number: '2026-101',
    label: '김○○ 가구',
    agencies: [{ agencyId: agency._id, role: 'lead' }],
    workers: [first, second].map(({ user }) => ({ userId: user._id, agencyId: agency._id })),
  })
  expect(answer.status, answer.text).toBe(200)
  const { caseId } = answer.body as CaseView
  const name = documentNameOf({ kind: 'case', caseId })
  const [one, two] = await Promise.all(
    ['draws.one', 'draws.two'].map(async login => {
      const person = await signIn(dure.origin, login, TEST_PASSWORD)
      people.push(person)
      const opened = person.open(name)
      await opened.live()
      return opened
    }),
  )
  if (one === undefined || two === undefined) throw new Error('nobody came')
  return { caseId, one, two }
}

const read = ({ doc }: OpenDocument): Genogram => genogramOf(doc, householdFiguresOf(doc))
const same = (a: OpenDocument, b: OpenDocument) =>
  JSON.stringify(read(a)) === JSON.stringify(read(b)) &&
  JSON.stringify(ecoMapOf(a.doc, new Set())) === JSON.stringify(ecoMapOf(b.doc, new Set()))

test('[GM1] [GM2] [GM3] [GM5] two who draw one map at once over the line see one map, and the server has taken all of it', async () => {
  const { one, two } = await twoAtOneCase()
  members.add(one.doc, id('kim') as MemberId, { name: '김○○', relation: 'self', sex: 'female', birth: '1959' })
  members.add(one.doc, id('jun') as MemberId, { name: '박준○', relation: 'child', birth: '1988' })
  await two.until('the household', () => householdFiguresOf(two.doc).length === 2)

  // Nothing of the other is on the way yet: both press the same things, and each something of their own.
  for (const { doc } of [one, two]) {
    putHousehold(doc)
    putSystems(doc, [{ id: id('clinic'), kind: 'health', name: '보건소' }])
  }
  putPerson(one.doc, id('father'), { name: '아버지', sex: 'male', life: 'deceased', died: 2001 })
  putUnion(one.doc, id('kim'), id('father'), { kind: 'divorced' })
  putPerson(two.doc, id('neighbour'), { name: '이웃' })
  putRelation(two.doc, id('neighbour'), id('kim'), 'close')
  setPersonOffset(one.doc, id('jun'), { x: 40, y: 8 })
  setPersonOffset(two.doc, id('jun'), { x: -60, y: 16 })
  putTie(two.doc, id('clinic'), '', { strength: 'strong' })
  await Promise.all([one.stored(), two.stored()])
  await one.until('one map', () => read(one).people.length === 4 && same(one, two))
  await two.until('one map', () => same(one, two))
  const genogram = read(one)
  expect(genogram.people.map(person => person.id).sort()).toEqual([id('father'), id('jun'), id('kim'), id('neighbour')])
  expect(genogram.unions).toHaveLength(2)
  expect(genogram.relations).toHaveLength(1)
  expect([40, -60]).toContain(genogram.people.find(person => person.id === id('jun'))?.offset.x)
  expect(ecoMapOf(one.doc, new Set()).systems).toHaveLength(1)

  // One takes somebody out while the other draws a line to them.
  removePerson(one.doc, id('neighbour'))
  putRelation(two.doc, id('neighbour'), id('jun'), 'conflict')
  await Promise.all([one.stored(), two.stored()])
  await one.until('one map', () => same(one, two) && read(one).people.length === 3)
  expect(read(two).relations).toEqual([])

  // Whoever comes later is given the same by the server.
  const later = people[1]?.open(one.name)
  if (later === undefined) throw new Error('nobody came later')
  await later.live()
  expect(read(later)).toEqual(read(one))
  expect(one.state.returned).toBeNull()
  expect(two.state.returned).toBeNull()
})

test('[LR-24] somebody who is no worker of the case is told that there is no such drawing', async () => {
  const { caseId, one } = await twoAtOneCase()
  putPerson(one.doc, id('secret'), { name: '카나리아' })
  await one.stored()
  const other = await dure.agency()
  await dure.person({ agencyId: other._id, login: 'other.one' })
  const stranger = await signIn(dure.origin, 'other.one', TEST_PASSWORD)
  people.push(stranger)
  const refused = stranger.open(documentNameOf({ kind: 'case', caseId }))
  await refused.until('a refusal', ({ line }) => line.phase === 'refused')
  expect(refused.state.line).toMatchObject({ phase: 'refused', reason: 'not-found' })
  expect(refused.doc.share.size).toBe(0)
  const print = { form: 'genogram', parts: ['picture'], purpose: '사례 검토에 쓸 가계도' }
  const answers = await Promise.all(
    [caseId, id('nothing')].map(each => stranger.call('POST', `/api/cases/${each}/prints`, print)),
  )
  expect(answers.map(({ status }) => status)).toEqual([404, 404])
})

test('[LR-21] a drawing is printed after it is recorded which one, with what, and what for', async () => {
  const { caseId } = await twoAtOneCase()
  const [worker] = people
  const print = (body: object) => worker?.call('POST', `/api/cases/${caseId}/prints`, body)
  const good = { form: 'eco_map', parts: ['picture', 'description'], purpose: '사례 검토에 쓸 생태도' }
  expect((await print(good))?.status).toBe(200)
  expect((await print({ ...good, purpose: '' }))?.status).toBe(400)
  expect((await print({ ...good, parts: ['money'] }))?.status).toBe(400)
  expect((await print({ ...good, form: 'intake' }))?.status).toBe(400)
})
