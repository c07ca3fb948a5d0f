import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { documentNameOf } from '../../../shared/documents/document-names.ts'
import { discussionOf } from '../../../shared/documents/item-document.ts'
import type { UserId } from '../../../shared/ids.ts'
import { WITHIN_A_SECOND_MS } from '../../support/promised-times.ts'
import { upgradeByHand } from '../../support/raw-socket.ts'
import { ITEM } from '../../support/room-under-test.ts'
import { ORIGIN, openSyncServer, type SyncServer, until, visit } from '../../support/sync-server.ts'

const NAME = documentNameOf(ITEM)
let server: SyncServer

beforeAll(async () => {
  server = await openSyncServer({ limits: { lingerMs: 50 } })
  for (const person of ['housing', 'health', 'many']) server.access.set(person as UserId, ITEM, { mayWrite: true })
})
afterAll(() => server.close())

describe('before the 101', () => {
  const cookie = 'Cookie: person=housing'
  test.each([
    {
      what: 'another path',
      path: '/other/x',
      headers: [`Origin: ${ORIGIN}`, cookie],
      status: 404,
      reason: 'not-found',
    },
    { what: 'no document', path: '/sync/', headers: [`Origin: ${ORIGIN}`, cookie], status: 404, reason: 'not-found' },
    {
      what: 'a path that climbs',
      path: '/sync/../x',
      headers: [`Origin: ${ORIGIN}`, cookie],
      status: 404,
      reason: 'not-found',
    },
    {
      what: 'a foreign origin',
      path: `/sync/${NAME}`,
      headers: ['Origin: http://evil.test', cookie],
      status: 403,
      reason: 'wrong-origin',
    },
    {
      what: 'the origin null',
      path: `/sync/${NAME}`,
      headers: ['Origin: null', cookie],
      status: 403,
      reason: 'wrong-origin',
    },
    { what: 'no origin', path: `/sync/${NAME}`, headers: [cookie], status: 403, reason: 'wrong-origin' },
    {
      what: 'two origins',
      path: `/sync/${NAME}`,
      headers: [`Origin: ${ORIGIN}`, 'Origin: http://evil.test', cookie],
      status: 403,
      reason: 'wrong-origin',
    },
    { what: 'no cookie', path: `/sync/${NAME}`, headers: [`Origin: ${ORIGIN}`], status: 401, reason: 'not-signed-in' },
    {
      what: 'no access',
      path: `/sync/${NAME}`,
      headers: [`Origin: ${ORIGIN}`, 'Cookie: person=stranger'],
      status: 404,
      reason: 'not-found',
    },
    {
      what: 'no such document',
      path: '/sync/item.AAAAAAAAAAAAAAAAAAAAAA',
      headers: [`Origin: ${ORIGIN}`, cookie],
      status: 404,
      reason: 'not-found',
    },
  ])('$what is answered $status and no room is opened', async ({ path, headers, status, reason }) => {
    const answer = await upgradeByHand({ port: server.port, path, headers })
    expect([answer.status, JSON.parse(answer.body)]).toEqual([status, { reason }])
    await answer.closed()
    expect(server.rooms.counts()).toEqual({ rooms: 0, sessions: 0 })
  })

  test('what does not exist and what one may not see are answered byte for byte alike', async () => {
    const ask = (path: string, person: string) => upgradeByHand({ port: server.port, path, person })
    const hidden = await ask(`/sync/${NAME}`, 'stranger')
    const missing = await ask('/sync/item.AAAAAAAAAAAAAAAAAAAAAA', 'stranger')
    expect(hidden.body).toBe(missing.body)
    expect(hidden.status).toBe(missing.status)
  })

  test('one person has a limited number of sockets', async () => {
    const sockets = await Promise.all(
      Array.from({ length: 41 }, () => upgradeByHand({ port: server.port, path: `/sync/${NAME}`, person: 'many' })),
    )
    expect(sockets.filter(socket => socket.status === 101)).toHaveLength(40)
    expect(sockets.filter(socket => socket.status === 429)).toHaveLength(1)
    for (const { socket } of sockets) socket.destroy()
    await until(() => server.sockets.counts().open === 0, 'the sockets to be gone')
    const again = await upgradeByHand({ port: server.port, path: `/sync/${NAME}`, person: 'many' })
    expect(again.status).toBe(101)
    again.socket.destroy()
  })

  test('who breaks off while access is being asked leaves nothing behind', async () => {
    server.access.isSlow = true
    const asked = server.admissions()
    const answer = upgradeByHand({ port: server.port, path: `/sync/${NAME}`, person: 'housing' }).catch(() => undefined)
    await until(() => server.admissions() > asked, 'the question')
    expect(server.sockets.counts().pending).toBe(1)
    server.access.isSlow = false
    server.access.answerAll()
    const opened = await answer
    opened?.socket.destroy()
    await until(() => server.sockets.counts().open + server.sockets.counts().pending === 0, 'nothing to be left')
  })
})

