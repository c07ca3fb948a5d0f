/** Reading back, answering, confirming and stepping out of an item, over the whole hub (SPEC MH). */
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { changeItem, createItem, deleteItem } from '../../../server/conferences/item-commands.ts'
import { newId } from '../../../server/lib/random.ts'
import type { Attendance } from '../../../server/meetings/meeting-state.ts'
import { StoreUnavailable } from '../../../server/storage/port.ts'
import { must } from '../../../shared/assert.ts'
import { documentNameOf } from '../../../shared/documents/document-names.ts'
import { addDecision, removeDecision, setDecisionField } from '../../../shared/documents/item-document.ts'
import {
  type AgencyId,
  attendeeKeyOf,
  type CommandId,
  type DecisionId,
  type ReadBackId,
  type UserId,
} from '../../../shared/ids.ts'
import type { HearingView } from '../../../shared/meeting/meeting-view.ts'
import { canonicalText, changesSince } from '../../../shared/meeting/read-back.ts'
import { Refusal } from '../../../shared/protocol/refusals.ts'
import { AT, type Household, householdUnderTest, SECRET } from './household.ts'
import type { MeetingUnderTest, Seat } from './meeting-under-test.ts'

let household: Household
let m: MeetingUnderTest
let decisionId: DecisionId
let minuteTaker: UserId
let leader: Seat
let co: Seat

beforeEach(async () => {
  household = await householdUnderTest()
  ;({ m, minuteTaker, decisionId } = household)
  leader = await m.comes(m.town.leader)
  co = await m.comes(m.town.co)
})
afterEach(() => m.close())

const edit = (change: Parameters<MeetingUnderTest['world']['shelf']['edit']>[2]) =>
  m.world.shelf.edit(household.item, { behalfOf: m.town.leader }, change)

const hearing = (seat: Seat): HearingView | undefined => seat.sees.hearings[m.itemId]
const reading = (seat: Seat) => must(hearing(seat)?.readBack, 'a read-back')
const open = (seat = leader) => seat.does('read-back.open', { itemId: m.itemId })
const confirm = (seat: Seat, hash = reading(seat).hash, readBackId = reading(seat).readBackId) =>
  seat.does('read-back.confirm', { itemId: m.itemId, readBackId, hash })
const answer = (
  seat: Seat,
  agencyId: AgencyId,
  position: 'agrees' | 'conditional' | 'objects' | 'abstains',
  words = '',
  { hash, readBackId }: { hash: string; readBackId: ReadBackId } = reading(seat),
) => seat.does('read-back.answer', { itemId: m.itemId, readBackId, hash, agencyId, position, words })
const stored = async () => (await m.repositories.hearings.find(m.itemId)).state

