/**
 * A list looks for action items only where a person's can stand. What it finds is what looking at every one of the store finds: for towns made by
 * chance, with restricted ledgers, hand-overs, persons named, escalations and people recused.
 */
import { expect, test } from 'vitest'
import { isShown, whose } from '../../../client/features/actions/action-lists.ts'
import { lapsesOf, tasksOf } from '../../../client/features/home/tasks.ts'
import { listActions } from '../../../server/actions/action-views.ts'
import { createLedgerRepository } from '../../../server/actions/ledger-repository.ts'
import type { ActionParts } from '../../../server/actions/ports.ts'
import { factsOf, surroundingsOf } from '../../../server/actions/surroundings.ts'
import { newId } from '../../../server/lib/random.ts'
import { canReadAction } from '../../../shared/access.ts'
import { isUnfinished, newStanding } from '../../../shared/actions/action-moves.ts'
import { documentNameOf } from '../../../shared/documents/document-names.ts'
import type { ActionId, AgencyId, ItemId, UserId } from '../../../shared/ids.ts'
import type { ActionView } from '../../../shared/protocol/action-api.ts'
import { addDays, dayInSeoul } from '../../../shared/working-days.ts'
import { type SeededRandom, seededRandom, seedsToRun } from '../../support/seeded-random.ts'
import { townByChance } from '../conferences/town-by-chance.ts'
import { NOON, openWorld } from '../conferences/world.ts'

type ChanceTown = Awaited<ReturnType<typeof townByChance>>

async function promisesByChance(town: ChanceTown, random: SeededRandom, parts: ActionParts): Promise<void> {
  const ledgers = town.names.filter(ref => ref.kind === 'actions' || ref.kind === 'conference')
  const agency = (): AgencyId => random.pick(town.agencies)
  const person = (): UserId => random.pick(town.people)
  const generalOf = async (ref: (typeof ledgers)[number]): Promise<ItemId | ''> => {
    if (ref.kind !== 'conference') return ''
    const items = await parts.items.ofConference(ref.conferenceId)
    return items.find(item => item.caseId === null)?._id ?? ''
  }
  for (const ref of ledgers) {
    for (let count = 0; count < 3; count++) {
      const agencyId = agency()
      await parts.ledger.write({
        actionId: newId<ActionId>(),
        document: documentNameOf(ref),
        caseId: ref.kind === 'actions' ? ref.caseId : null,
        standing: {
          ...newStanding(agencyId),
          status: random.pick(['proposed', 'accepted', 'accepted', 'in_progress', 'postponed', 'done']),
          until: addDays(dayInSeoul(NOON), random.below(20)),
          ownerUserId: random.chance(0.2) ? person() : null,
          offer: random.chance(0.2) ? { agencyId: agency(), userId: random.chance(0.5) ? person() : null } : null,
        },
        escalatedTo: random.chance(0.2) ? [person()] : [],
        history: [],
        words: {
          due: random.chance(0.3) ? '' : addDays(dayInSeoul(NOON), random.below(40) - 10),
          need: '',
          itemId: await generalOf(ref),
          conferenceId: '',
          madeAt: NOON,
          what: '방문 상담',
          rule: '',
          person: '',
          amount: null,
        },
        gone: false,
        _v: 1,
      })
    }
  }
}

/** What the start page shows of action items. */
function startPage(actions: readonly ActionView[]) {
  const today = dayInSeoul(NOON)
  const mine = whose(actions, 'mine').filter(action => isShown(action, 'open', today))
  return { tasks: tasksOf([], actions), lapses: lapsesOf([], actions, today), mine: mine.map(one => one.actionId) }
}

test('[AC12] [AC14] [AC17] for every person a list holds what looking at every action item of the store finds for them', async () => {
  let seen = 0
  let unseen = 0
  let left = 0
  for (const seed of seedsToRun(12)) {
    const world = await openWorld()
    try {
      const random = seededRandom(seed)
      const town = await townByChance(world, random)
      const ledger = createLedgerRepository({ store: world.store, keyring: world.keyring })
      const staffOf: ActionParts['staffOf'] = async agencyId =>
        [...world.people.values()].flatMap(({ userId, name, memberships }) =>
          memberships.filter(one => one.agencyId === agencyId).map(({ role }) => ({ userId, name, role })),
        )
      const parts: ActionParts = { ...world.parts, ledger, projector: { settled: async () => {} }, staffOf }
      await promisesByChance(town, random, parts)
      const all = await ledger.ofDocuments(town.names.map(documentNameOf))
      const around = await surroundingsOf(parts, all)
      for (const userId of town.people) {
        const { actor } = world.by(userId)
        const worked = new Set((await parts.cases.ofWorker(userId)).map(file => file._id))
        const isMine = (agencyId: AgencyId | undefined) => actor.memberships.some(one => one.agencyId === agencyId)
        const expected = all.filter(entry => {
          const { agencyId, ownerUserId, offer, status } = entry.standing
          // Finished ones stand by their last step, and these have none.
          if (!isUnfinished(status)) return false
          const isAbout =
            isMine(agencyId) ||
            isMine(offer?.agencyId) ||
            ownerUserId === userId ||
            entry.escalatedTo.includes(userId) ||
            (entry.caseId !== null && worked.has(entry.caseId))
          return isAbout && canReadAction(actor, factsOf(actor, around, entry))
        })
        const listed = (await listActions(parts, world.by(userId))).map(view => view.actionId)
        expect(listed.sort(), `SEED=${seed} ${userId}`).toEqual(expected.map(entry => entry.actionId).sort())
        // [AC17] A start page tells the same of what it is given as of all of it.
        const near = await listActions(parts, world.by(userId), { near: true })
        const whole = await listActions(parts, world.by(userId))
        expect(startPage(near), `SEED=${seed} ${userId}`).toEqual(startPage(whole))
        left += whole.length - near.length
        seen += listed.length
        unseen += all.length - listed.length
      }
    } finally {
      await world.close()
    }
  }
  expect(Math.min(seen, unseen, left)).toBeGreaterThan(100)
})
