/** Comments on an item: for exactly who may open it, whatever somebody is to the case and the meeting; and kept as they were written. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { admitToComment, admitToComments } from '../../../server/comments/comment-admission.ts'
import { writeComment } from '../../../server/comments/comment-commands.ts'
import { createCommentRepository } from '../../../server/comments/comment-repository.ts'
import { countComments, openComments } from '../../../server/comments/comment-views.ts'
import type { CommentParts } from '../../../server/comments/ports.ts'
import { createConference } from '../../../server/conferences/conference-commands.ts'
import { changeItem, deleteItem } from '../../../server/conferences/item-commands.ts'
import { followLeavingItems } from '../../../server/conferences/leaving-items.ts'
import { SealBroken } from '../../../server/crypto/sealing.ts'
import { newId } from '../../../server/lib/random.ts'
import { createHearingRepository } from '../../../server/meetings/hearing-repository.ts'
import { createMeetingRepository } from '../../../server/meetings/meeting-repository.ts'
import { createAgendaProposals } from '../../../server/minutes/agenda-proposals.ts'
import { admitToClose, openClosing } from '../../../server/minutes/closing-view.ts'
import type { AgendaParts } from '../../../server/series/agenda-input.ts'
import { proposalsFor } from '../../../server/series/agenda-proposals.ts'
import type { StoredRecord } from '../../../server/storage/port.ts'
import { must } from '../../../shared/assert.ts'
import { anchorOn, type CommentAnchor, wordsOf } from '../../../shared/comments/anchors.ts'
import { documentNameOf } from '../../../shared/documents/document-names.ts'
import { discussionOf } from '../../../shared/documents/item-document.ts'
import { paragraphsOf } from '../../../shared/documents/rich-text.ts'
import type { AgencyId, CommandId, CommentThreadId, ItemId, UserId } from '../../../shared/ids.ts'
import {
  COMMENT_LINES_MAX,
  COMMENT_TEXT_MAX,
  type CommentsView,
  type CommentThreadView,
  type WriteCommentBody,
  writeCommentBody,
} from '../../../shared/protocol/comments.ts'
import { withActions } from '../actions/action-world.ts'
import {
  conferenceBody,
  type Meeting,
  meet,
  moveTo,
  NOON,
  openWorld,
  settle,
  type Town,
  uninvite,
  type World,
} from '../conferences/world.ts'

let world: World
let town: Town
let parts: CommentParts
let meeting: Meeting
let people: Record<string, UserId>

const person = (name: string): UserId => must(people[name], name)

/** What each is to the item: who leads, takes the minutes, sits there for the other cleared agency, steps out, watches, is not cleared, is not there. */
beforeEach(async () => {
  world = await openWorld()
  town = await settle(world)
  parts = { ...world.parts, comments: createCommentRepository({ store: world.store, keyring: world.keyring }) }
  people = {
    leader: town.leader,
    taker: town.worker,
    co: town.co,
    recused: world.person('recused', [town.muhan, 'case_worker']),
    watcher: town.watcher,
    partner: town.partner,
    stranger: town.stranger,
  }
  meeting = await held()
})
afterEach(() => world.close())

const held = (state: 'scheduled' | 'live' | 'closed' = 'live', accepted = true) =>
  meet(world, town, state, {
    accepted,
    more: [
      [person('taker'), town.dong, 'minute_taker'],
      [person('recused'), town.muhan, 'attendee'],
    ],
  })

const documentOf = (itemId: ItemId) => documentNameOf({ kind: 'item', itemId })

interface At {
  itemId?: ItemId
  conferenceId?: Meeting['conferenceId']
}

async function open(name: string, at: At = {}): Promise<CommentsView> {
  const by = world.by(person(name))
  const { conferenceId, itemId } = { ...meeting, ...at }
  const view = await openComments(parts, by, await admitToComments(parts, by, conferenceId, itemId))
  if ('unchanged' in view) throw new Error('Nothing was known')
  return view
}

type Line<Body = WriteCommentBody> = Body extends unknown ? Omit<Body, 'command'> : never