describe('reading back', () => {
  test('[MH1] it is told to those who may open the item, and for others it does not exist', async () => {
    const partner = await m.comes(m.town.partner)
    await open()
    await answer(co, m.town.muhan, 'objects', '검사 결과를 먼저 본다')
    await confirm(leader)
    const late = await m.comes(m.town.partner)
    expect(hearing(co)?.confirmed?.number).toBe(1)
    for (const other of [partner, late]) {
      expect(other.sees.hearings).toEqual({})
      for (const words of [SECRET, '검사 결과', '간병비', decisionId]) expect(other.heard).not.toContain(words)
    }
    await expect(open(partner)).rejects.toMatchObject({ reason: 'not-found' })
  })

  test('[MH1] who is cleared no longer, loses it with the item', async () => {
    await open()
    const admitted = await m.world.toChangeItem(m.town.leader, m.conferenceId, m.itemId)
    await changeItem(m.world.parts, m.world.by(m.town.leader), admitted, {
      _v: admitted.item._v,
      agencies: [m.town.dong],
    })
    await m.settled()
    await expect.poll(() => co.sees.hearings).toEqual({})
    expect(reading(leader).content.decisions[0]?.text).toBe(SECRET)
    await expect(answer(co, m.town.muhan, 'agrees', '', reading(leader))).rejects.toMatchObject({ reason: 'not-found' })
    // Nor is it said to agree to what it may not see.
    await confirm(leader)
    expect(hearing(leader)?.confirmed?.answers.map(one => one.agencyId)).toEqual([m.town.dong])
  })

  test('[MH2] everybody is shown the documents of one moment, with the hash of their canonical text', async () => {
    await open()
    const { content, hash, asked, openedBy } = reading(co)
    expect(content.decisions.map(one => one.text)).toEqual([SECRET])
    expect(content.actions.map(one => [one.what, one.agencyId])).toEqual([['간병비', m.town.muhan]])
    expect([asked, openedBy]).toEqual([[m.town.dong, m.town.muhan], 'leader'])
    expect(hash).toBe(createHash('sha256').update(canonicalText(content)).digest('hex'))
    await edit(doc => setDecisionField(doc, decisionId, 'kind', 'close'))
    const newcomer = await m.comes(minuteTaker)
    expect(reading(newcomer)).toEqual(reading(co))
  })

  test('[MH2] an answer or a confirmation that was given to another text is refused', async () => {
    await open()
    const other = { ...reading(co), hash: '0'.repeat(64) }
    const refusal = { reason: 'conflict', detail: 'read-back-changed' }
    await expect(answer(co, m.town.muhan, 'agrees', '', other)).rejects.toMatchObject(refusal)
    await expect(confirm(leader, other.hash)).rejects.toMatchObject(refusal)
    const gone = { ...reading(co), readBackId: newId<ReadBackId>() }
    await expect(answer(co, m.town.muhan, 'agrees', '', gone)).rejects.toMatchObject({ detail: 'read-back-over' })
    expect(reading(leader).answers).toEqual([])
  })

  test('[MH3] two begin at once: it is one; and it is the same one for who asks again', async () => {
    const minutes = await m.comes(minuteTaker)
    await Promise.all([open(leader), open(minutes)])
    const { readBackId } = reading(leader)
    await open(minutes)
    expect([reading(minutes).readBackId, reading(co).readBackId]).toEqual([readBackId, readBackId])
  })

  test('needs something to read, somebody to ask, and a length that can be read', async () => {
    await expect(leader.does('read-back.open', { itemId: m.generalId })).rejects.toMatchObject({
      detail: 'nothing-to-read',
    })
    await expect(open(co)).rejects.toMatchObject({ reason: 'not-allowed' })
    await edit(doc =>
      addDecision(doc, { id: newId(), kind: 'close', by: m.town.leader, at: AT, text: '가'.repeat(60_000) }),
    )
    await expect(open()).rejects.toMatchObject({ reason: 'too-large', detail: 'too-long-to-read' })
  })

  test('is stopped without a trace in the records; once confirmed it cannot be stopped', async () => {
    await open()
    const first = reading(leader)
    const minutes = await m.comes(minuteTaker)
    const cancel = (seat: Seat, readBackId = first.readBackId) =>
      seat.does('read-back.cancel', { itemId: m.itemId, readBackId })
    await Promise.all([cancel(leader), cancel(minutes)])
    expect(hearing(co)).toBeUndefined()
    await open()
    await expect(cancel(minutes)).rejects.toMatchObject({ detail: 'read-back-over' })
    const second = reading(leader)
    await confirm(leader)
    await expect(cancel(leader, second.readBackId)).rejects.toMatchObject({ detail: 'read-back-over' })
    await expect(open(minutes)).resolves.toBeUndefined()
  })

  test('asks those at the table, once attendance is kept; not observers, not who is recused, people without an account as well', async () => {
    const { meetings } = m.repositories
    const { town } = m
    const known = await meetings.find(m.conferenceId)
    const entry = (userId: UserId, more: Partial<Attendance> = {}): Attendance => ({
      key: attendeeKeyOf(userId),
      userId,
      guest: null,
      standing: 'confirmed',
      mode: 'in_person',
      deputyFor: '',
      statement: 'own-press',
      enteredBy: null,
      arrivedAt: AT,
      leftAt: null,
      leavesAt: '',
      ...more,
    })
    const attendance = [
      entry(town.leader),
      entry(town.co, { standing: 'announced' }),
      entry(town.watcher),
      entry(newId(), { userId: null, guest: { name: '반장', agencyId: town.council, title: '', role: 'attendee' } }),
    ]
    await meetings.store(m.conferenceId, known, { ...known.state, attendance })
    await m.restart()
    leader = await m.comes(town.leader)
    await open()
    expect(reading(leader).asked).toEqual([town.dong])
    await m.world.shelf.edit(documentNameOf({ kind: 'item', itemId: m.generalId }), { behalfOf: town.leader }, doc =>
      addDecision(doc, { id: newId(), kind: 'close', by: town.leader, at: AT }),
    )
    await leader.does('read-back.open', { itemId: m.generalId })
    expect(leader.sees.hearings[m.generalId]?.readBack?.asked).toEqual([town.dong, town.council])
  })

  test('[MH4] does not ask, nor say to agree, an agency whose people were said to be absent, before anybody was confirmed', async () => {
    const entries = [{ key: attendeeKeyOf(m.town.co), mode: 'absent' as const }]
    await open()
    expect(reading(leader).asked).toEqual([m.town.dong, m.town.muhan])
    await leader.does('attendance.enter', { entries, statement: false })
    await confirm(leader)
    expect(hearing(leader)?.confirmed?.answers.map(one => one.agencyId)).toEqual([m.town.dong])
    await open()
    expect(reading(leader).asked).toEqual([m.town.dong])
  })

  test('[MH4] does not ask, nor say to agree, an agency whose people have not accepted the statement', async () => {
    await m.world.parts.conferences.unaccept(m.conferenceId, [m.town.co])
    m.world.parts.changes.announce([`user:${m.town.co}`])
    await open()
    expect(reading(leader).asked).toEqual([m.town.dong])
    await confirm(leader)
    expect(hearing(leader)?.confirmed?.answers.map(one => one.agencyId)).toEqual([m.town.dong])
  })
})

