/** Notices over HTTP (rules: `server/notices/SPEC.md`): the list behind the bell, what a person chooses, the calendar link, and how mail stands. */
import * as z from 'zod'
import type { ActionMove } from '../actions/action-codes.ts'
import type { ActionId, CaseId, ConferenceId } from '../ids.ts'
import { NOTICE_KINDS, type NoticeKind } from '../notices/notice-kinds.ts'
import { code, version } from './fields.ts'

/** What notices are put together under. */
export type NoticeGroup =
  /** `title` and `startsAt` as they are now; of one that the person may not open any more only the time that it had. */
  | { of: 'conference'; conferenceId: ConferenceId; title: string; startsAt: string }
  | { of: 'case'; caseId: CaseId; number: string; label: string }
  | { of: 'past'; startsAt: string }
  /** At the access desk: nobody's name. */
  | { of: 'desk' }
  /** Among the referrals of the reader's agency: nobody's name. */
  | { of: 'referrals' }

export interface NoticeView {
  /** Opaque. */
  noticeId: string
  kind: NoticeKind
  at: string
  isRead: boolean
  /** Its matter is settled, or a later notice took its place: it asks for nothing. */
  isOver: boolean
  group: NoticeGroup
  /** Of a changed conference. */
  changed?: ('time' | 'place')[]
  /** Until then (`YYYY-MM-DD`) minutes can be objected to, or a basis holds. */
  due?: string
  /** Whose objection or answer. */
  agency?: string
  action?: { document: string; actionId: ActionId; what: string; move: ActionMove | null }
}

export interface NoticesView {
  /** The newest first. */
  notices: NoticeView[]
}

/** `GET /api/notices/count`: unread, and asking for something. */
export interface NoticeCountView {
  unread: number
}

export const readNoticesBody = z.strictObject({
  noticeIds: z.array(z.string().regex(/^[A-Za-z0-9_-]{43}$/)).max(200),
})

export interface NoticeSettingsView {
  _v: number
  /** Whether this installation sends mail at all. */
  hasMail: boolean
  address: string | null
  /** A code was sent there and not given back yet. */
  pendingAddress: string | null
  /** The mail server refused the address for good. */
  isRefused: boolean
  kinds: { kind: NoticeKind; app: boolean; mail: boolean }[]
  /** No mail from `quietFrom` until `quietUntil` (`HH:MM` in Seoul). */
  isQuiet: boolean
  quietFrom: string
  quietUntil: string
  /** No mail on days on which offices are closed. */
  isQuietOnRestDays: boolean
  digest: boolean
  calendar: { madeAt: string; readAt: string | null } | null
}

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

export const changeNoticeSettingsBody = z.strictObject({
  _v: version,
  kinds: z
    .array(z.strictObject({ kind: code(NOTICE_KINDS), app: z.boolean(), mail: z.boolean() }))
    .max(40)
    .optional(),
  isQuiet: z.boolean().optional(),
  quietFrom: timeOfDay.optional(),
  quietUntil: timeOfDay.optional(),
  isQuietOnRestDays: z.boolean().optional(),
  digest: z.boolean().optional(),
})
export type ChangeNoticeSettingsBody = z.infer<typeof changeNoticeSettingsBody>

/** Asks for a code to be sent there. */
export const noticeAddressBody = z.strictObject({ address: z.email().max(200) })
export type NoticeAddressBody = z.infer<typeof noticeAddressBody>

export const confirmAddressBody = z.strictObject({ code: z.string().regex(/^\d{6}$/) })

/** Shown once: the link itself is stored nowhere. */
export interface CalendarLinkView {
  url: string
  settings: NoticeSettingsView
}

/** For the operator: how sending mail stands. Counts and times, nobody's name. */
export interface MailHealthView {
  /** `off`: no mail server is configured. `untried`: nothing was sent since the start. */
  state: 'off' | 'untried' | 'well' | 'away'
  /** Where `away`: since when, the code of the last failure, and when it is tried again. */
  since: string | null
  failure: string | null
  nextTryAt: string | null
  lastSentAt: string | null
  /** People whom a mail waits for, and since when the oldest of what it is about waits. */
  waiting: number
  waitingSince: string | null
  /** Mails of which nobody knows whether they left (NM5), in the last 90 days. */
  unknown: number
  /** Addresses that were refused for good. */
  refused: number
}
