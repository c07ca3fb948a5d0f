/** The calls of `shared/protocol/papers.ts`. Bytes are sent by XMLHttpRequest, which alone tells how far an upload has come. */
import type { ConferenceId, ItemId, PaperId } from '../../shared/ids.ts'
import {
  ABOUT_HEADER,
  type PaperAbout,
  type PaperView,
  type PrintBody,
  type PrintView,
  UPLOAD_TYPE,
} from '../../shared/protocol/papers.ts'
import { type Api, ApiError, toApiError } from './api.ts'

export interface Sending {
  /** Told how many bytes have left. */
  onSent(bytes: number): void
  signal: AbortSignal
}

export interface PapersApi {
  ofConference(conferenceId: ConferenceId): Promise<{ papers: PaperView[] }>
  ofItem(conferenceId: ConferenceId, itemId: ItemId): Promise<{ papers: PaperView[] }>
  content(conferenceId: ConferenceId, paper: Pick<PaperView, 'itemId' | 'paperId'>): Promise<Blob>
  add(
    conferenceId: ConferenceId,
    itemId: ItemId,
    about: PaperAbout,
    content: Blob,
    sending: Sending,
  ): Promise<PaperView>
  remove(conferenceId: ConferenceId, paper: Pick<PaperView, 'itemId' | 'paperId'>): Promise<Record<string, never>>
  recordPrint(conferenceId: ConferenceId, body: PrintBody): Promise<PrintView>
}

/** Thrown when the person pressed "cancel"; nothing to tell. */
export class Cancelled extends Error {
  override name = 'Cancelled'
}

export function papersApi(api: Pick<Api, 'call' | 'again'>): PapersApi {
  const at = encodeURIComponent
  const conference = (id: ConferenceId) => `/conferences/${at(id)}`
  const item = (id: ConferenceId, itemId: ItemId) => `${conference(id)}/items/${at(itemId)}/papers`
  const one = (id: ConferenceId, { itemId, paperId }: { itemId: ItemId; paperId: PaperId }) =>
    `${item(id, itemId)}/${at(paperId)}`
  return {
    ofConference: id => api.call('GET', `${conference(id)}/papers`),
    ofItem: (id, itemId) => api.call('GET', item(id, itemId)),
    content: (id, paper) => api.again(() => readBytes(`/api${one(id, paper)}`)),
    add: (id, itemId, about, content, sending) =>
      api.again(() => sendBytes(`/api${item(id, itemId)}`, about, content, sending)),
    remove: (id, paper) => api.call('DELETE', one(id, paper)),
    recordPrint: (id, body) => api.call('POST', `${conference(id)}/prints`, body),
  }
}

async function readBytes(path: string): Promise<Blob> {
  const response = await fetch(path, { credentials: 'same-origin', cache: 'no-store' }).catch(() => {
    throw new ApiError('unreachable')
  })
  if (!response.ok) throw toApiError(response.status, await response.json().catch(() => undefined))
  // A line that breaks in the middle.
  return response.blob().catch(() => {
    throw new ApiError('unreachable')
  })
}

function sendBytes(path: string, about: PaperAbout, content: Blob, { onSent, signal }: Sending): Promise<PaperView> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new Cancelled())
    const request = new XMLHttpRequest()
    request.open('POST', path)
    request.responseType = 'json'
    request.setRequestHeader('Accept', 'application/json')
    request.setRequestHeader('Content-Type', UPLOAD_TYPE)
    request.setRequestHeader(ABOUT_HEADER, encodeURIComponent(JSON.stringify(about)))
    const cancel = () => request.abort()
    signal.addEventListener('abort', cancel)
    request.upload.onprogress = event => onSent(event.loaded)
    request.onabort = () => reject(new Cancelled())
    request.onerror = () => reject(new ApiError('unreachable'))
    request.onload = () => {
      if (request.status === 200) resolve(request.response as PaperView)
      else reject(toApiError(request.status, request.response))
    }
    request.onloadend = () => signal.removeEventListener('abort', cancel)
    request.send(content)
  })
}
