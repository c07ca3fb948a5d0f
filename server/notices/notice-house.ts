/** How telling is put together and kept going: what is heard is looked at a moment later, what a stop left out at the start, and mail in turns. */
import { ENDING_DAYS } from '../../shared/bases/basis-codes.ts'
import type { CaseLife } from '../../shared/cases/case-life.ts'
import type { CaseId, ConferenceId } from '../../shared/ids.ts'
import { addDays, dayInSeoul } from '../../shared/working-days.ts'
import type { ActionParts } from '../actions/ports.ts'
import type { Keyring } from '../crypto/keyring.ts'
import { startEvery } from '../lib/every.ts'
import type { Log } from '../lib/log.ts'
import type { MinutesRepository } from '../minutes/minutes-repository.ts'
import type { Clock } from '../rooms/ports.ts'
import type { Store } from '../storage/port.ts'
import { QUIET_MS } from './action-events.ts'
import { lookAtBases } from './basis-news.ts'
import type { Hearing } from './hearing.ts'
import { createMailer, type Mailer } from './mailer.ts'
import { Mailing, type MailingParts } from './mailing.ts'
import { openNoticeRepository } from './notice-repository.ts'
import { lookAtRequests } from './request-news.ts'
import { openSettingsRepository } from './settings-repository.ts'
import { lookAtCase, lookAtConference, lookAtLedger, NEWS_MS } from './telling.ts'

/** Several changes in a row are one look. */
const LOOK_AFTER_MS = 2_000
const TURN_EVERY_MS = 30_000
/** Notices are kept for so long (SPEC NT7). */
const KEPT_MS = 90 * 86_400_000
/** Minutes come weeks after their conference. */
const CONFERENCES_MS = 120 * 86_400_000

export async function openNoticeParts(options: {
  actions: ActionParts
  store: Store
  keyring: Keyring
  minutes: Pick<MinutesRepository, 'find'>
  origin: () => string
  smtp: { url: URL; from: string } | undefined
  /** Put in its place by tests. */
  mailer?: Mailer | undefined
}): Promise<MailingParts> {
  const { actions, store, keyring, minutes, origin, smtp, mailer } = options
  return {
    ...actions,
    store,
    minutes,
    origin,
    notices: await openNoticeRepository({ store, keyring }),
    settings: await openSettingsRepository({ store, keyring }),
    markOf: text => keyring.blindIndex('notice-mark', text),
    mailer: mailer ?? (smtp && createMailer(smtp)),
  }
}

export class NoticeHouse {
  readonly #parts: MailingParts
  readonly #log: Log
  readonly #clock: Clock
  readonly mailing: Mailing
  readonly #stoppers: (() => void)[] = []
  readonly #conferences = new Set<ConferenceId>()
  readonly #cases = new Set<CaseId>()
  readonly #ledgers = new Set<string>()
  /** Ledgers with words in the making, by when they are made. */
  readonly #later = new Map<string, number>()
  #hearing: Hearing | undefined
  #stopTimer: (() => void) | undefined
  #tail: Promise<void> = Promise.resolve()
  #isClosed = false
  /** The day whose postponed action items were looked for. */
  #day = ''

  constructor(options: { parts: MailingParts; clock: Clock; log: Log }) {
    this.#parts = options.parts
    this.#log = options.log
    this.#clock = options.clock
    this.mailing = new Mailing(options.parts)
  }

  /** Listens, and looks at what a stop may have left untold. Nobody waits for that. */
  start(hearing: Hearing): void {
    this.#hearing = hearing
    hearing.listen({
      conference: conferenceId => this.#heard(this.#conferences, conferenceId),
      case: caseId => this.#heard(this.#cases, caseId),
      ledger: document => this.#heard(this.#ledgers, document),
      // Of words in the making nothing is told: once is enough, when they are made.
      words: document => {
        if (!this.#later.has(document)) this.#later.set(document, this.#parts.now() + QUIET_MS)
      },
    })
    this.#stoppers.push(hearing.changes(this.#parts.changes))
    void this.#inTurn(() => this.#lookAtRecent())
    this.#stoppers.push(
      startEvery({
        clock: this.#clock,
        everyMs: TURN_EVERY_MS,
        work: () => this.turn(),
        onFailure: error => this.#log.warn({ error }, 'Mail could not be sent; it is tried again'),
      }),
    )
  }

