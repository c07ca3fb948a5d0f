import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { agendaOf, putAgendaItem, setAgendaOrder } from '../../../shared/documents/conference-document.ts'
import type { ItemId } from '../../../shared/ids.ts'
import { seededRandom, seedsToRun } from '../../support/seeded-random.ts'

const idsOf = (doc: Y.Doc) => agendaOf(doc).map(line => line.id)
const item = (at: number) => `item-0123456789abcde${at}` as ItemId

test('any order is taken in one step, and one step back gives the order before', () => {
  for (const seed of seedsToRun(100)) {
    const random = seededRandom(seed)
    const doc = new Y.Doc()
    const size = 2 + random.below(7)
    for (let at = 0; at < size; at++) putAgendaItem(doc, { id: item(at), minutes: 10 })
    const before = idsOf(doc)
    const undo = new Y.UndoManager(doc.getMap('agenda'), { captureTimeout: 0 })
    const wanted: ItemId[] = []
    const rest = [...before]
    while (rest.length > 0) wanted.push(...rest.splice(random.below(rest.length), 1))
    let steps = 0
    doc.on('update', () => steps++)
    setAgendaOrder(doc, wanted)
    expect(idsOf(doc)).toEqual(wanted)
    expect(steps).toBeLessThanOrEqual(1)
    undo.undo()
    expect(idsOf(doc)).toEqual(before)
  }
})

test('an item that somebody took off meanwhile is left alone', () => {
  const doc = new Y.Doc()
  for (const at of [0, 1, 2]) putAgendaItem(doc, { id: item(at), minutes: 10 })
  setAgendaOrder(doc, [item(2), item(7), item(0)])
  expect(new Set(idsOf(doc))).toEqual(new Set([item(0), item(1), item(2)]))
  expect(idsOf(doc)[0]).toBe(item(2))
})
