/** The calls of `shared/protocol/exports.ts`. */
import type { Paper } from '../../../shared/exports/paper.ts'
import type { ConferenceId, ExportId } from '../../../shared/ids.ts'
import type { ExportBody, ExportView } from '../../../shared/protocol/exports.ts'
import type { Api } from '../../lib/api.ts'
import { readFile } from '../../lib/files-api.ts'

export interface ExportsApi {
  begin(conferenceId: ConferenceId, body: ExportBody): Promise<ExportView>
  view(conferenceId: ConferenceId, exportId: ExportId): Promise<ExportView>
  cancel(conferenceId: ConferenceId, exportId: ExportId): Promise<Record<string, never>>
  /** Once: afterwards it is gone. */
  file(conferenceId: ConferenceId, exportId: ExportId): Promise<Blob>
  paper(conferenceId: ConferenceId, exportId: ExportId): Promise<Paper>
}

export function exportsApi(api: Pick<Api, 'call' | 'again'>): ExportsApi {
  const all = (id: ConferenceId) => `/conferences/${encodeURIComponent(id)}/exports`
  const one = (id: ConferenceId, exportId: ExportId) => `${all(id)}/${encodeURIComponent(exportId)}`
  const file = (id: ConferenceId, exportId: ExportId) => readFile(api, `${one(id, exportId)}/file`)
  return {
    begin: (id, body) => api.call('POST', all(id), body),
    view: (id, exportId) => api.call('GET', one(id, exportId)),
    cancel: (id, exportId) => api.call('DELETE', one(id, exportId)),
    file,
    // From ourselves a moment ago: the server's types hold.
    paper: async (id, exportId) => JSON.parse(await (await file(id, exportId)).text()) as Paper,
  }
}
