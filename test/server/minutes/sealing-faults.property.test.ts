/**
 * Circulating, signing and sealing while the store fails at any of their steps, before the write or on the way back, as a killed server leaves it. What
 * is stored is always whole: a draft, a circulated version or a sealed one that verifies; and the same again brings it on.
 */
import { expect, test } from 'vitest'
import type { MinutesRepository } from '../../../server/minutes/minutes-repository.ts'
import { createVerifier } from '../../../server/minutes/signing-key.ts'
import { StoreUnavailable } from '../../../server/storage/port.ts'
import { must } from '../../../shared/assert.ts'
import { verifyMinutes } from '../../../shared/minutes/verify.ts'
import { Refusal } from '../../../shared/protocol/refusals.ts'
import { DAY_MS, type MinutesUnderTest, minutesUnderTest } from './minutes-under-test.ts'

/** Fails at one step, once. */
class Fault {
  at = 0
  steps = 0
  isAfter = false

  wrap = (minutes: MinutesRepository): MinutesRepository => ({
    ...minutes,
    put: (...args) => this.#step(() => minutes.put(...args)),
    store: (...args) => this.#step(() => minutes.store(...args)),
    read: (...args) => this.#step(() => minutes.read(...args)),
  })

  /** From here on, the step of that number fails; 0: none. */
  arm(at: number, isAfter: boolean): void {
    this.at = at
    this.steps = 0
    this.isAfter = isAfter
  }

  async #step<T>(work: () => Promise<T>): Promise<T> {
    this.steps++
    const fails = this.steps === this.at
    if (fails && !this.isAfter) throw new StoreUnavailable('away')
    const done = await work()
    if (fails) throw new StoreUnavailable('away')
    return done
  }
}

/** Whatever is stored reads whole and verifies. */
async function standingOf(m: MinutesUnderTest): Promise<string> {
  const { state } = await m.kept()
  await m.view(m.town.co)
  if (state.versions.length === 0) return state.standing
  const { publicKey } = m.parts.signer
  const bundle = JSON.parse(JSON.stringify(await m.bundle(m.town.leader)))
  const report = await verifyMinutes(bundle, publicKey, must(createVerifier(publicKey), 'verifier'))
  expect(report.problems).toEqual([])
  expect(report.final === null).toBe(state.standing !== 'sealed')
  return `${state.standing} ${state.versions.length} ${state.signatures.length}`
}

const TASKS: { name: string; from: string; to: string; work: (m: MinutesUnderTest) => Promise<unknown> }[] = [
  { name: 'circulate', from: 'draft', to: 'circulated 1 0', work: m => m.circulate() },
  { name: 'sign', from: 'circulated 1 0', to: 'circulated 1 1', work: m => m.sign(m.town.co, 'noted', '확인', m.leaf) },
  { name: 'correct', from: 'circulated 1 1', to: 'correcting 1 1', work: m => m.correct() },
  { name: 'circulate again', from: 'correcting 1 1', to: 'circulated 2 1', work: m => m.circulate() },
  { name: 'seal', from: 'circulated 2 1', to: 'sealed 2 1', work: m => m.seal() },
]

test('[MN10] a fault at any step leaves what was or what follows, whole, and the same again brings it on', async () => {
  const seen = { before: 0, after: 0 }
  for (const isAfter of [false, true]) {
    const fault = new Fault()
    const m = await minutesUnderTest({ wrap: fault.wrap })
    try {
      for (const { name, from, to, work } of TASKS) {
        if (name === 'seal') m.world.pass(10 * DAY_MS)
        for (let at = 1; ; at++) {
          fault.arm(at, isAfter)
          const failed = await work(m).then(
            () => undefined,
            (error: unknown) => error,
          )
          const isReached = fault.steps >= at
          fault.arm(0, false)
          const standing = await standingOf(m)
          expect([name, at, standing === from || standing === to]).toEqual([name, at, true])
          // It is refused only because the failed one was stored after all.
          if (failed instanceof Refusal) throw failed
          if (standing === to) {
            if (failed !== undefined) seen.after++
            break
          }
          expect([name, at, isReached]).toEqual([name, at, true])
          seen.before++
        }
      }
    } finally {
      await m.close()
    }
  }
  expect(seen.before).toBeGreaterThan(20)
  expect(seen.after).toBeGreaterThan(3)
})
