/** Who may open and write which document: every kind of document, every relation, every state, as a table. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { changeCase } from '../../../server/conferences/case-commands.ts'
import { changeItem } from '../../../server/conferences/item-commands.ts'
import { newId } from '../../../server/lib/random.ts'
import { must } from '../../../shared/assert.ts'
import type { ConferenceState } from '../../../shared/codes.ts'
import type { DocumentRef } from '../../../shared/documents/document-names.ts'
import type { AgencyId, UserId } from '../../../shared/ids.ts'
import { type Meeting, meet, moveTo, openWorld, settle, type Town, type World } from './world.ts'

let world: World
let town: Town

beforeEach(async () => {
  world = await openWorld()
  town = await settle(world)
})
afterEach(() => world.close())

type Who = 'leader' | 'worker' | 'co' | 'watcher' | 'partner' | 'stranger'
const EVERYBODY: readonly Who[] = ['leader', 'worker', 'co', 'watcher', 'partner', 'stranger']

const documents = {
  conference: (m: Meeting): DocumentRef => ({ kind: 'conference', conferenceId: m.conferenceId }),
  item: (m: Meeting): DocumentRef => ({ kind: 'item', itemId: m.itemId }),
  general: (m: Meeting): DocumentRef => ({ kind: 'item', itemId: m.generalId }),
  case: (): DocumentRef => ({ kind: 'case', caseId: town.caseId }),
  open: (): DocumentRef => ({ kind: 'actions', caseId: town.caseId, zone: 'open' }),
  own: (m: Meeting): DocumentRef => ({ kind: 'actions', caseId: town.caseId, zone: m.itemId }),
}

/** `w` reads and writes, `r` reads, `-` is as if it did not exist. */
async function rightsTo(ref: DocumentRef): Promise<string> {
  const letters = await Promise.all(
    EVERYBODY.map(async who => {
      const grant = await world.grant(town[who], ref)
      return grant === undefined ? '-' : grant.mayWrite ? 'w' : 'r'
    }),
  )
  return letters.join('')
}

// leader, worker of the lead agency who is not invited, co-managing worker, observer, partner not cleared, stranger
const TABLE: Record<ConferenceState, Record<keyof typeof documents, string>> = {
  draft: { conference: 'w-----', item: 'w-w---', general: 'w-----', case: 'w-w---', open: 'w-w---', own: '------' },
  scheduled: { conference: 'w-wrw-', item: 'w-w---', general: 'w-----', case: 'w-w---', open: 'w-w---', own: '------' },
  live: { conference: 'w-wrw-', item: 'w-wr--', general: 'w-wrw-', case: 'w-w---', open: 'w-wr--', own: '------' },
  closed: { conference: 'r-rrr-', item: 'r-rr--', general: 'r-rrr-', case: 'w-w---', open: 'w-wr--', own: '------' },
}

describe.each(Object.entries(TABLE))('in a conference that is %s', (state, rights) => {
  test.each(Object.entries(rights))(
    '%s: leader, worker, co, watcher, partner, stranger = %s',
    async (kind, expected) => {
      const meeting = await meet(world, town, state as ConferenceState)
      expect(await rightsTo(documents[kind as keyof typeof documents](meeting))).toBe(expected)
    },
  )
})

