import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { actionDocumentsOf } from '../../../server/conferences/action-zones.ts'
import { admitToChangeItem, admitToItem } from '../../../server/conferences/admission.ts'
import { changeCase, createCase } from '../../../server/conferences/case-commands.ts'
import { changeConference } from '../../../server/conferences/conference-commands.ts'
import { changeItem, createItem, deleteItem, finishItems } from '../../../server/conferences/item-commands.ts'
import { newId } from '../../../server/lib/random.ts'
import { StoreUnavailable } from '../../../server/storage/port.ts'
import { must } from '../../../shared/assert.ts'
import { agendaOf } from '../../../shared/documents/conference-document.ts'
import { documentNameOf } from '../../../shared/documents/document-names.ts'
import { discussionOf } from '../../../shared/documents/item-document.ts'
import { paragraphsOf } from '../../../shared/documents/rich-text.ts'
import type { AgencyId, CaseId, ItemId, UserId } from '../../../shared/ids.ts'
import { type Meeting, meet, openWorld, settle, type Town, type World } from './world.ts'

let world: World
let town: Town
let meeting: Meeting

beforeEach(async () => {
  world = await openWorld()
  town = await settle(world)
  meeting = await meet(world, town)
})
afterEach(() => world.close())

const linesOf = () =>
  world.shelf.read(documentNameOf({ kind: 'conference', conferenceId: meeting.conferenceId }), doc =>
    agendaOf(doc).map(({ id, minutes, label }) => [id, minutes, label] as const),
  )

const tableCase = async (fields: { agencies?: AgencyId[]; caseId?: CaseId }, who: UserId = town.leader) =>
  createItem(world.parts, world.by(who), await world.toChange(who, meeting.conferenceId), {
    kind: 'case',
    caseId: town.caseId,
    agencies: [town.dong],
    minutes: 10,
    ...fields,
  })

async function change(fields: { agencies?: AgencyId[]; recused?: UserId[] }, who: UserId = town.leader) {
  const admitted = await world.toChangeItem(who, meeting.conferenceId, meeting.itemId)
  return changeItem(world.parts, world.by(who), admitted, { _v: admitted.item._v, ...fields })
}

describe('tabling', () => {
  test('puts the line on the agenda: a label only for an item without a case', async () => {
    expect(await linesOf()).toEqual([
      [meeting.itemId, 30, ''],
      [meeting.generalId, 10, '지난 회의 조치사항 점검'],
    ])
  })

  test('clears the lead agency always', async () => {
    expect((await tableCase({ agencies: [town.muhan] })).agencies).toEqual([town.dong, town.muhan])
  })

  test('only a case that one may read, and another is as if it were not', async () => {
    const foreign = await createCase(world.parts, world.by(town.stranger), {
      number: '2026-077',
      label: '남○○ 가구',
      agencies: [{ agencyId: town.jungang, role: 'lead' }],
      workers: [{ userId: town.stranger, agencyId: town.jungang }],
    })
    for (const caseId of [foreign._id, newId<CaseId>()]) {
      await expect(tableCase({ caseId })).rejects.toMatchObject({ reason: 'not-found', detail: undefined })
    }
  })

  test('only agencies at the table, each once, and only where the lead agency is', async () => {
    await expect(tableCase({ agencies: [town.jungang] })).rejects.toMatchObject({ detail: 'agency-not-invited' })
    await expect(tableCase({ agencies: [town.dong, town.dong] })).rejects.toMatchObject({ detail: 'agency-twice' })
  })

  test('not where the agency that answers for the case is not at the table; who is there may still be taken out', async () => {
    const { conference } = await world.toChange(town.leader, meeting.conferenceId)
    const participants = [
      ...conference.participants.filter(p => p.userId !== town.leader),
      { userId: town.co, agencyId: town.muhan, role: 'leader' as const },
    ].filter((p, n, all) => all.findLastIndex(other => other.userId === p.userId) === n)
    await changeConference(
      world.parts,
      world.by(town.leader),
      await world.toChange(town.leader, meeting.conferenceId),
      {
        _v: conference._v,
        participants,
      },
    )
    await expect(tableCase({ agencies: [town.muhan] }, town.co)).rejects.toMatchObject({
      detail: 'lead-agency-not-invited',
    })
    await expect(change({ agencies: [town.muhan] }, town.co)).resolves.toMatchObject({ agencies: [town.muhan] })
  })

  test('an item that cannot be put on the agenda is finished at the next start', async () => {
    world.shelf.failing = new StoreUnavailable('away')
    await expect(tableCase({})).rejects.toThrow('away')
    expect(await linesOf()).toHaveLength(2)
    world.shelf.failing = undefined
    expect(await finishItems(world.parts)).toBe(1)
    expect(await linesOf()).toHaveLength(3)
    expect(await finishItems(world.parts)).toBe(0)
  })

  test('who was recused from the household stays so at the next meeting', async () => {
    await change({ recused: [town.co] })
    expect((await tableCase({ agencies: [town.muhan] })).recused).toEqual([town.co])
  })
})

