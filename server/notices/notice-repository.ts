/**
 * Notices at rest, and what was last said of each thing. In clear: whose, what kind, when, whether read and mailed, counts and codes. Sealed: what a
 * notice is about. Its id is a keyed mark of the person and the event, so that writing it twice is writing it once (SPEC NT1).
 */
import type {
  ActionId,
  AgencyId,
  BasisId,
  CaseId,
  ConferenceId,
  ReferralId,
  SubjectRequestId,
  UserId,
} from '../../shared/ids.ts'
import type { NoticeKind } from '../../shared/notices/notice-kinds.ts'
import type { ReferralMove } from '../../shared/referrals/referral-codes.ts'
import type { Keyring } from '../crypto/keyring.ts'
import { isDuplicateKey, type Store } from '../storage/port.ts'

export type NoticeAbout =
  | { of: 'conference'; conferenceId: ConferenceId; startsAt: string; minutes: number; changed?: ('time' | 'place')[] }
  | { of: 'minutes'; conferenceId: ConferenceId; version: number; agencyId?: AgencyId }
  | { of: 'action'; document: string; actionId: ActionId; step: number | null; until?: string }
  /** `id`: the entry, answer or offer of its life. */
  | { of: 'case'; caseId: CaseId; id: string }
  /** Something at the access desk: about a household, or about one's own look-ups. */
  | { of: 'access'; caseId: CaseId | null; agencyId?: AgencyId }
  | { of: 'referral'; referralId: ReferralId; move: ReferralMove }
  /** `until`: the last day on which it can be done in time; empty where there is none. */
  | { of: 'basis'; caseId: CaseId; basisId: BasisId; until: string }
  /** A request of the person concerned: `until` is the last day for its answer. */
  | { of: 'request'; caseId: CaseId; requestId: SubjectRequestId; until: string }

/** `none`: not by mail. `unknown`: nobody knows whether it left (SPEC NM5). */
export type MailStanding = 'none' | 'waiting' | 'handed' | 'unknown'

interface NoticeRecord {
  _id: string
  userId: UserId
  kind: NoticeKind
  at: Date
  read: boolean
  mail: MailStanding
  /** Before this its mail should be there; left out where it may wait. */
  before?: Date
  sealed: Buffer
}

export type Notice = Omit<NoticeRecord, 'sealed'> & { about: NoticeAbout }

export interface NewNotice {
  /** Names the event; with the person it is told once. */
  event: string
  userId: UserId
  kind: NoticeKind
  at: number
  about: NoticeAbout
  mail: MailStanding
  before?: number | undefined
}

/** What was last said of a conference, its minutes, an action item. Plain data; by version, so that two looks at once say it once. */
export interface Told<T> {
  said: T | undefined
  /** 0: nothing yet. */
  version: number
}

export interface NoticeRepository {
  /** False where that person was told of that event already. */
  put(notice: NewNotice): Promise<boolean>
  /** The newest first. */
  ofUser(userId: UserId): Promise<Notice[]>
  unreadOf(userId: UserId): Promise<Notice[]>
  waitingForMail(): Promise<Notice[]>
  settleMail(noticeIds: readonly string[], mail: Exclude<MailStanding, 'waiting'>): Promise<void>
  countUnknown(): Promise<number>
  /** Somebody else's ids are passed over. */
  markRead(userId: UserId, noticeIds: readonly string[]): Promise<void>
  removeBefore(moment: Date): Promise<number>
  /** Of everybody, by what they are about: each is opened for it. */
  countAbout(isAbout: (about: NoticeAbout) => boolean): Promise<number>
  removeAbout(isAbout: (about: NoticeAbout) => boolean): Promise<number>
  told<T extends object>(thing: string): Promise<Told<T>>
  /** False where somebody else said something of it meanwhile. */
  tell<T extends object>(thing: string, known: Told<T>, said: T): Promise<boolean>
}

interface ToldRecord {
  _id: string
  _v: number
  said: object
}

/** As many as anybody looks through; older ones are in the things themselves. */
const MOST_LISTED = 200

const contextOf = (id: string) => `notices|${id}|about`

export async function openNoticeRepository(options: { store: Store; keyring: Keyring }): Promise<NoticeRepository> {
  const { store, keyring } = options
  const records = store.collection<NoticeRecord>('notices')
  const told = store.collection<ToldRecord>('noticeTold')
  const drawer = await keyring.drawer('installation')

  const opened = ({ sealed, ...clear }: NoticeRecord): Notice => ({
    ...clear,
    about: drawer.openJson<NoticeAbout>(sealed, contextOf(clear._id)),
  })

  async function idsAbout(isAbout: (about: NoticeAbout) => boolean): Promise<string[]> {
    const found: string[] = []
    for await (const record of records.find({})) if (isAbout(opened(record).about)) found.push(record._id)
    return found
  }

  return {
    async put({ event, userId, kind, at, about, mail, before }) {
      const _id = keyring.blindIndex('notice', `${userId}\n${event}`)
      try {
        await records.insertOne({
          _id,
          userId,
          kind,
          at: new Date(at),
          read: false,
          mail,
          ...(before !== undefined && { before: new Date(before) }),
          sealed: drawer.sealJson(about, contextOf(_id)),
        })
        return true
      } catch (error) {
        if (isDuplicateKey(error)) return false
        throw error
      }
    },
    async ofUser(userId) {
      const found = await records.find({ userId }, { sort: { at: -1, _id: 1 }, limit: MOST_LISTED }).toArray()
      return found.map(opened)
    },
    async unreadOf(userId) {
      const found = await records
        .find({ userId, read: false }, { sort: { at: -1, _id: 1 }, limit: MOST_LISTED })
        .toArray()
      return found.map(opened)
    },
    async waitingForMail() {
      return (await records.find({ mail: 'waiting' }).toArray()).map(opened)
    },
    async settleMail(noticeIds, mail) {
      if (noticeIds.length === 0) return
      await records.updateMany({ _id: { $in: [...noticeIds] }, mail: 'waiting' }, { $set: { mail } })
    },
    countUnknown: () => records.countDocuments({ mail: 'unknown' }),
    async markRead(userId, noticeIds) {
      if (noticeIds.length === 0) return
      await records.updateMany({ _id: { $in: [...noticeIds] }, userId, read: false }, { $set: { read: true } })
    },
    async removeBefore(moment) {
      return (await records.deleteMany({ at: { $lt: moment } })).deletedCount
    },
    countAbout: async isAbout => (await idsAbout(isAbout)).length,
    async removeAbout(isAbout) {
      const ids = await idsAbout(isAbout)
      return ids.length === 0 ? 0 : (await records.deleteMany({ _id: { $in: ids } })).deletedCount
    },
    async told<T extends object>(thing: string): Promise<Told<T>> {
      const record = await told.findOne({ _id: thing })
      return record === null ? { said: undefined, version: 0 } : { said: record.said as T, version: record._v }
    },
    async tell(thing, { version }, said) {
      if (version > 0) {
        const { matchedCount } = await told.updateOne({ _id: thing, _v: version }, { $set: { said, _v: version + 1 } })
        return matchedCount === 1
      }
      try {
        await told.insertOne({ _id: thing, _v: 1, said })
        return true
      } catch (error) {
        if (isDuplicateKey(error)) return false
        throw error
      }
    },
  }
}
