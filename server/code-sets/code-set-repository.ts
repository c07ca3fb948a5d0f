/**
 * Versions of code sets at rest: inserted, never updated. In clear: set, number, who, when; what is called how and why lies in the installation's
 * drawer. Version 1 is shipped and stands in no store.
 */
import type { CodeEntry } from '../../shared/code-sets/code-sets.ts'
import type { CodeSetName } from '../../shared/code-sets/shipped.ts'
import type { UserId } from '../../shared/ids.ts'
import type { Keyring } from '../crypto/keyring.ts'
import { isDuplicateKey, type Store } from '../storage/port.ts'

interface ClearVersion {
  set: CodeSetName
  version: number
  by: UserId
  at: Date
}

interface SealedPart {
  entries: CodeEntry[]
  reason: string
}

export type PublishedVersion = ClearVersion & SealedPart

interface VersionRecord extends ClearVersion {
  /** `<set>.<version>`, so that of two who publish the same version the store keeps one. */
  _id: string
  sealed: Buffer
}

export interface CodeSetRepository {
  /** All of all sets, by set and version. */
  published(): Promise<PublishedVersion[]>
  /** How many there are: as none goes and none changes, it tells whether there is a new one. */
  count(): Promise<number>
  /** False where that version is there already. */
  add(version: PublishedVersion): Promise<boolean>
}

const idOf = ({ set, version }: ClearVersion) => `${set}.${version}`
const contextOf = (version: ClearVersion) => `codeSetVersions|${idOf(version)}|${version.by}`

export function createCodeSetRepository(options: {
  store: Store
  keyring: Pick<Keyring, 'drawer'>
}): CodeSetRepository {
  const { store, keyring } = options
  const records = store.collection<VersionRecord>('codeSetVersions')
  return {
    async published() {
      const found = await records.find({}, { sort: { set: 1, version: 1 } }).toArray()
      if (found.length === 0) return []
      const drawer = await keyring.drawer('installation')
      return found.map(({ _id: _, sealed, ...clear }) => ({
        ...clear,
        ...drawer.openJson<SealedPart>(sealed, contextOf(clear)),
      }))
    },
    count: () => records.countDocuments({}),
    async add({ entries, reason, ...clear }) {
      const drawer = await keyring.drawer('installation')
      try {
        await records.insertOne({
          _id: idOf(clear),
          ...clear,
          sealed: drawer.sealJson({ entries, reason }, contextOf(clear)),
        })
        return true
      } catch (error) {
        if (isDuplicateKey(error)) return false
        throw error
      }
    },
  }
}
