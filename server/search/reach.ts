/**
 * Everything that a person may read now, from the records alone (SPEC SQ6, SQ7): conferences, the items in them, the cases that the person works on,
 * and which ledgers of action items. Asked with the policy's own questions, in the order in which the screens ask them: first whether one may
 * know of the conference, then whether one may open the item. A test holds it against what opens the documents.
 */
import {
  type Actor,
  type CaseFacts,
  canEnterRoom,
  canReadCase,
  canReadConference,
  canReadItem,
  needsStatement,
} from '../../shared/access.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { CaseId, ConferenceId, ItemId } from '../../shared/ids.ts'
import { actionDocumentsOf } from '../conferences/action-zones.ts'
import type { AdmittedCase } from '../conferences/admission.ts'
import type { Case } from '../conferences/case-repository.ts'
import type { Conference } from '../conferences/conference-repository.ts'
import { caseFactsWith, conferenceFactsOf, itemFactsOf } from '../conferences/facts.ts'
import type { Item } from '../conferences/item-repository.ts'
import type { ConferenceRecords } from '../conferences/ports.ts'

export interface ReachedItem {
  item: Item
  conference: Conference
  /** The case of a case item. */
  file: Case | undefined
  document: string
}

export interface ReachedLedger {
  document: string
  /** Undefined for the action items of a conference, which are about no case. */
  file: Case | undefined
  /** The items through which the person reads it, and whether also as somebody who works on the case. */
  items: ReachedItem[]
  throughCase: boolean
}

export interface Reach {
  /** Those whose existence the person may know of. */
  conferences: readonly Conference[]
  /** The documents of those of them whose notes the person may read. */
  notes: ReadonlyMap<string, Conference>
  items: ReadonlyMap<ItemId, ReachedItem>
  cases: ReadonlyMap<CaseId, Case>
  /** The facts of those cases: what in them is an agency's alone is asked of these. */
  caseFacts: ReadonlyMap<CaseId, CaseFacts>
  ledgers: ReadonlyMap<string, ReachedLedger>
}

type Records = Pick<ConferenceRecords, 'conferences' | 'items' | 'cases'>

export async function readReach(records: Records, actor: Actor): Promise<Reach> {
  const [ofPerson, worked] = await Promise.all([
    records.conferences.ofPerson(actor.userId),
    records.cases.ofWorker(actor.userId),
  ])
  const conferences = ofPerson.filter(conference => canReadConference(actor, conferenceFactsOf(conference)))
  // Where a statement is still to be accepted no item opens, so none is read.
  const openable = conferences.filter(conference => !needsStatement(actor, conferenceFactsOf(conference)))
  const items = (await Promise.all(openable.map(({ _id }) => records.items.ofConference(_id)))).flat()
  const cases = await casesWith(records, items, worked)
  const byId = new Map(openable.map(conference => [conference._id, conference]))

  const reached = new Map<ItemId, ReachedItem>()
  for (const item of items) {
    const conference = byId.get(item.conferenceId)
    const ofCase = item.caseId === null ? undefined : cases.get(item.caseId)
    if (!conference || !canReadItem(actor, conferenceFactsOf(conference), itemFactsOf(item), ofCase?.facts)) continue
    const document = documentNameOf({ kind: 'item', itemId: item._id })
    reached.set(item._id, { item, conference, file: ofCase?.file, document })
  }
  const mine = [...cases.values()].filter(({ facts }) => canReadCase(actor, facts))
  return {
    conferences,
    notes: new Map(
      openable
        .filter(conference => canEnterRoom(actor, conferenceFactsOf(conference)))
        .map(conference => [conferenceDocument(conference._id), conference]),
    ),
    items: reached,
    cases: new Map(mine.map(({ file }) => [file._id, file])),
    caseFacts: new Map(mine.map(({ file, facts }) => [file._id, facts])),
    ledgers: ledgersOf(actor, reached, cases),
  }
}

interface CaseWithItems extends AdmittedCase {
  items: readonly Item[]
}

/** Every case that an item or the person's work names, each with all of its items: they hold its recusals. */
async function casesWith(
  records: Records,
  items: readonly Item[],
  worked: readonly Case[],
): Promise<Map<CaseId, CaseWithItems>> {
  const known = new Set(worked.map(file => file._id))
  const others = new Set(items.map(item => item.caseId).filter(caseId => caseId !== null && !known.has(caseId)))
  const files = [...worked, ...(await records.cases.findMany([...others] as CaseId[]))]
  const itemsOf = new Map<CaseId, Item[]>(files.map(file => [file._id, []]))
  const caseIds = files.map(file => file._id)
  for (const item of await records.items.ofCases(caseIds)) {
    if (item.caseId !== null) itemsOf.get(item.caseId)?.push(item)
  }
  return new Map(
    files.map(file => {
      const own = itemsOf.get(file._id) ?? []
      return [file._id, { file, facts: caseFactsWith(file, own), items: own }]
    }),
  )
}

function ledgersOf(
  actor: Actor,
  reached: ReadonlyMap<ItemId, ReachedItem>,
  cases: ReadonlyMap<CaseId, CaseWithItems>,
): Map<string, ReachedLedger> {
  const ledgers = new Map<string, ReachedLedger>()
  const ledger = (document: string, file: Case | undefined) => {
    const known = ledgers.get(document)
    if (known !== undefined) return known
    const made: ReachedLedger = { document, file, items: [], throughCase: false }
    ledgers.set(document, made)
    return made
  }
  for (const one of reached.values()) {
    const { current, others } = actionDocumentsOf(one.item, one.file)
    for (const document of [current, ...others]) ledger(document, one.file).items.push(one)
  }
  for (const { file, facts, items } of cases.values()) {
    const open = documentNameOf({ kind: 'actions', caseId: file._id, zone: 'open' })
    // Who is recused from any item of the case is shown none of what all of its items share.
    if (items.some(item => item.recused.includes(actor.userId))) ledgers.delete(open)
    else if (canReadCase(actor, facts)) ledger(open, file).throughCase = true
  }
  return ledgers
}

export const conferenceDocument = (conferenceId: ConferenceId) => documentNameOf({ kind: 'conference', conferenceId })
