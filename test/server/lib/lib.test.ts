import { describe, expect, test } from 'vitest'
import { createCached } from '../../../server/lib/cached.ts'
import { Closing } from '../../../server/lib/closing.ts'
import { startEvery } from '../../../server/lib/every.ts'
import { createLog, describeError } from '../../../server/lib/log.ts'
import { newId, newReadableCode, newSecret } from '../../../server/lib/random.ts'
import { isId } from '../../../shared/ids.ts'
import { FakeClock } from '../../support/fake-clock.ts'

describe('closing', () => {
  test('goes from the last to the first, goes on after a failure, and tells it', async () => {
    const closed: string[] = []
    const closing = new Closing()
    closing.add('first', () => void closed.push('first'))
    closing.add('second', () => Promise.reject(new Error('stuck')))
    closing.add('third', () => void closed.push('third'))
    await expect(closing.close()).rejects.toThrow('Closing second failed')
    expect(closed).toEqual(['third', 'first'])
  })

  test('twice is once', async () => {
    let times = 0
    const closing = new Closing()
    closing.add('one', () => {
      times += 1
    })
    await Promise.all([closing.close(), closing.close()])
    expect(times).toBe(1)
  })
})

describe('what is kept for a moment', () => {
  const setUp = () => {
    const clock = new FakeClock()
    const asked: ((value: string) => void)[] = []
    const load = () => new Promise<string>(resolve => asked.push(resolve))
    return { clock, asked, cached: createCached({ clock, ttlMs: 1000, maxEntries: 2, load }) }
  }

  test('is read once for all who ask within its time', async () => {
    const { clock, asked, cached } = setUp()
    const both = [cached.get('a'), cached.get('a')]
    asked[0]?.('one')
    expect(await Promise.all(both)).toEqual(['one', 'one'])
    await clock.advance(999)
    expect(await cached.get('a')).toBe('one')
    await clock.advance(1)
    const later = cached.get('a')
    asked[1]?.('two')
    expect(await later).toBe('two')
  })

  test('a reading that began before a change is not kept after it', async () => {
    const { asked, cached } = setUp()
    const before = cached.get('a')
    cached.drop('a')
    const after = cached.get('a')
    asked[1]?.('new')
    asked[0]?.('old')
    expect([await before, await after, await cached.get('a')]).toEqual(['old', 'new', 'new'])
    expect(asked).toHaveLength(2)
  })

  test('a failure is not kept', async () => {
    let times = 0
    const cached = createCached({
      clock: new FakeClock(),
      ttlMs: 1000,
      maxEntries: 2,
      load: async () => {
        times += 1
        if (times === 1) throw new Error('away')
        return 'back'
      },
    })
    await expect(cached.get('a')).rejects.toThrow('away')
    expect(await cached.get('a')).toBe('back')
  })

  test('no more than so many', async () => {
    const { asked, cached } = setUp()
    for (const key of ['a', 'b', 'c']) void cached.get(key)
    void cached.get('a')
    expect(asked).toHaveLength(4)
  })
})

test('what is done every so often goes on after a failure and stops when told', async () => {
  const clock = new FakeClock()
  const failures: unknown[] = []
  let times = 0
  const stop = startEvery({
    clock,
    everyMs: 100,
    work: async () => {
      times += 1
      if (times === 1) throw new Error('once')
    },
    onFailure: error => failures.push(error),
  })
  const turn = async () => {
    for (let i = 0; i < 5; i += 1) await Promise.resolve()
  }
  await clock.advance(350, turn)
  expect([times, failures.length]).toEqual([3, 1])
  stop()
  await clock.advance(1000, turn)
  expect(times).toBe(3)
  expect(clock.pendingTimers).toBe(0)
})

describe('chance', () => {
  test('ids, secrets and codes have their form and do not repeat', () => {
    const ids = Array.from({ length: 1000 }, () => newId())
    expect(ids.every(isId)).toBe(true)
    expect(new Set(ids).size).toBe(1000)
    expect(newSecret()).toMatch(/^[\w-]{43}$/)
    const codes = Array.from({ length: 1000 }, () => newReadableCode(3))
    expect(codes.every(code => /^([a-z2-9]{4}-){2}[a-z2-9]{4}$/.test(code) && !/[ilo01]/.test(code))).toBe(true)
    expect(new Set(codes).size).toBe(1000)
  })
})

describe('the log', () => {
  test('does not tell what was logged by mistake', () => {
    const lines: string[] = []
    const log = createLog({ level: 'info', destination: { write: line => void lines.push(line) } })
    log.info({ password: 'canary-1', request: { cookie: 'canary-2', body: { name: 'canary-3' } } }, 'x')
    expect(lines.join('')).not.toContain('canary')
    expect(lines).toHaveLength(1)
  })

  test('an error is told by name, message, code and cause, without what a library hung on it', () => {
    const cause = Object.assign(new Error('disk'), { code: 'ENOSPC' })
    const error = Object.assign(new Error('failed', { cause }), { document: 'canary' })
    const told = describeError(error)
    expect(told).toMatchObject({ type: 'Error', message: 'failed', cause: { message: 'disk', code: 'ENOSPC' } })
    expect(JSON.stringify(told)).not.toContain('canary')
  })
})
