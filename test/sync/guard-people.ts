/**
 * People with real copies of a document who write through the typed functions and as an editor does, and a guarded copy in their middle:
 * what the guard's property tests are made of.
 */
import * as Y from 'yjs'
import { applyGuarded } from '../../server/rooms/guard/apply-guarded.ts'
import { GuardMemory } from '../../server/rooms/guard/guard-memory.ts'
import { judgeUpdate, type Verdict } from '../../server/rooms/guard/update-guard.ts'
import type { WriterFacts } from '../../server/rooms/ports.ts'
import { codesOf, DECISION_KINDS, NEED_DOMAINS } from '../../shared/codes.ts'
import {
  actionsOf,
  addAction,
  moveAction,
  removeAction,
  setActionFields,
} from '../../shared/documents/actions-document.ts'
import {
  addProposal,
  agendaOf,
  moveAgendaItem,
  notesOf,
  proposalsOf,
  putAgendaItem,
  removeAgendaItem,
  removeProposal,
  setLabel,
  setMinutes,
} from '../../shared/documents/conference-document.ts'
import type { DocumentKind } from '../../shared/documents/document-names.ts'
import {
  addDecision,
  decisionsOf,
  discussionOf,
  moveDecision,
  opinionOf,
  presentationOf,
  removeDecision,
  setDecisionField,
  setNeed,
} from '../../shared/documents/item-document.ts'
import { layoutOf } from '../../shared/documents/layout.ts'
import { supervisionNoteOf } from '../../shared/documents/supervision-document.ts'
import { type AgencyId, idFromBytes, type UserId } from '../../shared/ids.ts'
import type { SeededRandom } from '../support/seeded-random.ts'
import { actsOnCase } from './case-writers.ts'

const agency = (name: string): AgencyId => name.padEnd(22, '0') as AgencyId
export const AGENCIES = [agency('housing'), agency('health'), agency('school')] as const
export const AT = '2026-11-21T05:00:00.000Z'

export function writerFacts(n: number, conducts = n === 0): WriterFacts {
  return {
    userId: `person${n}`.padEnd(22, '0') as UserId,
    agencyId: AGENCIES[n % AGENCIES.length] ?? null,
    conducts,
    clearedAgencies: AGENCIES,
  }
}

/** The guarded copy: judges, applies, keeps whose client ids are whose. */
export class GuardedCopy {
  readonly doc: Y.Doc
  readonly owners = new Map<number, UserId>()
  readonly kind: DocumentKind
  readonly memory: GuardMemory

  constructor(kind: DocumentKind, gc = true) {
    this.kind = kind
    this.doc = new Y.Doc({ gc })
    this.doc.clientID = 0
    this.memory = new GuardMemory(this.doc, layoutOf(kind))
  }

  judge(update: Uint8Array, writer: WriterFacts): Verdict {
    const { doc, owners, memory } = this
    return judgeUpdate(update, { doc, layout: layoutOf(this.kind), writer, owners, memory })
  }

  /** Judges and applies; throws when an accepted update breaks the document. */
  take(update: Uint8Array, writer: WriterFacts): Verdict {
    const verdict = this.judge(update, writer)
    if (!verdict.ok) return verdict
    for (const client of verdict.newClients) this.owners.set(client, writer.userId)
    const applied = applyGuarded(this.doc, update, undefined, this.memory)
    if (applied.state === 'broken') throw applied.cause
    return verdict
  }
}

/** Somebody with a copy, who does random honest things to it. */
export class Somebody {
  readonly writer: WriterFacts
  readonly doc: Y.Doc
  readonly #kind: DocumentKind
  readonly #random: SeededRandom
  #undo: Y.UndoManager | undefined

  constructor(kind: DocumentKind, writer: WriterFacts, clientId: number, random: SeededRandom, gc = true) {
    this.#kind = kind
    this.writer = writer
    this.#random = random
    this.doc = new Y.Doc({ gc })
    this.doc.clientID = clientId
  }

  /** Undoes, across every root that this person may write, as one stack. */
  get undo(): Y.UndoManager {
    this.#undo ??= new Y.UndoManager(this.doc, { captureTimeout: 0, trackedOrigins: new Set([null]) })
    return this.#undo
  }

  /** One random honest operation; its name. */
  acts(): string {
    const random = this.#random
    if (random.chance(0.08)) return this.undo.undo() === null ? 'nothing' : 'undo'
    if (random.chance(0.06)) return this.undo.redo() === null ? 'nothing' : 'redo'
    void this.undo
    switch (this.#kind) {
      case 'conference':
        return this.#conference()
      case 'item':
        return this.#item()
      case 'actions':
        return this.#actions()
      case 'case':
        return actsOnCase(this.doc, random, { words, writesInText })
      case 'supervision':
        return writesInText(supervisionNoteOf(this.doc), random)
    }
  }

