/** Into a document and out of it again, over a real socket of the whole application: who, on what record, and with which last word. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { AuditRecord } from '../../../server/audit/audit.ts'
import { newId } from '../../../server/lib/random.ts'
import type { User } from '../../../server/people/user-repository.ts'
import { must } from '../../../shared/assert.ts'
import type { ConferenceView } from '../../../shared/protocol/http-api.ts'
import { type AppUnderTest, startAppUnderTest, type TestClient } from '../../support/app-under-test.ts'
import { WITHIN_A_SECOND_MS } from '../../support/promised-times.ts'

let dure: AppUnderTest
let leader: { user: User; client: TestClient }
let guest: { user: User; client: TestClient }
let conference: ConferenceView
let itemDocument: string
let caseId: string

beforeAll(async () => {
  dure = await startAppUnderTest()
  const agency = await dure.agency()
  leader = await dure.person({ agencyId: agency._id, login: 'leader' })
  guest = await dure.person({ agencyId: agency._id, login: 'guest' })
  const seat = (userId: string, role: string) => ({ userId, agencyId: agency._id, role })
  const file = await leader.client.post('/api/cases', {
    number: '2026-1',
    label: '시험 가구',
    agencies: [{ agencyId: agency._id, role: 'lead' }],
    workers: [{ userId: leader.user._id, agencyId: agency._id }],
  })
  caseId = (file.body as { caseId: string }).caseId
  const made = await leader.client.post('/api/conferences', {
    type: 'integrated',
    title: '시험 회의',
    startsAt: '2026-11-24T05:00:00Z',
    minutes: 60,
    place: '',
    remoteLink: '',
    hostAgencyId: agency._id,
    participants: [seat(leader.user._id, 'leader'), seat(guest.user._id, 'attendee')],
  })
  conference = made.body as ConferenceView
  const path = `/api/conferences/${conference.conferenceId}`
  const withItem = await leader.client.post(`${path}/items`, {
    kind: 'case',
    caseId,
    agencies: [agency._id],
    minutes: 10,
  })
  conference = withItem.body as ConferenceView
  itemDocument = `item.${must(conference.items[0], 'an item').itemId}`
  for (const to of ['scheduled', 'live']) {
    const moved = await leader.client.post(`${path}/state`, { _v: conference._v, to })
    conference = moved.body as ConferenceView
  }
  expect(conference.state).toBe('live')
  for (const { client } of [leader, guest]) await client.post(`${path}/statement`, { accept: true })
})
afterAll(() => dure.close())

interface Tried {
  /** The status of a refused upgrade; 101 when it opened. */
  status: number
  socket: WebSocket
  closed: Promise<{ code: number; reason: string }>
}

function open(client: TestClient, document: string): Promise<Tried> {
  const socket = new WebSocket(`${dure.url.replace('http', 'ws')}/sync/${document}`, {
    headers: { origin: dure.origin, host: dure.host, ...(client.cookie !== undefined && { cookie: client.cookie }) },
  })
  const closed = new Promise<{ code: number; reason: string }>(resolve => {
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }))
  })
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve({ status: 101, socket, closed }))
    socket.on('unexpected-response', (request, response) => {
      request.destroy()
      resolve({ status: response.statusCode ?? 0, socket, closed })
    })
    socket.on('error', error => {
      // After a refused upgrade the client says that the connection was never there.
      if (!/was closed before|socket hang up/.test(error.message)) reject(error)
    })
  })
}

const recorded = (filter: Partial<AuditRecord>) =>
  dure.app.store
    .collection<AuditRecord>('audit')
    .find(filter, { sort: { sequence: 1 } })
    .toArray()

