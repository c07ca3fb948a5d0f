import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fieldsOf } from '../../../server/conferences/conference-states.ts'
import { newId } from '../../../server/lib/random.ts'
import { COMMAND_RULES } from '../../../server/meetings/commands.ts'
import type { Route } from '../../../server/transport/route.ts'
import { must } from '../../../shared/assert.ts'
import { documentNameOf } from '../../../shared/documents/document-names.ts'
import { addDecision } from '../../../shared/documents/item-document.ts'
import type { ConferenceView } from '../../../shared/protocol/http-api.ts'
import { COMMANDS, type CommandName } from '../../../shared/protocol/live-channel.ts'
import { WITHIN_A_SECOND_MS } from '../../support/promised-times.ts'
import { bodyOf } from '../transport/live/sample-commands.ts'
import {
  CANARY,
  GUEST_NAME,
  GUEST_TITLE,
  type GuestHouse,
  HOUR,
  HOUSEHOLD,
  type Invited,
  openGuestHouse,
  type Seat,
  until,
} from './guest-house.ts'

const documentOf = (itemId: string) => `item.${itemId}`
/** Everything that a guest has open is closed within this. */

/** Says that one is here and keeps it to oneself. */
const arrive = (seat: Seat) => seat.does('attendance.announce', { mode: 'remote', statement: true, deputyFor: '' })

const namesOf = (routes: readonly Route[]) => routes.map(route => `${route.method} ${route.path}`)

