/** Data subject requests at rest: one record each, in clear ids, codes and days, its words sealed in the case's drawer (DR6). */
import type { CaseId, CommandId, PrintId, SubjectRequestId, UserId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { RequestDays } from '../../shared/subject-requests/request-clock.ts'
import type {
  DeletionScope,
  HandOutPart,
  RequestAsker,
  RequestCheck,
  RequestDecision,
  RequestGround,
  RequestKind,
  RequestState,
  RequestWay,
} from '../../shared/subject-requests/request-codes.ts'
import type { Keyring } from '../crypto/keyring.ts'
import { isDuplicateKey, type Store } from '../storage/port.ts'

interface Done {
  on: string
  by: UserId
  at: Date
}

export interface HandOut {
  printId: PrintId
  by: UserId
  at: Date
  parts: HandOutPart[]
}

/** What has not happened yet is left out. */
interface RequestRecord {
  _id: SubjectRequestId
  _v: number
  caseId: CaseId
  kind: RequestKind
  asker: RequestAsker
  checked: RequestCheck
  came: RequestWay
  receivedOn: string
  command: CommandId
  createdBy: UserId
  createdAt: Date
  state: RequestState
  extension?: Done & { until: string }
  answer?: Done & { decision: RequestDecision; ground?: RequestGround; scope?: DeletionScope; went: RequestWay }
  takenBack?: Done
  /** What followed from the answer is done, or over (DR12). */
  settled?: Done
  handOuts: HandOut[]
  sealed: Buffer
}

export interface RequestWords {
  name: string
  relation: string
  what: string
  /** Why it was put off, what was answered, why it was taken back; empty until then. */
  extension: string
  answer: string
  takenBack: string
  /** Left out until then. */
  settled?: string
  /** What each sheet was taken out for. */
  purposes: Record<PrintId, string>
}

export type SubjectRequest = Omit<RequestRecord, 'sealed'> & { words: RequestWords }
export type ClearRequest = Omit<RequestRecord, 'sealed'>

type Change = Pick<RequestRecord, 'state' | 'extension' | 'answer' | 'takenBack' | 'settled' | 'handOuts'>

export interface RequestRepository {
  find(requestId: SubjectRequestId): Promise<SubjectRequest | undefined>
  ofCase(caseId: CaseId): Promise<SubjectRequest[]>
  /** Without their words. */
  ofCases(caseIds: readonly CaseId[]): Promise<ClearRequest[]>
  /** @returns false when this command was written before */
  insert(request: Omit<SubjectRequest, '_v' | 'state' | 'handOuts'>): Promise<boolean>
  /** @throws Refusal `conflict` when another version is stored */
  change(known: SubjectRequest, next: Partial<Change>, words: Partial<RequestWords>): Promise<void>
}

/** Deletion asked for and not answered, above all; but nothing of a case is destroyed while any request of it is open (DR8). */
export async function openRequests(
  requests: Pick<RequestRepository, 'ofCases'>,
  caseId: CaseId,
): Promise<{ requestId: SubjectRequestId; kind: RequestKind; receivedOn: string }[]> {
  const found = await requests.ofCases([caseId])
  return found
    .filter(one => one.state === 'open')
    .map(({ _id, kind, receivedOn }) => ({ requestId: _id, kind, receivedOn }))
}

/** As far as the clock asks. */
export const daysOf = ({ state, receivedOn, extension, answer, takenBack }: ClearRequest): RequestDays => ({
  state,
  receivedOn,
  extendedUntil: extension?.until ?? '',
  endedOn: answer?.on ?? takenBack?.on ?? '',
})

const contextOf = ({ _id, caseId }: Pick<RequestRecord, '_id' | 'caseId'>) => `subjectRequests|${caseId}|${_id}`
const AT_ONCE = 500

export function createRequestRepository(options: {
  store: Store
  keyring: Pick<Keyring, 'drawer'>
}): RequestRepository {
  const { store, keyring } = options
  const records = store.collection<RequestRecord>('subjectRequests')
  const drawerOf = (caseId: CaseId) => keyring.drawer(`case:${caseId}`)

  async function opened({ sealed, ...clear }: RequestRecord): Promise<SubjectRequest> {
    const words = (await drawerOf(clear.caseId)).openJson<RequestWords>(sealed, contextOf(clear))
    return { ...clear, words }
  }

  return {
    async find(requestId) {
      const record = await records.findOne({ _id: requestId })
      return record ? opened(record) : undefined
    },
    async ofCase(caseId) {
      return Promise.all((await records.find({ caseId }).toArray()).map(opened))
    },
    async ofCases(caseIds) {
      const found: ClearRequest[] = []
      for (let at = 0; at < caseIds.length; at += AT_ONCE) {
        const some = await records.find({ caseId: { $in: caseIds.slice(at, at + AT_ONCE) } }).toArray()
        found.push(...some.map(({ sealed: _, ...clear }) => clear))
      }
      return found
    },
    async insert({ words, ...clear }) {
      const drawer = await drawerOf(clear.caseId)
      try {
        await records.insertOne({
          ...clear,
          _v: 1,
          state: 'open',
          handOuts: [],
          sealed: drawer.sealJson(words, contextOf(clear)),
        })
        return true
      } catch (error) {
        if (isDuplicateKey(error)) return false
        throw error
      }
    },
    async change(known, next, words) {
      const drawer = await drawerOf(known.caseId)
      const sealed = drawer.sealJson({ ...known.words, ...words }, contextOf(known))
      const { matchedCount } = await records.updateOne(
        { _id: known._id, _v: known._v },
        { $set: { ...next, sealed }, $inc: { _v: 1 } },
      )
      if (matchedCount === 0) throw new Refusal('conflict')
    },
  }
}
