/**
 * Keeps the words of action items in the records up to the documents (SPEC AC14). Told of every document that something was logged in, it reads
 * those that may hold action items once they have been quiet for a moment, or at once when somebody asks for a list. Everything can be read
 * again: at the start all ledgers are, one after another, because a server that was killed may have left some behind.
 */
import { actionsOf } from '../../shared/documents/actions-document.ts'
import { documentNameOf, parseDocumentName } from '../../shared/documents/document-names.ts'
import { plainTextOf } from '../../shared/documents/rich-text.ts'
import type { CaseId, ConferenceId, ItemId } from '../../shared/ids.ts'
import type { DocumentDesk } from '../conferences/ports.ts'
import type { Log } from '../lib/log.ts'
import type { Clock, DocumentStore } from '../rooms/ports.ts'
import type { Store } from '../storage/port.ts'
import type { LedgerRepository, ProjectedAction } from './ledger-repository.ts'

/** Somebody who types is not read after every letter. */
const QUIET_MS = 500

export interface ActionProjector {
  /** Something was logged in this document. */
  touched(document: string): void
  /** Resolves when the records say what the documents said when it was called. */
  settled(): Promise<void>
  /** Reads one document, whether touched or not. */
  project(document: string): Promise<void>
  close(): Promise<void>
}

export function createActionProjector(options: {
  documents: () => Pick<DocumentDesk, 'read'>
  ledger: Pick<LedgerRepository, 'project'>
  clock: Pick<Clock, 'after'>
  log: Log
}): ActionProjector {
  const { documents, ledger, clock, log } = options
  const dirty = new Set<string>()
  let stopTimer: (() => void) | undefined
  let working: Promise<void> = Promise.resolve()

  async function project(document: string): Promise<void> {
    await ledger.project(document, await documents().read(document, projectedActionsOf))
  }

  async function work(): Promise<void> {
    for (const document of [...dirty]) {
      dirty.delete(document)
      try {
        await project(document)
      } catch (error) {
        // It is tried again with the next change, the next list or the next start.
        dirty.add(document)
        log.warn({ error, document }, 'Action items could not be read into the records')
        return
      }
    }
  }

  function settled(): Promise<void> {
    stopTimer?.()
    stopTimer = undefined
    working = working.then(work)
    return working
  }

  return {
    touched(document) {
      const kind = parseDocumentName(document)?.kind
      if (kind !== 'actions' && kind !== 'conference') return
      dirty.add(document)
      stopTimer?.()
      stopTimer = clock.after(QUIET_MS, () => void settled())
    },
    settled: () => (dirty.size === 0 ? working : settled()),
    project,
    close: () => settled(),
  }
}

/** A document store that says what was written. */
export function withWritten(store: DocumentStore, onWritten: (document: string) => void): DocumentStore {
  return {
    load: document => store.load(document),
    compact: (document, snapshot) => store.compact(document, snapshot),
    async append(document, record) {
      await store.append(document, record)
      onWritten(document)
    },
  }
}

/**
 * Reads each of these documents once, one after another, until it is told to stop.
 * @returns how many documents were read
 */
export async function projectAll(
  projector: Pick<ActionProjector, 'project'>,
  documents: AsyncIterable<string> | Iterable<string>,
  options: { isStopped?: () => boolean } = {},
): Promise<number> {
  let count = 0
  for await (const document of documents) {
    if (options.isStopped?.()) break
    await projector.project(document)
    count += 1
  }
  return count
}

export function projectedActionsOf(doc: Parameters<typeof actionsOf>[0]): ProjectedAction[] {
  return actionsOf(doc).map(action => ({
    actionId: action.id,
    agencyId: action.agencyId,
    what: plainTextOf(action.what),
    rule: plainTextOf(action.rule),
    person: action.person,
    amount: action.amount,
    due: action.due,
    need: action.need,
    itemId: action.itemId,
    conferenceId: action.conferenceId,
    madeAt: Date.parse(action.at) || 0,
  }))
}

/** The names of all ledgers in which anything was ever written, from the items. */
export async function* ledgersOfAll(store: Store): AsyncGenerator<string> {
  const known = new Set<string>()
  const pointers = store.collection<{ _id: string }>('documents')
  const log = store.collection<{ _id: string; document: string }>('documentLog')
  const isWritten = async (document: string) =>
    (await pointers.findOne({ _id: document })) !== null || (await log.findOne({ document })) !== null
  for await (const { _id, caseId, conferenceId } of store.collection<ItemIds>('items').find({})) {
    const names =
      caseId === null
        ? [documentNameOf({ kind: 'conference', conferenceId })]
        : (['open', _id] as const).map(zone => documentNameOf({ kind: 'actions', caseId, zone }))
    for (const name of names) {
      if (known.has(name)) continue
      known.add(name)
      if (await isWritten(name)) yield name
    }
  }
}

interface ItemIds {
  _id: ItemId
  caseId: CaseId | null
  conferenceId: ConferenceId
}
