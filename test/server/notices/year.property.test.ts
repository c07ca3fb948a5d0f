/**
 * A year of one team: sixty conferences, their promises and what became of them, by the commands that screens give, on time that stands still. Every
 * mail that the mail server got is compared with what a second reckoning expects, which shares no code with the product: it knows who sat where, what
 * was done when, and the rules of SPEC.md in its own words.
 */
import { afterEach, expect, test } from 'vitest'
import { createCase } from '../../../server/conferences/case-commands.ts'
import { changeConference, createConference } from '../../../server/conferences/conference-commands.ts'
import { moveConference } from '../../../server/conferences/conference-states.ts'
import { changeItem, createItem } from '../../../server/conferences/item-commands.ts'
import { createMailer } from '../../../server/notices/mailer.ts'
import type { ConferenceRole } from '../../../shared/codes.ts'
import type { ActionId, AgencyId, ConferenceId, UserId } from '../../../shared/ids.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { openLedger } from '../actions/action-world.ts'
import { openWorld, settle } from '../conferences/world.ts'
import { noticesOn } from './notices-under-test.ts'
import { startSmtpServer } from './smtp-server.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const SEOUL = 9 * HOUR
/** In the deep run the whole year, twice; everyday its first weeks. */
const IS_DEEP = process.env.DEEP === '1'
const MEETINGS = IS_DEEP ? 60 : 6
const YEARS = process.env.SEED !== undefined ? [Number(process.env.SEED)] : IS_DEEP ? [1, 2] : [1]

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

// --- The second reckoning -------------------------------------------------------------------------------------------------------

/** 2027, as the gazette announced it, by hand. */
const CLOSED_2027 = new Set(
  '01-01 02-06 02-07 02-08 02-09 03-01 05-01 05-03 05-05 05-13 06-06 07-17 07-19 08-15 08-16 09-14 09-15 09-16 10-03 10-04 10-09 10-11 12-25 12-27'.split(
    ' ',
  ),
)

const dayOf = (at: number) => new Date(at + SEOUL).toISOString().slice(0, 10)
const hourOf = (at: number) => ((at + SEOUL) % DAY) / HOUR
const midnight = (day: string) => Date.parse(`${day}T00:00:00Z`) - SEOUL
function isOpenDay(at: number): boolean {
  const day = new Date(at + SEOUL)
  return day.getUTCDay() % 6 !== 0 && !CLOSED_2027.has(day.toISOString().slice(5, 10))
}
/** Offices are open from nine to six. */
const isOpen = (at: number) => isOpenDay(at) && hourOf(at) >= 9 && hourOf(at) < 18

interface Expected {
  who: string
  at: number
  /** After this it asks for nothing. */
  until: number
  /** A conference that it is about. */
  before: number
}

class Reckoning {
  readonly #open: Expected[] = []
  readonly #lastMail = new Map<string, number>()
  /** Open promises of the one person who wants the digest. */
  readonly promises = new Map<ActionId, { sleepsUntil: number }>()
  #digested = ''
  readonly mails: string[] = []

  tell(who: readonly string[], at: number, about: { until?: number; before?: number } = {}): Expected[] {
    const told = who.map(one => ({ who: one, at, until: about.until ?? Infinity, before: about.before ?? Infinity }))
    this.#open.push(...told)
    return told
  }

