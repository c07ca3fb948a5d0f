/** Who is told of what, and for how long. */
import { afterEach, describe, expect, test } from 'vitest'
import { changeConference, deleteConference } from '../../../server/conferences/conference-commands.ts'
import { moveConference } from '../../../server/conferences/conference-states.ts'
import { changeItem } from '../../../server/conferences/item-commands.ts'
import type { NoticeRepository } from '../../../server/notices/notice-repository.ts'
import { lookAtConference } from '../../../server/notices/telling.ts'
import { must } from '../../../shared/assert.ts'
import { addDays } from '../../../shared/working-days.ts'
import { openLedger } from '../actions/action-world.ts'
import { type Meeting, meet, moveTo, openWorld, settle, type Town, uninvite, type World } from '../conferences/world.ts'
import { minutesUnderTest } from '../minutes/minutes-under-test.ts'
import { noticesOn, type Wanted } from './notices-under-test.ts'

const DAY_MS = 86_400_000

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function begin(wanted: Wanted = {}) {
  const world = await openWorld()
  closing.push(() => world.close())
  const town = await settle(world)
  const notices = await noticesOn(world, town, wanted)
  closing.push(() => notices.close())
  return { world, town, notices }
}

async function change(world: World, town: Town, { conferenceId }: Meeting, changes: object) {
  const admitted = await world.toChange(town.leader, conferenceId)
  await changeConference(world.parts, world.by(town.leader), admitted, { _v: admitted.conference._v, ...changes })
}

async function move(world: World, town: Town, { conferenceId }: Meeting, to: 'draft' | 'scheduled') {
  const admitted = await world.toChange(town.leader, conferenceId)
  await moveConference(world.parts, world.by(town.leader), admitted, { _v: admitted.conference._v, to })
}

describe('of a conference', () => {
  test('[NT2] a draft tells nobody; planned, everybody who takes part but its maker; nobody twice', async () => {
    const { world, town, notices } = await begin()
    const meeting = await meet(world, town, 'draft')
    expect(await notices.stored()).toEqual([])
    await moveTo(world, town, meeting.conferenceId, 'scheduled')
    const told = ['co conference_invited', 'partner conference_invited', 'watcher conference_invited']
    expect(await notices.stored()).toEqual(told)
    await change(world, town, meeting, { title: '다른 이름' })
    expect(await notices.stored()).toEqual(told)
    expect(await notices.list(town.co)).toMatchObject([
      { kind: 'conference_invited', isRead: false, isOver: false, group: { of: 'conference', title: '다른 이름' } },
    ])
    expect(await notices.count(town.co)).toBe(1)
    expect(await notices.count(town.stranger)).toBe(0)
  })

  test('[NT2] another time, another place: who knew of it is told, and who is new is invited', async () => {
    const { world, town, notices } = await begin()
    const meeting = await meet(world, town, 'scheduled')
    await notices.settled()
    await change(world, town, meeting, { startsAt: '2026-11-25T05:00:00Z', place: '3층' })
    expect(await notices.kinds(town.co)).toEqual(['conference_invited', 'conference_changed'])
    expect((await notices.list(town.co))[0]).toMatchObject({ changed: ['time', 'place'] })
    // Who changed it knows.
    expect(await notices.kinds(town.leader)).toEqual([])
    const { participants } = must(await world.parts.conferences.find(meeting.conferenceId), 'conference')
    const worker = { userId: town.worker, agencyId: town.dong, role: 'attendee' }
    await change(world, town, meeting, { participants: [...participants, worker], place: '4층' })
    expect(await notices.kinds(town.worker)).toEqual(['conference_invited'])
    const [last, first] = (await notices.list(town.co)).filter(({ kind }) => kind === 'conference_changed')
    expect([last, first]).toMatchObject([{ changed: ['place'], isOver: false }, { isOver: true }])
  })

  test('[NT2] taken out, or the whole of it off: told of the time alone, by who was told before', async () => {
    const { world, town, notices } = await begin()
    const meeting = await meet(world, town, 'scheduled')
    await notices.settled()
    await uninvite(world, town, meeting.conferenceId, town.council)
    const gone = { kind: 'conference_cancelled', group: { of: 'past', startsAt: '2026-11-24T05:00:00.000Z' } }
    expect(await notices.list(town.partner)).toMatchObject([gone])
    expect(JSON.stringify(await notices.list(town.partner))).not.toContain('통합사례회의')
    await move(world, town, meeting, 'draft')
    expect(await notices.list(town.co)).toMatchObject([gone])
    expect(await notices.kinds(town.partner)).toEqual(['conference_cancelled'])
    // On again: the invitation is new, and that it was off is no news any more.
    await move(world, town, meeting, 'scheduled')
    expect(await notices.kinds(town.co)).toEqual(['conference_invited', 'conference_invited'])
    await move(world, town, meeting, 'draft')
    const { conference } = await world.toChange(town.leader, meeting.conferenceId)
    const admitted = await world.toChange(town.leader, meeting.conferenceId)
    await deleteConference(world.parts, world.by(town.leader), admitted, { _v: conference._v })
    expect((await notices.kinds(town.co)).filter(kind => kind === 'conference_cancelled')).toHaveLength(2)
  })

  test('[NT6] once it is over it asks for nothing', async () => {
    const { world, town, notices } = await begin()
    const { conferenceId } = await meet(world, town, 'scheduled')
    expect(await notices.count(town.co)).toBe(1)
    await moveTo(world, town, conferenceId, 'closed')
    expect(await notices.count(town.co)).toBe(0)
    expect(await notices.list(town.co)).toMatchObject([{ isOver: true }])
  })

  test('[NT1] what is changed while it is looked at is looked at again', async () => {
    let meanwhile: (() => Promise<unknown>) | undefined
    const wrap = (notices: NoticeRepository): NoticeRepository => ({
      ...notices,
      async put(notice) {
        const happens = meanwhile
        meanwhile = undefined
        await happens?.()
        return notices.put(notice)
      },
    })
    const { world, town, notices } = await begin({ wrap })
    const meeting = await meet(world, town, 'scheduled')
    meanwhile = () => change(world, town, meeting, { place: '3층' })
    await notices.settled()
    expect(await notices.kinds(town.co)).toEqual(['conference_invited', 'conference_changed'])
  })

  test('[NT1] looked at twice at once, or again after a stop in between: each is told once', async () => {
    let fails = 0
    const wrap = (notices: NoticeRepository): NoticeRepository => ({
      ...notices,
      async put(notice) {
        if (fails > 0 && --fails === 0) throw new Error('the process ended here')
        return notices.put(notice)
      },
    })
    const { world, town, notices } = await begin({ wrap })
    fails = 2
    const { conferenceId } = await meet(world, town, 'scheduled')
    await notices.settled()
    const first = await world.store.collection('notices').countDocuments({})
    expect(first).toBe(1)
    await notices.restart()
    await Promise.all([1, 2, 3].map(() => lookAtConference(notices.parts, conferenceId)))
    expect(await notices.stored()).toEqual(['co', 'partner', 'watcher'].map(name => `${name} conference_invited`))
  })
})