describe('clearance and recusal', () => {
  test('withdrawing announces the item and its case in the turn of the answer, and closes every way in', async () => {
    const item = { kind: 'item', itemId: meeting.itemId } as const
    const before = must(await world.grant(town.watcher, item), 'a grant')
    world.announced.length = 0
    await change({ agencies: [town.dong] })
    expect(world.announced).toEqual([`item:${meeting.itemId}`, `case:${town.caseId}`])
    expect(before.dependsOn).toContain(`item:${meeting.itemId}`)
    expect(await world.grant(town.watcher, item)).toBeUndefined()
    expect(await world.records({ action: 'item.change' })).toMatchObject([
      { actor: town.leader, subject: town.caseId, reason: 'clearance', outcome: 'ok' },
    ])
  })

  test('the notice to the table is the same as for any change of the conference', async () => {
    world.shelf.notices.length = 0
    await change({ agencies: [town.dong] })
    const conference = documentNameOf({ kind: 'conference', conferenceId: meeting.conferenceId })
    expect(world.shelf.notices.filter(notice => notice.document === conference)).toEqual([
      { document: conference, topic: 'conference' },
    ])
  })

  test('[R30] of twenty at once one wins', async () => {
    const admitted = await world.toChangeItem(town.leader, meeting.conferenceId, meeting.itemId)
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, () =>
        changeItem(world.parts, world.by(town.leader), admitted, { _v: admitted.item._v, agencies: [town.dong] }),
      ),
    )
    expect(results.filter(result => result.status === 'fulfilled')).toHaveLength(1)
    expect((await world.parts.items.find(meeting.itemId))?._v).toBe(admitted.item._v + 1)
  })

  test('a leader who does not work on the case may narrow it and not widen it', async () => {
    const deputy = world.person('deputy', [town.dong, 'case_worker'])
    const conference = await world.toChange(town.leader, meeting.conferenceId)
    await changeConference(world.parts, world.by(town.leader), conference, {
      _v: conference.conference._v,
      participants: [
        ...conference.conference.participants,
        { userId: deputy, agencyId: town.dong, role: 'deputy' as const },
      ],
    })
    await world.parts.conferences.accept(meeting.conferenceId, [deputy])
    await expect(change({ agencies: [town.dong, town.muhan, town.council] }, deputy)).rejects.toMatchObject({
      reason: 'not-allowed',
      detail: 'clearing-takes-case-worker',
    })
    await expect(change({ agencies: [town.dong] }, deputy)).resolves.toMatchObject({ agencies: [town.dong] })
  })

  test('the lead agency cannot be taken out, a general item has no clearance, recused are people at the table', async () => {
    expect((await change({ agencies: [town.muhan] })).agencies).toContain(town.dong)
    await expect(change({ recused: [town.stranger] })).rejects.toMatchObject({ detail: 'recused-not-participant' })
    const general = await world.toChangeItem(town.leader, meeting.conferenceId, meeting.generalId)
    await expect(
      changeItem(world.parts, world.by(town.leader), general, { _v: general.item._v, agencies: [town.dong] }),
    ).rejects.toMatchObject({ detail: 'general-item-open-to-all' })
  })

  test('[R03] an item is found in its own conference only, and by whom it is for', async () => {
    const other = await meet(world, town)
    const of = (userId: UserId, itemId: ItemId) =>
      admitToItem(world.parts, world.by(userId), meeting.conferenceId, itemId).then(
        () => 'admitted',
        ({ reason, detail }) => [reason, detail],
      )
    const missing = await of(town.leader, newId<ItemId>())
    expect(await of(town.leader, other.itemId)).toEqual(missing)
    expect(await of(town.partner, meeting.itemId)).toEqual(missing)
    expect(await of(town.co, meeting.itemId)).toBe('admitted')
    await expect(
      admitToChangeItem(world.parts, world.by(town.co), meeting.conferenceId, meeting.itemId),
    ).rejects.toMatchObject({ reason: 'not-allowed' })
  })
})