describe('who was let in', () => {
  let house: GuestHouse
  let guest: Invited
  let seat: Seat
  beforeAll(async () => {
    house = await openGuestHouse()
    guest = await house.letIn()
    // The agency is cleared for the other household as well, for its own people: the guest was not ticked for it.
    const item = must(await house.dure.app.conferences.items.find(house.secret), 'the other item')
    const cleared = await house.leader.client.patch(`${house.path}/items/${house.secret}`, {
      _v: item._v,
      agencies: [...item.agencies, house.school._id],
    })
    expect(cleared.status).toBe(200)
    seat = await house.sit(guest.browser)
  })
  afterAll(() => house.close())

  const mayOpen = async (document: string) => (await guest.browser.get(`/api/sync-check/${document}`)).status === 200

  test('[GU6] is told who they are, and finds every item closed until they arrive and accept the statement', async () => {
    expect(await guest.browser.session()).toMatchObject({
      state: 'signed-in',
      person: { name: GUEST_NAME, memberships: [], operator: false },
      needsSecondFactor: false,
      guest: { conferenceId: house.conferenceId, agencyId: house.school._id },
    })
    expect(await house.view(guest.browser)).toMatchObject({
      myRole: 'attendee',
      mayChange: false,
      myStatement: 'needed',
    })
    expect([await mayOpen(documentOf(house.about)), await mayOpen(documentOf(house.general))]).toEqual([false, false])
    expect(await arrive(seat)).toEqual({ ok: true, value: null })
    expect(await mayOpen(documentOf(house.about))).toBe(true)
    const view = await house.view(guest.browser)
    expect(view.items.filter(item => !item.restricted).map(item => item.itemId)).toEqual([house.about])
    expect(view.participants.find(one => one.userId === guest.guest.guestId)).toMatchObject({
      name: GUEST_NAME,
      agencyId: house.school._id,
      guest: true,
    })
  })

  test('[GU6] where WebSockets are blocked, the same documents open and the same stay shut', async () => {
    expect((await house.openByPolling(guest.browser, documentOf(house.about))).slice(0, 2)).toEqual([1, 'opened'])
    const shut = await house.openByPolling(guest.browser, documentOf(house.secret))
    expect(shut.slice(0, 3)).toEqual([1, 'closed', 4404])
  })

  test('[GU2] a guest of one household never gets the other, nor what was not ticked', async () => {
    const heard = [JSON.stringify(seat.answer)]
    seat.socket.onAny((...words: unknown[]) => heard.push(JSON.stringify(words)))
    for (const itemId of [house.secret, house.general]) {
      expect(await mayOpen(documentOf(itemId))).toBe(false)
      await expect(house.openLine(guest.browser, documentOf(itemId))).rejects.toThrow('404')
      for (const path of ['papers', 'writers', 'actions']) {
        expect((await guest.browser.get(`${house.path}/items/${itemId}/${path}`)).reason).toBe('not-found')
      }
      expect(await seat.does('read-back.open', { itemId })).toMatchObject({ ok: false, reason: 'not-found' })
    }
    const read = [house.path, `${house.path}/papers`, `${house.path}/since`, `${house.path}/review`]
    for (const path of read) heard.push((await guest.browser.get(path)).text)
    expect(heard.join()).toContain(HOUSEHOLD)
    for (const words of [CANARY, '공지']) expect(heard.join()).not.toContain(words)
  })

  test('[GU2] unticked, or the agency not cleared any more: closed at once, and open again with both', async () => {
    const path = `${house.path}/guests/${guest.guest.guestId}`
    const tick = (items: string[]) => house.leader.client.patch(path, { items })
    const line = await house.openLine(guest.browser, documentOf(house.about))
    const began = performance.now()
    await tick([])
    expect((await line.closed).code).toBe(4404)
    expect((await line.closed).afterMs(began)).toBeLessThan(WITHIN_A_SECOND_MS)
    await tick([house.about])
    expect(await mayOpen(documentOf(house.about))).toBe(true)
    const again = await house.openLine(guest.browser, documentOf(house.about))
    const clearance = async (agencies: string[]) => {
      const { _v } = must(await house.dure.app.conferences.items.find(house.about), 'the item')
      return house.leader.client.patch(`${house.path}/items/${house.about}`, { _v, agencies })
    }
    const { agencies } = must(await house.dure.app.conferences.items.find(house.about), 'the item')
    await clearance(agencies.filter(agencyId => agencyId !== house.school._id))
    expect((await again.closed).code).toBe(4404)
    await clearance(agencies)
    expect(await mayOpen(documentOf(house.about))).toBe(true)
  })

  test('[GU6] answers for their agency when the item is read back, and is not asked for what is closed to them', async () => {
    const leading = await house.sit(house.leader.client)
    await arrive(leading)
    await leading.does('attendance.confirm', { keys: [guest.guest.guestId as never] })
    for (const itemId of [house.about, house.secret]) {
      await house.dure.app.conferences.documents.edit(
        documentNameOf({ kind: 'item', itemId }),
        { behalfOf: house.leader.user._id },
        doc =>
          addDecision(doc, {
            id: newId(),
            kind: 'reassess',
            by: house.leader.user._id,
            at: new Date().toISOString(),
            text: itemId === house.secret ? CANARY : '검사 결과를 기다린다',
          }),
      )
      expect(await leading.does('read-back.open', { itemId })).toMatchObject({ ok: true })
    }
    const reading = (itemId: string) => leading.view().hearings[itemId as never]?.readBack
    await until(() => Boolean(reading(house.about) && reading(house.secret)), 'both read-backs')
    expect(reading(house.about)?.asked).toContain(house.school._id)
    expect(reading(house.secret)?.asked).not.toContain(house.school._id)
    await until(() => seat.view().hearings[house.about]?.readBack !== undefined, 'the read-back at the guest')
    expect(Object.keys(seat.view().hearings)).toEqual([house.about])
    const { readBackId, hash } = must(seat.view().hearings[house.about]?.readBack ?? undefined, 'the read-back')
    const answer = { itemId: house.about, readBackId, hash, position: 'conditional', words: '학교와 함께' } as const
    expect(await seat.does('read-back.answer', { ...answer, agencyId: house.member._id })).toMatchObject({ ok: false })
    expect(await seat.does('read-back.answer', { ...answer, agencyId: house.school._id })).toMatchObject({ ok: true })
    expect(await leading.does('read-back.confirm', { itemId: house.about, readBackId, hash })).toMatchObject({
      ok: true,
    })
    await until(() => leading.view().hearings[house.about]?.confirmed != null, 'the confirmation')
    expect(leading.view().hearings[house.about]?.confirmed?.answers).toContainEqual(
      expect.objectContaining({ agencyId: house.school._id, position: 'conditional', by: GUEST_NAME }),
    )
  })

  test('[GU6] steps out of an item, which closes it for them', async () => {
    const other = await house.letIn({ name: '다른 손님' })
    const sitting = await house.sit(other.browser)
    await arrive(sitting)
    const open = async () => (await other.browser.get(`/api/sync-check/${documentOf(house.about)}`)).status
    expect(await open()).toBe(200)
    const { guestId } = other.guest
    expect(await sitting.does('recusal.begin', { itemId: house.about, userId: guestId, kind: 'withdrawal' })).toEqual({
      ok: true,
      value: null,
    })
    expect(await open()).toBe(404)
    await house.takeBack(other)
  })

  test('[GU7] every route that is not theirs answers like one to something that does not exist', async () => {
    const elsewhere = await house.meeting('live')
    const routes = house.dure.app.routes.filter(route => route.policy !== 'public')
    const closed = routes.filter(route => !route.evenForGuests)
    const open = routes.filter(route => route.evenForGuests)
    // What a guest may call stands here, so that nothing comes to it unseen.
    expect(namesOf(open).sort()).toEqual([
      'DELETE /api/conferences/:conferenceId/items/:itemId/papers/:paperId',
      'GET /api/actions/:document/:actionId',
      'GET /api/code-sets',
      'GET /api/conferences/:conferenceId',
      'GET /api/conferences/:conferenceId/comments',
      'GET /api/conferences/:conferenceId/items/:itemId/actions',
      'GET /api/conferences/:conferenceId/items/:itemId/comments',
      'GET /api/conferences/:conferenceId/items/:itemId/papers',
      'GET /api/conferences/:conferenceId/items/:itemId/papers/:paperId',
      'GET /api/conferences/:conferenceId/items/:itemId/referrals',
      'GET /api/conferences/:conferenceId/items/:itemId/research/shared',
      'GET /api/conferences/:conferenceId/items/:itemId/writers',
      'GET /api/conferences/:conferenceId/papers',
      'GET /api/conferences/:conferenceId/review',
      'GET /api/conferences/:conferenceId/since',
      'GET /api/sync-check/:documentName',
      'POST /api/actions/:document/:actionId',
      'POST /api/conferences/:conferenceId/items/:itemId/comments',
      'POST /api/conferences/:conferenceId/items/:itemId/papers',
      'POST /api/conferences/:conferenceId/statement',
      'POST /api/session/activity',
    ])
    const pathOf = (route: Route, conferenceId: string, itemId: string) =>
      route.path
        .replace(':conferenceId', conferenceId)
        .replace(':itemId', itemId)
        .replace(':documentName', documentOf(itemId))
        .replace(/:(\w+)/g, (_, name: string) => (name.endsWith('Id') ? newId() : 'x'))
    const ask = async (route: Route, path: string) => {
      // A body that the schema takes is not needed for who is not let in; where one is, the statement's fits its own route.
      const body = route.path.endsWith('/statement') ? { accept: true } : {}
      const { status, reason } = await guest.browser.ask(route.method, path, route.body ? { body } : {})
      return [route.method, path.replace(/[A-Za-z0-9_-]{22}/g, '…'), status, reason]
    }
    let asked = 0
    for (const route of closed) {
      const path = pathOf(route, house.conferenceId, house.about)
      expect((await ask(route, path)).slice(2)).toEqual([404, 'not-found'])
      asked++
    }
    const takesBytesOrMore = /papers$|comments$|:actionId$|activity$/
    // What names nothing says the same to everybody: the words of the house.
    const naming = open.filter(one => one.path.includes(':'))
    for (const route of naming.filter(one => !(one.method === 'POST' && takesBytesOrMore.test(one.path)))) {
      const real = await ask(route, pathOf(route, elsewhere.conferenceId, elsewhere.about))
      const missing = await ask(route, pathOf(route, newId(), newId()))
      expect(real).toEqual(missing)
      expect(real.slice(2)).toEqual([404, 'not-found'])
      asked++
    }
    expect(await guest.browser.get('/api/code-sets')).toMatchObject({ status: 200, body: { sets: expect.any(Array) } })
    expect(asked).toBeGreaterThan(40)
  })

  test('[GU7] no document and no meeting but theirs is there, whatever command is given', async () => {
    const elsewhere = await house.meeting('live')
    const own = must(await house.dure.app.conferences.items.find(house.about), 'the item')
    const documents = [
      `conference.${elsewhere.conferenceId}`,
      documentOf(elsewhere.about),
      `case.${own.caseId}`,
      `supervision.${house.about}`,
      `conference.${newId()}`,
    ]
    for (const document of documents) {
      expect([document.split('.')[0], await mayOpen(document)]).toEqual([document.split('.')[0], false])
      await expect(house.openLine(guest.browser, document)).rejects.toThrow('404')
    }
    const names = Object.keys(COMMANDS) as CommandName[]
    for (const conferenceId of [elsewhere.conferenceId, newId()]) {
      const joined = await seat.socket.emitWithAck('meeting.join', { conferenceId })
      expect(joined).toEqual({ ok: false, reason: 'not-found', message: '' })
      for (const name of names) {
        house.dure.advance(3_000)
        const answer = await seat.socket.emitWithAck('command', name, { ...bodyOf(name), conferenceId })
        expect([name, answer]).toEqual([name, { ok: false, reason: 'not-found', message: '' }])
      }
    }
    const reserved = names.filter(name => COMMAND_RULES[name].policy === 'canWriteForOthers')
    expect(reserved.length).toBeGreaterThan(10)
    for (const name of reserved) {
      house.dure.advance(3_000)
      const body = { ...bodyOf(name), conferenceId: house.conferenceId }
      const answer = await seat.socket.emitWithAck('command', name, body)
      expect([name, ['not-allowed', 'not-found'].includes(answer.reason)]).toEqual([name, true])
    }
  })
})

