/** Guests over HTTP: who invites, and the door. */
import { changeGuestBody, createGuestBody, guestEntryBody, guestLinkBody } from '../../../shared/protocol/guests.ts'
import { admitToChangeConference } from '../../conferences/admission.ts'
import { admitGuest, changeGuest, inviteGuest, renewCode, takeBackGuest } from '../../guests/guest-commands.ts'
import type { GuestWatch } from '../../guests/guest-endings.ts'
import { enterByCode, leaveLobby, lookAtLink, standingOf } from '../../guests/guest-entry.ts'
import { listGuests } from '../../guests/guest-views.ts'
import type { GuestParts } from '../../guests/ports.ts'
import { byOf } from '../by.ts'
import { type Route, route } from '../route.ts'

export function guestRoutes(parts: GuestParts, watch: Pick<GuestWatch, 'expect'>): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/conferences/:conferenceId/guests',
      policy: 'canChangeConference',
      authorise: call => admitToChangeConference(parts, byOf(call), call.params.conferenceId, { evenWhenClosed: true }),
      handle: async (call, admitted) => ({ guests: await listGuests(parts, byOf(call), admitted) }),
    }),
    route({
      method: 'POST',
      path: '/api/conferences/:conferenceId/guests',
      policy: 'canChangeConference',
      body: createGuestBody,
      authorise: call => admitToChangeConference(parts, byOf(call), call.params.conferenceId),
      async handle(call, admitted) {
        const made = await inviteGuest(parts, byOf(call), admitted, call.body)
        watch.expect(new Date(made.guest.until))
        return made
      },
    }),
    route({
      method: 'PATCH',
      path: '/api/conferences/:conferenceId/guests/:guestId',
      policy: 'canChangeConference',
      body: changeGuestBody,
      authorise: call => admitToChangeConference(parts, byOf(call), call.params.conferenceId),
      handle: (call, admitted) => changeGuest(parts, byOf(call), admitted, call.params.guestId, call.body),
    }),
    route({
      method: 'POST',
      path: '/api/conferences/:conferenceId/guests/:guestId/code',
      policy: 'canChangeConference',
      authorise: call => admitToChangeConference(parts, byOf(call), call.params.conferenceId),
      handle: (call, admitted) => renewCode(parts, byOf(call), admitted, call.params.guestId),
    }),
    route({
      method: 'POST',
      path: '/api/conferences/:conferenceId/guests/:guestId/admit',
      policy: 'canChangeConference',
      authorise: call => admitToChangeConference(parts, byOf(call), call.params.conferenceId),
      handle: (call, admitted) => admitGuest(parts, byOf(call), admitted, call.params.guestId),
    }),
    route({
      method: 'DELETE',
      path: '/api/conferences/:conferenceId/guests/:guestId',
      policy: 'canChangeConference',
      authorise: call => admitToChangeConference(parts, byOf(call), call.params.conferenceId),
      async handle(call, admitted) {
        await takeBackGuest(parts, byOf(call), admitted, call.params.guestId)
        return {}
      },
    }),
    route({
      method: 'POST',
      path: '/api/guest/link',
      policy: 'public',
      rate: 'sign-in',
      body: guestLinkBody,
      handle: ({ body }) => lookAtLink(parts, body.token),
    }),
    route({
      method: 'POST',
      path: '/api/guest',
      policy: 'public',
      rate: 'sign-in',
      body: guestEntryBody,
      async handle({ body, address, cookie, setCookie }) {
        const entered = await enterByCode(parts, body, { address, cookie })
        setCookie(parts.cookies.write(entered.cookie))
        return entered.standing
      },
    }),
    route({
      method: 'GET',
      path: '/api/guest',
      policy: 'public',
      handle: ({ cookie }) => standingOf(parts, cookie),
    }),
    route({
      method: 'DELETE',
      path: '/api/guest',
      policy: 'public',
      async handle({ cookie, address }) {
        await leaveLobby(parts, { cookie, address })
        return {}
      },
    }),
  ]
}
