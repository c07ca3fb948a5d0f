/** Closing the room: what is still open is shown with its place, and closing over it takes a reason. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { newId } from '../../../server/lib/random.ts'
import { admitToClose, openClosing } from '../../../server/minutes/closing-view.ts'
import { actionsOf, setActionFields } from '../../../shared/documents/actions-document.ts'
import { addDecision, decisionsOf, removeDecision } from '../../../shared/documents/item-document.ts'
import { paragraphsOf } from '../../../shared/documents/rich-text.ts'
import type { CommandId, UserId } from '../../../shared/ids.ts'
import { AT, type Household, householdUnderTest, SECRET } from './household.ts'

let h: Household
beforeEach(async () => {
  h = await householdUnderTest()
})
afterEach(() => h.m.close())

const asks = async (person: UserId) => {
  const { world, conferenceId, repositories } = h.m
  const parts = { ...world.parts, ...repositories }
  const by = world.by(person)
  return openClosing(parts, by, await admitToClose(parts, by, conferenceId))
}

test('[MN16] what is open is named with its place, of other people’s items only that there is something', async () => {
  const { m } = h
  const chair = await m.comes(m.town.leader)
  const untouched = await asks(m.town.leader)
  expect(untouched.open.map(({ kind, number, place, count }) => [kind, number, place, count])).toEqual([
    ['item-not-discussed', 1, '', 1],
    ['decision-without-reason', 1, 'decisions', 1],
    ['action-without-person', 1, 'actions', 1],
    ['action-without-date', 1, 'actions', 1],
    ['not-confirmed', 1, 'decisions', 2],
    ['item-not-discussed', 2, '', 1],
  ])
  expect(untouched.returning.map(({ number, why }) => [number, why])).toEqual([
    [1, 'not-discussed'],
    [2, 'not-discussed'],
  ])
  await chair.does('pointer.move', { itemId: m.itemId, place: null })
  await chair.does('item.defer', { itemId: m.itemId })
  await chair.does('deferral.note', { itemId: m.itemId, kind: 'papers_missing', reason: '진단서', retable: true })
  const deferred = await asks(m.town.leader)
  expect(deferred.returning[0]).toMatchObject({
    number: 1,
    why: 'deferred',
    deferral: { kind: 'papers_missing', reason: '진단서' },
  })
  await expect(asks(m.town.co)).rejects.toMatchObject({ reason: 'not-allowed' })
  await expect(asks(m.town.stranger)).rejects.toMatchObject({ reason: 'not-found' })
  const recused = { itemId: m.itemId, userId: h.minuteTaker, kind: 'exclusion' } as const
  await chair.does('recusal.begin', recused)
  const elsewhere = await asks(h.minuteTaker)
  expect(elsewhere.openElsewhere).toEqual([1])
  expect(JSON.stringify(elsewhere)).not.toContain('진단서')
  expect(elsewhere.open.map(point => point.number)).toEqual([2])
})

test('[MN16] somebody who attends from afar and has no line now is named: their words may be on their device only', async () => {
  const { m } = h
  const co = await m.comes(m.town.co)
  await co.does('attendance.announce', { mode: 'remote', statement: true, deputyFor: '' })
  const chair = await m.comes(m.town.leader)
  await chair.does('attendance.confirm', {
    keys: [co.sees.attendance.find(one => one.userId === m.town.co)?.key ?? newId()],
  })
  const { open } = await asks(m.town.leader)
  expect(open.at(-1)).toMatchObject({ kind: 'words-not-stored', itemId: null, people: ['co'] })
})

test('[MN17] with something open it takes a reason, which is kept with what was open; twice is once', async () => {
  const { m } = h
  const chair = await m.comes(m.town.leader)
  await expect(chair.does('meeting.close', { reason: '' })).rejects.toMatchObject({ detail: 'closing-needs-reason' })
  expect((await m.world.parts.conferences.find(m.conferenceId))?.state).toBe('live')
  const commandId = newId<CommandId>()
  await chair.does('meeting.close', { reason: '시간 부족' }, commandId)
  await chair.does('meeting.close', { reason: '시간 부족' }, commandId)
  await chair.does('meeting.close', { reason: '다른 까닭' })
  expect((await m.world.parts.conferences.find(m.conferenceId))?.state).toBe('closed')
  const { state } = await m.repositories.meetings.find(m.conferenceId)
  expect(state.closing).toMatchObject({
    by: m.town.leader,
    reason: '시간 부족',
    open: { 'item-not-discussed': 2, 'decision-without-reason': 1, 'action-without-date': 1, 'not-confirmed': 2 },
  })
  expect(JSON.stringify(state)).not.toContain(SECRET)
  const moves = await m.world.records({ action: 'conference.move' })
  expect(moves.filter(move => move.reason === 'closed')).toHaveLength(1)
})

test('[MN17] with nothing open it takes none, and who does not conduct closes nothing', async () => {
  const { m } = h
  const by = m.town.leader
  await m.world.shelf.edit(h.item, { behalfOf: by }, doc => {
    for (const { id } of decisionsOf(doc)) removeDecision(doc, id)
    addDecision(doc, { id: h.decisionId, kind: 'close', by, at: AT, text: '종결', reason: '목표 달성' })
  })
  await m.world.shelf.edit(h.actions, { behalfOf: by }, doc => {
    for (const { id } of actionsOf(doc)) setActionFields(doc, id, { person: '이담당', due: '2026-12-01' })
  })
  const chair = await m.comes(by)
  for (const itemId of [m.generalId, m.itemId]) {
    await chair.does('pointer.move', { itemId, place: null })
    await chair.does('item.finish', { itemId })
  }
  await chair.does('read-back.open', { itemId: m.itemId })
  const readBack = chair.sees.hearings[m.itemId]?.readBack
  if (!readBack) throw new Error('nothing is read back')
  const { readBackId, hash } = readBack
  await chair.does('read-back.confirm', { itemId: m.itemId, readBackId, hash })
  expect((await asks(by)).open).toEqual([])
  const co = await m.comes(m.town.co)
  await expect(co.does('meeting.close', { reason: '' })).rejects.toMatchObject({ reason: 'not-allowed' })
  await m.world.shelf.edit(h.item, { behalfOf: by }, doc => decisionsOf(doc)[0]?.text.push(paragraphsOf('더')))
  expect((await asks(by)).open.map(({ kind, count }) => [kind, count])).toEqual([['changed-since-confirmed', 1]])
  await m.world.shelf.edit(h.item, { behalfOf: by }, doc => decisionsOf(doc)[0]?.text.delete(1, 1))
  await chair.does('meeting.close', { reason: '' })
  expect((await m.repositories.meetings.find(m.conferenceId)).state.closing).toMatchObject({ reason: '', open: {} })
})
