import { beforeEach, describe, expect, test } from 'vitest'
import { ApiError } from '../../../client/lib/api.ts'
import { SessionKeeper, type SignedIn } from '../../../client/lib/session-keeper.ts'
import type { UserId } from '../../../shared/ids.ts'
import type { SessionView } from '../../../shared/protocol/http-api.ts'

const installation: SessionView['installation'] = {
  demo: false,
  demoAccounts: [],
  needsOperator: false,
  warnings: [],
  publicUrl: 'https://dure.example',
  agencyName: null,
}
const me = 'M'.repeat(22) as UserId
const other = 'O'.repeat(22) as UserId
const MINUTE = 60_000

const signedIn = (idleLocksAt: number, userId = me): SessionView => ({
  state: 'signed-in',
  installation,
  person: { userId, name: '사례관리 담당', operator: false, memberships: [] },
  mustChangePassword: false,
  secondFactor: false,
  needsSecondFactor: false,
  idleLocksAt,
  expiresAt: 100 * MINUTE,
  idleLimitMs: 10 * MINUTE,
})
const locked: SessionView = { state: 'locked', installation, person: { userId: me, name: '사례관리 담당', login: 'a' } }
const codeAwaited: SessionView = {
  state: 'second-factor',
  installation,
  person: { userId: me, name: '사례관리 담당' },
  expiresAt: 5 * MINUTE,
  app: true,
  passkey: false,
}
const signedOut: SessionView = { state: 'signed-out', installation }

let now = 0
let timers: { at: number; action: () => void }[] = []
let session: SessionView = signedOut
let asked = 0
let pings = 0
let nextIdleLocksAt = 10 * MINUTE
let wrongPassword = false
let startedOver = 0
let keeper: SessionKeeper

/** Lets promises settle; nothing here waits for time. */
const settle = async () => {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve()
}

async function advance(ms: number) {
  now += ms
  const due = timers.filter(timer => timer.at <= now)
  timers = timers.filter(timer => timer.at > now)
  for (const timer of due) timer.action()
  await settle()
}

beforeEach(async () => {
  now = 0
  timers = []
  asked = 0
  pings = 0
  wrongPassword = false
  startedOver = 0
  nextIdleLocksAt = 10 * MINUTE
  session = signedIn(10 * MINUTE)
  const enter = () => (wrongPassword ? Promise.reject(new ApiError('wrong-credentials')) : Promise.resolve(session))
  keeper = new SessionKeeper({
    now: () => now,
    after: (ms, action) => {
      const timer = { at: now + ms, action }
      timers.push(timer)
      return () => {
        timers = timers.filter(t => t !== timer)
      }
    },
    startOver: () => {
      startedOver++
    },
    api: {
      session: () => {
        asked++
        return Promise.resolve(session)
      },
      signIn: enter,
      giveSecondFactor: enter,
      unlock: enter,
      createOperator: enter,
      activity: () => {
        pings++
        return Promise.resolve({ idleLocksAt: nextIdleLocksAt })
      },
      signOut: () => Promise.resolve({}),
      signOutEverywhere: () => Promise.resolve({}),
    },
  })
  await keeper.look()
})

const cover = () => {
  const state = keeper.current()
  return state.phase === 'signed-in' ? state.cover : state.phase
}

