/** Records of cases and the code sets that they stand on, over a store. */
import { SHIPPED_INSTRUMENTS } from '../../shared/case-records/risk-sample.ts'
import { createCodeSetRepository } from '../code-sets/code-set-repository.ts'
import { createCodeSets } from '../code-sets/code-sets.ts'
import type { CodeSetParts } from '../code-sets/publish.ts'
import type { ConferenceParts } from '../conferences/ports.ts'
import type { Keyring } from '../crypto/keyring.ts'
import type { Store } from '../storage/port.ts'
import { createCaseRecordRepository } from './case-record-repository.ts'
import { createDraftRepository } from './draft-repository.ts'
import type { CaseRecordParts } from './ports.ts'
import { createRecordIndex, type RecordIndex } from './record-index.ts'

export function createRecordParts(options: {
  conferences: ConferenceParts
  store: Store
  keyring: Pick<Keyring, 'drawer'>
}): CaseRecordParts & CodeSetParts & { recordIndex: RecordIndex } {
  const codeSetVersions = createCodeSetRepository(options)
  const records = createCaseRecordRepository(options)
  const recordIndex = createRecordIndex({ records })
  return {
    ...options.conferences,
    caseRecords: {
      ...records,
      async add(version) {
        const isAdded = await records.add(version)
        recordIndex.noteWritten(version.caseId)
        return isAdded
      },
    },
    recordIndex,
    caseRecordDrafts: createDraftRepository(options),
    codeSetVersions,
    codeSets: createCodeSets(codeSetVersions),
    instruments: SHIPPED_INSTRUMENTS,
  }
}
