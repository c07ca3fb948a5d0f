/** What one worker and one supervisor write to each other about a case: theirs, whatever somebody else is to the case, the meeting or them. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AuditRecord } from '../../../server/audit/audit.ts'
import { changeCase } from '../../../server/conferences/case-commands.ts'
import { changeConference } from '../../../server/conferences/conference-commands.ts'
import { changeItem } from '../../../server/conferences/item-commands.ts'
import { newId } from '../../../server/lib/random.ts'
import { agenciesAsked } from '../../../server/meetings/hearing-asked.ts'
import type { SupervisionParts } from '../../../server/supervision/ports.ts'
import { admitToSupervision } from '../../../server/supervision/supervision-admission.ts'
import { writeSupervision } from '../../../server/supervision/supervision-commands.ts'
import { createSupervisionRepository } from '../../../server/supervision/supervision-repository.ts'
import { listSupervisions, openSupervision } from '../../../server/supervision/supervision-views.ts'
import { agencySpokenFor } from '../../../shared/access.ts'
import { must } from '../../../shared/assert.ts'
import type { ConferenceRole, ConferenceState } from '../../../shared/codes.ts'
import type { AgencyId, CommandId, SupervisionEntryId, UserId } from '../../../shared/ids.ts'
import { quorumOf } from '../../../shared/meeting/quorum.ts'
import {
  type SupervisionView,
  type WriteSupervisionBody,
  writeSupervisionBody,
} from '../../../shared/protocol/supervision.ts'
import { type Meeting, meet, moveTo, openWorld, settle, type Town, type World } from '../conferences/world.ts'

let world: World
let town: Town
let parts: SupervisionParts
let campus: AgencyId
let people: Record<string, UserId>
let meeting: Meeting

const person = (name: string): UserId => must(people[name], name)

/** Everybody who could come near it: what each is to the case, the meeting and the two. */
beforeEach(async () => {
  world = await openWorld()
  town = await settle(world)
  parts = {
    ...world.parts,
    supervisions: createSupervisionRepository({ store: world.store, keyring: world.keyring }),
  }
  campus = world.agency('가상 대학교 (합성)')
  const elsewhere = world.agency('다른 대학교 (합성)')
  people = {
    /** Works on the case for its lead agency, and leads the meeting. */
    worker: town.leader,
    /** Of another agency, invited as the meeting's supervisor, cleared for the item. */
    professor: world.person('professor', [campus, 'case_worker']),
    /** The lead agency's own, sits at the table. */
    head: world.person('head', [town.dong, 'supervisor']),
    /** Invited as a supervisor, of an agency that is not cleared. */
    uncleared: world.person('uncleared', [elsewhere, 'supervisor']),
    /** Of the professor's agency, cleared, an attendee. */
    student: world.person('student', [campus, 'case_worker']),
    /** Works on the case for its lead agency as well. */
    second: world.person('second', [town.dong, 'case_worker']),
    /** Of the lead agency at the table, does not work on the case, takes the minutes. */
    colleague: town.worker,
    /** Works on the case for the co-managing agency. */
    co: town.co,
    /** That agency's supervisor, deputises. */
    coHead: world.person('coHead', [town.muhan, 'supervisor']),
    watcher: town.watcher,
    partner: town.partner,
    stranger: town.stranger,
    /** Works on the case for its lead agency, and is not at the table. */
    afar: world.person('afar', [town.dong, 'case_worker']),
    /** The lead agency's own, not at the table. */
    absent: world.person('absent', [town.dong, 'supervisor']),
  }
  const file = await world.changeCase(town.leader, town.caseId)
  await changeCase(world.parts, world.by(town.leader), file, {
    _v: file.file._v,
    workers: [
      ...file.file.workers,
      { userId: person('second'), agencyId: town.dong },
      { userId: person('afar'), agencyId: town.dong },
    ],
  })
  meeting = await held([
    [person('professor'), campus, 'supervisor'],
    [person('head'), town.dong, 'attendee'],
    [person('uncleared'), elsewhere, 'supervisor'],
    [person('student'), campus, 'attendee'],
    [person('second'), town.dong, 'attendee'],
    [person('colleague'), town.dong, 'minute_taker'],
    [person('coHead'), town.muhan, 'deputy'],
  ])
})
afterEach(() => world.close())

