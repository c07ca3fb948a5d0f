/** The town of `conferences/world.ts` with its desk of keeping and destroying: a privacy officer and a supervisor of 생연1동, which leads the case. */

import { createCase } from '../../../server/conferences/case-commands.ts'
import { createLog } from '../../../server/lib/log.ts'
import { casesWithoutGone, itemsWithoutGone } from '../../../server/retention/gone-cases.ts'
import type { RetentionParts } from '../../../server/retention/ports.ts'
import { decideDestruction, proposeDestructions } from '../../../server/retention/retention-commands.ts'
import { openRetentionHouse, type RetentionHouse } from '../../../server/retention/retention-house.ts'
import { inspectDestruction, openRetentionDesk } from '../../../server/retention/retention-views.ts'
import type { Store } from '../../../server/storage/port.ts'
import { must } from '../../../shared/assert.ts'
import type { CaseStage } from '../../../shared/codes.ts'
import type { CaseId, UserId } from '../../../shared/ids.ts'
import { Refusal } from '../../../shared/protocol/refusals.ts'
import { FakeClock } from '../../support/fake-clock.ts'
import { openWorld, settle, type Town, type World } from '../conferences/world.ts'

export const WHY = '보존기간이 지나 더 보관할 근거가 없습니다'

export interface RetentionUnderTest {
  world: World
  town: Town
  officer: UserId
  supervisor: UserId
  desk: RetentionParts
  house: RetentionHouse
  clock: FakeClock
  /** A case of 생연1동 that came to that stage then. */
  over(number: string, at: string, stage?: CaseStage): Promise<CaseId>
  view(userId?: UserId): ReturnType<typeof openRetentionDesk>
  /** The officer proposes it. @returns the destruction's id */
  propose(caseId: CaseId): Promise<ReturnType<typeof waiting>>
  /** The supervisor reads what it is and confirms. */
  confirm(caseId: CaseId, number: string): Promise<void>
  /** As at a start of the server: what was confirmed goes on. */
  reopen(store?: Store): Promise<void>
  close(): Promise<void>
}

type View = Awaited<ReturnType<typeof openRetentionDesk>>
export const waiting = (view: View, caseId: CaseId) =>
  must(
    view.waiting.find(one => one.caseId === caseId),
    'a proposal',
  )

/** @param wrap puts something between the desk and its store */
export async function openRetention(wrap: (store: Store) => Store = store => store): Promise<RetentionUnderTest> {
  const world = await openWorld()
  const town = await settle(world)
  const officer = world.person('officer', [town.dong, 'privacy_officer'])
  const supervisor = world.person('supervisor', [town.dong, 'supervisor'])
  const clock = new FakeClock(world.parts.now())
  const log = createLog({ level: 'silent' })
  const plain = { cases: world.parts.cases, items: world.parts.items }

  async function openHouse(store: Store) {
    const house = await openRetentionHouse({ store, keyring: world.keyring, clock, log })
    world.parts.cases = casesWithoutGone(plain.cases, house.gone)
    world.parts.items = itemsWithoutGone(plain.items, house.gone)
    const desk: RetentionParts = {
      ...world.parts,
      ...house,
      staffOf: async agencyId =>
        [...world.people.values()].flatMap(({ userId, memberships }) =>
          memberships.filter(one => one.agencyId === agencyId).map(({ role }) => ({ userId, role })),
        ),
    }
    return { house, desk }
  }

  const opened = await openHouse(wrap(world.store))
  const under: RetentionUnderTest = {
    world,
    town,
    officer,
    supervisor,
    ...opened,
    clock,
    async over(number, at, stage = 'closed') {
      const then = { ...world.parts, now: () => Date.parse(at) }
      const file = await createCase(then, world.by(town.leader), {
        number,
        label: `박○○ 가구 ${number}`,
        stage,
        reason: '이전 기록에서 옮겨 적음',
        agencies: [
          { agencyId: town.dong, role: 'lead' },
          { agencyId: town.muhan, role: 'co_managing' },
        ],
        workers: [
          { userId: town.leader, agencyId: town.dong },
          { userId: town.co, agencyId: town.muhan },
        ],
      })
      return file._id
    },
    view: (userId = officer) => openRetentionDesk(under.desk, world.by(userId), town.dong),
    async propose(caseId) {
      await proposeDestructions(under.desk, world.by(officer), town.dong, { caseIds: [caseId], words: WHY })
      return waiting(await under.view(), caseId)
    },
    async confirm(caseId, number) {
      const { destructionId } = waiting(await under.view(supervisor), caseId)
      const by = world.by(supervisor)
      const shown = await inspectDestruction(under.desk, by, town.dong, destructionId)
      const { _v } = shown.destruction
      const body = { do: 'confirm' as const, _v, number, counts: shown.counts }
      await decideDestruction(under.desk, by, { agencyId: town.dong, destructionId }, body)
    },
    async reopen(store = world.store) {
      await under.house.close()
      Object.assign(under, await openHouse(store))
    },
    async close() {
      await under.house.close()
      await world.close()
    },
  }
  return under
}

/** Reason and detail of a refusal. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'done'
  } catch (error) {
    if (error instanceof Refusal) return [error.reason, error.detail].filter(Boolean).join(' ')
    throw error
  }
}
