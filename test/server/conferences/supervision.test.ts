/** What a supervision keeps about a case item: for the case's workers in its lead agency and that agency's supervisors, and for nobody else. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { changeCase } from '../../../server/conferences/case-commands.ts'
import { openConference } from '../../../server/conferences/conference-views.ts'
import { changeItem, deleteItem } from '../../../server/conferences/item-commands.ts'
import { must } from '../../../shared/assert.ts'
import type { ConferenceState } from '../../../shared/codes.ts'
import { type DocumentRef, documentNameOf, parseDocumentName } from '../../../shared/documents/document-names.ts'
import { brokenInvariants } from '../../../shared/documents/invariants.ts'
import { paragraphsOf, plainTextOf } from '../../../shared/documents/rich-text.ts'
import { supervisionNoteOf } from '../../../shared/documents/supervision-document.ts'
import type { AgencyId, UserId } from '../../../shared/ids.ts'
import { type Meeting, meet, openWorld, settle, type Town, type World } from './world.ts'

let world: World
let town: Town
let people: Record<string, UserId>

beforeEach(async () => {
  world = await openWorld()
  town = await settle(world)
  const { leader, co, watcher, partner, stranger } = town
  people = {
    leader,
    head: world.person('head', [town.dong, 'supervisor']),
    colleague: town.worker,
    co,
    coHead: world.person('coHead', [town.muhan, 'supervisor']),
    watcher,
    partner,
    stranger,
    elsewhere: world.person('elsewhere', [town.dong, 'supervisor']),
  }
})
afterEach(() => world.close())

const person = (name: string): UserId => must(people[name], name)

/** The case’s own supervisor sits at the table, so do a colleague who does not work on it and the other agency’s supervisor. */
const held = (state: ConferenceState = 'live', accepted = true): Promise<Meeting> =>
  meet(world, town, state, {
    accepted,
    more: [
      [person('head'), town.dong, 'attendee'],
      [person('colleague'), town.dong, 'minute_taker'],
      [person('coHead'), town.muhan, 'deputy'],
    ],
  })

const noteOf = ({ itemId }: Meeting): DocumentRef => ({ kind: 'supervision', itemId })

async function readersOf(ref: DocumentRef): Promise<string[]> {
  const names = await Promise.all(
    Object.entries(people).map(async ([name, userId]) => {
      const grant = await world.grant(userId, ref)
      return grant === undefined ? [] : [grant.mayWrite ? name : `${name} (reads)`]
    }),
  )
  return names.flat().sort()
}

const narrow = async (meeting: Meeting, fields: { agencies?: AgencyId[]; recused?: UserId[] }) => {
  const admitted = await world.toChangeItem(town.leader, meeting.conferenceId, meeting.itemId)
  await changeItem(world.parts, world.by(town.leader), admitted, { _v: admitted.item._v, ...fields })
}

describe('who reads and writes it', () => {
  test.each(['live', 'closed'] as const)('while the conference is %s: its worker and the supervisor', async state => {
    expect(await readersOf(noteOf(await held(state)))).toEqual(['head', 'leader'])
  })

  test.each(['draft', 'scheduled'] as const)(
    'while the conference is %s, who prepares the item among them',
    async state => {
      expect(await readersOf(noteOf(await held(state)))).toEqual(['leader'])
    },
  )

  test('before the statement nobody; for a general item there is none', async () => {
    const meeting = await held('live', false)
    expect(await readersOf(noteOf(meeting))).toEqual([])
    expect(await readersOf({ kind: 'supervision', itemId: meeting.generalId })).toEqual([])
  })

  test('leading the conference opens it to nobody who does not work on the case', async () => {
    const meeting = await held()
    const admitted = await world.changeCase(town.leader, town.caseId)
    await changeCase(world.parts, world.by(town.leader), admitted, {
      _v: admitted.file._v,
      workers: [
        { userId: town.worker, agencyId: town.dong },
        { userId: town.co, agencyId: town.muhan },
      ],
    })
    expect(await readersOf(noteOf(meeting))).toEqual(['colleague', 'head'])
    expect((await world.grant(town.leader, { kind: 'item', itemId: meeting.itemId }))?.writer.conducts).toBe(true)
  })

  test('who is recused, and who does not sit at the table for the lead agency, lose it', async () => {
    const meeting = await held()
    await narrow(meeting, { recused: [person('head')] })
    expect(await readersOf(noteOf(meeting))).toEqual(['leader'])
    const grant = must(await world.grant(town.leader, noteOf(meeting)), 'a grant')
    expect(grant.dependsOn).toEqual(
      expect.arrayContaining([`item:${meeting.itemId}`, `conference:${meeting.conferenceId}`, `case:${town.caseId}`]),
    )
  })

  test('an observer who is a supervisor elsewhere in the building does not read it', async () => {
    const meeting = await meet(world, town, 'live', { more: [[person('head'), town.dong, 'observer']] })
    expect(await readersOf(noteOf(meeting))).toEqual(['leader'])
  })
})

describe('what is told of it', () => {
  const told = async (meeting: Meeting, name: string) => {
    const conference = must(await world.parts.conferences.find(meeting.conferenceId), 'the conference')
    const view = await openConference(world.parts, world.by(person(name)), conference)
    const item = must(
      view.items.find(one => one.itemId === meeting.itemId),
      'the item',
    )
    return item.restricted ? 'restricted' : (item.supervision?.readers.map(reader => reader.userId) ?? null)
  }

  test('its readers learn who else reads it, also who has not arrived yet; others not even that', async () => {
    const meeting = await held()
    await world.parts.conferences.unaccept(meeting.conferenceId, [person('head')])
    const readers = [town.leader, person('head')]
    expect(await told(meeting, 'leader')).toEqual(readers)
    expect(await told(meeting, 'head')).toBe('restricted')
    for (const name of ['colleague', 'co', 'coHead', 'watcher']) expect(await told(meeting, name), name).toBe(null)
    expect(await told(meeting, 'partner')).toBe('restricted')
  })

  test('an item with a note in it is not taken off a live meeting', async () => {
    const meeting = await held()
    const document = documentNameOf(noteOf(meeting))
    await world.shelf.edit(document, { behalfOf: town.leader }, doc => {
      supervisionNoteOf(doc).push(paragraphsOf('다음 방문은 함께 간다'))
    })
    await world.shelf.edit(document, { behalfOf: person('head') }, doc => {
      supervisionNoteOf(doc).push(paragraphsOf('서두르지 않기'))
    })
    await world.shelf.read(document, doc => {
      expect(plainTextOf(supervisionNoteOf(doc))).toBe('다음 방문은 함께 간다\n서두르지 않기')
      expect(brokenInvariants(doc, 'supervision')).toEqual([])
    })
    const admitted = await world.toChangeItem(town.leader, meeting.conferenceId, meeting.itemId)
    await expect(deleteItem(world.parts, world.by(town.leader), admitted)).rejects.toMatchObject({
      detail: 'item-has-content',
    })
  })
})

test('its name is read back strictly, and is no other document’s', async () => {
  const meeting = await held()
  const name = documentNameOf(noteOf(meeting))
  expect(parseDocumentName(name)).toEqual(noteOf(meeting))
  expect(parseDocumentName(`${name}.open`)).toBeUndefined()
  expect(name).not.toBe(documentNameOf({ kind: 'item', itemId: meeting.itemId }))
})
