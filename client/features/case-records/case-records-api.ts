/** The calls of `shared/protocol/case-records.ts`. */
import type { CaseRecordKind } from '../../../shared/case-records/kinds.ts'
import type { CaseId, CaseRecordId } from '../../../shared/ids.ts'
import type {
  CaseRecordHistory,
  CaseRecordsView,
  CaseRecordView,
  CorrectRecordBody,
  FoundRecordsView,
  KeepDraftBody,
  SearchRecordsBody,
  WriteRecordBody,
} from '../../../shared/protocol/case-records.ts'
import type { Api } from '../../lib/api.ts'

export interface RecordsAsked {
  kind?: CaseRecordKind | undefined
  from?: number
}

export interface CaseRecordsApi {
  /** What there is now; `before` itself while nothing is new. */
  open(caseId: CaseId, asked: RecordsAsked, before?: CaseRecordsView): Promise<CaseRecordsView>
  search(caseId: CaseId, body: SearchRecordsBody): Promise<FoundRecordsView>
  write(caseId: CaseId, body: WriteRecordBody): Promise<CaseRecordView>
  correct(caseId: CaseId, recordId: CaseRecordId, body: CorrectRecordBody): Promise<CaseRecordView>
  versions(caseId: CaseId, recordId: CaseRecordId): Promise<CaseRecordHistory>
  keepDraft(caseId: CaseId, body: KeepDraftBody): Promise<Record<string, never>>
}

export function caseRecordsApi(api: Pick<Api, 'call'>): CaseRecordsApi {
  const at = encodeURIComponent
  const path = (caseId: CaseId) => `/cases/${at(caseId)}/records`
  const versions = (caseId: CaseId, recordId: CaseRecordId) => `${path(caseId)}/${at(recordId)}/versions`
  return {
    async open(caseId, { kind, from = 0 }, before) {
      const query = new URLSearchParams()
      if (kind !== undefined) query.set('kind', kind)
      if (from > 0) query.set('from', String(from))
      const all = query.size === 0 ? '' : `?${query}`
      if (before) query.set('known', before.tag)
      const answer = await api.call<CaseRecordsView | { unchanged: true }>(
        'GET',
        path(caseId) + (query.size === 0 ? '' : `?${query}`),
      )
      if (!('unchanged' in answer)) return answer
      // Only an answer to a tag of ours says so.
      return before ?? api.call<CaseRecordsView>('GET', path(caseId) + all)
    },
    search: (caseId, body) => api.call('POST', `${path(caseId)}/search`, body),
    write: (caseId, body) => api.call('POST', path(caseId), body),
    correct: (caseId, recordId, body) => api.call('POST', versions(caseId, recordId), body),
    versions: (caseId, recordId) => api.call('GET', versions(caseId, recordId)),
    keepDraft: (caseId, body) => api.call('POST', `${path(caseId)}/draft`, body),
  }
}
