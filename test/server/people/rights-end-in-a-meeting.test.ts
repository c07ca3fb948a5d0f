/**
 * Duties that change while somebody sits in a live meeting (안전성 확보조치 기준 제5조②), over real sockets and HTTP: an account switched off and a role that writes
 * no more. What was typed behind the commit is not kept, and of others nothing is closed.
 */
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { must } from '../../../shared/assert.ts'
import { discussionOf } from '../../../shared/documents/item-document.ts'
import { paragraphsOf, plainTextOf } from '../../../shared/documents/rich-text.ts'
import { writeUpdate } from '../../../shared/protocol/sync-frames.ts'
import { TEST_PASSWORD } from '../../support/builders.ts'
import { type Person, signIn } from '../../support/person.ts'
import { type GuestHouse, openGuestHouse } from '../guests/guest-house.ts'

let house: GuestHouse
const opened: Person[] = []

beforeEach(async () => {
  house = await openGuestHouse()
  await house.colleague.client.post(`${house.path}/statement`, { accept: true })
})
afterEach(async () => {
  for (const person of opened.splice(0)) person.leave()
  await house.close()
})

const documentOfItem = () => `item.${house.about}`

/** The colleague at the item, with words of theirs stored and more of them ready to be sent by hand. */
async function writing() {
  const person = await signIn(
    house.dure.url.replace('localhost', '127.0.0.1'),
    house.colleague.user.login,
    TEST_PASSWORD,
  )
  opened.push(person)
  const item = person.open(documentOfItem())
  await item.live()
  item.doc.transact(() => discussionOf(item.doc).push(paragraphsOf('먼저 적은 말')))
  await item.stored()
  const hand = await person.openRaw(documentOfItem())
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(item.doc))
  const before = Y.encodeStateVector(copy)
  discussionOf(copy).push(paragraphsOf('나중에 적은 말'))
  return { item, hand, late: writeUpdate(Y.encodeStateAsUpdate(copy, before)) }
}

/** The colleague’s account, changed by who runs the installation. */
async function changes(body: { active: false } | { role: 'observer' }): Promise<void> {
  const operator = await house.dure.person({ operator: true })
  const user = must(await house.dure.app.users.find(house.colleague.user._id), 'the colleague')
  const path = `/api/agencies/${house.member._id}/staff/${user._id}`
  expect((await operator.client.patch(path, { _v: user._v, ...body })).status).toBe(200)
}

const kept = () => house.dure.app.conferences.documents.read(documentOfItem(), doc => plainTextOf(discussionOf(doc)))

test('[LR-02] switched off in a live meeting: every connection is closed, what comes behind it is not kept, and others stay', async () => {
  const { item, hand, late } = await writing()
  const seat = await house.sit(house.colleague.client)
  const leaders = await house.sit(house.leader.client)
  const leadersLine = await house.openLine(house.leader.client, documentOfItem())
  await changes({ active: false })
  hand.send(late)
  expect((await hand.closed).code).toBe(4401)
  await seat.ended
  await item.until('the line to be over', state => state.line.phase !== 'live')

  expect(await kept()).toContain('먼저 적은 말')
  expect(await kept()).not.toContain('나중에 적은 말')
  const { client } = house.colleague
  for (const path of [house.path, `${house.path}/items/${house.about}/comments`, '/api/cases', '/api/home']) {
    expect([path, (await client.get(path)).reason]).toEqual([path, 'not-signed-in'])
  }
  await expect(house.sit(client)).rejects.toThrow()
  await expect(house.openLine(client, documentOfItem())).rejects.toThrow('401')
  expect(leaders.socket.connected).toBe(true)
  expect(leadersLine.isOpen()).toBe(true)
  leadersLine.close()
})

test('[LR-02] an observer from now on: reads on in the same meeting, and writes, comments and commands no more', async () => {
  const { item, hand, late } = await writing()
  await changes({ role: 'observer' })
  hand.send(late)
  const comment = { kind: 'remark', about: null, text: '의견', command: 'c'.repeat(22) }
  const said = await house.colleague.client.post(`${house.path}/items/${house.about}/comments`, comment)
  expect(said.reason).toBe('not-allowed')
  // The leader writes behind it: what the observer sent has been judged by then.
  const leader = await signIn(house.dure.url.replace('localhost', '127.0.0.1'), house.leader.user.login, TEST_PASSWORD)
  opened.push(leader)
  const theirs = leader.open(documentOfItem())
  await theirs.live()
  theirs.doc.transact(() => discussionOf(theirs.doc).push(paragraphsOf('진행자의 말')))
  await theirs.stored()
  expect(await kept()).toContain('진행자의 말')
  expect(await kept()).not.toContain('나중에 적은 말')
  expect((await house.colleague.client.get(`/api/sync-check/${documentOfItem()}`)).body).toEqual({ mayWrite: false })
  expect(plainTextOf(discussionOf(item.doc))).toContain('먼저 적은 말')
})
