/** Places of the editor and places in a text's words: real ProseMirror transactions on the editor's own schema, written by its binding. */
import { Extension, getSchema } from '@tiptap/core'
import { joinBackward, setBlockType, splitBlock, toggleMark } from '@tiptap/pm/commands'
import type { Schema } from '@tiptap/pm/model'
import { splitListItem, wrapInList } from '@tiptap/pm/schema-list'
import { EditorState, TextSelection } from '@tiptap/pm/state'
import { expect, test } from 'vitest'
import { updateYFragment, yXmlFragmentToProseMirrorRootNode } from 'y-prosemirror'
import * as Y from 'yjs'
import { placesOfWords, wordsChosen } from '../../../client/features/comments/editor-places.ts'
import { extensionsFor } from '../../../client/features/room/text/extensions.ts'
import { must } from '../../../shared/assert.ts'
import { anchorOn, placeOf, quoteOf, wordsOf } from '../../../shared/comments/anchors.ts'
import { discussionOf } from '../../../shared/documents/item-document.ts'
import { seededRandom, seedsToRun } from '../../support/seeded-random.ts'

const schema: Schema = getSchema(extensionsFor(Extension.create({ name: 'shared' })))
const node = (name: string) => must(schema.nodes[name], name)

/** One person's editor on a shared text. */
function editor() {
  const doc = new Y.Doc()
  const text = discussionOf(doc)
  let state = EditorState.create({ doc: must(node('doc').createAndFill(), 'an empty document') })
  const mapping = { mapping: new Map(), isOMark: new Map() }
  return {
    doc,
    text,
    get state() {
      return state
    },
    words: () => wordsOf(text),
    /** Puts the caret, or chooses. */
    choose(from: number, to = from) {
      const size = state.doc.content.size
      const [start, end] = [state.doc.resolve(Math.min(from, size)), state.doc.resolve(Math.min(to, size))]
      state = state.apply(state.tr.setSelection(TextSelection.between(start, end)))
    },
    run(command: (state: EditorState, dispatch: (transaction: EditorState['tr']) => void) => boolean) {
      command(state, transaction => {
        state = state.apply(transaction)
      })
      doc.transact(() => updateYFragment(doc, text, state.doc, mapping))
    },
    type(letters: string) {
      this.run((now, dispatch) => {
        dispatch(now.tr.insertText(letters))
        return true
      })
    },
  }
}

test('what is chosen in the editor is what the words say, and back, whatever paragraphs, lists, headings and breaks there are', () => {
  let compared = 0
  for (const seed of seedsToRun(20)) {
    const random = seededRandom(seed)
    const one = editor()
    for (let step = 0; step < 40; step++) {
      one.choose(random.below(one.state.doc.content.size + 1))
      const what = random.below(9)
      if (what === 0) one.run(splitBlock)
      else if (what === 1) one.run(splitListItem(node('listItem')))
      else if (what === 2) one.run(joinBackward)
      else if (what === 3) one.run(wrapInList(node('bulletList')))
      else if (what === 4) one.run(setBlockType(node('heading'), { level: 2 }))
      else if (what === 5) {
        one.run((now, dispatch) => {
          dispatch(now.tr.replaceSelectionWith(node('hardBreak').create()))
          return true
        })
      } else if (what === 6) {
        one.choose(random.below(one.state.doc.content.size + 1), random.below(one.state.doc.content.size + 1))
        one.run(toggleMark(must(schema.marks.bold, 'bold')))
      } else one.type(String.fromCharCode(0xac00 + step, 0xac00 + random.below(11_000)))

      const { doc } = one.state
      const words = one.words()
      const from = random.below(words.length + 1)
      const to = from + random.below(words.length - from + 1)
      const range = { from, to }
      const places = placesOfWords(doc, range)
      const shown = places ? doc.textBetween(places.words.from, places.words.to, '\n', '\n') : ''
      const trimmed = (text: string) => text.replace(/^\n+|\n+$/g, '')
      expect([seed, step, trimmed(shown).replace(/\n+/g, '\n')]).toEqual([
        seed,
        step,
        trimmed(words.slice(from, to)).replace(/\n+/g, '\n'),
      ])
      if (places && trimmed(shown) === shown && shown !== '') {
        expect([seed, step, wordsChosen(doc, places.words)]).toEqual([
          seed,
          step,
          { from: range.from + leading(words, range), to: range.to - trailing(words, range) },
        ])
        compared += 1
      }
    }
  }
  expect(compared).toBeGreaterThan(50)
})

const leading = (words: string, { from, to }: { from: number; to: number }) =>
  /^\n*/.exec(words.slice(from, to))?.[0].length ?? 0
const trailing = (words: string, { from, to }: { from: number; to: number }) =>
  /\n*$/.exec(words.slice(from, to))?.[0].length ?? 0

test('a caret means its paragraph; an empty one holds no words', () => {
  const one = editor()
  one.type('첫 문단')
  one.run(splitBlock)
  one.run(splitBlock)
  one.type('셋째 문단')
  expect(one.words()).toBe('첫 문단\n\n셋째 문단')
  const chosen = (at: number) => {
    const { from, to } = wordsChosen(one.state.doc, { from: at, to: at })
    return one.words().slice(from, to)
  }
  expect([chosen(1), chosen(5), chosen(7), chosen(9)]).toEqual(['첫 문단', '첫 문단', '', '셋째 문단'])
})

test('[CM9] Enter before the words of a comment writes them anew, and it is there still', () => {
  const one = editor()
  one.type('어머니 병원비를 먼저 보고 나머지를 본다')
  const from = one.words().indexOf('병원비')
  const about = must(anchorOn(one.text, 'discussion', { from, to: from + 7 }), 'an anchor')
  const quote = must(quoteOf(one.doc, about), 'its words')
  expect(quote).toBe('병원비를 먼저')
  one.choose(1 + from)
  one.run(splitBlock)
  const place = must(placeOf(one.doc, about, quote), 'a place')
  expect([place.how, one.words().slice(place.from, place.to)]).toEqual(['found', quote])
  const { words } = must(placesOfWords(one.state.doc, place), 'places of the editor')
  expect(one.state.doc.textBetween(words.from, words.to)).toBe(quote)
  // And joined again.
  one.choose(one.state.doc.child(0).nodeSize + 1)
  one.run(joinBackward)
  const again = must(placeOf(one.doc, about, quote), 'a place')
  expect(one.words().slice(again.from, again.to)).toBe(quote)
  expect(yXmlFragmentToProseMirrorRootNode(one.text, schema).textContent).toBe(one.state.doc.textContent)
})
