/** The calls of `shared/protocol/imports.ts`. A list's bytes are sent by XMLHttpRequest, which alone tells how far an upload has come. */
import type { AgencyId, ImportId } from '../../../shared/ids.ts'
import type {
  ChangeImportBody,
  ImportAbout,
  ImportSummary,
  ImportView,
  TakeInBody,
} from '../../../shared/protocol/imports.ts'
import { ABOUT_HEADER, UPLOAD_TYPE } from '../../../shared/protocol/papers.ts'
import { type Api, ApiError, toApiError } from '../../lib/api.ts'

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
    read: (agencyId, about, content, onSent) =>
      api.again(() => sendList(`/api${all(agencyId)}`, about, content, onSent)),
    open: (agencyId, importId) => api.call('GET', one(agencyId, importId)),
    change: (agencyId, importId, body) => api.call('PATCH', one(agencyId, importId), body),
    takeIn: (agencyId, importId, body) => api.call('POST', `${one(agencyId, importId)}/take-in`, body),
    undo: (agencyId, importId, _v) => api.call('POST', `${one(agencyId, importId)}/undo`, { _v }),
    faults: (agencyId, importId, language) =>
      api.again(() => readBytes(`/api${one(agencyId, importId)}/faults?language=${language}`)),
  }
}

async function readBytes(path: string): Promise<Blob> {
  const response = await fetch(path, { credentials: 'same-origin', cache: 'no-store' }).catch(() => {
    throw new ApiError('unreachable')
  })
  if (!response.ok) throw toApiError(response.status, await response.json().catch(() => undefined))
  return response.blob()
}

function sendList(
  path: string,
  about: ImportAbout,
  content: Blob,
  onSent: (bytes: number) => void,
): Promise<ImportView> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', path)
    request.responseType = 'json'
    request.setRequestHeader('Accept', 'application/json')
    request.setRequestHeader('Content-Type', UPLOAD_TYPE)
    request.setRequestHeader(ABOUT_HEADER, encodeURIComponent(JSON.stringify(about)))
    request.upload.onprogress = event => onSent(event.loaded)
    request.onerror = () => reject(new ApiError('unreachable'))
    request.onload = () => {
      if (request.status === 200) resolve(request.response as ImportView)
      else reject(toApiError(request.status, request.response))
    }
    request.send(content)
  })
}
