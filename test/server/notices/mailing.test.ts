/** Mail: what stands in it, when it leaves, and that it never leaves twice. */
import { afterEach, describe, expect, test } from 'vitest'
import { changeConference } from '../../../server/conferences/conference-commands.ts'
import { digestOf } from '../../../server/notices/digest.ts'
import { createMailer } from '../../../server/notices/mailer.ts'
import { Mailing } from '../../../server/notices/mailing.ts'
import { askForAddress, confirmAddress, removeAddress } from '../../../server/notices/notice-commands.ts'
import { loudFrom, USUAL_QUIET } from '../../../server/notices/quiet-hours.ts'
import { must } from '../../../shared/assert.ts'
import { Refusal } from '../../../shared/protocol/refusals.ts'
import { meet, moveTo, openWorld, settle, uninvite } from '../conferences/world.ts'
import { addressOf, noticesOn, ORIGIN, type Wanted } from './notices-under-test.ts'
import { startSmtpServer } from './smtp-server.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** A Tuesday in Seoul: the noon of the small town's tests. */
const at = (moment: string) => Date.parse(`${moment}+09:00`)

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function begin(wanted: Wanted = {}) {
  const world = await openWorld()
  closing.push(() => world.close())
  const town = await settle(world)
  const notices = await noticesOn(world, town, wanted)
  closing.push(() => notices.close())
  /** Time passes in steps as long as a turn's, one turn each. */
  async function pass(ms: number) {
    for (let left = ms; left > 0; left -= 5 * MINUTE_MS) {
      world.pass(Math.min(left, 5 * MINUTE_MS))
      await notices.turn()
    }
  }
  /** A conference in two weeks, of which everybody is told. */
  async function invite() {
    const { conferenceId } = await meet(world, town, 'draft')
    const admitted = await world.toChange(town.leader, conferenceId)
    const body = { _v: admitted.conference._v, startsAt: '2026-12-08T05:00:00Z' }
    await changeConference(world.parts, world.by(town.leader), admitted, body)
    await moveTo(world, town, conferenceId, 'scheduled')
    await notices.settled()
    return conferenceId
  }
  return { world, town, notices, pass, invite }
}

describe('what and to whom', () => {
  test('[NM1] [NM2] only to a confirmed address, and nothing in it but that there is something', async () => {
    const { world, town, notices, pass } = await begin()
    await notices.writesTo(town.co)
    await meet(world, town, 'scheduled')
    await pass(20 * MINUTE_MS)
    expect(notices.mailed()).toEqual(['co'])
    const [mail] = notices.mail.sent
    expect(mail).toMatchObject({ to: addressOf('co'), subject: '두레에 확인할 일이 있습니다' })
    for (const word of ['통합사례회의', '김○○', '회의실', '2026', '무한돌봄', 'leader', 'co ']) {
      expect(`${mail?.subject}\n${mail?.text}`.replaceAll(ORIGIN, '')).not.toContain(word)
    }
    expect(mail?.text).toContain(`${ORIGIN}/notices`)
    await pass(2 * HOUR_MS)
    expect(notices.mailed()).toEqual(['co'])
  })

  test('[NM2] a kind that somebody does not want by mail is in the application alone', async () => {
    const { world, town, notices, pass } = await begin()
    await notices.writesTo(town.co, { kinds: { conference_invited: { app: true, mail: false } } })
    await notices.writesTo(town.partner, { kinds: { conference_invited: { app: false, mail: true } } })
    await meet(world, town, 'scheduled')
    await pass(20 * MINUTE_MS)
    expect(notices.mailed()).toEqual(['partner'])
    expect([await notices.count(town.co), await notices.count(town.partner)]).toEqual([1, 0])
  })

  test('[NM2] the code that was sent there makes the address one’s own; a wrong one five times does not', async () => {
    const { world, town, notices } = await begin()
    const by = world.by(town.co)
    const codeIn = () => /확인 번호: (\d{6})/.exec(must(notices.mail.sent.at(-1), 'a mail').text)?.[1] ?? ''
    const wrong = (code: string) => (code === '000000' ? '111111' : '000000')
    expect(await askForAddress(notices.parts, by, { address: 'co@city.example.kr' })).toMatchObject({
      address: null,
      pendingAddress: 'co@city.example.kr',
    })
    const code = codeIn()
    await expect(confirmAddress(notices.parts, by, wrong(code))).rejects.toMatchObject({ detail: 'mail-code-wrong' })
    // Another person's code is none.
    await expect(confirmAddress(notices.parts, world.by(town.partner), code)).rejects.toThrow(Refusal)
    expect(await confirmAddress(notices.parts, by, code)).toMatchObject({ address: 'co@city.example.kr' })
    await expect(confirmAddress(notices.parts, by, code)).rejects.toMatchObject({ detail: 'mail-code-late' })

    await askForAddress(notices.parts, by, { address: 'other@city.example.kr' })
    const second = codeIn()
    for (let i = 0; i < 4; i++) await expect(confirmAddress(notices.parts, by, wrong(second))).rejects.toThrow(Refusal)
    await expect(confirmAddress(notices.parts, by, wrong(second))).rejects.toMatchObject({ detail: 'mail-code-late' })
    await expect(confirmAddress(notices.parts, by, second)).rejects.toThrow(Refusal)

    await askForAddress(notices.parts, by, { address: 'other@city.example.kr' })
    const late = codeIn()
    world.pass(16 * MINUTE_MS)
    await expect(confirmAddress(notices.parts, by, late)).rejects.toMatchObject({ detail: 'mail-code-late' })
    for (let i = 0; i < 2; i++) await askForAddress(notices.parts, by, { address: 'other@city.example.kr' })
    const once = askForAddress(notices.parts, by, { address: 'other@city.example.kr' })
    await expect(once).rejects.toMatchObject({ reason: 'too-fast' })
    expect(await removeAddress(notices.parts, by)).toMatchObject({ address: null, pendingAddress: null })
  })

  test('[NT5] [NT6] what is no longer for somebody, read already or settled, is not mailed', async () => {
    const { world, town, notices, pass } = await begin()
    for (const who of [town.co, town.partner, town.watcher]) await notices.writesTo(who)
    const { conferenceId } = await meet(world, town, 'scheduled')
    const [read] = await notices.list(town.co)
    await notices.parts.notices.markRead(town.co, [must(read, 'a notice').noticeId])
    const watcher = must(world.people.get(town.watcher), 'watcher')
    watcher.memberships = []
    await pass(20 * MINUTE_MS)
    expect(notices.mailed()).toEqual(['partner'])
    await uninvite(world, town, conferenceId, town.council)
    await moveTo(world, town, conferenceId, 'closed')
    world.pass(3 * HOUR_MS)
    await pass(20 * MINUTE_MS)
    // That it goes on without them was only of use before.
    expect(notices.mailed()).toEqual(['partner'])
  })
})