describe('confirming', () => {
  test('[MH4] silence is agreement, who differs is kept word for word, and reading is over', async () => {
    await open()
    const { content, hash, readBackId } = reading(leader)
    await answer(co, m.town.muhan, 'conditional', '  검사 결과가 나온 뒤 다시 정함\n(11월 말)  '.trim())
    await confirm(leader)
    expect(hearing(co)).toEqual({
      readBack: null,
      recusals: [],
      brainstorm: null,
      goneOn: null,
      votes: [],
      deferral: null,
      confirmed: {
        number: 1,
        readBackId,
        content,
        hash,
        confirmedAt: expect.any(String),
        confirmedBy: 'leader',
        answers: [
          {
            agencyId: m.town.dong,
            position: 'agrees',
            words: '',
            at: expect.any(String),
            by: 'leader',
            byMinuteTaker: false,
          },
          {
            agencyId: m.town.muhan,
            position: 'conditional',
            words: '검사 결과가 나온 뒤 다시 정함\n(11월 말)',
            at: expect.any(String),
            by: 'co',
            byMinuteTaker: false,
          },
        ],
      },
    })
  })

  test('[MH4] two press at once, and one presses again: one record', async () => {
    await open()
    const minutes = await m.comes(minuteTaker)
    const { hash, readBackId } = reading(leader)
    await Promise.all([confirm(leader, hash, readBackId), confirm(minutes, hash, readBackId)])
    await confirm(leader, hash, readBackId)
    await expect(confirm(leader, '0'.repeat(64), readBackId)).rejects.toMatchObject({ reason: 'conflict' })
    expect((await stored()).confirmations).toHaveLength(1)
    await expect(answer(co, m.town.muhan, 'objects', '늦었지만', { hash, readBackId })).rejects.toMatchObject({
      reason: 'not-allowed',
      detail: 'read-back-over',
    })
  })

  test('[MH4] a command repeated with its id confirms once', async () => {
    await open()
    const { hash, readBackId } = reading(leader)
    const id = newId<CommandId>()
    const body = { itemId: m.itemId, readBackId, hash }
    await leader.does('read-back.confirm', body, id)
    await leader.does('read-back.confirm', body, id)
    expect((await stored()).confirmations).toHaveLength(1)
  })

  test.each(['before the write', 'after the write'] as const)(
    '[MH4] the store fails %s: all of it or nothing',
    async when => {
      await open()
      const { hearings } = m.repositories
      const { store } = hearings
      const { hash, readBackId } = reading(leader)
      hearings.store = async (...write) => {
        hearings.store = store
        if (when === 'after the write') await store(...write)
        throw new StoreUnavailable('away')
      }
      await expect(confirm(leader)).rejects.toBeInstanceOf(StoreUnavailable)
      await m.pass(2_000)
      for (const seat of [leader, co]) {
        await expect.poll(() => hearing(seat)?.readBack === null).toBe(when === 'after the write')
        expect(hearing(seat)?.confirmed?.number).toBe(when === 'after the write' ? 1 : undefined)
      }
      await confirm(leader, hash, readBackId)
      expect((await stored()).confirmations).toHaveLength(1)
      expect(hearing(co)?.confirmed?.number).toBe(1)
    },
  )

  test('[MH5] a confirmed record stays as it was, also over a restart; the next one has the next number', async () => {
    await open()
    await confirm(leader)
    const first = JSON.stringify((await stored()).confirmations[0])
    await edit(doc => setDecisionField(doc, decisionId, 'kind', 'close'))
    const record = must(hearing(leader)?.confirmed, 'the record')
    await m.restart()
    leader = await m.comes(m.town.leader)
    expect(hearing(leader)?.confirmed).toEqual(record)
    await open()
    expect(changesSince(record.content, reading(leader).content)).toEqual([
      { on: 'decision', id: decisionId, number: 1, change: 'changed', fields: ['kind'] },
    ])
    await confirm(leader)
    const { confirmations } = await stored()
    expect(confirmations.map(one => one.number)).toEqual([1, 2])
    expect(JSON.stringify(confirmations[0])).toBe(first)
    await edit(doc => removeDecision(doc, decisionId))
    expect(JSON.stringify((await stored()).confirmations[0])).toBe(first)
  })

  test('the confirmed words lie sealed at rest', async () => {
    await open()
    await confirm(leader)
    const records = await m.world.store.collection<{ _id: string }>('hearings').find({}).toArray()
    expect(records).toHaveLength(1)
    const bytes = records.map(record =>
      Object.values(record).map(value => (Buffer.isBuffer(value) ? value : Buffer.from(String(value)))),
    )
    expect(Buffer.concat(bytes.flat()).includes(Buffer.from(SECRET))).toBe(false)
  })
})

