/** An item's versions: kept at the meeting's own moments, seen by who may, named, and gone back to without touching anything else. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { changeItem, deleteItem } from '../../../server/conferences/item-commands.ts'
import { followLeavingItems } from '../../../server/conferences/leaving-items.ts'
import { withSeals } from '../../../server/history/moments.ts'
import { newId } from '../../../server/lib/random.ts'
import { noHearing } from '../../../server/meetings/hearing-repository.ts'
import { emptyHearing, type HearingState } from '../../../server/meetings/meeting-state.ts'
import { must } from '../../../shared/assert.ts'
import { actionOf, addAction, removeAction, setActionFields } from '../../../shared/documents/actions-document.ts'
import { documentNameOf } from '../../../shared/documents/document-names.ts'
import {
  addDecision,
  decisionOf,
  discussionOf,
  opinionOf,
  removeDecision,
  setDecisionField,
  setNeed,
} from '../../../shared/documents/item-document.ts'
import { paragraphsOf, plainTextOf } from '../../../shared/documents/rich-text.ts'
import { differencesBetween } from '../../../shared/history/content-diff.ts'
import type { ItemVersionId } from '../../../shared/history/version-moments.ts'
import type { ActionId, AgencyId, CommandId, DecisionId, ItemId, ReadBackId, UserId } from '../../../shared/ids.ts'
import { NAMED_VERSIONS_MAX, RESTORES_MAX } from '../../../shared/protocol/history.ts'
import { moveTo } from '../conferences/world.ts'
import { DAY_MS, minutesUnderTest } from '../minutes/minutes-under-test.ts'
import { type HistoryUnderTest, historyUnderTest, lastOf } from './history-under-test.ts'

const AT = '2026-11-24T03:00:00.000Z'
/** What no record may hold in clear. */
const SECRET = '검사비가 여섯 달 밀렸다'

let h: HistoryUnderTest
beforeEach(async () => {
  h = await historyUnderTest()
})
afterEach(() => h.close())

const open = () => moveTo(h.world, h.town, h.conferenceId, 'live')
const close = () => moveTo(h.world, h.town, h.conferenceId, 'closed')
const momentsOf = async (userId: UserId = h.town.leader, itemId?: ItemId) =>
  (await h.list(userId, itemId)).versions.map(one => one.moment)

async function confirm(times = 1): Promise<void> {
  const known = await h.hearings.find(h.itemId)
  const before = known.version === 0 ? noHearing() : known
  const more = Array.from({ length: times }, (_, n) => ({
    number: before.state.confirmations.length + n + 1,
    confirmedAt: AT,
    confirmedBy: h.town.leader,
    readBackId: newId<ReadBackId>(),
    content: { itemId: h.itemId, decisions: [], actions: [] },
    hash: '',
    answers: [],
  }))
  const confirmations: HearingState['confirmations'] = [...before.state.confirmations, ...more]
  await h.hearings.store({ conferenceId: h.conferenceId, itemId: h.itemId }, before, {
    ...emptyHearing(),
    ...before.state,
    confirmations,
  })
}

async function change(fields: { agencies?: AgencyId[]; recused?: UserId[] }): Promise<void> {
  const admitted = await h.world.toChangeItem(h.town.leader, h.conferenceId, h.itemId)
  await changeItem(h.world.parts, h.world.by(h.town.leader), admitted, { _v: admitted.item._v, ...fields })
}

