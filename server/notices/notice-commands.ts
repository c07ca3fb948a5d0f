/** What a person decides about their own notices: what they want to hear and how, where their mail goes, their calendar link. */
import { randomInt } from 'node:crypto'
import { codesOf } from '../../shared/codes.ts'
import type { UserId } from '../../shared/ids.ts'
import { NOTICE_KINDS } from '../../shared/notices/notice-kinds.ts'
import type {
  CalendarLinkView,
  ChangeNoticeSettingsBody,
  NoticeAddressBody,
  NoticeSettingsView,
} from '../../shared/protocol/notices.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { commit } from '../conferences/commit.ts'
import type { By } from '../conferences/ports.ts'
import { newId, newSecret } from '../lib/random.ts'
import { codeMail } from './mail-words.ts'
import { MailerAway } from './mailer.ts'
import type { MailingParts } from './mailing.ts'
import { channelsOf, type KeptSettings, type NoticeSettings } from './settings-repository.ts'

/** So long a code is good, and so often it may be wrong. */
const CODE_MS = 15 * 60_000
const MOST_WRONG_CODES = 5
/** Nobody's mailbox is filled through us. */
const MOST_CODES_AN_HOUR = 5
const HOUR_MS = 3_600_000

export async function openSettings(parts: MailingParts, by: By): Promise<NoticeSettingsView> {
  return viewOf(parts, by.actor.userId, await parts.settings.of(by.actor.userId))
}

export async function changeSettings(
  parts: MailingParts,
  by: By,
  { _v, kinds, ...others }: ChangeNoticeSettingsBody,
): Promise<NoticeSettingsView> {
  const known = await parts.settings.of(by.actor.userId)
  if (known.version !== _v) throw new Refusal('conflict')
  const chosen = Object.fromEntries((kinds ?? []).map(({ kind, app, mail }) => [kind, { app, mail }]))
  const { isQuiet, quietFrom, quietUntil, isQuietOnRestDays, digest } = known.settings
  const now = { isQuiet, quietFrom, quietUntil, isQuietOnRestDays, digest }
  const given = Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined))
  const settings = { ...known.settings, ...now, ...given, kinds: { ...known.settings.kinds, ...chosen } }
  return keep(parts, by, known, settings, 'settings')
}

/** Sends a code there. Until it comes back, mail goes on to the address before. */
export async function askForAddress(
  parts: MailingParts,
  by: By,
  { address }: NoticeAddressBody,
): Promise<NoticeSettingsView> {
  const { mailer, settings, now, markOf } = parts
  if (mailer === undefined) throw new Refusal('not-allowed', 'mail-off')
  const { userId } = by.actor
  const known = await settings.of(userId)
  const codesSentAt = known.settings.codesSentAt.filter(at => at > now() - HOUR_MS)
  if (codesSentAt.length >= MOST_CODES_AN_HOUR) throw new Refusal('too-fast', 'mail-codes')
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const pending = { address, codeMark: codeMarkOf(markOf, userId, code), sentAt: now(), wrongCodes: 0 }
  const view = await keep(
    parts,
    by,
    known,
    { ...known.settings, pending, codesSentAt: [...codesSentAt, now()] },
    'address-asked',
  )
  // The person waits for it: it is sent at once or not at all.
  try {
    await mailer.check()
  } catch (error) {
    if (error instanceof MailerAway) throw new Refusal('not-allowed', 'mail-away', { cause: error })
    throw error
  }
  const outcome = await mailer.send({ ...codeMail(parts.origin(), code), to: address, mailId: newId() })
  if (outcome === 'refused') throw new Refusal('bad-request', 'mail-refused')
  if (outcome === 'later') throw new Refusal('not-allowed', 'mail-away')
  return view
}

export async function confirmAddress(parts: MailingParts, by: By, code: string): Promise<NoticeSettingsView> {
  const { settings, now, markOf } = parts
  const known = await settings.of(by.actor.userId)
  const { pending } = known.settings
  if (pending === null || pending.sentAt + CODE_MS < now()) throw new Refusal('bad-request', 'mail-code-late')
  if (pending.codeMark !== codeMarkOf(markOf, by.actor.userId, code)) {
    const wrongCodes = pending.wrongCodes + 1
    const next = wrongCodes < MOST_WRONG_CODES ? { ...pending, wrongCodes } : null
    await keep(parts, by, known, { ...known.settings, pending: next }, 'code-wrong')
    throw new Refusal('bad-request', next === null ? 'mail-code-late' : 'mail-code-wrong')
  }
  const { address } = pending
  return keep(parts, by, known, { ...known.settings, address, isRefused: false, pending: null }, 'address')
}

/** No mail from here on; what waits is dropped at the next turn. */
export async function removeAddress(parts: MailingParts, by: By): Promise<NoticeSettingsView> {
  const known = await parts.settings.of(by.actor.userId)
  return keep(
    parts,
    by,
    known,
    { ...known.settings, address: null, isRefused: false, pending: null },
    'address-removed',
  )
}

/** A new link; the one before opens nothing any more. */
export async function makeCalendarLink(parts: MailingParts, by: By): Promise<CalendarLinkView> {
  const { userId } = by.actor
  const secret = newSecret()
  await commit(parts, by, {
    action: 'notice.calendar-link',
    object: `user.${userId}`,
    write: () => parts.settings.setCalendar(userId, secret, new Date(parts.now())),
    announces: () => [],
  })
  return { url: `${parts.origin()}/api/calendar/${secret}`, settings: await openSettings(parts, by) }
}

export async function removeCalendarLink(parts: MailingParts, by: By): Promise<NoticeSettingsView> {
  const { userId } = by.actor
  await commit(parts, by, {
    action: 'notice.calendar-link',
    object: `user.${userId}`,
    reason: 'removed',
    write: () => parts.settings.removeCalendar(userId),
    announces: () => [],
  })
  return openSettings(parts, by)
}

async function keep(
  parts: MailingParts,
  by: By,
  known: KeptSettings,
  settings: NoticeSettings,
  reason: string,
): Promise<NoticeSettingsView> {
  const { userId } = by.actor
  const kept = await commit(parts, by, {
    action: 'notice.settings',
    object: `user.${userId}`,
    reason,
    write: () => parts.settings.store(userId, known, settings),
    announces: () => [],
  })
  return viewOf(parts, userId, kept)
}

async function viewOf(
  parts: MailingParts,
  userId: UserId,
  { settings, version }: KeptSettings,
): Promise<NoticeSettingsView> {
  const { isQuiet, quietFrom, quietUntil, isQuietOnRestDays, digest, address, isRefused, pending } = settings
  const calendar = await parts.settings.calendarOf(userId)
  const isPending = pending !== null && pending.sentAt + CODE_MS >= parts.now()
  return {
    _v: version,
    hasMail: parts.mailer !== undefined,
    address,
    pendingAddress: isPending ? pending.address : null,
    isRefused,
    kinds: codesOf(NOTICE_KINDS).map(kind => ({ kind, ...channelsOf(settings, kind) })),
    isQuiet,
    quietFrom,
    quietUntil,
    isQuietOnRestDays,
    digest,
    calendar: calendar
      ? { madeAt: calendar.madeAt.toISOString(), readAt: calendar.readAt?.toISOString() ?? null }
      : null,
  }
}

const codeMarkOf = (markOf: MailingParts['markOf'], userId: UserId, code: string) =>
  markOf(`mail-code\n${userId}\n${code}`)