describe('answering', () => {
  beforeEach(() => open())

  test('[MH6] people of the agency for themselves; who conducts for others, and it says so', async () => {
    await answer(leader, m.town.muhan, 'objects', '말로 한 이견')
    expect(reading(co).answers).toMatchObject([{ agencyId: m.town.muhan, by: 'leader', byMinuteTaker: true }])
    await answer(co, m.town.muhan, 'abstains')
    expect(reading(leader).answers).toMatchObject([{ position: 'abstains', words: '', by: 'co', byMinuteTaker: false }])
    await expect(answer(leader, m.town.muhan, 'agrees')).rejects.toMatchObject({ detail: 'agency-answered-itself' })
    await expect(answer(co, m.town.dong, 'agrees')).rejects.toMatchObject({ detail: 'not-your-agency' })
    await answer(leader, m.town.dong, 'agrees')
    expect(reading(co).answers.map(one => [one.agencyId, one.byMinuteTaker])).toEqual([
      [m.town.dong, false],
      [m.town.muhan, false],
    ])
  })

  test('[MH6] an observer speaks for nobody, and nobody for an agency that was not asked', async () => {
    const watcher = await m.comes(m.town.watcher)
    await expect(answer(watcher, m.town.muhan, 'agrees')).rejects.toMatchObject({ reason: 'not-allowed' })
    await expect(answer(leader, m.town.council, 'agrees')).rejects.toMatchObject({ detail: 'agency-not-asked' })
  })

  test('[MH6] an objection and a condition need their words; no objection takes none', async () => {
    for (const position of ['objects', 'conditional'] as const) {
      await expect(answer(co, m.town.muhan, position)).rejects.toMatchObject({ detail: 'words-needed' })
    }
    await expect(answer(co, m.town.muhan, 'agrees', '그런데')).rejects.toMatchObject({ detail: 'words-not-taken' })
    const words = '“따옴표”와\n줄바꿈, 마지막 \u200b보이지 않는 글자까지'
    await answer(co, m.town.muhan, 'objects', words)
    await confirm(leader)
    expect(hearing(leader)?.confirmed?.answers[1]?.words).toBe(words)
  })
})

