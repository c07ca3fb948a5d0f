/**
 * Destructions from the start of the server on. Opened before anything reads a case: what was confirmed and not finished is finished first. What a command that was under way
 * when a case was confirmed may have written is looked for once more, an hour later or at the next start (RETENTION.md RT9).
 */
import type { CaseId } from '../../shared/ids.ts'
import type { Keyring } from '../crypto/keyring.ts'
import { startEvery } from '../lib/every.ts'
import type { Log } from '../lib/log.ts'
import { openNoticeRepository } from '../notices/notice-repository.ts'
import type { Clock } from '../rooms/ports.ts'
import type { Store } from '../storage/port.ts'
import { destroyCase } from './destroying.ts'
import type { DestructionTools } from './destruction-plan.ts'
import { createDestructionRepository, type Destruction, type DestructionPlan } from './destruction-repository.ts'
import { GoneCases } from './gone-cases.ts'
import { createHoldRepository } from './hold-repository.ts'
import type { RetentionParts } from './ports.ts'

const LOOK_EVERY_MS = 60_000
/** No command takes as long. */
const SWEEP_AFTER_MS = 3_600_000

export interface RetentionHouse extends Pick<RetentionParts, 'tools' | 'destructions' | 'holds' | 'begin' | 'finish'> {
  gone: GoneCases
  /** Told of each case that is gone, so that nothing of it stays in memory. */
  onGone(listener: (caseId: CaseId, plan: DestructionPlan) => void): void
  /** Goes on with what is not finished, and sweeps. */
  look(): Promise<void>
  /** Stops looking; resolves when nothing is destroyed any more. */
  close(): Promise<void>
}

/** @throws when what was confirmed cannot be finished: the server must not start and show it again */
export async function openRetentionHouse(options: {
  store: Store
  keyring: Keyring
  clock: Clock
  log: Log
}): Promise<RetentionHouse> {
  const { store, keyring, clock, log } = options
  const destructions = createDestructionRepository({ store, keyring })
  const tools: DestructionTools = { store, keyring, notices: await openNoticeRepository({ store, keyring }) }
  const gone = new GoneCases()
  const listeners: ((caseId: CaseId, plan: DestructionPlan) => void)[] = []
  /** One after another: two at once would only do the same. */
  let last: Promise<unknown> = Promise.resolve()

  function begin(caseId: CaseId, plan: DestructionPlan): void {
    gone.add(caseId, plan.items)
    for (const listener of listeners) listener(caseId, plan)
  }

  function carryOut(destruction: Destruction, options: { isSweep: boolean }): Promise<Destruction> {
    const work = last.then(async () => {
      const { caseId, plan } = destruction
      if (plan === null) throw new Error(`${destruction._id} was confirmed without a plan`)
      const destroyedAt = destruction.destroyedAt ?? new Date(clock.now())
      await destroyCase(tools, caseId, plan, destroyedAt)
      const now = (await destructions.find(destruction._id)) ?? destruction
      if (now.isSwept || (now.state === 'destroyed' && !options.isSweep)) return now
      return destructions.update(now, { state: 'destroyed', destroyedAt, isSwept: options.isSweep })
    })
    last = work.catch(() => undefined) // Whoever waits for this one is told.
    return work
  }

  async function finishAll(isStart: boolean): Promise<void> {
    const found = await destructions.unfinished()
    // All of them are gone before the first is removed.
    for (const { caseId, plan } of found) if (plan) gone.add(caseId, plan.items)
    for (const one of found) {
      const isOld = one.destroyedAt !== null && clock.now() - one.destroyedAt.getTime() >= SWEEP_AFTER_MS
      const isSweep = one.state === 'destroyed' && (isStart || isOld)
      if (one.state === 'destroying' || isSweep) await carryOut(one, { isSweep })
    }
  }

  await finishAll(true)
  const stopLooking = startEvery({
    clock,
    everyMs: LOOK_EVERY_MS,
    work: () => finishAll(false),
    onFailure: error => log.error({ error }, 'A case that is to be destroyed is not destroyed yet; it is tried again'),
  })
  return {
    gone,
    tools,
    destructions,
    holds: createHoldRepository({ store, keyring }),
    begin,
    async finish(destruction) {
      try {
        return await carryOut(destruction, { isSweep: false })
      } catch (error) {
        // It is gone for everybody all the same; the next look goes on.
        log.error({ error }, 'A case that is to be destroyed is not destroyed yet; it is tried again')
        return destruction
      }
    },
    onGone: listener => void listeners.push(listener),
    look: () => finishAll(false),
    async close() {
      stopLooking()
      await last
    },
  }
}