describe('one screen', () => {
  let house: GuestHouse
  beforeAll(async () => {
    house = await openGuestHouse()
  })
  afterAll(() => house.close())

  test('[GU8] another code ends what was open with the last one; the way back is the door and the lobby', async () => {
    const guest = await house.letIn()
    const line = await house.openLine(guest.browser, `conference.${house.conferenceId}`)
    const path = `${house.path}/guests/${guest.guest.guestId}/code`
    const began = performance.now()
    const { code } = (await house.leader.client.post(path)).body as { code: string }
    expect((await line.closed).afterMs(began)).toBeLessThan(WITHIN_A_SECOND_MS)
    expect((await guest.browser.session()).state).toBe('signed-out')
    expect((await house.enter(guest)).reason).toBe('wrong-credentials')
    const other = house.dure.stranger()
    expect((await house.enter({ ...guest, browser: other, code })).status).toBe(200)
    expect((await other.get(house.path)).reason).toBe('not-signed-in')
    expect((await house.admit(guest)).status).toBe(200)
    expect((await other.get(house.path)).status).toBe(200)
    await house.takeBack(guest)
  })

  test('[GU8] an idle screen is nobody’s, and no password opens it', async () => {
    const guest = await house.letIn()
    expect((await guest.browser.get(house.path)).status).toBe(200)
    await house.pass(11 * 60_000)
    expect((await guest.browser.get(house.path)).reason).toBe('not-signed-in')
    expect((await guest.browser.session()).state).toBe('signed-out')
    expect((await guest.browser.post('/api/session/unlock', { password: 'x' })).reason).toBe('not-signed-in')
    await house.takeBack(guest)
  })

  test('[GU8] what this browser had open before ends at the door', async () => {
    const invited = await house.invite()
    const browser = await house.dure.signIn(house.colleague.user.login)
    const before = browser.cookie
    expect((await house.enter({ ...invited, browser })).status).toBe(200)
    const again = house.dure.stranger()
    again.cookie = before
    expect((await again.session()).state).toBe('signed-out')
    await house.takeBack(invited)
  })
})