describe('of minutes', () => {
  async function closed(type: 'integrated' | 'joint_management' = 'integrated') {
    const m = await minutesUnderTest({ type })
    closing.push(() => m.close())
    const notices = await noticesOn(m.world, m.town)
    closing.push(() => notices.close())
    const of = async (userId: typeof m.minuteTaker) =>
      (await notices.kinds(userId)).filter(kind => kind.startsWith('minutes'))
    return { m, notices, of }
  }

  test('[NT3] circulated: who may sign, not who pressed, and no observer; final: everybody at the table', async () => {
    const { m, notices, of } = await closed()
    await m.circulate()
    expect(await of(m.town.co)).toEqual(['minutes_circulated'])
    expect((await notices.list(m.town.co))[0]).toMatchObject({ due: '2026-11-27', isOver: false })
    expect(await of(m.town.leader)).toEqual([])
    expect(await of(m.town.watcher)).toEqual([])
    expect(await of(m.town.stranger)).toEqual([])
    m.world.pass(10 * DAY_MS)
    await m.lapse()
    for (const who of [m.town.co, m.town.leader, m.town.watcher]) {
      expect((await of(who)).at(-1)).toBe('minutes_sealed')
    }
    expect((await notices.list(m.town.co)).map(({ kind, isOver }) => [kind, isOver])).toEqual([
      ['minutes_sealed', false],
      ['minutes_circulated', true],
    ])
  })

  test('[NT3] [NT6] to sign: until one has; an objection: told to who conducted', async () => {
    const { m, notices, of } = await closed('joint_management')
    await m.circulate()
    expect(await of(m.town.co)).toEqual(['minutes_to_sign'])
    const before = await notices.count(m.town.co)
    await m.sign(m.town.co, 'objected', '금액이 다릅니다')
    expect(await notices.count(m.town.co)).toBe(before - 1)
    expect(await of(m.town.leader)).toEqual(['minutes_objected'])
    expect(await of(m.minuteTaker)).toEqual(['minutes_to_sign', 'minutes_objected'])
    expect((await notices.list(m.town.leader))[0]).toMatchObject({ agency: '무한돌봄', isOver: false })
    expect(JSON.stringify(await notices.list(m.town.leader))).not.toContain('금액')
    expect(await of(m.town.partner)).toEqual(['minutes_to_sign'])
    await m.correct()
    expect((await notices.list(m.town.leader))[0]).toMatchObject({ isOver: true })
    await m.circulate()
    expect(await of(m.town.co)).toEqual(['minutes_to_sign', 'minutes_to_sign'])
  })
})

