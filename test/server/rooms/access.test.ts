import { afterEach, describe, expect, test } from 'vitest'
import { linesOf, says, Town } from '../../support/room-under-test.ts'

let town: Town
afterEach(() => town?.close())

describe('access', () => {
  test('[AX1] from the announcement on nothing is accepted and nothing is sent, until the grant is asked again', async () => {
    town = new Town()
    const housing = await town.join('housing')
    const health = await town.join('health')
    town.access.isSlow = true
    town.access.announce(['user:housing'])
    says(housing, '아직 모름')
    says(health, '다른 사람의 말')
    await town.settle()
    expect(linesOf(health.doc)).toEqual(['다른 사람의 말'])
    expect(linesOf(housing.doc)).toEqual(['아직 모름'])
    town.access.answerAll()
    await town.settle()
    expect(linesOf(health.doc)).toHaveLength(2)
    expect(linesOf(housing.doc)).toHaveLength(2)
  })

  test('[AX2] withdrawn access closes with not-found, and what waited in either direction is dropped', async () => {
    town = new Town()
    const housing = await town.join('housing')
    const health = await town.join('health')
    const { socket } = housing
    town.access.isSlow = true
    town.access.set(housing.userId, housing.ref, undefined)
    const bytes = socket?.bytesToClient
    for (let i = 0; i < 200; i++) says(housing, `뒤늦은 말 ${i}`)
    says(health, '비밀')
    await town.settle()
    town.access.answerAll()
    await town.settle()
    expect(housing.closes).toMatchObject([{ code: 4404, reason: 'not-found' }])
    expect(socket?.bytesToClient).toBe(bytes)
    expect(linesOf(health.doc)).toEqual(['비밀'])
    expect(linesOf(await town.coldCopy())).toEqual(['비밀'])
    town.access.isSlow = false
    expect(await housing.connect()).toBe(false)
  })

  test('[AX2] what was accepted before the withdrawal is not told to the one withdrawn when it is stored', async () => {
    town = new Town()
    const housing = await town.join('housing')
    const health = await town.join('health')
    town.disk.appendMs = 500
    says(health, '같은 순간')
    await town.settle()
    town.access.set(housing.userId, housing.ref, undefined)
    await town.pass(1000)
    expect(linesOf(housing.doc)).toEqual([])
    expect(housing.closes).toMatchObject([{ code: 4404 }])
  })

  test('[AX3] a changed write right keeps the session; the new right holds for what waited', async () => {
    town = new Town()
    const housing = await town.join('housing')
    const other = await town.join('other', { mayWrite: false })
    town.access.isSlow = true
    town.access.set(other.userId, other.ref, { mayWrite: true })
    says(other, '이제 쓸 수 있음')
    await town.settle()
    expect(linesOf(housing.doc)).toEqual([])
    town.access.answerAll()
    await town.settle()
    expect(linesOf(housing.doc)).toEqual(['이제 쓸 수 있음'])
    expect(other.mayWrite).toBe(true)

    town.access.set(housing.userId, housing.ref, { mayWrite: false })
    says(housing, '더는 쓸 수 없음')
    await town.settle()
    town.access.answerAll()
    await town.settle()
    expect(housing.closes).toMatchObject([{ code: 4409, reason: 'read-only' }])
    expect(linesOf(await town.coldCopy())).toEqual(['이제 쓸 수 있음'])
  })

  test.each(['failing', 'hanging'] as const)(
    '[AX4] access that cannot be told (%s) ends in the transient code',
    async mood => {
      town = new Town()
      const housing = await town.join('housing')
      town.access.mood = mood
      town.access.announce(['user:housing'])
      for (let i = 0; i < 9; i++) {
        await town.pass(100)
        // Further announcements do not give it more time.
        town.access.announce(['user:housing'])
      }
      await town.pass(100)
      expect(housing.closes).toMatchObject([{ code: 1013, reason: 'store-unavailable', detail: 'access' }])
    },
  )

  test('[AX5] a change between admission and entry is not missed', async () => {
    town = new Town()
    const housing = await town.join('housing')
    const late = town.client('late')
    town.access.isSlow = true
    const dialled = late.connect()
    await town.settle()
    // Told yes just now, and withdrawn before the answer arrives.
    const { grantFor } = town.access
    const right = await answerNow(town, () =>
      grantFor.call(town.access, { userId: late.userId, sessionId: late.sessionId }, late.ref),
    )
    expect(right).toBeDefined()
    town.access.grantFor = async () => right
    town.access.answerAll()
    town.access.set(late.userId, late.ref, undefined)
    town.access.grantFor = grantFor
    town.access.isSlow = false
    await dialled
    await town.settle()
    says(housing, '들어오기 전에 빠진 사람은 못 봄')
    await town.settle()
    expect(linesOf(late.doc)).toEqual([])
    expect(late.isConnected).toBe(false)
  })

  test('[AX5] a right that is withdrawn while it is asked again is asked once more', async () => {
    town = new Town()
    const housing = await town.join('housing')
    town.access.isSlow = true
    town.access.announce(['user:housing'])
    await town.settle()
    const asked = town.access.asked
    town.access.set(housing.userId, housing.ref, undefined)
    town.access.answerAll()
    await town.settle()
    town.access.answerAll()
    await town.settle()
    expect(town.access.asked).toBeGreaterThan(asked)
    expect(housing.closes).toMatchObject([{ code: 4404 }])
  })

  test('[AX6] a session that keeps its access misses nothing of what was said while it was held', async () => {
    town = new Town()
    const housing = await town.join('housing')
    const health = await town.join('health')
    town.access.isSlow = true
    town.access.announce(['user:housing'])
    for (let i = 0; i < 5; i++) {
      says(health, `말 ${i}`)
      await town.settle()
    }
    town.rooms.notify('item.item-1________________', 'item')
    town.access.answerAll()
    await town.settle()
    says(health, '마지막')
    await town.settle()
    expect(linesOf(housing.doc)).toEqual(['말 0', '말 1', '말 2', '말 3', '말 4', '마지막'])
    expect(housing.changed).toEqual(['item'])
  })

  test('[AX6] what is kept for a held session is limited', async () => {
    town = new Town({ limits: { maxOutboxBytes: 20_000 } })
    const housing = await town.join('housing')
    const health = await town.join('health')
    town.access.isSlow = true
    town.access.announce(['user:housing'])
    for (let i = 0; i < 20; i++) {
      says(health, '가'.repeat(1000))
      await town.settle()
    }
    expect(housing.closes).toMatchObject([{ code: 1013, reason: 'slow-reader' }])
    expect(health.closes).toEqual([])
  })
})

async function answerNow<T>(of: Town, ask: () => Promise<T>): Promise<T> {
  const wasSlow = of.access.isSlow
  of.access.isSlow = false
  const answer = await ask()
  of.access.isSlow = wasSlow
  return answer
}
