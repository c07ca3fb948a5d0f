/**
 * The editor itself: real ProseMirror transactions on the editor's own schema, written into the documents by its binding. Several people at once,
 * splitting and joining paragraphs, lists, marks and links, undoing. Nothing is refused and everybody ends with the same text.
 */
import { Extension, getSchema } from '@tiptap/core'
import { joinBackward, lift, selectAll, setBlockType, splitBlock, toggleMark, wrapIn } from '@tiptap/pm/commands'
import { type Node, type Schema, Slice } from '@tiptap/pm/model'
import { liftListItem, sinkListItem, splitListItem, wrapInList } from '@tiptap/pm/schema-list'
import { type Command, EditorState, TextSelection } from '@tiptap/pm/state'
import { expect, test } from 'vitest'
import { updateYFragment, yXmlFragmentToProseMirrorRootNode } from 'y-prosemirror'
import * as Y from 'yjs'
import { extensionsFor } from '../../client/features/room/text/extensions.ts'
import { must } from '../../shared/assert.ts'
import { brokenInvariants } from '../../shared/documents/invariants.ts'
import { discussionOf } from '../../shared/documents/item-document.ts'
import { isAllowedLink, MARKS, NODES } from '../../shared/documents/rich-text.ts'
import { type SeededRandom, seededRandom, seedsToRun } from '../support/seeded-random.ts'
import { GuardedCopy, words, writerFacts } from './guard-people.ts'

const schema: Schema = getSchema(extensionsFor(Extension.create({ name: 'shared' })))

test('the editor’s schema and the documents’ layout name the same nodes and marks', () => {
  const nodes = Object.keys(schema.nodes).filter(name => name !== 'doc' && name !== 'text')
  expect(nodes.sort()).toEqual([...NODES.keys()].sort())
  expect(Object.keys(schema.marks).sort()).toEqual([...MARKS.keys()].sort())
  for (const name of nodes) {
    const attributes = Object.keys(schema.nodes[name]?.spec.attrs ?? {})
    expect([...(NODES.get(name)?.attributes.keys() ?? [])].sort(), name).toEqual(attributes.sort())
  }
  for (const [name, rules] of MARKS) {
    expect([...rules.keys()].sort(), name).toEqual(Object.keys(schema.marks[name]?.spec.attrs ?? {}).sort())
  }
  expect(isAllowedLink('https://www.bokjiro.go.kr/')).toBe(true)
})

const node = (name: string) => must(schema.nodes[name], name)
const markOf = (name: string) => must(schema.marks[name], name)

const COMMANDS: readonly (readonly [string, (random: SeededRandom) => Command])[] = [
  ['split', () => splitBlock],
  ['join', () => joinBackward],
  ['heading', random => setBlockType(node('heading'), { level: 1 + random.below(3) })],
  ['paragraph', () => setBlockType(node('paragraph'))],
  ['quote', () => wrapIn(node('blockquote'))],
  ['lift', () => lift],
  ['bullets', () => wrapInList(node('bulletList'))],
  ['numbers', () => wrapInList(node('orderedList'), { start: 3 })],
  ['next item', () => splitListItem(node('listItem'))],
  ['sink', () => sinkListItem(node('listItem'))],
  ['raise', () => liftListItem(node('listItem'))],
  ['mark', random => toggleMark(markOf(random.pick(['bold', 'italic', 'underline', 'strike'])))],
  ['link', () => toggleMark(markOf('link'), { href: 'https://www.gov.kr/' })],
  ['all', () => selectAll],
  [
    'break',
    () => (state, dispatch) => {
      dispatch?.(state.tr.replaceSelectionWith(node('hardBreak').create()))
      return true
    },
  ],
  [
    'rule',
    () => (state, dispatch) => {
      dispatch?.(state.tr.replaceSelectionWith(node('horizontalRule').create()))
      return true
    },
  ],
]

