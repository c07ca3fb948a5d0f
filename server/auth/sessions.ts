/**
 * Sign-ins at rest and in time. A session is named by its id and opened by a secret that only the cookie holds (its SHA-256 is stored).
 * It ends after an absolute limit, and locks when nobody has done anything for the idle limit, unless the person attends a live conference:
 * then it opens nothing until the password is given again, and goes on as the same session (개인정보의 안전성 확보조치 기준 제6조④).
 *
 * Locked is not stored but follows from the time last seen: nothing but the password moves that on once the limit has passed.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { SessionId, UserId } from '../../shared/ids.ts'
import { createCached } from '../lib/cached.ts'
import { startEvery } from '../lib/every.ts'
import { newId, newSecret } from '../lib/random.ts'
import type { Clock, SignedInPerson } from '../rooms/ports.ts'
import type { Store } from '../storage/port.ts'
import type { AccessChanges } from './access-changes.ts'
import type { SessionCookie } from './cookies.ts'

interface SessionRecord {
  _id: SessionId
  userId: UserId
  secretHash: string
  /** Given at this sign-in, beside the password. */
  secondFactor: boolean
  createdAt: Date
  /** From where, for who is told that the account is open elsewhere; left out while the sign-in is not whole. */
  address?: string
  expiresAt: Date
  lastSeenAt: Date
}

export interface SessionFacts extends SignedInPerson {
  state: 'open' | 'locked'
  /** Whether a second factor was given in this session. Never changes: a sign-in that is strengthened goes on under another id. */
  secondFactor: boolean
  /** ms since the epoch */
  idleLocksAt: number
  expiresAt: number
}

/** Another sign-in of the same account that somebody works in now. */
export interface OtherSession {
  sessionId: SessionId
  at: Date
  address: string
}

export interface SessionsOptions {
  store: Store
  clock: Clock
  changes: AccessChanges
  idleLimitMs: number
  sessionLimitMs: number
  /** Whether this person sits in a live conference now. Asked only for who has done nothing for a while. */
  isAttending: (person: SignedInPerson) => Promise<boolean>
  onFailure: (error: unknown) => void
}

/** So long may a change by another process stay unseen. */
const FRESH_MS = 1000
/** How often it is looked for sessions whose time is up; sockets of theirs close that much later at most. */
const SWEEP_MS = 5000
/** Whoever did something this recently needs no asking whether they attend. */
const RECENT_MS = 10_000
/** Being seen is written down no more often than this: after a crash the screen may be covered so much too early. */
const SEEN_WRITE_MS = 60_000
/** Records of sessions that are over are removed this often. */
const REMOVE_MS = 3_600_000

export class Sessions {
  readonly #options: SessionsOptions
  readonly #records
  readonly #cache
  /** Sessions used in this process: when somebody last did something, and what of it is stored. */
  readonly #seen = new Map<SessionId, { userId: UserId; at: number; writtenAt: number; expiresAt: number }>()
  readonly #stoppers: readonly (() => void)[]
  #closed = false

