/**
 * Records of cases at rest: versions, inserted and never updated (SPEC CR4). What was written lies in the drawer of the case, or of the case and the one
 * agency that keeps it (CR1), bound to record, version, writer and kind.
 */
import type { CaseRecordKind } from '../../shared/case-records/kinds.ts'
import type { CodeSetName } from '../../shared/code-sets/shipped.ts'
import type { AgencyId, CaseId, CaseRecordId, CommandId, UserId } from '../../shared/ids.ts'
import type { RecordContent } from '../../shared/protocol/case-records.ts'
import type { Drawer, Keyring } from '../crypto/keyring.ts'
import { isDuplicateKey, type Store } from '../storage/port.ts'

/** What of a version stands in clear. */
export interface ClearVersion {
  /** Of this version alone. */
  _id: string
  recordId: CaseRecordId
  caseId: CaseId
  kind: CaseRecordKind
  /** Counts from 1; of two that are written at once the store keeps one (CR6). */
  version: number
  /** The agency that keeps the record for itself alone; null for one of the case. The same in every version (CR3). */
  narrowTo: AgencyId | null
  by: UserId
  agencyId: AgencyId
  at: Date
  happenedAt: Date
  command: CommandId
  /** The versions of the code sets at that moment (CR8). */
  codes: Partial<Record<CodeSetName, number>>
}

interface SealedPart {
  content: RecordContent
  /** Why, of a correction. */
  reason: string
}

export type RecordVersion = ClearVersion & SealedPart

interface VersionRecord extends ClearVersion {
  sealed: Buffer
}

export interface CaseRecordRepository {
  /** All versions of a case by record and number, without a word of them: no drawer is opened. */
  clearVersions(caseId: CaseId): Promise<ClearVersion[]>
  /** The same of several cases. */
  clearVersionsOf(caseIds: readonly CaseId[]): Promise<ClearVersion[]>
  /** Those versions with their words, in the order given. @throws {SealBroken} for one that is not as it was written */
  open(versions: readonly ClearVersion[]): Promise<RecordVersion[]>
  /** False where the version, or the writer's command, is there already. */
  add(version: RecordVersion): Promise<boolean>
}

export const zoneOf = (caseId: CaseId, narrowTo: AgencyId | null) =>
  narrowTo === null ? (`case:${caseId}` as const) : (`case:${caseId}:agency:${narrowTo}` as const)

const contextOf = ({ recordId, version, caseId, kind, by, agencyId, narrowTo }: ClearVersion) =>
  ['caseRecords', recordId, version, caseId, kind, by, agencyId, narrowTo ?? ''].join('|')

/** One message to the store has room for so many. */
const OPENED_AT_ONCE = 200

export function createCaseRecordRepository(options: {
  store: Store
  keyring: Pick<Keyring, 'drawer'>
}): CaseRecordRepository {
  const { store, keyring } = options
  const records = store.collection<VersionRecord>('caseRecords')
  const clearVersionsOf = async (caseIds: readonly CaseId[]) => {
    const found: ClearVersion[] = []
    for (let from = 0; from < caseIds.length; from += OPENED_AT_ONCE) {
      const some = caseIds.slice(from, from + OPENED_AT_ONCE)
      const filter = some.length === 1 && some[0] !== undefined ? { caseId: some[0] } : { caseId: { $in: some } }
      const read = await records
        .find(filter, { sort: { recordId: 1, version: 1 }, projection: { sealed: 0 } })
        .toArray()
      for (const { sealed: _, ...clear } of read) found.push(clear)
    }
    return found
  }

  return {
    clearVersions: caseId => clearVersionsOf([caseId]),
    clearVersionsOf,

    async open(versions) {
      const drawers = new Map<string, Drawer>()
      const opened = new Map<string, RecordVersion>()
      for (let from = 0; from < versions.length; from += OPENED_AT_ONCE) {
        const ids = versions.slice(from, from + OPENED_AT_ONCE).map(({ _id }) => _id)
        for (const { sealed, ...clear } of await records.find({ _id: { $in: ids } }).toArray()) {
          const zone = zoneOf(clear.caseId, clear.narrowTo)
          const drawer = drawers.get(zone) ?? (await keyring.drawer(zone))
          drawers.set(zone, drawer)
          opened.set(clear._id, { ...clear, ...drawer.openJson<SealedPart>(sealed, contextOf(clear)) })
        }
      }
      return versions.flatMap(({ _id }) => opened.get(_id) ?? [])
    },

    async add({ content, reason, ...clear }) {
      const drawer = await keyring.drawer(zoneOf(clear.caseId, clear.narrowTo))
      try {
        await records.insertOne({ ...clear, sealed: drawer.sealJson({ content, reason }, contextOf(clear)) })
        return true
      } catch (error) {
        if (isDuplicateKey(error)) return false
        throw error
      }
    },
  }
}

/** The newest version of each record. */
export function newestOf<V extends ClearVersion>(versions: readonly V[]): V[] {
  const newest = new Map<CaseRecordId, V>()
  for (const version of versions) {
    const known = newest.get(version.recordId)
    if (known === undefined || known.version < version.version) newest.set(version.recordId, version)
  }
  return [...newest.values()]
}
