import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { changedSince, handsIn, wasThere } from '../../../shared/documents/attribution.ts'
import { addDecision, decisionOf, discussionOf, removeDecision } from '../../../shared/documents/item-document.ts'
import type { DecisionId, UserId } from '../../../shared/ids.ts'

const AT = '2026-11-24T03:00:00.000Z'
const BY = 'u'.repeat(22) as UserId
const idOf = (letter: string) => letter.repeat(22) as DecisionId

/** Documents of different people, kept alike. */
function people<Name extends string>(...names: Name[]): Record<Name, Y.Doc> {
  const docs = names.map((name, index) => {
    const doc = new Y.Doc()
    doc.clientID = index + 1
    return [name, doc] as const
  })
  for (const [, doc] of docs) {
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'other') return
      for (const [, other] of docs) if (other !== doc) Y.applyUpdate(other, update, 'other')
    })
  }
  return Object.fromEntries(docs) as Record<Name, Y.Doc>
}

function write(doc: Y.Doc, words: string): Y.XmlText {
  const paragraph = new Y.XmlElement('paragraph')
  const text = new Y.XmlText(words)
  paragraph.insert(0, [text])
  discussionOf(doc).push([paragraph])
  return text
}

const removeLast = (doc: Y.Doc) => discussionOf(doc).delete(discussionOf(doc).length - 1, 1)

describe('whose words stand in a text', () => {
  test('everybody who wrote of what stands, and nobody else', () => {
    const { kim, lee, park } = people('kim', 'lee', 'park')
    write(kim, '검사비가 밀려 있다')
    write(lee, '간병할 사람이 없다')
    discussionOf(park).push([new Y.XmlElement('paragraph')])
    expect(handsIn(discussionOf(park))).toEqual(new Set([1, 2]))
    removeLast(park)
    removeLast(park)
    expect(handsIn(discussionOf(kim))).toEqual(new Set([1]))
  })

  test('an emptied text is nobody’s', () => {
    const { kim, lee } = people('kim', 'lee')
    const text = write(kim, '잘못 적음')
    text.delete(0, text.length)
    expect(handsIn(discussionOf(lee))).toEqual(new Set())
  })
})

describe('what changed since a moment', () => {
  test('nothing, then words by their writers, then words taken away', () => {
    const { kim, lee } = people('kim', 'lee')
    write(kim, '처음')
    const first = Y.snapshot(kim)
    expect(changedSince(discussionOf(kim), first)).toEqual({ hands: new Set(), hasLess: false })
    write(lee, '나중')
    expect(changedSince(discussionOf(kim), first)).toEqual({ hands: new Set([2]), hasLess: false })
    discussionOf(lee).delete(0, 1)
    expect(changedSince(discussionOf(kim), first)).toEqual({ hands: new Set([2]), hasLess: true })
    expect(changedSince(discussionOf(kim), Y.snapshot(kim))).toEqual({ hands: new Set(), hasLess: false })
  })

  test('words that came and went in between are nothing', () => {
    const { kim, lee } = people('kim', 'lee')
    write(kim, '처음')
    const first = Y.snapshot(kim)
    write(lee, '지나가는 말')
    removeLast(lee)
    expect(changedSince(discussionOf(kim), first)).toEqual({ hands: new Set(), hasLess: false })
  })

  test('letters that one person adds to their own word, which Yjs joins to one piece, and letters taken from it', () => {
    const { kim } = people('kim')
    const text = write(kim, '검사')
    const first = Y.snapshot(kim)
    text.insert(2, '비')
    expect(changedSince(discussionOf(kim), first)).toEqual({ hands: new Set([1]), hasLess: false })
    const second = Y.snapshot(kim)
    text.delete(0, 1)
    text.delete(0, 1)
    expect(changedSince(discussionOf(kim), second)).toEqual({ hands: new Set(), hasLess: true })
    const third = Y.snapshot(kim)
    text.delete(0, 1)
    expect(changedSince(discussionOf(kim), third).hasLess).toBe(true)
    expect(changedSince(discussionOf(kim), Y.snapshot(kim)).hasLess).toBe(false)
  })

  test('a record that is new, one that was changed, and one that is gone', () => {
    const { kim, lee } = people('kim', 'lee')
    const [old, gone, made] = [idOf('o'), idOf('g'), idOf('n')]
    const put = (doc: Y.Doc, id: DecisionId) =>
      addDecision(doc, { id, kind: 'allocate_resource', by: BY, at: AT, text: '검사비' })
    put(kim, old)
    put(kim, gone)
    // As it comes out of a store.
    const before = Y.decodeSnapshot(Y.encodeSnapshot(Y.snapshot(kim)))
    put(lee, made)
    removeDecision(lee, gone)
    decisionOf(lee, old)?.text.push([new Y.XmlElement('paragraph')])
    const records = kim.getMap('decisions')
    expect(wasThere(records, old, before)).toBe(true)
    expect(wasThere(records, made, before)).toBe(false)
    const record = records.get(old)
    if (!(record instanceof Y.Map)) throw new Error('The record is not there')
    expect(changedSince(record, before)).toEqual({ hands: new Set([2]), hasLess: false })
    expect(changedSince(records, before).hasLess).toBe(true)
  })
})
