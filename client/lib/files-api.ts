/**
 * Files over HTTP: read whole, and sent with word of how far they have come, which XMLHttpRequest alone can tell. Like any call they are made once more
 * when the person had to come back first.
 */
import { ABOUT_HEADER, UPLOAD_TYPE } from '../../shared/protocol/papers.ts'
import { type Api, ApiError, toApiError } from './api.ts'

const unreachable = () => {
  throw new ApiError('unreachable')
}

/** @param body given, the file is asked for with a POST: what says whose data it is about stands in no address */
export function readFile(api: Pick<Api, 'again'>, path: string, body?: object): Promise<Blob> {
  return api.again(async () => {
    const response = await fetch(`/api${path}`, {
      credentials: 'same-origin',
      cache: 'no-store',
      ...(body && { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    }).catch(unreachable)
    if (!response.ok) throw toApiError(response.status, await response.json().catch(() => undefined))
    // A line that breaks in the middle.
    return response.blob().catch(unreachable)
  })
}

export interface FileSending {
  /** Bytes that have left this computer. */
  onSent(bytes: number): void
  /** Aborted by the person's "cancel". */
  signal?: AbortSignal
}

/** Thrown when the person pressed "cancel"; nothing to tell. */
export class Cancelled extends Error {
  override name = 'Cancelled'
}

/** @param about what is sent, for the server to know before the first byte */
export function sendFile<View>(
  api: Pick<Api, 'again'>,
  path: string,
  about: object,
  content: Blob,
  sending: FileSending,
): Promise<View> {
  return api.again(() => sendOnce(`/api${path}`, about, content, sending))
}

function sendOnce<View>(path: string, about: object, content: Blob, { onSent, signal }: FileSending): Promise<View> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(new Cancelled())
    const request = new XMLHttpRequest()
    request.open('POST', path)
    request.responseType = 'json'
    request.setRequestHeader('Accept', 'application/json')
    request.setRequestHeader('Content-Type', UPLOAD_TYPE)
    request.setRequestHeader(ABOUT_HEADER, encodeURIComponent(JSON.stringify(about)))
    const cancel = () => request.abort()
    signal?.addEventListener('abort', cancel)
    request.upload.onprogress = event => onSent(event.loaded)
    request.onabort = () => reject(new Cancelled())
    request.onerror = () => reject(new ApiError('unreachable'))
    request.onload = () => {
      // From ourselves: the server's types hold.
      if (request.status === 200) resolve(request.response as View)
      else reject(toApiError(request.status, request.response))
    }
    request.onloadend = () => signal?.removeEventListener('abort', cancel)
    request.send(content)
  })
}