describe.each(['websocket', 'polling'] as const)('the stock y-websocket provider over %s', via => {
  test('connects with a cookie, syncs both ways, sees the others, and gets nothing but the plain protocol', async () => {
    const housing = visit(server, NAME, { person: 'housing', via })
    const health = visit(server, NAME, { person: 'health', via })
    await until(() => housing.provider.synced && health.provider.synced, 'both to be synced')
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText('함께 쓰는 글')])
    discussionOf(housing.doc).insert(0, [paragraph])
    await until(() => discussionOf(health.doc).toString().includes('함께 쓰는 글'), 'the text to arrive')
    housing.provider.awareness.setLocalStateField('user', { name: '가짜 이름' })
    await until(
      () => JSON.stringify([...health.provider.awareness.getStates().values()]).includes('housing'),
      'the presence to arrive',
    )
    expect(JSON.stringify([...health.provider.awareness.getStates().values()])).not.toContain('가짜 이름')
    housing.leave()
    await until(() => health.provider.awareness.getStates().size === 1, 'the presence to leave')
    health.leave()
  })

  test('is not let in without a cookie', async () => {
    const stranger = visit(server, NAME, { via })
    let opened = false
    let failed = false
    stranger.provider.on('status', ({ status }) => {
      if (status === 'connected') opened = true
    })
    stranger.provider.on('connection-error', () => {
      failed = true
    })
    await until(() => failed, 'the refusal')
    expect(opened).toBe(false)
    stranger.leave()
  })

  test('stops for good when access is withdrawn, within a second', async () => {
    const housing = visit(server, NAME, { person: 'housing', via })
    await until(() => housing.provider.synced, 'sync')
    const closed = new Promise<{ code: number; reason: string }>(resolve => housing.provider.on('closed', resolve))
    const at = Date.now()
    server.access.set('housing' as UserId, ITEM, undefined)
    expect(await closed).toEqual({ code: 4404, reason: 'not-found' })
    expect(Date.now() - at).toBeLessThan(WITHIN_A_SECOND_MS)
    expect(housing.provider.shouldConnect).toBe(false)
    housing.leave()
    server.access.set('housing' as UserId, ITEM, { mayWrite: true })
  })

  test('what was written is there after the room was closed and opened again, from sealed records', async () => {
    const first = visit(server, NAME, { person: 'housing', receipts: true, via })
    await until(() => first.provider.synced, 'sync')
    const before = discussionOf(first.doc).toString()
    expect(before).toContain('함께 쓰는 글')
    first.leave()
    await until(() => server.rooms.counts().rooms === 0, 'the room to close')
    const second = visit(server, NAME, { person: 'health', via })
    await until(() => second.provider.synced, 'sync')
    expect(discussionOf(second.doc).toString()).toBe(before)
    second.leave()
  })
})
