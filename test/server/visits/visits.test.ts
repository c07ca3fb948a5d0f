/** Since one was here: what others did is counted per item, by whose client ids stand in it; of other items nothing is said. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { changeItem } from '../../../server/conferences/item-commands.ts'
import { createLog } from '../../../server/lib/log.ts'
import { newId } from '../../../server/lib/random.ts'
import { createVisitRepository } from '../../../server/visits/visit-repository.ts'
import { createVisits, type Visits } from '../../../server/visits/visits.ts'
import { addAction, setActionFields } from '../../../shared/documents/actions-document.ts'
import { documentNameOf } from '../../../shared/documents/document-names.ts'
import {
  addDecision,
  decisionOf,
  discussionOf,
  opinionOf,
  removeDecision,
  setDecisionField,
} from '../../../shared/documents/item-document.ts'
import type { ActionId, DecisionId, ItemId, UserId } from '../../../shared/ids.ts'
import { type MeetingUnderTest, meetingUnderTest } from '../meetings/meeting-under-test.ts'

const AT = '2026-11-24T03:00:00.000Z'
const NOTHING = { added: 0, changed: 0, removed: 0 }
/** A family's word, which no record of a visit may hold in clear. */
const SECRET = '검사비가 여섯 달 밀렸다'

let m: MeetingUnderTest
let visits: Visits
let item: string
let ledger: string
const hands = new Map<UserId, number>()

beforeEach(async () => {
  m = await meetingUnderTest()
  const { world, town, itemId } = m
  item = documentNameOf({ kind: 'item', itemId })
  ledger = documentNameOf({ kind: 'actions', caseId: town.caseId, zone: 'open' })
  ;[town.leader, town.co, town.partner].forEach((userId, index) => {
    hands.set(userId, index + 1)
    world.shelf.writers.set(index + 1, userId)
  })
  const repository = createVisitRepository({ store: world.store, keyring: world.keyring })
  visits = createVisits({ parts: world.parts, visits: repository, log: createLog({ level: 'silent' }) })
})
afterEach(() => m.close())

/** Somebody changes a document, under a client id of theirs. */
async function does(userId: UserId, document: string, change: (doc: Y.Doc) => void): Promise<void> {
  const own = new Y.Doc()
  Y.applyUpdate(own, await m.world.shelf.read(document, doc => Y.encodeStateAsUpdate(doc)))
  own.clientID = hands.get(userId) ?? 0
  change(own)
  await m.world.shelf.edit(document, { behalfOf: userId }, doc => Y.applyUpdate(doc, Y.encodeStateAsUpdate(own)))
}

const say = (text: Y.XmlFragment, words: string) => {
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [new Y.XmlText(words)])
  text.push([paragraph])
}

const decide = (userId: UserId, id = newId<DecisionId>()) =>
  does(userId, item, doc => addDecision(doc, { id, kind: 'allocate_resource', by: userId, at: AT, text: SECRET })).then(
    () => id,
  )

const ask = (userId: UserId, itemId: ItemId, id = newId<ActionId>()) =>
  does(userId, ledger, doc =>
    addAction(doc, { id, agencyId: m.town.muhan, what: '방문', by: userId, at: AT, itemId }),
  ).then(() => id)

const leaves = (userId: UserId, ...open: ItemId[]) => visits.left(m.conferenceId, userId, new Set(open))

async function since(userId: UserId) {
  const admitted = await m.world.toEnter(userId, m.conferenceId)
  return visits.since(m.world.by(userId).actor, admitted)
}

