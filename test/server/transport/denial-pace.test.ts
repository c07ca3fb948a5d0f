/** A denial leaves on a beat that began with its question, whatever was read for it. */
import { expect, test } from 'vitest'
import { createDenialPace, DENIAL_BEAT_MS } from '../../../server/transport/denial-pace.ts'
import { FakeClock } from '../../support/fake-clock.ts'

/** When a denial leaves that took so long to find, in milliseconds after the question. */
async function leavesAfter(workMs: number, beatMs = DENIAL_BEAT_MS): Promise<number> {
  const clock = new FakeClock()
  const asked = clock.now()
  const paced = createDenialPace({ clock, beatMs }).begin()
  await clock.advance(workMs)
  let left: number | undefined
  const leaving = paced.denied().then(() => {
    left = clock.now() - asked
  })
  await Promise.resolve()
  for (let i = 0; left === undefined && i < 1_000; i++) {
    await clock.advance(1)
  }
  await leaving
  paced.end()
  return left ?? Number.NaN
}

test('[R01] work of any length within a beat ends at the same moment', async () => {
  for (const workMs of [0, 1, 2, 7, 30, 49]) expect([workMs, await leavesAfter(workMs)]).toEqual([workMs, 50])
})

test('[R01] what takes longer leaves at a later beat, and not when it is ready', async () => {
  for (const workMs of [51, 60, 99]) expect([workMs, await leavesAfter(workMs)]).toEqual([workMs, 100])
  expect(await leavesAfter(260)).toBe(300)
})

test('an answer that is no denial leaves nothing running', async () => {
  let armed = 0
  const clock = new FakeClock()
  const counted = {
    now: () => clock.now(),
    soon: (call: () => void) => clock.soon(call),
    after(delayMs: number, call: () => void) {
      armed += 1
      return clock.after(delayMs, call)
    },
  }
  const paced = createDenialPace({ clock: counted, beatMs: 50 }).begin()
  await clock.advance(120)
  expect(armed).toBe(3)
  paced.end()
  await clock.advance(10_000)
  expect(armed).toBe(3)
})

test('with no beat nobody waits', async () => {
  const paced = createDenialPace({ clock: new FakeClock(), beatMs: 0 }).begin()
  await paced.denied()
  paced.end()
})
