/** The small town of the conferences' tests, with people who are told of things: what is heard, looked at and mailed happens when a test says so. */
import { withMinutes } from '../../../server/conferences/with-minutes.ts'
import { createLog } from '../../../server/lib/log.ts'
import { createMinutesRepository } from '../../../server/minutes/minutes-repository.ts'
import { Hearing } from '../../../server/notices/hearing.ts'
import type { MailText } from '../../../server/notices/mail-words.ts'
import { type Mailer, MailerAway, type MailOutcome } from '../../../server/notices/mailer.ts'
import { NoticeHouse, openNoticeParts } from '../../../server/notices/notice-house.ts'
import type { Notice, NoticeRepository } from '../../../server/notices/notice-repository.ts'
import { countNotices, listNotices } from '../../../server/notices/notice-views.ts'
import { type NoticeSettings, usualSettings } from '../../../server/notices/settings-repository.ts'
import type { UserId } from '../../../shared/ids.ts'
import { withActions } from '../actions/action-world.ts'
import type { Town, World } from '../conferences/world.ts'

export const ORIGIN = 'https://dure.example.kr'
export const addressOf = (name: string) => `${name}@example.kr`

export interface SentMail extends MailText {
  to: string
  at: number
}

/** Takes mails as a server does, on time that stands still. */
export class MailerUnderTest implements Mailer {
  readonly sent: SentMail[] = []
  readonly #now: () => number
  isAway = false
  /** What becomes of the next mails. */
  outcome: MailOutcome = 'accepted'
  /** Called while a mail is on its way. */
  onSend: (() => void) | undefined

  constructor(now: () => number) {
    this.#now = now
  }

  async check() {
    if (this.isAway) throw new MailerAway('ECONNREFUSED')
  }

  async send({ to, subject, text }: MailText & { to: string }): Promise<MailOutcome> {
    this.onSend?.()
    if (this.outcome === 'accepted' || this.outcome === 'unknown')
      this.sent.push({ to, subject, text, at: this.#now() })
    return this.outcome
  }

  close() {}
}

export interface Wanted {
  /** Puts this in place of the mailer that records. */
  mailer?: Mailer
  /** Puts this in place of the real repository of notices. */
  wrap?: (notices: NoticeRepository) => NoticeRepository
}

export async function noticesOn(world: World, town: Town, { mailer, wrap = one => one }: Wanted = {}) {
  const { store, keyring } = world
  const hearing = new Hearing()
  const documents = hearing.desk(world.shelf)
  // Every command of the town is heard.
  const audit = hearing.audit(world.parts.audit)
  Object.assign(world.parts, { documents, audit })
  const actions = withActions(world, town)
  const minutes = createMinutesRepository({ store, keyring })
  Object.assign(actions.parts, {
    documents,
    audit,
    ledger: hearing.ledger(actions.ledger),
    conferences: withMinutes(world.parts.conferences, minutes.standingOf),
  })
  const recorded = new MailerUnderTest(world.parts.now)
  const lines: string[] = []
  const log = createLog({ level: 'debug', destination: { write: line => void lines.push(line) } })
  const clock = { now: world.parts.now, after: () => () => undefined, soon: () => undefined }

  async function open() {
    const parts = await openNoticeParts({
      actions: actions.parts,
      store,
      keyring,
      minutes,
      origin: () => ORIGIN,
      smtp: undefined,
      mailer: mailer ?? recorded,
    })
    const { put } = parts.notices
    // Each at a moment of its own, so that they stand in the order in which they were told.
    parts.notices.put = async notice => {
      world.pass(1)
      return put(notice)
    }
    parts.notices = wrap(parts.notices)
    const house = new NoticeHouse({ parts, clock, log })
    house.start(hearing)
    await house.settled()
    return { parts, house }
  }
  let { parts, house } = await open()
  const nameOf = (userId: UserId) => world.people.get(userId)?.name ?? ''

  const under = {
    actions,
    mail: recorded,
    lines,
    get parts() {
      return parts
    },
    get house() {
      return house
    },
    minutes,
    /** Words were logged in this document, as the rooms tell it. */
    wrote: (document: string) => hearing.written(document),
    /** Everything that was heard is looked at. */
    settled: () => house.settled(),
    /** What time and mail brought. */
    turn: () => house.turn(),
    /** The process ends as it stands, and another one begins. */
    async restart() {
      await house.close()
      ;({ parts, house } = await open())
    },
    /** Has an address, and chose this. */
    async writesTo(userId: UserId, chosen: Partial<NoticeSettings> = {}) {
      const known = await parts.settings.of(userId)
      await parts.settings.store(userId, known, {
        ...usualSettings(),
        isQuiet: false,
        isQuietOnRestDays: false,
        digest: false,
        address: addressOf(nameOf(userId)),
        ...chosen,
      })
    },
    async list(userId: UserId) {
      await house.settled()
      return (await listNotices(parts, world.by(userId))).notices
    },
    /** Kinds, the oldest first. */
    async kinds(userId: UserId) {
      return (await under.list(userId)).map(({ kind }) => kind).reverse()
    },
    async count(userId: UserId) {
      await house.settled()
      return countNotices(parts, world.by(userId).actor)
    },
    /** What is stored, whoever may see it: names and kinds. */
    async stored(): Promise<string[]> {
      await house.settled()
      const all: Notice[] = []
      for (const userId of world.people.keys()) all.push(...(await parts.notices.ofUser(userId)))
      return all.map(({ userId, kind }) => `${nameOf(userId)} ${kind}`).sort()
    },
    /** Who got a mail: names, in order. */
    mailed: () => recorded.sent.map(({ to }) => to.slice(0, to.indexOf('@'))),
    close: () => house.close(),
  }
  return under
}

export type NoticesUnderTest = Awaited<ReturnType<typeof noticesOn>>