describe('of an action item', () => {
  async function promised() {
    const { world, town, notices } = await begin()
    const meeting = await meet(world, town, 'live')
    const { actions } = notices
    const actionId = await actions.promise({ itemId: meeting.itemId, conferenceId: meeting.conferenceId })
    const of = async (userId: typeof town.co) => (await notices.kinds(userId)).filter(kind => kind.startsWith('action'))
    const close = async () => {
      await actions.settled()
      await moveTo(world, town, meeting.conferenceId, 'closed')
    }
    return { world, town, notices, actions, meeting, actionId, of, close }
  }

  test('[NT4] given: once its meeting is over, to who owes it', async () => {
    const { town, notices, actionId, of, close, actions } = await promised()
    await actions.settled()
    expect(await of(town.co)).toEqual([])
    await close()
    expect(await of(town.co)).toEqual(['action_given'])
    expect((await notices.list(town.co)).find(({ kind }) => kind === 'action_given')).toMatchObject({
      group: { of: 'case', label: '김○○ 가구' },
      action: { what: '국민기초생활 신청', actionId },
    })
    for (const who of [town.leader, town.partner, town.watcher, town.stranger]) expect(await of(who)).toEqual([])
    await actions.move(town.co, actionId, 'accept')
    expect(await of(town.leader)).toEqual(['action_answered'])
    expect((await notices.list(town.leader))[0]).toMatchObject({ agency: '무한돌봄', action: { move: 'accept' } })
    expect((await notices.list(town.co)).find(({ kind }) => kind === 'action_given')).toMatchObject({ isOver: true })
  })

  test('[NT4] what was accepted in the meeting is not told as new afterwards', async () => {
    const { town, actions, actionId, of, close } = await promised()
    await actions.settled()
    await actions.move(town.co, actionId, 'accept')
    await close()
    expect(await of(town.co)).toEqual([])
  })

  test('[NT4] offered, taken over: whom it is offered to, and who offered it', async () => {
    const { world, town, notices, actions, actionId, of, close } = await promised()
    await close()
    const boss = world.person('boss', [town.council, 'supervisor'])
    await actions.move(town.co, actionId, 'offer', { agencyId: town.council })
    expect(await of(boss)).toEqual(['action_offered'])
    expect(await of(town.partner)).toEqual([])
    await actions.move(boss, actionId, 'refuse_offer', { note: '대상이 아님' })
    expect((await notices.list(town.co))[0]).toMatchObject({
      kind: 'action_answered',
      agency: '협의회',
      action: { move: 'refuse_offer' },
    })
    expect(await notices.count(boss)).toBe(0)
    await actions.move(town.co, actionId, 'offer', { agencyId: town.council, userId: town.partner })
    // Whom the offer names is told of it, and not the agency's supervisor besides.
    expect(await of(boss)).toEqual(['action_offered'])
    expect(await notices.count(boss)).toBe(0)
    expect(await of(town.partner)).toEqual(['action_offered'])
    await actions.move(town.partner, actionId, 'take_over')
    expect((await notices.list(town.co))[0]).toMatchObject({ agency: '협의회', action: { move: 'take_over' } })
  })

  test('[NT4] [NT6] postponed: back on its day, once, until somebody does something', async () => {
    const { world, town, notices, actions, actionId, of, close } = await promised()
    await close()
    await actions.move(town.co, actionId, 'postpone', { until: addDays('2026-11-24', 3), note: '입원' })
    world.pass(2 * DAY_MS)
    await notices.turn()
    expect((await of(town.co)).includes('action_returned')).toBe(false)
    world.pass(DAY_MS)
    await notices.turn()
    await notices.turn()
    await notices.restart()
    expect((await of(town.co)).filter(kind => kind === 'action_returned')).toHaveLength(1)
    const before = await notices.count(town.co)
    await actions.move(town.co, actionId, 'start')
    expect(await notices.count(town.co)).toBe(before - 1)
  })

  test('[NT4] escalated: the supervisor who is named, and nobody else', async () => {
    const { world, town, actions, actionId, of, close } = await promised()
    const boss = world.person('boss', [town.muhan, 'supervisor'])
    const other = world.person('other', [town.muhan, 'supervisor'])
    await close()
    await actions.move(town.leader, actionId, 'escalate', { userId: boss })
    expect(await of(boss)).toContain('action_escalated')
    expect(await of(other)).not.toContain('action_escalated')
  })

  test('[NT4] written down outside a meeting: when the words have been left alone for ten minutes', async () => {
    const { world, town, notices } = await begin()
    await meet(world, town, 'scheduled')
    await notices.actions.promise()
    await notices.actions.settled()
    notices.wrote(openLedger(town.caseId))
    await notices.turn()
    expect(await notices.kinds(town.co)).toEqual(['conference_invited'])
    world.pass(9 * 60_000)
    await notices.turn()
    // A stop does not begin the waiting anew.
    await notices.restart()
    expect(await notices.kinds(town.co)).toEqual(['conference_invited'])
    world.pass(2 * 60_000)
    await notices.turn()
    expect(await notices.kinds(town.co)).toEqual(['conference_invited', 'action_given'])
  })

  test('[NT5] recused: no notice of it in list and count, and none comes; lifted, it is there again', async () => {
    const { world, town, notices, actions, actionId, of, close } = await promised()
    await close()
    expect(await of(town.co)).toEqual(['action_given'])
    // In a later meeting, about the same household.
    const meeting = await meet(world, town, 'live')
    const before = await notices.count(town.co)
    const recuse = async (recused: (typeof town.co)[]) => {
      const admitted = await world.toChangeItem(town.leader, meeting.conferenceId, meeting.itemId)
      await changeItem(world.parts, world.by(town.leader), admitted, { _v: admitted.item._v, recused })
    }
    await recuse([town.co])
    expect(await of(town.co)).toEqual([])
    expect(await notices.count(town.co)).toBe(before - 1)
    await actions.move(town.leader, actionId, 'offer', { agencyId: town.dong, userId: town.worker })
    await actions.move(town.worker, actionId, 'refuse_offer', { note: '휴직 예정' })
    expect(await of(town.co)).toEqual([])
    await recuse([])
    expect(await of(town.co)).toEqual(['action_given'])
  })

  test('[NT5] who was switched off, or left the agency, is told nothing', async () => {
    const { world, town, notices, close } = await promised()
    const co = must(world.people.get(town.co), 'co')
    co.memberships = [{ agencyId: town.jungang, role: 'case_worker' }]
    await close()
    expect((await notices.stored()).filter(line => line.includes('action'))).toEqual([])
    co.memberships = [{ agencyId: town.muhan, role: 'case_worker' }]
    co.active = false
    await notices.restart()
    expect((await notices.stored()).filter(line => line.includes('action'))).toEqual([])
  })
})

