import { afterEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { MESSAGE, writeUpdate } from '../../../shared/protocol/sync-frames.ts'
import { linesOf, says, Town } from '../../support/room-under-test.ts'

let town: Town
afterEach(() => town?.close())

describe('sessions', () => {
  test('[SE1] frames that arrive before the room is open are handled in order when it is', async () => {
    town = new Town()
    let open = () => {}
    const { load } = town.disk
    town.disk.load = async name => {
      await new Promise<void>(resolve => {
        open = resolve
      })
      return load.call(town.disk, name)
    }
    const housing = await town.join('housing')
    says(housing, '먼저')
    says(housing, '나중')
    await town.settle()
    expect(town.disk.appends).toBe(0)
    open()
    await town.settle()
    expect(linesOf(await town.coldCopyOf(load))).toEqual(['먼저', '나중'])
    expect(housing.received.at(-1)?.stored).toBe(housing.sent)
  })

  test('[SE1] beyond the limit of what is kept the session is refused', async () => {
    town = new Town({ limits: { maxInboxFrames: 50 } })
    town.disk.loadMood = 'hanging'
    const flood = await town.join('flood')
    const quiet = await town.join('quiet')
    for (let i = 0; i < 60; i++) flood.sendFrame(Uint8Array.of(3))
    await town.settle()
    expect(flood.closes).toMatchObject([{ code: 4429, detail: 'waiting' }])
    expect(quiet.closes).toEqual([])
  })

  test('[SE3] who sends faster than allowed is closed; others are not slowed', async () => {
    town = new Town({ limits: { frameBurst: 100, framesPerSecond: 10 } })
    const fast = await town.join('fast')
    const honest = await town.join('honest')
    for (let i = 0; i < 120; i++) fast.sendFrame(Uint8Array.of(MESSAGE.queryAwareness))
    says(honest, '천천히')
    await town.settle()
    expect(fast.closes).toMatchObject([{ code: 4429, reason: 'too-fast' }])
    expect(honest.confirmed).toContain('천천히')
  })

  test('[SE3] the allowance comes back with time, in bytes too', async () => {
    town = new Town({ limits: { byteBurst: 1000, bytesPerSecond: 1000 } })
    const person = await town.join('person')
    for (let i = 0; i < 20; i++) {
      says(person, '가'.repeat(100))
      await town.pass(600)
    }
    expect(person.closes).toEqual([])
    says(person, '가'.repeat(2000))
    await town.settle()
    expect(person.closes).toMatchObject([{ code: 4429 }])
  })

  test('[SE4] who does not read is closed before the backlog passes the limit; others read on', async () => {
    town = new Town({ limits: { maxBufferedBytes: 50_000 } })
    const writer = await town.join('writer')
    const reader = await town.join('reader')
    const sleeper = await town.join('sleeper')
    const socket = sleeper.socket
    // Asleep: what the server writes stays where it is.
    sleeper.socket = undefined
    for (let i = 0; i < 100; i++) {
      says(writer, '가'.repeat(1000))
      await town.settle()
    }
    expect(socket?.isOpen).toBe(false)
    expect(socket?.bufferedBytes ?? 0).toBeLessThan(60_000)
    expect(town.refused).toMatchObject([{ person: { userId: 'sleeper' }, reason: 'slow-reader' }])
    expect(linesOf(reader.doc)).toHaveLength(100)
  })

  test('[SE5] a session that has left is sent nothing and nothing is accepted from it', async () => {
    town = new Town()
    const housing = await town.join('housing')
    const gone = await town.join('gone')
    const socket = gone.socket
    const update = Y.encodeStateAsUpdate(gone.doc)
    socket?.serverNotices()
    const writes = socket?.writes
    says(housing, '남은 사람의 말')
    await town.settle()
    socket?.sendToServer(writeUpdate(update))
    expect(socket?.writes).toBe(writes)
    expect(town.rooms.counts().sessions).toBe(1)
  })

  test('[PM1] each refusal is reported once, with person, document and reason', async () => {
    town = new Town()
    const bad = await town.join('bad')
    bad.sendFrame(Uint8Array.of(99))
    bad.sendFrame(Uint8Array.of(99))
    await town.settle()
    expect(town.refused).toEqual([
      {
        person: { userId: 'bad', sessionId: 'session-of-bad' },
        ref: bad.ref,
        reason: 'bad-message',
        detail: undefined,
      },
    ])
  })

  test('[PM2] a person attends from entry to leaving, on any of their sockets; writing is activity', async () => {
    town = new Town()
    const active: string[] = []
    town.rooms.onActivity(person => active.push(person.userId))
    const first = await town.join('housing')
    const second = await town.join('housing-2', { as: 'housing' })
    expect([first.closes, second.closes]).toEqual([[], []])
    expect(town.rooms.isAttending(first.userId)).toBe(true)
    active.length = 0
    await town.pass(10_000)
    for (let i = 0; i < 10; i++) says(first, `${i}`)
    await town.settle()
    expect(active).toEqual(['housing'])
    first.socket?.break()
    await town.settle()
    expect(town.rooms.isAttending(first.userId)).toBe(true)
    expect(town.rooms.attendedBy(first.userId)).toEqual([first.ref])
    second.socket?.break()
    await town.settle()
    expect(town.rooms.isAttending(first.userId)).toBe(false)
  })
})

describe('receipts', () => {
  test('[RC1] a receipt comes after the commit, counts this socket’s frames and never goes back', async () => {
    town = new Town()
    const housing = await town.join('housing')
    const atStart = housing.received.length
    town.disk.appendMs = 500
    says(housing, '하나')
    says(housing, '둘')
    await town.pass(499)
    expect(housing.received.length).toBe(atStart)
    says(housing, '셋')
    await town.pass(1)
    expect(housing.confirmed).toEqual(new Set(['하나', '둘']))
    await town.pass(500)
    expect(housing.confirmed).toEqual(new Set(['하나', '둘', '셋']))
    const stored = housing.received.map(receipt => receipt.stored)
    expect(stored).toEqual([...stored].sort((a, b) => a - b))
    expect(housing.received.at(-1)).toMatchObject({ logged: housing.sent, stored: housing.sent, at: town.clock.now() })
  })

  test('[RC2] a frame that changed nothing counts, after everything before it is stored', async () => {
    town = new Town()
    const housing = await town.join('housing')
    expect(housing.received.at(-1)?.stored).toBe(1)
    town.disk.appendMs = 500
    says(housing, '한 번')
    await town.settle()
    housing.sendUpdate(Y.encodeStateAsUpdate(housing.doc))
    housing.sendUpdate(Uint8Array.of(0, 0))
    await town.pass(499)
    expect(housing.received.at(-1)?.stored).toBe(1)
    await town.pass(1)
    expect(housing.received.at(-1)?.stored).toBe(4)
    expect(town.disk.appends).toBe(1)
  })

  test('[RC3] a client that did not offer the subprotocol gets none of Dure’s own messages', async () => {
    town = new Town()
    const stock = await town.join('stock', { receipts: false })
    says(stock, '옛 클라이언트')
    await town.settle()
    town.access.set(stock.userId, stock.ref, { mayWrite: false })
    town.rooms.notify(`item.item-1________________`, 'item')
    await town.settle()
    expect(new Set(stock.messages)).toEqual(new Set([MESSAGE.sync]))
    expect(stock.closes).toEqual([])
  })

  test('[RC4] whether one may write is the first message, and comes again when it changes', async () => {
    town = new Town()
    const housing = await town.join('housing')
    expect(housing.messages[0]).toBe(MESSAGE.write)
    expect(housing.mayWrite).toBe(true)
    town.access.set(housing.userId, housing.ref, { mayWrite: false })
    await town.settle()
    expect(housing.mayWrite).toBe(false)
    town.access.set(housing.userId, housing.ref, { mayWrite: false })
    await town.settle()
    expect(housing.messages.filter(type => type === MESSAGE.write)).toHaveLength(2)
  })

  test('[RC5] changed reaches those in that document, names a topic and nothing else', async () => {
    town = new Town()
    const housing = await town.join('housing')
    const elsewhere = await town.join('elsewhere', {
      ref: { kind: 'case', caseId: 'case-1________________' as never },
    })
    town.rooms.notify('item.item-1________________', 'actions')
    await town.settle()
    expect(housing.changed).toEqual(['actions'])
    expect(elsewhere.changed).toEqual([])
  })
})
