import { afterEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { RoomDocument } from '../../../server/rooms/room-document.ts'
import { documentNameOf } from '../../../shared/documents/document-names.ts'
import { fingerprint, ITEM, linesOf, says, Town } from '../../support/room-under-test.ts'

let town: Town
afterEach(() => town?.close())

const NAME = documentNameOf(ITEM)

describe('persistence', () => {
  test('[PS1] a document nobody has saved is empty, and opening it writes nothing', async () => {
    town = new Town()
    const housing = await town.join('housing')
    expect(linesOf(housing.doc)).toEqual([])
    housing.socket?.break()
    await town.settle()
    expect(town.disk.appends).toBe(0)
    expect(town.disk.compactions).toBe(0)
  })

  test('[PS2] a failed append is relayed to nobody; its writers come back and send it again; others stay', async () => {
    town = new Town()
    const housing = await town.join('housing')
    const health = await town.join('health')
    const police = await town.join('police')
    says(health, '전에')
    await town.settle()
    town.disk.mood = 'failing'
    says(housing, '잃을 뻔')
    await town.settle()
    expect(housing.closes).toMatchObject([{ code: 1013, reason: 'store-unavailable' }])
    expect(health.closes).toEqual([])
    expect(linesOf(health.doc)).toEqual(['전에'])
    expect(housing.confirmed.has('잃을 뻔')).toBe(false)
    town.disk.mood = 'well'
    says(police, '사이에')
    await housing.connect()
    await town.settle()
    expect(linesOf(health.doc).sort()).toEqual(['사이에', '잃을 뻔', '전에'])
    expect(fingerprint(health.doc)).toBe(fingerprint(await town.coldCopy()))
    expect(fingerprint(housing.doc)).toBe(fingerprint(health.doc))
    expect(housing.confirmed.has('잃을 뻔')).toBe(true)
  })

  test('[PS2] what gathered behind a failed append is lost with it, and a newcomer’s question is answered anew', async () => {
    town = new Town()
    const housing = await town.join('housing')
    const health = await town.join('health')
    town.disk.appendMs = 1000
    town.disk.mood = 'failing'
    says(housing, '첫 번째')
    await town.settle()
    says(health, '두 번째')
    const newcomer = await town.join('newcomer')
    town.disk.mood = 'well'
    await town.pass(3000)
    expect(housing.closes).toMatchObject([{ code: 1013 }])
    expect(health.closes).toMatchObject([{ code: 1013 }])
    expect(newcomer.closes).toEqual([])
    expect(newcomer.synced).toBe(true)
    expect(linesOf(newcomer.doc)).toEqual([])
    expect(newcomer.received.at(-1)?.stored).toBe(newcomer.sent)
  })

  test('[PS2] an append that failed and was written all the same reaches those who stayed', async () => {
    town = new Town()
    const housing = await town.join('housing')
    const health = await town.join('health')
    town.disk.mood = 'failing-after-writing'
    says(housing, '쓰였는지 모름')
    await town.settle()
    town.disk.mood = 'well'
    expect(linesOf(health.doc)).toEqual(['쓰였는지 모름'])
    await housing.connect()
    await town.settle()
    says(health, '이어서')
    await town.settle()
    expect(linesOf(housing.doc)).toEqual(['쓰였는지 모름', '이어서'])
    expect(fingerprint(housing.doc)).toBe(fingerprint(await town.coldCopy()))
  })

  test('[PS2] an append that never answers is given up on, and does no harm when it answers late', async () => {
    town = new Town({ limits: { storeDeadlineMs: 1000 } })
    const housing = await town.join('housing')
    const health = await town.join('health')
    town.disk.appendMs = 2500
    says(housing, '늦은 저장')
    await town.pass(1100)
    expect(housing.closes).toMatchObject([{ code: 1013 }])
    town.disk.appendMs = 0
    await town.pass(2000)
    // The late record holds the next sequence: the room meets it with its next append and takes it over.
    says(health, '다음 말')
    await town.settle()
    await housing.connect()
    if (!health.isConnected) await health.connect()
    await town.pass(100)
    expect(linesOf(health.doc).sort()).toEqual(['늦은 저장', '다음 말'])
    expect(fingerprint(health.doc)).toBe(fingerprint(await town.coldCopy()))
    expect(fingerprint(health.doc)).toBe(fingerprint(housing.doc))
  })

  test('[PS3] changes that arrive during an append are in the next one', async () => {
    town = new Town()
    const housing = await town.join('housing')
    town.disk.appendMs = 1000
    says(housing, '하나')
    await town.settle()
    for (let i = 0; i < 10; i++) {
      says(housing, `둘 ${i}`)
      await town.settle()
    }
    await town.pass(2000)
    expect(town.disk.recordsOf(NAME)).toBe(2)
    expect(linesOf(await town.coldCopy())).toHaveLength(11)
  })

  test('[PS4] another writer’s record is taken over and told to those who stayed', async () => {
    town = new Town()
    const housing = await town.join('housing')
    const health = await town.join('health')
    says(health, '우리 것')
    await town.settle()
    const other = new Y.Doc()
    other.clientID = 4711
    Y.applyUpdate(other, Y.encodeStateAsUpdate(health.doc))
    const before = Y.encodeStateVector(other)
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText('다른 서버에서')])
    other.getXmlFragment('discussion').insert(1, [paragraph])
    await town.otherNodeWrites(Y.encodeStateAsUpdate(other, before), 'police')

    says(housing, '동시에')
    await town.settle()
    expect(housing.closes).toMatchObject([{ code: 1013 }])
    expect(linesOf(health.doc)).toEqual(['우리 것', '다른 서버에서'])
    await housing.connect()
    await town.settle()
    expect(linesOf(health.doc)).toHaveLength(3)
    expect(fingerprint(health.doc)).toBe(fingerprint(await town.coldCopy()))
  })

  test('[PS6] a long log is folded into a snapshot in a pause, and reads the same', async () => {
    town = new Town({ limits: { compactAfterRecords: 10, compactIdleMs: 2000 } })
    const housing = await town.join('housing')
    for (let i = 0; i < 12; i++) {
      says(housing, `말 ${i}`)
      await town.settle()
    }
    expect(town.disk.compactions).toBe(0)
    const before = fingerprint(await town.coldCopy())
    await town.pass(8000)
    expect(town.disk.compactions).toBe(1)
    expect(town.disk.recordsOf(NAME)).toBe(0)
    expect(fingerprint(await town.coldCopy())).toBe(before)
    const owners = RoomDocument.fromStored(await town.disk.load(NAME)).owners
    expect(owners.get(housing.doc.clientID)).toBe('housing')
    says(housing, '그 뒤')
    await town.settle()
    expect(linesOf(await town.coldCopy())).toHaveLength(13)
  })

  test('[PS6] a log that never pauses is folded while people write', async () => {
    town = new Town({ limits: { compactAfterRecords: 5, compactIdleMs: 60_000 } })
    const housing = await town.join('housing')
    for (let i = 0; i < 30; i++) {
      says(housing, `말 ${i}`)
      await town.settle()
    }
    expect(town.disk.compactions).toBeGreaterThan(0)
    expect(town.disk.recordsOf(NAME)).toBeLessThan(25)
    expect(linesOf(await town.coldCopy())).toHaveLength(30)
    expect(fingerprint(await town.coldCopy())).toBe(fingerprint(housing.doc))
  })

  test('[PS7] a failed compaction loses nothing, closes nobody and is tried again', async () => {
    town = new Town({ limits: { compactAfterRecords: 3, compactIdleMs: 1000 } })
    town.disk.compactMood = 'failing'
    const housing = await town.join('housing')
    for (let i = 0; i < 4; i++) {
      says(housing, `말 ${i}`)
      await town.settle()
    }
    await town.pass(10_000)
    expect(town.disk.recordsOf(NAME)).toBe(4)
    expect(housing.closes).toEqual([])
    town.disk.compactMood = 'well'
    await town.pass(40_000)
    expect(town.disk.compactions).toBe(1)
    expect(linesOf(await town.coldCopy())).toHaveLength(4)
  })

  test('[PS9] a gap in the log makes the document unreadable, with the reason in the log', async () => {
    town = new Town()
    const housing = await town.join('housing')
    for (let i = 0; i < 3; i++) {
      says(housing, `말 ${i}`)
      await town.settle()
    }
    housing.socket?.break()
    await town.settle()
    town.disk.lose(NAME, 2)
    await housing.connect()
    await town.settle()
    expect(housing.closes.at(-1)).toMatchObject({ code: 1013, reason: 'store-unavailable' })
    expect(town.disk.recordsOf(NAME)).toBe(2)
    const said = town.log.lines.filter(line => line.level === 'error').map(line => JSON.stringify(line.fields, errors))
    expect(said.join()).toContain('record 3 where 2 is due')
  })
})

function errors(_key: string, value: unknown): unknown {
  return value instanceof Error ? value.message : value
}
