/** The calls of `shared/protocol/history.ts`. */
import type { ItemVersionId } from '../../../shared/history/version-moments.ts'
import type { ConferenceId, ItemId } from '../../../shared/ids.ts'
import type { HistoryView, NameVersionBody, RestoreVersionBody, VersionView } from '../../../shared/protocol/history.ts'
import type { Api } from '../../lib/api.ts'

export interface HistoryApi {
  list(): Promise<HistoryView>
  open(versionId: ItemVersionId): Promise<VersionView>
  name(body: NameVersionBody): Promise<HistoryView>
  restore(versionId: ItemVersionId, body: RestoreVersionBody): Promise<HistoryView>
}

export function historyApi(api: Pick<Api, 'call'>, conferenceId: ConferenceId, itemId: ItemId): HistoryApi {
  const at = encodeURIComponent
  const path = `/conferences/${at(conferenceId)}/items/${at(itemId)}/versions`
  return {
    list: () => api.call('GET', path),
    open: versionId => api.call('GET', `${path}/${at(versionId)}`),
    name: body => api.call('POST', path, body),
    restore: (versionId, body) => api.call('POST', `${path}/${at(versionId)}/restore`, body),
  }
}
