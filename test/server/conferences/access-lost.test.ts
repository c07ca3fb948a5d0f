/** Whoever loses access is named in the record of access, before it is lost (DOMAIN §11.6, §11.11). */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { changeCase } from '../../../server/conferences/case-commands.ts'
import { changeItem } from '../../../server/conferences/item-commands.ts'
import { documentNameOf } from '../../../shared/documents/document-names.ts'
import { type Meeting, meet, openWorld, settle, type Town, uninvite, type World } from './world.ts'

let world: World
let town: Town
let meeting: Meeting
beforeEach(async () => {
  world = await openWorld()
  town = await settle(world)
  meeting = await meet(world, town)
})
afterEach(() => world.close())

const lost = async () =>
  (await world.records({ action: 'access.withdraw' })).map(({ actor, subject, object, outcome, reason }) => ({
    actor,
    subject,
    object,
    outcome,
    reason,
  }))
const change = async (fields: Omit<Parameters<typeof changeItem>[3], '_v'>) => {
  const admitted = await world.toChangeItem(town.leader, meeting.conferenceId, meeting.itemId)
  return changeItem(world.parts, world.by(town.leader), admitted, { _v: admitted.item._v, ...fields })
}
const item = () => documentNameOf({ kind: 'item', itemId: meeting.itemId })
const byLeader = () => ({ actor: town.leader, outcome: 'ok' })

test('an agency whose consent is withdrawn in the meeting, for the household, with the item', async () => {
  await change({ agencies: [town.dong, town.muhan] })
  expect(await lost()).toEqual([])
  await change({ agencies: [town.dong] })
  const row = { ...byLeader(), subject: town.caseId, object: `agency.${town.muhan}`, reason: item() }
  expect(await lost()).toEqual([row])
  // Given back and taken again, it is there twice.
  await change({ agencies: [town.dong, town.muhan] })
  await change({ agencies: [town.dong] })
  expect(await lost()).toEqual([row, row])
})

test('a person who is recused, and nobody when they come back', async () => {
  await change({ recused: [town.co] })
  await change({ recused: [] })
  expect(await lost()).toEqual([{ ...byLeader(), subject: town.caseId, object: `user.${town.co}`, reason: item() }])
})

test('who is not invited any more, and an agency that leaves the case with its workers', async () => {
  await uninvite(world, town, meeting.conferenceId, town.council)
  const conference = documentNameOf({ kind: 'conference', conferenceId: meeting.conferenceId })
  const uninvited = { ...byLeader(), subject: undefined, object: `user.${town.partner}`, reason: conference }
  expect(await lost()).toEqual([uninvited])
  await changeCase(world.parts, world.by(town.leader), await world.changeCase(town.leader, town.caseId), {
    _v: 1,
    agencies: [{ agencyId: town.dong, role: 'lead' }],
  })
  const ofCase = { ...byLeader(), subject: town.caseId, reason: documentNameOf({ kind: 'case', caseId: town.caseId }) }
  expect(await lost()).toEqual([
    uninvited,
    { ...ofCase, object: `agency.${town.muhan}` },
    { ...ofCase, object: `user.${town.co}` },
  ])
})

test('when it could not be written, the record says that it failed', async () => {
  const admitted = await world.toChangeItem(town.leader, meeting.conferenceId, meeting.itemId)
  await change({ recused: [] })
  const stale = { ...admitted, item: { ...admitted.item } }
  const narrowing = changeItem(world.parts, world.by(town.leader), stale, { _v: stale.item._v, agencies: [town.dong] })
  await expect(narrowing).rejects.toMatchObject({ reason: 'conflict' })
  expect((await lost()).map(one => one.outcome)).toEqual(['ok', 'failed'])
})