async function held(more: [UserId, AgencyId, ConferenceRole][], state: ConferenceState = 'live'): Promise<Meeting> {
  const made = await meet(world, town, state, { more })
  if (more.some(([, agencyId]) => agencyId === campus)) {
    await change(made, { agencies: [town.dong, town.muhan, campus] })
  }
  return made
}

async function change(at: Meeting, fields: { agencies?: AgencyId[]; recused?: UserId[] }): Promise<void> {
  const admitted = await world.toChangeItem(town.leader, at.conferenceId, at.itemId)
  await changeItem(world.parts, world.by(town.leader), admitted, { _v: admitted.item._v, ...fields })
}

async function open(name: string): Promise<SupervisionView> {
  const by = world.by(person(name))
  const view = await openSupervision(parts, by, await admitToSupervision(parts, by, town.caseId))
  if ('unchanged' in view) throw new Error('Nothing was known')
  return view
}

/** With whom, and as what; nothing for somebody to whom there is no such thing. */
async function sidesOf(name: string): Promise<string[] | 'not-found'> {
  try {
    const { threads } = await open(name)
    return threads.map(one => `${one.as} with ${nameOf(one.with.userId)}${one.mayWrite ? '' : ' (closed)'}`).sort()
  } catch (error) {
    expect(error).toMatchObject({ reason: 'not-found' })
    return 'not-found'
  }
}

const nameOf = (userId: UserId) => Object.entries(people).find(([, id]) => id === userId)?.[0] ?? '?'

type Line = WriteSupervisionBody extends infer Body
  ? Body extends unknown
    ? Omit<Body, 'with' | 'as' | 'command'>
    : never
  : never

async function write(
  name: string,
  to: string,
  as: 'worker' | 'supervisor',
  line: Line,
  command = newId<CommandId>(),
): Promise<void> {
  const by = world.by(person(name))
  const body = writeSupervisionBody.parse({ ...line, with: person(to), as, command })
  await writeSupervision(parts, by, await admitToSupervision(parts, by, town.caseId), body)
}

async function linesOf(name: string, other: string): Promise<string[]> {
  const thread = (await open(name)).threads.find(one => one.with.userId === person(other))
  return must(thread, 'the thread').entries.map(
    ({ kind, by, text }) => `${nameOf(by)} ${kind}${text === '' ? '' : `: ${text}`}`,
  )
}

async function lastOf(name: string, other: string): Promise<SupervisionEntryId> {
  const thread = (await open(name)).threads.find(one => one.with.userId === person(other))
  return must(thread?.entries.at(-1), 'a line').entryId
}

const ASKED = '다음 방문에서 무엇부터 이야기하면 좋을까요?'
const ANSWERED = '아버님의 하루를 먼저 들어 보세요.'

