/**
 * Sends what waits for mail, person by person, one turn after another. The order that keeps a mail from leaving twice (SPEC NM5): the server is
 * reached; who is written to about what is noted durably; the mail is handed over; what came of it is noted. A note without an end, found at the
 * next turn, is a mail of which nobody knows: it is not sent again.
 */
import type { UserId } from '../../shared/ids.ts'
import type { MailHealthView } from '../../shared/protocol/notices.ts'
import { newId } from '../lib/random.ts'
import { type DigestCounts, digestCounts, digestOf } from './digest.ts'
import { digestMail, type MailText, noticeMail } from './mail-words.ts'
import { type Mailer, MailerAway, type MailOutcome } from './mailer.ts'
import type { Notice } from './notice-repository.ts'
import { noticesFor } from './notice-views.ts'
import { actorOf, type NoticeParts } from './ports.ts'
import { loudFrom } from './quiet-hours.ts'
import { isMailed, type Mailbox, type NoticeSettings } from './settings-repository.ts'

export interface MailingParts extends NoticeParts {
  /** Undefined where no mail server is configured: nothing is sent, nothing waits. */
  mailer: Mailer | undefined
  /** The origin that people type, for the link. */
  origin: () => string
}

/** What comes within this time is one mail (SPEC NM3). */
const BATCH_MS = 15 * 60_000
const MINUTE_MS = 60_000
const LONGEST_WAIT_MINUTES = 60

export class Mailing {
  readonly #parts: MailingParts
  #tail: Promise<void> = Promise.resolve()
  /** Set while the server is away. */
  #away: { since: number; code: string; tries: number; nextTryAt: number } | undefined
  #lastSentAt: number | undefined

  constructor(parts: MailingParts) {
    this.#parts = parts
  }

  /** Everything that is due now. Turns never overlap. @throws when the store fails; the next turn goes on */
  turn(): Promise<void> {
    const turn = this.#tail.then(() => this.#turn())
    this.#tail = turn.catch(() => undefined) // Whoever called hears of it.
    return turn
  }

