/** Attendance and the statement: the steps on plain states, and what they do to the conference's record (SPEC MA). */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openConference } from '../../../server/conferences/conference-views.ts'
import { acceptOwnStatement } from '../../../server/conferences/statements.ts'
import { ATTENDANCE_RULES } from '../../../server/meetings/attendance-commands.ts'
import type { StepContext } from '../../../server/meetings/command-rule.ts'
import { type Attendance, emptyMeeting, type MeetingState } from '../../../server/meetings/meeting-state.ts'
import { must } from '../../../shared/assert.ts'
import type { AttendanceMode } from '../../../shared/codes.ts'
import { type AgencyId, type AttendeeKey, attendeeKeyOf, type ConferenceId, type UserId } from '../../../shared/ids.ts'
import type { CommandBody, CommandName } from '../../../shared/protocol/live-channel.ts'
import { meet, openWorld, settle, type Town, type World } from '../conferences/world.ts'

type Name = keyof typeof ATTENDANCE_RULES
type Body<N extends CommandName> = Omit<CommandBody<N>, 'conferenceId' | 'commandId'>

let world: World
let town: Town
let conferenceId: ConferenceId
let state: MeetingState

beforeEach(async () => {
  world = await openWorld()
  town = await settle(world)
  ;({ conferenceId } = await meet(world, town, 'live', { accepted: false }))
  state = emptyMeeting()
})
afterEach(() => world.close())

/** Does a command as the hub does: step, then what stands beside it, then the state. A refused one changes nothing. */
async function give<N extends Name>(
  who: UserId,
  name: N,
  body: Body<N>,
  more: Partial<StepContext<N>> = {},
): Promise<MeetingState> {
  const admitted = await world.toEnter(who, conferenceId)
  const context = {
    by: world.by(who),
    body: { conferenceId, commandId: world.parts.newId(), ...body } as CommandBody<N>,
    admitted,
    now: new Date(world.parts.now()).toISOString(),
    newId: world.parts.newId,
    online: new Set<UserId>(),
    items: new Map(),
    ...more,
  } as StepContext<N>
  const rule = must(ATTENDANCE_RULES[name], name)
  if (rule.on !== 'meeting') throw new Error(`${name} is not about the meeting`)
  const step = rule.step as (state: MeetingState, context: StepContext<N>) => MeetingState
  const after = step(state, context)
  const alongside = rule.alongside as
    | ((before: MeetingState, after: MeetingState, context: StepContext<N>, parts: World['parts']) => Promise<void>)
    | undefined
  await alongside?.(state, after, context, world.parts)
  state = after
  return state
}

const entryOf = (userId: UserId): Attendance | undefined =>
  state.attendance.find(entry => entry.key === attendeeKeyOf(userId))
const withMinuteTaker = () => ({
  accepted: false,
  more: [[town.worker, town.dong, 'minute_taker' as const]] as [UserId, AgencyId, 'minute_taker'][],
})
const accepted = async () => must(await world.parts.conferences.find(conferenceId), 'it').accepted
const opens = async (userId: UserId) => {
  const conference = must(await world.parts.conferences.find(conferenceId), 'the conference')
  const { items } = await openConference(world.parts, world.by(userId), conference)
  return items.filter(item => !item.restricted).length
}
const announce = (who: UserId, extra: Partial<Body<'attendance.announce'>> = {}) =>
  give(who, 'attendance.announce', { mode: 'remote', statement: true, deputyFor: '', ...extra })
const enter = (entries: [UserId | AttendeeKey, AttendanceMode][], statement = true, who = town.leader) =>
  give(who, 'attendance.enter', {
    entries: entries.map(([key, mode]) => ({ key: key as AttendeeKey, mode })),
    statement,
  })
const add = (extra: Partial<Body<'attendance.add'>> = {}) =>
  give(town.leader, 'attendance.add', {
    name: '박○○',
    agencyId: town.council,
    title: '통장',
    role: 'attendee',
    mode: 'in_person',
    statement: true,
    ...extra,
  })

