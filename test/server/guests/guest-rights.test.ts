/** What a guest is given and loses, in the record of access by itself and with whose data it is about (안전성 확보조치 기준 제5조③). */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { UserId } from '../../../shared/ids.ts'
import { type GuestHouse, openGuestHouse } from './guest-house.ts'

let house: GuestHouse
beforeEach(async () => {
  house = await openGuestHouse()
})
afterEach(() => house.close())

/** Of this guest: whose data, to what, by whom; in the order of the chain. */
async function rights(what: 'give' | 'withdraw', guestId: UserId) {
  const records = (await house.records(`access.${what}`)).filter(one => one.object === `user.${guestId}`)
  return records.map(({ subject, reason, actor, outcome }) => [subject ?? '', reason, actor, outcome])
}
const caseOf = async (itemId: GuestHouse['about']) =>
  (await house.dure.app.conferences.items.find(itemId))?.caseId ?? ''

test('[AU3] [LR-03] the place at the table, each item that is ticked or unticked, and all of it at the end', async () => {
  const by = house.leader.user._id
  const { guest } = await house.invite({ items: [house.about, house.general] })
  const { guestId } = guest
  const seat = ['', `conference.${house.conferenceId}`, by, 'ok']
  const about = [await caseOf(house.about), `item.${house.about}`, by, 'ok']
  const secret = [await caseOf(house.secret), `item.${house.secret}`, by, 'ok']
  const general = ['', `item.${house.general}`, by, 'ok']
  expect(await rights('give', guestId)).toEqual([seat, about, general])
  expect(await rights('withdraw', guestId)).toEqual([])

  const ticked = { items: [house.general, house.secret] }
  expect((await house.leader.client.patch(`${house.path}/guests/${guestId}`, ticked)).status).toBe(200)
  expect(await rights('give', guestId)).toEqual([seat, about, general, secret])
  expect(await rights('withdraw', guestId)).toEqual([about])

  expect((await house.takeBack({ guest })).status).toBe(200)
  expect(await rights('withdraw', guestId)).toEqual([about, seat, general, secret])
})

test('[AU3] [LR-03] a meeting that is over takes it from the guest without anybody’s press', async () => {
  const { guest } = await house.letIn({ items: [house.about] })
  expect((await house.closeMeeting()).status).toBe(200)
  const end = Date.now() + 60_000
  while ((await rights('withdraw', guest.guestId)).length < 2 && Date.now() < end) {
    await new Promise(resolve => setImmediate(resolve))
  }
  expect(await rights('withdraw', guest.guestId)).toEqual([
    ['', `conference.${house.conferenceId}`, null, 'ok'],
    [await caseOf(house.about), `item.${house.about}`, null, 'ok'],
  ])
})