  /** What leaves at that moment, at which the product has its turn as well. */
  turn(now: number) {
    for (const who of new Set(this.#open.map(one => one.who))) {
      const own = this.#open.filter(one => one.who === who)
      const due = Math.max(Math.min(...own.map(one => one.at)), this.#lastMail.get(who) ?? 0) + 15 * MINUTE
      if (now < due) continue
      let loud = due
      while (!isOpen(loud)) loud += MINUTE
      if (now < loud && !own.some(one => one.before <= loud)) continue
      for (const one of own) this.#open.splice(this.#open.indexOf(one), 1)
      if (own.some(one => one.until > now)) this.#mail(who, now, 'notice')
    }
    const monday = midnight(dayOf(now)) - ((new Date(now + SEOUL).getUTCDay() + 6) % 7) * DAY
    const week = dayOf(monday)
    let first = monday
    while (!isOpenDay(first)) first += DAY
    if (this.#digested === week || now < first + 9 * HOUR || first >= monday + 7 * DAY) return
    const awake = [...this.promises.values()].filter(promise => promise.sleepsUntil <= now).length
    if (awake > 0 && (!isOpen(now) || now < (this.#lastMail.get('co') ?? 0) + 15 * MINUTE)) return
    this.#digested = week
    if (awake > 0) this.#mail('co', now, 'digest')
  }

  #mail(who: string, now: number, what: string) {
    this.#lastMail.set(who, now)
    this.mails.push(`${new Date(now).toISOString()} ${who} ${what}`)
  }
}

// --- The year -------------------------------------------------------------------------------------------------------------------

test.each(YEARS)('[NM1] [NM3] [NM4] [NM8] [NT5] a year’s mails are exactly those expected (seed %i)', async seed => {
  const random = seededRandom(seed)
  const world = await openWorld()
  closing.push(() => world.close())
  const town = await settle(world)
  const server = await startSmtpServer()
  closing.push(() => server.close())
  const { now } = world.parts
  const notices = await noticesOn(world, town, {
    mailer: createMailer({ url: server.url, from: 'dure@example.kr' }),
  })
  closing.push(() => notices.close())
  const second = world.person('second', [town.muhan, 'case_worker'])
  const file = await createCase(world.parts, world.by(town.leader), {
    number: '2027-001',
    label: '카나리아 가구',
    agencies: [
      { agencyId: town.dong, role: 'lead' },
      { agencyId: town.muhan, role: 'co_managing' },
    ],
    workers: [
      { userId: town.leader, agencyId: town.dong },
      { userId: town.co, agencyId: town.muhan },
      { userId: second, agencyId: town.muhan },
    ],
  })
  const everybody = [town.leader, town.worker, town.co, town.watcher, town.partner, town.stranger, second]
  for (const who of everybody) {
    await notices.writesTo(who, { isQuiet: true, isQuietOnRestDays: true, digest: who === town.co })
  }
  const got: string[] = []
  const expected = new Reckoning()

  /** One turn of both, now. */
  async function turn() {
    await notices.turn()
    expected.turn(now())
    for (const { to, text } of server.mails.splice(0)) {
      expect(text).not.toContain('카나리아')
      const what = text.includes('열려 있습니다') ? 'digest' : 'notice'
      got.push(`${new Date(now()).toISOString()} ${to.join().split('@')[0]} ${what}`)
    }
  }
  /** Both have turns at half past each hour of the working day, and shortly after everything that is done. */
  async function until(moment: number) {
    while (now() < moment) {
      const [day, hour] = [midnight(dayOf(now())), hourOf(now())]
      const next = [8.5, 9.5, 12.5, 15.5, 17.5].find(one => one > hour)
      const stop = Math.min(moment, next === undefined ? day + DAY + 8.5 * HOUR : day + next * HOUR)
      world.pass(stop - now())
      await turn()
    }
  }
  const shortly = async () => {
    await turn()
    for (let left = 3; left > 0; left--) {
      world.pass(8 * MINUTE)
      await turn()
    }
  }

  const seats: [UserId, AgencyId, ConferenceRole][] = [
    [town.leader, town.dong, 'leader'],
    [town.co, town.muhan, 'attendee'],
    [second, town.muhan, 'attendee'],
    [town.partner, town.council, 'attendee'],
    [town.watcher, town.muhan, 'observer'],
  ]
  let isRecused = false
  const sleeping: { actionId: ActionId; day: number }[] = []

  async function change(conferenceId: ConferenceId, changes: object) {
    const admitted = await world.toChange(town.leader, conferenceId)
    await changeConference(world.parts, world.by(town.leader), admitted, { _v: admitted.conference._v, ...changes })
  }
  async function move(conferenceId: ConferenceId, to: 'draft' | 'scheduled' | 'live' | 'closed') {
    const admitted = await world.toChange(town.leader, conferenceId)
    await moveConference(world.parts, world.by(town.leader), admitted, { _v: admitted.conference._v, to })
  }
  /** Goes on to that moment; what sleeps wakes at the first turn of its day. */
  async function goTo(moment: number) {
    for (const one of sleeping.splice(0).sort((a, b) => a.day - b.day)) {
      if (one.day + 8.5 * HOUR > moment) {
        sleeping.push(one)
        continue
      }
      await until(one.day)
      world.pass(one.day + 8.5 * HOUR - now())
      expected.tell(isRecused ? ['co'] : ['co', 'second'], now())
      await turn()
    }
    await until(moment)
  }

  let day = midnight('2027-01-04')
  for (let index = 0; index < MEETINGS; index++) {
    while (!isOpenDay(day)) day += DAY
    const startsAt = day + 3 * DAY + 14 * HOUR
    await goTo(day + 10 * HOUR)
    const { _id: conferenceId } = await createConference(world.parts, world.by(town.leader), {
      type: 'integrated',
      title: `카나리아 회의 ${index}`,
      startsAt: new Date(startsAt).toISOString(),
      minutes: 90,
      place: '2층',
      remoteLink: '',
      hostAgencyId: town.dong,
      participants: seats.map(([userId, agencyId, role]) => ({ userId, agencyId, role })),
    })
    await world.parts.conferences.accept(conferenceId, [...seats.map(([userId]) => userId)])
    await move(conferenceId, 'scheduled')
    let invited = ['co', 'second', 'partner', 'watcher']
    expected.tell(invited, now(), { until: startsAt + 90 * MINUTE, before: startsAt })
    await shortly()

    if (random.chance(0.4)) {
      await goTo(day + DAY + (random.chance(0.5) ? 11 : 20) * HOUR)
      await change(conferenceId, { place: '3층' })
      expected.tell(invited, now(), { until: startsAt + 90 * MINUTE, before: startsAt })
      await shortly()
    }
    if (random.chance(0.3)) {
      await goTo(day + 2 * DAY + 16 * HOUR)
      const { conference } = await world.toChange(town.leader, conferenceId)
      await change(conferenceId, { participants: conference.participants.filter(one => one.userId !== town.partner) })
      invited = invited.filter(who => who !== 'partner')
      expected.tell(['partner'], now(), { until: startsAt + 90 * MINUTE, before: startsAt })
      await shortly()
    }
    if (random.chance(0.15)) {
      // The evening before the meeting: nobody is to come in vain.
      await goTo(startsAt - 18 * HOUR)
      await move(conferenceId, 'draft')
      expected.tell(invited, now(), { until: startsAt + 90 * MINUTE, before: startsAt })
      await shortly()
      day = startsAt - 14 * HOUR
      continue
    }

    await goTo(startsAt)
    const item = await createItem(world.parts, world.by(town.leader), await world.toChange(town.leader, conferenceId), {
      kind: 'case',
      caseId: file._id,
      agencies: [town.dong, town.muhan],
      minutes: 30,
    })
    if (index === Math.floor(MEETINGS / 2)) {
      const admitted = await world.toChangeItem(town.leader, conferenceId, item._id)
      await changeItem(world.parts, world.by(town.leader), admitted, { _v: admitted.item._v, recused: [second] })
      isRecused = true
    }
    await move(conferenceId, 'live')
    const ledger = openLedger(file._id)
    const actionId = await notices.actions.promise({ itemId: item._id, conferenceId }, ledger)
    await notices.actions.settled()
    world.pass(HOUR)
    await turn()
    await move(conferenceId, 'closed')
    const given = expected.tell(isRecused ? ['co'] : ['co', 'second'], now())
    expected.promises.set(actionId, { sleepsUntil: 0 })
    const settled = () => {
      for (const one of given) one.until = now()
    }
    if (random.chance(0.3)) {
      // Before anybody could be written to.
      world.pass(5 * MINUTE)
      await notices.actions.move(town.co, actionId, 'accept', {}, ledger)
      settled()
      await shortly()
    } else {
      await shortly()
      await goTo(startsAt + DAY)
      await notices.actions.move(town.co, actionId, 'accept', {}, ledger)
      settled()
      await shortly()
    }
    if (random.chance(0.3)) {
      const back = midnight(dayOf(now())) + (3 + random.below(10)) * DAY
      await notices.actions.move(town.co, actionId, 'postpone', { until: dayOf(back), note: '입원' }, ledger)
      expected.promises.set(actionId, { sleepsUntil: back })
      sleeping.push({ actionId, day: back })
    } else if (random.chance(0.7)) {
      await notices.actions.move(town.co, actionId, 'finish', {}, ledger)
      expected.promises.delete(actionId)
    }
    await turn()
    day = startsAt - 14 * HOUR + DAY
  }
  await goTo(now() + 15 * DAY)

  expect(got.sort()).toEqual(expected.mails.sort())
  const names = new Set(got.map(line => line.split(' ')[1]))
  expect([...names].sort()).toEqual(['co', 'partner', 'second', 'watcher'])
  expect(got.length).toBeGreaterThan(MEETINGS * 4)
  console.log(
    `${MEETINGS} conferences until ${dayOf(now())}: ${got.length} mails as expected, none to ${['leader', 'worker', 'stranger'].join(', ')}`,
  )
})
