/**
 * Threads and their lines at rest. A line is inserted and never updated. Its words lie in a drawer of the thread's own: who can open the case's
 * drawer has not opened this one.
 */
import type { SupervisionFacts } from '../../shared/access.ts'
import type { SupervisionEntryKind } from '../../shared/codes.ts'
import type { CaseId, CommandId, SupervisionEntryId, SupervisionThreadId, UserId } from '../../shared/ids.ts'
import type { Keyring } from '../crypto/keyring.ts'
import { isDuplicateKey, type Store } from '../storage/port.ts'

export interface Thread extends SupervisionFacts {
  _id: SupervisionThreadId
  caseId: CaseId
  createdBy: UserId
  createdAt: Date
}

interface EntryRecord {
  _id: SupervisionEntryId
  threadId: SupervisionThreadId
  /** Counts from 1 in the order of writing. Two at once may share one; the id then decides. */
  sequence: number
  kind: SupervisionEntryKind
  about: SupervisionEntryId | null
  by: UserId
  at: Date
  command: CommandId
  sealed: Buffer | null
}

export type Entry = Omit<EntryRecord, 'sealed'> & { text: string }

export interface SupervisionRepository {
  /** Those of a case in which this person is one of the two. */
  ofPerson(caseId: CaseId, userId: UserId): Promise<Thread[]>
  /** Those of all cases. */
  ofPersonEverywhere(userId: UserId): Promise<Thread[]>
  /** Who wrote what kind of line when, without the words; in the order in which they were written. */
  lines(threadId: SupervisionThreadId): Promise<Omit<Entry, 'text'>[]>
  /** @returns the one that is there already when two begin at once */
  begin(thread: Thread): Promise<Thread>
  /** In the order in which they were written. */
  entries(threadId: SupervisionThreadId): Promise<Entry[]>
  countEntries(threadIds: readonly SupervisionThreadId[]): Promise<number>
  /** @returns false when this person's command was written before */
  add(entry: Entry): Promise<boolean>
}

const contextOf = (entry: Pick<EntryRecord, '_id' | 'threadId' | 'by' | 'kind' | 'about'>) =>
  ['supervisionEntries', entry.threadId, entry._id, entry.by, entry.kind, entry.about ?? ''].join('|')

export function createSupervisionRepository({
  store,
  keyring,
}: {
  store: Store
  keyring: Pick<Keyring, 'drawer'>
}): SupervisionRepository {
  const threads = store.collection<Thread>('supervisionThreads')
  const lines = store.collection<EntryRecord>('supervisionEntries')

  return {
    ofPerson: (caseId, userId) =>
      threads.find({ caseId, $or: [{ worker: userId }, { supervisor: userId }] }, { sort: { createdAt: 1 } }).toArray(),

    ofPersonEverywhere: userId =>
      threads.find({ $or: [{ worker: userId }, { supervisor: userId }] }, { sort: { createdAt: 1 } }).toArray(),

    async lines(threadId) {
      const found = await lines.find({ threadId }, { sort: { sequence: 1, _id: 1 } }).toArray()
      return found.map(({ sealed: _, ...clear }) => clear)
    },

    async begin(thread) {
      try {
        await threads.insertOne(thread)
        return thread
      } catch (error) {
        const { caseId, worker, supervisor } = thread
        const there = isDuplicateKey(error) && (await threads.findOne({ caseId, worker, supervisor }))
        if (!there) throw error
        return there
      }
    },

    async entries(threadId) {
      const found = await lines.find({ threadId }, { sort: { sequence: 1, _id: 1 } }).toArray()
      const drawer = await keyring.drawer(`supervision:${threadId}`)
      return found.map(({ sealed, ...clear }) => ({
        ...clear,
        text: sealed === null ? '' : drawer.openJson<string>(sealed, contextOf(clear)),
      }))
    },

    async countEntries(threadIds) {
      return threadIds.length === 0 ? 0 : lines.countDocuments({ threadId: { $in: [...threadIds] } })
    },

    async add({ text, ...clear }) {
      const drawer = await keyring.drawer(`supervision:${clear.threadId}`)
      try {
        await lines.insertOne({ ...clear, sealed: text === '' ? null : drawer.sealJson(text, contextOf(clear)) })
        return true
      } catch (error) {
        if (isDuplicateKey(error)) return false
        throw error
      }
    },
  }
}
