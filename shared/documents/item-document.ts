/**
 * The document of one agenda item: presentation of the case, what each agency thinks per need, the discussion, and the decisions. Opinions
 * are roots of their own, one per need and agency: a root needs no creation, so two people of an agency who begin at once merge letter by
 * letter instead of one of them replacing the other's.
 */
import type * as Y from 'yjs'
import { codesOf, DECISION_KINDS, type DecisionKind, isCode, NEED_DOMAINS, type NeedDomain } from '../codes.ts'
import { type AgencyId, type DecisionId, isId, type UserId } from '../ids.ts'
import { NEED_CODES } from './actions-document.ts'
import type { DocumentLayout, FieldRule } from './layout-language.ts'
import { byOrder, type Place } from './ordering.ts'
import {
  entriesOf,
  moveRecord,
  placeRecord,
  putRecord,
  recordOf,
  recordsRoot,
  removeRecord,
  setPlainFields,
  stringField,
  textField,
} from './records.ts'
import { fragmentOf } from './rich-text.ts'

const decisionFields: ReadonlyMap<string, FieldRule> = new Map<string, FieldRule>([
  ['kind', { value: 'code', codes: new Set(codesOf(DECISION_KINDS)) }],
  ['order', { value: 'order' }],
  ['text', { value: 'rich-text' }],
  ['reason', { value: 'rich-text' }],
  ['condition', { value: 'rich-text' }],
  ['need', { value: 'code', codes: NEED_CODES, orEmpty: true }],
  ['by', { value: 'id' }],
  ['at', { value: 'moment' }],
])

export const itemLayout: DocumentLayout = {
  roots: new Map([
    ['presentation', { holds: 'rich-text', write: 'writer' }],
    ['discussion', { holds: 'rich-text', write: 'writer' }],
    ['needs', { holds: 'flags', write: 'writer', keys: NEED_CODES }],
    ['decisions', { holds: 'records', write: 'writer', fields: decisionFields }],
  ]),
  patterns: [
    {
      agencyOf: name => parseOpinionRoot(name)?.agencyId,
      root: { holds: 'rich-text', write: 'agency-of-root' },
    },
  ],
}

/** The name of the root that holds an agency's opinion on a need. */
export function opinionRootOf(need: NeedDomain, agencyId: AgencyId): string {
  return `opinion:${need}:${agencyId}`
}

/** Reads such a name, strictly. */
export function parseOpinionRoot(name: string): { need: NeedDomain; agencyId: AgencyId } | undefined {
  const parts = name.split(':')
  const [word, need, agencyId] = parts
  if (parts.length !== 3 || word !== 'opinion' || !isCode(NEED_DOMAINS, need) || !isId(agencyId)) return undefined
  return { need, agencyId: agencyId as AgencyId }
}

/** The presentation of the case (사례 개요). */
export function presentationOf(doc: Y.Doc): Y.XmlFragment {
  return doc.getXmlFragment('presentation')
}

export function discussionOf(doc: Y.Doc): Y.XmlFragment {
  return doc.getXmlFragment('discussion')
}

/** What an agency thinks about a need. Always there, perhaps empty. */
export function opinionOf(doc: Y.Doc, need: NeedDomain, agencyId: AgencyId): Y.XmlFragment {
  return doc.getXmlFragment(opinionRootOf(need, agencyId))
}

/** Needs and agencies whose opinion root this copy knows, in the order of the needs, then by agency. Some may be empty. */
export function opinionsOf(doc: Y.Doc): readonly { need: NeedDomain; agencyId: AgencyId; text: Y.XmlFragment }[] {
  const order = codesOf(NEED_DOMAINS)
  return [...doc.share.keys()]
    .map(parseOpinionRoot)
    .filter(found => found !== undefined)
    .sort((a, b) => order.indexOf(a.need) - order.indexOf(b.need) || (a.agencyId < b.agencyId ? -1 : 1))
    .map(found => ({ ...found, text: opinionOf(doc, found.need, found.agencyId) }))
}

/** The needs that are discussed, in the order of the code table. */
export function needsOf(doc: Y.Doc): readonly NeedDomain[] {
  const needs = doc.getMap('needs')
  return codesOf(NEED_DOMAINS).filter(need => needs.get(need) === true)
}

/** Puts a need on the sheet or takes it off. The opinions written under it stay. */
export function setNeed(doc: Y.Doc, need: NeedDomain, discussed: boolean): void {
  const needs = doc.getMap('needs')
  if (needs.has(need) === discussed) return
  doc.transact(() => {
    if (discussed) needs.set(need, true)
    else needs.delete(need)
  })
}