describe('who has one', () => {
  const EXPECTED: Record<string, string[] | 'not-found'> = {
    worker: ['worker with head', 'worker with professor'],
    second: ['worker with head', 'worker with professor'],
    professor: ['supervisor with second', 'supervisor with worker'],
    head: ['supervisor with second', 'supervisor with worker'],
    afar: [],
    uncleared: 'not-found',
    student: 'not-found',
    colleague: 'not-found',
    co: 'not-found',
    coHead: 'not-found',
    watcher: 'not-found',
    partner: 'not-found',
    stranger: 'not-found',
    absent: 'not-found',
  }

  test('[SV2] every relation: workers of the lead agency and who supervises them where the case is heard', async () => {
    expect(Object.keys(EXPECTED).sort()).toEqual(Object.keys(people).sort())
    for (const [name, sides] of Object.entries(EXPECTED)) expect([name, await sidesOf(name)]).toEqual([name, sides])
  })

  test('[SV1] once written, the two read it; for everybody else nothing has changed, and no other view knows of it', async () => {
    await write('worker', 'professor', 'worker', { kind: 'question', text: ASKED })
    expect(await linesOf('worker', 'professor')).toEqual([`worker question: ${ASKED}`])
    expect(await linesOf('professor', 'worker')).toEqual([`worker question: ${ASKED}`])
    for (const [name, sides] of Object.entries(EXPECTED)) {
      expect([name, await sidesOf(name)]).toEqual([name, sides])
      if (sides === 'not-found' || name === 'worker' || name === 'professor') continue
      expect([name, JSON.stringify(await open(name))]).not.toEqual([name, expect.stringContaining('방문에서')])
    }
    // Leading the meeting, working beside the worker and supervising the same worker are not being one of the two.
    expect((await open('second')).threads.flatMap(one => one.entries)).toEqual([])
    expect((await open('head')).threads.flatMap(one => one.entries)).toEqual([])
  })

  test('[SV2] it lives with the case: over the end of the meeting and into the next', async () => {
    await write('worker', 'professor', 'worker', { kind: 'question', text: ASKED })
    await moveTo(world, town, meeting.conferenceId, 'closed')
    await write('professor', 'worker', 'supervisor', {
      kind: 'answer',
      about: await lastOf('professor', 'worker'),
      text: ANSWERED,
    })
    await held([[person('professor'), campus, 'supervisor']], 'scheduled')
    expect(await linesOf('worker', 'professor')).toEqual([`worker question: ${ASKED}`, `professor answer: ${ANSWERED}`])
  })

  test('[SV2] who loses the reason loses it at once; the other reads on and nothing more is written', async () => {
    await write('worker', 'professor', 'worker', { kind: 'question', text: ASKED })
    const admitted = await world.toChange(town.leader, meeting.conferenceId)
    await changeConference(world.parts, world.by(town.leader), admitted, {
      _v: admitted.conference._v,
      participants: admitted.conference.participants.map(one =>
        one.userId === person('professor') ? { ...one, role: 'attendee' as const } : one,
      ),
    })
    expect(await sidesOf('professor')).toBe('not-found')
    expect(await sidesOf('worker')).toEqual(['worker with head', 'worker with professor (closed)'])
    expect(await linesOf('worker', 'professor')).toEqual([`worker question: ${ASKED}`])
    await expect(write('worker', 'professor', 'worker', { kind: 'note', text: '더' })).rejects.toMatchObject({
      reason: 'not-allowed',
      detail: 'supervision-closed',
    })
  })

  test('[SV2] a worker who works on the case no longer, and one whose role ended, read it no more', async () => {
    await write('worker', 'head', 'worker', { kind: 'note', text: ASKED })
    must(world.people.get(person('worker')), 'the worker').memberships = [
      { agencyId: town.dong, role: 'agency_administrator' },
    ]
    expect(await sidesOf('worker')).toBe('not-found')
    expect(await sidesOf('head')).toEqual(['supervisor with second', 'supervisor with worker (closed)'])
  })

  test.each(['professor', 'worker'])('[SV3] %s, recused from an item of the case, has none of it', async name => {
    await write('worker', 'professor', 'worker', { kind: 'question', text: ASKED })
    const before = await sidesOf(name)
    expect(before).not.toBe('not-found')
    const at = await world.toChangeItem(town.leader, meeting.conferenceId, meeting.itemId)
    await changeItem(world.parts, world.by(town.leader), at, { _v: at.item._v, recused: [person(name)] })
    expect(await sidesOf(name)).toBe('not-found')
  })

  test('[SV2] before the meeting the worker may write; the supervisor reads it once she may open the item', async () => {
    const later = world.person('later', [campus, 'case_worker'])
    people.later = later
    const next = await held([[later, campus, 'supervisor']], 'scheduled')
    expect(await sidesOf('later')).toBe('not-found')
    await write('worker', 'later', 'worker', { kind: 'question', text: ASKED })
    expect(await sidesOf('later')).toBe('not-found')
    await world.parts.conferences.unaccept(next.conferenceId, [later])
    await moveTo(world, town, next.conferenceId, 'live')
    expect(await sidesOf('later')).toBe('not-found')
    await world.parts.conferences.accept(next.conferenceId, [later])
    expect(await linesOf('later', 'worker')).toEqual([`worker question: ${ASKED}`])
    // She was not at the table with the second worker, who sat in the other meeting.
    expect(await sidesOf('later')).toEqual(['supervisor with worker'])
  })

  test('[SV7] another supervisor begins anew', async () => {
    await write('worker', 'professor', 'worker', { kind: 'note', text: ASKED })
    await write('worker', 'head', 'worker', { kind: 'note', text: '동장님께' })
    expect(await linesOf('head', 'worker')).toEqual(['worker note: 동장님께'])
    expect(await linesOf('professor', 'worker')).toEqual([`worker note: ${ASKED}`])
    const stored = await world.store.collection<{ _id: string }>('keys').find({}).toArray()
    expect(stored.filter(({ _id }) => _id.startsWith('supervision:'))).toHaveLength(2)
  })
})