/** One thing that somebody does in the editor, written through the binding as it writes it. */
function acts(doc: Y.Doc, random: SeededRandom): string {
  const fragment = discussionOf(doc)
  const root = fragment.length === 0 ? node('doc').createAndFill() : yXmlFragmentToProseMirrorRootNode(fragment, schema)
  let state = EditorState.create({ doc: must(root, 'an empty document') })
  // No caret stands between the two halves of a character beyond U+FFFF.
  const cut = (position: number): number => {
    const before = position > 0 ? state.doc.textBetween(position - 1, position) : ''
    return /[\ud800-\udbff]$/.test(before) ? position - 1 : position
  }
  const at = (): number => cut(random.below(state.doc.content.size + 1))
  const from = TextSelection.near(state.doc.resolve(at()))
  const to = random.chance(0.5) ? from : TextSelection.near(state.doc.resolve(at()))
  const selection = TextSelection.between(from.$from, to.$from)
  state = state.apply(state.tr.setSelection(selection))
  let did: string
  if (random.chance(0.45)) {
    did = 'type'
    state = state.apply(state.tr.insertText(words(random)))
  } else if (random.chance(0.15)) {
    did = 'cut'
    state = state.apply(state.tr.deleteSelection())
  } else if (random.chance(0.1)) {
    did = 'paste'
    const slice: Slice = state.doc.slice(0, cut(Math.min(state.doc.content.size, 20)))
    state = state.apply(state.tr.replaceSelection(new Slice(slice.content, 0, 0)))
  } else {
    const [name, command] = random.pick(COMMANDS)
    did = command(random)(state, tr => {
      state = state.apply(tr)
    })
      ? name
      : 'nothing'
  }
  doc.transact(() => updateYFragment(doc, fragment, state.doc, { mapping: new Map(), isOMark: new Map() }))
  return did
}

test('what people do in the editor is never refused, and everybody ends with the same text', () => {
  const seeds = seedsToRun(6)
  const done = new Map<string, number>()
  let accepted = 0
  for (const seed of seeds) {
    const random = seededRandom(seed)
    const server = new GuardedCopy('item')
    const people = [0, 1, 2].map(n => {
      const doc = new Y.Doc()
      doc.clientID = 10 + n
      const undo = new Y.UndoManager(discussionOf(doc), { captureTimeout: 0 })
      const unsent: Uint8Array[] = []
      doc.on('update', (update: Uint8Array, origin: unknown) => {
        if (origin !== 'server') unsent.push(update)
      })
      return { doc, undo, unsent, writer: writerFacts(n) }
    })
    const send = (from: (typeof people)[number]): void => {
      for (const update of from.unsent.splice(0)) {
        const verdict = server.take(update, from.writer)
        expect(verdict.ok ? 'taken' : `${verdict.detail} SEED=${seed}`).toBe('taken')
        accepted += 1
        for (const other of people) if (other !== from) Y.applyUpdate(other.doc, update, 'server')
      }
    }
    for (let step = 0; step < 120; step += 1) {
      const somebody = random.pick(people)
      if (random.chance(0.1)) somebody.undo.undo()
      else if (random.chance(0.05)) somebody.undo.redo()
      else {
        const did = acts(somebody.doc, random)
        done.set(did, (done.get(did) ?? 0) + 1)
      }
      if (random.chance(0.6)) send(somebody)
    }
    for (let round = 0; round < 3; round += 1) for (const somebody of people) send(somebody)
    expect(brokenInvariants(server.doc, 'item'), `SEED=${seed}`).toEqual([])
    for (const { doc } of people) {
      expect(discussionOf(doc).toString(), `SEED=${seed}`).toBe(discussionOf(server.doc).toString())
    }
    const shown: Node = yXmlFragmentToProseMirrorRootNode(discussionOf(server.doc), schema)
    expect(shown.childCount).toBe(discussionOf(server.doc).length)
  }
  expect(accepted).toBeGreaterThan(seeds.length * 40)
  for (const what of ['type', 'split', 'mark', 'bullets', 'cut']) expect(done.get(what) ?? 0, what).toBeGreaterThan(0)
})
