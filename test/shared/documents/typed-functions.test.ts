import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import {
  actionOf,
  actionsOf,
  addAction,
  removeAction,
  setActionFields,
} from '../../../shared/documents/actions-document.ts'
import {
  addProposal,
  agendaOf,
  moveAgendaItem,
  notesOf,
  proposalsOf,
  putAgendaItem,
  removeAgendaItem,
  setLabel,
  setMinutes,
} from '../../../shared/documents/conference-document.ts'
import {
  addDecision,
  decisionOf,
  decisionsOf,
  moveDecision,
  needsOf,
  opinionOf,
  removeDecision,
  setDecisionField,
  setNeed,
} from '../../../shared/documents/item-document.ts'
import { paragraphsOf, plainTextOf } from '../../../shared/documents/rich-text.ts'
import { snapshotOfActions, snapshotOfConference, snapshotOfItem } from '../../../shared/documents/snapshots.ts'
import type { ActionId, AgencyId, DecisionId, ItemId, UserId } from '../../../shared/ids.ts'

const id = <T extends string>(name: string): T => name.padEnd(22, '0') as T
const KIM = id<UserId>('kim')
const HOUSING = id<AgencyId>('housing')
const HEALTH = id<AgencyId>('health')
const AT = '2026-11-21T05:00:00.000Z'

/** Hands each what the other lacks. */
function meet(a: Y.Doc, b: Y.Doc): void {
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b, Y.encodeStateVector(a)))
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a, Y.encodeStateVector(b)))
}

describe('the agenda', () => {
  const names = (doc: Y.Doc) => agendaOf(doc).map(entry => entry.id.replace(/0+$/, ''))
  const agenda = (...lines: string[]): Y.Doc => {
    const doc = new Y.Doc()
    for (const line of lines) putAgendaItem(doc, { id: id(line), minutes: 10 })
    return doc
  }

  test('items stand in the order they were put in, and move before and after others', () => {
    const doc = agenda('a', 'b', 'c', 'd')
    expect(names(doc)).toEqual(['a', 'b', 'c', 'd'])
    moveAgendaItem(doc, id('d'), { before: id('b') })
    moveAgendaItem(doc, id('a'), { after: id('c') })
    expect(names(doc)).toEqual(['d', 'b', 'c', 'a'])
    moveAgendaItem(doc, id('c'), 'first')
    expect(names(doc)).toEqual(['c', 'd', 'b', 'a'])
  })

  test('two who put something in the same place see the same order, and can go between the two afterwards', () => {
    const one = agenda('a', 'z')
    const two = new Y.Doc()
    meet(one, two)
    putAgendaItem(one, { id: id('m'), minutes: 5 }, { before: id<ItemId>('z') })
    putAgendaItem(two, { id: id('n'), minutes: 5 }, { before: id<ItemId>('z') })
    meet(one, two)
    expect(names(one)).toEqual(['a', 'm', 'n', 'z'])
    expect(names(two)).toEqual(names(one))
    putAgendaItem(two, { id: id('between'), minutes: 5 }, { after: id('m') })
    meet(one, two)
    expect(names(one)).toEqual(['a', 'm', 'between', 'n', 'z'])
  })

  test('a thousand moves into one gap leave the order right and the keys short', () => {
    const doc = agenda('a', 'b', 'c')
    for (let i = 0; i < 1000; i += 1) moveAgendaItem(doc, id(i % 2 ? 'b' : 'c'), { after: id('a') })
    expect(names(doc)).toEqual(['a', 'b', 'c'])
    expect(Math.max(...agendaOf(doc).map(entry => entry.order.length))).toBeLessThanOrEqual(60)
  })

  test('minutes and labels are checked before anything is written', () => {
    const doc = agenda('a')
    setMinutes(doc, id('a'), 25)
    setLabel(doc, id('a'), '지난 회의 점검')
    expect(() => setMinutes(doc, id('a'), 601)).toThrow(RangeError)
    expect(() => setMinutes(doc, id('a'), 1.5)).toThrow(RangeError)
    expect(() => setLabel(doc, id('a'), '가'.repeat(81))).toThrow(RangeError)
    expect(agendaOf(doc)[0]).toMatchObject({ minutes: 25, label: '지난 회의 점검' })
    expect(setMinutes(doc, id('gone'), 5)).toBe(false)
    expect(removeAgendaItem(doc, id('a'))).toBe(true)
    expect(agendaOf(doc)).toEqual([])
  })
})

