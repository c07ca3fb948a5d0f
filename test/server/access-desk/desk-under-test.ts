/** The town of `conferences/world.ts` with its access desk: privacy officers of 생연1동 and 무한돌봄, and a colleague of the leader who is on no case. */
import { openAccessDesk } from '../../../server/access-desk/open-access-desk.ts'
import type { AccessDeskParts } from '../../../server/access-desk/ports.ts'
import { Emergencies, withEmergencies } from '../../../server/break-glass/emergencies.ts'
import type { Opening } from '../../../server/break-glass/opening-repository.ts'
import type { BreakGlassParts } from '../../../server/break-glass/ports.ts'
import { createLog } from '../../../server/lib/log.ts'
import type { UserId } from '../../../shared/ids.ts'
import { FakeClock } from '../../support/fake-clock.ts'
import { NOON, openWorld, settle, type Town, type World } from '../conferences/world.ts'

export interface DeskUnderTest {
  world: World
  town: Town
  desk: AccessDeskParts
  breakGlass: BreakGlassParts
  /** Of 생연1동, which leads the case, and of 무한돌봄. */
  officer: UserId
  otherOfficer: UserId
  asked: { userId: UserId; step: number }[]
  told: { opening: Opening; workers: readonly UserId[]; officers: readonly UserId[] }[]
  /** Time passes for records and timers alike. */
  pass(ms: number): Promise<void>
  close(): Promise<void>
}

export async function openDesk(): Promise<DeskUnderTest> {
  const world = await openWorld()
  const town = await settle(world)
  const officer = world.person('officer', [town.dong, 'privacy_officer'])
  const otherOfficer = world.person('other officer', [town.muhan, 'privacy_officer'])
  const clock = new FakeClock(NOON)
  const emergencies = new Emergencies({ clock, changes: world.parts.changes })
  world.parts.cases = withEmergencies(world.parts.cases, emergencies)
  const told: DeskUnderTest['told'] = []
  const asked: DeskUnderTest['asked'] = []
  const house = await openAccessDesk({
    conferences: world.parts,
    store: world.store,
    keyring: world.keyring,
    emergencies,
    staffOf: async agencyId =>
      [...world.people.values()].flatMap(({ userId, active, memberships }) =>
        memberships.filter(one => active && one.agencyId === agencyId).map(({ role }) => ({ userId, role })),
      ),
    membersOf: async agencyId =>
      [...world.people.values()]
        .filter(person => person.memberships.some(one => one.agencyId === agencyId))
        .map(person => person.userId),
    onOpened: async (opening, { workers, officers }) => {
      told.push({ opening, workers, officers })
    },
    onAsked: async one => {
      asked.push(one)
    },
    clock,
    log: createLog({ level: 'silent' }),
  })
  return {
    world,
    town,
    desk: house.desk,
    breakGlass: house.breakGlass,
    officer,
    otherOfficer,
    told,
    asked,
    async pass(ms) {
      world.pass(ms)
      await clock.advance(ms)
    },
    async close() {
      house.close()
      await world.close()
    },
  }
}