describe('what others did', () => {
  test('[MO2] nothing while nothing happened, also at once after leaving', async () => {
    await decide(m.town.leader)
    leaves(m.town.co, m.itemId, m.generalId)
    expect(await since(m.town.co)).toEqual({ leftAt: expect.any(String), items: [] })
  })

  test('[MO2] records that are new, changed and gone, opinions by agency, the discussion', async () => {
    const { leader, co, partner } = m.town
    const kept = await decide(leader)
    const gone = await decide(leader)
    const asked = await ask(leader, m.itemId)
    leaves(co, m.itemId, m.generalId)
    await since(co)
    await decide(leader)
    await does(leader, item, doc => setDecisionField(doc, kept, 'kind', 'not_selected'))
    await does(leader, item, doc => removeDecision(doc, gone))
    await does(leader, item, doc => say(opinionOf(doc, 'health', m.town.dong), '검사가 먼저다'))
    await does(leader, item, doc => say(discussionOf(doc), '다음 주까지'))
    await ask(leader, m.itemId)
    await does(leader, ledger, doc => setActionFields(doc, asked, { amount: 300_000 }))
    // Of another item: this ledger is the case's, the line is not for this item.
    await ask(leader, m.generalId)
    expect((await since(co)).items).toEqual([
      {
        itemId: m.itemId,
        isNew: false,
        decisions: { added: 1, changed: 1, removed: 1 },
        actions: { added: 1, changed: 1, removed: 0 },
        opinions: [m.town.dong],
        presentation: false,
        discussion: true,
      },
    ])
    expect((await since(partner)).items).toEqual([])
  })

  test('[MO2] one’s own writing is no news, from another place neither', async () => {
    const { co, leader } = m.town
    const decision = await decide(leader)
    leaves(co, m.itemId)
    await since(co)
    await does(co, item, doc => {
      const entry = decisionOf(doc, decision)
      if (entry) say(entry.text, '30만 원')
      say(discussionOf(doc), '내가 적은 말')
    })
    await ask(co, m.itemId)
    expect((await since(co)).items).toEqual([])
    await does(leader, item, doc => say(discussionOf(doc), '다른 사람이 적은 말'))
    expect((await since(co)).items).toEqual([
      {
        itemId: m.itemId,
        isNew: false,
        decisions: NOTHING,
        actions: NOTHING,
        opinions: [],
        presentation: false,
        discussion: true,
      },
    ])
  })

  test('[MO2] somebody who comes for the first time is told of everything that others did', async () => {
    await decide(m.town.leader)
    expect(await since(m.town.co)).toMatchObject({
      leftAt: null,
      items: [{ itemId: m.itemId, isNew: true, decisions: { added: 1, changed: 0, removed: 0 } }],
    })
  })
})

describe('only what one may open', () => {
  test('[MO3] neither what was never open nor what is closed by now', async () => {
    const { leader, co, partner } = m.town
    await decide(leader)
    expect((await since(partner)).items).toEqual([])
    leaves(co, m.itemId)
    await since(co)
    await decide(leader)
    expect((await since(co)).items).toHaveLength(1)
    const admitted = await m.world.toChangeItem(leader, m.conferenceId, m.itemId)
    await changeItem(m.world.parts, m.world.by(leader), admitted, { _v: admitted.item._v, recused: [co] })
    expect((await since(co)).items).toEqual([])
  })
})

describe('what is kept', () => {
  test('[MO1] no words, and nothing of it in clear', async () => {
    await decide(m.town.leader)
    leaves(m.town.co, m.itemId)
    await visits.close()
    const [record, ...more] = await m.world.store
      .collection<{ _id: string; sealed: Buffer }>('visits')
      .find({})
      .toArray()
    expect(more).toEqual([])
    expect(Object.keys(record ?? {}).sort()).toEqual(['_id', 'conferenceId', 'leftAt', 'sealed', 'userId'])
    const drawer = await m.world.keyring.drawer(`conference:${m.conferenceId}`)
    const opened = JSON.stringify(drawer.openJson(record?.sealed ?? Buffer.alloc(0), `visits|${record?._id}|seen`))
    expect(opened).toContain(m.itemId)
    const states = Object.values(JSON.parse(opened) as Record<string, string>).map(one =>
      Buffer.from(one, 'base64').toString(),
    )
    expect(states.join()).not.toContain(SECRET)
  })

  test('[MO1] whoever comes and goes without end costs one look at the documents at a time, and the last leave holds', async () => {
    const { shelf } = m.world
    const read = shelf.read.bind(shelf)
    let looks = 0
    shelf.read = (document, look) => {
      looks++
      return read(document, look)
    }
    for (let round = 0; round < 50; round++) leaves(m.town.co, m.itemId)
    await visits.close()
    const once = looks
    expect(once).toBeGreaterThan(0)
    await decide(m.town.leader)
    looks = 0
    leaves(m.town.co, m.itemId)
    await visits.close()
    expect(once).toBeLessThanOrEqual(2 * looks)
    expect((await since(m.town.co)).items).toEqual([])
  })

  test('[MO1] with the last connection, by which way it ends, and not with one of two', async () => {
    const { co, leader, partner } = m.town
    const [first, second] = [await m.comes(co), await m.comes(co)]
    await m.comes(leader)
    first.leaves()
    await m.settled()
    expect(m.gone).toEqual([])
    second.leaves()
    await m.settled()
    expect(m.gone).toEqual([{ userId: co, open: new Set([m.itemId, m.generalId]) }])
    // Signed out while connected.
    await m.comes(partner)
    const person = m.world.people.get(partner)
    if (person) person.active = false
    m.world.parts.changes.announce([`user:${partner}`])
    await m.settled()
    expect(m.gone).toHaveLength(2)
    expect(m.gone.at(-1)).toEqual({ userId: partner, open: new Set([m.generalId]) })
  })
})