describe('what is written', () => {
  test('[SV5] a question is answered by either while it is open, and resolved by who asked', async () => {
    await write('worker', 'professor', 'worker', { kind: 'question', text: ASKED })
    const about = await lastOf('worker', 'professor')
    await write('professor', 'worker', 'supervisor', { kind: 'answer', about, text: ANSWERED })
    await expect(write('professor', 'worker', 'supervisor', { kind: 'resolved', about })).rejects.toMatchObject({
      detail: 'supervision-not-asked',
    })
    await write('worker', 'professor', 'worker', { kind: 'answer', about, text: '고맙습니다' })
    await write('worker', 'professor', 'worker', { kind: 'resolved', about })
    await write('worker', 'professor', 'worker', { kind: 'resolved', about })
    await expect(
      write('professor', 'worker', 'supervisor', { kind: 'answer', about, text: '하나 더' }),
    ).rejects.toMatchObject({ reason: 'conflict', detail: 'supervision-resolved' })
    await write('worker', 'professor', 'worker', { kind: 'reopened', about })
    await write('professor', 'worker', 'supervisor', { kind: 'answer', about, text: '하나 더' })
    expect(await linesOf('professor', 'worker')).toEqual([
      `worker question: ${ASKED}`,
      `professor answer: ${ANSWERED}`,
      'worker answer: 고맙습니다',
      'worker resolved',
      'worker reopened',
      'professor answer: 하나 더',
    ])
  })

  test('[SV5] a line of another thread is no question here', async () => {
    await write('worker', 'head', 'worker', { kind: 'question', text: ASKED })
    const elsewhere = await lastOf('worker', 'head')
    await expect(
      write('worker', 'professor', 'worker', { kind: 'answer', about: elsewhere, text: '?' }),
    ).rejects.toMatchObject({ reason: 'bad-request', detail: 'supervision-question' })
  })

  test('[SV4] there is no way to change or remove a line: the repository has none, and what lies there is as it was', async () => {
    expect(Object.keys(parts.supervisions).sort()).toEqual([
      'add',
      'begin',
      'countEntries',
      'entries',
      'lines',
      'ofPerson',
      'ofPersonEverywhere',
    ])
    await write('worker', 'professor', 'worker', { kind: 'note', text: ASKED })
    const lines = world.store.collection<{ _id: string; by: UserId; sealed: Buffer }>('supervisionEntries')
    const before = await lines.find({}).toArray()
    await write('professor', 'worker', 'supervisor', { kind: 'note', text: '확인' })
    expect((await lines.find({}).toArray()).filter(({ _id }) => _id === before[0]?._id)).toEqual(before)
    // Under another's name the words do not open: the writer is part of what they are bound to.
    await lines.updateOne({ _id: must(before[0], 'a line')._id }, { $set: { by: person('professor') } })
    await expect(open('worker')).rejects.toThrow()
  })

  test('[SV6] sent again after a lost answer it is written once; two who begin at once have one thread', async () => {
    const command = newId<CommandId>()
    await Promise.all([
      write('worker', 'professor', 'worker', { kind: 'question', text: ASKED }, command),
      write('worker', 'professor', 'worker', { kind: 'question', text: ASKED }, command),
      write('professor', 'worker', 'supervisor', { kind: 'note', text: '반갑습니다' }),
    ])
    await write('worker', 'professor', 'worker', { kind: 'question', text: ASKED }, command)
    expect((await linesOf('worker', 'professor')).sort()).toEqual([
      'professor note: 반갑습니다',
      `worker question: ${ASKED}`,
    ])
    expect(await world.store.collection('supervisionThreads').countDocuments({})).toBe(1)
  })

  test('at rest there is no word of it, and the record of access holds who and which case', async () => {
    await write('worker', 'professor', 'worker', { kind: 'question', text: ASKED })
    await open('professor')
    const stored = await world.store.collection<{ _id: string }>('supervisionEntries').find({}).toArray()
    expect(
      JSON.stringify(stored, (_, value) => (Buffer.isBuffer(value) ? value.toString('utf8') : value)),
    ).not.toContain('방문')
    const records = (await world.records()).filter(({ action }) => action.startsWith('supervision.'))
    expect(
      records.map(({ action, actor, subject, reason }) => [action, nameOf(actor as UserId), subject, reason]),
    ).toEqual([
      ['supervision.begin', 'worker', town.caseId, undefined],
      ['supervision.write', 'worker', town.caseId, 'question'],
      ['supervision.open', 'professor', town.caseId, undefined],
    ])
  })

  test('who waits with what they have is told that nothing is new, which is no access', async () => {
    await write('worker', 'professor', 'worker', { kind: 'question', text: ASKED })
    const { tag } = await open('professor')
    const opened = async () => (await world.records({ action: 'supervision.open' })).length
    const before = await opened()
    const by = world.by(person('professor'))
    const look = async () => openSupervision(parts, by, await admitToSupervision(parts, by, town.caseId), tag)
    expect(await look()).toEqual({ unchanged: true })
    expect(await opened()).toBe(before)
    await write('worker', 'professor', 'worker', { kind: 'note', text: '덧붙입니다' })
    expect(await look()).toMatchObject({ threads: expect.arrayContaining([]) })
    expect(await opened()).toBe(before + 1)
  })

  test('an attempt of somebody to whom there is none is on record', async () => {
    await sidesOf('co')
    const denied: AuditRecord[] = await world.records({ action: 'authz.deny', outcome: 'denied' })
    expect(denied.at(-1)).toMatchObject({ actor: person('co'), subject: town.caseId, reason: 'not-found' })
  })
})

