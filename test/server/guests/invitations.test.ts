import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../../server/lib/random.ts'
import { must } from '../../../shared/assert.ts'
import type { GuestView } from '../../../shared/protocol/guests.ts'
import type { SubjectRequestsView } from '../../../shared/protocol/subject-requests.ts'
import { dayInSeoul } from '../../../shared/working-days.ts'
import { CANARY, GUEST_NAME, GUEST_TITLE, type GuestHouse, HOUR, openGuestHouse } from './guest-house.ts'

let house: GuestHouse
beforeAll(async () => {
  house = await openGuestHouse()
})
afterAll(() => house.close())

const at = (ms: number) => new Date(house.dure.app.clock.now() + ms).toISOString()

describe('inviting', () => {
  test('[GU1] who may change the conference invites; a member may not, and for others there is no conference', async () => {
    const outsider = await house.dure.person()
    expect((await house.ask()).status).toBe(200)
    expect((await house.ask({}, house.colleague.client)).reason).toBe('not-allowed')
    expect((await house.ask({}, outsider.client)).reason).toBe('not-found')
    expect((await house.colleague.client.get(`${house.path}/guests`)).reason).toBe('not-allowed')
  })

  test('[GU1] an invitation is for a time that is not over, for another agency than the host, for items that are there', async () => {
    const refused = async (change: Parameters<GuestHouse['ask']>[0]) => (await house.ask(change)).detail
    const soon = at(HOUR)
    expect(await refused({ from: soon, until: soon })).toBe('guest-time')
    expect(await refused({ from: at(-2 * HOUR), until: at(-HOUR) })).toBe('guest-time')
    expect(await refused({ until: at(61 * 24 * HOUR) })).toBe('guest-time')
    expect(await refused({ agency: { agencyId: house.host._id } })).toBe('guest-of-host')
    expect(await refused({ agency: { agencyId: newId() } })).toBe('unknown-agency')
    expect(await refused({ items: [house.about, house.about] })).toBe('item-twice')
    expect((await house.ask({ items: [newId()] })).reason).toBe('not-found')
    expect((await house.dump()).guestInvitations?.match(/"_id"/g)?.length).toBe((await house.guests()).length)
  })

  test('[GU1] an agency that is not registered yet is, once, without people and in the host’s city', async () => {
    const agency = { name: '한빛 초등학교', shortName: '한빛초', type: 'school' } as const
    const { guest } = await house.invite({ agency })
    const registered = await house.dure.app.agencies.find(guest.agencyId)
    expect(registered).toMatchObject({
      name: '한빛 초등학교',
      public: true,
      cityCode: house.host.cityCode,
      active: true,
    })
    expect((await house.ask({ agency: { ...agency, name: '한빛초등학교' } })).detail).toBe('agency-known')
    await house.takeBack({ guest })
  })

  test('[GU2] ticking an item about a case clears the agency for it, which takes whoever may; what others ticked stays', async () => {
    const { guest } = await house.invite({ items: [house.about] })
    const item = await house.dure.app.conferences.items.find(house.about)
    expect(item?.agencies).toContain(guest.agencyId)
    expect(guest.items).toEqual([house.about])
    // Somebody who prepares the meeting and works on none of its cases.
    const conference = await house.view(house.leader.client)
    const planner = await house.dure.person({ agencyId: house.host._id })
    const known = conference.participants.map(({ userId, agencyId, role }) => ({ userId, agencyId, role }))
    const changed = await house.leader.client.patch(house.path, {
      _v: conference._v,
      participants: [...known, { userId: planner.user._id, agencyId: house.host._id, role: 'minute_taker' }],
    })
    expect(changed.status).toBe(200)
    expect((await house.seatOf(guest.guestId))?.guest).toEqual({ items: [house.about] })
    await planner.client.post(`${house.path}/statement`, { accept: true })
    const other = await house.dure.agency()
    const asked = await house.ask({ agency: { agencyId: other._id } }, planner.client)
    expect([asked.reason, asked.detail]).toEqual(['not-allowed', 'clearing-takes-case-worker'])
    const path = `${house.path}/guests/${guest.guestId}`
    expect((await planner.client.patch(path, { items: [house.about, house.secret] })).detail).toBe(
      'clearing-takes-case-worker',
    )
    expect((await house.leader.client.patch(path, { items: [house.general] })).body).toMatchObject({
      items: [house.general],
    })
    expect((await house.dure.app.conferences.items.find(house.secret))?.agencies).not.toContain(guest.agencyId)
    await house.takeBack({ guest })
  })

  test('[DR14] nobody without an account is let to a suspended case’s item, of whatever agency; to the others they are', async () => {
    const item = await house.dure.app.conferences.items.find(house.about)
    const caseId = must(item?.caseId, 'the case')
    const on = dayInSeoul(house.dure.app.clock.now())
    const path = `/api/cases/${caseId}/subject-requests`
    const { client } = house.leader
    const sent = async (to: string, body: object) => {
      const answer = await client.post(to, body)
      expect([to, answer.status]).toEqual([to, 200])
      return must((answer.body as SubjectRequestsView).requests[0], 'the request')
    }
    const asked = await sent(path, {
      command: newId(),
      kind: 'suspension',
      asker: 'client',
      checked: 'known_in_person',
      came: 'in_person',
      receivedOn: on,
      name: '김가상',
      relation: '',
      what: '당분간 아무에게도 알리지 말아 주세요',
    })
    const move = (body: object) => sent(`${path}/${asked.requestId}`, body)
    const words = '그렇게 하기로 하고 알림'
    await move({ do: 'answer', _v: asked._v, decision: 'granted', ground: '', on, went: 'in_person', words })
    const answer = await house.ask({ items: [house.about] })
    expect([answer.reason, answer.detail]).toEqual(['not-allowed', 'case-suspended'])
    const { guest } = await house.invite({ items: [house.general] })
    await house.takeBack({ guest })
    await move({ do: 'settle', _v: asked._v + 1, on, words: '당사자가 다시 알려도 좋다고 함' })
    expect((await house.ask({ items: [house.about] })).status).toBe(200)
  })

  test('[GU3] neither token, code, name nor title is kept in clear, and no address carries the token', async () => {
    const { guest, token, code } = await house.invite()
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(code).toMatch(/^\d{6}$/)
    const stored = Object.values(await house.dump()).join('\n')
    expect(stored).toContain(guest.guestId)
    for (const words of [token, `"${code}"`, GUEST_NAME, GUEST_TITLE]) expect(stored).not.toContain(words)
    expect(house.dure.logged()).not.toContain(token)
    expect(JSON.stringify(await house.guests())).not.toContain(code)
    expect((await house.guests()).at(-1)).toMatchObject({ name: GUEST_NAME, title: GUEST_TITLE, state: 'invited' })
    await house.takeBack({ guest })
  })
})