describe('coming in', () => {
  test('a visit is on record with whose data it is, before anything leaves', async () => {
    const { status, socket } = await open(leader.client, itemDocument)
    expect(status).toBe(101)
    socket.terminate()
    const visits = await recorded({ action: 'document.open', object: itemDocument })
    expect(visits).toMatchObject([{ actor: leader.user._id, subject: caseId, address: '127.0.0.1', outcome: 'ok' }])
  })

  test('a stranger is asked to sign in, before the upgrade', async () => {
    expect((await open(dure.stranger(), itemDocument)).status).toBe(401)
  })

  test('[R01] what is not for one and what is not there are one answer, also over HTTP, and one line on record', async () => {
    const { client, user } = await dure.person({ agencyId: (await dure.agency())._id })
    const nowhere = `item.${newId()}`
    expect((await open(client, itemDocument)).status).toBe(404)
    expect((await open(client, nowhere)).status).toBe(404)
    const [there, missing] = [
      await client.get(`/api/sync-check/${itemDocument}`),
      await client.get(`/api/sync-check/${nowhere}`),
    ]
    const shape = (text: string) => text.replace(/"requestId":"[\w-]{12}"/, '')
    expect([there.status, shape(there.text)]).toEqual([missing.status, shape(missing.text)])
    const denied = await recorded({ action: 'authz.deny', actor: user._id })
    expect(denied.map(entry => entry.object)).toEqual([itemDocument, nowhere, itemDocument, nowhere])
  })

  test('the check over HTTP says what the upgrade would', async () => {
    expect((await leader.client.get(`/api/sync-check/${itemDocument}`)).body).toEqual({ mayWrite: true })
    expect((await leader.client.get('/api/sync-check/none-of-ours')).reason).toBe('not-found')
  })
})

describe('the last word', () => {
  test('a screen that locks is told so, and may come in again after the password', async () => {
    const { closed } = await open(guest.client, itemDocument)
    dure.advance(11 * 60_000)
    dure.app.changes.announce([`user:${guest.user._id}`])
    expect(await closed).toEqual({ code: 4401, reason: 'session-locked' })
    expect((await open(guest.client, itemDocument)).status).toBe(401)
    await guest.client.post('/api/session/unlock', { password: 'morning-rice-17' })
    const again = await open(guest.client, itemDocument)
    expect(again.status).toBe(101)
    again.socket.terminate()
  })

  test('a sign-out closes what that browser had open, and no other', async () => {
    const other = await dure.signIn('guest')
    const leaving = await open(guest.client, itemDocument)
    const staying = await open(other, itemDocument)
    await guest.client.delete('/api/session')
    expect(await leaving.closed).toEqual({ code: 4401, reason: 'not-signed-in' })
    expect(staying.socket.readyState).toBe(WebSocket.OPEN)
    guest.client = other
    staying.socket.terminate()
  })

  test('[LR-02] somebody switched off is out of the document within a second', async () => {
    const { closed } = await open(guest.client, itemDocument)
    const user = must(await dure.app.users.find(guest.user._id), 'the guest')
    const administrator = await dure.person({ operator: true })
    const agencyId = must(user.memberships[0], 'a membership').agencyId
    const begun = performance.now()
    const path = `/api/agencies/${agencyId}/staff/${user._id}`
    expect((await administrator.client.patch(path, { _v: user._v, active: false })).status).toBe(200)
    expect(await closed).toEqual({ code: 4401, reason: 'not-signed-in' })
    expect(performance.now() - begun).toBeLessThan(WITHIN_A_SECOND_MS)
  })

  test('a server that stops tells everybody to come back', async () => {
    // The time was moved: the leader's own screen has locked meanwhile.
    await leader.client.post('/api/session/unlock', { password: 'morning-rice-17' })
    const { status, closed } = await open(leader.client, itemDocument)
    expect(status).toBe(101)
    const begun = performance.now()
    dure = await dure.restart()
    expect(await closed).toEqual({ code: 1012, reason: 'server-restarting' })
    expect(performance.now() - begun).toBeLessThan(10 * WITHIN_A_SECOND_MS)
  })
})
