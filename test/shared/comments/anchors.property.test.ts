/** Where comments stand while several people write: every letter is a different one, so the text itself says where the words are. */
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { must } from '../../../shared/assert.ts'
import { anchorOn, type CommentAnchor, placeOf, QUOTE_MAX, quoteOf, wordsOf } from '../../../shared/comments/anchors.ts'
import { addDecision, decisionOf, discussionOf, removeDecision } from '../../../shared/documents/item-document.ts'
import { paragraphsOf } from '../../../shared/documents/rich-text.ts'
import type { DecisionId, UserId } from '../../../shared/ids.ts'
import { type SeededRandom, seededRandom, seedsToRun } from '../../support/seeded-random.ts'

const FIELD = 'discussion'

interface Noted {
  anchor: CommentAnchor
  quote: string
}

const counted = { edits: 0, anchors: 0, whole: 0, shrunk: 0, gone: 0, found: 0, splits: 0 }

/** Hangul syllables one after another, beginning again after 11,172 of them. */
function letters() {
  let next = 0
  return (length: number) => Array.from({ length }, () => String.fromCharCode(0xac00 + (next++ % 11_172))).join('')
}

const textsOf = (doc: Y.Doc) =>
  discussionOf(doc)
    .toArray()
    .flatMap(block => (block instanceof Y.XmlElement ? block.toArray() : []))
    .filter(part => part instanceof Y.XmlText)

/** One edit as an editor makes it: letters in or out, a mark, a paragraph in or out, an Enter that makes its second half anew. */
function edit(doc: Y.Doc, random: SeededRandom, write: (length: number) => string, splits: boolean): void {
  const root = discussionOf(doc)
  const texts = textsOf(doc)
  const text = texts.length > 0 ? random.pick(texts) : undefined
  const at = text ? random.below(text.length + 1) : 0
  const rest = text ? text.length - at : 0
  const what = random.below(12)
  counted.edits += 1
  doc.transact(() => {
    if (text === undefined || what === 0) {
      root.insert(random.below(root.length + 1), paragraphsOf(write(1 + random.below(12))))
    } else if (what === 1 && root.length > 2) {
      root.delete(random.below(root.length), 1)
    } else if (what === 2 && rest > 0) {
      text.format(at, 1 + random.below(rest), { bold: random.chance(0.5) ? {} : null })
    } else if (splits && what === 3 && rest > 0 && text.parent instanceof Y.XmlElement) {
      counted.splits += 1
      const behind =
        wordsOf(root).slice(0) &&
        text
          .toDelta()
          .map((run: { insert?: unknown }) => String(run.insert))
          .join('')
          .slice(at)
      const block = root.toArray().indexOf(text.parent)
      text.delete(at, rest)
      root.insert(block + 1, paragraphsOf(behind))
    } else if (what < 7 && rest > 0) {
      text.delete(at, 1 + random.below(Math.min(rest, 4)))
    } else {
      text.insert(at, write(1 + random.below(3)))
    }
  })
}

function note(doc: Y.Doc, random: SeededRandom): Noted | undefined {
  const words = wordsOf(discussionOf(doc))
  const from = random.below(words.length + 1)
  const to = Math.min(words.length, from + 1 + random.below(12))
  const anchor = anchorOn(discussionOf(doc), FIELD, { from, to })
  if (anchor === undefined) {
    expect(words.slice(from, to).trim()).toBe('')
    return undefined
  }
  const quote = must(quoteOf(doc, anchor), 'what it was just made on')
  // Line breaks at the ends hold on to nothing.
  expect(quote).toBe(words.slice(from, to).replace(/^\n+|\n+$/g, ''))
  counted.anchors += 1
  return { anchor, quote }
}

/** What must hold of an anchor whatever was written since. */
function check(doc: Y.Doc, { anchor, quote }: Noted, splits: boolean): void {
  const words = wordsOf(discussionOf(doc))
  const place = placeOf(doc, anchor, quote)
  const own = [...quote].filter(letter => letter !== '\n')
  const left = own.filter(letter => words.includes(letter))
  if (place === undefined) {
    // Never said of words that stand there as they were.
    expect(words.split(quote).length === 2 && quote.length >= 4).toBe(false)
    counted.gone += 1
    return
  }
  const shown = words.slice(place.from, place.to)
  expect(shown.length).toBeGreaterThan(0)
  if (place.how === 'found') {
    expect(shown).toBe(quote)
    counted.found += 1
    return
  }
  // What was written anew has the same letters again and is not them.
  if (splits) return
  const [first, last] = [must(own[0], 'a letter'), must(own.at(-1), 'a letter')]
  expect(left.filter(letter => !shown.includes(letter))).toEqual([])
  if (!left.includes(first) || !left.includes(last)) counted.shrunk += 1
  else {
    counted.whole += 1
    expect([shown.at(0), shown.at(-1)]).toEqual([first, last])
  }
}