describe('the door', () => {
  test('[GU3] a link alone tells who invites and when, and nothing of the meeting', async () => {
    const { token, browser, guest } = await house.invite()
    const told = await browser.post('/api/guest/link', { token })
    expect(Object.keys(told.body as object).sort()).toEqual(['from', 'hostAgencyName', 'opens', 'until'])
    expect(told.body).toMatchObject({ hostAgencyName: house.host.name, opens: 'now' })
    for (const words of ['통합사례회의', GUEST_NAME, CANARY, house.conferenceId]) expect(told.text).not.toContain(words)
    expect((await browser.post('/api/guest/link', { token: 'x'.repeat(43) })).reason).toBe('not-found')
    await house.takeBack({ guest })
  })

  test('[GU4] link and code open it once; a used, a wrong and an ended one are the same answer', async () => {
    const invited = await house.invite()
    const another = house.dure.stranger()
    const without = (text: string) => text.replace(/"requestId":"[^"]+"/, '')
    const wrong = invited.code === '000000' ? '000001' : '000000'
    const wrongCode = await house.enter({ ...invited, browser: another, code: wrong })
    const wrongLink = await house.enter({ ...invited, browser: another, token: 'y'.repeat(43) })
    expect((await house.enter(invited)).body).toEqual({ state: 'waiting', hostAgencyName: house.host.name })
    const used = await house.enter({ ...invited, browser: another })
    await house.takeBack(invited)
    const ended = await house.enter({ ...invited, browser: another })
    for (const answer of [wrongCode, wrongLink, used, ended]) {
      expect([answer.status, answer.reason, answer.detail]).toEqual([401, 'wrong-credentials', 'guest-code'])
      expect(without(answer.text)).toBe(without(wrongCode.text))
    }
    expect(another.cookie).toBeUndefined()
  })

  test('[GU4] a code that is read out in groups is taken as it is typed', async () => {
    const invited = await house.invite()
    const code = `${invited.code.slice(0, 3)} ${invited.code.slice(3)}`
    expect((await house.enter({ ...invited, code })).status).toBe(200)
    await house.takeBack(invited)
  })

  test('[GU4] the fifth wrong code takes the invitation back, also when they come at once', async () => {
    const invited = await house.invite()
    const wrong = invited.code === '123456' ? '654321' : '123456'
    const tries = await Promise.all(
      Array.from({ length: 20 }, () => house.enter({ ...invited, browser: house.dure.stranger(), code: wrong })),
    )
    expect(new Set(tries.map(answer => answer.reason))).toEqual(new Set(['wrong-credentials']))
    expect((await house.enter(invited)).reason).toBe('wrong-credentials')
    expect((await house.guests()).map(one => one.guestId)).not.toContain(invited.guest.guestId)
    expect(await house.seatOf(invited.guest.guestId)).toBeUndefined()
    expect((await house.records('guest.end')).at(-1)).toMatchObject({ actor: null, reason: 'wrong-codes' })
  })

  test('[GU4] two who press at once with the right code: one is in', async () => {
    const invited = await house.invite()
    const answers = await Promise.all(
      [invited.browser, house.dure.stranger()].map(browser => house.enter({ ...invited, browser })),
    )
    expect(answers.map(answer => answer.status).sort()).toEqual([200, 401])
    await house.takeBack(invited)
  })

  test('before its time it says so and counts nothing', async () => {
    const invited = await house.invite({ from: at(HOUR), until: at(2 * HOUR) })
    for (let time = 0; time < 7; time++) expect((await house.enter(invited)).detail).toBe('guest-too-early')
    expect((await invited.browser.post('/api/guest/link', { token: invited.token })).body).toMatchObject({
      opens: 'later',
    })
    await house.pass(HOUR)
    expect((await house.enter(invited)).status).toBe(200)
    await house.takeBack(invited)
  })
})

