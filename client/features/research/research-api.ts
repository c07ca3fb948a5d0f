/** The calls of `shared/protocol/research.ts`. */
import type { ConferenceId, ItemId } from '../../../shared/ids.ts'
import type {
  ConferenceResearchView,
  ResearchSheetView,
  SharedResearchView,
  ShareResearchBody,
  WriteResearchBody,
} from '../../../shared/protocol/research.ts'
import type { Api } from '../../lib/api.ts'

export function researchApi(api: Pick<Api, 'call'>) {
  const at = encodeURIComponent
  const sheet = (conferenceId: ConferenceId, itemId: ItemId) =>
    `/conferences/${at(conferenceId)}/items/${at(itemId)}/research`
  return {
    list: (id: ConferenceId) => api.call<ConferenceResearchView>('GET', `/conferences/${at(id)}/research`),
    open: (id: ConferenceId, itemId: ItemId) => api.call<ResearchSheetView>('GET', sheet(id, itemId)),
    write: (id: ConferenceId, itemId: ItemId, body: WriteResearchBody) =>
      api.call<ResearchSheetView>('POST', sheet(id, itemId), body),
    share: (id: ConferenceId, itemId: ItemId, body: ShareResearchBody) =>
      api.call<ResearchSheetView>('POST', `${sheet(id, itemId)}/share`, body),
    takeBack: (id: ConferenceId, itemId: ItemId, body: ShareResearchBody) =>
      api.call<ResearchSheetView>('POST', `${sheet(id, itemId)}/take-back`, body),
    shared: (id: ConferenceId, itemId: ItemId) => api.call<SharedResearchView>('GET', `${sheet(id, itemId)}/shared`),
  }
}