  constructor(options: SessionsOptions) {
    this.#options = options
    this.#records = options.store.collection<SessionRecord>('sessions')
    this.#cache = createCached<SessionId, SessionRecord | null>({
      clock: options.clock,
      ttlMs: FRESH_MS,
      maxEntries: 20_000,
      load: sessionId => this.#records.findOne({ _id: sessionId }),
    })
    const { clock, onFailure } = options
    this.#stoppers = [
      startEvery({ clock, everyMs: SWEEP_MS, work: () => this.#sweep(), onFailure }),
      startEvery({ clock, everyMs: REMOVE_MS, work: () => this.removeExpired(), onFailure }),
    ]
  }

  /**
   * A new session with a new id and secret.
   * @param about `limitMs` makes it end sooner than sessions do
   */
  async start(
    userId: UserId,
    about: { secondFactor?: boolean; limitMs?: number; address?: string } = {},
  ): Promise<SessionCookie> {
    const { clock } = this.#options
    const sessionLimitMs = about.limitMs ?? this.#options.sessionLimitMs
    const now = clock.now()
    const cookie = { sessionId: newId<SessionId>(), secret: newSecret() }
    const expiresAt = now + sessionLimitMs
    await this.#records.insertOne({
      _id: cookie.sessionId,
      userId,
      secretHash: hashOf(cookie.secret),
      secondFactor: about.secondFactor ?? false,
      createdAt: new Date(now),
      ...(about.address !== undefined && { address: about.address }),
      expiresAt: new Date(expiresAt),
      lastSeenAt: new Date(now),
    })
    this.#seen.set(cookie.sessionId, { userId, at: now, writtenAt: now, expiresAt })
    return cookie
  }

  /** The session of a cookie, open or locked; undefined when it is over or never was. */
  async find({ sessionId, secret }: SessionCookie): Promise<SessionFacts | undefined> {
    const record = await this.#cache.get(sessionId)
    return record && isSecretOf(record, secret) ? this.#factsOf(record) : undefined
  }

  /** The same without the secret, for a socket that was admitted with it. */
  async findById(sessionId: SessionId): Promise<SessionFacts | undefined> {
    const record = await this.#cache.get(sessionId)
    return record ? this.#factsOf(record) : undefined
  }

  /** Somebody did something at this screen. A locked session stays locked. */
  async touch(sessionId: SessionId): Promise<void> {
    const facts = await this.findById(sessionId)
    if (facts?.state !== 'open') return
    const seen = this.#seen.get(sessionId)
    if (seen) seen.at = this.#options.clock.now()
  }

  /** Opens a locked session again, after the password was given. */
  async unlock(sessionId: SessionId): Promise<void> {
    const now = this.#options.clock.now()
    await this.#records.updateOne({ _id: sessionId }, { $set: { lastSeenAt: new Date(now) } })
    this.#cache.drop(sessionId)
    const seen = this.#seen.get(sessionId)
    if (seen) Object.assign(seen, { at: now, writtenAt: now })
    this.#options.changes.announce([`session:${sessionId}`])
  }

  /** Another secret for the same session: the old cookie opens nothing any more, what is open stays open. */
  async renewSecret(sessionId: SessionId): Promise<SessionCookie> {
    const secret = newSecret()
    await this.#records.updateOne({ _id: sessionId }, { $set: { secretHash: hashOf(secret) } })
    this.#cache.drop(sessionId)
    return { sessionId, secret }
  }

  async end(sessionId: SessionId): Promise<void> {
    await this.#records.deleteOne({ _id: sessionId })
    this.#forget([sessionId])
  }

  /** Ends a person's sessions on every device. @returns how many there were */
  async endAll(userId: UserId, options: { except?: SessionId } = {}): Promise<number> {
    const ids = await this.idsOf(userId)
    const ended = ids.filter(id => id !== options.except)
    await this.#records.deleteMany(options.except === undefined ? { userId } : { userId, _id: { $ne: options.except } })
    this.#forget(ended)
    return ended.length
  }

  /** A person's sessions that are not over. */
  async idsOf(userId: UserId): Promise<SessionId[]> {
    const records = await this.#records
      .find({ userId, expiresAt: { $gt: new Date(this.#options.clock.now()) } })
      .toArray()
    return records.map(record => record._id)
  }

  /**
   * Where else this account is open (안전성 확보조치 기준 제5조④: one account, one person). One that is locked, or waits for a code, opens nothing and is left out.
   * The latest first.
   */
  async othersOf(userId: UserId, except: SessionId): Promise<OtherSession[]> {
    const records = await this.#records.find({ userId, _id: { $ne: except } }).toArray()
    const open = await Promise.all(
      records.map(async ({ _id, createdAt, address }) =>
        address !== undefined && (await this.findById(_id))?.state === 'open'
          ? [{ sessionId: _id, at: createdAt, address }]
          : [],
      ),
    )
    return open.flat().sort((a, b) => b.at.getTime() - a.at.getTime())
  }

  async removeExpired(): Promise<void> {
    await this.#records.deleteMany({ expiresAt: { $lte: new Date(this.#options.clock.now()) } })
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    for (const stop of this.#stoppers) stop()
    for (const [sessionId, seen] of this.#seen) await this.#writeSeen(sessionId, seen)
  }

  async #factsOf(record: SessionRecord): Promise<SessionFacts | undefined> {
    const { clock, idleLimitMs } = this.#options
    const now = clock.now()
    const expiresAt = record.expiresAt.getTime()
    if (now >= expiresAt) return undefined
    const person = { sessionId: record._id, userId: record.userId }
    const stored = record.lastSeenAt.getTime()
    const seen = this.#seen.get(record._id) ?? { userId: record.userId, at: stored, writtenAt: stored, expiresAt }
    this.#seen.set(record._id, seen)
    // Another process may have seen the person later.
    seen.at = Math.max(seen.at, stored)
    await this.#noteAttendance(person, seen, now)
    const idleLocksAt = seen.at + idleLimitMs
    // A session from before there were second factors has none.
    const secondFactor = record.secondFactor === true
    return { ...person, state: now < idleLocksAt ? 'open' : 'locked', secondFactor, idleLocksAt, expiresAt }
  }

  /** Writes down who was seen, and announces sessions whose time has run out, so that their sockets are asked again. */
  async #sweep(): Promise<void> {
    const { clock, idleLimitMs, changes } = this.#options
    const now = clock.now()
    for (const [sessionId, seen] of [...this.#seen]) {
      const isOver = now >= seen.expiresAt
      if (!isOver) await this.#noteAttendance({ sessionId, userId: seen.userId }, seen, now)
      const isIdle = now - seen.at >= idleLimitMs
      if (isIdle || seen.at - seen.writtenAt >= SEEN_WRITE_MS) await this.#writeSeen(sessionId, seen)
      if (!isIdle && !isOver) continue
      this.#seen.delete(sessionId)
      this.#cache.drop(sessionId)
      changes.announce([`session:${sessionId}`])
    }
  }

  /** Sitting in a live conference counts as being at the screen. It opens nothing that is locked already. */
  async #noteAttendance(person: SignedInPerson, seen: { at: number }, now: number): Promise<void> {
    const silentMs = now - seen.at
    if (silentMs < RECENT_MS || silentMs >= this.#options.idleLimitMs) return
    if (await this.#options.isAttending(person)) seen.at = Math.max(seen.at, now)
  }

  async #writeSeen(sessionId: SessionId, seen: { at: number; writtenAt: number }): Promise<void> {
    if (seen.at <= seen.writtenAt) return
    const { at } = seen
    await this.#records.updateOne({ _id: sessionId }, { $max: { lastSeenAt: new Date(at) } })
    seen.writtenAt = at
  }

  #forget(ids: readonly SessionId[]): void {
    for (const sessionId of ids) {
      this.#cache.drop(sessionId)
      this.#seen.delete(sessionId)
    }
    if (ids.length > 0) this.#options.changes.announce(ids.map(id => `session:${id}` as const))
  }
}

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('base64url')

function isSecretOf(record: SessionRecord, secret: string): boolean {
  return timingSafeEqual(Buffer.from(record.secretHash), Buffer.from(hashOf(secret)))
}