  async #turn(): Promise<void> {
    const { mailer, settings, now } = this.#parts
    if (mailer === undefined) return
    for (const userId of await settings.interrupted()) await this.#giveUp(userId)
    if (this.#away !== undefined && now() < this.#away.nextTryAt) return
    const waiting = byPerson(await this.#parts.notices.waitingForMail())
    for (const [userId, notices] of waiting) if (!(await this.#mailNotices(mailer, userId, notices))) return
    const digest = digestOf(now())
    if (digest === undefined) return
    for (const userId of await settings.addressed()) {
      if (!(await this.#mailDigest(mailer, userId, digest.week))) return
    }
  }

  /** False where the server is away, and nobody else need be tried. */
  async #mailNotices(mailer: Mailer, userId: UserId, waiting: readonly Notice[]): Promise<boolean> {
    const { settings, notices, people, now } = this.#parts
    const mailbox = await settings.mailbox(userId)
    const chosen = (await settings.of(userId)).settings
    const actor = await actorOf(people, userId)
    if (actor === undefined || chosen.address === null || chosen.isRefused) {
      await notices.settleMail(idsOf(waiting), 'none')
      return true
    }
    if (now() < dueAt(waiting, chosen, mailbox)) return true
    // The list is the person's own, so that a later notice that took the place of an earlier one is known.
    const unread = await notices.unreadOf(userId)
    const asking = (await noticesFor(this.#parts, actor, unread)).filter(view => !view.isOver)
    const wanted = new Set(asking.filter(view => isMailed(chosen, view.kind)).map(view => view.noticeId))
    const told = waiting.filter(notice => wanted.has(notice._id))
    await notices.settleMail(idsOf(waiting.filter(notice => !wanted.has(notice._id))), 'none')
    if (told.length === 0) return true
    return this.#handOver(mailer, userId, mailbox, idsOf(told), noticeMail(this.#parts.origin()))
  }

  async #mailDigest(mailer: Mailer, userId: UserId, week: string): Promise<boolean> {
    const { settings, people, now } = this.#parts
    const mailbox = await settings.mailbox(userId)
    if (mailbox.digestWeek === week) return true
    const chosen = (await settings.of(userId)).settings
    const actor = await actorOf(people, userId)
    const wants = actor !== undefined && chosen.digest && chosen.address !== null
    // It is not collected with others; the quiet and the time between two mails hold for it as well. What waits is not counted each turn.
    const apart = Math.max((mailbox.lastAt?.getTime() ?? 0) + BATCH_MS, mailbox.nextTryAt?.getTime() ?? 0)
    if (wants && loudFrom(Math.max(now(), apart), chosen) > now()) return true
    const counts: DigestCounts = wants ? await digestCounts(this.#parts, actor) : { open: 0, late: 0 }
    if (counts.open === 0) {
      await settings.setMailbox(userId, mailbox, { ...mailbox, digestWeek: week })
      return true
    }
    return this.#handOver(mailer, userId, mailbox, [], digestMail(this.#parts.origin(), counts), week)
  }

  async #handOver(
    mailer: Mailer,
    userId: UserId,
    known: Mailbox,
    noticeIds: string[],
    mail: MailText,
    digestWeek = known.digestWeek,
  ): Promise<boolean> {
    const { settings, notices, audit, now } = this.#parts
    if (!(await this.#reach(mailer))) return false
    const to = (await settings.of(userId)).settings.address
    if (to === null) return true
    const at = new Date(now())
    const claimed = { ...known, handing: { noticeIds, at }, digestWeek }
    if (!(await settings.setMailbox(userId, known, claimed))) return true
    const outcome = await mailer.send({ ...mail, to, mailId: newId() })
    await audit.record({
      actor: null,
      address: '',
      action: 'notice.mail',
      object: `user.${userId}`,
      outcome: outcome === 'accepted' ? 'ok' : 'failed',
      reason: outcome,
    })
    if (outcome === 'accepted') this.#lastSentAt = at.getTime()
    if (outcome === 'accepted' || outcome === 'unknown') {
      await notices.settleMail(noticeIds, outcome === 'accepted' ? 'handed' : 'unknown')
    } else if (outcome === 'refused') {
      await notices.settleMail(noticeIds, 'none')
      await this.#noteRefused(userId)
    }
    await settings.setMailbox(
      userId,
      { ...claimed, version: known.version + 1 },
      this.#afterwards(known, claimed, outcome),
    )
    return true
  }

  /** How the mailbox stands after a mail. */
  #afterwards(known: Mailbox, claimed: Mailbox, outcome: MailOutcome): Mailbox {
    const now = this.#parts.now()
    if (outcome !== 'later') return { ...claimed, handing: null, lastAt: new Date(now), tries: 0, nextTryAt: null }
    const tries = known.tries + 1
    return { ...known, handing: null, tries, nextTryAt: new Date(now + waitMs(tries)) }
  }

  /** Once a turn finds the server away, everybody waits. */
  async #reach(mailer: Mailer): Promise<boolean> {
    const { now } = this.#parts
    try {
      await mailer.check()
      this.#away = undefined
      return true
    } catch (error) {
      if (!(error instanceof MailerAway)) throw error
      const tries = (this.#away?.tries ?? 0) + 1
      const since = this.#away?.since ?? now()
      this.#away = { since, code: error.code, tries, nextTryAt: now() + waitMs(tries) }
      return false
    }
  }

  /** The process ended, or the store failed, with a mail on its way. */
  async #giveUp(userId: UserId): Promise<void> {
    const { settings, notices } = this.#parts
    const mailbox = await settings.mailbox(userId)
    if (mailbox.handing === null) return
    await notices.settleMail(mailbox.handing.noticeIds, 'unknown')
    await settings.setMailbox(userId, mailbox, { ...mailbox, handing: null, lastAt: mailbox.handing.at })
  }

  async #noteRefused(userId: UserId): Promise<void> {
    const { settings } = this.#parts
    const known = await settings.of(userId)
    await settings.store(userId, known, { ...known.settings, isRefused: true })
  }

  /** For the operator (SPEC NM6). */
  async health(): Promise<MailHealthView> {
    const { mailer, notices, settings } = this.#parts
    const waiting = mailer === undefined ? [] : await notices.waitingForMail()
    const away = this.#away
    const oldest = waiting.reduce((first, { at }) => Math.min(first, at.getTime()), Number.POSITIVE_INFINITY)
    const timeOf = (at: number | undefined) =>
      at === undefined || at === Number.POSITIVE_INFINITY ? null : new Date(at).toISOString()
    return {
      state: mailer === undefined ? 'off' : away ? 'away' : this.#lastSentAt === undefined ? 'untried' : 'well',
      since: timeOf(away?.since),
      failure: away?.code ?? null,
      nextTryAt: timeOf(away?.nextTryAt),
      lastSentAt: timeOf(this.#lastSentAt),
      waiting: new Set(waiting.map(({ userId }) => userId)).size,
      waitingSince: timeOf(oldest),
      unknown: await notices.countUnknown(),
      refused: await settings.countRefused(),
    }
  }

  /** Waits for the turn that is under way. */
  async close(): Promise<void> {
    await this.#tail
    this.#parts.mailer?.close()
  }
}

function byPerson(notices: readonly Notice[]): Map<UserId, Notice[]> {
  const grouped = new Map<UserId, Notice[]>()
  for (const notice of notices) grouped.set(notice.userId, [...(grouped.get(notice.userId) ?? []), notice])
  return grouped
}

const idsOf = (notices: readonly Notice[]) => notices.map(({ _id }) => _id)

/** 1, 2, 4 … minutes. */
const waitMs = (tries: number) => Math.min(2 ** (tries - 1), LONGEST_WAIT_MINUTES) * MINUTE_MS

/** When the mail about all of these may leave: collected, apart from the last one, and not in the quiet (SPEC NM3, NM4). */
export function dueAt(
  waiting: readonly Pick<Notice, 'at' | 'before'>[],
  settings: NoticeSettings,
  { lastAt, nextTryAt }: Pick<Mailbox, 'lastAt' | 'nextTryAt'>,
): number {
  const first = Math.min(...waiting.map(({ at }) => at.getTime()))
  const collected = Math.max(first, lastAt?.getTime() ?? 0) + BATCH_MS
  const earliest = Math.max(collected, nextTryAt?.getTime() ?? 0)
  const loud = loudFrom(earliest, settings)
  return waiting.some(({ before }) => before !== undefined && before.getTime() <= loud) ? earliest : loud
}
