import { afterEach, describe, expect, test } from 'vitest'
import { moveRoom } from '../../../server/rooms/room-state.ts'
import { documentNameOf } from '../../../shared/documents/document-names.ts'
import { fingerprint, ITEM, linesOf, says, Town } from '../../support/room-under-test.ts'

let town: Town
afterEach(() => town?.close())

describe('the life of a room', () => {
  test('[RL1] a move that the table does not have throws with both names', () => {
    expect(moveRoom('draining', 'live')).toBe('live')
    expect(() => moveRoom('closed', 'live')).toThrow('from closed to live')
    expect(() => moveRoom('opening', 'draining')).toThrow('from opening to draining')
  })

  test('[RL2] two people who open a document at once get the same room, and the store is asked once', async () => {
    town = new Town()
    const housing = town.client('housing')
    const health = town.client('health')
    await Promise.all([housing.connect(), health.connect()])
    await town.settle()
    expect(town.disk.loads).toBe(1)
    says(housing, '주거 상담')
    await town.settle()
    expect(linesOf(health.doc)).toEqual(['주거 상담'])
    expect(town.rooms.counts()).toEqual({ rooms: 1, sessions: 2 })
  })

  test('[RL3] when the store cannot be read those who wait are told to come back, and the next attempt is a new one', async () => {
    town = new Town()
    town.disk.loadMood = 'failing'
    const housing = await town.join('housing')
    const health = town.client('health')
    expect(housing.closes).toMatchObject([{ code: 1013, reason: 'store-unavailable' }])
    expect(town.rooms.counts()).toEqual({ rooms: 0, sessions: 0 })
    expect(town.disk.appends).toBe(0)
    town.disk.loadMood = 'well'
    await health.connect()
    await town.settle()
    expect(health.synced).toBe(true)
  })

  test('[RL3] a store that does not answer is given up on in time', async () => {
    town = new Town({ limits: { storeDeadlineMs: 500 } })
    town.disk.loadMood = 'hanging'
    const housing = await town.join('housing')
    await town.pass(499)
    expect(housing.closes).toEqual([])
    await town.pass(1)
    expect(housing.closes).toMatchObject([{ code: 1013 }])
    expect(town.rooms.counts().rooms).toBe(0)
  })

  test('[RL4] a room that nobody is in closes after its last change is stored, not before', async () => {
    town = new Town()
    const housing = await town.join('housing')
    town.disk.appendMs = 3000
    says(housing, '마지막 말')
    town.deliverAll()
    housing.socket?.break()
    await town.pass(2999)
    expect(town.rooms.counts().rooms).toBe(1)
    await town.pass(1)
    expect(town.rooms.counts().rooms).toBe(0)
    expect(linesOf(await town.coldCopy())).toEqual(['마지막 말'])
  })

  test('[RL4] an empty room is kept for as long as a page needs to load anew', async () => {
    town = new Town({ limits: { lingerMs: 3000 } })
    const housing = await town.join('housing')
    housing.socket?.break()
    await town.pass(2900)
    await housing.connect()
    await town.settle()
    expect(town.disk.loads).toBe(1)
    housing.socket?.break()
    await town.pass(3000)
    expect(town.rooms.counts().rooms).toBe(0)
  })

  test('[RL5] someone who returns while a room drains finds every change made before', async () => {
    town = new Town()
    const housing = await town.join('housing')
    town.disk.appendMs = 3000
    says(housing, '나가기 직전')
    town.deliverAll()
    housing.socket?.break()
    await town.pass(1000)
    const health = await town.join('health')
    expect(town.disk.loads).toBe(1)
    expect(linesOf(health.doc)).toEqual([])
    await town.pass(2000)
    expect(linesOf(health.doc)).toEqual(['나가기 직전'])
    expect(health.synced).toBe(true)
    expect(fingerprint(health.doc)).toBe(fingerprint(await town.coldCopy()))
  })

  test('[RL6] stopping stores what was accepted, then tells everybody to come back, and lets nobody in', async () => {
    town = new Town()
    const housing = await town.join('housing')
    town.disk.appendMs = 2000
    says(housing, '끝나기 전')
    town.deliverAll()
    const stopped = town.rooms.close()
    const late = await town.join('late')
    expect(late.closes).toMatchObject([{ code: 1012, reason: 'server-restarting' }])
    await town.pass(1999)
    expect(housing.closes).toEqual([])
    await town.pass(1)
    expect(await stopped).toBe(true)
    expect(housing.closes).toMatchObject([{ code: 1012 }])
    expect(housing.received.at(-1)?.stored).toBe(housing.sent)
    expect(linesOf(await town.coldCopy())).toEqual(['끝나기 전'])
  })

  test('[RL6] a store that hangs does not keep the server from stopping, and the server says that not all is stored', async () => {
    town = new Town()
    const housing = await town.join('housing')
    town.disk.mood = 'hanging'
    says(housing, '저장되지 않은 말')
    town.deliverAll()
    const before = housing.received.length
    const stopped = town.rooms.close()
    await town.pass(10_000)
    expect(await stopped).toBe(false)
    expect(housing.closes).toMatchObject([{ code: 1012 }])
    expect(housing.received.length).toBe(before)
    expect(town.disk.recordsOf(documentNameOf(ITEM))).toBe(0)
  })
})
