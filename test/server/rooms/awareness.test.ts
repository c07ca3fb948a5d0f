import * as encoding from 'lib0/encoding'
import { afterEach, describe, expect, test } from 'vitest'
import { parseWhereabouts } from '../../../server/rooms/awareness.ts'
import { MESSAGE, writeAwareness } from '../../../shared/protocol/sync-frames.ts'
import { says, Town } from '../../support/room-under-test.ts'
import type { SimClient } from '../../support/sim-client.ts'

let town: Town
afterEach(() => town?.close())

const place = { type: null, tname: 'discussion', item: { client: 1, clock: 2 }, assoc: 0 }

/** What a client shows of others, by client id. */
function seenBy(client: SimClient): Map<number, Record<string, unknown>> {
  const states = new Map(client.awareness.getStates() as Map<number, Record<string, unknown>>)
  states.delete(client.doc.clientID)
  return states
}

describe('awareness', () => {
  test('[AW1] others see the name and agency of the grant, whatever the client says', async () => {
    town = new Town()
    const housing = await town.join('housing')
    const health = await town.join('health')
    housing.awareness.setLocalState({
      user: { name: '구청장', id: 'health', color: '#000000' },
      name: '경찰',
      cursor: { anchor: place, head: place },
      typing: true,
    })
    await town.settle()
    expect(seenBy(health).get(housing.doc.clientID)).toEqual({
      user: {
        id: 'housing',
        name: 'housing 담당',
        agencyId: null,
        agencyName: 'Agency',
        color: '#0b5cad',
        colorLight: '#0b5cad33',
        mode: 'remote',
      },
      cursor: { anchor: place, head: place },
      typing: true,
    })
  })

  test('[AW1] a changed identity is told again', async () => {
    town = new Town()
    const housing = await town.join('housing')
    const health = await town.join('health')
    town.access.set(housing.userId, housing.ref, { mayWrite: true, name: '새 이름' })
    await town.settle()
    expect(seenBy(health).get(housing.doc.clientID)).toMatchObject({ user: { name: '새 이름' } })
  })

  test('[AW2] when a session leaves, its presence leaves at once, also while the store is slow', async () => {
    town = new Town()
    const housing = await town.join('housing')
    const health = await town.join('health')
    expect(seenBy(health).size).toBe(1)
    town.disk.appendMs = 60_000
    says(health, '느린 저장')
    await town.settle()
    housing.socket?.break()
    await town.settle()
    expect(seenBy(health).size).toBe(0)
  })

  test('[AW3] words about others are dropped and they stay as they were: kick, poisoned clock, spoof', async () => {
    town = new Town()
    const victim = await town.join('victim')
    const attacker = await town.join('attacker')
    const witness = await town.join('witness')
    victim.awareness.setLocalStateField('field', 'discussion')
    await town.settle()
    const client = victim.doc.clientID
    for (const entry of [
      { client, clock: 2 ** 31, state: undefined },
      { client, clock: 2 ** 40, state: { user: { name: '가짜' }, field: '가짜' } },
    ]) {
      attacker.sendFrame(writeAwareness([entry]))
    }
    await town.settle()
    expect(seenBy(witness).get(client)).toMatchObject({ user: { id: 'victim' }, field: 'discussion' })
    victim.awareness.setLocalStateField('field', 'decision')
    await town.settle()
    expect(seenBy(witness).get(client)).toMatchObject({ field: 'decision' })
    expect(attacker.closes).toEqual([])
  })

  test('[AW3] one’s own poisoned clock poisons nothing', async () => {
    town = new Town()
    const self = await town.join('self')
    const witness = await town.join('witness')
    self.sendFrame(writeAwareness([{ client: self.doc.clientID, clock: 2 ** 50, state: { typing: true } }]))
    await town.settle()
    self.sendFrame(writeAwareness([{ client: self.doc.clientID, clock: 3, state: { typing: false } }]))
    await town.settle()
    expect(seenBy(witness).get(self.doc.clientID)).toMatchObject({ typing: false })
  })

  test('[AW3] an echo of somebody who has left does not bring them back as somebody else', async () => {
    town = new Town()
    const gone = await town.join('gone')
    const echo = await town.join('echo')
    const witness = await town.join('witness')
    const client = gone.doc.clientID
    gone.socket?.break()
    await town.settle()
    echo.sendFrame(writeAwareness([{ client, clock: 2 ** 45, state: { typing: true } }]))
    await town.settle()
    expect(seenBy(witness).has(client)).toBe(false)
  })

  test('[AW3] two tabs of one person that repeat each other’s presence, as stock clients do, do not go round for ever', async () => {
    town = new Town()
    const first = await town.join('first', { as: 'housing' })
    const second = await town.join('second', { as: 'housing' })
    const witness = await town.join('witness')
    first.awareness.setLocalStateField('typing', true)
    await town.settle()
    const before = witness.messages.length
    for (let i = 0; i < 20; i++) await town.settle()
    expect(witness.messages.length).toBe(before)
    expect(seenBy(witness).size).toBe(2)
    first.socket?.break()
    await town.settle()
    expect([...seenBy(witness).keys()]).toEqual([second.doc.clientID])
  })

  test('[AW8] a tab of the same person that shows nothing of itself does not take their presence over by repeating it', async () => {
    town = new Town()
    const room = await town.join('room', { as: 'housing' })
    const plan = town.client('plan', { as: 'housing' })
    plan.awareness.setLocalState(null)
    await plan.connect()
    await town.settle()
    const witness = await town.join('witness')
    room.awareness.setLocalStateField('typing', true)
    await town.settle()
    const before = [witness.messages.length, room.messages.length]
    for (let i = 0; i < 20; i++) await town.settle()
    expect([witness.messages.length, room.messages.length]).toEqual(before)
    expect([...seenBy(witness).keys()]).toEqual([room.doc.clientID])
    plan.socket?.break()
    await town.settle()
    expect([...seenBy(witness).keys()]).toEqual([room.doc.clientID])
  })

  test('[AW3] nobody can write under a client id that another is present under', async () => {
    town = new Town()
    const victim = await town.join('victim', { clientId: 500 })
    const thief = await town.join('thief')
    thief.doc.clientID = 500
    says(thief, '남의 번호')
    await town.settle()
    expect(thief.closes).toMatchObject([{ reason: 'update-refused', detail: 'client' }])
    says(victim, '내 번호')
    await town.settle()
    expect(victim.closes).toEqual([])
  })

  test('[AW4] only cursor, field and typing are taken, limited in shape and size', async () => {
    expect(parseWhereabouts('{"typing":true,"extra":1,"__proto__":{"typing":false}}')).toEqual({ typing: true })
    expect(parseWhereabouts(JSON.stringify({ field: 'x'.repeat(81), typing: 'yes' }))).toEqual({})
    expect(parseWhereabouts(JSON.stringify({ cursor: { anchor: { ...place, evil: '<b>' }, head: place } }))).toEqual({
      cursor: { anchor: place, head: place },
    })
    expect(parseWhereabouts(JSON.stringify({ cursor: { anchor: place } }))).toEqual({})
    expect(parseWhereabouts('{"cursor":null}')).toEqual({ cursor: null })
    expect(parseWhereabouts('[1]')).toBeUndefined()
    expect(parseWhereabouts('{')).toBeUndefined()
    town = new Town()
    const loud = await town.join('loud')
    const witness = await town.join('witness')
    loud.awareness.setLocalState({ field: 'ok', extra: 'x'.repeat(5000) })
    await town.settle()
    expect(seenBy(witness).get(loud.doc.clientID)).not.toHaveProperty('field')
  })

  test('[AW4] one session is present under few client ids', async () => {
    town = new Town()
    const many = await town.join('many')
    const witness = await town.join('witness')
    many.sendFrame(writeAwareness(Array.from({ length: 100 }, (_, i) => ({ client: 9000 + i, clock: 1, state: {} }))))
    await town.settle()
    expect(seenBy(witness).size).toBe(4)
  })

  test('[AW5] presence that is not repeated for thirty seconds is removed', async () => {
    town = new Town()
    const silent = await town.join('silent')
    const witness = await town.join('witness')
    for (let s = 0; s < 29; s += 1) await town.pass(1000)
    expect(seenBy(witness).has(silent.doc.clientID)).toBe(true)
    await town.pass(6000)
    expect(seenBy(witness).has(silent.doc.clientID)).toBe(false)
  })

  test('[AW6] a newcomer is told of everybody, at entry and on asking', async () => {
    town = new Town()
    const housing = await town.join('housing')
    housing.awareness.setLocalStateField('field', 'discussion')
    await town.settle()
    const newcomer = await town.join('newcomer')
    expect(seenBy(newcomer).get(housing.doc.clientID)).toMatchObject({ field: 'discussion' })
    const before = newcomer.messages.length
    newcomer.send(encoder => encoding.writeVarUint(encoder, MESSAGE.queryAwareness))
    await town.settle()
    expect(newcomer.messages.slice(before)).toEqual([MESSAGE.awareness])
  })

  test('[AW6] who returns under the same client id is seen again, in the same room and after a restart', async () => {
    town = new Town()
    const housing = await town.join('housing')
    const witness = await town.join('witness')
    housing.socket?.break()
    await town.settle()
    expect(seenBy(witness).size).toBe(0)
    await housing.connect()
    await town.settle()
    expect(seenBy(witness).size).toBe(1)
    await town.pass(1000)
    await town.crashAndRestart()
    await housing.connect()
    await witness.connect()
    await town.settle()
    expect(seenBy(witness).size).toBe(1)
  })

  test('[AW6] who comes back before the old socket is noticed to be dead stays when that is noticed', async () => {
    town = new Town()
    const housing = await town.join('housing')
    const witness = await town.join('witness')
    const old = housing.socket
    old?.breakUnnoticed()
    await housing.connect()
    await town.settle()
    old?.serverNotices()
    await town.settle()
    expect(seenBy(witness).has(housing.doc.clientID)).toBe(true)
  })

  test('[AW7] nobody is sent their own presence', async () => {
    town = new Town()
    const housing = await town.join('housing')
    const health = await town.join('health')
    housing.awareness.setLocalState({ mine: '내 것' })
    health.awareness.setLocalState({ typing: true })
    await town.settle()
    expect(housing.awareness.getLocalState()).toEqual({ mine: '내 것' })
    housing.send(encoder => encoding.writeVarUint(encoder, MESSAGE.queryAwareness))
    await town.settle()
    expect(housing.awareness.getLocalState()).toEqual({ mine: '내 것' })
    expect(seenBy(housing).has(health.doc.clientID)).toBe(true)
  })
})
