import * as encoding from 'lib0/encoding'
import { afterEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { createDocumentGuard, documentGuard } from '../../../server/rooms/document-guard.ts'
import { GUARD_LIMITS } from '../../../server/rooms/guard/limits.ts'
import type { UpdateGuard } from '../../../server/rooms/ports.ts'
import { documentNameOf } from '../../../shared/documents/document-names.ts'
import { discussionOf } from '../../../shared/documents/item-document.ts'
import { MESSAGE, writeStep1, writeStep2 } from '../../../shared/protocol/sync-frames.ts'
import { fingerprint, ITEM, linesOf, says, Town } from '../../support/room-under-test.ts'

let town: Town
afterEach(() => town?.close())

const NAME = documentNameOf(ITEM)

describe('sync', () => {
  test('[SY1] what several people wrote at once is equal everywhere and in the store', async () => {
    town = new Town()
    const people = [await town.join('housing'), await town.join('health'), await town.join('police')]
    for (const [i, person] of people.entries()) says(person, `의견 ${i}`)
    await town.settle()
    const cold = fingerprint(await town.coldCopy())
    for (const person of people) expect(fingerprint(person.doc)).toBe(cold)
    expect(linesOf(people[0]?.doc ?? new Y.Doc()).sort()).toEqual(['의견 0', '의견 1', '의견 2'])
  })

  test('[SY1] what was written without a line arrives on return, both ways', async () => {
    town = new Town()
    const housing = await town.join('housing')
    const health = await town.join('health')
    housing.socket?.break()
    says(housing, '끊긴 사이')
    says(health, '그 사이 다른 사람')
    await town.settle()
    expect(linesOf(health.doc)).toEqual(['그 사이 다른 사람'])
    await housing.connect()
    await town.settle()
    expect(fingerprint(housing.doc)).toBe(fingerprint(health.doc))
    expect(linesOf(health.doc)).toHaveLength(2)
    expect(housing.confirmed).toContain('끊긴 사이')
  })

  test('[SY2] nothing is told before it is stored: not as an update, not in a step 2', async () => {
    town = new Town()
    const housing = await town.join('housing')
    const health = await town.join('health')
    town.disk.appendMs = 1000
    says(housing, '저장 전')
    await town.settle()
    const newcomer = await town.join('newcomer')
    await town.pass(999)
    expect(linesOf(health.doc)).toEqual([])
    expect(newcomer.synced).toBe(false)
    await town.pass(1)
    expect(linesOf(health.doc)).toEqual(['저장 전'])
    expect(linesOf(newcomer.doc)).toEqual(['저장 전'])
  })

  test('[SY3] a change is sent to everybody but its sender, once', async () => {
    town = new Town()
    const housing = await town.join('housing')
    const health = await town.join('health')
    const newcomer = town.client('newcomer')
    await newcomer.connect()
    housing.messages = []
    health.messages = []
    says(housing, '한 번만')
    await town.settle()
    expect(health.messages.filter(type => type === MESSAGE.sync)).toHaveLength(1)
    expect(housing.messages.filter(type => type === MESSAGE.sync)).toHaveLength(0)
    // The newcomer has it in the answer to step 1 and is not told again: step 2 and our own step 1.
    expect(newcomer.messages.filter(type => type === MESSAGE.sync)).toHaveLength(2)
    expect(linesOf(newcomer.doc)).toEqual(['한 번만'])
  })

  test('[SY4] a reader’s change is neither applied, nor logged, nor passed on', async () => {
    town = new Town()
    const housing = await town.join('housing')
    says(housing, '원래 글')
    await town.settle()
    const reader = await town.join('reader', { mayWrite: false })
    expect(reader.synced).toBe(true)
    expect(reader.closes).toEqual([])
    const appends = town.disk.appends
    says(reader, '끼어들기')
    await town.settle()
    expect(reader.closes).toMatchObject([{ code: 4409, reason: 'read-only' }])
    expect(linesOf(housing.doc)).toEqual(['원래 글'])
    expect(linesOf(await town.coldCopy())).toEqual(['원래 글'])
    expect(town.disk.appends).toBe(appends)
  })

  test('[SY4] a reader’s step 2 with content is refused like an update', async () => {
    town = new Town()
    const housing = await town.join('housing')
    const reader = await town.join('reader', { mayWrite: false })
    const theirs = new Y.Doc()
    theirs.clientID = reader.doc.clientID
    discussionOf(theirs).insert(0, [new Y.XmlElement('paragraph')])
    reader.sendFrame(writeStep2(Y.encodeStateAsUpdate(theirs)))
    await town.settle()
    expect(reader.closes).toMatchObject([{ reason: 'read-only' }])
    expect(linesOf(housing.doc)).toEqual([])
  })

  test('[SY4] a reader may send back what everybody knows', async () => {
    town = new Town()
    const housing = await town.join('housing')
    says(housing, '모두 아는 글')
    await town.settle()
    const reader = await town.join('reader', { mayWrite: false })
    reader.sendUpdate(Y.encodeStateAsUpdate(reader.doc))
    await town.settle()
    expect(reader.closes).toEqual([])
    expect(reader.received.at(-1)?.stored).toBe(reader.sent)
  })

  test('[SY5] an update with a gap closes its sender, and the document is as it was', async () => {
    town = new Town()
    const housing = await town.join('housing')
    const bad = await town.join('bad')
    says(housing, '그대로')
    await town.settle()
    const before = fingerprint(await town.coldCopy())
    const other = new Y.Doc()
    other.clientID = bad.doc.clientID
    const updates: Uint8Array[] = []
    other.on('update', (update: Uint8Array) => updates.push(update))
    discussionOf(other).insert(0, [new Y.XmlElement('paragraph')])
    discussionOf(other).insert(1, [new Y.XmlElement('paragraph')])
    bad.sendUpdate(updates[1] ?? new Uint8Array())
    await town.settle()
    expect(bad.closes).toMatchObject([{ code: 4409, reason: 'update-refused', detail: 'gap' }])
    says(housing, '계속')
    await town.settle()
    expect(housing.closes).toEqual([])
    expect(before).not.toBe(fingerprint(await town.coldCopy()))
    expect(linesOf(await town.coldCopy())).toEqual(['그대로', '계속'])
  })

  test('[SY6] an update that breaks the document costs its sender; what others had accepted stays', async () => {
    // A guard that lets one update through which then does not apply: what no guard should do, and the room has to survive.
    const poisoned: UpdateGuard = {
      judge: documentGuard.judge,
      apply: (doc, update) => {
        const applied = documentGuard.apply(doc, update)
        const isPoison = linesOf(doc).includes('독')
        return isPoison ? { state: 'broken', cause: new Error('poison') } : applied
      },
    }
    town = new Town({ guard: poisoned })
    const housing = await town.join('housing')
    const health = await town.join('health')
    const bad = await town.join('bad')
    town.disk.appendMs = 100
    says(housing, '먼저 한 말')
    town.deliverAll()
    says(bad, '독')
    town.deliverAll()
    says(health, '나중에 한 말')
    const newcomer = town.client('newcomer')
    await newcomer.connect()
    await town.pass(1000)
    expect(bad.closes).toMatchObject([{ reason: 'update-refused', detail: 'broken' }])
    for (const person of [housing, health, newcomer]) {
      expect(person.closes).toEqual([])
      expect([person.userId, ...linesOf(person.doc).sort()]).toEqual([person.userId, '나중에 한 말', '먼저 한 말'])
    }
    expect(fingerprint(housing.doc)).toBe(fingerprint(await town.coldCopy()))
    expect(housing.confirmed).toContain('먼저 한 말')
    expect(health.confirmed).toContain('나중에 한 말')
  })

  test('[SY7] a client id is its first user’s, also after the room was closed, compacted and opened again', async () => {
    town = new Town({ limits: { compactOnCloseRecords: 1 } })
    const housing = await town.join('housing', { clientId: 77 })
    says(housing, '내 글')
    await town.settle()
    housing.socket?.break()
    await town.settle()
    expect(town.rooms.counts().rooms).toBe(0)
    expect(town.disk.compactions).toBe(1)
    expect(town.disk.recordsOf(NAME)).toBe(0)

    const thief = town.client('thief', { clientId: 77 })
    await thief.connect()
    await town.settle()
    thief.doc.clientID = 77
    says(thief, '남의 이름으로')
    await town.settle()
    expect(thief.closes).toMatchObject([{ reason: 'update-refused', detail: 'author' }])

    await housing.connect()
    says(housing, '다시 내 글')
    await town.settle()
    expect(housing.closes.filter(closed => closed.reason !== 'network')).toEqual([])
    expect(linesOf(await town.coldCopy())).toEqual(['내 글', '다시 내 글'])
    // What the screens name the writers of a text by; the thief's id, under which nothing stands, is nobody's.
    expect([...town.rooms.writersIn(NAME)]).toEqual([[77, housing.userId]])
  })

  test('[SY8] changes of one turn are one append and one write per recipient', async () => {
    town = new Town()
    const writers = await Promise.all(['a', 'b', 'c', 'd'].map(name => town.join(name)))
    const reader = await town.join('reader', { mayWrite: false })
    const { appends } = town.disk
    const writes = reader.socket?.writes ?? 0
    for (const writer of writers) for (let i = 0; i < 5; i++) says(writer, `${writer.userId} ${i}`)
    await town.settle()
    expect(town.disk.appends - appends).toBe(1)
    expect((reader.socket?.writes ?? 0) - writes).toBe(1)
    expect(linesOf(reader.doc)).toHaveLength(20)
  })

  test('[SY9] a document that nobody changed since it was stored is answered from the stored bytes', async () => {
    town = new Town({ limits: { compactOnCloseRecords: 1 } })
    const housing = await town.join('housing')
    says(housing, '저장된 글')
    await town.settle()
    housing.socket?.break()
    await town.settle()
    expect(town.disk.compactions).toBe(1)
    let judged = 0
    town.rooms = townWatching(town, () => judged++)
    const readers = await Promise.all(['a', 'b', 'c'].map(name => town.join(name, { mayWrite: false })))
    for (const reader of readers) {
      expect(reader.synced).toBe(true)
      expect(linesOf(reader.doc)).toEqual(['저장된 글'])
    }
    // Judging is what needs the document; an empty answer to our step 1 does not.
    expect(judged).toBe(0)
  })

  test('[SY9] records behind the snapshot are sent after it, and the last of them as step 2', async () => {
    town = new Town()
    const housing = await town.join('housing')
    for (const line of ['하나', '둘', '셋']) {
      says(housing, line)
      await town.settle()
    }
    housing.socket?.break()
    await town.settle()
    expect(town.rooms.counts().rooms).toBe(0)
    const reader = await town.join('reader', { mayWrite: false })
    expect(reader.messages.filter(type => type === MESSAGE.sync)).toHaveLength(4)
    expect(linesOf(reader.doc)).toEqual(['하나', '둘', '셋'])
    expect(fingerprint(reader.doc)).toBe(fingerprint(await town.coldCopy()))
  })

  test('[SY10] who asks again and again without reading gets one answer at a time', async () => {
    town = new Town({ limits: { step1Burst: 200, maxBufferedBytes: 100_000 } })
    const housing = await town.join('housing')
    says(housing, '가'.repeat(30_000))
    await town.settle()
    const greedy = town.client('greedy')
    await greedy.connect()
    const { socket } = greedy
    const pump = async () => {
      while (socket?.deliverToServer());
      town.clock.runSoon()
      await new Promise(resolve => setImmediate(resolve))
    }
    await pump()
    for (let i = 0; i < 100; i++) {
      greedy.sendFrame(writeStep1(Uint8Array.of(0)))
      await pump()
    }
    expect(socket?.bytesToClient ?? 0).toBeLessThan(250_000)
    expect(socket?.isOpen).toBe(true)
  })

  test('[SY10] step 1 has an allowance of its own', async () => {
    town = new Town()
    const greedy = await town.join('greedy')
    for (let i = 0; i < 20; i++) greedy.sendFrame(writeStep1(Uint8Array.of(0)))
    await town.settle()
    expect(greedy.closes).toMatchObject([{ code: 4429, detail: 'step1' }])
  })

  test('[SY12] a full document takes no more from anybody, but deletions, and then text again', async () => {
    town = new Town({ guard: createDocumentGuard({ ...GUARD_LIMITS, documentBytes: 20_000 }) })
    const housing = await town.join('housing')
    const health = await town.join('health')
    for (let n = 0; n < 4; n++) {
      says(housing, '가'.repeat(2_000))
      await town.settle()
    }
    expect(housing.closes).toMatchObject([{ code: 4413, reason: 'too-large', detail: 'document-full' }])
    expect(linesOf(health.doc)).toHaveLength(3)
    discussionOf(health.doc).delete(0, 3)
    await town.settle()
    says(health, '다시')
    await town.settle()
    expect(health.closes).toEqual([])
    expect(linesOf(await town.coldCopy())).toEqual(['다시'])
  })

  test('[SY11] who writes on at once after coming back is not refused for what is still to come', async () => {
    town = new Town()
    const housing = await town.join('housing')
    const health = await town.join('health')
    housing.socket?.break()
    says(housing, '끊긴 동안')
    await housing.connect()
    says(housing, '오자마자')
    says(housing, '또 한 줄')
    await town.settle()
    expect(housing.closes.map(closed => closed.reason)).toEqual(['network'])
    expect(linesOf(health.doc)).toEqual(['끊긴 동안', '오자마자', '또 한 줄'])
    expect(housing.confirmed).toEqual(new Set(['끊긴 동안', '오자마자', '또 한 줄']))
    expect(housing.received.at(-1)?.stored).toBe(housing.sent)
  })

  test('[SY11] what waits for the answer is limited, and nobody who does not ask may make it wait', async () => {
    town = new Town({ limits: { maxInboxBytes: 10_000 } })
    await town.join('somebody-who-opened-the-room')
    const early = town.client('early')
    const other = new Y.Doc()
    other.clientID = early.doc.clientID
    const updates: Uint8Array[] = []
    other.on('update', (update: Uint8Array) => updates.push(update))
    for (let i = 0; i < 200; i++)
      discussionOf(other).insert(0, [new Y.XmlElement('paragraph'), new Y.XmlElement('paragraph')])
    await early.connect()
    for (const update of updates.slice(1)) for (let n = 0; n < 10; n++) early.sendUpdate(update)
    await town.settle()
    expect(early.closes).toMatchObject([{ reason: 'too-fast', detail: 'early' }])
  })

  test('[SE2] frames that are none cost their sender and nobody else', async () => {
    town = new Town()
    const honest = await town.join('honest')
    const varint = (...bytes: number[]) => Uint8Array.from(bytes)
    const hostile = [
      varint(),
      varint(9),
      varint(0, 7, 0),
      varint(0, 0),
      varint(0, 2, 200),
      varint(0, 2, 255, 255, 255, 255, 255, 255, 255, 255, 255, 127),
      varint(0, 0, 3, 255, 255, 255),
      varint(1, 2, 5),
      varint(3, 0),
      // An update that claims millions of structs.
      varint(0, 2, 8, 1, 255, 255, 255, 127, 1, 0, 0, 0),
      (() => {
        const encoder = encoding.createEncoder()
        encoding.writeVarUint(encoder, 0)
        encoding.writeVarUint(encoder, 2)
        encoding.writeVarUint(encoder, 2 ** 52)
        return encoding.toUint8Array(encoder)
      })(),
    ]
    for (const [i, frame] of hostile.entries()) {
      const bad = await town.join(`bad-${i}`)
      bad.sendFrame(frame)
      await town.settle()
      expect([i, bad.closes[0]?.code]).toEqual([i, 4400])
    }
    says(honest, '괜찮아요')
    await town.settle()
    expect(honest.closes).toEqual([])
    expect(linesOf(await town.coldCopy())).toEqual(['괜찮아요'])
  })
})

/** The same town's rooms started again, with a guard that counts. */
function townWatching(of: Town, onJudge: () => void): Town['rooms'] {
  return of.restartWith({
    judge: (update, context) => {
      onJudge()
      return documentGuard.judge(update, context)
    },
    apply: documentGuard.apply,
  })
}
