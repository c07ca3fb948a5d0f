/** The calls of `shared/protocol/papers.ts`. */
import type { ConferenceId, ItemId, PaperId } from '../../shared/ids.ts'
import type { PaperAbout, PaperView, PrintBody, PrintView } from '../../shared/protocol/papers.ts'
import type { Api } from './api.ts'
import { type FileSending, readFile, sendFile } from './files-api.ts'

export type Sending = Required<FileSending>

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

export function papersApi(api: Pick<Api, 'call' | 'again'>): PapersApi {
  const at = encodeURIComponent
  const conference = (id: ConferenceId) => `/conferences/${at(id)}`
  const item = (id: ConferenceId, itemId: ItemId) => `${conference(id)}/items/${at(itemId)}/papers`
  const one = (id: ConferenceId, { itemId, paperId }: { itemId: ItemId; paperId: PaperId }) =>
    `${item(id, itemId)}/${at(paperId)}`
  return {
    ofConference: id => api.call('GET', `${conference(id)}/papers`),
    ofItem: (id, itemId) => api.call('GET', item(id, itemId)),
    content: (id, paper) => readFile(api, one(id, paper)),
    add: (id, itemId, about, content, sending) => sendFile(api, item(id, itemId), about, content, sending),
    remove: (id, paper) => api.call('DELETE', one(id, paper)),
    recordPrint: (id, body) => api.call('POST', `${conference(id)}/prints`, body),
  }
}
