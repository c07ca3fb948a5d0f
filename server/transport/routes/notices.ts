/** Notices over HTTP: everybody's own, the calendar by its link, and for the operator how mail stands. */
import {
  changeNoticeSettingsBody,
  confirmAddressBody,
  noticeAddressBody,
  readNoticesBody,
} from '../../../shared/protocol/notices.ts'
import { Refusal } from '../../../shared/protocol/refusals.ts'
import { calendarFeed } from '../../notices/calendar-feed.ts'
import type { Mailing, MailingParts } from '../../notices/mailing.ts'
import {
  askForAddress,
  changeSettings,
  confirmAddress,
  makeCalendarLink,
  openSettings,
  removeAddress,
  removeCalendarLink,
} from '../../notices/notice-commands.ts'
import { countNotices, listNotices } from '../../notices/notice-views.ts'
import { byOf } from '../by.ts'
import { FileAnswer, type Route, route } from '../route.ts'

/** Calendars ask every hour or oftener; who looks at the settings wants to know the day. */
const NOTE_READ_MS = 3_600_000

export function noticeRoutes(parts: MailingParts, mailing: Pick<Mailing, 'health'>): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/notices',
      policy: 'signed-in',
      handle: call => listNotices(parts, byOf(call)),
    }),
    route({
      method: 'GET',
      path: '/api/notices/count',
      policy: 'signed-in',
      handle: async call => ({ unread: await countNotices(parts, call.caller.actor) }),
    }),
    route({
      method: 'POST',
      path: '/api/notices/read',
      policy: 'signed-in',
      body: readNoticesBody,
      async handle(call) {
        const { actor } = call.caller
        await parts.notices.markRead(actor.userId, call.body.noticeIds)
        return { unread: await countNotices(parts, actor) }
      },
    }),
    route({
      method: 'GET',
      path: '/api/notices/settings',
      policy: 'signed-in',
      handle: call => openSettings(parts, byOf(call)),
    }),
    route({
      method: 'PATCH',
      path: '/api/notices/settings',
      policy: 'signed-in',
      body: changeNoticeSettingsBody,
      handle: call => changeSettings(parts, byOf(call), call.body),
    }),
    route({
      method: 'POST',
      path: '/api/notices/address',
      policy: 'signed-in',
      body: noticeAddressBody,
      handle: call => askForAddress(parts, byOf(call), call.body),
    }),
    route({
      method: 'POST',
      path: '/api/notices/address/confirm',
      policy: 'signed-in',
      rate: 'sign-in',
      body: confirmAddressBody,
      handle: call => confirmAddress(parts, byOf(call), call.body.code),
    }),
    route({
      method: 'DELETE',
      path: '/api/notices/address',
      policy: 'signed-in',
      handle: call => removeAddress(parts, byOf(call)),
    }),
    route({
      method: 'POST',
      path: '/api/notices/calendar',
      policy: 'signed-in',
      handle: call => makeCalendarLink(parts, byOf(call)),
    }),
    route({
      method: 'DELETE',
      path: '/api/notices/calendar',
      policy: 'signed-in',
      handle: call => removeCalendarLink(parts, byOf(call)),
    }),
    route({
      method: 'GET',
      path: '/api/notices/health',
      policy: 'operator',
      handle: () => mailing.health(),
    }),
    route({
      method: 'GET',
      path: '/api/calendar/:secret',
      policy: 'public',
      async handle(call) {
        const { secret } = call.params
        const link = await parts.settings.calendarBy(secret)
        const feed = link && (await calendarFeed(parts, link.userId))
        if (link === undefined || feed === undefined) throw new Refusal('not-found')
        const now = parts.now()
        if ((link.readAt?.getTime() ?? 0) + NOTE_READ_MS < now) {
          await parts.settings.noteCalendarRead(secret, new Date(now))
        }
        const bytes = Buffer.from(feed)
        const content = (async function* () {
          yield bytes
        })()
        const name = 'dure.ics'
        return new FileAnswer({ type: 'text/calendar; charset=utf-8', name, bytes: bytes.byteLength, content })
      },
    }),
  ]
}