  /** What came due by the time alone, then mail. */
  async turn(): Promise<void> {
    const now = this.#parts.now()
    for (const [document, at] of this.#later) {
      if (at > now) continue
      this.#later.delete(document)
      this.#ledgers.add(document)
    }
    const day = dayInSeoul(now)
    if (day !== this.#day) await this.#inTurn(() => this.#beginDay(day))
    await this.settled()
    if (!this.#isClosed) await this.mailing.turn()
  }

  /** Resolves when everything that was heard by now was looked at. */
  settled(): Promise<void> {
    this.#stopTimer?.()
    this.#stopTimer = undefined
    return this.#inTurn(() => this.#look())
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#stopTimer?.()
    for (const stop of this.#stoppers) stop()
    await this.#tail
    await this.mailing.close()
  }

  #heard<T>(waiting: Set<T>, what: T): void {
    waiting.add(what)
    if (this.#isClosed) return
    this.#stopTimer ??= this.#clock.after(LOOK_AFTER_MS, () => void this.settled())
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#tail = this.#tail.then(work).catch(error => {
      this.#log.warn({ error }, 'People could not be told of something; it is tried again')
    })
    return this.#tail
  }

  /** What fails stays for the next look, and keeps nothing else from being looked at. */
  async #look(): Promise<void> {
    let failure: unknown
    const each = async <T>(waiting: Set<T>, work: (one: T) => Promise<void>) => {
      for (const one of [...waiting]) {
        if (this.#isClosed) return
        // Before the look: what is heard of it while it is looked at is looked at again.
        waiting.delete(one)
        await work(one).catch(error => {
          waiting.add(one)
          failure = error
        })
      }
    }
    await each(this.#conferences, async conferenceId => {
      const doer = this.#hearing?.doerOf(conferenceId)
      const ledgers = await lookAtConference(this.#parts, conferenceId, doer)
      this.#hearing?.told(conferenceId)
      for (const document of ledgers) this.#ledgers.add(document)
    })
    await each(this.#cases, async caseId => {
      await lookAtCase(this.#parts, caseId)
      await lookAtBases(this.#parts, caseId)
      await lookAtRequests(this.#parts, caseId)
    })
    if (this.#ledgers.size > 0) await this.#parts.projector.settled()
    await each(this.#ledgers, async document => {
      const again = await lookAtLedger(this.#parts, document)
      if (again !== undefined) this.#later.set(document, again)
    })
    if (failure !== undefined) throw failure
  }

  async #beginDay(day: string): Promise<void> {
    const { store, notices, now } = this.#parts
    const postponed = store
      .collection<{ _id: string; document: string; status: string; until?: string }>('actions')
      .find({ status: 'postponed', until: { $lte: day } }, { projection: { document: 1 } })
    for (const { document } of await postponed.toArray()) this.#ledgers.add(document)
    const ending = store
      .collection<{ _id: CaseId; nextOn: string }>('bases')
      .find({ nextOn: { $gt: '', $lte: addDays(day, ENDING_DAYS + 1) } }, { projection: { nextOn: 1 } })
    for (const { _id } of await ending.toArray()) this.#cases.add(_id)
    const requests = store
      .collection<{ _id: string; caseId: CaseId }>('subjectRequests')
      .find({ state: 'open' }, { projection: { caseId: 1 } })
    for (const { caseId } of await requests.toArray()) this.#cases.add(caseId)
    await notices.removeBefore(new Date(now() - KEPT_MS))
    this.#day = day
  }

  /** Everything in which there can be news (SPEC NT1). */
  async #lookAtRecent(): Promise<void> {
    const { store, now } = this.#parts
    const conferences = await store
      .collection<{ _id: ConferenceId; startsAt: Date }>('conferences')
      .find({ startsAt: { $gt: new Date(now() - CONFERENCES_MS) } }, { projection: { startsAt: 1 } })
      .toArray()
    for (const { _id } of conferences) this.#conferences.add(_id)
    const since = now() - NEWS_MS
    const sinceThen = new Date(since).toISOString()
    const cases = await store
      .collection<{ _id: CaseId; life?: CaseLife }>('cases')
      .find({ 'life.history.at': { $gt: sinceThen } }, { projection: { stage: 1 } })
      .toArray()
    for (const { _id } of cases) this.#cases.add(_id)
    const actions = await store
      .collection<{ _id: string; document: string; changedAt: Date | null; facts?: { madeAt: number } }>('actions')
      .find(
        { $or: [{ changedAt: { $gt: new Date(since) } }, { 'facts.madeAt': { $gt: since } }] },
        { projection: { document: 1 } },
      )
      .toArray()
    for (const { document } of actions) this.#ledgers.add(document)
    await this.#look()
  }
}