async function write(name: string, line: Line, at: At & { command?: CommandId } = {}): Promise<void> {
  const by = world.by(person(name))
  const { conferenceId, itemId, command = newId<CommandId>() } = { ...meeting, ...at }
  const body = writeCommentBody.parse({ ...line, command })
  await writeComment(parts, by, await admitToComment(parts, by, conferenceId, itemId), body)
}

const remark = (text = '어머니 병원비부터 봅시다.', about: CommentAnchor | null = null): Line => ({
  kind: 'remark',
  about,
  text,
})
const question = (asked: AgencyId, due = '2026-11-30', text = '간병비는 어디까지 됩니까?'): Line => ({
  kind: 'question',
  about: null,
  text,
  asked,
  due,
})
const reply = (threadId: CommentThreadId, text = '확인해서 알려 드리겠습니다.'): Line => ({
  kind: 'reply',
  threadId,
  text,
})

async function count(name: string, conferenceId = meeting.conferenceId) {
  const by = world.by(person(name))
  const { items } = await countComments(parts, by, await world.toEnter(person(name), conferenceId))
  return [...items].sort((one, other) => other.open + other.waiting - one.open - one.waiting)
}

/** The latest thread as somebody reads it. */
const last = async (name = 'leader', at: At = {}): Promise<CommentThreadView> =>
  must((await open(name, at)).threads.at(-1), 'a thread')

const stored = () => world.store.collection<StoredRecord>('comments').find({}).toArray()
const recuse = async (...recused: UserId[]) => change({ recused })
async function change(fields: { agencies?: AgencyId[]; recused?: UserId[] }) {
  const admitted = await world.toChangeItem(town.leader, meeting.conferenceId, meeting.itemId)
  await changeItem(world.parts, world.by(town.leader), admitted, { _v: admitted.item._v, ...fields })
}

/** What comes of something that may be refused. */
async function outcome(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'done'
  } catch (error) {
    const { reason, detail } = error as { reason?: string; detail?: string }
    if (reason === undefined) throw error
    return detail === undefined ? reason : `${reason}: ${detail}`
  }
}

