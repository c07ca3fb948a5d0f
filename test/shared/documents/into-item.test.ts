/** What a case's document gives to an agenda item about it (server/case-forms/SPEC.md, CW). */
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { caseTextOf } from '../../../shared/documents/case-parts/case-texts.ts'
import { bringIntoItem } from '../../../shared/documents/case-parts/into-item.ts'
import { needs } from '../../../shared/documents/case-parts/needs.ts'
import { needsOf, presentationOf } from '../../../shared/documents/item-document.ts'
import { paragraphsOf, plainTextOf } from '../../../shared/documents/rich-text.ts'

const id = <T extends string>(name: string): T => name.padEnd(22, '0') as T

function caseOf(outline: string, ...domains: ('economy' | 'health' | '')[]): Y.Doc {
  const doc = new Y.Doc()
  caseTextOf(doc, 'summary').insert(0, paragraphsOf(outline))
  for (const [at, domain] of domains.entries()) {
    needs.add(doc, id(`need${at}`), { domain })
  }
  return doc
}

test('[CW9] outline and need domains come into the item in one change, each domain once, beside what stands there', () => {
  const item = new Y.Doc()
  presentationOf(item).insert(0, paragraphsOf('오늘 정할 것'))
  let changes = 0
  item.on('update', () => {
    changes += 1
  })
  expect(bringIntoItem(caseOf('빚과 병이 겹침\n도울 사람 없음', 'health', 'economy', 'health', ''), item)).toBe(true)
  expect(changes).toBe(1)
  expect(plainTextOf(presentationOf(item))).toBe('오늘 정할 것\n빚과 병이 겹침\n도울 사람 없음')
  expect([...needsOf(item)].sort()).toEqual(['economy', 'health'])
})

test('[CW9] a case that says nothing yet leaves the item as it is', () => {
  const item = new Y.Doc()
  expect(bringIntoItem(caseOf('', ''), item)).toBe(false)
  expect(Y.encodeStateVector(item)).toEqual(Y.encodeStateVector(new Y.Doc()))
})