describe('one’s own of all cases', () => {
  const list = async (name: string) =>
    (await listSupervisions(parts, world.by(person(name)))).map(
      one => `${one.label}: ${nameOf(one.with.userId)} as ${one.as}, ${one.waitingForMe}/${one.open}`,
    )

  test('[SV9] tells each of the two what is open and what waits for them, and nobody else anything', async () => {
    expect(await list('worker')).toEqual([])
    await write('worker', 'professor', 'worker', { kind: 'question', text: ASKED })
    await write('head', 'worker', 'supervisor', { kind: 'question', text: '이번 주에 만났나요?' })
    await write('head', 'second', 'supervisor', { kind: 'note', text: '잘하고 있습니다' })
    expect(await list('worker')).toEqual(['김○○ 가구: head as worker, 1/1', '김○○ 가구: professor as worker, 0/1'])
    expect(await list('professor')).toEqual(['김○○ 가구: worker as supervisor, 1/1'])
    expect(await list('head')).toContain('김○○ 가구: second as supervisor, 0/0')
    for (const name of ['uncleared', 'student', 'colleague', 'co', 'coHead', 'partner', 'stranger', 'absent']) {
      expect([name, await list(name)]).toEqual([name, []])
    }
    expect((await world.records({ action: 'supervision.list' })).every(one => one.subject === town.caseId)).toBe(true)
    const about = await lastOf('professor', 'worker')
    await write('professor', 'worker', 'supervisor', { kind: 'answer', about, text: ANSWERED })
    expect(await list('professor')).toEqual(['김○○ 가구: worker as supervisor, 0/1'])
    await write('worker', 'professor', 'worker', { kind: 'resolved', about })
    await write('worker', 'professor', 'worker', { kind: 'reopened', about })
    // Asked again: what was said before is no answer to it.
    expect(await list('professor')).toEqual(['김○○ 가구: worker as supervisor, 1/1'])
    await change(meeting, { agencies: [town.dong, town.muhan] })
    expect(await list('professor')).toEqual([])
  })
})