describe('when', () => {
  test('[NM3] what comes within a quarter of an hour is one mail, and two lie as far apart', async () => {
    const { world, town, notices, pass, invite } = await begin()
    await notices.writesTo(town.co)
    const conferenceId = await invite()
    const begun = world.parts.now()
    const place = async (words: string) => {
      const admitted = await world.toChange(town.leader, conferenceId)
      await changeConference(world.parts, world.by(town.leader), admitted, { _v: admitted.conference._v, place: words })
    }
    await pass(5 * MINUTE_MS)
    await place('3층')
    await pass(5 * MINUTE_MS)
    expect(notices.mailed()).toEqual([])
    await pass(10 * MINUTE_MS)
    expect(notices.mailed()).toEqual(['co'])
    for (const floor of ['4층', '5층', '6층', '7층']) {
      await place(floor)
      await pass(5 * MINUTE_MS)
    }
    await pass(HOUR_MS)
    await place('8층')
    await pass(HOUR_MS)
    const sent = notices.mail.sent.map(mail => mail.at)
    expect(sent.length).toBe(3)
    expect(Math.min(...sent.map((moment, index) => moment - (sent[index - 1] ?? begun)))).toBeGreaterThanOrEqual(
      15 * MINUTE_MS,
    )
  })

  test.each([
    ['2026-11-24T12:00', '2026-11-24T12:00'],
    ['2026-11-24T17:59', '2026-11-24T17:59'],
    ['2026-11-24T18:00', '2026-11-25T09:00'],
    ['2026-11-25T08:59', '2026-11-25T09:00'],
    ['2026-11-27T19:00', '2026-11-30T09:00'],
    ['2026-11-28T12:00', '2026-11-30T09:00'],
    // Chuseok 2026 (24 to 26 September) and the weekend after it.
    ['2026-09-23T18:30', '2026-09-28T09:00'],
    ['2026-12-25T10:00', '2026-12-28T09:00'],
  ])('[NM4] at %s: from %s', (now, expected) => {
    expect(new Date(loudFrom(at(now), USUAL_QUIET)).toISOString()).toBe(new Date(at(expected)).toISOString())
  })

  test('[NM4] each to their own quiet: none, the night alone, an afternoon, closed days alone', () => {
    const evening = at('2026-11-27T19:00')
    const own = (quiet: object) => loudFrom(evening, { ...USUAL_QUIET, ...quiet })
    expect(own({ isQuiet: false, isQuietOnRestDays: false })).toBe(evening)
    expect(own({ isQuietOnRestDays: false })).toBe(at('2026-11-28T09:00'))
    expect(own({ quietFrom: '18:30', quietUntil: '19:30' })).toBe(at('2026-11-27T19:30'))
    expect(own({ isQuiet: false })).toBe(evening)
    expect(own({ quietFrom: '09:00', quietUntil: '09:00' })).toBe(evening)
  })

  test('[NM4] in the evening nothing leaves, but for what is about a conference before the morning', async () => {
    const { world, town, notices, pass } = await begin()
    world.pass(at('2026-11-26T19:00') - world.parts.now())
    await notices.writesTo(town.co, { isQuiet: true, isQuietOnRestDays: true })
    const { conferenceId } = await meet(world, town, 'scheduled')
    const startsAt = async (moment: string) => {
      const admitted = await world.toChange(town.leader, conferenceId)
      const body = { _v: admitted.conference._v, startsAt: new Date(at(moment)).toISOString() }
      await changeConference(world.parts, world.by(town.leader), admitted, body)
    }
    await startsAt('2026-12-03T14:00')
    await pass(HOUR_MS)
    expect(notices.mailed()).toEqual([])
    await startsAt('2026-11-27T08:30')
    await pass(HOUR_MS)
    expect(notices.mailed()).toEqual(['co'])
    await startsAt('2026-12-03T14:00')
    await pass(11 * HOUR_MS)
    expect(notices.mailed()).toEqual(['co'])
    await pass(2 * HOUR_MS)
    expect(notices.mailed()).toEqual(['co', 'co'])
    expect(notices.mail.sent.at(-1)?.at).toBeGreaterThanOrEqual(at('2026-11-27T09:00'))
  })

  test.each([
    ['2026-11-23T08:59', undefined],
    ['2026-11-23T09:00', '2026-11-23'],
    ['2026-11-29T23:00', '2026-11-23'],
    // Chuseok holidays of 2025: Monday 6 to Thursday 9 October; the first working day of that week is Friday.
    ['2025-10-09T12:00', undefined],
    ['2025-10-10T09:00', '2025-10-06'],
  ])('[NM8] the digest at %s: of the week of %s', (now, week) => {
    expect(digestOf(at(now))?.week).toBe(week)
  })

  test('[NM8] once a week, how many are open and late; nothing to who has none, or does not want it', async () => {
    const { world, town, notices, pass } = await begin()
    const { actions } = notices
    await notices.writesTo(town.co, { digest: true, kinds: { action_given: { app: true, mail: false } } })
    await notices.writesTo(town.leader, { digest: true })
    await notices.writesTo(town.watcher, { digest: true })
    const meeting = await meet(world, town, 'live')
    const about = { itemId: meeting.itemId, conferenceId: meeting.conferenceId }
    const first = await actions.promise({ ...about, due: '2026-11-26' })
    const second = await actions.promise(about)
    await actions.promise({ ...about, what: '검사비 지원' })
    await actions.settled()
    await moveTo(world, town, meeting.conferenceId, 'closed')
    await actions.move(town.co, first, 'accept')
    await actions.move(town.co, second, 'finish')
    world.pass(at('2026-11-30T08:50') - world.parts.now())
    notices.mail.sent.length = 0
    await notices.turn()
    await pass(2 * HOUR_MS)
    const digests = notices.mail.sent.filter(mail => mail.subject.includes('이번 주'))
    expect(digests).toHaveLength(1)
    expect(digests[0]).toMatchObject({ to: addressOf('co') })
    expect(digests[0]?.text).toContain('2건이 아직 열려 있습니다. 그중 1건은 기한이 지났습니다.')
    expect(digests[0]?.text).not.toContain('김○○')
    await pass(DAY_MS)
    expect(notices.mail.sent.filter(mail => mail.subject.includes('이번 주'))).toHaveLength(1)
  })
})

