/**
 * A long text put back to what it was. Blocks that are the same stay untouched; of a paragraph that differs only the letters that differ are
 * written. What cannot be told apart so finely (line breaks within a paragraph) is written anew.
 */
import * as Y from 'yjs'
import type { RichTextNode } from '../documents/rich-text.ts'
import { type Nodes, nodesOf } from './nodes.ts'
import { stepsBetween } from './steps.ts'
import { textDiff } from './text-diff.ts'

/** To be called in a transaction. Afterwards `nodesOf(text)` equals `target`. */
export function restoreText(text: Y.XmlFragment, target: Nodes): void {
  restoreBlocks(text, target)
  if (!isSame(nodesOf(text), target)) writeAnew(text, target)
}

const keyOf = (node: unknown): string => JSON.stringify(node)
const isSame = (a: Nodes, b: Nodes): boolean => keyOf(a) === keyOf(b)

function writeAnew(parent: Y.XmlFragment, target: Nodes): void {
  if (parent.length > 0) parent.delete(0, parent.length)
  parent.insert(0, builtFrom(target))
}

/** Children that are elements, one node each. Anything else is written anew. */
function restoreBlocks(parent: Y.XmlFragment, target: Nodes): void {
  const children = parent.toArray()
  if (!children.every(child => child instanceof Y.XmlElement) || target.some(node => node.type === 'text')) {
    if (!isSame(nodesOf(parent), target)) writeAnew(parent, target)
    return
  }
  const now = nodesOf(parent)
  const steps = stepsBetween(now.map(keyOf), target.map(keyOf))
  let at = 0
  let wanted = 0
  for (let step = 0; step < steps.length; ) {
    if (steps[step]?.kind === 'same') {
      at++
      wanted++
      step++
      continue
    }
    let [gone, added] = [0, 0]
    for (; step < steps.length && steps[step]?.kind !== 'same'; step++) {
      if (steps[step]?.kind === 'gone') gone++
      else added++
    }
    const wishes = target.slice(wanted, wanted + added)
    restoreStretch(parent, at, gone, wishes)
    at += added
    wanted += added
  }
}

/** Blocks that stand where others should: those of one kind are changed into each other, in their order. */
function restoreStretch(parent: Y.XmlFragment, start: number, gone: number, wishes: Nodes): void {
  let at = start
  let left = gone
  for (const wish of wishes) {
    const found = left > 0 ? parent.get(at) : undefined
    if (found instanceof Y.XmlElement && found.nodeName === wish.type) {
      restoreElement(found, wish)
      left--
    } else {
      parent.insert(at, builtFrom([wish]))
    }
    at++
  }
  if (left > 0) parent.delete(at, left)
}

type AnyElement = Y.XmlElement<Record<string, string | number | boolean | null>>

function restoreElement(element: Y.XmlElement, wish: RichTextNode): void {
  restoreAttributes(element as AnyElement, wish.attrs ?? {})
  const content = wish.content ?? []
  const only = element.toArray()
  const [text] = only
  const isRun = content.length > 0 && content.every(node => node.type === 'text')
  if (only.length === 1 && text instanceof Y.XmlText && isRun) restoreRun(text, content)
  else restoreBlocks(element, content)
}

function restoreAttributes(element: AnyElement, wanted: NonNullable<RichTextNode['attrs']>): void {
  const now = element.getAttributes()
  for (const name of Object.keys(now)) if (!Object.hasOwn(wanted, name)) element.removeAttribute(name)
  for (const [name, value] of Object.entries(wanted)) if (now[name] !== value) element.setAttribute(name, value)
}

interface Marked {
  insert?: unknown
  attributes?: Record<string, unknown>
}

/** Letters first, then marks. */
function restoreRun(text: Y.XmlText, content: Nodes): void {
  const words = content.map(node => node.text ?? '').join('')
  const before = (text.toDelta() as Marked[]).map(run => (typeof run.insert === 'string' ? run.insert : '')).join('')
  // Composed and decomposed letters are one to the comparison and not to the record.
  const pieces =
    before.normalize('NFC') === before && words.normalize('NFC') === words
      ? textDiff(before, words)
      : ([
          { kind: 'gone', words: before },
          { kind: 'new', words },
        ] as const)
  let at = 0
  for (const piece of pieces) {
    if (piece.words === '') continue
    if (piece.kind === 'gone') text.delete(at, piece.words.length)
    else {
      if (piece.kind === 'new') text.insert(at, piece.words, {})
      at += piece.words.length
    }
  }
  let start = 0
  for (const node of content) {
    const length = node.text?.length ?? 0
    mark(text, start, length, marksOf(node))
    start += length
  }
}

type Marks = Record<string, unknown>

const marksOf = (node: RichTextNode): Marks =>
  Object.fromEntries((node.marks ?? []).map(({ type, attrs }) => [type, attrs ?? {}]))

/** Only where they are others: a mark that is written again is a new hand's. */
function mark(text: Y.XmlText, start: number, length: number, wanted: Marks): void {
  let at = 0
  for (const { insert, attributes = {} } of text.toDelta() as Marked[]) {
    const size = typeof insert === 'string' ? insert.length : 1
    const from = Math.max(at, start)
    const to = Math.min(at + size, start + length)
    at += size
    if (from >= to) continue
    const changes: Marks = {}
    for (const name of Object.keys(attributes)) if (!Object.hasOwn(wanted, name)) changes[name] = null
    for (const [name, value] of Object.entries(wanted)) {
      if (!isSameMark(attributes[name], value)) changes[name] = value
    }
    if (Object.keys(changes).length > 0) text.format(from, to - from, changes)
  }
}

function isSameMark(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return a === b
  const inOrder = (values: object) => keyOf(Object.entries(values).sort(([x], [y]) => (x < y ? -1 : 1)))
  return inOrder(a) === inOrder(b)
}

function builtFrom(nodes: Nodes): (Y.XmlElement | Y.XmlText)[] {
  const built: (Y.XmlElement | Y.XmlText)[] = []
  let run: { text: Y.XmlText; length: number } | undefined
  for (const node of nodes) {
    if (node.type === 'text') {
      if (run === undefined) {
        run = { text: new Y.XmlText(), length: 0 }
        built.push(run.text)
      }
      run.text.insert(run.length, node.text ?? '', marksOf(node))
      run.length += node.text?.length ?? 0
      continue
    }
    run = undefined
    const element = new Y.XmlElement(node.type)
    for (const [name, value] of Object.entries(node.attrs ?? {})) (element as AnyElement).setAttribute(name, value)
    const content = builtFrom(node.content ?? [])
    if (content.length > 0) element.insert(0, content)
    built.push(element)
  }
  return built
}