describe('being there', () => {
  test('[MA1] is announced by oneself and counts once it is confirmed', async () => {
    await announce(town.co)
    expect(entryOf(town.co)).toMatchObject({
      standing: 'announced',
      mode: 'remote',
      statement: 'own-press',
      enteredBy: null,
    })
    await give(town.leader, 'attendance.confirm', { keys: [attendeeKeyOf(town.co)] })
    expect(entryOf(town.co)).toMatchObject({ standing: 'confirmed' })
    // Announced again, in another way: still confirmed, and since the first time.
    const arrivedAt = entryOf(town.co)?.arrivedAt
    world.pass(60_000)
    await announce(town.co, { mode: 'phone' })
    expect(entryOf(town.co)).toMatchObject({ standing: 'confirmed', mode: 'phone', arrivedAt })
  })

  test('[MA1] who conducts needs nobody to confirm it', async () => {
    await announce(town.leader, { mode: 'in_person' })
    expect(entryOf(town.leader)).toMatchObject({ standing: 'confirmed', mode: 'in_person', enteredBy: null })
  })

  test('[MA1] somebody who is only connected has no entry and cannot be confirmed', async () => {
    await expect(give(town.leader, 'attendance.confirm', { keys: [attendeeKeyOf(town.co)] })).rejects.toMatchObject({
      reason: 'bad-request',
    })
    await give(town.leader, 'attendance.leaves-at', { key: attendeeKeyOf(town.co), at: '15:30' })
    expect(entryOf(town.co)).toMatchObject({ standing: 'expected', mode: null, arrivedAt: null, leavesAt: '15:30' })
    await expect(give(town.leader, 'attendance.confirm', { keys: [attendeeKeyOf(town.co)] })).rejects.toMatchObject({
      detail: 'not-announced',
    })
  })

  test('leaving ends speaking and waiting to speak; coming back is announced anew', async () => {
    await announce(town.co)
    const key = attendeeKeyOf(town.co)
    const at = new Date(world.parts.now()).toISOString()
    state = { ...state, speaking: { now: key, since: at, queue: [{ key, at }] } }
    await give(town.co, 'attendance.leave', {})
    expect(entryOf(town.co)).toMatchObject({ standing: 'left', leftAt: at })
    expect(state.speaking).toEqual({ now: null, since: null, queue: [] })
    await expect(give(town.co, 'attendance.leave', {})).rejects.toMatchObject({ detail: 'not-here' })
    await announce(town.co)
    expect(entryOf(town.co)).toMatchObject({ standing: 'announced', leftAt: null, arrivedAt: at })
  })

  test('a deputy says for whom', async () => {
    await announce(town.co, { deputyFor: '정○○ 팀장' })
    expect(entryOf(town.co)?.deputyFor).toBe('정○○ 팀장')
  })

  test('when somebody has to go is said by themselves or by who conducts, by nobody else', async () => {
    await give(town.co, 'attendance.leaves-at', { key: attendeeKeyOf(town.co), at: '15:30' })
    expect(entryOf(town.co)?.leavesAt).toBe('15:30')
    await give(town.leader, 'attendance.leaves-at', { key: attendeeKeyOf(town.co), at: '' })
    expect(entryOf(town.co)?.leavesAt).toBe('')
    await expect(
      give(town.partner, 'attendance.leaves-at', { key: attendeeKeyOf(town.co), at: '16:00' }),
    ).rejects.toMatchObject({ reason: 'not-allowed' })
  })
})

describe('entering for others', () => {
  const everybody = () => [town.leader, town.co, town.partner, town.watcher]

  test('[MA2] everybody in one command, confirmed, with the name of who entered it', async () => {
    await enter(everybody().map(userId => [userId, 'in_person']))
    for (const userId of everybody().slice(1)) {
      expect(entryOf(userId)).toMatchObject({
        standing: 'confirmed',
        mode: 'in_person',
        statement: 'by-minute-taker',
        enteredBy: town.leader,
      })
    }
    // Who enters it does so for herself.
    expect(entryOf(town.leader)).toMatchObject({ standing: 'confirmed', statement: 'own-press', enteredBy: null })
    expect(new Set(await accepted())).toEqual(new Set(everybody()))
  })

  test('[MA2] what somebody did on their own screen stays theirs', async () => {
    await announce(town.co, { mode: 'remote' })
    await enter([[town.co, 'remote']])
    expect(entryOf(town.co)).toMatchObject({ standing: 'confirmed', statement: 'own-press', enteredBy: null })
    await enter([[town.co, 'in_person']])
    expect(entryOf(town.co)).toMatchObject({ mode: 'in_person', statement: 'own-press', enteredBy: town.leader })
  })

  test('[MA2] who announces after having been entered speaks for themselves', async () => {
    await enter([[town.co, 'in_person']])
    await announce(town.co, { mode: 'in_person' })
    expect(entryOf(town.co)).toMatchObject({ standing: 'confirmed', statement: 'own-press', enteredBy: null })
  })

  test('a written opinion and absence are no attendance', async () => {
    for (const mode of ['written_submission', 'absent_with_report', 'absent'] as const) {
      await enter([[town.co, mode]])
      expect(entryOf(town.co)).toMatchObject({ standing: 'absent', mode, statement: 'none', arrivedAt: null })
    }
    expect(await accepted()).toEqual([])
  })

  test('nobody unknown, nobody twice; then nothing of it is done', async () => {
    await expect(
      enter([
        [town.co, 'in_person'],
        [town.stranger, 'in_person'],
      ]),
    ).rejects.toMatchObject({
      detail: 'unknown-attendee',
    })
    await expect(
      enter([
        [town.co, 'in_person'],
        [town.co, 'remote'],
      ]),
    ).rejects.toMatchObject({ detail: 'attendee-twice' })
    expect(state.attendance).toEqual([])
    expect(await accepted()).toEqual([])
  })

  test('departing is entered for somebody who is there', async () => {
    await expect(give(town.leader, 'attendance.depart', { key: attendeeKeyOf(town.co) })).rejects.toMatchObject({
      reason: 'bad-request',
    })
    await enter([[town.co, 'in_person']])
    await give(town.leader, 'attendance.depart', { key: attendeeKeyOf(town.co) })
    expect(entryOf(town.co)).toMatchObject({ standing: 'left', enteredBy: town.leader })
  })
})

