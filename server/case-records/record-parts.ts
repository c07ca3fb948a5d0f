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

export function createRecordParts(options: {
  conferences: ConferenceParts
  store: Store
  keyring: Pick<Keyring, 'drawer'>
}): CaseRecordParts & CodeSetParts {
  const codeSetVersions = createCodeSetRepository(options)
  return {
    ...options.conferences,
    caseRecords: createCaseRecordRepository(options),
    caseRecordDrafts: createDraftRepository(options),
    codeSetVersions,
    codeSets: createCodeSets(codeSetVersions),
    instruments: SHIPPED_INSTRUMENTS,
  }
}