describe('stepping out of an item', () => {
  const begin = (seat: Seat, userId: UserId, kind: 'exclusion' | 'challenge' | 'withdrawal') =>
    seat.does('recusal.begin', { itemId: m.itemId, userId, kind })
  const end = (seat: Seat, userId: UserId) => seat.does('recusal.end', { itemId: m.itemId, userId })
  const mayOpen = async (userId: UserId) => {
    const itemId = m.itemId
    const { caseId } = m.town
    const grants = await Promise.all([
      m.world.grant(userId, { kind: 'item', itemId }),
      m.world.grant(userId, { kind: 'actions', caseId, zone: 'open' }),
      m.world.grant(userId, { kind: 'case', caseId }),
    ])
    return grants.map(grant => grant !== undefined)
  }

  test('[MH7] by one’s own wish: item, action items, case and hearing are closed, and the record says since when', async () => {
    await open()
    expect(await mayOpen(m.town.co)).toEqual([true, true, true])
    await begin(co, m.town.co, 'withdrawal')
    expect(await mayOpen(m.town.co)).toEqual([false, false, false])
    await expect.poll(() => co.sees.hearings).toEqual({})
    expect(m.world.announced).toContain(`item:${m.itemId}`)
    expect(hearing(leader)?.recusals).toEqual([
      { userId: m.town.co, name: 'co', kind: 'withdrawal', leftAt: expect.any(String), returnedAt: null },
    ])
    await expect(answer(co, m.town.muhan, 'agrees', '', reading(leader))).rejects.toMatchObject({ reason: 'not-found' })
    // Of its agency only an observer is left, who speaks for nobody.
    await confirm(leader)
    expect(hearing(leader)?.confirmed?.answers.map(one => one.agencyId)).toEqual([m.town.dong])
  })

  test('[MH7] for others, and for other reasons, by who conducts, who also lets them back in', async () => {
    await expect(begin(co, m.town.leader, 'challenge')).rejects.toMatchObject({ reason: 'not-allowed' })
    await expect(begin(co, m.town.co, 'exclusion')).rejects.toMatchObject({ reason: 'not-allowed' })
    await expect(begin(leader, m.town.stranger, 'exclusion')).rejects.toMatchObject({
      detail: 'recused-not-participant',
    })
    await begin(leader, m.town.co, 'exclusion')
    await begin(leader, m.town.co, 'exclusion')
    expect(await mayOpen(m.town.co)).toEqual([false, false, false])
    await expect(end(co, m.town.co)).rejects.toMatchObject({ reason: 'not-found' })
    await m.pass(60_000)
    await end(leader, m.town.co)
    expect(await mayOpen(m.town.co)).toEqual([true, true, true])
    const [recusal, ...more] = must(hearing(leader)?.recusals, 'recusals')
    expect(more).toEqual([])
    expect(Date.parse(recusal?.returnedAt ?? '') - Date.parse(recusal?.leftAt ?? '')).toBe(60_000)
    await expect.poll(() => hearing(co)?.recusals).toEqual([recusal])
  })

  test('[MH7] who was recused before the meeting is let in as well', async () => {
    const admitted = await m.world.toChangeItem(m.town.leader, m.conferenceId, m.itemId)
    await changeItem(m.world.parts, m.by(m.town.leader), admitted, { _v: admitted.item._v, recused: [m.town.co] })
    await end(leader, m.town.co)
    expect(await mayOpen(m.town.co)).toEqual([true, true, true])
  })

  test('[MH7] the case’s other items in this meeting are closed as well, and their hearings with them', async () => {
    const { world, town, conferenceId } = m
    const planned = await world.toChange(town.leader, conferenceId)
    const about = { kind: 'case' as const, caseId: town.caseId, agencies: [town.dong, town.muhan], minutes: 10 }
    const { _id: otherId } = await createItem(world.parts, world.by(town.leader), planned, about)
    const document = { kind: 'item' as const, itemId: otherId }
    await world.shelf.edit(documentNameOf(document), { behalfOf: town.leader }, doc =>
      addDecision(doc, { id: newId(), kind: 'close', by: town.leader, at: AT, text: '아이들은 시설에 머문다' }),
    )
    await leader.does('read-back.open', { itemId: otherId })
    await expect.poll(() => co.sees.hearings[otherId]?.readBack?.asked).toEqual([town.dong, town.muhan])
    await begin(leader, town.co, 'exclusion')
    expect(await world.grant(town.co, document)).toBeUndefined()
    await expect.poll(() => co.sees.hearings).toEqual({})
    const { readBackId, hash } = must(leader.sees.hearings[otherId]?.readBack, 'the other item’s reading')
    const asked = { itemId: otherId, readBackId, hash }
    const said = { ...asked, agencyId: town.muhan, position: 'agrees' as const, words: '' }
    await expect(co.does('read-back.answer', said)).rejects.toMatchObject({ reason: 'not-found' })
    // Nor is its agency said to agree there, of which only an observer is left.
    await leader.does('read-back.confirm', asked)
    expect(leader.sees.hearings[otherId]?.confirmed?.answers.map(one => one.agencyId)).toEqual([town.dong])
    await end(leader, town.co)
    expect(await world.grant(town.co, document)).toBeDefined()
    await expect.poll(() => Object.keys(co.sees.hearings).sort()).toEqual([m.itemId, otherId].sort())
  })

  test('[MH7] nobody steps out of what they may not know of', async () => {
    const partner = await m.comes(m.town.partner)
    await expect(begin(partner, m.town.partner, 'withdrawal')).rejects.toMatchObject({ reason: 'not-found' })
  })

  test.each(['item', 'hearing'] as const)(
    '[MH7] the store fails at the %s’s record: repeated, it is done whole',
    async which => {
      const { items } = m.world.parts
      const { hearings } = m.repositories
      const [update, store] = [items.update, hearings.store]
      if (which === 'item') items.update = () => Promise.reject(new StoreUnavailable('away'))
      else hearings.store = () => Promise.reject(new StoreUnavailable('away'))
      await expect(begin(co, m.town.co, 'withdrawal')).rejects.toBeInstanceOf(StoreUnavailable)
      // The door is closed first.
      expect(await mayOpen(m.town.co)).toEqual(which === 'item' ? [true, true, true] : [false, false, false])
      items.update = update
      hearings.store = store
      await begin(co, m.town.co, 'withdrawal')
      expect(await mayOpen(m.town.co)).toEqual([false, false, false])
      expect((await stored()).recusals).toHaveLength(1)
    },
  )

  test('[MH5] an item stays while its hearing says anything, even when nobody wrote in it', async () => {
    const { world, town, conferenceId, generalId } = m
    const isHeard: typeof world.parts.isHeard = async itemId => (await m.repositories.hearings.find(itemId)).version > 0
    const admitted = await world.toChangeItem(town.leader, conferenceId, generalId)
    await leader.does('recusal.begin', { itemId: generalId, userId: town.co, kind: 'withdrawal' })
    const taken = deleteItem({ ...world.parts, isHeard }, world.by(town.leader), admitted)
    await expect(taken).rejects.toMatchObject({ reason: 'not-allowed', detail: 'item-has-content' })
  })

  test('[MH7] another change of the item in the same moment is not lost', async () => {
    const { items } = m.world.parts
    const { update } = items
    items.update = async known => {
      items.update = update
      await update(known, { ...known, recused: [minuteTaker] })
      throw new Refusal('conflict')
    }
    await begin(leader, m.town.co, 'challenge')
    expect(must(await items.find(m.itemId), 'item').recused).toEqual([minuteTaker, m.town.co])
  })
})