describe('who', () => {
  const RELATIONS = ['leader', 'taker', 'co', 'watcher', 'recused', 'partner', 'stranger'] as const

  async function relations(conferenceId: Meeting['conferenceId'], itemId: ItemId) {
    const table: Record<string, string[]> = {}
    for (const name of RELATIONS) {
      const counted = await count(name, conferenceId).then(
        items => `${items.filter(one => one.itemId === itemId).length} counted`,
        () => 'not-found',
      )
      table[name] = [
        await outcome(open(name, { conferenceId, itemId })),
        counted,
        await outcome(write(name, remark(), { conferenceId, itemId })),
      ]
    }
    return table
  }

  test.for(['live', 'closed'] as const)(
    '[CM1] [CM2] in a %s conference: who may open the item reads, and writes unless they watch; to others there is nothing',
    async state => {
      await write('co', remark())
      await recuse(person('recused'))
      await moveTo(world, town, meeting.conferenceId, state)
      expect(await relations(meeting.conferenceId, meeting.itemId)).toEqual({
        leader: ['done', '1 counted', 'done'],
        taker: ['done', '1 counted', 'done'],
        co: ['done', '1 counted', 'done'],
        watcher: ['done', '1 counted', 'not-allowed'],
        recused: ['not-found', '0 counted', 'not-found'],
        partner: ['not-found', '0 counted', 'not-found'],
        stranger: ['not-found', 'not-found', 'not-found'],
      })
    },
  )

  test('[CM2] before the meeting: who prepares it and the case’s own workers', async () => {
    const { conferenceId, itemId } = await held('scheduled')
    await write('leader', remark(), { conferenceId, itemId })
    expect(await relations(conferenceId, itemId)).toEqual({
      leader: ['done', '1 counted', 'done'],
      taker: ['done', '1 counted', 'done'],
      co: ['done', '1 counted', 'done'],
      watcher: ['not-found', '0 counted', 'not-found'],
      recused: ['not-found', '0 counted', 'not-found'],
      partner: ['not-found', '0 counted', 'not-found'],
      stranger: ['not-found', 'not-found', 'not-found'],
    })
  })

  test('[CM1] who has not accepted the statement yet reads none', async () => {
    const { conferenceId, itemId } = await held('live', false)
    await world.parts.conferences.accept(conferenceId, [town.leader])
    await write('leader', remark(), { conferenceId, itemId })
    expect(await outcome(open('co', { conferenceId, itemId }))).toBe('not-found')
    expect(await count('co', conferenceId)).toEqual([])
  })

  test('[CM1] with the right goes everything at once: stepping out, a narrower clearance, an invitation taken back, a job that ended', async () => {
    await write('co', remark())
    const gone = async (name: string) => [
      await outcome(open(name)),
      await count(name).catch(() => 'not-found'),
      await outcome(write(name, remark())),
    ]
    await recuse(person('co'))
    expect(await gone('co')).toEqual(['not-found', [], 'not-found'])
    await recuse()
    expect((await open('co')).threads).toHaveLength(1)
    await change({ agencies: [town.dong] })
    expect(await gone('co')).toEqual(['not-found', [], 'not-found'])
    await change({ agencies: [town.dong, town.muhan] })
    must(world.people.get(person('co')), 'co').memberships = []
    expect(await gone('co')).toEqual(['not-found', 'not-found', 'not-found'])
    await uninvite(world, town, meeting.conferenceId, town.muhan)
    expect(await gone('recused')).toEqual(['not-found', 'not-found', 'not-found'])
    // What they wrote stays, under their name and for the agency that it was written for.
    const [line] = (await last()).lines
    expect(line?.by).toMatchObject({ userId: person('co'), agency: { agencyId: town.muhan } })
  })

  test('[CM1] an item of another conference is not found here', async () => {
    const other = await held()
    await write('leader', remark(), other)
    expect(await outcome(open('leader', { itemId: other.itemId }))).toBe('not-found')
    expect(await outcome(write('leader', remark(), { itemId: other.itemId }))).toBe('not-found')
  })

  test('[CM10] a conference’s counts name the items that one may open: what is open, and what waits', async () => {
    await write('leader', question(town.muhan))
    await write('leader', remark())
    await write('partner', remark('간식은 제가 가져오겠습니다.'), { itemId: meeting.generalId })
    const restricted = { itemId: meeting.itemId, open: 2, waiting: 1, ours: 0 }
    const general = { itemId: meeting.generalId, open: 1, waiting: 0, ours: 0 }
    expect(await count('leader')).toEqual([restricted, general])
    // The question is put to their agency.
    expect(await count('co')).toEqual([{ ...restricted, ours: 1 }, general])
    expect(await count('partner')).toEqual([general])
    await write('leader', { kind: 'resolved', threadId: (await last()).threadId })
    expect(await count('leader')).toEqual([{ ...restricted, open: 1 }, general])
    expect(await count('partner')).toEqual([general])
  })
})

