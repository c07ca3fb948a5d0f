/**
 * Where in an item's document a comment stands. An anchor names the first and the last letter that it is about by their ids in the shared text, so it
 * moves with them, whoever writes before, between or behind. Places are counted in the text's words: paragraphs and headings in their order with one
 * letter between two of them, a line break counting one, as {@link wordsOf} writes them.
 */
import * as Y from 'yjs'
import { decisionOf, discussionOf, opinionOf, parseOpinionRoot, presentationOf } from '../documents/item-document.ts'
import { type DecisionId, isId } from '../ids.ts'

/** A letter's id: the client that wrote it, and the how manieth of that client's it is. */
export type LetterId = readonly [client: number, clock: number]

export interface CommentAnchor {
  /** Which text, as its editor names it: `presentation`, `discussion`, `opinion:…`, `decision:…`, `reason:…`, `condition:…`. */
  field: string
  start: LetterId
  end: LetterId
}

/** From, up to and not including. */
export interface WordRange {
  from: number
  to: number
}

/** `held`: by its letters. `found`: these are gone, and the words stand once elsewhere in the same text. */
export type AnchorPlace = WordRange & { how: 'held' | 'found' }

/** Longer would be a page of quote beside one line. */
export const QUOTE_MAX = 500
/** A word alone stands in many places. */
const SHORTEST_FOUND = 4

/** The text that an editor of the item is for; undefined for a name that is none, and for a text that is not there. Creates nothing. */
export function textOfField(doc: Y.Doc, field: string): Y.XmlFragment | undefined {
  if (field === 'presentation') return presentationOf(doc)
  if (field === 'discussion') return discussionOf(doc)
  const opinion = parseOpinionRoot(field)
  if (opinion) return doc.share.has(field) ? opinionOf(doc, opinion.need, opinion.agencyId) : undefined
  const [part, id, ...rest] = field.split(':')
  if (rest.length > 0 || !isId(id)) return undefined
  const decision = decisionOf(doc, id as DecisionId)
  if (part === 'decision') return decision?.text
  return part === 'reason' || part === 'condition' ? decision?.[part] : undefined
}

/** A run of letters, or a line break (no text). */
interface Run extends WordRange {
  text: Y.XmlText | undefined
}

function runsOf(fragment: Y.XmlFragment): Run[] {
  const runs: Run[] = []
  let at = 0
  let isFirst = true
  const walk = (parent: Y.XmlFragment) => {
    for (const child of parent.toArray()) {
      if (!(child instanceof Y.XmlElement)) continue
      if (child.nodeName !== 'paragraph' && child.nodeName !== 'heading') {
        walk(child)
        continue
      }
      if (!isFirst) at += 1
      isFirst = false
      for (const part of child.toArray()) {
        const text = part instanceof Y.XmlText ? part : undefined
        const to = at + (text?.length ?? 1)
        runs.push({ from: at, to, text })
        at = to
      }
    }
  }
  walk(fragment)
  return runs
}

/** The words in which places are counted. */
export function wordsOf(fragment: Y.XmlFragment): string {
  let words = ''
  for (const { from, text } of runsOf(fragment)) {
    // Between two paragraphs, empty ones among them.
    words = words.padEnd(from, '\n') + (text === undefined ? '\n' : lettersOf(text))
  }
  return words
}

function lettersOf(text: Y.XmlText): string {
  return (text.toDelta() as { insert?: unknown }[])
    .map(({ insert }) => (typeof insert === 'string' ? insert : '\n'))
    .join('')
}

/** An anchor on these words, of more than {@link QUOTE_MAX} on the first ones. Undefined where they hold no letter. */
export function anchorOn(fragment: Y.XmlFragment, field: string, { from, to }: WordRange): CommentAnchor | undefined {
  const end = Math.min(to, from + QUOTE_MAX)
  if (from >= end) return undefined
  const runs = runsOf(fragment).filter(run => run.text !== undefined && run.from < run.to)
  const first = runs.find(run => run.to > from)
  const last = runs.findLast(run => run.from < end)
  if (first?.text === undefined || last?.text === undefined || first.from > last.from) return undefined
  const start = letterAt(first.text, Math.max(from, first.from) - first.from)
  const stop = letterAt(last.text, Math.min(end, last.to) - last.from - 1)
  return start && stop && { field, start, end: stop }
}

function letterAt(text: Y.XmlText, index: number): LetterId | undefined {
  const { item } = Y.createRelativePositionFromTypeIndex(text, index, 0)
  return item === null ? undefined : [item.client, item.clock]
}

/** Where it stands now. Undefined when its words are gone, and in a copy that does not know them yet. Changes nothing. */
export function placeOf(doc: Y.Doc, anchor: CommentAnchor, quote: string): AnchorPlace | undefined {
  const fragment = textOfField(doc, anchor.field)
  if (fragment === undefined) return undefined
  const held = heldBy(doc, fragment, anchor)
  if (held) return { ...held, how: 'held' }
  if (quote.length < SHORTEST_FOUND) return undefined
  const words = wordsOf(fragment)
  const at = words.indexOf(quote)
  if (at < 0 || words.indexOf(quote, at + 1) >= 0) return undefined
  return { from: at, to: at + quote.length, how: 'found' }
}

/** The words that an anchor holds now, at most {@link QUOTE_MAX}; undefined where it holds none. */
export function quoteOf(doc: Y.Doc, anchor: CommentAnchor): string | undefined {
  const fragment = textOfField(doc, anchor.field)
  const held = fragment && heldBy(doc, fragment, anchor)
  if (fragment === undefined || held === undefined) return undefined
  const quote = wordsOf(fragment).slice(held.from, Math.min(held.to, held.from + QUOTE_MAX))
  // A letter of two halves is not cut.
  return /[\ud800-\udbff]$/.test(quote) ? quote.slice(0, -1) : quote
}

function heldBy(doc: Y.Doc, fragment: Y.XmlFragment, { start, end }: CommentAnchor): WordRange | undefined {
  const runs = runsOf(fragment)
  const from = placeOfLetter(doc, runs, start, 0)
  const to = placeOfLetter(doc, runs, end, -1)
  return from === undefined || to === undefined ? undefined : withoutBreaksAtEnds(wordsOf(fragment), { from, to })
}

/** Where a letter at an end was taken away, the break beside it is none of the words. */
function withoutBreaksAtEnds(words: string, { from, to }: WordRange): WordRange | undefined {
  let [first, end] = [from, to]
  while (first < end && words[first] === '\n') first += 1
  while (end > first && words[end - 1] === '\n') end -= 1
  return first < end ? { from: first, to: end } : undefined
}

/** @param assoc 0: before the letter, -1: behind it. Where the letter is gone, what is left closes up around the place. */
function placeOfLetter(doc: Y.Doc, runs: readonly Run[], [client, clock]: LetterId, assoc: 0 | -1): number | undefined {
  const position = new Y.RelativePosition(null, null, Y.createID(client, clock), assoc)
  const place = Y.createAbsolutePositionFromRelativePosition(position, doc)
  const run = place === null ? undefined : runs.find(({ text }) => text === place.type)
  return run && place !== null ? run.from + Math.min(place.index, run.to - run.from) : undefined
}