describe('the end', () => {
  /** The guest has arrived, been confirmed, and written; everything is open. */
  async function settled(house: GuestHouse) {
    const guest = await house.letIn()
    const seat = await house.sit(guest.browser)
    await arrive(seat)
    const lines = [
      await house.openLine(guest.browser, `conference.${house.conferenceId}`),
      await house.openLine(guest.browser, documentOf(house.about)),
    ]
    const leading = await house.sit(house.leader.client)
    await leading.does('attendance.confirm', { keys: [guest.guest.guestId as never] })
    return { guest, seat, lines, leading }
  }

  const endings: [string, (house: GuestHouse, guest: Invited) => Promise<unknown>][] = [
    ['the meeting is closed', house => house.closeMeeting()],
    ['the invitation is taken back', (house, guest) => house.takeBack(guest)],
    ['the time is over', async house => house.dure.advance(2 * HOUR + 1000)],
  ]

  test.each(endings)(
    '[GU9] [GU10] when %s: nobody at once, closed within a second, and only the name is left',
    async (what, end) => {
      const house = await openGuestHouse()
      const { guest, seat, lines, leading } = await settled(house)
      const { guestId } = guest.guest
      // Somebody at the screen all the time, so that nothing else ends it.
      await guest.browser.post('/api/session/activity')
      const began = performance.now()
      await end(house, guest)
      for (const line of lines) expect((await line.closed).afterMs(began)).toBeLessThan(WITHIN_A_SECOND_MS)
      expect((await seat.ended) - began).toBeLessThan(WITHIN_A_SECOND_MS)
      expect((await guest.browser.get(house.path)).reason).toBe('not-signed-in')
      expect((await guest.browser.session()).state).toBe('signed-out')
      expect((await house.enter({ ...guest, browser: house.dure.stranger() })).reason).toBe('wrong-credentials')
      expect((await guest.browser.post('/api/guest/link', { token: guest.token })).reason).toBe('not-found')

      const gone = async () => (await house.dure.app.guestRecords.all()).length === 0
      await expect.poll(gone).toBe(true)
      const dump = await house.dump()
      for (const name of ['guestInvitations', 'sessions', 'users', 'visits']) expect(dump[name]).not.toContain(guestId)
      expect(dump.guestNames).toContain(guestId)
      expect(dump.guestNames).not.toContain(GUEST_NAME)

      const client =
        what === 'the time is over' ? await house.dure.signIn(house.leader.user.login) : house.leader.client
      const view = (await client.get(house.path)).body as ConferenceView
      expect(view.participants.find(one => one.userId === guestId)?.name).toBe(GUEST_NAME)
      if (what === 'the invitation is taken back') {
        expect(leading.view().attendance.find(one => one.userId === guestId)).toMatchObject({
          name: GUEST_NAME,
          title: GUEST_TITLE,
          mode: 'remote',
          statement: 'own-press',
        })
      }
      expect((await house.records('guest.end')).at(-1)).toMatchObject({ outcome: 'ok' })
      expect((await house.records('statement.accept')).some(record => record.actor === guestId)).toBe(true)
      await house.close()
    },
  )

  test('[GU10] taken back before anybody came by it, no place and no clearance is left', async () => {
    const house = await openGuestHouse()
    const { guest } = await house.invite()
    expect((await house.dure.app.conferences.items.find(house.about))?.agencies).toContain(house.school._id)
    await house.takeBack({ guest })
    expect(await house.seatOf(guest.guestId)).toBeUndefined()
    expect((await house.dure.app.conferences.items.find(house.about))?.agencies).not.toContain(house.school._id)
    const { audit: _, ...kept } = await house.dump()
    expect(Object.values(kept).join()).not.toContain(guest.guestId)
    await house.close()
  })

  test('[GU10] who was entered as present keeps their place, also when the link was never used', async () => {
    const house = await openGuestHouse()
    const { guest } = await house.invite()
    const leading = await house.sit(house.leader.client)
    await leading.does('attendance.enter', {
      entries: [{ key: guest.guestId as never, mode: 'in_person' }],
      statement: true,
    })
    await house.takeBack({ guest })
    expect(await house.seatOf(guest.guestId)).toBeDefined()
    expect((await house.dump()).guestNames).toContain(guest.guestId)
    await house.close()
  })

  test('[GU11] an ending that was broken off, and an invitation without a seat, are finished by the next start', async () => {
    const house = await openGuestHouse()
    const stopped = await house.letIn()
    const seatless = await house.invite()
    const { guestRecords, conferences } = house.dure.app
    // The one write, and nothing after it; and the invitation before its seat.
    await guestRecords.end(stopped.guest.guestId, true)
    expect((await stopped.browser.get(house.path)).reason).toBe('not-signed-in')
    const conference = must(await conferences.conferences.find(house.conferenceId), 'the conference')
    await conferences.conferences.update(conference, {
      ...fieldsOf(conference),
      participants: conference.participants.filter(one => one.userId !== seatless.guest.guestId),
    })
    expect((await house.enter(seatless)).reason).toBe('wrong-credentials')
    await house.restart()
    expect(await house.dure.app.guestRecords.all()).toEqual([])
    const dump = await house.dump()
    for (const name of ['guestInvitations', 'sessions']) {
      expect(dump[name]).not.toContain(stopped.guest.guestId)
      expect(dump[name]).not.toContain(seatless.guest.guestId)
    }
    // Who was in stays by name; who never had a seat leaves nothing.
    expect(dump.guestNames).toContain(stopped.guest.guestId)
    expect(dump.guestNames).not.toContain(seatless.guest.guestId)
    await house.close()
  })
})
