/**
 * Random people do random things, the process ends at random places of telling them, and at the end each was told what they would have been told
 * without that, once; and nobody is ever shown, counted or mailed what they may not open, as the thing itself answers when it is asked for.
 */
import { afterEach, expect, test } from 'vitest'
import { admitToAction } from '../../../server/actions/admit-action.ts'
import { changeConference } from '../../../server/conferences/conference-commands.ts'
import { moveConference } from '../../../server/conferences/conference-states.ts'
import { changeItem } from '../../../server/conferences/item-commands.ts'
import type { NoticeRepository } from '../../../server/notices/notice-repository.ts'
import type { ActionMove } from '../../../shared/actions/action-codes.ts'
import type { ActionId, ConferenceId } from '../../../shared/ids.ts'
import { Refusal } from '../../../shared/protocol/refusals.ts'
import { addDays } from '../../../shared/working-days.ts'
import { type SeededRandom, seededRandom } from '../../support/seeded-random.ts'
import { openLedger } from '../actions/action-world.ts'
import { meet, moveTo, openWorld, settle } from '../conferences/world.ts'
import { noticesOn } from './notices-under-test.ts'

const DAY_MS = 86_400_000
const ACTS = 40
const SEEDS =
  process.env.SEED !== undefined
    ? [Number(process.env.SEED)]
    : Array.from({ length: process.env.DEEP === '1' ? 40 : 4 }, (_, index) => index + 1)

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** The same acts by the same seed. @param faults how often a write of telling ends the process */
async function history(seed: number, faults: number) {
  const random = seededRandom(seed)
  const chance: SeededRandom = seededRandom(seed + 10_000)
  let ends = 0
  let isFragile = false
  const fails = async <T>(work: () => Promise<T>): Promise<T> => {
    if (isFragile && chance.chance(faults)) {
      ends += 1
      throw new Error('the process ended before a write')
    }
    const done = await work()
    if (isFragile && chance.chance(faults)) {
      ends += 1
      throw new Error('the process ended after a write')
    }
    return done
  }
  const wrap = (notices: NoticeRepository): NoticeRepository => ({
    ...notices,
    put: notice => fails(() => notices.put(notice)),
    tell: (thing, known, said) => fails(() => notices.tell(thing, known, said)),
  })
  const world = await openWorld()
  closing.push(() => world.close())
  const town = await settle(world)
  const notices = await noticesOn(world, town, { wrap })
  closing.push(() => notices.close())
  const boss = world.person('boss', [town.muhan, 'supervisor'])
  const people = [town.leader, town.worker, town.co, town.watcher, town.partner, town.stranger, boss]
  for (const who of people) await notices.writesTo(who)
  const { conferenceId: first, itemId } = await meet(world, town, 'live')
  const meetings: ConferenceId[] = [first]
  const promises: ActionId[] = []
  const ledger = openLedger(town.caseId)
  let shown = 0

  const admitted = (conferenceId: ConferenceId) => world.toChange(town.leader, conferenceId)
  const acts: (() => Promise<unknown>)[] = [
    async () => {
      if (meetings.length > 4) return
      const { conferenceId } = await meet(world, town, 'draft')
      meetings.push(conferenceId)
      const at = await admitted(conferenceId)
      const startsAt = new Date(world.parts.now() + (2 + random.below(20)) * DAY_MS).toISOString()
      const changed = { _v: at.conference._v, startsAt }
      await changeConference(world.parts, world.by(town.leader), at, changed)
      if (random.chance(0.8)) await moveTo(world, town, conferenceId, 'scheduled')
    },
    async () => {
      const at = await admitted(random.pick(meetings))
      const _v = at.conference._v
      const startsAt = new Date(world.parts.now() + (1 + random.below(20)) * DAY_MS).toISOString()
      await changeConference(
        world.parts,
        world.by(town.leader),
        at,
        random.chance(0.5) ? { _v, startsAt } : { _v, place: `${random.below(9)}층` },
      )
    },
    async () => {
      const at = await admitted(random.pick(meetings))
      const who = random.pick([town.co, town.partner, town.watcher])
      const { participants, _v } = at.conference
      const agencyId = who === town.partner ? town.council : town.muhan
      const stays = participants.filter(one => one.userId !== who)
      const next =
        stays.length < participants.length ? stays : [...stays, { userId: who, agencyId, role: 'attendee' as const }]
      await changeConference(world.parts, world.by(town.leader), at, { _v, participants: next })
    },
    async () => {
      const at = await admitted(random.pick(meetings))
      const to = random.pick(['draft', 'scheduled', 'live', 'closed'] as const)
      await moveConference(world.parts, world.by(town.leader), at, { _v: at.conference._v, to })
    },
    async () => {
      promises.push(
        await notices.actions.promise({
          itemId,
          ...(random.chance(0.5) && { conferenceId: random.pick(meetings) }),
          agencyId: random.pick([town.muhan, town.dong]),
        }),
      )
      await notices.actions.settled()
      notices.wrote(ledger)
    },
    ...[1, 2, 3].map(() => async () => {
      if (promises.length === 0) return
      const move = random.pick<ActionMove>([
        'accept',
        'decline',
        'postpone',
        'offer',
        'take_over',
        'refuse_offer',
        'escalate',
        'assign',
        'finish',
      ])
      const words = {
        note: '까닭',
        until: addDays('2026-11-24', 1 + random.below(40)),
        ...(move === 'offer' && { agencyId: random.pick([town.council, town.dong]) }),
        ...(move === 'escalate' && { userId: boss }),
        ...(move === 'assign' && { userId: town.co }),
      }
      await notices.actions.move(random.pick(people), random.pick(promises), move, words, ledger)
    }),
    async () => {
      const at = await world.toChangeItem(town.leader, first, itemId)
      const recused = random.chance(0.6) ? [random.pick([town.co, town.watcher])] : []
      await changeItem(world.parts, world.by(town.leader), at, { _v: at.item._v, recused })
    },
    async () => world.pass(random.below(DAY_MS)),
  ]

  /** What each is shown and counted, they may open. */
  async function nobodyKnowsTooMuch() {
    for (const who of people) {
      const list = await notices.list(who)
      for (const { action, group, kind } of list) {
        shown += 1
        if (action) await admitToAction(notices.actions.parts, world.by(who), action.document, action.actionId)
        if (group.of === 'conference') await world.toEnter(who, group.conferenceId)
        if (group.of === 'past') expect(kind).toBe('conference_cancelled')
      }
      expect(await notices.count(who)).toBeLessThanOrEqual(list.length)
    }
    expect(await notices.list(town.stranger)).toEqual([])
  }

  for (let act = 0; act < ACTS; act++) {
    await random
      .pick(acts)()
      .catch(error => {
        // What this one may not do now; the next act is another.
        if (!(error instanceof Refusal)) throw error
      })
    isFragile = true
    await notices.settled()
    if (faults > 0 && chance.chance(0.3)) await notices.restart()
    isFragile = false
    // The process that comes after, or the next look, finishes what was begun.
    await notices.turn()
    if (act % 6 === 5) await nobodyKnowsTooMuch()
  }
  await notices.restart()
  await nobodyKnowsTooMuch()
  const stored = await notices.stored()
  const mailedToStranger = notices.mailed().filter(name => name === 'stranger')
  return { stored, ends, shown, mails: notices.mailed().length, mailedToStranger }
}

const counted = { ends: 0, shown: 0, told: 0, mails: 0 }

test.each(SEEDS)('[NT1] [NT5] told once whatever ends, and nobody more than they may know (seed %i)', async seed => {
  const undisturbed = await history(seed, 0)
  const disturbed = await history(seed, 0.3)
  expect(disturbed.stored).toEqual(undisturbed.stored)
  expect([...undisturbed.mailedToStranger, ...disturbed.mailedToStranger]).toEqual([])
  counted.ends += disturbed.ends
  counted.shown += disturbed.shown + undisturbed.shown
  counted.told += disturbed.stored.length
  counted.mails += disturbed.mails
})

test('and enough happened for that to mean something', () => {
  console.log(counted)
  if (process.env.SEED !== undefined) return
  expect(counted.ends).toBeGreaterThan(SEEDS.length * 4)
  expect(counted.told).toBeGreaterThan(SEEDS.length * 10)
  expect(counted.shown).toBeGreaterThan(SEEDS.length * 50)
  expect(counted.mails).toBeGreaterThan(SEEDS.length * 2)
})