describe('the meeting’s own moments', () => {
  test('[HI1] opened, confirmed and closed: one version each, with what stood then', async () => {
    await h.says('준비한 말')
    await open()
    await h.taken()
    await h.says(SECRET)
    await confirm()
    await h.taken()
    await h.says('마치기 전에')
    await close()
    const { versions } = await h.list(h.town.leader)
    expect(versions.map(({ moment, number, by }) => [moment, number, by?.userId ?? null])).toEqual([
      ['opened', 0, null],
      ['confirmed', 1, h.town.leader],
      ['closed', 0, null],
    ])
    const words = await Promise.all(
      versions.map(async ({ versionId }) => {
        const { content } = await h.open(h.town.leader, versionId)
        return content.discussion.map(block => block.content?.[0]?.text)
      }),
    )
    expect(words).toEqual([['준비한 말'], ['준비한 말', SECRET], ['준비한 말', SECRET, '마치기 전에']])
    // The general item was opened and closed, and never confirmed.
    expect(await momentsOf(h.town.leader, h.generalId)).toEqual(['opened', 'closed'])
  })

  test('[HI1] whatever is noted again makes no second, and a second confirmation makes its own', async () => {
    await open()
    await confirm(2)
    const noted = { moment: 'opened', once: 'opened', number: 0, at: new Date(AT), by: null } as const
    for (let n = 0; n < 5; n++) h.parts.keeper.note({ conferenceId: h.conferenceId }, noted)
    expect(await momentsOf()).toEqual(['opened', 'confirmed', 'confirmed'])
  })

  test('[HI2] a closing whose version a stop prevented is made up for, and says so; an opening is not', async () => {
    await open()
    await close()
    await h.taken()
    await h.parts.versions.removeOf(h.itemId)
    h.world.pass(3_600_000)
    const { versions } = await h.list(h.town.leader)
    expect(versions.map(({ moment, isLate }) => [moment, isLate])).toEqual([['closed', true]])
    expect(await momentsOf()).toEqual(['closed'])
  })

  test('[HI1] a stop waits for what is being taken, and not for a store that does not answer', async () => {
    await open()
    await h.parts.keeper.close()
    expect((await h.parts.versions.ofItem(h.itemId)).map(one => one.moment)).toEqual(['opened'])
    const { find } = h.world.parts.conferences
    let answer: () => void = () => undefined
    const away = new Promise<void>(resolve => {
      answer = resolve
    })
    h.world.parts.conferences.find = id => away.then(() => find(id))
    h.parts.keeper.note(
      { conferenceId: h.conferenceId },
      { moment: 'closed', once: 'closed', number: 0, at: new Date(AT), by: null },
    )
    const closing = h.parts.keeper.close()
    await h.clock.advance(5_000)
    await closing
    answer()
    h.world.parts.conferences.find = find
    await h.taken()
    expect((await h.parts.versions.ofItem(h.itemId)).map(one => one.moment)).toEqual(['opened'])
  })
})

describe('who sees them', () => {
  test('[HI3] who may open the item now, and whose agency was cleared then; for others they are not there', async () => {
    const { leader, co, partner, watcher, stranger, council, dong, muhan } = h.town
    await h.says(SECRET)
    await open()
    await h.taken()
    await change({ agencies: [dong, muhan, council] })
    await h.name(leader, '협의회가 온 뒤')
    const all = (await h.list(leader)).versions
    expect(all.map(one => one.moment)).toEqual(['opened', 'named'])
    for (const one of [co, watcher]) expect(await momentsOf(one)).toEqual(['opened', 'named'])
    // Came to the item after it was opened: what stood then is not theirs.
    expect(await momentsOf(partner)).toEqual(['named'])
    const opened = lastOf(all, 'opened').versionId
    const none = newId<string>() as ItemVersionId
    for (const versionId of [opened, none]) {
      await expect(h.open(partner, versionId)).rejects.toMatchObject({ reason: 'not-found' })
      await expect(h.restore(partner, versionId)).rejects.toMatchObject({ reason: 'not-found' })
    }
    for (const other of [stranger, h.town.worker]) {
      await expect(h.list(other)).rejects.toMatchObject({ reason: 'not-found' })
      await expect(h.open(other, opened)).rejects.toMatchObject({ reason: 'not-found' })
    }
    await change({ recused: [co] })
    await expect(h.list(co)).rejects.toMatchObject({ reason: 'not-found' })
    await expect(h.open(co, opened)).rejects.toMatchObject({ reason: 'not-found' })
    await change({ agencies: [dong], recused: [] })
    await expect(h.list(partner)).rejects.toMatchObject({ reason: 'not-found' })
    // One of another item is not found in this one.
    await expect(h.open(leader, opened, h.generalId)).rejects.toMatchObject({ reason: 'not-found' })
  })

  test('[HI3] what was gone back to is not named to who may not see it', async () => {
    const { leader, partner, council, dong, muhan } = h.town
    await h.says('하나')
    await open()
    await h.taken()
    await h.says('둘')
    const opened = lastOf((await h.list(leader)).versions, 'opened').versionId
    await change({ agencies: [dong, muhan, council] })
    await h.restore(leader, opened)
    expect(lastOf((await h.list(leader)).versions, 'restored').from).toBe(opened)
    expect(lastOf((await h.list(partner)).versions, 'restored').from).toBeNull()
    expect(JSON.stringify(await h.list(partner))).not.toContain(opened)
  })
})