describe('a mail server that fails', () => {
  async function withServer() {
    const server = await startSmtpServer()
    closing.push(() => server.close())
    const mailer = createMailer({ url: server.url, from: '두레 <dure@example.kr>' })
    const begun = await begin({ mailer })
    await begun.notices.writesTo(begun.town.co)
    await begun.invite()
    return { ...begun, server, health: () => begun.notices.house.mailing.health() }
  }

  test('[NM1] over the wire: in words that a mail program reads, from us, to one', async () => {
    const { server, pass, health } = await withServer()
    expect(await health()).toMatchObject({ state: 'untried', waiting: 1 })
    await pass(20 * MINUTE_MS)
    expect(server.mails).toHaveLength(1)
    const [mail] = server.mails
    expect(mail).toMatchObject({
      from: 'dure@example.kr',
      to: ['co@example.kr'],
      subject: '두레에 확인할 일이 있습니다',
    })
    expect(mail?.text).toContain('로그인해서 알림을 확인해 주세요: https://dure.example.kr/notices')
    expect(mail?.raw).toContain('Auto-Submitted: auto-generated')
    expect(await health()).toMatchObject({ state: 'well', waiting: 0, unknown: 0 })
  })

  test('[NM6] away: it waits, longer each time, the operator is told; back: it leaves once', async () => {
    const { server, pass, health } = await withServer()
    await server.goesAway()
    await pass(20 * MINUTE_MS)
    expect(await health()).toMatchObject({ state: 'away', failure: expect.stringMatching(/^E/), waiting: 1 })
    await pass(5 * HOUR_MS)
    const { nextTryAt, since } = await health()
    expect(Date.parse(nextTryAt ?? '') - Date.parse(since ?? '')).toBeGreaterThan(4 * HOUR_MS)
    await server.comesBack()
    await pass(2 * HOUR_MS)
    expect(server.mails).toHaveLength(1)
    expect(await health()).toMatchObject({ state: 'well', waiting: 0, failure: null })
  })

  test('[NM6] a stop while it is away loses nothing', async () => {
    const { server, notices, pass } = await withServer()
    await server.goesAway()
    await pass(30 * MINUTE_MS)
    await notices.restart()
    await server.comesBack()
    await pass(HOUR_MS)
    expect(server.mails).toHaveLength(1)
  })

  test('[NM6] “not now” to one mail: tried again', async () => {
    const { server, notices, pass } = await withServer()
    server.fails('busy')
    await pass(30 * MINUTE_MS)
    expect(server.mails).toHaveLength(0)
    server.fails('wants-sign-in')
    await pass(30 * MINUTE_MS)
    server.fails(undefined)
    await pass(2 * HOUR_MS)
    expect(server.mails).toHaveLength(1)
    expect(await notices.parts.notices.countUnknown()).toBe(0)
  })

  test('[NM5] the line breaks with the mail on it: never again, and the operator sees one of which nobody knows', async () => {
    const { server, town, notices, pass, health } = await withServer()
    server.fails('drops-after-data')
    await pass(20 * MINUTE_MS)
    server.fails(undefined)
    await pass(5 * HOUR_MS)
    expect(server.mails).toHaveLength(1)
    expect(await health()).toMatchObject({ waiting: 0, unknown: 1 })
    expect(await notices.count(town.co)).toBe(1)
  })

  test('[NM7] an address that is refused for good gets no more, and its owner sees it', async () => {
    const { town, server, notices, pass, health, invite } = await withServer()
    server.fails('refuses-recipient')
    await pass(20 * MINUTE_MS)
    expect((await notices.parts.settings.of(town.co)).settings.isRefused).toBe(true)
    server.fails(undefined)
    await invite()
    await pass(HOUR_MS)
    expect(server.mails).toHaveLength(0)
    expect(await health()).toMatchObject({ refused: 1, waiting: 0, unknown: 0 })
  })
})

