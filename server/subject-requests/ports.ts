/** What data subject requests need beside everything that cases stand on. The composition root brings it together. */
import type { AccessLog } from '../audit/access-log.ts'
import type { ConferenceParts } from '../conferences/ports.ts'
import type { Store } from '../storage/port.ts'
import type { RequestRepository } from './request-repository.ts'

export interface SubjectRequestParts extends ConferenceParts {
  store: Pick<Store, 'collection'>
  requests: RequestRepository
  accessLog: Pick<AccessLog, 'ofSubject'>
}