describe('at rest', () => {
  test('[HI4] nothing of it is in clear, each piece is bound to its place, and half of one is none', async () => {
    await h.says(SECRET)
    await open()
    await h.name(h.town.leader, SECRET)
    const records = h.world.store.collection<{ _id: string; sealed: Buffer; once: string }>('itemVersions')
    const chunks = h.world.store.collection<{ _id: string; bytes: Buffer }>('itemVersionChunks')
    const found = await records.find({ itemId: h.itemId } as never).toArray()
    const pieces = await chunks.find({}).toArray()
    expect(Object.keys(must(found[0], 'a record')).sort()).toEqual([
      '_id',
      'agencies',
      'at',
      'by',
      'chunks',
      'conferenceId',
      'from',
      'isLate',
      'itemId',
      'moment',
      'number',
      'once',
      'sealed',
      'takenAt',
    ])
    const stored = Buffer.concat([...found.map(one => one.sealed), ...pieces.map(one => one.bytes)])
    expect(stored.includes(Buffer.from(SECRET))).toBe(false)
    expect(JSON.stringify([found, pieces.map(one => one._id)])).not.toContain(SECRET)
    const named = lastOf((await h.list(h.town.leader)).versions, 'named')
    expect(named.name).toBe(SECRET)
    // Another version's piece in its place does not open.
    const own = `${named.versionId}:0`
    const other = must(
      pieces.find(
        one =>
          one._id !== own &&
          one._id.startsWith(
            must(
              found.find(f => f.once === 'opened'),
              'opened',
            )._id,
          ),
      ),
      'other',
    )
    await chunks.updateOne({ _id: own }, { $set: { bytes: other.bytes } })
    await expect(h.open(h.town.leader, named.versionId)).rejects.toMatchObject({ name: 'SealBroken' })
    await chunks.deleteOne({ _id: own })
    await expect(h.open(h.town.leader, named.versionId)).rejects.toThrow('not whole')
  })

  test('[HI4] a state of several megabytes comes back whole', async () => {
    // Words that do not shrink when packed.
    const words = Array.from({ length: 100_000 }, () => newId()).join(' ')
    await open()
    await h.write(h.item, doc => {
      for (let at = 0; at < words.length; at += 100_000)
        discussionOf(doc).push(paragraphsOf(words.slice(at, at + 100_000)))
    })
    await h.name(h.town.leader, '긴 판')
    const { versionId } = lastOf((await h.list(h.town.leader)).versions, 'named')
    const chunks = h.world.store.collection<{ _id: string }>('itemVersionChunks')
    expect(await chunks.countDocuments({ _id: `${versionId}:1` })).toBe(1)
    const { content } = await h.open(h.town.leader, versionId)
    expect(content.discussion.map(block => block.content?.[0]?.text).join('')).toBe(words)
  })

  test('[HI4] with its item its versions go', async () => {
    await open()
    await h.name(h.town.leader, '일반 안건', newId<CommandId>(), h.generalId)
    await h.taken()
    const stop = followLeavingItems(h.parts, h.parts.versions.removeOf, () => undefined)
    await deleteItem(
      h.world.parts,
      h.world.by(h.town.leader),
      await h.world.toChangeItem(h.town.leader, h.conferenceId, h.generalId),
    )
    await stop()
    expect(await h.parts.versions.ofItem(h.generalId)).toEqual([])
    const chunks = h.world.store.collection<{ _id: string; itemId: ItemId }>('itemVersionChunks')
    expect(await chunks.countDocuments({ itemId: h.generalId })).toBe(0)
    expect(await chunks.countDocuments({ itemId: h.itemId })).toBe(1)
  })
})

describe('named', () => {
  test('[HI5] by who writes in it, once for each command, and not without end', async () => {
    const { leader, co, watcher } = h.town
    await open()
    const command = newId<CommandId>()
    await h.name(co, '점심 전', command)
    await h.name(co, '점심 전', command)
    const { versions, mayName, mayRestore } = await h.list(co)
    expect(versions.map(({ moment, name, by }) => [moment, name, by?.name])).toEqual([
      ['opened', '', undefined],
      ['named', '점심 전', 'co'],
    ])
    expect([mayName, mayRestore]).toEqual([true, false])
    expect(await h.list(watcher)).toMatchObject({ mayName: false, mayRestore: false })
    await expect(h.name(watcher, '몰래')).rejects.toMatchObject({ reason: 'not-allowed' })
    for (let n = 1; n < NAMED_VERSIONS_MAX; n++) await h.name(leader, `판 ${n}`)
    await expect(h.name(leader, '하나 더')).rejects.toMatchObject({ reason: 'too-large', detail: 'history-full' })
    // Sent again, the first is still the first.
    await h.name(co, '점심 전', command)
    await close()
    await expect(h.name(co, '끝난 뒤')).rejects.toMatchObject({ reason: 'not-allowed' })
  })
})

