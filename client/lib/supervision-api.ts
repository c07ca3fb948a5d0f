/** The calls of `shared/protocol/supervision.ts`. */
import type { CaseId } from '../../shared/ids.ts'
import type { SupervisionSummary, SupervisionView, WriteSupervisionBody } from '../../shared/protocol/supervision.ts'
import type { Api } from './api.ts'

export interface SupervisionApi {
  /** What there is now; `before` itself while nothing is new. */
  open(caseId: CaseId, before?: SupervisionView): Promise<SupervisionView>
  list(): Promise<{ supervisions: SupervisionSummary[] }>
  write(caseId: CaseId, body: WriteSupervisionBody): Promise<SupervisionView>
}

export function supervisionApi(api: Pick<Api, 'call'>): SupervisionApi {
  const path = (caseId: CaseId) => `/cases/${encodeURIComponent(caseId)}/supervision`
  return {
    async open(caseId, before) {
      const known = before ? `?known=${before.tag}` : ''
      const answer = await api.call<SupervisionView | { unchanged: true }>('GET', path(caseId) + known)
      if (!('unchanged' in answer)) return answer
      // Only an answer to a tag of ours says so.
      return before ?? api.call<SupervisionView>('GET', path(caseId))
    },
    list: () => api.call('GET', '/supervision'),
    write: (caseId, body) => api.call('POST', path(caseId), body),
  }
}
