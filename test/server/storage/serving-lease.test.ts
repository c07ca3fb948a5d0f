import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { COLLECTIONS } from '../../../server/storage/collections.ts'
import type { Store } from '../../../server/storage/port.ts'
import { AlreadyServing, LEASE_MS, openServingLease } from '../../../server/storage/serving-lease.ts'
import { FakeClock } from '../../support/fake-clock.ts'
import { type OpenedStore, openEmbeddedTestStore } from '../../support/stores.ts'

describe('one server at a time on one database', () => {
  let opened: OpenedStore
  let store: Store
  let clock: FakeClock
  const lost: string[] = []
  let working = 0

  /** The same store, counting what it is doing. */
  function counting(inner: Store): Store {
    const collection: Store['collection'] = name =>
      new Proxy(inner.collection(name), {
        get(target, key, receiver) {
          const member = Reflect.get(target, key, receiver)
          if (typeof member !== 'function') return member
          return (...args: unknown[]) => {
            const result = member.apply(target, args)
            if (!(result instanceof Promise)) return result
            working += 1
            return result.finally(() => {
              working -= 1
            })
          }
        },
      })
    return {
      ...inner,
      kind: inner.kind,
      description: inner.description,
      collection,
      ping: () => inner.ping(),
      close: () => inner.close(),
    }
  }

  beforeEach(async () => {
    opened = await openEmbeddedTestStore(COLLECTIONS)
    store = counting(opened.store)
    clock = new FakeClock()
    lost.length = 0
  })
  afterEach(() => opened.cleanUp())

  const serve = (holder: string, host: string, alive = true) =>
    openServingLease({
      store,
      clock,
      holder,
      isAlive: () => alive,
      onLost: () => lost.push(holder),
      self: { host, pid: 100 + holder.length },
    })

  /** Lets time pass in steps until a promise settles; time stands still while the store works. */
  async function passing<T>(promise: Promise<T>): Promise<T> {
    let settled = false
    const watched = promise.finally(() => {
      settled = true
    })
    watched.catch(() => undefined)
    for (let step = 0; !settled && step < 100; step++) {
      await clock.advance(500)
      do await new Promise(resolve => setImmediate(resolve))
      while (working > 0)
    }
    if (!settled) throw new Error('Nothing happened for 50 s')
    return watched
  }

  test('the first serves at once, and the next after it gave the lease back', async () => {
    const first = await serve('a', 'host-1')
    await first.close()
    const second = await serve('bb', 'host-2')
    await second.close()
  })

  test('a second one beside a living one is refused in words', async () => {
    await serve('a', 'host-1')
    await expect(passing(serve('bb', 'host-2'))).rejects.toThrow(AlreadyServing)
    await expect(passing(serve('bb', 'host-2'))).rejects.toThrow(/process 101 on host-1/)
  })

  test('one that ended without a word on another machine is waited for, not longer than its lease', async () => {
    await store
      .collection<{ _id: string; holder: string; host: string; pid: number; beat: number }>('installation')
      .insertOne({ _id: 'serving', holder: 'gone', host: 'host-1', pid: 1, beat: 7 })
    const began = clock.now()
    await passing(serve('bb', 'host-2'))
    expect(clock.now() - began).toBeGreaterThanOrEqual(LEASE_MS)
    expect(clock.now() - began).toBeLessThan(LEASE_MS + 4_000)
  })

  test('a killed one of this machine is not waited for', async () => {
    await serve('a', 'host-1')
    const began = clock.now()
    await serve('bb', 'host-1', false)
    expect(clock.now()).toBe(began)
  })

  test('who lost the lease is told at the next renewal', async () => {
    await serve('a', 'host-1')
    await serve('bb', 'host-1', false)
    await passing(
      new Promise<void>(resolve => {
        const look = () => (lost.length > 0 ? resolve() : void clock.after(100, look))
        look()
      }),
    )
    expect(lost).toEqual(['a'])
  })
})
