/** Notices as a browser and a calendar meet them: over HTTP, through the application as it is put together. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '../../../shared/assert.ts'
import type { ConferenceView } from '../../../shared/protocol/http-api.ts'
import type {
  CalendarLinkView,
  MailHealthView,
  NoticeCountView,
  NoticeSettingsView,
  NoticesView,
} from '../../../shared/protocol/notices.ts'
import { type AppUnderTest, startAppUnderTest } from '../../support/app-under-test.ts'
import { MailerUnderTest } from './notices-under-test.ts'

let dure: AppUnderTest
const mail = new MailerUnderTest(() => Date.now())
beforeAll(async () => {
  dure = await startAppUnderTest({ parts: { mailer: mail } })
})
afterAll(() => dure.close())

const DAY_MS = 86_400_000

async function plan(place = '2층 회의실; 본관, 왼쪽') {
  const [host, guest] = [await dure.agency(), await dure.agency()]
  const leader = await dure.person({ agencyId: host._id })
  const invited = await dure.person({ agencyId: guest._id })
  const startsAt = new Date(Math.floor((Date.now() + 7 * DAY_MS) / 60_000) * 60_000).toISOString()
  const made = await leader.client.post('/api/conferences', {
    type: 'integrated',
    title: '카나리아 회의',
    startsAt,
    minutes: 90,
    place,
    remoteLink: 'https://meet.example.kr/canary',
    hostAgencyId: host._id,
    participants: [
      { userId: leader.user._id, agencyId: host._id, role: 'leader' },
      { userId: invited.user._id, agencyId: guest._id, role: 'attendee' },
    ],
  })
  const { conferenceId, _v } = made.body as ConferenceView
  expect((await leader.client.post(`/api/conferences/${conferenceId}/state`, { _v, to: 'scheduled' })).status).toBe(200)
  return { leader, invited, conferenceId, startsAt }
}

const secretOf = (url: string) => must(new URL(url).pathname.split('/').at(-1), 'a secret')

test('[NT2] what one command did is told to somebody else, and read by them', async () => {
  const { invited, conferenceId } = await plan()
  const count = async () => (await invited.client.get('/api/notices/count')).body as NoticeCountView
  await expect.poll(count, { timeout: 60_000 }).toEqual({ unread: 1 })
  const { notices } = (await invited.client.get('/api/notices')).body as NoticesView
  expect(notices).toMatchObject([{ kind: 'conference_invited', group: { conferenceId, title: '카나리아 회의' } }])
  const noticeIds = notices.map(({ noticeId }) => noticeId)
  expect((await invited.client.post('/api/notices/read', { noticeIds })).body).toEqual({ unread: 0 })
})

test('[NC1] the link shows time, place and one word; taken back or switched off, it is nobody’s', async () => {
  const { invited, startsAt } = await plan()
  const made = (await invited.client.post('/api/notices/calendar')).body as CalendarLinkView
  expect(made.url.startsWith(`${dure.origin}/api/calendar/`)).toBe(true)
  const path = new URL(made.url).pathname
  const stranger = dure.stranger()
  const feed = await stranger.get(path)
  expect(feed.status).toBe(200)
  expect(feed.headers['content-type']).toBe('text/calendar; charset=utf-8')
  const lines = feed.text.replace(/\r\n /g, '').split('\r\n')
  expect(lines.filter(line => line.startsWith('SUMMARY'))).toEqual(['SUMMARY:사례회의'])
  expect(lines).toContain('LOCATION:2층 회의실\\; 본관\\, 왼쪽')
  expect(lines).toContain(`DTSTART:${startsAt.replace(/[-:]|\.\d+/g, '')}`)
  for (const word of ['카나리아', 'canary', invited.user.name, invited.user._id]) expect(feed.text).not.toContain(word)
  expect(feed.text.split('\r\n').every(line => Buffer.byteLength(line) <= 75)).toBe(true)

  // Stored nowhere as it is, shown once.
  const settings = (await invited.client.get('/api/notices/settings')).body as NoticeSettingsView
  expect(settings.calendar).toMatchObject({ readAt: expect.any(String) })
  expect(JSON.stringify(settings)).not.toContain(secretOf(made.url))
  const stored = await dure.app.store.collection<{ _id: string }>('calendarLinks').find({}).toArray()
  expect(JSON.stringify(stored)).not.toContain(secretOf(made.url))

  const second = (await invited.client.post('/api/notices/calendar')).body as CalendarLinkView
  expect((await stranger.get(path)).status).toBe(404)
  const own = new URL(second.url).pathname
  expect((await stranger.get(own)).status).toBe(200)
  const user = must(await dure.app.users.find(invited.user._id), 'the person')
  await dure.app.users.update(user, { active: false })
  const missing = await stranger.get('/api/calendar/nobody-has-this-link')
  const gone = await stranger.get(own)
  expect([gone.status, gone.reason]).toEqual([missing.status, missing.reason])
  expect(gone.status).toBe(404)
  await dure.app.users.update(must(await dure.app.users.find(user._id), 'the person'), { active: true })
  expect((await stranger.get(own)).status).toBe(200)
  expect((await invited.client.delete('/api/notices/calendar')).body).toMatchObject({ calendar: null })
  expect((await stranger.get(own)).status).toBe(404)
})

test('[NC1] what is off, or without the person, is not in it; a draft never was', async () => {
  const { leader, invited, conferenceId } = await plan('')
  const link = (await invited.client.post('/api/notices/calendar')).body as CalendarLinkView
  const read = async () => (await dure.stranger().get(new URL(link.url).pathname)).text
  expect(await read()).toContain('BEGIN:VEVENT')
  const { _v } = (await leader.client.get(`/api/conferences/${conferenceId}`)).body as ConferenceView
  await leader.client.post(`/api/conferences/${conferenceId}/state`, { _v, to: 'draft' })
  expect(await read()).not.toContain('BEGIN:VEVENT')
})

test('choices are kept, by version; another address needs its code', async () => {
  const { invited } = await plan()
  const path = '/api/notices/settings'
  const { _v, kinds } = (await invited.client.get(path)).body as NoticeSettingsView
  expect(kinds.find(({ kind }) => kind === 'minutes_sealed')).toMatchObject({ app: true, mail: false })
  const changed = await invited.client.patch(path, {
    _v,
    kinds: [{ kind: 'minutes_sealed', app: false, mail: true }],
    quietFrom: '20:00',
    digest: false,
  })
  expect(changed.body).toMatchObject({ quietFrom: '20:00', quietUntil: '09:00', digest: false, hasMail: true })
  expect((await invited.client.patch(path, { _v, digest: true })).reason).toBe('conflict')
  for (const body of [
    { _v: 1, quietFrom: '25:00' },
    { _v: 1, kinds: [{ kind: 'x', app: true, mail: true }] },
  ]) {
    expect((await invited.client.patch(path, body)).status).toBe(400)
  }
  for (const address of ['nobody', 'a@b\r\nBcc: c@d.kr', 'a@b.kr, c@d.kr', '<a@b.kr>']) {
    expect((await invited.client.post('/api/notices/address', { address })).status).toBe(400)
  }
  await invited.client.post('/api/notices/address', { address: 'lee@city.example.kr' })
  const code = /확인 번호: (\d{6})/.exec(mail.sent.at(-1)?.text ?? '')?.[1]
  const confirmed = await invited.client.post('/api/notices/address/confirm', { code })
  expect(confirmed.body).toMatchObject({ address: 'lee@city.example.kr', pendingAddress: null })
  expect((await invited.client.delete('/api/notices/address')).body).toMatchObject({ address: null })
  expect(await invited.client.post('/api/notices/address/confirm', { code })).toMatchObject({ status: 400 })
})

test('[NM6] the operator sees how mail stands: counts and times, nobody’s name', async () => {
  const { client } = await dure.person({ operator: true })
  const health = (await client.get('/api/notices/health')).body as MailHealthView
  expect(health).toEqual({
    state: 'untried',
    since: null,
    failure: null,
    nextTryAt: null,
    lastSentAt: null,
    waiting: 0,
    waitingSince: null,
    unknown: 0,
    refused: 0,
  })
})
