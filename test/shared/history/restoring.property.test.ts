/** Going back: after whatever people did since, an item is to the letter what it was, by an edit that the guard takes like any other. */
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { actionsOf, addAction } from '../../../shared/documents/actions-document.ts'
import { brokenInvariants } from '../../../shared/documents/invariants.ts'
import { discussionOf } from '../../../shared/documents/item-document.ts'
import { differencesBetween, isNoDifference } from '../../../shared/history/content-diff.ts'
import { actionContentOf, isSameContent, ownContentOf } from '../../../shared/history/item-content.ts'
import { restoreActions, restoreItem } from '../../../shared/history/restoring.ts'
import { writtenIn } from '../../../shared/history/written.ts'
import { type ActionId, type ItemId, idFromBytes } from '../../../shared/ids.ts'
import { seededRandom, seedsToRun } from '../../support/seeded-random.ts'
import { AGENCIES, AT, GuardedCopy, Somebody, writerFacts } from '../../sync/guard-people.ts'

const RESTORER = 99

test.for(seedsToRun(20))('[HI7] [seed %i] an item is what it was, and the guard takes it', seed => {
  const random = seededRandom(seed)
  const room = new GuardedCopy('item')
  const people = [0, 1, 2].map(n => new Somebody('item', writerFacts(n, n === 0), n + 1, random))
  const act = (times: number) => {
    for (let n = 0; n < times; n++) {
      const somebody = random.pick(people)
      const before = Y.encodeStateVector(somebody.doc)
      somebody.acts()
      const verdict = room.take(Y.encodeStateAsUpdate(somebody.doc, before), somebody.writer)
      expect(verdict.ok, JSON.stringify(verdict)).toBe(true)
      for (const other of people) Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(room.doc), 'others')
    }
  }
  act(30)
  const version = ownContentOf(room.doc)
  act(25)
  const now = ownContentOf(room.doc)
  const differs = !isSameContent({ ...version, actions: [] }, { ...now, actions: [] })

  const restorer = new Y.Doc()
  restorer.clientID = RESTORER
  Y.applyUpdate(restorer, Y.encodeStateAsUpdate(room.doc))
  const known = Y.encodeStateVector(restorer)
  let updates = 0
  restorer.on('update', () => updates++)
  restoreItem(restorer, version, () => true)
  expect(ownContentOf(restorer)).toEqual(version)
  expect(brokenInvariants(restorer, 'item')).toEqual([])
  expect(updates > 0 || !differs, 'something differed and nothing was written').toBe(true)
  const verdict = room.take(Y.encodeStateAsUpdate(restorer, known), writerFacts(0, true))
  expect(verdict.ok, JSON.stringify(verdict)).toBe(true)
  expect(ownContentOf(room.doc)).toEqual(version)

  // Doing it twice writes nothing more.
  updates = 0
  restoreItem(restorer, version, () => true)
  expect(updates).toBe(0)
  expect(
    isNoDifference(differencesBetween({ ...version, actions: [] }, { ...ownContentOf(room.doc), actions: [] })),
  ).toBe(true)
})

test('[HI8] words that a restoring did not change keep their writers', () => {
  const doc = new Y.Doc()
  doc.clientID = 1
  const line = new Y.XmlElement('paragraph')
  const text = new Y.XmlText('검사비가 밀렸다')
  line.insert(0, [text])
  discussionOf(doc).insert(0, [line])
  const version = ownContentOf(doc)
  doc.clientID = 2
  text.insert(5, '여섯 달 ')
  text.delete(text.length - 3, 3)
  doc.clientID = RESTORER
  restoreItem(doc, version, () => true)
  expect(writtenIn(discussionOf(doc))).toEqual([
    [
      { hand: 1, words: '검사비가 ' },
      { hand: RESTORER, words: '밀렸다' },
    ],
  ])
})

const ITEM = 'i'.repeat(22) as ItemId
const OTHER = 'o'.repeat(22) as ItemId

test.for(seedsToRun(12))('[HI7] [seed %i] its action items are what they were, and those of others untouched', seed => {
  const random = seededRandom(seed)
  const room = new GuardedCopy('actions')
  const people = [0, 1].map(n => new Somebody('actions', writerFacts(n, n === 0), n + 1, random))
  const [writer] = people
  if (writer === undefined) throw new Error('Nobody')
  const share = (from: Somebody) => {
    const verdict = room.take(Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(room.doc)), from.writer)
    expect(verdict.ok, JSON.stringify(verdict)).toBe(true)
    for (const other of people) Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(room.doc), 'others')
  }
  const put = (itemId: ItemId) => {
    const id = idFromBytes<ActionId>(random.bytes(17))
    addAction(writer.doc, {
      id,
      agencyId: random.pick(AGENCIES),
      what: '방문',
      by: writer.writer.userId,
      at: AT,
      itemId,
    })
    share(writer)
    return id
  }
  const act = (times: number) => {
    for (let n = 0; n < times; n++) {
      const somebody = random.pick(people)
      somebody.acts()
      share(somebody)
    }
  }
  const ids = [put(ITEM), put(ITEM), put(ITEM), put(ITEM)]
  put(OTHER)
  act(10)
  const version = actionContentOf(room.doc, ITEM)
  act(15)
  put(ITEM)
  const answered = new Set(ids.slice(0, 1))
  const others = () =>
    JSON.stringify(
      actionsOf(room.doc)
        .filter(one => one.itemId !== ITEM)
        .map(one => [one.id, one.what.toString(), one.order]),
    )
  const answeredNow = () => actionContentOf(room.doc, ITEM).filter(one => answered.has(one.id))
  const [before, kept] = [others(), answeredNow()]

  const restorer = new Y.Doc()
  restorer.clientID = RESTORER
  Y.applyUpdate(restorer, Y.encodeStateAsUpdate(room.doc))
  const known = Y.encodeStateVector(restorer)
  restoreActions(restorer, version, { itemId: ITEM, isAnswered: id => answered.has(id), isElsewhere: () => false })
  const verdict = room.take(Y.encodeStateAsUpdate(restorer, known), writerFacts(0, true))
  expect(verdict.ok, JSON.stringify(verdict)).toBe(true)
  const unanswered = (list: readonly { id: ActionId }[]) => list.filter(one => !answered.has(one.id))
  expect(unanswered(actionContentOf(room.doc, ITEM))).toEqual(unanswered(version))
  expect(answeredNow()).toEqual(kept)
  expect(others()).toBe(before)
})
