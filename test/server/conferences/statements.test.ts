/** The confidentiality statement stands before the items, whatever asks for them: documents, views, commands (SPEC MA3; LR-37, LR-38). */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { admitToItem } from '../../../server/conferences/admission.ts'
import { openConference } from '../../../server/conferences/conference-views.ts'
import { caseFactsWith, conferenceFactsOf, itemFactsOf } from '../../../server/conferences/facts.ts'
import { acceptOwnStatement } from '../../../server/conferences/statements.ts'
import { newId } from '../../../server/lib/random.ts'
import { canReadItem, needsStatement } from '../../../shared/access.ts'
import { must } from '../../../shared/assert.ts'
import type { ConferenceState } from '../../../shared/codes.ts'
import type { DocumentRef } from '../../../shared/documents/document-names.ts'
import type { ConferenceId, UserId } from '../../../shared/ids.ts'
import { type Meeting, meet, moveTo, openWorld, settle, type Town, type World } from './world.ts'

let world: World
let town: Town

beforeEach(async () => {
  world = await openWorld()
  town = await settle(world)
})
afterEach(() => world.close())

const find = async (conferenceId: ConferenceId) => must(await world.parts.conferences.find(conferenceId), 'it')
const viewOf = async (userId: UserId, { conferenceId }: Meeting) =>
  openConference(world.parts, world.by(userId), await find(conferenceId))
const accept = async (userId: UserId, { conferenceId }: Meeting) =>
  acceptOwnStatement(world.parts, world.by(userId), await world.toEnter(userId, conferenceId))

const documentsOf = (m: Meeting): Record<string, DocumentRef> => ({
  item: { kind: 'item', itemId: m.itemId },
  general: { kind: 'item', itemId: m.generalId },
  own: { kind: 'actions', caseId: town.caseId, zone: m.itemId },
  open: { kind: 'actions', caseId: town.caseId, zone: 'open' },
})

describe.each(['live', 'closed'] as const)('in a conference that is %s', state => {
  test('[MA3] [LR-37] without it no document of an item opens; the conference’s own does, and the case of who works on it', async () => {
    const meeting = await meet(world, town, state, { accepted: false })
    const workers = [town.leader, town.co]
    for (const userId of [...workers, town.partner, town.watcher]) {
      for (const [kind, ref] of Object.entries(documentsOf(meeting))) {
        const grant = await world.grant(userId, ref)
        // The open ledger is the case's, and its workers have it without any meeting.
        expect([kind, grant !== undefined]).toEqual([kind, kind === 'open' && workers.includes(userId)])
      }
      expect(await world.grant(userId, { kind: 'conference', conferenceId: meeting.conferenceId })).toBeDefined()
    }
    expect(await world.grant(town.co, { kind: 'case', caseId: town.caseId })).toBeDefined()
  })

  test('[MA3] the view says why, and of the items nothing but that they exist', async () => {
    const meeting = await meet(world, town, state, { accepted: false })
    const view = await viewOf(town.co, meeting)
    expect(view.myStatement).toBe('needed')
    expect(view.items).toHaveLength(2)
    for (const item of view.items) expect(Object.keys(item).sort()).toEqual(['itemId', 'restricted'])
    expect(JSON.stringify(view)).not.toContain('김○○')
    expect(JSON.stringify(view)).not.toContain(town.caseId)
  })

  test('[MA3] an item is refused exactly like one that does not exist', async () => {
    const meeting = await meet(world, town, state, { accepted: false })
    const refusalOf = (itemId: Meeting['itemId']) =>
      admitToItem(world.parts, world.by(town.co), meeting.conferenceId, itemId).then(
        () => 'admitted',
        ({ reason, detail }: { reason: string; detail?: string }) => [reason, detail],
      )
    expect(await refusalOf(meeting.itemId)).toEqual(await refusalOf(newId()))
  })

  test('[MA3] accepted without attending it opens for that person, as far as the agency is cleared', async () => {
    const meeting = await meet(world, town, state, { accepted: false })
    world.announced.length = 0
    await accept(town.partner, meeting)
    expect(world.announced).toEqual([`user:${town.partner}`])
    const view = await viewOf(town.partner, meeting)
    expect(view.myStatement).toBe('given')
    expect(view.items.filter(item => !item.restricted).map(item => item.itemId)).toEqual([meeting.generalId])
    expect((await viewOf(town.co, meeting)).myStatement).toBe('needed')
  })
})

test('[MA3] before the meeting nobody is asked, and who prepares it works on; who looks into her own records gives it before that', async () => {
  for (const state of ['draft', 'scheduled'] as const satisfies readonly ConferenceState[]) {
    const meeting = await meet(world, town, state, { accepted: false })
    const view = await viewOf(town.leader, meeting)
    expect([view.myStatement, view.items.every(item => !item.restricted)]).toEqual(['not-needed', true])
    if (state === 'draft') {
      await expect(accept(town.leader, meeting)).rejects.toMatchObject({ reason: 'not-allowed', detail: 'not-planned' })
      continue
    }
    await accept(town.leader, meeting)
    expect((await find(meeting.conferenceId)).accepted).toEqual([town.leader])
  }
})

test('[MA3] who only prepares a conference and does not take part has nothing to accept', async () => {
  const meeting = await meet(world, town, 'live', { accepted: false })
  const planner = world.person('planner', [town.dong, 'case_worker'])
  const conference = { ...(await find(meeting.conferenceId)), createdBy: planner }
  await expect(
    acceptOwnStatement(world.parts, world.by(planner), { conference, facts: conferenceFactsOf(conference) }),
  ).rejects.toMatchObject({ reason: 'not-allowed' })
})

test('[MA3] accepting stands beside every other change of the conference, whoever comes first', async () => {
  const meeting = await meet(world, town, 'live', { accepted: false })
  const people = [town.leader, town.co, town.partner, town.watcher]
  await Promise.all([
    ...people.map(userId => accept(userId, meeting)),
    moveTo(world, town, meeting.conferenceId, 'closed'),
  ])
  const stored = await find(meeting.conferenceId)
  expect(stored.state).toBe('closed')
  expect(new Set(stored.accepted)).toEqual(new Set(people))
})

test('[MA3] recusal and clearance go before it: accepting opens nothing that was not for one', async () => {
  const meeting = await meet(world, town, 'live')
  const conference = conferenceFactsOf(await find(meeting.conferenceId))
  const item = itemFactsOf(must(await world.parts.items.find(meeting.itemId), 'the item'))
  const { actor } = world.by(town.co)
  const file = must(await world.parts.cases.find(town.caseId), 'the case')
  const about = caseFactsWith(file, await world.parts.items.ofCases([town.caseId]))
  expect(needsStatement(actor, conference)).toBe(false)
  expect(canReadItem(actor, conference, item, about)).toBe(true)
  expect(canReadItem(actor, conference, { ...item, recused: [town.co] }, about)).toBe(false)
  expect(canReadItem(actor, conference, { ...item, agencies: [town.dong] }, about)).toBe(false)
  expect(canReadItem(actor, { ...conference, accepted: [] }, item, about)).toBe(false)
  // Somebody whose agency is not theirs any more takes no part, and is not told that a statement is missing.
  expect(needsStatement({ ...actor, memberships: [] }, { ...conference, accepted: [] })).toBe(false)
})