describe('[MA3] the statement opens the items', () => {
  test('[MA3] nobody opens one before, who conducts it neither; an own press opens them in the same moment', async () => {
    for (const who of [town.leader, town.co, town.partner]) expect(await opens(who)).toBe(0)
    world.announced.length = 0
    await announce(town.co)
    expect(world.announced).toContain(`user:${town.co}`)
    expect(world.announced).not.toContain(`conference:${conferenceId}`)
    expect(await opens(town.co)).toBe(2)
    expect(await opens(town.leader)).toBe(0)
  })

  test('[MA3] entered without it, a person is there and opens nothing', async () => {
    await enter([[town.co, 'in_person']], false)
    expect(entryOf(town.co)).toMatchObject({ standing: 'confirmed', statement: 'none' })
    expect(await opens(town.co)).toBe(0)
    await enter([[town.co, 'in_person']], true)
    expect(await opens(town.co)).toBe(2)
  })

  test('[MA3] what was entered by mistake is taken back with the entry; one’s own press is not', async () => {
    await enter([
      [town.co, 'in_person'],
      [town.watcher, 'in_person'],
    ])
    await announce(town.watcher)
    await enter([
      [town.co, 'absent'],
      [town.watcher, 'absent'],
    ])
    expect(entryOf(town.co)?.statement).toBe('none')
    expect(await opens(town.co)).toBe(0)
    expect(entryOf(town.watcher)?.statement).toBe('own-press')
    expect(await opens(town.watcher)).toBe(2)
    expect(world.announced).toContain(`user:${town.co}`)
  })

  test('[MA3] the store fails between the statement and the entry: repeated, it is still what the minute-taker entered', async () => {
    const before = state
    await enter([[town.co, 'in_person']])
    // What stands beside is written, the meeting's own record is not.
    state = before
    await enter([[town.co, 'in_person']])
    expect(entryOf(town.co)).toMatchObject({ statement: 'by-minute-taker', enteredBy: town.leader })
    await enter([[town.co, 'absent']])
    expect(entryOf(town.co)?.statement).toBe('none')
    expect(await opens(town.co)).toBe(0)
  })

  test('[MA3] left half done, the statement goes as soon as the entry says that there is none', async () => {
    const before = state
    await enter([[town.co, 'in_person']])
    state = before
    await enter([[town.co, 'absent']])
    expect(await opens(town.co)).toBe(0)
  })

  test('[MA3] one’s own press over another window, after it was entered, is not taken back with the entry', async () => {
    await enter([[town.co, 'in_person']])
    await acceptOwnStatement(world.parts, world.by(town.co), await world.toEnter(town.co, conferenceId))
    await enter([[town.co, 'absent']])
    expect(await opens(town.co)).toBe(2)
    const records = await world.records({ action: 'statement.accept' })
    expect(records.map(one => one.reason)).toEqual(['by-minute-taker', 'own-press'])
  })

  test('[MA3] the host agency’s people give it by their own press for 365 days, others for this conference', async () => {
    await announce(town.leader)
    await announce(town.co)
    world.pass(364 * 86_400_000)
    ;({ conferenceId } = await meet(world, town, 'live', { accepted: false }))
    expect(await accepted()).toEqual([town.leader])
    expect(await opens(town.leader)).toBe(2)
    expect(await opens(town.co)).toBe(0)
    world.pass(2 * 86_400_000)
    ;({ conferenceId } = await meet(world, town, 'live', { accepted: false }))
    expect(await accepted()).toEqual([])
  })

  test('[MA3] what the minute-taker enters counts for that conference alone', async () => {
    ;({ conferenceId } = await meet(world, town, 'live', withMinuteTaker()))
    await enter([[town.worker, 'in_person']])
    expect(await opens(town.worker)).toBe(2)
    ;({ conferenceId } = await meet(world, town, 'live', withMinuteTaker()))
    expect(await accepted()).toEqual([])
  })

  test('[MA3] entering somebody who gave it before keeps it theirs', async () => {
    await announce(town.leader)
    ;({ conferenceId } = await meet(world, town, 'live', withMinuteTaker()))
    state = emptyMeeting()
    await enter([[town.leader, 'in_person']], true, town.worker)
    expect(entryOf(town.leader)).toMatchObject({ statement: 'own-press', enteredBy: town.worker })
    await enter([[town.leader, 'absent']], true, town.worker)
    expect(await opens(town.leader)).toBe(2)
  })

  test('[MA3] a conference of before asks nobody', async () => {
    await world.store.collection('conferences').updateOne({ _id: conferenceId }, { $unset: { accepted: true } })
    expect(await opens(town.co)).toBe(2)
    await announce(town.co)
    expect(await accepted()).toBeUndefined()
    expect(await opens(town.partner)).toBe(1)
  })

  test('[MA3] repeated, it makes one record, which names nobody but who pressed', async () => {
    await announce(town.co)
    await announce(town.co)
    const records = await world.records({ action: 'statement.accept' })
    expect(records).toHaveLength(1)
    expect(records[0]).toMatchObject({ actor: town.co, reason: 'own-press', object: `conference.${conferenceId}` })
    await enter([
      [town.partner, 'in_person'],
      [town.watcher, 'in_person'],
    ])
    const [, entered] = await world.records({ action: 'statement.accept' })
    expect(entered).toMatchObject({ actor: town.leader, reason: 'by-minute-taker' })
    expect(JSON.stringify(entered)).not.toContain(town.partner)
  })
})