describe('lines', () => {
  test('[CM3] are only added, by who is signed in: nobody is named in a body', async () => {
    await write('co', remark())
    const before = await stored()
    for (const more of [
      { by: town.leader },
      { agencyId: town.dong },
      { at: '2026-11-01' },
      { lineId: before[0]?._id },
    ]) {
      expect(writeCommentBody.safeParse({ ...remark(), command: newId(), ...more }).success).toBe(false)
    }
    const { threadId } = await last()
    await write('leader', reply(threadId))
    await write('co', { kind: 'resolved', threadId })
    await write('leader', { kind: 'reopened', threadId })
    expect((await stored()).filter(line => before.some(one => one._id === line._id))).toEqual(before)
    expect((await last()).lines.map(line => [line.kind, line.by.name, line.by.agency?.shortName, line.text])).toEqual([
      ['remark', 'co', '무한돌봄', '어머니 병원비부터 봅시다.'],
      ['reply', 'leader', '생연1동', '확인해서 알려 드리겠습니다.'],
      ['resolved', 'co', '무한돌봄', ''],
      ['reopened', 'leader', '생연1동', ''],
    ])
    expect(Object.keys(parts.comments).sort()).toEqual(['add', 'clearLines', 'lines', 'openIn', 'removeOf'])
  })

  test('[CM3] words under another’s name, in another thread or of another item do not open', async () => {
    await write('co', remark())
    const collection = world.store.collection<
      StoredRecord & { by: string; threadId: string; kind: string; _v: number }
    >('comments')
    const [line] = await collection.find({}).toArray()
    const { _id, by, threadId, kind } = must(line, 'a line')
    for (const [field, forged, was] of [
      ['by', town.leader, by],
      ['threadId', newId(), threadId],
      ['kind', 'reply', kind],
    ] as const) {
      await collection.updateOne({ _id }, { $set: { [field]: forged, _v: 1 } })
      await expect(open('leader')).rejects.toThrow(SealBroken)
      await collection.updateOne({ _id }, { $set: { [field]: was, _v: 1 } })
    }
    expect((await open('leader')).threads).toHaveLength(1)
  })

  test('[CM3] go when the item goes', async () => {
    const scheduled = await held('scheduled')
    await write('leader', remark(), scheduled)
    await write('leader', remark())
    const stop = followLeavingItems(parts, parts.comments.removeOf, error => expect(error).toBeUndefined())
    const admitted = await world.toChangeItem(town.leader, scheduled.conferenceId, scheduled.itemId)
    await deleteItem(world.parts, world.by(town.leader), admitted)
    await stop()
    expect((await stored()).map(line => (line as StoredRecord & { itemId?: string }).itemId)).toEqual([meeting.itemId])
  })

  test('[CM7] one sent again with its command is written once', async () => {
    const command = newId<CommandId>()
    await write('co', remark(), { command })
    await write('co', remark(), { command })
    await Promise.all([1, 2, 3].map(() => write('co', question(town.dong), { command: 'c'.repeat(22) as CommandId })))
    expect((await open('leader')).threads.map(thread => thread.lines[0]?.kind)).toEqual(['remark', 'question'])
    // Another person's command is another one.
    await write('leader', remark(), { command })
    expect((await open('leader')).threads).toHaveLength(3)
  })

  test('[CM13] empty, too long, with control characters: refused; markup is text', async () => {
    const isTaken = (text: string) => writeCommentBody.safeParse({ ...remark(text), command: newId() }).success
    for (const text of [
      '',
      '  \n ',
      'ㄱ'.repeat(COMMENT_TEXT_MAX + 1),
      'ㄱ'.repeat(10_000),
      'a\u0000b',
      'a\u0007',
      '\u001b[2J',
    ]) {
      expect([text.slice(0, 5), isTaken(text)]).toEqual([text.slice(0, 5), false])
    }
    expect(isTaken('ㄱ'.repeat(COMMENT_TEXT_MAX))).toBe(true)
    const hostile = '<img src=x onerror=alert(1)>\n=1+1\t{{name}} \u202e거꾸로'
    await write('co', remark(hostile))
    expect((await last()).lines[0]?.text).toBe(hostile)
  })

  test('[CM13] an item holds so many lines and no more', async () => {
    await write('co', remark())
    const [line] = await parts.comments.clearLines(meeting.itemId)
    const many = (length: number) => Array.from({ length }, () => must(line, 'a line'))
    const { comments } = parts
    parts = { ...parts, comments: { ...comments, clearLines: async () => many(COMMENT_LINES_MAX) } }
    expect(await outcome(write('co', remark()))).toBe('too-large: comments-full')
    parts = { ...parts, comments: { ...comments, clearLines: async () => many(COMMENT_LINES_MAX - 1) } }
    expect(await outcome(write('co', remark()))).toBe('done')
  })
})

