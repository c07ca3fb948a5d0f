/** The calls of `shared/protocol/minutes.ts`. */
import type { ConferenceId } from '../../shared/ids.ts'
import type {
  ChangeMinutesBody,
  CirculateMinutesBody,
  ClosingView,
  CorrectMinutesBody,
  MinutesKeyView,
  MinutesView,
  SealMinutesBody,
  SignMinutesBody,
} from '../../shared/protocol/minutes.ts'
import type { Api } from './api.ts'

export interface MinutesApi {
  /** @param version left out: the draft, or the latest */
  open(conferenceId: ConferenceId, version?: number): Promise<MinutesView>
  change(conferenceId: ConferenceId, body: ChangeMinutesBody): Promise<MinutesView>
  circulate(conferenceId: ConferenceId, body: CirculateMinutesBody): Promise<MinutesView>
  correct(conferenceId: ConferenceId, body: CorrectMinutesBody): Promise<MinutesView>
  sign(conferenceId: ConferenceId, body: SignMinutesBody): Promise<MinutesView>
  seal(conferenceId: ConferenceId, body: SealMinutesBody): Promise<MinutesView>
  closing(conferenceId: ConferenceId): Promise<ClosingView>
  key(): Promise<MinutesKeyView>
}

export function minutesApi(api: Pick<Api, 'call'>): MinutesApi {
  const conference = (id: ConferenceId) => `/conferences/${encodeURIComponent(id)}`
  const minutes = (id: ConferenceId) => `${conference(id)}/minutes`
  return {
    open: (id, version) => api.call('GET', `${minutes(id)}${version === undefined ? '' : `?version=${version}`}`),
    change: (id, body) => api.call('PATCH', minutes(id), body),
    circulate: (id, body) => api.call('POST', `${minutes(id)}/circulate`, body),
    correct: (id, body) => api.call('POST', `${minutes(id)}/correct`, body),
    sign: (id, body) => api.call('POST', `${minutes(id)}/sign`, body),
    seal: (id, body) => api.call('POST', `${minutes(id)}/seal`, body),
    closing: id => api.call('GET', `${conference(id)}/closing`),
    key: () => api.call('GET', '/minutes-key'),
  }
}