test('[CM8] an anchor goes from its first letter to its last wherever these stand, in every copy alike', () => {
  for (const seed of seedsToRun(60)) {
    const random = seededRandom(seed)
    const splits = seed % 2 === 0
    const write = letters()
    const docs = Array.from({ length: 3 }, () => new Y.Doc())
    const noted: Noted[] = []
    const meet = () => {
      for (const from of docs) {
        for (const to of docs) if (from !== to) Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)))
      }
    }
    for (let step = 0; step < 60; step++) {
      edit(random.pick(docs), random, write, splits)
      if (random.chance(0.3)) meet()
      if (random.chance(0.2)) {
        const one = note(random.pick(docs), random)
        if (one) noted.push(one)
      }
    }
    meet()
    for (const one of noted) {
      const places = docs.map(doc => placeOf(doc, one.anchor, one.quote))
      expect([seed, places[1], places[2]]).toEqual([seed, places[0], places[0]])
      check(must(docs[0], 'a copy'), one, splits)
    }
    // A copy that was stored and loaded says the same.
    const cold = new Y.Doc()
    Y.applyUpdate(cold, Y.encodeStateAsUpdate(must(docs[0], 'a copy')))
    for (const one of noted) {
      expect(placeOf(cold, one.anchor, one.quote)).toEqual(placeOf(must(docs[0], 'a copy'), one.anchor, one.quote))
    }
  }
  console.info(`anchors: ${JSON.stringify(counted)}`)
  if (process.env.SEED !== undefined) return
  for (const [what, times] of Object.entries(counted)) expect([what, times > 0]).toEqual([what, true])
})

/** A document with these words, and an anchor on a part of them. */
function noted(words: string, part: string): Noted & { doc: Y.Doc; text: (block: number) => Y.XmlText } {
  const doc = new Y.Doc()
  discussionOf(doc).insert(0, paragraphsOf(words))
  const from = words.indexOf(part)
  const anchor = must(anchorOn(discussionOf(doc), FIELD, { from, to: from + part.length }), 'an anchor')
  expect(quoteOf(doc, anchor)).toBe(part)
  const text = (block: number) => must(textsOf(doc)[block], 'a paragraph')
  return { doc, anchor, quote: part, text }
}
const shown = ({ doc, anchor, quote }: Noted & { doc: Y.Doc }) => {
  const place = placeOf(doc, anchor, quote)
  return place && `${place.how}: ${wordsOf(discussionOf(doc)).slice(place.from, place.to)}`
}

test('[CM8] what is written before, behind and around moves it; what is written inside is in it', () => {
  const one = noted('어머니 병원비를 본다', '병원비')
  one.text(0).insert(0, '먼저 ')
  one.text(0).insert(one.text(0).toString().indexOf('를'), '와 간병비')
  expect(shown(one)).toBe('held: 병원비')
  one.text(0).insert(one.text(0).toString().indexOf('원'), '（큰）')
  expect(shown(one)).toBe('held: 병（큰）원비')
  discussionOf(one.doc).insert(0, paragraphsOf('앞 문단\n또 한 문단'))
  one.text(2).format(0, 8, { bold: {} })
  expect(shown(one)).toBe('held: 병（큰）원비')
})

test('[CM8] it spans paragraphs, and loses what is taken away', () => {
  const one = noted('첫째 줄\n둘째 줄\n셋째 줄', '줄\n둘째 줄\n셋째')
  expect(shown(one)).toBe('held: 줄\n둘째 줄\n셋째')
  discussionOf(one.doc).delete(1, 1)
  expect(shown(one)).toBe('held: 줄\n셋째')
  one.text(0).delete(3, 1)
  expect(shown(one)).toBe('held: 셋째')
})

test('[CM8] a taking back brings it back', () => {
  const one = noted('어머니 병원비를 본다', '병원비')
  const undo = new Y.UndoManager(discussionOf(one.doc), { captureTimeout: 0 })
  one.text(0).delete(4, 3)
  expect(shown(one)).toBeUndefined()
  undo.undo()
  expect(shown(one)).toBe('held: 병원비')
})

test('[CM9] words that were written anew stand where they stand once; twice, or a word too short, is nowhere', () => {
  const one = noted('어머니 병원비를 먼저 본다', '병원비를 먼저')
  // An Enter in front of them: the editor writes the second half anew.
  one.text(0).delete(4, one.text(0).length - 4)
  expect(shown(one)).toBeUndefined()
  discussionOf(one.doc).insert(1, paragraphsOf('병원비를 먼저 본다'))
  expect(shown(one)).toBe('found: 병원비를 먼저')
  discussionOf(one.doc).insert(2, paragraphsOf('다시 병원비를 먼저'))
  expect(shown(one)).toBeUndefined()
  const short = noted('비를 본다', '비를')
  short.text(0).delete(0, 3)
  discussionOf(short.doc).insert(1, paragraphsOf('비를'))
  expect(shown(short)).toBeUndefined()
})

test('[CM9] a decision that was removed takes its words along, and its comment not', () => {
  const doc = new Y.Doc()
  const id = 'd'.repeat(22) as DecisionId
  const at = '2026-11-24T05:00:00.000Z'
  addDecision(doc, { id, kind: 'select_service_linkage', by: 'u'.repeat(22) as UserId, at, text: '간병비를 연계한다' })
  const text = must(decisionOf(doc, id), 'the decision').text
  const anchor = must(anchorOn(text, `decision:${id}`, { from: 0, to: 4 }), 'an anchor')
  expect(quoteOf(doc, anchor)).toBe('간병비를')
  removeDecision(doc, id)
  expect(placeOf(doc, anchor, '간병비를')).toBeUndefined()
})

test('a long choice is quoted from its beginning, no letter of two halves is cut, and an empty one is none', () => {
  const doc = new Y.Doc()
  discussionOf(doc).insert(0, paragraphsOf(`${'가'.repeat(QUOTE_MAX - 1)}👵🏻 어머니`))
  const anchor = must(anchorOn(discussionOf(doc), FIELD, { from: 0, to: QUOTE_MAX + 5 }), 'an anchor')
  expect(quoteOf(doc, anchor)).toBe('가'.repeat(QUOTE_MAX - 1))
  expect(anchorOn(discussionOf(doc), FIELD, { from: 3, to: 3 })).toBeUndefined()
  expect(anchorOn(discussionOf(new Y.Doc()), FIELD, { from: 0, to: 10 })).toBeUndefined()
})
