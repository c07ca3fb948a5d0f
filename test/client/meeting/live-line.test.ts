/** The link on the real channel of a real application: the handshake, a restart, an answer that is lost on the way, polling alone. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  type LineEvents,
  type LiveLine,
  type OpenLine,
  socketLines,
  type Transport,
} from '../../../client/meeting/live-line.ts'
import { MeetingLink, type MeetingPicture } from '../../../client/meeting/meeting-link.ts'
import { newId } from '../../../server/lib/random.ts'
import { must } from '../../../shared/assert.ts'
import type { ConferenceId, ItemId } from '../../../shared/ids.ts'
import type { ConferenceView } from '../../../shared/protocol/http-api.ts'
import { type AppUnderTest, startAppUnderTest, type TestClient } from '../../support/app-under-test.ts'

let dure: AppUnderTest
let leader: { client: TestClient; userId: string }
let attendee: { client: TestClient; userId: string }
let conference: ConferenceView
let first: ItemId
let second: ItemId
let links: MeetingLink[]

beforeEach(async () => {
  links = []
  dure = await startAppUnderTest()
  const agency = await dure.agency()
  const member = async () => {
    const { user, client } = await dure.person({ agencyId: agency._id })
    return { client, userId: user._id }
  }
  leader = await member()
  attendee = await member()
  const made = await leader.client.post('/api/conferences', {
    type: 'integrated',
    title: '통합사례회의',
    startsAt: '2026-11-24T05:00:00Z',
    minutes: 60,
    place: '',
    remoteLink: '',
    hostAgencyId: agency._id,
    participants: [
      { userId: leader.userId, agencyId: agency._id, role: 'leader' },
      { userId: attendee.userId, agencyId: agency._id, role: 'attendee' },
    ],
  })
  conference = made.body as ConferenceView
  const path = `/api/conferences/${conference.conferenceId}`
  for (const label of ['지난 회의 점검', '자유토의']) {
    conference = (await leader.client.post(`${path}/items`, { kind: 'general', label, minutes: 5 }))
      .body as ConferenceView
  }
  for (const to of ['scheduled', 'live']) {
    conference = (await leader.client.post(`${path}/state`, { _v: conference._v, to })).body as ConferenceView
  }
  ;[first, second] = conference.items.map(item => item.itemId) as [ItemId, ItemId]
})
afterEach(async () => {
  for (const link of links) link.close()
  await dure.close()
})

interface Net {
  /** Tried in this order, whatever the link would choose. */
  transports?: readonly Transport[]
  /** Between link and line, e.g. to lose an answer. */
  between?: (line: LiveLine, events: LineEvents) => LiveLine
}

/** As the person's browser: their cookie, our origin, wherever the server is now. */
function open(client: TestClient, net: Net = {}, conferenceId = conference.conferenceId): MeetingLink {
  const openLine: OpenLine = (transports, events) => {
    const headers = { cookie: client.cookie ?? '', origin: dure.origin, host: new URL(dure.origin).host }
    const line = socketLines({ serverUrl: dure.url, headers })(net.transports ?? transports, events)
    return net.between?.(line, events) ?? line
  }
  const link = new MeetingLink({ conferenceId, openLine, askWhyRefused: async () => 'unknown', random: () => 0 })
  links.push(link)
  link.start()
  return link
}

function until(link: MeetingLink, holds: (picture: MeetingPicture) => boolean): Promise<MeetingPicture> {
  return new Promise(resolve => {
    let stop = () => {}
    const look = () => {
      if (!holds(link.getState())) return
      stop()
      resolve(link.getState())
    }
    stop = link.subscribe(look)
    look()
  })
}

const isLive = (picture: MeetingPicture) => picture.line.phase === 'live'
const at = (itemId: ItemId) => (picture: MeetingPicture) => picture.view?.pointer?.itemId === itemId
const joined = async (client: TestClient, net?: Net) => {
  const link = open(client, net)
  await until(link, isLive)
  return link
}

