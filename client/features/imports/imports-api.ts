/** The calls of `shared/protocol/imports.ts`. */
import type { AgencyId, ImportId } from '../../../shared/ids.ts'
import type {
  ChangeImportBody,
  ImportAbout,
  ImportSummary,
  ImportView,
  TakeInBody,
} from '../../../shared/protocol/imports.ts'
import type { Api } from '../../lib/api.ts'
import { readFile, sendFile } from '../../lib/files-api.ts'

export interface ImportsApi {
  all(agencyId: AgencyId): Promise<{ imports: ImportSummary[] }>
  /** @param onSent told how many bytes have left */
  read(agencyId: AgencyId, about: ImportAbout, content: Blob, onSent: (bytes: number) => void): Promise<ImportView>
  open(agencyId: AgencyId, importId: ImportId): Promise<ImportView>
  change(agencyId: AgencyId, importId: ImportId, body: ChangeImportBody): Promise<ImportView>
  takeIn(agencyId: AgencyId, importId: ImportId, body: TakeInBody): Promise<ImportView>
  undo(agencyId: AgencyId, importId: ImportId, version: number): Promise<object>
  faults(agencyId: AgencyId, importId: ImportId, language: 'ko' | 'en'): Promise<Blob>
}

export function importsApi(api: Pick<Api, 'call' | 'again'>): ImportsApi {
  const at = encodeURIComponent
  const all = (agencyId: AgencyId) => `/agencies/${at(agencyId)}/imports`
  const one = (agencyId: AgencyId, importId: ImportId) => `${all(agencyId)}/${at(importId)}`
  return {
    all: agencyId => api.call('GET', all(agencyId)),
    read: (agencyId, about, content, onSent) => sendFile(api, all(agencyId), about, content, { onSent }),
    open: (agencyId, importId) => api.call('GET', one(agencyId, importId)),
    change: (agencyId, importId, body) => api.call('PATCH', one(agencyId, importId), body),
    takeIn: (agencyId, importId, body) => api.call('POST', `${one(agencyId, importId)}/take-in`, body),
    undo: (agencyId, importId, _v) => api.call('POST', `${one(agencyId, importId)}/undo`, { _v }),
    faults: (agencyId, importId, language) => readFile(api, `${one(agencyId, importId)}/faults?language=${language}`),
  }
}
