/**
 * What is read back at the end of an item (결정사항 확인): its decisions and action items as plain data, their canonical text, and what has
 * changed since something was confirmed. The server freezes it from the documents; screens show exactly this and hash it themselves.
 */
import { digest } from 'lib0/hash/sha256'
import { encodeUtf8 } from 'lib0/string'
import type * as Y from 'yjs'
import type { DecisionKind, NeedDomain } from '../codes.ts'
import { actionsOf } from '../documents/actions-document.ts'
import { decisionsOf } from '../documents/item-document.ts'
import { type RichTextNode, richTextOf } from '../documents/rich-text.ts'
import type { ActionId, AgencyId, DecisionId, ItemId } from '../ids.ts'

export interface ReadBackDecision {
  decisionId: DecisionId
  kind: DecisionKind | ''
  need: NeedDomain | ''
  text: string
  reason: string
  condition: string
}

export interface ReadBackAction {
  actionId: ActionId
  agencyId: AgencyId | ''
  person: string
  what: string
  rule: string
  /** Won; null when none is named. */
  amount: number | null
  /** `YYYY-MM-DD` or empty. */
  due: string
  need: NeedDomain | ''
}

export interface ReadBackContent {
  itemId: ItemId
  decisions: readonly ReadBackDecision[]
  actions: readonly ReadBackAction[]
}

/** More than anybody can read aloud; a meeting with more reads back item by item. */
export const MAX_READ_BACK_ENTRIES = 100
/** Letters of the canonical text: thirty pages. It travels to everybody at the table with each answer. */
export const MAX_READ_BACK_LETTERS = 60_000

export type DecisionField = Exclude<keyof ReadBackDecision, 'decisionId'>
export type ActionField = Exclude<keyof ReadBackAction, 'actionId'>

const DECISION_FIELDS = ['kind', 'need', 'text', 'reason', 'condition'] as const satisfies readonly DecisionField[]
const ACTION_FIELDS = [
  'agencyId',
  'person',
  'what',
  'rule',
  'amount',
  'due',
  'need',
] as const satisfies readonly ActionField[]

/** An item's decisions as they would be read now, in their order. */
export function readBackDecisionsOf(itemDoc: Y.Doc): ReadBackDecision[] {
  return decisionsOf(itemDoc).map(({ id, kind, need, text, reason, condition }) => ({
    decisionId: id,
    kind: kind ?? '',
    need,
    text: readAloud(text),
    reason: readAloud(reason),
    condition: readAloud(condition),
  }))
}

/** This item's action items in one of its action documents, in their order; those of earlier meetings and of other items are left out. */
export function readBackActionsOf(itemId: ItemId, actionDoc: Y.Doc): ReadBackAction[] {
  return actionsOf(actionDoc)
    .filter(action => action.itemId === itemId)
    .map(({ id, agencyId, person, what, rule, amount, due, need }) => ({
      actionId: id,
      agencyId,
      person: person.normalize('NFC'),
      what: readAloud(what),
      rule: readAloud(rule),
      amount,
      due,
      need,
    }))
}

/** Puts together what was read from the documents, the action documents in their order. An id that two of them hold counts once, the first. */
export function readBackContentFrom(
  itemId: ItemId,
  decisions: readonly ReadBackDecision[],
  actions: readonly (readonly ReadBackAction[])[],
): ReadBackContent {
  const byId = new Map<ActionId, ReadBackAction>()
  for (const action of actions.flat()) if (!byId.has(action.actionId)) byId.set(action.actionId, action)
  return { itemId, decisions, actions: [...byId.values()] }
}

/** Everything at once, where all documents are at hand. */
export function readBackContentOf(itemId: ItemId, itemDoc: Y.Doc, actionDocs: readonly Y.Doc[]): ReadBackContent {
  const actions = actionDocs.map(doc => readBackActionsOf(itemId, doc))
  return readBackContentFrom(itemId, readBackDecisionsOf(itemDoc), actions)
}

export function isNothingToRead({ decisions, actions }: ReadBackContent): boolean {
  return decisions.length === 0 && actions.length === 0
}

export function isTooLongToRead(content: ReadBackContent): boolean {
  return (
    content.decisions.length + content.actions.length > MAX_READ_BACK_ENTRIES ||
    canonicalText(content).length > MAX_READ_BACK_LETTERS
  )
}

/**
 * The one text that a content has: the same for equal contents, however their objects were made, and another for any difference, invisible
 * letters and order included. The first line names the form; a new form gets a new number and the old one stays readable. Words are quoted as
 * JSON, so that nothing written in a text can look like a line of it.
 */
