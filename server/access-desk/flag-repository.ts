/** Odd look-ups at rest: found once (their id is a mark of what they are), moved by version; each step's words are sealed. */
import type { FlagMove, FlagState } from '../../shared/access-desk/flag-moves.ts'
import type { OddRule } from '../../shared/access-desk/odd-looks.ts'
import type { AccessFlagId, AgencyId, CaseId, UserId } from '../../shared/ids.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { Keyring } from '../crypto/keyring.ts'
import { isDuplicateKey, type Store } from '../storage/port.ts'

export interface FlagStep {
  move: FlagMove
  by: UserId
  at: string
  words: string
}

interface FlagRecord {
  _id: AccessFlagId
  _v: number
  rule: OddRule
  /** Whose officer looks at it. */
  agencyId: AgencyId
  userId: UserId
  /** Null where it is about no one household. */
  caseId: CaseId | null
  at: Date
  count: number
  state: FlagState
  sealed: Buffer
}

export type Flag = Omit<FlagRecord, 'sealed'> & { steps: FlagStep[] }

export interface FlagRepository {
  /** @returns false when it was found before */
  add(flag: Omit<Flag, '_v' | 'state' | 'steps'>): Promise<boolean>
  find(flagId: AccessFlagId): Promise<Flag | undefined>
  ofAgency(agencyId: AgencyId): Promise<Flag[]>
  ofPerson(userId: UserId): Promise<Flag[]>
  /** @throws Refusal `conflict` when another version is stored */
  move(known: Flag, state: FlagState, step: FlagStep): Promise<Flag>
}

const contextOf = (flagId: AccessFlagId) => `accessFlags|${flagId}`

export function createFlagRepository(options: { store: Store; keyring: Pick<Keyring, 'drawer'> }): FlagRepository {
  const { store, keyring } = options
  const records = store.collection<FlagRecord>('accessFlags')
  const drawerOf = (caseId: CaseId | null) => keyring.drawer(caseId === null ? 'installation' : `case:${caseId}`)

  async function opened({ sealed, ...clear }: FlagRecord): Promise<Flag> {
    const caseId = clear.caseId ?? null
    const drawer = await drawerOf(caseId)
    return { ...clear, caseId, steps: drawer.openJson<FlagStep[]>(sealed, contextOf(clear._id)) }
  }

  return {
    async add(flag) {
      const sealed = (await drawerOf(flag.caseId)).sealJson([], contextOf(flag._id))
      try {
        await records.insertOne({ ...flag, _v: 1, state: 'open', sealed })
        return true
      } catch (error) {
        if (isDuplicateKey(error)) return false
        throw error
      }
    },
    async find(flagId) {
      const record = await records.findOne({ _id: flagId })
      return record ? opened(record) : undefined
    },
    async ofAgency(agencyId) {
      return Promise.all((await records.find({ agencyId }, { sort: { at: -1 } }).toArray()).map(opened))
    },
    async ofPerson(userId) {
      return Promise.all((await records.find({ userId }, { sort: { at: -1 } }).toArray()).map(opened))
    },
    async move(known, state, step) {
      const sealed = (await drawerOf(known.caseId)).sealJson([...known.steps, step], contextOf(known._id))
      const stored = await records.findOneAndUpdate(
        { _id: known._id, _v: known._v },
        { $set: { state, sealed }, $inc: { _v: 1 } },
        { returnDocument: 'after' },
      )
      if (!stored) throw new Refusal('conflict')
      return opened(stored)
    },
  }
}
