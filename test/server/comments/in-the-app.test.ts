/** Comments in the whole application: what they keep from going, and what goes with them. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../server/lib/random.ts'
import type { StoredRecord } from '../../../server/storage/port.ts'
import { must } from '../../../shared/assert.ts'
import type { ItemId } from '../../../shared/ids.ts'
import type { CommentsView } from '../../../shared/protocol/comments.ts'
import type { ConferenceView } from '../../../shared/protocol/http-api.ts'
import { type AppUnderTest, startAppUnderTest } from '../../support/app-under-test.ts'

let app: AppUnderTest
beforeAll(async () => {
  app = await startAppUnderTest()
})
afterAll(() => app.close())

/** A conference of one agency in that state, with two general items, and its leader. */
async function held(state: 'draft' | 'live') {
  const agency = await app.agency()
  const { user, client } = await app.person({ agencyId: agency._id })
  const made = async <T>(path: string, body: object) => {
    const answer = await client.post(path, body)
    expect([path, answer.status, answer.text]).toEqual([path, 200, expect.any(String)])
    return answer.body as T
  }
  let view = await made<ConferenceView>('/api/conferences', {
    type: 'internal',
    title: '내부 회의',
    startsAt: '2026-11-24T05:00:00Z',
    minutes: 60,
    place: '',
    remoteLink: '',
    hostAgencyId: agency._id,
    participants: [{ userId: user._id, agencyId: agency._id, role: 'leader' }],
  })
  const path = `/api/conferences/${view.conferenceId}`
  for (const label of ['공지', '자유토의']) {
    view = await made(`${path}/items`, { kind: 'general', label, minutes: 5 })
  }
  for (const to of state === 'live' ? ['scheduled', 'live'] : [])
    view = await made(`${path}/state`, { _v: view._v, to })
  if (state === 'live') await made(`${path}/statement`, { accept: true })
  const [first, second] = view.items.map(item => item.itemId)
  const say = (itemId: ItemId) =>
    made<CommentsView>(`${path}/items/${itemId}/comments`, {
      kind: 'remark',
      about: null,
      text: '말씀',
      command: newId(),
    })
  return { path, client, first: must(first, 'an item'), second: must(second, 'an item'), say }
}

const linesOf = (itemId: ItemId) =>
  app.app.store.collection<StoredRecord & { itemId: ItemId }>('comments').countDocuments({ itemId })

test('[CM3] while the meeting runs, an item that something was said to stays on the agenda', async () => {
  const { path, client, first, second, say } = await held('live')
  expect((await say(first)).threads).toHaveLength(1)
  const refused = await client.delete(`${path}/items/${first}`)
  expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('item-has-content')])
  expect((await client.delete(`${path}/items/${second}`)).status).toBe(200)
  expect(await linesOf(first)).toBe(1)
})

test('[CM3] before it, what was said goes with its item', async () => {
  const { path, client, first, second, say } = await held('draft')
  await say(first)
  await say(second)
  expect((await client.delete(`${path}/items/${first}`)).status).toBe(200)
  await expect.poll(() => linesOf(first)).toBe(0)
  expect(await linesOf(second)).toBe(1)
})