describe('a supervisor of the conference', () => {
  const read = async (name: string) => {
    const refs = { item: meeting.itemId, general: meeting.generalId }
    const grants = await Promise.all(
      Object.entries(refs).map(async ([what, itemId]) => [
        what,
        (await world.grant(person(name), { kind: 'item', itemId })) !== undefined,
      ]),
    )
    const note = await world.grant(person(name), { kind: 'supervision', itemId: meeting.itemId })
    return { ...Object.fromEntries(grants), note: note !== undefined }
  }

  test('[SV8] reads what her agency is cleared for, and the note of its presenters', async () => {
    expect(await read('professor')).toEqual({ item: true, general: true, note: true })
    expect(await read('uncleared')).toEqual({ item: false, general: true, note: false })
    expect(await read('student')).toEqual({ item: true, general: true, note: false })
    expect(await world.grant(person('professor'), { kind: 'case', caseId: town.caseId })).toBeUndefined()
    await change(meeting, { agencies: [town.dong, town.muhan] })
    expect(await read('professor')).toEqual({ item: false, general: true, note: false })
  })

  test('[SV8] speaks for no agency: no answer, no vote, no place in the quorum', async () => {
    const { conference, facts } = await world.toEnter(town.leader, meeting.conferenceId)
    const { item, ofCase } = await world.toChangeItem(town.leader, meeting.conferenceId, meeting.itemId)
    expect(agencySpokenFor(world.by(person('professor')).actor, facts)).toBeUndefined()
    expect(agencySpokenFor(world.by(person('student')).actor, facts)).toBe(campus)
    const asked = (participants: typeof conference.participants) =>
      agenciesAsked({ conference: { ...conference, participants }, item, ofCase }, { attendance: [] })
    const withoutStudent = conference.participants.filter(one => one.userId !== person('student'))
    expect(asked(conference.participants)).toContain(campus)
    expect(asked(withoutStudent)).not.toContain(campus)
    const seat = (role: ConferenceRole) => ({
      userId: newId<UserId>(),
      agencyId: newId<AgencyId>(),
      role,
      standing: 'confirmed' as const,
      mode: 'in_person' as const,
      deputyFor: '',
    })
    const rule = { counts: 'agencies', atLeast: 'majority', countsDeputies: true, mayDecideBelow: true } as const
    const counted = quorumOf(rule, [seat('leader'), seat('supervisor'), seat('observer')])
    expect([counted.of, counted.here]).toEqual([1, 1])
  })
})