describe('the lobby', () => {
  test('[GU5] who waits is nobody: no session, no conference, no document, no meeting', async () => {
    const invited = await house.invite()
    await house.enter(invited)
    const { browser } = invited
    expect((await browser.get('/api/guest')).body).toMatchObject({ state: 'waiting' })
    expect((await browser.session()).state).toBe('signed-out')
    expect((await browser.get(house.path)).reason).toBe('not-signed-in')
    expect((await browser.get(`/api/sync-check/conference.${house.conferenceId}`)).reason).toBe('not-signed-in')
    await expect(house.openLine(browser, `conference.${house.conferenceId}`)).rejects.toThrow('401')
    await expect(house.sit(browser)).rejects.toThrow()
    expect((await house.guests()).at(-1)).toMatchObject({ guestId: invited.guest.guestId, state: 'waiting' })
    await house.takeBack(invited)
  })

  test('[GU5] let in by who may, told to the hosts at once, and only who waits', async () => {
    const invited = await house.invite()
    expect((await house.admit(invited)).detail).toBe('guest-not-waiting')
    await house.enter(invited)
    const path = `${house.path}/guests/${invited.guest.guestId}/admit`
    expect((await house.colleague.client.post(path)).reason).toBe('not-allowed')
    expect(((await house.admit(invited)).body as GuestView).state).toBe('admitted')
    expect((await house.admit(invited)).status).toBe(200)
    expect((await invited.browser.get('/api/guest')).body).toEqual({
      state: 'admitted',
      conferenceId: house.conferenceId,
    })
    expect((await house.records('guest.admit')).length).toBe(1)
    await house.takeBack(invited)
  })

  test('[GU5] who gives up waiting is gone from the lobby, and comes back by another code', async () => {
    const invited = await house.invite()
    await house.enter(invited)
    expect((await invited.browser.delete('/api/guest')).status).toBe(200)
    expect((await invited.browser.get('/api/guest')).body).toEqual({ state: 'nobody' })
    expect((await house.guests()).at(-1)).toMatchObject({ guestId: invited.guest.guestId, state: 'invited' })
    for (let time = 0; time < 6; time++) expect((await house.enter(invited)).reason).toBe('wrong-credentials')
    const path = `${house.path}/guests/${invited.guest.guestId}/code`
    const { code } = (await house.leader.client.post(path)).body as { code: string }
    expect((await house.enter({ ...invited, code })).status).toBe(200)
    await house.takeBack(invited)
  })

  test('[GU5] turned away, the waiting room says that it is over', async () => {
    const invited = await house.invite()
    await house.enter(invited)
    await house.takeBack(invited)
    expect((await invited.browser.get('/api/guest')).body).toEqual({ state: 'nobody' })
    expect((await house.enter(invited)).reason).toBe('wrong-credentials')
    expect(await house.seatOf(invited.guest.guestId)).toBeUndefined()
  })

  test('into a draft nobody is let', async () => {
    const draft = await house.meeting('draft')
    const invited = await house.invite({ items: [] }, draft.path)
    await house.enter(invited)
    const answer = await house.leader.client.post(`${draft.path}/guests/${invited.guest.guestId}/admit`)
    expect(answer.detail).toBe('guest-before-announced')
    const conference = await house.dure.app.conferences.conferences.find(draft.conferenceId)
    await house.leader.client.delete(`${draft.path}?v=${conference?._v}`)
    // One look after the other: a store that answers slowly is not asked a hundred times at once.
    const isLeft = async () =>
      Object.values({ ...(await house.dump()), audit: '' })
        .join('')
        .includes(invited.guest.guestId)
    for (let look = 0; look < 200 && (await isLeft()); look++) await new Promise(setImmediate)
    expect(await isLeft()).toBe(false)
  })
})