describe('a narrowed item', () => {
  const narrow = async (meeting: Meeting, fields: { agencies?: AgencyId[]; recused?: UserId[] }) => {
    const admitted = await world.toChangeItem(town.leader, meeting.conferenceId, meeting.itemId)
    await changeItem(world.parts, world.by(town.leader), admitted, { _v: admitted.item._v, ...fields })
  }

  test('has a ledger of its own for those who may open it; the open one stays with the case’s workers', async () => {
    const meeting = await meet(world, town)
    await narrow(meeting, { agencies: [town.dong] })
    expect(await rightsTo(documents.item(meeting))).toBe('w-----')
    expect(await rightsTo(documents.own(meeting))).toBe('w-----')
    expect(await rightsTo(documents.open())).toBe('w-w---')
  })

  test('its ledger is kept by the case’s workers after the meeting and read by the others', async () => {
    const meeting = await meet(world, town)
    await narrow(meeting, { agencies: [town.dong, town.muhan] })
    await changeCase(world.parts, world.by(town.leader), await world.changeCase(town.leader, town.caseId), {
      _v: 1,
      agencies: [
        { agencyId: town.dong, role: 'lead' },
        { agencyId: town.muhan, role: 'co_managing' },
        { agencyId: town.council, role: 'partner' },
      ],
    })
    await moveTo(world, town, meeting.conferenceId, 'closed')
    expect(await rightsTo(documents.own(meeting))).toBe('w-wr--')
  })

  test('recusal closes the item, its action items and the case for that person alone', async () => {
    const meeting = await meet(world, town)
    await narrow(meeting, { recused: [town.co] })
    for (const kind of ['item', 'case', 'open'] as const) {
      const rights = await rightsTo(documents[kind](meeting))
      expect([kind, rights[0], rights[2]]).toEqual([kind, 'w', '-'])
    }
    expect((await rightsTo(documents.conference(meeting)))[2]).toBe('w')
    expect((await rightsTo(documents.general(meeting)))[2]).toBe('w')
  })
})

describe('what does not exist', () => {
  test('is answered like what is not for one', async () => {
    await meet(world, town)
    const missing: DocumentRef[] = [
      { kind: 'conference', conferenceId: newId() },
      { kind: 'item', itemId: newId() },
      { kind: 'case', caseId: newId() },
      { kind: 'actions', caseId: newId(), zone: 'open' },
      { kind: 'actions', caseId: town.caseId, zone: newId() },
    ]
    for (const ref of missing) expect(await world.grant(town.leader, ref)).toBeUndefined()
  })

  test('an item’s ledger under another case’s name', async () => {
    const meeting = await meet(world, town)
    expect(await world.grant(town.leader, { kind: 'actions', caseId: newId(), zone: meeting.itemId })).toBeUndefined()
  })
})

describe('what a grant says', () => {
  test('who the person is here, for whom, and whose opinions have a place', async () => {
    const meeting = await meet(world, town)
    const grant = must(await world.grant(town.co, documents.item(meeting)), 'a grant')
    expect(grant.writer).toEqual({
      userId: town.co,
      agencyId: town.muhan,
      conducts: false,
      clearedAgencies: [town.dong, town.muhan],
    })
    expect(grant.identity).toMatchObject({ userId: town.co, name: 'co', agencyId: town.muhan, agencyName: '무한돌봄' })
    expect(must(await world.grant(town.leader, documents.item(meeting)), 'a grant').writer.conducts).toBe(true)
  })

  test('everything that it rests on', async () => {
    const meeting = await meet(world, town)
    const keysOf = async (ref: DocumentRef) => new Set(must(await world.grant(town.co, ref), 'a grant').dependsOn)
    const person = [`user:${town.co}`, `session:${town.co}`, `agency:${town.muhan}`]
    const conference = `conference:${meeting.conferenceId}`
    const about = [`item:${meeting.itemId}`, conference, `case:${town.caseId}`]
    expect(await keysOf(documents.conference(meeting))).toEqual(new Set([...person, conference]))
    expect(await keysOf(documents.item(meeting))).toEqual(new Set([...person, ...about]))
    expect(await keysOf(documents.general(meeting))).toEqual(
      new Set([...person, `item:${meeting.generalId}`, conference]),
    )
    expect(await keysOf(documents.case())).toEqual(new Set([...person, `case:${town.caseId}`]))
    expect(await keysOf(documents.open())).toEqual(new Set([...person, ...about]))
  })

  test('nothing once the account is switched off or the membership has ended', async () => {
    const meeting = await meet(world, town)
    const person = must(world.people.get(town.co), 'co')
    person.memberships = []
    for (const kind of ['conference', 'item', 'case', 'open'] as const) {
      expect(await world.grant(town.co, documents[kind](meeting))).toBeUndefined()
    }
    person.memberships = [{ agencyId: town.muhan, role: 'case_worker' }]
    person.active = false
    expect(await world.grant(town.co, documents.conference(meeting))).toBeUndefined()
  })
})