export function canonicalText(content: ReadBackContent): string {
  const lines = ['dure read-back 1', `item ${quoted(content.itemId)}`]
  for (const decision of content.decisions) {
    lines.push(`decision ${quoted(decision.decisionId)}`)
    for (const field of DECISION_FIELDS) lines.push(`  ${field} ${quoted(decision[field])}`)
  }
  for (const action of content.actions) {
    lines.push(`action ${quoted(action.actionId)}`)
    for (const field of ACTION_FIELDS) lines.push(`  ${field} ${quoted(action[field])}`)
  }
  return lines.join('\n')
}

/** SHA-256 of the canonical text in UTF-8, lower-case hex. Our own arithmetic and not the browser's, which has none on a plain HTTP address. */
export function hashOfReadBack(content: ReadBackContent): string {
  return Array.from(digest(encodeUtf8(canonicalText(content))), byte => byte.toString(16).padStart(2, '0')).join('')
}

interface EntryChange<On, Id, Field> {
  on: On
  id: Id
  /** The number that people see: the present one, or, for what was removed, the one that was read. From 1. */
  number: number
  change: 'changed' | 'added' | 'removed'
  /** What of it; empty unless it was changed. `order`: it stands in another place among those that were read. */
  fields: readonly (Field | 'order')[]
}

export type ReadBackChange =
  | EntryChange<'decision', DecisionId, DecisionField>
  | EntryChange<'action', ActionId, ActionField>

/** What differs from what was confirmed, by name; empty exactly when nothing does. Decisions first, those now there in their order, then removed ones. */
export function changesSince(confirmed: ReadBackContent, now: ReadBackContent): ReadBackChange[] {
  return [
    ...entryChanges('decision' as const, confirmed.decisions, now.decisions, d => d.decisionId, DECISION_FIELDS),
    ...entryChanges('action' as const, confirmed.actions, now.actions, a => a.actionId, ACTION_FIELDS),
  ]
}

function entryChanges<On, Id, Field extends string, Entry extends Readonly<Record<Field, string | number | null>>>(
  on: On,
  before: readonly Entry[],
  after: readonly Entry[],
  idOf: (entry: Entry) => Id,
  fields: readonly Field[],
): EntryChange<On, Id, Field>[] {
  const idsBefore = before.map(idOf)
  const idsAfter = after.map(idOf)
  const stayedBefore = idsBefore.filter(id => idsAfter.includes(id))
  const stayedAfter = idsAfter.filter(id => idsBefore.includes(id))
  const changes: EntryChange<On, Id, Field>[] = []
  after.forEach((entry, at) => {
    const id = idOf(entry)
    const number = at + 1
    const was = before[idsBefore.indexOf(id)]
    if (was === undefined) {
      changes.push({ on, id, number, change: 'added', fields: [] })
      return
    }
    const differing: (Field | 'order')[] = fields.filter(field => quoted(was[field]) !== quoted(entry[field]))
    if (stayedBefore.indexOf(id) !== stayedAfter.indexOf(id)) differing.push('order')
    if (differing.length > 0) changes.push({ on, id, number, change: 'changed', fields: differing })
  })
  before.forEach((entry, at) => {
    const id = idOf(entry)
    if (!idsAfter.includes(id)) changes.push({ on, id, number: at + 1, change: 'removed', fields: [] })
  })
  return changes
}

/** Hangul of some keyboards comes in pieces; the same syllables are the same words. */
function quoted(value: string | number | null): string {
  return JSON.stringify(typeof value === 'string' ? value.normalize('NFC') : value)
}

/**
 * A long text as it is read aloud: its lines, without empty ones at the ends. Words that are crossed out are not read: whoever crosses words out
 * after a confirmation has changed what was confirmed. A link's address is part of what is read where the words are another.
 */
function readAloud(fragment: Y.XmlFragment): string {
  const lines = linesOf(richTextOf(fragment))
  while (lines.length > 0 && lines[0] === '') lines.shift()
  while (lines.length > 0 && lines.at(-1) === '') lines.pop()
  return lines.join('\n').normalize('NFC')
}

function linesOf(nodes: readonly RichTextNode[]): string[] {
  return nodes.flatMap(node => {
    if (node.type === 'paragraph' || node.type === 'heading')
      return (node.content ?? []).map(wordsOf).join('').split('\n')
    return node.content === undefined ? [] : linesOf(node.content)
  })
}

function wordsOf(node: RichTextNode): string {
  if (node.type === 'hardBreak') return '\n'
  if (node.marks?.some(mark => mark.type === 'strike')) return ''
  const text = node.text ?? ''
  const href = node.marks?.find(mark => mark.type === 'link')?.attrs?.href
  return typeof href !== 'string' || href === text ? text : `${text} (${href})`
}