describe('the idle cover', () => {
  test('appears when the limit has passed, after one more look', async () => {
    await advance(10 * MINUTE - 10_000)
    expect([cover(), asked]).toEqual([null, 2])
    session = locked
    await advance(10_000)
    expect(cover()).toBe('locked')
  })

  test('does not appear when another tab or the live room kept the session awake', async () => {
    session = signedIn(20 * MINUTE)
    await advance(10 * MINUTE - 10_000)
    await advance(10_000)
    expect(cover()).toBe(null)
  })

  test('goes away again when the server knows better than this clock', async () => {
    await advance(10 * MINUTE - 10_000)
    session = signedIn(25 * MINUTE)
    await advance(10_000)
    expect(cover()).toBe(null)
  })

  test('counts by the server’s clock', async () => {
    keeper.noteServerClock(5 * MINUTE)
    await keeper.look()
    session = locked
    await advance(5 * MINUTE - 10_000)
    await advance(10_000)
    expect(cover()).toBe('locked')
  })

  test('is there at once after sleep, before anybody reads on', async () => {
    session = locked
    now = 60 * MINUTE
    keeper.noteReturn()
    expect(cover()).toBe('locked')
  })

  test('appears without a line too', async () => {
    timers = []
    keeper = new SessionKeeper({
      now: () => now,
      after: (ms, action) => {
        timers.push({ at: now + ms, action })
        return () => {}
      },
      startOver: () => {},
      api: {
        session: (() => {
          let first = true
          return () => {
            if (!first) return Promise.reject(new ApiError('unreachable'))
            first = false
            return Promise.resolve(signedIn(now + 10 * MINUTE))
          }
        })(),
        signIn: () => Promise.reject(new ApiError('unreachable')),
        giveSecondFactor: () => Promise.reject(new ApiError('unreachable')),
        unlock: () => Promise.reject(new ApiError('unreachable')),
        createOperator: () => Promise.reject(new ApiError('unreachable')),
        activity: () => Promise.reject(new ApiError('unreachable')),
        signOut: () => Promise.reject(new ApiError('unreachable')),
        signOutEverywhere: () => Promise.reject(new ApiError('unreachable')),
      },
    })
    await keeper.look()
    await advance(10 * MINUTE - 10_000)
    await advance(10_000)
    expect(cover()).toBe('locked')
  })
})

describe('activity', () => {
  test('is told at most every half minute and moves the limit', async () => {
    nextIdleLocksAt = 15 * MINUTE
    for (let key = 0; key < 50; key++) {
      keeper.noteActivity()
      await advance(1000)
    }
    expect(pings).toBe(2)
    await advance(10 * MINUTE)
    expect(cover()).toBe(null)
  })

  test('beneath the cover it is not told', async () => {
    void keeper.trouble('session-locked')
    keeper.noteActivity()
    expect(pings).toBe(0)
  })
})

describe('coming back', () => {
  test('unlocking lets everything that waited go on', async () => {
    const waited = keeper.trouble('session-locked')
    expect(cover()).toBe('locked')
    session = signedIn(20 * MINUTE)
    await keeper.unlock('right')
    expect(cover()).toBe(null)
    expect(await waited).toBe(true)
  })

  test('a wrong password leaves the cover where it is', async () => {
    void keeper.trouble('session-locked')
    wrongPassword = true
    await expect(keeper.unlock('wrong')).rejects.toMatchObject({ reason: 'wrong-credentials' })
    expect(cover()).toBe('locked')
  })

  test('a session that ended asks for a whole sign-in and keeps the screen', async () => {
    const waited = keeper.trouble('not-signed-in')
    expect(cover()).toBe('expired')
    session = signedIn(20 * MINUTE)
    await keeper.signIn('me', 'right')
    expect(cover()).toBe(null)
    expect(await waited).toBe(true)
    expect(startedOver).toBe(0)
  })

  test('another person never gets the screen of the one before', async () => {
    void keeper.trouble('not-signed-in')
    session = signedIn(20 * MINUTE, other)
    await keeper.signIn('other', 'right')
    expect(startedOver).toBe(1)
    expect(cover()).toBe('expired')
  })
})

test('signing out leaves everything behind', async () => {
  await keeper.signOut()
  expect(startedOver).toBe(1)
})

test('a session that the server says is over covers the screen and keeps it', async () => {
  session = signedOut
  await keeper.look()
  expect(cover()).toBe('expired')
})

test('a page loaded while locked has the question without a screen beneath, and a sign-in page once that is over too', async () => {
  let answer: SessionView = locked
  const fresh = new SessionKeeper({
    now: () => now,
    startOver: () => {},
    after: () => () => {},
    api: {
      session: () => Promise.resolve(answer),
      signIn: () => Promise.resolve(answer),
      giveSecondFactor: () => Promise.reject(new ApiError('not-signed-in')),
      unlock: () => Promise.reject(new ApiError('not-signed-in')),
      createOperator: () => Promise.resolve(answer),
      activity: () => Promise.resolve({ idleLocksAt: 0 }),
      signOut: () => Promise.resolve({}),
      signOutEverywhere: () => Promise.resolve({}),
    },
  })
  await fresh.look()
  expect(fresh.current()).toMatchObject({ phase: 'locked', name: '사례관리 담당' })
  await expect(fresh.unlock('late')).rejects.toMatchObject({ reason: 'not-signed-in' })
  expect(fresh.current()).toMatchObject({ phase: 'signed-out' })
  answer = signedIn(10 * MINUTE)
  await fresh.signIn('me', 'right')
  expect(fresh.current()).toMatchObject({ phase: 'signed-in', cover: null })
})

