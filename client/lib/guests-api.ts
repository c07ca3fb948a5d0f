/** The calls of `shared/protocol/guests.ts`. The door's own calls answer trouble themselves: nobody is signed in there. */
import type { ConferenceId, UserId } from '../../shared/ids.ts'
import type {
  ChangeGuestBody,
  CreateGuestBody,
  GuestCodeView,
  GuestLinkView,
  GuestStanding,
  GuestView,
  NewGuestView,
} from '../../shared/protocol/guests.ts'
import type { Api } from './api.ts'

export interface GuestsApi {
  list(conferenceId: ConferenceId): Promise<{ guests: GuestView[] }>
  invite(conferenceId: ConferenceId, body: CreateGuestBody): Promise<NewGuestView>
  change(conferenceId: ConferenceId, guestId: UserId, body: ChangeGuestBody): Promise<GuestView>
  renewCode(conferenceId: ConferenceId, guestId: UserId): Promise<GuestCodeView>
  admit(conferenceId: ConferenceId, guestId: UserId): Promise<GuestView>
  takeBack(conferenceId: ConferenceId, guestId: UserId): Promise<Record<string, never>>
  look(token: string): Promise<GuestLinkView>
  enter(token: string, code: string): Promise<GuestStanding>
  standing(): Promise<GuestStanding>
  leaveLobby(): Promise<Record<string, never>>
}

export function guestsApi(api: Pick<Api, 'call'>): GuestsApi {
  const at = encodeURIComponent
  const all = (id: ConferenceId) => `/conferences/${at(id)}/guests`
  const one = (id: ConferenceId, guestId: UserId) => `${all(id)}/${at(guestId)}`
  return {
    list: id => api.call('GET', all(id)),
    invite: (id, body) => api.call('POST', all(id), body),
    change: (id, guestId, body) => api.call('PATCH', one(id, guestId), body),
    renewCode: (id, guestId) => api.call('POST', `${one(id, guestId)}/code`),
    admit: (id, guestId) => api.call('POST', `${one(id, guestId)}/admit`),
    takeBack: (id, guestId) => api.call('DELETE', one(id, guestId)),
    look: token => api.call('POST', '/guest/link', { token }),
    enter: (token, code) => api.call('POST', '/guest', { token, code }),
    standing: () => api.call('GET', '/guest'),
    leaveLobby: () => api.call('DELETE', '/guest'),
  }
}