describe('a process that ends', () => {
  test('[NM5] between the note and the answer: the mail is not sent again, its notice stays', async () => {
    const { world, town, notices, pass, invite } = await begin()
    await notices.writesTo(town.co)
    await invite()
    // What a killed process leaves: the note without its end.
    notices.mail.onSend = () => {
      throw new Error('the process ended here')
    }
    world.pass(16 * MINUTE_MS)
    await expect(notices.turn()).rejects.toThrow('the process ended here')
    notices.mail.onSend = undefined
    await notices.restart()
    await pass(3 * HOUR_MS)
    expect(notices.mailed()).toEqual([])
    expect(await notices.house.mailing.health()).toMatchObject({ unknown: 1, waiting: 0 })
    expect(await notices.count(town.co)).toBe(1)
    // The next news is mailed as ever.
    await invite()
    await pass(HOUR_MS)
    expect(notices.mailed()).toEqual(['co'])
  })

  test('[NM5] two servers by mistake on one store: one mail', async () => {
    const { world, town, notices, invite } = await begin()
    await notices.writesTo(town.co)
    await invite()
    const other = new Mailing(notices.parts)
    world.pass(16 * MINUTE_MS)
    await Promise.all([notices.house.mailing.turn(), other.turn()])
    world.pass(HOUR_MS)
    await Promise.all([notices.house.mailing.turn(), other.turn()])
    expect(notices.mailed()).toEqual(['co'])
  })
})