describe('a second factor', () => {
  test('after the password the code is asked, beneath the cover when a screen lies there', async () => {
    const waited = keeper.trouble('not-signed-in')
    session = codeAwaited
    await keeper.signIn('me', 'right')
    expect(cover()).toBe('second-factor')
    session = signedIn(20 * MINUTE)
    await keeper.giveSecondFactor({ code: '123456' })
    expect(cover()).toBe(null)
    expect(await waited).toBe(true)
  })

  test('a wrong code leaves the cover where it is', async () => {
    session = codeAwaited
    await keeper.look()
    wrongPassword = true
    await expect(keeper.giveSecondFactor({ code: '000000' })).rejects.toMatchObject({ reason: 'wrong-credentials' })
    expect(cover()).toBe('second-factor')
  })

  test('given in another tab, it uncovers this one when somebody returns to it', async () => {
    session = codeAwaited
    const waited = keeper.trouble('second-factor-required')
    await settle()
    expect(cover()).toBe('second-factor')
    session = signedIn(20 * MINUTE)
    keeper.noteReturn()
    await settle()
    expect(cover()).toBe(null)
    expect(await waited).toBe(true)
  })

  test('demanded in the middle of the work, it covers the screen until it is set up', async () => {
    let isOver = false
    const needed: SessionView = { ...(signedIn(20 * MINUTE) as SignedIn), needsSecondFactor: true }
    session = needed
    const waited = keeper.trouble('second-factor-required').finally(() => {
      isOver = true
    })
    await settle()
    expect([cover(), isOver]).toEqual(['set-up', false])
    await keeper.look()
    expect([cover(), isOver]).toEqual(['set-up', false])
    session = { ...(signedIn(20 * MINUTE) as SignedIn), secondFactor: true }
    await keeper.look()
    expect(cover()).toBe(null)
    expect(await waited).toBe(true)
  })

  test('a page loaded before the code has no screen beneath, and starts anew when the code comes too late', async () => {
    const fresh = new SessionKeeper({
      now: () => now,
      startOver: () => {},
      after: () => () => {},
      api: {
        session: () => Promise.resolve(codeAwaited),
        signIn: () => Promise.resolve(codeAwaited),
        giveSecondFactor: () => Promise.reject(new ApiError('not-signed-in')),
        unlock: () => Promise.resolve(codeAwaited),
        createOperator: () => Promise.resolve(codeAwaited),
        activity: () => Promise.resolve({ idleLocksAt: 0 }),
        signOut: () => Promise.resolve({}),
        signOutEverywhere: () => Promise.resolve({}),
      },
    })
    await fresh.look()
    expect(fresh.current()).toMatchObject({ phase: 'second-factor', name: '사례관리 담당' })
    await expect(fresh.giveSecondFactor({ code: '123456' })).rejects.toMatchObject({ reason: 'not-signed-in' })
    expect(fresh.current()).toMatchObject({ phase: 'signed-out', codeTooLate: true })
  })

  test('needed from the start, there is nothing to cover', async () => {
    const fresh = new SessionKeeper({
      now: () => now,
      startOver: () => {},
      after: () => () => {},
      api: {
        session: () => Promise.resolve({ ...(signedIn(20 * MINUTE) as SignedIn), needsSecondFactor: true }),
        signIn: () => Promise.resolve(signedOut),
        giveSecondFactor: () => Promise.resolve(signedOut),
        unlock: () => Promise.resolve(signedOut),
        createOperator: () => Promise.resolve(signedOut),
        activity: () => Promise.resolve({ idleLocksAt: 0 }),
        signOut: () => Promise.resolve({}),
        signOutEverywhere: () => Promise.resolve({}),
      },
    })
    for (let look = 0; look < 2; look++) {
      await fresh.look()
      expect(fresh.current()).toMatchObject({ phase: 'signed-in', cover: null, view: { needsSecondFactor: true } })
    }
  })
})