describe('a conference', () => {
  test('notes and proposals appear in the snapshot with their words', () => {
    const doc = new Y.Doc()
    notesOf(doc).insert(0, paragraphsOf('처음\n둘째 줄'))
    addProposal(doc, { id: id('p1'), by: KIM, at: AT, text: '주거비부터' })
    expect(proposalsOf(doc)).toHaveLength(1)
    const snapshot = snapshotOfConference(doc)
    expect(snapshot.notes.words).toBe('처음\n둘째 줄')
    expect(snapshot.proposals[0]).toMatchObject({ by: KIM, at: AT, text: { words: '주거비부터' } })
  })
})

describe('an agenda item', () => {
  const decision = (name: string) => ({ id: id<DecisionId>(name), kind: 'deferred' as const, by: KIM, at: AT })

  test('two people of one agency who begin the same opinion at once keep both texts', () => {
    const one = new Y.Doc()
    const two = new Y.Doc()
    opinionOf(one, 'health', HEALTH).insert(0, paragraphsOf('입원이 먼저'))
    opinionOf(two, 'health', HEALTH).insert(0, paragraphsOf('간병인 필요'))
    meet(one, two)
    const words = plainTextOf(opinionOf(one, 'health', HEALTH))
    expect(words).toContain('입원이 먼저')
    expect(words).toContain('간병인 필요')
    expect(snapshotOfItem(two).opinions).toEqual([
      expect.objectContaining({ need: 'health', agencyId: HEALTH, text: expect.objectContaining({ words }) }),
    ])
  })

  test('two people edit two fields of one decision', () => {
    const one = new Y.Doc()
    addDecision(one, { ...decision('d1'), text: '보류' })
    const two = new Y.Doc()
    meet(one, two)
    setDecisionField(one, id('d1'), 'kind', 'refer_out')
    decisionOf(two, id('d1'))?.reason.insert(0, paragraphsOf('병원 의견을 기다림'))
    meet(one, two)
    for (const doc of [one, two]) {
      expect(snapshotOfItem(doc).decisions).toEqual([
        expect.objectContaining({
          kind: 'refer_out',
          text: expect.objectContaining({ words: '보류' }),
          reason: expect.objectContaining({ words: '병원 의견을 기다림' }),
        }),
      ])
    }
  })

  test('decisions move and go, and each function is one update on the wire', () => {
    const doc = new Y.Doc()
    let updates = 0
    doc.on('update', () => {
      updates += 1
    })
    addDecision(doc, { ...decision('d1'), text: '하나\n둘', reason: '왜' })
    addDecision(doc, decision('d2'))
    moveDecision(doc, id('d2'), 'first')
    expect(decisionsOf(doc).map(d => d.id)).toEqual([id('d2'), id('d1')])
    removeDecision(doc, id('d2'))
    setNeed(doc, 'health', true)
    setNeed(doc, 'safety', true)
    setNeed(doc, 'health', true)
    expect(updates).toBe(6)
    expect(needsOf(doc)).toEqual(['safety', 'health'])
    expect(decisionsOf(doc)).toHaveLength(1)
  })
})

describe('action items', () => {
  test('an agency and what are enough to begin; the rest follows', () => {
    const doc = new Y.Doc()
    addAction(doc, { id: id<ActionId>('a1'), agencyId: HOUSING, what: '임대주택 신청', by: KIM, at: AT })
    expect(actionsOf(doc)[0]).toMatchObject({ agencyId: HOUSING, person: '', due: '', amount: null, need: '' })
    setActionFields(doc, id('a1'), {
      person: '담당 주무관',
      due: '2026-12-05',
      amount: 300_000,
      need: 'living_environment',
    })
    const entry = actionOf(doc, id('a1'))
    expect(entry).toMatchObject({ due: '2026-12-05', amount: 300_000, need: 'living_environment' })
    expect(snapshotOfActions(doc).actions[0]?.what.words).toBe('임대주택 신청')
    expect(removeAction(doc, id('a1'))).toBe(true)
    expect(actionOf(doc, id('a1'))).toBeUndefined()
  })

  test.each([
    ['due', '2026-02-30'],
    ['due', '9999-01-01'],
    ['due', '26-1-1'],
    ['amount', -1],
    ['amount', 1e13],
    ['person', '가'.repeat(61)],
    ['agencyId', '__proto__'],
  ] as const)('%s cannot hold %s', (field, value) => {
    const doc = new Y.Doc()
    addAction(doc, { id: id<ActionId>('a1'), agencyId: HOUSING, what: '신청', by: KIM, at: AT })
    expect(() => setActionFields(doc, id('a1'), { [field]: value })).toThrow(RangeError)
  })
})