describe('a question', () => {
  test('[CM4] is put to another agency that may open the item, and to no other; nothing is written before', async () => {
    await recuse(person('recused'))
    const { askable } = await open('leader')
    expect(askable.map(agency => [agency.shortName, agency.sees])).toEqual([['무한돌봄', 'now']])
    for (const asked of [town.council, town.jungang, town.dong, newId<AgencyId>()]) {
      expect(await outcome(write('leader', question(asked)))).toBe('bad-request: comment-agency')
    }
    // Everybody of it has stepped out: the clearance alone answers nothing.
    await recuse(person('recused'), person('co'))
    expect((await open('leader')).askable).toEqual([])
    expect(await outcome(write('leader', question(town.muhan)))).toBe('bad-request: comment-agency')
    expect(await stored()).toEqual([])
    // An item for everybody.
    const general = (await open('leader', { itemId: meeting.generalId })).askable
    expect(general.map(agency => agency.shortName)).toEqual(['무한돌봄', '협의회'])
    await write('leader', question(town.council), { itemId: meeting.generalId })
    expect((await last('partner', { itemId: meeting.generalId })).asked).toMatchObject({ agencyId: town.council })
  })

  test('[CM4] before the meeting it says who reads it only there', async () => {
    const { conferenceId, itemId, generalId } = await held('scheduled')
    const asked = async (id: ItemId) =>
      (await open('leader', { conferenceId, itemId: id })).askable.map(one => `${one.shortName} ${one.sees}`)
    // Who works on the case for the other agency prepares it, too; a general item is nobody's before.
    expect(await asked(itemId)).toEqual(['무한돌봄 now'])
    expect(await asked(generalId)).toEqual(['무한돌봄 on-arrival', '협의회 on-arrival'])
  })

  test('[CM4] its day is one from today to a year on', async () => {
    for (const due of ['2026-11-23', '2027-11-26', '2030-01-01']) {
      expect([due, await outcome(write('leader', question(town.muhan, due)))]).toEqual([
        due,
        'bad-request: comment-day',
      ])
    }
    for (const due of ['2026-11-24', '2027-11-25']) {
      expect([due, await outcome(write('leader', question(town.muhan, due)))]).toEqual([due, 'done'])
    }
    expect(writeCommentBody.safeParse({ ...question(town.muhan, '2026-02-30'), command: newId() }).success).toBe(false)
  })

  test('[CM5] waits until somebody writes for the agency that was asked, and again when it is opened again', async () => {
    await write('leader', question(town.muhan))
    const { threadId } = await last()
    const isWaiting = async () => (await last()).isWaiting
    expect(await isWaiting()).toBe(true)
    await write('taker', reply(threadId, '저희도 궁금합니다.'))
    expect(await isWaiting()).toBe(true)
    await write('recused', reply(threadId))
    expect(await isWaiting()).toBe(false)
    await write('leader', { kind: 'resolved', threadId })
    await write('leader', { kind: 'reopened', threadId })
    expect(await isWaiting()).toBe(true)
    await write('leader', { kind: 'resolved', threadId })
    expect(await last()).toMatchObject({ isWaiting: false, isResolved: true })
  })
})

describe('a mark', () => {
  test('[CM6] is set by who began it and by who conducts', async () => {
    await write('co', remark())
    const { threadId } = await last()
    const may = async (name: string) => (await last(name)).mayResolve
    expect([
      await may('co'),
      await may('leader'),
      await may('taker'),
      await may('recused'),
      await may('watcher'),
    ]).toEqual([true, true, true, false, false])
    expect(await outcome(write('recused', { kind: 'resolved', threadId }))).toBe('not-allowed: comment-not-yours')
    await write('taker', { kind: 'resolved', threadId })
    expect(await outcome(write('recused', { kind: 'reopened', threadId }))).toBe('not-allowed: comment-not-yours')
    await write('co', { kind: 'reopened', threadId })
    expect((await last()).lines.map(line => line.kind)).toEqual(['remark', 'resolved', 'reopened'])
  })

  test('[CM6] of two at once one is written, and both read the same', async () => {
    await write('co', remark())
    const { threadId } = await last()
    await Promise.all([
      write('co', { kind: 'resolved', threadId }),
      write('leader', { kind: 'resolved', threadId }),
      write('taker', { kind: 'resolved', threadId }),
    ])
    expect((await last('co')).lines.map(line => line.kind)).toEqual(['remark', 'resolved'])
    expect((await last('co')).lines).toEqual((await last('leader')).lines)
    // Once more changes nothing.
    await write('leader', { kind: 'resolved', threadId })
    expect(await stored()).toHaveLength(2)
  })

  test('[CM6] to a resolved thread nothing is replied', async () => {
    await write('co', remark())
    const { threadId } = await last()
    await write('co', { kind: 'resolved', threadId })
    expect(await outcome(write('leader', reply(threadId)))).toBe('conflict: comment-resolved')
  })

  test('a thread of another item is none here', async () => {
    await write('leader', remark(), { itemId: meeting.generalId })
    const { threadId } = await last('leader', { itemId: meeting.generalId })
    for (const line of [reply(threadId), { kind: 'resolved', threadId }, reply(newId<CommentThreadId>())] as Line[]) {
      expect(await outcome(write('leader', line))).toBe('bad-request: comment-thread')
    }
  })
})

