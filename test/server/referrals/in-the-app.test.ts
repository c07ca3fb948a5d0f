/** A referral in the whole application, byte for byte: what reaches the receiving agency is what was chosen, on every way that it has. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../server/lib/random.ts'
import { must } from '../../../shared/assert.ts'
import type { CaseView } from '../../../shared/protocol/http-api.ts'
import type { NoticesView } from '../../../shared/protocol/notices.ts'
import type { ReferralsView, ReferralView } from '../../../shared/protocol/referrals.ts'
import type { ReferralField } from '../../../shared/referrals/referral-codes.ts'
import { fieldsInOrder } from '../../../shared/referrals/referral-content.ts'
import { type AppUnderTest, startAppUnderTest, type TestClient } from '../../support/app-under-test.ts'
import { seededRandom } from '../../support/seeded-random.ts'

let app: AppUnderTest
beforeAll(async () => {
  app = await startAppUnderTest()
})
afterAll(() => app.close())

const canary = (field: ReferralField) => `카나리아-${field}-노랑`

async function post<T>(client: TestClient, path: string, body: object): Promise<T> {
  const answer = await client.post(path, body)
  expect([path, answer.status, answer.text]).toEqual([path, 200, expect.any(String)])
  return answer.body as T
}

test('[RF5] a receiver’s bytes contain the chosen fields and no other, whatever was chosen', async () => {
  const [dong, centre] = [await app.agency({ type: 'dong', public: true }), await app.agency()]
  const sender = await app.person({ agencyId: dong._id })
  const taker = await app.person({ agencyId: centre._id })
  const watcher = await app.person({ agencyId: centre._id, role: 'observer' })
  const { caseId } = await post<CaseView>(sender.client, '/api/cases', {
    number: '카나리아-번호',
    label: '카나리아-가구',
    agencies: [{ agencyId: dong._id, role: 'lead' }],
    workers: [{ userId: sender.user._id, agencyId: dong._id }],
  })
  const random = seededRandom(7)
  for (let round = 0; round < 8; round++) {
    const chosen = fieldsInOrder.filter(() => random.chance(0.5))
    const { referrals } = await post<{ referrals: ReferralView[] }>(sender.client, `/api/cases/${caseId}/referrals`, {
      command: newId(),
      to: [centre._id],
      service: 'counselling',
      draft: {
        request: `부탁 ${round}`,
        contact: '',
        needs: ['economy'],
        fields: Object.fromEntries(fieldsInOrder.map(field => [field, canary(field)])),
        chosen,
        givesNeeds: false,
      },
    })
    const { referralId } = must(
      referrals.find(one => one.status === 'draft'),
      'the draft',
    )
    const path = `/api/referrals/${referralId}`
    expect((await taker.client.get(path)).status).toBe(404)
    await post(sender.client, `${path}/moves`, {
      _v: 1,
      move: 'send',
      note: '',
      ground: { ground: 'consent', words: '카나리아-근거', sensitive: true },
    })
    const moved = await taker.client.post(`${path}/moves`, { _v: 2, move: 'receive', note: '' })
    const reading = [await taker.client.get(path), await taker.client.get('/api/referrals'), moved]
    const wholly = [reading[0], moved]
    for (const answer of reading) {
      expect(answer.status).toBe(200)
      for (const word of ['카나리아-번호', '카나리아-가구', '카나리아-근거', caseId, 'economy']) {
        expect([word, answer.text.includes(word)]).toEqual([word, false])
      }
    }
    for (const field of fieldsInOrder) {
      for (const answer of wholly) {
        expect([field, answer?.text.includes(canary(field))]).toEqual([field, chosen.includes(field)])
      }
    }
    const { inbox } = must(reading[1], 'the list').body as ReferralsView
    expect(inbox.find(row => row.referralId === referralId)?.name).toBe(chosen.includes('name') ? canary('name') : '')
    expect((await watcher.client.get(path)).status).toBe(404)
    await post(sender.client, `${path}/moves`, { _v: 3, move: 'revoke', note: '끝' })
    const closed = [await taker.client.get(path), await taker.client.get('/api/referrals')]
    for (const answer of closed) {
      expect([round, answer.status, new RegExp(`-노랑|부탁 ${round}`).test(answer.text)]).toEqual([round, 200, false])
    }
  }
  // The case itself, by the id that nobody told them, is not there.
  for (const path of [`/api/cases/${caseId}`, `/api/cases/${caseId}/referrals`, `/api/cases/${caseId}/allocations`]) {
    expect([path, (await taker.client.get(path)).status]).toEqual([path, 404])
  }
})

test('[NT10] who takes referrals is told of one, and who sent it of the answer; nothing names the household', async () => {
  const [dong, centre] = [await app.agency({ type: 'dong', public: true }), await app.agency()]
  const sender = await app.person({ agencyId: dong._id })
  const taker = await app.person({ agencyId: centre._id })
  const watcher = await app.person({ agencyId: centre._id, role: 'observer' })
  const { caseId } = await post<CaseView>(sender.client, '/api/cases', {
    number: '2026-099',
    label: '카나리아-가구',
    agencies: [{ agencyId: dong._id, role: 'lead' }],
    workers: [{ userId: sender.user._id, agencyId: dong._id }],
  })
  const { referrals } = await post<{ referrals: ReferralView[] }>(sender.client, `/api/cases/${caseId}/referrals`, {
    command: newId(),
    to: [centre._id],
    service: 'counselling',
    draft: { request: '카나리아-부탁', contact: '', needs: [], fields: {}, chosen: [], givesNeeds: false },
  })
  const path = `/api/referrals/${must(referrals[0], 'the draft').referralId}/moves`
  const noticesOf = async (client: TestClient) => {
    const answer = await client.get('/api/notices')
    const { notices } = answer.body as NoticesView
    return { text: answer.text, kinds: notices.map(({ kind, isOver, group }) => [kind, isOver, group.of]) }
  }
  const move = (client: TestClient, body: object) => post(client, path, { note: '', ...body })
  const ground = { ground: 'consent', words: '서면 동의', sensitive: false }
  await move(sender.client, { _v: 1, move: 'send', ground })
  await move(sender.client, { _v: 2, move: 'ask' })
  const told = await noticesOf(taker.client)
  expect(told.kinds.sort()).toEqual([
    ['referral_asked', false, 'referrals'],
    ['referral_received', false, 'referrals'],
  ])
  expect(told.text).not.toMatch(/카나리아|2026-099/)
  expect(told.text).not.toContain(caseId)
  expect((await noticesOf(watcher.client)).kinds).toEqual([])
  await move(taker.client, { _v: 3, move: 'decline', declined: 'no_capacity', note: '정원이 찼습니다' })
  expect((await noticesOf(sender.client)).kinds).toEqual([['referral_answered', false, 'case']])
  expect((await noticesOf(taker.client)).kinds.map(([, isOver]) => isOver)).toEqual([true, true])
})
