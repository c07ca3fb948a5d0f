/** Resident registration numbers in what a meeting writes together: found where they stand, masked for everybody, never in a short field. */
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { newId } from '../../../server/lib/random.ts'
import { actionsOf, addAction, setActionFields } from '../../../shared/documents/actions-document.ts'
import { agendaOf, notesOf, putAgendaItem } from '../../../shared/documents/conference-document.ts'
import {
  addDecision,
  decisionsOf,
  discussionOf,
  opinionOf,
  opinionRootOf,
} from '../../../shared/documents/item-document.ts'
import { layoutOf } from '../../../shared/documents/layout.ts'
import { maskResidentNumbersIn, residentNumbersInTexts } from '../../../shared/documents/resident-numbers.ts'
import { paragraphsOf, plainTextOf } from '../../../shared/documents/rich-text.ts'
import type { ActionId, AgencyId, DecisionId, ItemId, UserId } from '../../../shared/ids.ts'

const NUMBER = '900101-1234567'
const by = newId<UserId>()
const at = '2026-11-24T05:00:00.000Z'

test('[RN8] [LR-17] in an item: presentation, discussion, each agency’s opinion and each decision, with whose it is', () => {
  const doc = new Y.Doc()
  const agencyId = newId<AgencyId>()
  discussionOf(doc).push(paragraphsOf(`본인 ${NUMBER} 확인, 아들 ${NUMBER}`))
  opinionOf(doc, 'economy', agencyId).push(paragraphsOf(`계좌 명의 ${NUMBER}`))
  addDecision(doc, { id: newId<DecisionId>(), kind: 'allocate_resource', by, at, text: `${NUMBER} 앞으로 지급` })
  const find = () => residentNumbersInTexts(doc, layoutOf('item'))
  expect(
    find()
      .map(({ root, agencyId: whose, write, count }) => [root, whose, write, count])
      .sort(),
  ).toEqual(
    [
      ['discussion', undefined, 'writer', 2],
      [opinionRootOf('economy', agencyId), agencyId, 'agency-of-root', 1],
      ['decisions', undefined, 'writer', 1],
    ].sort(),
  )

  // The other copy of the document, on somebody else's screen.
  const other = new Y.Doc()
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  const roots = residentNumbersInTexts(other, layoutOf('item')).map(({ root }) => root)
  expect(roots.length).toBeGreaterThanOrEqual(2)
  for (const { fragment, count } of find()) expect(maskResidentNumbersIn(doc, fragment)).toBe(count)
  expect(find()).toEqual([])
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  expect(plainTextOf(discussionOf(other))).toBe('본인 900101-1****** 확인, 아들 900101-1******')
  expect(plainTextOf(decisionsOf(other)[0]?.text ?? new Y.XmlFragment())).toBe('900101-1****** 앞으로 지급')
  expect(residentNumbersInTexts(other, layoutOf('item'))).toEqual([])
})

test('[RN8] [LR-17] in action items and in the meeting’s notes; who is named in a short field, a label, is masked as it is written', () => {
  const ledger = new Y.Doc()
  const id = newId<ActionId>()
  addAction(ledger, { id, agencyId: newId<AgencyId>(), what: `신청서(${NUMBER})`, by, at })
  setActionFields(ledger, id, { person: `김담당 ${NUMBER}` })
  expect(actionsOf(ledger)[0]?.person).toBe('김담당 900101-1******')
  expect(residentNumbersInTexts(ledger, layoutOf('actions')).map(({ root, count }) => [root, count])).toEqual([
    ['actions', 1],
  ])

  const conference = new Y.Doc()
  notesOf(conference).push(paragraphsOf(`${NUMBER} 전화`))
  putAgendaItem(conference, { id: newId<ItemId>(), minutes: 5, label: `상담 ${NUMBER}` })
  expect(agendaOf(conference)[0]?.label).toBe('상담 900101-1******')
  expect(residentNumbersInTexts(conference, layoutOf('conference')).map(({ root }) => root)).toEqual(['notes'])
})
