/** Whoever is given access or loses it is named in the record of access, before it happens (audit/SPEC AU3; DOMAIN §11.6, §11.11). */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { changeCase } from '../../../server/conferences/case-commands.ts'
import { createWorkOfPeople } from '../../../server/conferences/hand-over.ts'
import { changeItem } from '../../../server/conferences/item-commands.ts'
import { must } from '../../../shared/assert.ts'
import { documentNameOf } from '../../../shared/documents/document-names.ts'
import { type Meeting, meet, openWorld, settle, type Town, uninvite, type World } from './world.ts'

let world: World
let town: Town
let meeting: Meeting
beforeEach(async () => {
  world = await openWorld()
  town = await settle(world)
  meeting = await meet(world, town)
  seen = 0
})
afterEach(() => world.close())

const moved = async (action: 'access.give' | 'access.withdraw') =>
  (await world.records({ action })).map(({ actor, subject, object, outcome, reason }) => ({
    actor,
    subject,
    object,
    outcome,
    reason,
  }))
const lost = () => moved('access.withdraw')
/** What was given since the last time that this was asked. */
const given = async () => {
  const all = await moved('access.give')
  const since = all.slice(seen)
  seen = all.length
  return since
}
let seen = 0
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

test('[AU3] [LR-03] a case, a meeting and an item name at their beginning whom they are open to', async () => {
  const conference = documentNameOf({ kind: 'conference', conferenceId: meeting.conferenceId })
  const ofCase = { ...byLeader(), subject: town.caseId, reason: documentNameOf({ kind: 'case', caseId: town.caseId }) }
  const rows = await given()
  expect(rows.filter(row => row.reason === ofCase.reason)).toEqual([
    { ...ofCase, object: `agency.${town.dong}` },
    { ...ofCase, object: `agency.${town.muhan}` },
    { ...ofCase, object: `user.${town.leader}` },
    { ...ofCase, object: `user.${town.co}` },
  ])
  const { participants } = must(await world.parts.conferences.find(meeting.conferenceId), 'the meeting')
  expect(participants.length).toBeGreaterThan(2)
  expect(rows.filter(row => row.reason === conference)).toEqual(
    participants.map(({ userId }) => ({
      ...byLeader(),
      subject: undefined,
      object: `user.${userId}`,
      reason: conference,
    })),
  )
  const { agencies } = must(await world.parts.items.find(meeting.itemId), 'the item')
  expect(rows.filter(row => row.reason === item())).toEqual(
    agencies.map(id => ({ ...byLeader(), subject: town.caseId, object: `agency.${id}`, reason: item() })),
  )
})

test('[AU3] [LR-03] a case that is changed names the agency and the worker who are new, an item who is cleared or recused no longer', async () => {
  await given()
  const admitted = await world.changeCase(town.leader, town.caseId)
  const { agencies, workers } = admitted.file
  await changeCase(world.parts, world.by(town.leader), admitted, {
    _v: 1,
    agencies: [...agencies, { agencyId: town.council, role: 'partner' }],
    workers: [...workers, { userId: town.partner, agencyId: town.council }],
  })
  const ofCase = { ...byLeader(), subject: town.caseId, reason: documentNameOf({ kind: 'case', caseId: town.caseId }) }
  expect(await given()).toEqual([
    { ...ofCase, object: `agency.${town.council}` },
    { ...ofCase, object: `user.${town.partner}` },
  ])
  await change({ agencies: [town.dong] })
  await change({ agencies: [town.dong, town.muhan] })
  await change({ recused: [town.co] })
  await change({ recused: [] })
  const ofItem = { ...byLeader(), subject: town.caseId, reason: item() }
  expect(await given()).toEqual([
    { ...ofItem, object: `agency.${town.muhan}` },
    { ...ofItem, object: `user.${town.co}` },
  ])
})

test('[AU3] [LR-03] with the work that is handed over goes the right to it, from whom to whom', async () => {
  await given()
  const next = world.person('next', [town.muhan, 'case_worker'])
  await createWorkOfPeople(world.parts).reassign({
    by: world.by(town.leader),
    agencyId: town.muhan,
    from: town.co,
    to: next,
  })
  const rows = (object: string) => [
    { ...byLeader(), subject: town.caseId, object, reason: documentNameOf({ kind: 'case', caseId: town.caseId }) },
    {
      ...byLeader(),
      subject: undefined,
      object,
      reason: documentNameOf({ kind: 'conference', conferenceId: meeting.conferenceId }),
    },
  ]
  expect(await given()).toEqual(rows(`user.${next}`))
  expect(await lost()).toEqual(rows(`user.${town.co}`))
})
