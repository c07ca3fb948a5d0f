/** What data subject requests need beside everything that cases stand on. The composition root brings it together. */
import type { CaseId } from '../../shared/ids.ts'
import type { AtRetentionView } from '../../shared/protocol/subject-requests.ts'
import type { AccessLog } from '../audit/access-log.ts'
import type { ConferenceParts } from '../conferences/ports.ts'
import type { Store } from '../storage/port.ts'
import type { RequestRepository } from './request-repository.ts'

export interface SubjectRequestParts extends ConferenceParts {
  store: Pick<Store, 'collection'>
  requests: RequestRepository
  accessLog: Pick<AccessLog, 'ofSubject'>
  /** How a case whose deletion was granted stands at the retention desk. Null where that is nothing of it. */
  atRetention(caseId: CaseId): Promise<AtRetentionView | null>
}
