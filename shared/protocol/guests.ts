/**
 * Guests over HTTP: somebody without an account, invited to one conference by a link and a code (`server/guests/SPEC.md`).
 *
 *   GET    /api/conferences/:conferenceId/guests                    { guests: GuestView[] }   whose invitation is not over
 *   POST   /api/conferences/:conferenceId/guests   createGuestBody  NewGuestView              link's token and code, shown this once
 *   PATCH  /api/conferences/:conferenceId/guests/:guestId  changeGuestBody  GuestView         what is ticked
 *   POST   /api/conferences/:conferenceId/guests/:guestId/code      { code }                  another one; what was open with the last ends
 *   POST   /api/conferences/:conferenceId/guests/:guestId/admit     GuestView                 from the lobby
 *   DELETE /api/conferences/:conferenceId/guests/:guestId           {}                        takes it back; turns away who waits
 *   POST   /api/guest/link                         guestLinkBody    GuestLinkView             what the door may say: who invites, and when
 *   POST   /api/guest                              guestEntryBody   GuestStanding             through the door; sets the cookie
 *   GET    /api/guest                                               GuestStanding             asked by who waits
 *   DELETE /api/guest                                               {}                        gives up waiting
 */
import * as z from 'zod'
import { AGENCY_TYPES, CONFERENCE_ROLES } from '../codes.ts'
import type { AgencyId, ConferenceId, ItemId, UserId } from '../ids.ts'
import { code, id, instant, line, optionalLine } from './fields.ts'

/** Where the door is. The token follows behind a `#`. */
export const GUEST_PATH = '/guest'

const token = z.string().regex(/^[A-Za-z0-9_-]{43}$/)
/** Digits, as they are read out: in groups, with spaces. */
const spokenCode = z
  .string()
  .max(20)
  .transform(text => text.replace(/[\s-]/g, ''))
  .pipe(z.string().regex(/^\d{6}$/))

const items = z.array(id<ItemId>()).max(200)

export const createGuestBody = z.strictObject({
  agency: z.union([
    z.strictObject({ agencyId: id<AgencyId>() }),
    /** One that is not registered here yet: it is, in the host agency's city and without people. */
    z.strictObject({ name: line(60), shortName: line(8), type: code(AGENCY_TYPES) }),
  ]),
  name: line(40),
  title: optionalLine(40),
  role: code({ attendee: CONFERENCE_ROLES.attendee, observer: CONFERENCE_ROLES.observer }),
  items,
  from: instant,
  until: instant,
})
export type CreateGuestBody = z.output<typeof createGuestBody>

export const changeGuestBody = z.strictObject({ items })
export type ChangeGuestBody = z.output<typeof changeGuestBody>

export const guestLinkBody = z.strictObject({ token })
export const guestEntryBody = z.strictObject({ token, code: spokenCode })

export interface GuestView {
  guestId: UserId
  agencyId: AgencyId
  name: string
  title: string
  role: 'attendee' | 'observer'
  /** Of the items that the reader may open, those that are ticked. */
  items: ItemId[]
  state: 'invited' | 'waiting' | 'admitted'
  from: string
  until: string
}

export interface NewGuestView {
  guest: GuestView
  token: string
  code: string
}

export interface GuestCodeView {
  code: string
}

/** All that a link tells before its code. */
export interface GuestLinkView {
  hostAgencyName: string
  opens: 'now' | 'later'
  from: string
  until: string
}

export type GuestStanding =
  | { state: 'nobody' }
  | { state: 'waiting'; hostAgencyName: string }
  | { state: 'admitted'; conferenceId: ConferenceId }
