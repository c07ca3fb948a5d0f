/** What records of a case need beside everything that conferences stand on. */
import type { RiskInstrument } from '../../shared/case-records/risk-instrument.ts'
import type { CodeSets } from '../code-sets/code-sets.ts'
import type { ConferenceParts } from '../conferences/ports.ts'
import type { CaseRecordRepository } from './case-record-repository.ts'
import type { DraftRepository } from './draft-repository.ts'

export interface CaseRecordParts extends ConferenceParts {
  caseRecords: CaseRecordRepository
  caseRecordDrafts: DraftRepository
  codeSets: CodeSets
  /** Every version that an assessment was ever made with. */
  instruments: readonly RiskInstrument[]
}