describe('taking off', () => {
  const remove = async (itemId: ItemId) =>
    deleteItem(world.parts, world.by(town.leader), await world.toChangeItem(town.leader, meeting.conferenceId, itemId))
  const write = (document: string) =>
    world.shelf.edit(document, { behalfOf: town.leader }, doc => discussionOf(doc).insert(0, paragraphsOf('논의')))

  test('an empty item goes with its line', async () => {
    await remove(meeting.itemId)
    expect(await linesOf()).toEqual([[meeting.generalId, 10, '지난 회의 조치사항 점검']])
    expect(await world.grant(town.leader, { kind: 'item', itemId: meeting.itemId })).toBeUndefined()
  })

  test('not one that was written in while the meeting runs', async () => {
    await write(documentNameOf({ kind: 'item', itemId: meeting.itemId }))
    await expect(remove(meeting.itemId)).rejects.toMatchObject({ detail: 'item-has-content' })
  })

  test('not one whose own ledger holds promises', async () => {
    await change({ agencies: [town.dong] })
    await write(documentNameOf({ kind: 'actions', caseId: town.caseId, zone: meeting.itemId }))
    await expect(remove(meeting.itemId)).rejects.toMatchObject({ detail: 'item-has-actions' })
  })

  test('half taken off is gone for everybody, and finished at the next start', async () => {
    world.shelf.failing = new StoreUnavailable('away')
    const taken = remove(meeting.generalId)
    await expect(taken).rejects.toThrow('away')
    expect(await world.parts.items.find(meeting.generalId)).toBeUndefined()
    expect(await world.grant(town.co, { kind: 'item', itemId: meeting.generalId })).toBeUndefined()
    world.shelf.failing = undefined
    expect(await finishItems(world.parts)).toBe(1)
    expect(await linesOf()).toHaveLength(1)
  })
})

describe('zones of action items', () => {
  const open = () => documentNameOf({ kind: 'actions', caseId: town.caseId, zone: 'open' })
  const own = () => documentNameOf({ kind: 'actions', caseId: town.caseId, zone: meeting.itemId })
  const documents = async () => {
    const item = must(await world.parts.items.find(meeting.itemId), 'the item')
    return actionDocumentsOf(item, must(await world.parts.cases.find(town.caseId), 'the case'))
  }

  test('open while every agency of the case is cleared; narrowing moves what is new', async () => {
    expect(await documents()).toEqual({ current: open(), others: [] })
    await change({ agencies: [town.dong] })
    expect(await documents()).toEqual({ current: own(), others: [open()] })
    await change({ agencies: [town.dong, town.muhan] })
    expect(await documents()).toEqual({ current: open(), others: [own()] })
  })

  test('an agency that joins the case sees nothing of what is added in an item that it is not cleared for', async () => {
    await changeCase(world.parts, world.by(town.leader), await world.changeCase(town.leader, town.caseId), {
      _v: 1,
      agencies: [
        { agencyId: town.dong, role: 'lead' },
        { agencyId: town.muhan, role: 'co_managing' },
        { agencyId: town.council, role: 'partner' },
      ],
    })
    expect(await documents()).toEqual({ current: own(), others: [open()] })
  })
})