describe('words', () => {
  const WORDS = '어머니의 병원비를 먼저 본다.'
  async function discuss(words = WORDS) {
    await world.shelf.edit(documentOf(meeting.itemId), { behalfOf: town.leader }, doc =>
      discussionOf(doc).insert(0, paragraphsOf(words)),
    )
    return must(world.shelf.docs.get(documentOf(meeting.itemId)), 'the document')
  }

  test('[CM8] the server quotes its own copy', async () => {
    const doc = await discuss()
    const from = WORDS.indexOf('병원비')
    const about = must(anchorOn(discussionOf(doc), 'discussion', { from, to: from + 3 }), 'an anchor')
    await write('co', remark('얼마입니까?', about))
    expect(await last()).toMatchObject({ about, quote: '병원비' })
    expect(writeCommentBody.safeParse({ ...remark('a', about), command: newId(), quote: '거짓' }).success).toBe(false)
  })

  test('[CM8] words that the server does not have, or that are gone, are refused', async () => {
    const doc = await discuss()
    const about = must(anchorOn(discussionOf(doc), 'discussion', { from: 0, to: 3 }), 'an anchor')
    const [client, clock] = about.start
    const wrong: CommentAnchor[] = [
      { ...about, end: [client, clock + 1000] },
      { ...about, start: [client === 1 ? 2 : 1, 0] },
      { ...about, field: 'presentation' },
      { ...about, field: `decision:${newId()}` },
      { ...about, field: 'constructor' },
      { ...about, start: about.end, end: about.start },
    ]
    const roots = [...doc.share.keys()]
    for (const anchor of wrong) {
      expect([anchor.field, await outcome(write('co', remark('a', anchor)))]).toEqual([
        anchor.field,
        'conflict: comment-place',
      ])
    }
    discussionOf(doc).delete(0, discussionOf(doc).length)
    expect(await outcome(write('co', remark('a', about)))).toBe('conflict: comment-place')
    expect(await stored()).toEqual([])
    // Asking about a text makes none that the document does not have by its layout.
    expect([...doc.share.keys()].filter(root => !roots.includes(root))).toEqual(['presentation', 'decisions'])
    expect(wordsOf(discussionOf(doc))).toBe('')
  })
})