describe('at rest', () => {
  test('[NT7] whose, what kind and when stand in clear; what it is about does not', async () => {
    const { world, town, notices } = await begin()
    const { conferenceId } = await meet(world, town, 'scheduled')
    await notices.settled()
    const records = await world.store.collection<{ _id: string }>('notices').find({}).toArray()
    expect(records).toHaveLength(3)
    expect(JSON.stringify(records)).not.toContain(conferenceId)
    expect(Object.keys(records[0] ?? {}).sort()).toEqual([
      '_id',
      'at',
      'before',
      'kind',
      'mail',
      'read',
      'sealed',
      'userId',
    ])
  })

  test('[NT7] what is old goes, and what is older than news is not told', async () => {
    const { world, town, notices } = await begin()
    await meet(world, town, 'scheduled')
    expect(await notices.count(town.co)).toBe(1)
    world.pass(91 * DAY_MS)
    await notices.turn()
    expect(await world.store.collection('notices').countDocuments({})).toBe(0)
    await notices.restart()
    expect(await notices.stored()).toEqual([])
  })

  test('reading: one’s own alone', async () => {
    const { world, town, notices } = await begin()
    await meet(world, town, 'scheduled')
    const [mine] = await notices.list(town.co)
    await notices.parts.notices.markRead(town.partner, [must(mine, 'a notice').noticeId])
    expect(await notices.count(town.co)).toBe(1)
    await notices.parts.notices.markRead(town.co, [must(mine, 'a notice').noticeId])
    expect(await notices.count(town.co)).toBe(0)
    expect(await notices.list(town.co)).toMatchObject([{ isRead: true }])
  })
})