/** A decision as it stands. The three texts are live: an editor binds to them. */
export interface DecisionEntry {
  id: DecisionId
  /** Undefined only after two people undid each other's choice; the screen then asks for it again. */
  kind: DecisionKind | undefined
  order: string
  /** The wording. */
  text: Y.XmlFragment
  reason: Y.XmlFragment
  condition: Y.XmlFragment
  need: NeedDomain | ''
  by: UserId
  at: string
}

export interface NewDecision {
  id: DecisionId
  kind: DecisionKind
  by: UserId
  /** Now, ISO in UTC. */
  at: string
  text?: string
  reason?: string
  condition?: string
  need?: NeedDomain | ''
}

export type DecisionFields = Partial<{ kind: DecisionKind; need: NeedDomain | ''; order: string }>

/** The decisions in their order. */
export function decisionsOf(doc: Y.Doc): readonly DecisionEntry[] {
  const found: DecisionEntry[] = []
  for (const [id, record] of entriesOf(recordsRoot(doc, 'decisions'))) {
    const entry = toDecision(id, record)
    if (entry !== undefined) found.push(entry)
  }
  return found.sort(byOrder)
}

/** One decision, or undefined when it is not there. */
export function decisionOf(doc: Y.Doc, id: DecisionId): DecisionEntry | undefined {
  const record = recordOf(recordsRoot(doc, 'decisions'), id)
  return record === undefined ? undefined : toDecision(id, record)
}

function toDecision(id: string, record: Y.Map<unknown>): DecisionEntry | undefined {
  const text = textField(record, 'text')
  const reason = textField(record, 'reason')
  const condition = textField(record, 'condition')
  if (text === undefined || reason === undefined || condition === undefined) return undefined
  const kind = record.get('kind')
  return {
    id: id as DecisionId,
    kind: isCode(DECISION_KINDS, kind) ? kind : undefined,
    order: stringField(record, 'order'),
    text,
    reason,
    condition,
    need: stringField(record, 'need') as NeedDomain | '',
    by: stringField(record, 'by') as UserId,
    at: stringField(record, 'at'),
  }
}

/** Adds a decision at the end or the place, its texts made with it. @throws RangeError for a value that the layout does not allow. */
export function addDecision(doc: Y.Doc, decision: NewDecision, place: Place = 'last'): void {
  const records = recordsRoot(doc, 'decisions')
  placeRecord(doc, records, decision.id, place, order =>
    putRecord(
      doc,
      records,
      decision.id,
      decisionFields,
      { kind: decision.kind, order, need: decision.need ?? '', by: decision.by, at: decision.at },
      {
        text: fragmentOf(decision.text ?? ''),
        reason: fragmentOf(decision.reason ?? ''),
        condition: fragmentOf(decision.condition ?? ''),
      },
    ),
  )
}

/** Puts a decision back that was removed: under its id, in its place, with who made it and when. Its texts are empty. @throws as {@link addDecision} */
export function putDecisionBack(
  doc: Y.Doc,
  { id, ...plain }: Pick<DecisionEntry, 'id' | 'need' | 'order' | 'by' | 'at'> & { kind: DecisionKind | undefined },
): void {
  const texts = { text: fragmentOf(''), reason: fragmentOf(''), condition: fragmentOf('') }
  putRecord(doc, recordsRoot(doc, 'decisions'), id, decisionFields, plain, texts)
}

/** Sets plain fields of a decision. False when it is no longer there. @throws RangeError for a value that the layout does not allow. */
export function setDecisionFields(doc: Y.Doc, id: DecisionId, values: DecisionFields): boolean {
  return setPlainFields(doc, recordsRoot(doc, 'decisions'), id, decisionFields, { ...values })
}

/** Sets one plain field of a decision; otherwise as {@link setDecisionFields}. */
export function setDecisionField<F extends keyof DecisionFields>(
  doc: Y.Doc,
  id: DecisionId,
  field: F,
  value: Required<DecisionFields>[F],
): boolean {
  return setPlainFields(doc, recordsRoot(doc, 'decisions'), id, decisionFields, { [field]: value })
}

export function moveDecision(doc: Y.Doc, id: DecisionId, place: Place): boolean {
  return moveRecord(doc, recordsRoot(doc, 'decisions'), id, place)
}

export function removeDecision(doc: Y.Doc, id: DecisionId): boolean {
  return removeRecord(doc, recordsRoot(doc, 'decisions'), id)
}
