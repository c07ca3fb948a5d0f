/**
 * Action items at rest: what holds of each, its history, and its words as its document had them last, so that they can be found over all
 * cases. In clear: ids, codes, days, versions. Sealed in the ledger's own drawer: words and notes. The words are a projection: they can be
 * written again from the document at any time and never touch `_v`, which belongs to the commands (SPEC AC13).
 */
import type { ActionMove } from '../../shared/actions/action-codes.ts'
import { type ActionStanding, newStanding } from '../../shared/actions/action-moves.ts'
import type { ActionStatus, NeedDomain } from '../../shared/codes.ts'
import { parseDocumentName } from '../../shared/documents/document-names.ts'
import type { ActionId, AgencyId, CaseId, ConferenceId, ItemId, UserId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { DrawerName, Keyring } from '../crypto/keyring.ts'
import { isDuplicateKey, type Store } from '../storage/port.ts'

/** One step of the history, in clear. */
export interface LedgerStep {
  at: Date
  by: UserId
  move: ActionMove
  status: ActionStatus
  until: string
  before: ActionStatus
  /** Who owed it after the step. */
  agencyId: AgencyId
  /** The agency or person that the step names: offered to, given to, told. */
  toAgencyId?: AgencyId | null
  toUserId?: UserId | null
  /** In which meeting it was said; null outside one. */
  conferenceId: ConferenceId | null
  /** Entered for the agency by who conducts. */
  enteredFor: boolean
}

/** What the document says, in clear. */
interface LedgerFacts {
  due: string
  need: NeedDomain | ''
  itemId: ItemId | ''
  conferenceId: ConferenceId | ''
  /** Milliseconds since 1970. */
  madeAt: number
}

/** What the document says, sealed. */
interface LedgerTexts {
  what: string
  rule: string
  person: string
  amount: number | null
}

export type LedgerWords = LedgerFacts & LedgerTexts

interface LedgerRecord {
  _id: string
  _v: number
  actionId: ActionId
  document: string
  caseId: CaseId | null
  agencyId: AgencyId
  status: ActionStatus
  changedAt: Date | null
  changedBy: UserId | null
  // One of the time before has none of what follows.
  until?: string
  before?: ActionStatus
  ownerUserId?: UserId | null
  offer?: ActionStanding['offer']
  effect?: ActionStanding['effect']
  escalatedTo?: UserId[]
  /** A hand-over was accepted and the document still names the giver. */
  owesWords?: boolean
  history?: LedgerStep[]
  sealedNotes?: Buffer | null
  facts?: LedgerFacts
  sealedWords?: Buffer
  /** The words were taken out of the document. */
  gone?: boolean
}

/** An action item with its words and notes opened. */
export interface LedgerEntry {
  actionId: ActionId
  document: string
  caseId: CaseId | null
  standing: ActionStanding
  escalatedTo: UserId[]
  /** The first step first. */
  history: (LedgerStep & { note: string })[]
  words: LedgerWords
  gone: boolean
  _v: number
}

/** An action item as far as it lies in clear: enough to say who may see it, and where it stands. */
export type LedgerOutline = Omit<LedgerEntry, 'words' | 'history'> & { words: LedgerFacts; history: LedgerStep[] }

/** One whose texts are opened when they are to be shown, and not before. */
export interface SealedEntry extends LedgerOutline {
  open(): Promise<LedgerEntry>
}

/** Where a person's action items can stand; more than the person may see, never less. */
export interface LedgerReach {
  userId: UserId
  agencyIds: readonly AgencyId[]
  /** Of these agencies everything that they owe. */
  wholly: readonly AgencyId[]
  /** Of these cases everything. */
  caseIds: readonly CaseId[]
  /** Of these cases, and of these documents, what one of the agencies owes. */
  metCaseIds: readonly CaseId[]
  documents: readonly string[]
}

/** Nothing but what is named for, or told to, the person; with agencies, also what these owe and what is offered to them. */
export const reachOfPerson = (userId: UserId, agencyIds: readonly AgencyId[] = []): LedgerReach => ({
  userId,
  agencyIds,
  wholly: agencyIds,
  caseIds: [],
  metCaseIds: [],
  documents: [],
})

/** An action item as its document has it now. */
export type ProjectedAction = LedgerWords & { actionId: ActionId; agencyId: AgencyId }

export interface LedgerRepository {
  find(document: string, actionId: ActionId): Promise<LedgerEntry | undefined>
  ofDocuments(documents: readonly string[]): Promise<LedgerEntry[]>
  ofCases(caseIds: readonly CaseId[]): Promise<LedgerEntry[]>
  /** What the reach names, and besides what is offered to one of the agencies, or named for, or told to, the person. Each once. */
  within(reach: LedgerReach): Promise<SealedEntry[]>
  /** Writes what follows version `_v - 1`. @throws Refusal `conflict` when another version is stored */
  write(next: LedgerEntry, options?: { owesWords?: boolean }): Promise<void>
  /** Takes over what a document says now. May be repeated; a command at the same time loses nothing. */
  project(document: string, entries: readonly ProjectedAction[]): Promise<void>
  /** Hand-overs that were accepted and that the document does not say yet. */
  owingWords(): Promise<LedgerEntry[]>
  wordsWritten(entry: Pick<LedgerEntry, 'document' | 'actionId'>): Promise<void>
}

const idOf = (document: string, actionId: ActionId) => `${document}/${actionId}`
const wordsContext = (id: string) => `actions|${id}|words`
const notesContext = (id: string) => `actions|${id}|notes`

/** A restricted item's ledger has that item's readers, so its records lie in that item's drawer, as its document does. */
function drawerOf(document: string): DrawerName {
  const ref = parseDocumentName(document)
  if (ref?.kind === 'actions') return ref.zone === 'open' ? `case:${ref.caseId}` : `item:${ref.zone}`
  if (ref?.kind === 'conference') return `conference:${ref.conferenceId}`
  throw new Error(`No action items in ${document}`)
}

const caseOfDocument = (document: string): CaseId | null => {
  const ref = parseDocumentName(document)
  return ref?.kind === 'actions' ? ref.caseId : null
}

const NO_FACTS: LedgerFacts = { due: '', need: '', itemId: '', conferenceId: '', madeAt: 0 }
const NO_TEXTS: LedgerTexts = { what: '', rule: '', person: '', amount: null }

export function createLedgerRepository({ store, keyring }: { store: Store; keyring: Keyring }): LedgerRepository {
  const records = store.collection<LedgerRecord>('actions')

  function outlineOf(record: LedgerRecord): SealedEntry {
    const { actionId, document, caseId, agencyId, status, _v } = record
    return {
      actionId,
      document,
      caseId,
      standing: {
        ...newStanding(agencyId),
        status,
        until: record.until ?? '',
        before: record.before ?? status,
        ownerUserId: record.ownerUserId ?? null,
        offer: record.offer ?? null,
        effect: record.effect ?? null,
      },
      escalatedTo: record.escalatedTo ?? [],
      history: record.history ?? [],
      words: { ...NO_FACTS, ...record.facts },
      gone: record.gone ?? false,
      _v,
      open: () => opened(record),
    }
  }

  async function opened(record: LedgerRecord): Promise<LedgerEntry> {
    const drawer = await keyring.drawer(drawerOf(record.document))
    const texts = record.sealedWords
      ? drawer.openJson<LedgerTexts>(record.sealedWords, wordsContext(record._id))
      : undefined
    const notes = record.sealedNotes ? drawer.openJson<string[]>(record.sealedNotes, notesContext(record._id)) : []
    const { open: _, ...outline } = outlineOf(record)
    return {
      ...outline,
      history: outline.history.map((step, index) => ({ ...step, note: notes[index] ?? '' })),
      words: { ...outline.words, ...NO_TEXTS, ...texts },
    }
  }

  const all = async (filter: Parameters<typeof records.find>[0]) =>
    Promise.all((await records.find(filter).toArray()).map(opened))

  async function sealedWords(id: string, document: string, { what, rule, person, amount }: LedgerTexts) {
    const drawer = await keyring.drawer(drawerOf(document))
    return drawer.sealJson({ what, rule, person, amount } satisfies LedgerTexts, wordsContext(id))
  }

  return {
    async find(document, actionId) {
      const record = await records.findOne({ _id: idOf(document, actionId) })
      return record ? opened(record) : undefined
    },
    async ofDocuments(documents) {
      return documents.length === 0 ? [] : all({ document: { $in: [...documents] } })
    },
    async ofCases(caseIds) {
      return caseIds.length === 0 ? [] : all({ caseId: { $in: [...caseIds] } })
    },
    async within({ userId, agencyIds, wholly, caseIds, metCaseIds, documents }) {
      const among = <T>(list: readonly T[]) => ({ $in: [...list] })
      const ofAgencies = { agencyId: among(agencyIds) }
      const asked: [isAsked: boolean, filter: Parameters<typeof records.find>[0]][] = [
        [wholly.length > 0, { agencyId: among(wholly) }],
        [agencyIds.length > 0, { 'offer.agencyId': among(agencyIds) }],
        [true, { ownerUserId: userId }],
        [true, { escalatedTo: userId }],
        [caseIds.length > 0, { caseId: among(caseIds) }],
        [metCaseIds.length > 0, { caseId: among(metCaseIds), ...ofAgencies }],
        [documents.length > 0, { document: among(documents), ...ofAgencies }],
      ]
      const found = await Promise.all(asked.map(([isAsked, filter]) => (isAsked ? records.find(filter).toArray() : [])))
      return [...new Map(found.flat().map(record => [record._id, record])).values()].map(outlineOf)
    },
    async write(next, { owesWords = false } = {}) {
      const { actionId, document, caseId, standing, escalatedTo, history, words, _v } = next
      const _id = idOf(document, actionId)
      const drawer = await keyring.drawer(drawerOf(document))
      const last = history.at(-1)
      const { status, until, before, agencyId, ownerUserId, offer, effect } = standing
      const fields = {
        agencyId,
        status,
        until,
        before,
        ownerUserId,
        offer,
        effect,
        escalatedTo,
        changedAt: last?.at ?? null,
        changedBy: last?.by ?? null,
        history: history.map(({ note: _, ...step }) => step),
        sealedNotes: drawer.sealJson(
          history.map(step => step.note),
          notesContext(_id),
        ),
        ...(owesWords && { owesWords }),
      }
      const { matchedCount } = await records.updateOne({ _id, _v: _v - 1 }, { $set: { ...fields, _v } })
      if (matchedCount === 1) return
      if (_v !== 1) throw new Refusal('conflict')
      try {
        const { due, need, itemId, conferenceId, madeAt } = words
        const facts = { due, need, itemId, conferenceId, madeAt }
        const sealed = await sealedWords(_id, document, words)
        await records.insertOne({ _id, _v, actionId, document, caseId, ...fields, facts, sealedWords: sealed })
      } catch (error) {
        if (isDuplicateKey(error)) throw new Refusal('conflict')
        throw error
      }
    },
    async project(document, entries) {
      const known = new Map((await all({ document })).map(entry => [entry.actionId, entry]))
      for (const entry of entries) {
        const stored = known.get(entry.actionId)
        known.delete(entry.actionId)
        if (stored && saysTheSame(stored, entry)) continue
        const { actionId, agencyId, due, need, itemId, conferenceId, madeAt } = entry
        const _id = idOf(document, actionId)
        const facts = { due, need, itemId, conferenceId, madeAt }
        const words = { facts, sealedWords: await sealedWords(_id, document, entry), gone: false }
        const caseId = caseOfDocument(document)
        const isNew = stored === undefined && (await insertNew({ _id, actionId, document, caseId, agencyId, ...words }))
        if (isNew) continue
        await records.updateOne({ _id }, { $set: words })
        // What is only proposed follows the words; what was accepted is its agency's own (SPEC AC8).
        await records.updateOne({ _id, status: 'proposed' }, { $set: { agencyId } })
      }
      for (const { actionId, gone } of known.values()) {
        if (!gone) await records.updateOne({ _id: idOf(document, actionId) }, { $set: { gone: true } })
      }
    },
    owingWords: () => all({ owesWords: true }),
    async wordsWritten({ document, actionId }) {
      await records.updateOne({ _id: idOf(document, actionId) }, { $set: { owesWords: false } })
    },
  }

  /** False when a command was first. */
  async function insertNew(
    about: Pick<LedgerRecord, '_id' | 'actionId' | 'document' | 'caseId' | 'agencyId'> & {
      facts: LedgerFacts
      sealedWords: Buffer
      gone: boolean
    },
  ): Promise<boolean> {
    try {
      await records.insertOne({ ...about, _v: 0, status: 'proposed', changedAt: null, changedBy: null, history: [] })
      return true
    } catch (error) {
      if (isDuplicateKey(error)) return false
      throw error
    }
  }
}

function saysTheSame({ words, standing, gone }: LedgerEntry, entry: ProjectedAction): boolean {
  const { actionId: _, agencyId, ...now } = entry
  const keys = Object.keys(now) as (keyof LedgerWords)[]
  return (
    !gone &&
    keys.every(key => words[key] === now[key]) &&
    (standing.status !== 'proposed' || standing.agencyId === agencyId)
  )
}