describe('going back', () => {
  const decision = newId<DecisionId>()
  const gone = newId<DecisionId>()
  const [asked, answered, dropped] = [newId<ActionId>(), newId<ActionId>(), newId<ActionId>()]

  /** A version with much in it; then much of it is changed. */
  async function prepared(): Promise<ItemVersionId> {
    const { leader, dong, muhan } = h.town
    await h.write(h.item, doc => {
      setNeed(doc, 'health', true)
      discussionOf(doc).push(paragraphsOf('검사비가 밀렸다'))
      opinionOf(doc, 'health', muhan).push(paragraphsOf('치료가 먼저다'))
      addDecision(doc, { id: decision, kind: 'allocate_resource', by: leader, at: AT, text: '간병비를 낸다' })
      addDecision(doc, { id: gone, kind: 'select_case_management', by: leader, at: AT, text: '선정한다' })
    })
    await h.write(h.actions, doc => {
      for (const id of [asked, answered, dropped]) {
        addAction(doc, { id, agencyId: muhan, what: '방문', amount: 300_000, by: leader, at: AT, itemId: h.itemId })
      }
    })
    await open()
    await h.taken()
    await h.write(h.item, doc => {
      setNeed(doc, 'health', false)
      setNeed(doc, 'economy', true)
      discussionOf(doc).push(paragraphsOf('나중에 쓴 말'))
      opinionOf(doc, 'health', muhan).delete(0, 1)
      opinionOf(doc, 'economy', dong).push(paragraphsOf('새 의견'))
      setDecisionField(doc, decision, 'kind', 'not_selected')
      removeDecision(doc, gone)
    })
    await h.write(h.actions, doc => {
      setActionFields(doc, asked, { agencyId: dong, amount: 500_000, due: '2026-12-05' })
      setActionFields(doc, answered, { amount: 1 })
      removeAction(doc, dropped)
      addAction(doc, { id: newId<ActionId>(), agencyId: dong, what: '새 조치', by: leader, at: AT, itemId: h.itemId })
      addAction(doc, {
        id: newId<ActionId>(),
        agencyId: dong,
        what: '다른 안건의 것',
        by: leader,
        at: AT,
        itemId: h.generalId,
      })
    })
    return lastOf((await h.list(leader)).versions, 'opened').versionId
  }

  test('[HI6] the item is its version again, what stood before is kept, and going back is gone back on', async () => {
    const { leader } = h.town
    const opened = await prepared()
    const before = await h.content()
    const command = newId<CommandId>()
    await h.restore(leader, opened, command)
    await h.restore(leader, opened, command)
    const { content: version } = await h.open(leader, opened)
    expect(await h.content()).toEqual(version)
    const { versions, mayRestore } = await h.list(leader)
    expect(mayRestore).toBe(true)
    expect(versions.map(one => one.moment)).toEqual(['opened', 'before_restore', 'restored'])
    expect(lastOf(versions, 'restored')).toMatchObject({ from: opened, by: { userId: leader } })
    await h.restore(leader, lastOf(versions, 'before_restore').versionId)
    expect(await h.content()).toEqual(before)
    // What stood is the version made by the first going back: it is not kept twice.
    expect(await momentsOf()).toEqual(['opened', 'before_restore', 'restored', 'restored'])
  })

  test('[HI6] nobody but who writes for others, and only while the item may be written in', async () => {
    const { co, leader, watcher, worker } = h.town
    const opened = await prepared()
    const before = await h.content()
    for (const one of [co, watcher]) {
      await expect(h.restore(one, opened)).rejects.toMatchObject({ reason: 'not-allowed' })
    }
    await expect(h.restore(worker, opened)).rejects.toMatchObject({ reason: 'not-found' })
    expect(await h.content()).toEqual(before)
    // The minutes are final: nobody writes any more.
    await close()
    h.parts.conferences = {
      ...h.parts.conferences,
      find: async id => {
        const found = await h.world.parts.conferences.find(id)
        return found && { ...found, minutesStanding: 'sealed' as const }
      },
    }
    await expect(h.restore(leader, opened)).rejects.toMatchObject({ reason: 'not-allowed' })
    expect(await h.content()).toEqual(before)
  })

  test('[HI6] not without end', async () => {
    const opened = await prepared()
    const before = await h.content()
    const [known] = await h.parts.versions.ofItem(h.itemId)
    const state = await h.parts.versions.stateOf(must(known, 'the opening'))
    for (let n = 0; n < RESTORES_MAX; n++) {
      const one = { ...must(known, 'the opening'), _id: newId<string>() as ItemVersionId, moment: 'restored' as const }
      await h.parts.versions.insert({ ...one, once: `restored|${n}` }, state.subarray(0, 1))
    }
    await expect(h.restore(h.town.leader, opened)).rejects.toMatchObject({
      reason: 'too-large',
      detail: 'history-full',
    })
    expect(await h.content()).toEqual(before)
  })

  test('[HI6] what is confirmed stays confirmed', async () => {
    const opened = await prepared()
    await confirm()
    const confirmed = await h.hearings.find(h.itemId)
    await h.restore(h.town.leader, opened)
    expect(await h.hearings.find(h.itemId)).toEqual(confirmed)
  })

  test('[HI7] what an agency has answered, what is no longer its agency’s, and everything beside it stay as they are', async () => {
    const { leader, muhan, dong, council } = h.town
    const opened = await prepared()
    const general = documentNameOf({ kind: 'item', itemId: h.generalId })
    await h.write(general, doc => discussionOf(doc).push(paragraphsOf('다른 안건')))
    await h.ledger.write({
      ...must(await proposed(), 'the entry'),
      _v: 1,
    })
    await change({ agencies: [dong, council] })
    const others = [documentNameOf({ kind: 'conference', conferenceId: h.conferenceId }), general]
    const stateOf = (name: string) =>
      h.world.shelf.read(name, doc => Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64'))
    const before = await Promise.all(others.map(stateOf))
    await h.restore(leader, opened)
    expect(await Promise.all(others.map(stateOf))).toEqual(before)
    await h.world.shelf.read(h.item, doc => {
      // 무한돌봄 is not cleared any more: what it said stays as it stood, here as nothing.
      expect(plainTextOf(opinionOf(doc, 'health', muhan))).toBe('')
      expect(plainTextOf(opinionOf(doc, 'economy', dong))).toBe('')
      expect(plainTextOf(must(decisionOf(doc, gone), 'put back').text)).toBe('선정한다')
    })
    await h.world.shelf.read(h.actions, doc => {
      expect(actionOf(doc, answered)).toMatchObject({ amount: 1 })
    })
  })

  test('[HI7] a general item goes back as well; the agenda and the other lines of its document stay', async () => {
    const { leader, dong } = h.town
    const general = documentNameOf({ kind: 'item', itemId: h.generalId })
    const conference = documentNameOf({ kind: 'conference', conferenceId: h.conferenceId })
    const [own, others] = [newId<ActionId>(), newId<ActionId>()]
    await h.write(general, doc => discussionOf(doc).push(paragraphsOf('하나')))
    const promise = (id: ActionId, itemId: ItemId) => (doc: Y.Doc) =>
      addAction(doc, { id, agencyId: dong, what: '공지', by: leader, at: AT, itemId })
    await h.write(conference, promise(own, h.generalId))
    await h.write(conference, promise(others, newId<ItemId>()))
    await open()
    await h.taken()
    await h.write(general, doc => discussionOf(doc).push(paragraphsOf('둘')))
    await h.write(conference, doc => {
      removeAction(doc, own)
      setActionFields(doc, others, { amount: 7 })
    })
    const agenda = () => h.world.shelf.read(conference, doc => JSON.stringify(doc.getMap('agenda').toJSON()))
    const before = await agenda()
    const opened = lastOf((await h.list(leader, h.generalId)).versions, 'opened').versionId
    await h.restore(leader, opened, newId<CommandId>(), h.generalId)
    expect(await agenda()).toBe(before)
    await h.world.shelf.read(conference, doc => {
      expect(plainTextOf(must(actionOf(doc, own), 'put back').what)).toBe('공지')
      expect(actionOf(doc, others)).toMatchObject({ amount: 7 })
    })
    expect(await h.world.shelf.read(general, doc => plainTextOf(discussionOf(doc)))).toBe('하나')
  })

  /** The record of what its agency has accepted. */
  async function proposed() {
    const document = h.actions
    const words = {
      due: '',
      need: '',
      itemId: h.itemId,
      conferenceId: '',
      madeAt: 0,
      what: '방문',
      rule: '',
      person: '',
      amount: null,
    } as const
    await h.ledger.project(document, [{ actionId: answered, agencyId: h.town.muhan, ...words }])
    const entry = await h.ledger.find(document, answered)
    return entry && { ...entry, standing: { ...entry.standing, status: 'accepted' as const } }
  }
})

test('[HI9] who saw, named and put back which household’s is recorded, the refused as well', async () => {
  const { leader, co, caseId } = h.town
  await h.says('하나')
  await open()
  await h.taken()
  await h.says('둘')
  await h.name(leader, '둘까지')
  const opened = lastOf((await h.list(leader)).versions, 'opened').versionId
  await h.open(leader, opened)
  await h.restore(leader, opened)
  await expect(h.restore(co, opened)).rejects.toMatchObject({ reason: 'not-allowed' })
  for (const action of ['history.list', 'history.open', 'history.name', 'history.restore']) {
    const records = await h.world.records({ action })
    expect([action, records.length]).toEqual([action, 1])
    expect(records[0]).toMatchObject({ actor: leader, subject: caseId, outcome: 'ok' })
  }
  expect((await h.world.records({ action: 'history.open' }))[0]?.object).toBe(`${h.item} version.${opened}`)
  const denied = (await h.world.records({ action: 'authz.deny' })).filter(one => one.actor === co)
  expect(denied).toHaveLength(1)
  // Nothing of what was written stands in the record of access.
  expect(JSON.stringify(await h.world.records())).not.toContain('둘까지')
})

test('structured differences first: decision, agency, date, amount; then words', async () => {
  const { leader, dong, muhan } = h.town
  const [decision, action] = [newId<DecisionId>(), newId<ActionId>()]
  await h.write(h.item, doc => {
    addDecision(doc, { id: decision, kind: 'allocate_resource', by: leader, at: AT, text: '간병비를 낸다' })
    opinionOf(doc, 'health', muhan).push(paragraphsOf('치료가 먼저다'))
  })
  await h.write(h.actions, doc =>
    addAction(doc, { id: action, agencyId: muhan, what: '방문', by: leader, at: AT, itemId: h.itemId }),
  )
  const before = await h.content()
  await h.write(h.item, doc => {
    setDecisionField(doc, decision, 'kind', 'not_selected')
    must(decisionOf(doc, decision), 'the decision').text.delete(0, 1)
    must(decisionOf(doc, decision), 'the decision').text.push(paragraphsOf('간병비는 낸다'))
    opinionOf(doc, 'health', muhan).push(paragraphsOf('검사도'))
  })
  await h.write(h.actions, doc => setActionFields(doc, action, { agencyId: dong, due: '2026-12-05', amount: 300_000 }))
  const found = differencesBetween(before, await h.content())
  expect(found.decisions).toEqual([
    {
      on: 'decision',
      id: decision,
      number: 1,
      change: 'changed',
      isMoved: false,
      values: [{ field: 'kind', before: 'allocate_resource', after: 'not_selected' }],
      texts: [
        {
          field: 'text',
          pieces: [
            { kind: 'same', words: '간병비' },
            { kind: 'gone', words: '를' },
            { kind: 'new', words: '는' },
            { kind: 'same', words: ' 낸다' },
          ],
        },
      ],
    },
  ])
  expect(found.actions.map(({ values, texts }) => ({ values, texts }))).toEqual([
    {
      values: [
        { field: 'agencyId', before: muhan, after: dong },
        { field: 'due', before: '', after: '2026-12-05' },
        { field: 'amount', before: null, after: 300_000 },
      ],
      texts: [],
    },
  ])
  expect(found.parts).toEqual([])
  expect(found.opinions).toMatchObject([{ need: 'health', agencyId: muhan }])
})

test('[HI1] minutes that become final, each version of them once', async () => {
  const noted: string[] = []
  const m = await minutesUnderTest({
    wrap: minutes =>
      withSeals(minutes, (where, { once, number }) => noted.push(`${where.conferenceId} ${once} ${number}`)),
  })
  try {
    await m.circulate()
    expect(noted).toEqual([])
    m.world.pass(30 * DAY_MS)
    await m.seal()
    expect(noted).toEqual([`${m.conferenceId} sealed|1 1`])
    await m.correct()
    await m.circulate()
    m.world.pass(30 * DAY_MS)
    await m.lapse()
    expect(noted).toEqual([`${m.conferenceId} sealed|1 1`, `${m.conferenceId} sealed|2 2`])
  } finally {
    await m.close()
  }
})