describe('the link on the real channel', () => {
  test('[MP1] the chair’s move is on everybody’s screen', async () => {
    const [chair, other] = await Promise.all([joined(leader.client), joined(attendee.client)])
    await until(chair, ({ view }) => view?.chair.userId === leader.userId)
    expect(await chair.send('pointer.move', { itemId: first, place: 'decisions' })).toEqual({ ok: true })
    const { view } = await until(other, at(first))
    expect(view?.pointer?.by).toBe(leader.userId)
    expect(await other.send('pointer.move', { itemId: second, place: null })).toMatchObject({ reason: 'not-allowed' })
    expect(chair.getState().view?.pointer?.itemId).toBe(first)
  })

  test('what holds survives a restart of the server, and the screens come back by themselves', async () => {
    const [chair, other] = await Promise.all([joined(leader.client), joined(attendee.client)])
    await until(chair, ({ view }) => view?.chair.userId === leader.userId)
    await chair.send('pointer.move', { itemId: second, place: null })
    await until(other, at(second))
    const lost = until(other, ({ line }) => line.phase === 'lost')
    const restarting = dure.restart()
    expect(await lost).toMatchObject({ view: { pointer: { itemId: second } } })
    // Pressed while nobody is there to hear it.
    const pressed = chair.send('pointer.move', { itemId: first, place: null })
    dure = await restarting
    expect(await pressed).toEqual({ ok: true })
    await until(other, picture => isLive(picture) && at(first)(picture))
    expect(other.getState().view?.chair.userId).toBe(leader.userId)
  })

  test('[MP5] an answer that is lost on the way has one effect', async () => {
    let isLosing = false
    const heard: string[] = []
    const chair = await joined(leader.client, {
      between: (line, events) => ({
        ...line,
        command: (name, body, ack) => {
          heard.push(body.commandId)
          line.command(name, body, answer => {
            if (!isLosing) return ack(answer)
            // The line breaks with the answer on it.
            isLosing = false
            line.close()
            events.ended(null)
          })
        },
      }),
    })
    await until(chair, ({ view }) => view?.chair.userId === leader.userId)
    await chair.send('pointer.move', { itemId: first, place: null })
    isLosing = true
    expect(await chair.send('item.finish', { itemId: first })).toEqual({ ok: true })
    expect(heard).toHaveLength(3)
    expect(heard[1]).toBe(heard[2])
    const { view } = await until(chair, isLive)
    expect(view?.progress[first]?.state).toBe('done')
  })

  test('by polling alone everything is the same', async () => {
    const [chair, other] = await Promise.all([
      joined(leader.client, { transports: ['polling'] }),
      joined(attendee.client, { transports: ['polling'] }),
    ])
    expect(chair.getState().line).toEqual({ phase: 'live', transport: 'polling' })
    await until(chair, ({ view }) => view?.chair.userId === leader.userId)
    await chair.send('pointer.move', { itemId: first, place: null })
    await until(other, at(first))
  })

  test('who signs out is told so, and nothing is asked again', async () => {
    const other = await joined(attendee.client)
    const told = until(other, ({ line }) => line.phase === 'signed-out')
    await attendee.client.delete('/api/session')
    await told
    expect(other.getState().view).not.toBeNull()
  })

  test('a conference that does not exist is over at once', async () => {
    const link = open(attendee.client, {}, newId<ConferenceId>())
    const { line, view } = await until(link, picture => picture.line.phase === 'over')
    expect(line).toEqual({ phase: 'over', reason: 'not-found' })
    expect(view).toBeNull()
  })

  test('snapshot and changes of a whole meeting give what a newcomer is given', async () => {
    const [chair, other] = await Promise.all([joined(leader.client), joined(attendee.client)])
    await until(chair, ({ view }) => view?.chair.userId === leader.userId)
    const key = must(
      chair.getState().view?.attendance.find(one => one.userId === attendee.userId),
      'their place at the table',
    ).key
    await chair.send('feature.switch', { feature: 'requests', on: true })
    await other.send('attendance.announce', { mode: 'remote', statement: true, deputyFor: '' })
    await other.send('speech.request', { key })
    await chair.send('pointer.move', { itemId: first, place: null })
    await chair.send('item.defer', { itemId: first })
    await chair.send('speech.give', { key })
    await chair.send('pointer.move', { itemId: second, place: 'discussion' })
    await until(other, at(second))
    const newcomer = await joined(attendee.client)
    expect(newcomer.getState().view).toEqual(other.getState().view)
  })
})