describe('who is told', () => {
  test('[CM12] the people in the item hear that something is new, and nothing else', async () => {
    world.shelf.notices.length = 0
    await write('co', remark())
    expect(world.shelf.notices).toEqual([{ document: documentOf(meeting.itemId), topic: 'item' }])
  })

  test('what leaves is recorded; while nothing is new nothing leaves', async () => {
    expect((await open('leader')).threads).toEqual([])
    expect(await world.records({ action: 'comment.open' })).toEqual([])
    await write('co', remark())
    const { tag } = await open('leader')
    const by = world.by(town.leader)
    const again = async () =>
      openComments(parts, by, await admitToComments(parts, by, meeting.conferenceId, meeting.itemId), tag)
    expect(await again()).toEqual({ unchanged: true })
    const object = `${documentOf(meeting.itemId)} comments`
    expect(await world.records({ action: 'comment.open' })).toMatchObject([
      { actor: town.leader, subject: town.caseId, object, outcome: 'ok' },
    ])
    expect(await world.records({ action: 'comment.write' })).toMatchObject([
      { actor: person('co'), subject: town.caseId, reason: 'remark', outcome: 'ok' },
    ])
    await write('co', { kind: 'resolved', threadId: (await last()).threadId })
    expect(await again()).not.toEqual({ unchanged: true })
  })

  test('no word lies in clear', async () => {
    await write('leader', question(town.muhan, '2026-11-30', '카나리아 가구의 간병비'))
    const raw = JSON.stringify(await stored(), (_key, value: unknown) => value)
    expect(raw).not.toContain('카나리아')
    expect(raw).toContain('2026-11-30')
  })

  test('[CM11] an item says what earlier meetings about its case left open, of those that the reader may open', async () => {
    await write('leader', question(town.muhan))
    await write('leader', remark())
    await moveTo(world, town, meeting.conferenceId, 'closed')
    const next = await nextMonth()
    const earlier = async (name: string) => (await open(name, next)).earlier
    expect(await earlier('leader')).toEqual([
      {
        conferenceId: meeting.conferenceId,
        itemId: meeting.itemId,
        title: '11월 통합사례회의',
        startsAt: '2026-11-24T05:00:00.000Z',
        open: 2,
        waiting: 1,
      },
    ])
    // At the next table and cleared there, but not at the last one.
    expect(await earlier('newcomer')).toEqual([])
    // The earlier one says nothing of the later.
    expect((await open('leader')).earlier).toEqual([])
  })

  test('[CM11] a line of the next agenda says it too, to who plans it', async () => {
    const { store, keyring } = world
    const objections = createAgendaProposals({ store })
    const planning: AgendaParts = {
      ...withActions(world, town).parts,
      hearings: createHearingRepository({ store, keyring }),
      meetings: createMeetingRepository({ store, keyring }),
      objections,
      comments: parts.comments,
    }
    const { conferenceId, itemId } = meeting
    const objection = { conferenceId, itemId, caseId: town.caseId, hostAgencyId: town.dong, agencyId: town.muhan }
    await objections.propose({ ...objection, _id: newId(), kind: 'objection', at: new Date(NOON) })
    await write('leader', question(town.muhan))
    await write('leader', remark())
    await write('leader', remark(), { itemId: meeting.generalId })
    await moveTo(world, town, meeting.conferenceId, 'closed')
    const body = { ...conferenceBody(town), startsAt: '2026-12-22T05:00:00Z' }
    const next = (await createConference(world.parts, world.by(town.leader), body))._id
    const proposed = async () =>
      (await proposalsFor(planning, world.by(town.leader), await world.toChange(town.leader, next))).proposals
    expect((await proposed()).map(one => [one.kind, one.comments])).toEqual([['case', 2]])
    await write('leader', { kind: 'resolved', threadId: (await last()).threadId })
    expect((await proposed()).map(one => one.comments)).toEqual([1])
  })

  test('[CM10] before closing, who conducts is shown those of their own items; nobody else’s count tells of them', async () => {
    const { store, keyring } = world
    const closingParts = {
      ...parts,
      meetings: createMeetingRepository({ store, keyring }),
      hearings: createHearingRepository({ store, keyring }),
    }
    const closing = async (name: string) => {
      const by = world.by(person(name))
      return openClosing(closingParts, by, await admitToClose(closingParts, by, meeting.conferenceId))
    }
    await recuse(person('taker'))
    const before = { leader: await closing('leader'), taker: await closing('taker') }
    await write('leader', question(town.muhan))
    await write('co', remark())
    const { comments, ...rest } = await closing('leader')
    expect(comments).toEqual([{ itemId: meeting.itemId, number: 1, open: 2, waiting: 1 }])
    expect({ ...rest, comments: [] }).toEqual(before.leader)
    expect(await closing('taker')).toEqual(before.taker)
  })

  /** A meeting a month later about the same case, at which somebody new sits for the cleared agency. */
  async function nextMonth() {
    people.newcomer = world.person('newcomer', [town.muhan, 'case_worker'])
    const made = await meet(world, town, 'live', { more: [[person('newcomer'), town.muhan, 'attendee']] })
    const conferences = world.store.collection<StoredRecord & { startsAt: Date; _v: number }>('conferences')
    await conferences.updateOne(
      { _id: made.conferenceId },
      { $set: { startsAt: new Date('2026-12-22T05:00:00Z') }, $inc: { _v: 1 } },
    )
    return made
  }
})