describe('[MA4] people without an account', () => {
  test('[MA4] stand in the meeting’s record alone, for an agency at the table', async () => {
    await add()
    const [guest] = state.attendance
    expect(guest).toMatchObject({
      userId: null,
      guest: { name: '박○○', agencyId: town.council, title: '통장', role: 'attendee' },
      standing: 'confirmed',
      statement: 'by-minute-taker',
      enteredBy: town.leader,
    })
    expect(await accepted()).toEqual([])
    await expect(add({ agencyId: town.jungang })).rejects.toMatchObject({ detail: 'agency-not-at-table' })
  })

  test('[MA4] are entered, depart and go again like everybody', async () => {
    await add({ statement: false })
    const { key } = must(state.attendance[0], 'the guest')
    await enter([[key, 'phone']])
    expect(state.attendance[0]).toMatchObject({ mode: 'phone', statement: 'by-minute-taker' })
    await give(town.leader, 'attendance.depart', { key })
    expect(state.attendance[0]).toMatchObject({ standing: 'left' })
    await give(town.leader, 'attendance.remove', { key })
    expect(state.attendance).toEqual([])
  })

  test('[MA4] who was there when something was confirmed is not removed any more; a participant never is', async () => {
    await add()
    const { key, arrivedAt } = must(state.attendance[0], 'the guest')
    const lastConfirmedAt = must(arrivedAt, 'arrival')
    await expect(give(town.leader, 'attendance.remove', { key }, { lastConfirmedAt })).rejects.toMatchObject({
      detail: 'was-there',
    })
    await enter([[town.co, 'in_person']])
    await expect(give(town.leader, 'attendance.remove', { key: attendeeKeyOf(town.co) })).rejects.toMatchObject({
      detail: 'participant-stays',
    })
  })

  test('[MA4] are limited in number', async () => {
    for (let n = 0; n < 120; n++) await add({ name: `주민 ${n}` })
    await expect(add()).rejects.toMatchObject({ reason: 'too-large' })
  })
})
