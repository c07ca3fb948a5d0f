/**
 * What each person chose, and where their mail goes. In clear: ids, versions, whether there is an address. Sealed: everything else. A calendar link is
 * stored as a keyed mark; what it was is known to its owner alone.
 */
import type { UserId } from '../../shared/ids.ts'
import { type NoticeChannels, type NoticeKind, usualChannels } from '../../shared/notices/notice-kinds.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import type { Keyring } from '../crypto/keyring.ts'
import { isDuplicateKey, type Store } from '../storage/port.ts'
import { type QuietHours, USUAL_QUIET } from './quiet-hours.ts'

export interface NoticeSettings extends QuietHours {
  kinds: Partial<Record<NoticeKind, NoticeChannels>>
  digest: boolean
  /** Confirmed by its owner. */
  address: string | null
  /** The mail server refused it for good (SPEC NM7). */
  isRefused: boolean
  pending: PendingAddress | null
  /** When codes were sent, ms: so many in an hour and no more. */
  codesSentAt: number[]
}

export interface PendingAddress {
  address: string
  /** A keyed mark of person and code. */
  codeMark: string
  sentAt: number
  wrongCodes: number
}

export interface KeptSettings {
  settings: NoticeSettings
  /** `_v`; 0 while the person has chosen nothing. */
  version: number
}

/** How mail to one person stands; the sender's own record, so that nobody's choices collide with it. */
export interface Mailbox {
  version: number
  /** About to be handed over, or interrupted while it was. */
  handing: { noticeIds: string[]; at: Date } | null
  lastAt: Date | null
  /** The Monday of the last week whose digest was dealt with. */
  digestWeek: string
  tries: number
  nextTryAt: Date | null
}

export interface CalendarLink {
  userId: UserId
  madeAt: Date
  readAt: Date | null
}

export interface SettingsRepository {
  of(userId: UserId): Promise<KeptSettings>
  /** @throws Refusal `conflict` when another version is stored */
  store(userId: UserId, known: KeptSettings, settings: NoticeSettings): Promise<KeptSettings>
  /** Who has an address that takes mail. */
  addressed(): Promise<UserId[]>
  countRefused(): Promise<number>
  mailbox(userId: UserId): Promise<Mailbox>
  /** The one write of the sender. False where somebody else was first. */
  setMailbox(userId: UserId, known: Mailbox, next: Omit<Mailbox, 'version'>): Promise<boolean>
  /** Hand-overs that were begun and whose end nobody noted. */
  interrupted(): Promise<UserId[]>
  calendarOf(userId: UserId): Promise<CalendarLink | undefined>
  calendarBy(secret: string): Promise<CalendarLink | undefined>
  /** In place of the one before. */
  setCalendar(userId: UserId, secret: string, madeAt: Date): Promise<void>
  noteCalendarRead(secret: string, readAt: Date): Promise<void>
  removeCalendar(userId: UserId): Promise<void>
}

interface SettingsRecord {
  _id: UserId
  _v: number
  hasAddress: boolean
  isRefused: boolean
  sealed: Buffer
}

interface MailboxRecord extends Omit<Mailbox, 'version'> {
  _id: UserId
  _v: number
  isHanding: boolean
}

interface CalendarRecord {
  /** The mark of the secret. */
  _id: string
  userId: UserId
  madeAt: Date
  readAt: Date | null
}

export const usualSettings = (): NoticeSettings => ({
  ...USUAL_QUIET,
  kinds: {},
  digest: true,
  address: null,
  isRefused: false,
  pending: null,
  codesSentAt: [],
})

export const channelsOf = (settings: Pick<NoticeSettings, 'kinds'>, kind: NoticeKind): NoticeChannels =>
  settings.kinds[kind] ?? usualChannels(kind)

/** Whether that person hears of that kind by mail. */
export const isMailed = (settings: NoticeSettings, kind: NoticeKind): boolean =>
  settings.address !== null && !settings.isRefused && channelsOf(settings, kind).mail

