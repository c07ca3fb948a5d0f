/** The calls of `shared/protocol/notices.ts`. */
import type {
  CalendarLinkView,
  ChangeNoticeSettingsBody,
  MailHealthView,
  NoticeCountView,
  NoticeSettingsView,
  NoticesView,
} from '../../../shared/protocol/notices.ts'
import type { Api } from '../../lib/api.ts'

export function noticesApi({ call }: Pick<Api, 'call'>) {
  return {
    list: () => call<NoticesView>('GET', '/notices'),
    count: () => call<NoticeCountView>('GET', '/notices/count'),
    read: (noticeIds: readonly string[]) => call<NoticeCountView>('POST', '/notices/read', { noticeIds }),
    settings: () => call<NoticeSettingsView>('GET', '/notices/settings'),
    change: (body: ChangeNoticeSettingsBody) => call<NoticeSettingsView>('PATCH', '/notices/settings', body),
    askForAddress: (address: string) => call<NoticeSettingsView>('POST', '/notices/address', { address }),
    confirmAddress: (code: string) => call<NoticeSettingsView>('POST', '/notices/address/confirm', { code }),
    removeAddress: () => call<NoticeSettingsView>('DELETE', '/notices/address'),
    makeCalendarLink: () => call<CalendarLinkView>('POST', '/notices/calendar'),
    removeCalendarLink: () => call<NoticeSettingsView>('DELETE', '/notices/calendar'),
    health: () => call<MailHealthView>('GET', '/notices/health'),
  }
}