  #id<T extends string>(): T {
    return idFromBytes<T>(this.#random.bytes(17))
  }

  #conference(): string {
    const { doc } = this
    const random = this.#random
    if (random.chance(0.3)) return writesInText(notesOf(doc), random)
    if (random.chance(0.2)) return this.#actions()
    if (random.chance(0.3)) {
      const proposals = proposalsOf(doc)
      const proposal = proposals.length > 0 ? random.pick(proposals) : undefined
      if (proposal === undefined || random.chance(0.4)) {
        addProposal(doc, { id: this.#id(), by: this.writer.userId, at: AT, text: words(random) })
        return 'propose'
      }
      if (random.chance(0.7)) return writesInText(proposal.text, random)
      removeProposal(doc, proposal.id)
      return 'withdraw'
    }
    if (!this.writer.conducts) return 'nothing'
    const agenda = agendaOf(doc)
    const entry = agenda.length > 0 ? random.pick(agenda) : undefined
    if (entry === undefined || random.chance(0.3)) {
      putAgendaItem(doc, { id: this.#id(), minutes: random.below(60) }, random.chance(0.5) ? 'first' : 'last')
      return 'put'
    }
    switch (random.below(4)) {
      case 0:
        moveAgendaItem(doc, entry.id, { before: random.pick(agenda).id })
        return 'move'
      case 1:
        setMinutes(doc, entry.id, random.below(601))
        return 'minutes'
      case 2:
        setLabel(doc, entry.id, words(random).slice(0, 80))
        return 'label'
      default:
        removeAgendaItem(doc, entry.id)
        return 'remove'
    }
  }

  #item(): string {
    const { doc } = this
    const random = this.#random
    switch (random.below(6)) {
      case 0:
        return writesInText(presentationOf(doc), random)
      case 1:
        return writesInText(discussionOf(doc), random)
      case 2: {
        const agency = this.writer.conducts ? random.pick(AGENCIES) : this.writer.agencyId
        if (agency === null) return 'nothing'
        return writesInText(opinionOf(doc, random.pick(codesOf(NEED_DOMAINS).slice(0, 3)), agency), random)
      }
      case 3:
        setNeed(doc, random.pick(codesOf(NEED_DOMAINS)), random.chance(0.7))
        return 'need'
      default: {
        const decisions = decisionsOf(doc)
        const decision = decisions.length > 0 ? random.pick(decisions) : undefined
        if (decision === undefined || random.chance(0.25)) {
          const kind = random.pick(codesOf(DECISION_KINDS))
          addDecision(doc, { id: this.#id(), kind, by: this.writer.userId, at: AT, text: words(random) })
          return 'decide'
        }
        switch (random.below(5)) {
          case 0:
            setDecisionField(doc, decision.id, 'kind', random.pick(codesOf(DECISION_KINDS)))
            return 'kind'
          case 1:
            moveDecision(doc, decision.id, { after: random.pick(decisions).id })
            return 'move decision'
          case 2:
            if (random.chance(0.5)) return writesInText(decision.condition, random)
            removeDecision(doc, decision.id)
            return 'undecide'
          default:
            return writesInText(random.pick([decision.text, decision.reason]), random)
        }
      }
    }
  }

  #actions(): string {
    const { doc } = this
    const random = this.#random
    const actions = actionsOf(doc)
    const action = actions.length > 0 ? random.pick(actions) : undefined
    if (action === undefined || random.chance(0.25)) {
      const what = words(random)
      addAction(doc, { id: this.#id(), agencyId: random.pick(AGENCIES), what, by: this.writer.userId, at: AT })
      return 'promise'
    }
    switch (random.below(5)) {
      case 0:
        setActionFields(doc, action.id, {
          person: words(random).slice(0, 60),
          due: random.pick(['', '2026-12-05', '2028-02-29']),
          amount: random.pick([null, 0, 300_000, 5_000_000_000]),
          need: random.pick(['', 'health', 'economy']),
        })
        return 'set'
      case 1:
        moveAction(doc, action.id, 'first')
        return 'move action'
      case 2:
        if (random.chance(0.5)) return writesInText(action.rule, random)
        removeAction(doc, action.id)
        return 'take back'
      default:
        return writesInText(action.what, random)
    }
  }
}

const WORDS = ['안녕하세요', '입원', ' ', 'a', '임대주택 ', '😀', '값', 'x y', '밟다', '—']

export function words(random: SeededRandom): string {
  let text = ''
  for (let n = 1 + random.below(4); n > 0; n -= 1) text += random.pick(WORDS)
  return text
}

const MARKS: readonly (readonly [string, object])[] = [
  ['bold', {}],
  ['italic', {}],
  ['underline', {}],
  ['strike', {}],
  [
    'link',
    { href: 'https://www.bokjiro.go.kr/', target: '_blank', rel: 'noopener noreferrer', class: null, title: null },
  ],
]

/** One random change as an editor's binding makes it. */
export function writesInText(fragment: Y.XmlFragment, random: SeededRandom): string {
  const doc = fragment.doc
  if (doc === null) return 'nothing'
  return doc.transact(() => {
    const texts = textsIn(fragment)
    const text = texts.length > 0 ? random.pick(texts) : undefined
    if (text === undefined || random.chance(0.15)) {
      fragment.insert(random.below(fragment.length + 1), [newBlock(random)])
      return 'block'
    }
    const length = text.length
    switch (random.below(8)) {
      case 0: {
        const from = cut(text, random.below(length + 1))
        text.delete(from, cut(text, from + random.below(length - from + 1)) - from)
        return 'erase'
      }
      case 1: {
        if (length === 0) return 'nothing'
        const from = cut(text, random.below(length))
        const [mark, attributes] = random.pick(MARKS)
        text.format(from, cut(text, from + 1 + random.below(length - from)) - from, {
          [mark]: random.chance(0.3) ? null : attributes,
        })
        return 'mark'
      }
      case 2: {
        if (fragment.length < 2) return 'nothing'
        const at = random.below(fragment.length)
        fragment.delete(at, 1 + random.below(Math.min(2, fragment.length - at)))
        return 'erase block'
      }
      case 3: {
        const block = text.parent
        if (!(block instanceof Y.XmlElement)) return 'nothing'
        if (block.nodeName === 'heading') setAttribute(block, 'level', 1 + random.below(3))
        else block.insert(block.length, [new Y.XmlElement('hardBreak'), runOf(words(random))])
        return 'break'
      }
      default: {
        const at = cut(text, random.below(length + 1))
        const marks = random.chance(0.3) ? Object.fromEntries([random.pick(MARKS)]) : undefined
        text.insert(at, words(random), marks)
        return 'type'
      }
    }
  })
}

/** The place, or the one before it when a person could not put the caret there: between the two halves of a character beyond U+FFFF. */
function cut(text: Y.XmlText, at: number): number {
  const before = plain(text).charCodeAt(at - 1)
  return before >= 0xd800 && before <= 0xdbff ? at - 1 : at
}

function plain(text: Y.XmlText): string {
  const runs: { insert?: unknown }[] = text.toDelta()
  return runs.map(run => (typeof run.insert === 'string' ? run.insert : ' ')).join('')
}

function runOf(text: string): Y.XmlText {
  const run = new Y.XmlText()
  run.insert(0, text)
  return run
}

/** Numbers and the like, as the binding writes them, although the library's own type says text. */
export function setAttribute(element: Y.XmlElement, name: string, value: string | number | boolean | null): void {
  const untyped: Y.XmlElement<Record<string, string | number | boolean | null>> = element
  untyped.setAttribute(name, value)
}

function element(name: string, ...children: (Y.XmlElement | Y.XmlText)[]): Y.XmlElement {
  const made = new Y.XmlElement(name)
  if (children.length > 0) made.insert(0, children)
  return made
}

function newBlock(random: SeededRandom): Y.XmlElement {
  const run = runOf(words(random))
  switch (random.below(7)) {
    case 0: {
      const heading = element('heading', run)
      setAttribute(heading, 'level', 1 + random.below(3))
      return heading
    }
    case 1:
      return element('bulletList', element('listItem', element('paragraph', run)))
    case 2: {
      const list = element('orderedList', element('listItem', element('paragraph', run), newBlock(random)))
      setAttribute(list, 'start', 1)
      return list
    }
    case 3:
      return element('blockquote', element('paragraph', run))
    case 4:
      return element('horizontalRule')
    default:
      return element('paragraph', run)
  }
}

function textsIn(fragment: Y.XmlFragment): Y.XmlText[] {
  const texts: Y.XmlText[] = []
  for (const child of fragment.toArray()) {
    if (child instanceof Y.XmlText) texts.push(child)
    else if (child instanceof Y.XmlElement) texts.push(...textsIn(child))
  }
  return texts
}
