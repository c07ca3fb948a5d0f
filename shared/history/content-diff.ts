/**
 * What differs between two moments of an item, for people to read: first what a meeting decides (decisions and action items, their kind, agency,
 * person, date, amount), then texts, word by word.
 */
import type { NeedDomain } from '../codes.ts'
import type { ActionId, AgencyId, DecisionId } from '../ids.ts'
import type { ActionContent, DecisionContent, ItemContent } from './item-content.ts'
import { type Nodes, wordsIn } from './nodes.ts'
import { type TextPiece, textDiff } from './text-diff.ts'

/** A plain field with what it was and is. */
export interface ValueChange<Field extends string> {
  field: Field
  before: string | number | null
  after: string | number | null
}

/** `pieces` without a new or gone one: only how the words look is another. */
export interface TextChange<Field extends string> {
  field: Field
  pieces: readonly TextPiece[]
}

export type DecisionValue = 'kind' | 'need'
export type DecisionText = 'text' | 'reason' | 'condition'
export type ActionValue = 'agencyId' | 'person' | 'due' | 'amount' | 'need'
export type ActionText = 'what' | 'rule'
export type Part = 'presentation' | 'discussion'

export interface EntryDifference<On extends string, Id, Value extends string, Text extends string> {
  on: On
  id: Id
  /** As people see it: its number in the later moment, or, of what is gone, in the earlier one. From 1. */
  number: number
  change: 'changed' | 'new' | 'gone'
  /** It stands in another place among those that are in both. */
  isMoved: boolean
  values: readonly ValueChange<Value>[]
  texts: readonly TextChange<Text>[]
}

export interface ItemDifferences {
  decisions: readonly EntryDifference<'decision', DecisionId, DecisionValue, DecisionText>[]
  actions: readonly EntryDifference<'action', ActionId, ActionValue, ActionText>[]
  needs: { new: readonly NeedDomain[]; gone: readonly NeedDomain[] }
  parts: readonly TextChange<Part>[]
  opinions: readonly { need: NeedDomain; agencyId: AgencyId; pieces: readonly TextPiece[] }[]
}

export function differencesBetween(before: ItemContent, after: ItemContent): ItemDifferences {
  return {
    decisions: entryDifferences<'decision', DecisionId, DecisionValue, DecisionText, DecisionContent>(
      { on: 'decision', values: ['kind', 'need'], texts: ['text', 'reason', 'condition'] },
      before.decisions,
      after.decisions,
    ),
    actions: entryDifferences<'action', ActionId, ActionValue, ActionText, ActionContent>(
      { on: 'action', values: ['agencyId', 'person', 'due', 'amount', 'need'], texts: ['what', 'rule'] },
      before.actions,
      after.actions,
    ),
    needs: {
      new: after.needs.filter(need => !before.needs.includes(need)),
      gone: before.needs.filter(need => !after.needs.includes(need)),
    },
    parts: textChanges(['presentation', 'discussion'], before, after),
    opinions: opinionChanges(before, after),
  }
}

export function isNoDifference({ decisions, actions, needs, parts, opinions }: ItemDifferences): boolean {
  return [decisions, actions, needs.new, needs.gone, parts, opinions].every(list => list.length === 0)
}

interface Fields<On, Value, Text> {
  on: On
  values: readonly Value[]
  texts: readonly Text[]
}

function entryDifferences<
  On extends string,
  Id extends string,
  Value extends string,
  Text extends string,
  Entry extends { id: Id } & Record<Value, string | number | null> & Record<Text, Nodes>,
>(
  { on, values, texts }: Fields<On, Value, Text>,
  before: readonly Entry[],
  after: readonly Entry[],
): EntryDifference<On, Id, Value, Text>[] {
  const stayedBefore = before.filter(one => after.some(other => other.id === one.id)).map(one => one.id)
  const stayedAfter = after.filter(one => before.some(other => other.id === one.id)).map(one => one.id)
  const of = (
    id: Id,
    change: 'changed' | 'new' | 'gone',
    number: number,
    [was, is]: [Entry | undefined, Entry | undefined],
  ) => {
    return {
      on,
      id,
      number,
      change,
      isMoved: change === 'changed' && stayedBefore.indexOf(id) !== stayedAfter.indexOf(id),
      values: values.flatMap((field): ValueChange<Value>[] => {
        const [then, now] = [was?.[field] ?? null, is?.[field] ?? null]
        return isSameValue(then, now) ? [] : [{ field, before: then, after: now }]
      }),
      texts: textChanges(texts, was, is),
    }
  }
  const found = after.map((is, index) => {
    const was = before.find(one => one.id === is.id)
    return of(is.id, was === undefined ? 'new' : 'changed', index + 1, [was, is])
  })
  const gone = before.flatMap((was, index) =>
    after.some(one => one.id === was.id) ? [] : [of(was.id, 'gone', index + 1, [was, undefined])],
  )
  return [...found, ...gone].filter(
    one => one.change !== 'changed' || one.isMoved || one.values.length > 0 || one.texts.length > 0,
  )
}

/** Nothing said yet is the empty text or null, and syllables that came in pieces are the same syllables. */
function isSameValue(a: string | number | null, b: string | number | null): boolean {
  const plain = (value: string | number | null) => (typeof value === 'string' ? value.normalize('NFC') : (value ?? ''))
  return plain(a) === plain(b)
}

function textChanges<Field extends string>(
  fields: readonly Field[],
  before: Record<Field, Nodes> | undefined,
  after: Record<Field, Nodes> | undefined,
): TextChange<Field>[] {
  return fields.flatMap(field => {
    const pieces = piecesOf(before?.[field] ?? [], after?.[field] ?? [])
    return pieces === undefined ? [] : [{ field, pieces }]
  })
}

function opinionChanges(before: ItemContent, after: ItemContent): ItemDifferences['opinions'] {
  const keyOf = ({ need, agencyId }: { need: NeedDomain; agencyId: AgencyId }) => `${need}:${agencyId}`
  const places = new Map([...after.opinions, ...before.opinions].map(one => [keyOf(one), one]))
  return [...places].flatMap(([key, { need, agencyId }]) => {
    const textIn = (content: ItemContent) => content.opinions.find(one => keyOf(one) === key)?.text ?? []
    const pieces = piecesOf(textIn(before), textIn(after))
    return pieces === undefined ? [] : [{ need, agencyId, pieces }]
  })
}

const wordsOf = (nodes: Nodes): string => wordsIn(nodes).replace(/^\n+/, '').trimEnd()

/** Undefined where nothing differs. Empty paragraphs at the ends are no words. */
function piecesOf(before: Nodes, after: Nodes): TextPiece[] | undefined {
  if (JSON.stringify(before) === JSON.stringify(after)) return undefined
  const [was, is] = [wordsOf(before), wordsOf(after)]
  if (was === '' && is === '') return undefined
  return textDiff(was, is)
}
