import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createAccessChanges } from '../../../server/auth/access-changes.ts'
import { Sessions, type SessionsOptions } from '../../../server/auth/sessions.ts'
import { newId } from '../../../server/lib/random.ts'
import { COLLECTIONS } from '../../../server/storage/collections.ts'
import type { UserId } from '../../../shared/ids.ts'
import { FakeClock } from '../../support/fake-clock.ts'
import { openTestStore } from '../../support/store-under-test.ts'
import type { OpenedStore } from '../../support/stores.ts'

const MINUTE = 60_000
const LIMIT = 10 * MINUTE
/** A look for idle sessions, and one for those that are over. */
const TIMERS_EACH = 2
const somebody = newId<UserId>()

describe('sessions in time', () => {
  let opened: OpenedStore
  let clock: FakeClock
  let announced: string[]
  let attending: boolean
  let sessions: Sessions
  let running: number
  const failures: unknown[] = []

  const open = (options: Partial<SessionsOptions> = {}) => {
    running += 1
    const changes = createAccessChanges()
    changes.onChange(keys => announced.push(...keys))
    return new Sessions({
      store: opened.store,
      clock,
      changes,
      idleLimitMs: LIMIT,
      sessionLimitMs: 12 * 60 * MINUTE,
      isAttending: async () => attending,
      onFailure: error => failures.push(error),
      ...options,
    })
  }

  beforeEach(async () => {
    opened = await openTestStore(COLLECTIONS)
    clock = new FakeClock()
    announced = []
    attending = false
    running = 0
    failures.length = 0
    sessions = open()
  })
  afterEach(async () => {
    expect(failures).toEqual([])
    await sessions.close()
    await opened.cleanUp()
  })

  /** Lets time pass, and each sweep finish at its moment: it asks for its next turn only when it is done. */
  const pass = (ms: number) => clock.advance(ms, settled)
  const settled = async () => {
    while (clock.pendingTimers < TIMERS_EACH * running) await setImmediate()
  }

  test('an idle session is announced when its time is up, so that its sockets are asked again', async () => {
    const { sessionId } = await sessions.start(somebody)
    await pass(LIMIT - MINUTE)
    expect(announced).toEqual([])
    await pass(2 * MINUTE)
    expect(announced).toEqual([`session:${sessionId}`])
    expect((await sessions.findById(sessionId))?.state).toBe('locked')
  })

  test('who attends a live conference is not idle; the time runs from when it is left', async () => {
    const { sessionId } = await sessions.start(somebody)
    attending = true
    await pass(3 * LIMIT)
    expect((await sessions.findById(sessionId))?.state).toBe('open')
    expect(announced).toEqual([])
    attending = false
    await pass(LIMIT - MINUTE)
    expect((await sessions.findById(sessionId))?.state).toBe('open')
    await pass(2 * MINUTE)
    expect((await sessions.findById(sessionId))?.state).toBe('locked')
  })

  test('attending opens nothing that is locked already', async () => {
    const { sessionId } = await sessions.start(somebody)
    await pass(LIMIT + MINUTE)
    attending = true
    await sessions.touch(sessionId)
    await pass(MINUTE)
    expect((await sessions.findById(sessionId))?.state).toBe('locked')
  })

  test('when somebody was last seen survives the process, to the minute', async () => {
    const { sessionId } = await sessions.start(somebody)
    await pass(6 * MINUTE)
    await sessions.touch(sessionId)
    await pass(2 * MINUTE)
    const next = open()
    try {
      const found = await next.findById(sessionId)
      expect(found?.state).toBe('open')
      const lateMs = clock.now() + LIMIT - (found?.idleLocksAt ?? 0)
      expect(lateMs).toBeGreaterThanOrEqual(2 * MINUTE)
      expect(lateMs).toBeLessThanOrEqual(3 * MINUTE)
    } finally {
      await next.close()
    }
  })

  test('ending one is announced with the commit, and another process hears within a second', async () => {
    const elsewhere = open()
    try {
      const cookie = await sessions.start(somebody)
      expect((await elsewhere.find(cookie))?.state).toBe('open')
      await sessions.end(cookie.sessionId)
      expect(announced).toEqual([`session:${cookie.sessionId}`])
      expect(await sessions.find(cookie)).toBeUndefined()
      await pass(1000)
      expect(await elsewhere.find(cookie)).toBeUndefined()
    } finally {
      await elsewhere.close()
    }
  })

  test('all but one can be ended', async () => {
    const kept = await sessions.start(somebody)
    const ended = [await sessions.start(somebody), await sessions.start(somebody)]
    const others = await sessions.start(newId<UserId>())
    expect(await sessions.endAll(somebody, { except: kept.sessionId })).toBe(2)
    expect((await sessions.find(kept))?.state).toBe('open')
    expect((await sessions.find(others))?.state).toBe('open')
    for (const cookie of ended) expect(await sessions.find(cookie)).toBeUndefined()
  })

  test('records of sessions that are over are removed', async () => {
    await sessions.start(somebody)
    await pass(14 * 60 * MINUTE)
    expect(await opened.store.collection('sessions').countDocuments({})).toBe(0)
  })

  test('closing stops its timers', async () => {
    await sessions.close()
    expect(clock.pendingTimers).toBe(0)
  })
})