const NO_MAILBOX: Mailbox = { version: 0, handing: null, lastAt: null, digestWeek: '', tries: 0, nextTryAt: null }

const contextOf = (userId: UserId) => `noticeSettings|${userId}`

export async function openSettingsRepository(options: { store: Store; keyring: Keyring }): Promise<SettingsRepository> {
  const { store, keyring } = options
  const records = store.collection<SettingsRecord>('noticeSettings')
  const mailboxes = store.collection<MailboxRecord>('noticeMailboxes')
  const links = store.collection<CalendarRecord>('calendarLinks')
  const drawer = await keyring.drawer('installation')
  const markOf = (secret: string) => keyring.blindIndex('calendar-link', secret)
  const linkOf = (record: CalendarRecord | null): CalendarLink | undefined =>
    record === null ? undefined : { userId: record.userId, madeAt: record.madeAt, readAt: record.readAt ?? null }

  return {
    async of(userId) {
      const record = await records.findOne({ _id: userId })
      if (record === null) return { settings: usualSettings(), version: 0 }
      const chosen = drawer.openJson<Partial<NoticeSettings>>(record.sealed, contextOf(userId))
      return { settings: { ...usualSettings(), ...chosen }, version: record._v }
    },
    async store(userId, { version }, settings) {
      const fields = {
        hasAddress: settings.address !== null,
        isRefused: settings.isRefused,
        sealed: drawer.sealJson(settings, contextOf(userId)),
      }
      if (version === 0) {
        await records.insertOne({ _id: userId, _v: 1, ...fields }).catch(error => {
          throw isDuplicateKey(error) ? new Refusal('conflict') : error
        })
        return { settings, version: 1 }
      }
      const set = { $set: { ...fields, _v: version + 1 } }
      const { matchedCount } = await records.updateOne({ _id: userId, _v: version }, set)
      if (matchedCount === 0) throw new Refusal('conflict')
      return { settings, version: version + 1 }
    },
    async addressed() {
      const filter = { hasAddress: true, isRefused: false }
      return (await records.find(filter, { projection: { hasAddress: 1 } }).toArray()).map(record => record._id)
    },
    countRefused: () => records.countDocuments({ isRefused: true }),
    async mailbox(userId) {
      const record = await mailboxes.findOne({ _id: userId })
      if (record === null) return NO_MAILBOX
      const { _v: version, handing, lastAt, digestWeek, tries, nextTryAt } = record
      return {
        version,
        handing: handing ?? null,
        lastAt: lastAt ?? null,
        digestWeek,
        tries,
        nextTryAt: nextTryAt ?? null,
      }
    },
    async setMailbox(userId, { version }, next) {
      const fields = { ...next, isHanding: next.handing !== null }
      if (version > 0) {
        const set = { $set: { ...fields, _v: version + 1 } }
        return (await mailboxes.updateOne({ _id: userId, _v: version }, set)).matchedCount === 1
      }
      try {
        await mailboxes.insertOne({ _id: userId, _v: 1, ...fields })
        return true
      } catch (error) {
        if (isDuplicateKey(error)) return false
        throw error
      }
    },
    async interrupted() {
      return (await mailboxes.find({ isHanding: true }, { projection: { isHanding: 1 } }).toArray()).map(
        ({ _id }) => _id,
      )
    },
    async calendarOf(userId) {
      return linkOf(await links.findOne({ userId }))
    },
    async calendarBy(secret) {
      return linkOf(await links.findOne({ _id: markOf(secret) }))
    },
    async setCalendar(userId, secret, madeAt) {
      await links.insertOne({ _id: markOf(secret), userId, madeAt, readAt: null })
      // The one before, and what a stop left of it.
      await links.deleteMany({ userId, _id: { $ne: markOf(secret) } })
    },
    async noteCalendarRead(secret, readAt) {
      await links.updateOne({ _id: markOf(secret) }, { $set: { readAt } })
    },
    async removeCalendar(userId) {
      await links.deleteMany({ userId })
    },
  }
}
