/**
 * What can be found in the records of cases, in memory (search/SPEC.md SQ11, SQ12). It knows nothing of persons: who asks names the cases, and looks
 * only at what the person may read. A case is read when it is first asked for, and again after something was written in it.
 */
import type { CaseRecordKind } from '../../shared/case-records/kinds.ts'
import { textsOf } from '../../shared/case-records/record-texts.ts'
import type { AgencyId, CaseId, CaseRecordId } from '../../shared/ids.ts'
import type { Searchable } from '../../shared/search/matching.ts'
import { composed, searchKeyOf } from '../../shared/search/search-key.ts'
import { type CaseRecordRepository, newestOf, type RecordVersion } from './case-record-repository.ts'

export interface RecordToFind extends Searchable {
  recordId: CaseRecordId
  kind: CaseRecordKind
  narrowTo: AgencyId | null
  agencyId: AgencyId
  happenedAt: Date
}

export interface RecordIndex {
  /** The newest versions of all records of these cases, whoever may read them. */
  of(caseIds: readonly CaseId[]): Promise<ReadonlyMap<CaseId, readonly RecordToFind[]>>
  /** Something was written in a case. */
  noteWritten(caseId: CaseId): void
}

/** Some 100 MB of Hangul; beyond it the least lately asked for go. */
const MAX_CHARACTERS = 40_000_000

export function createRecordIndex(options: {
  records: Pick<CaseRecordRepository, 'clearVersionsOf' | 'open'>
  maxCharacters?: number
}): RecordIndex {
  const { records, maxCharacters = MAX_CHARACTERS } = options
  /** The least lately asked for first. */
  const known = new Map<CaseId, { found: readonly RecordToFind[]; characters: number }>()
  /** How often something was written: a reading that began before is not kept. */
  const written = new Map<CaseId, number>()
  let characters = 0

  function forget(caseId: CaseId): void {
    characters -= known.get(caseId)?.characters ?? 0
    known.delete(caseId)
  }

  function keep(caseId: CaseId, found: readonly RecordToFind[]): void {
    forget(caseId)
    const size = found.reduce((sum, { text, key }) => sum + text.length + key.length, 0)
    known.set(caseId, { found, characters: size })
    characters += size
    for (const oldest of known.keys()) {
      if (characters <= maxCharacters) return
      forget(oldest)
    }
  }

  return {
    async of(caseIds) {
      const answer = new Map<CaseId, readonly RecordToFind[]>()
      const missing: CaseId[] = []
      for (const caseId of caseIds) {
        const one = known.get(caseId)
        if (one === undefined) missing.push(caseId)
        else {
          answer.set(caseId, one.found)
          known.delete(caseId)
          known.set(caseId, one)
        }
      }
      if (missing.length === 0) return answer
      const before = new Map(missing.map(caseId => [caseId, written.get(caseId) ?? 0]))
      const opened = await records.open(newestOf(await records.clearVersionsOf(missing)))
      for (const caseId of missing) {
        const found = opened.filter(version => version.caseId === caseId).map(toFind)
        answer.set(caseId, found)
        if ((written.get(caseId) ?? 0) === before.get(caseId)) keep(caseId, found)
      }
      return answer
    },
    noteWritten(caseId) {
      written.set(caseId, (written.get(caseId) ?? 0) + 1)
      forget(caseId)
    },
  }
}

function toFind({ recordId, kind, narrowTo, agencyId, happenedAt, content }: RecordVersion): RecordToFind {
  const text = composed(textsOf(content).filter(Boolean).join('\n'))
  return { recordId, kind, narrowTo, agencyId, happenedAt, text, key: searchKeyOf(text) }
}
