/**
 * A consent that is withdrawn, and one that runs out, while an agency sits in the room (DOMAIN §11.6): over real sockets, polling and HTTP. What is asserted are
 * the closings themselves; how long a thousand of them take is measured in `test/benchmark/withdrawals.ts`.
 */
import { Manager } from 'socket.io-client'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Basis } from '../../../server/bases/basis-repository.ts'
import type { DisclosureRow } from '../../../server/bases/disclosure-repository.ts'
import { must } from '../../../shared/assert.ts'
import { discussionOf } from '../../../shared/documents/item-document.ts'
import { paragraphsOf, plainTextOf } from '../../../shared/documents/rich-text.ts'
import type { CaseId, ItemId } from '../../../shared/ids.ts'
import type { CaseBasesView } from '../../../shared/protocol/bases.ts'
import type { ConferenceView } from '../../../shared/protocol/http-api.ts'
import { LIVE_PATH } from '../../../shared/protocol/live-channel.ts'
import { type DeliveryEntry, POLLING_NAMESPACE } from '../../../shared/protocol/polling.ts'
import { writeUpdate } from '../../../shared/protocol/sync-frames.ts'
import type { TestClient } from '../../support/app-under-test.ts'
import { giveBases } from '../../support/bases.ts'
import { TEST_PASSWORD } from '../../support/builders.ts'
import { type OpenDocument, signIn } from '../../support/person.ts'
import { type GuestHouse, openGuestHouse, until } from '../guests/guest-house.ts'

const DAY_MS = 86_400_000

let house: GuestHouse
let caseId: CaseId
const opened: { close(): void }[] = []

beforeEach(async () => {
  house = await openGuestHouse()
  await house.colleague.client.post(`${house.path}/statement`, { accept: true })
  caseId = must((await itemOf(house.about))?.caseId, 'the case')
})
afterEach(async () => {
  for (const one of opened.splice(0)) one.close()
  await house.close()
})

const itemOf = (itemId: ItemId) => house.dure.app.conferences.items.find(itemId)
const address = () => house.dure.url.replace('localhost', '127.0.0.1')
const documentOfItem = () => `item.${house.about}`

/** Everything that the colleague can have open of the item at once. */
async function openEverything() {
  const person = await signIn(address(), house.colleague.user.login, TEST_PASSWORD)
  const item = person.open(documentOfItem())
  const ledger = person.open(`actions.${caseId}.open`)
  opened.push({ close: () => person.leave() })
  await Promise.all([item.live(), ledger.live()])
  return {
    person,
    item,
    ledger,
    line: await house.openLine(house.colleague.client, documentOfItem()),
    polling: await openByPolling(house.colleague.client, documentOfItem()),
  }
}

/** The document over polling, where WebSockets are blocked; how it closes. */
async function openByPolling(client: TestClient, document: string): Promise<{ closed: Promise<DeliveryEntry> }> {
  const manager = new Manager(address(), {
    path: LIVE_PATH,
    transports: ['polling'],
    upgrade: false,
    reconnection: false,
    forceNew: true,
    extraHeaders: { origin: address(), cookie: client.cookie ?? '' },
  })
  const socket = manager.socket(POLLING_NAMESPACE)
  opened.push({ close: () => socket.disconnect() })
  const entries: DeliveryEntry[] = []
  const closed = new Promise<DeliveryEntry>(resolve => {
    socket.on('deliver', (list: DeliveryEntry[]) => {
      entries.push(...list)
      const end = list.find(entry => entry[1] === 'closed')
      if (end) resolve(end)
    })
  })
  socket.once('connect', () => socket.emit('open', 1, document, true))
  await until(() => entries.some(entry => entry[1] === 'opened'), 'the document over polling')
  return { closed }
}

async function eventually(holds: () => Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + 60_000
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`Waited for ${what}`)
    await new Promise(resolve => setImmediate(resolve))
  }
}

const isRefused = ({ state }: OpenDocument) =>
  state.line.phase === 'refused' && state.line.reason === 'not-found' && state.line.gone
const statusOf = async (path: string) => (await house.colleague.client.get(path)).status

async function expectAllClosed({ item, ledger, line, polling }: Awaited<ReturnType<typeof openEverything>>) {
  expect((await line.closed).code).toBe(4404)
  expect(await polling.closed).toEqual([1, 'closed', 4404, expect.any(String)])
  for (const document of [item, ledger]) {
    await document.until('the refusal', () => isRefused(document))
    // Nothing of it stays on that device.
    expect(document.doc.share.size).toBe(0)
  }
  const comments = `${house.path}/items/${house.about}/comments`
  for (const path of [`/api/sync-check/${documentOfItem()}`, comments, `/api/cases/${caseId}`]) {
    expect([path, await statusOf(path)]).toEqual([path, 404])
  }
  const view = await house.view(house.colleague.client)
  expect(view.items).toContainEqual({ restricted: true, itemId: house.about })
  expect(JSON.stringify(view)).not.toContain('김○○')
}

test('[BS4] [LR-28] a withdrawn consent closes every connection of that agency at once, and of no other', async () => {
  const all = await openEverything()
  const mine = await house.openLine(house.leader.client, documentOfItem())
  const seat = await house.sit(house.colleague.client)
  all.item.doc.transact(() => discussionOf(all.item.doc).push(paragraphsOf('먼저 적은 말')))
  await all.item.stored()
  const hand = await all.person.openRaw(documentOfItem())
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(all.item.doc))
  const before = Y.encodeStateVector(copy)
  discussionOf(copy).push(paragraphsOf('나중에 적은 말'))

  const bases = (await house.leader.client.get(`/api/cases/${caseId}/bases`)).body as CaseBasesView
  const [consent] = bases.bases
  const withdrawal = house.leader.client.post(`/api/cases/${caseId}/bases/${consent?.basisId}/end`, {
    _v: bases._v,
    agencies: [house.member._id],
    why: 'withdrawn',
  })
  expect((await withdrawal).status).toBe(200)
  // Comes behind the commit, like what still lay in the outbox of a browser.
  hand.send(writeUpdate(Y.encodeStateAsUpdate(copy, before)))
  await expectAllClosed(all)
  expect((await hand.closed).code).toBe(4404)

  const kept = await house.dure.app.conferences.documents.read(documentOfItem(), doc => plainTextOf(discussionOf(doc)))
  expect(kept).toContain('먼저 적은 말')
  expect(kept).not.toContain('나중에 적은 말')
  expect(mine.isOpen()).toBe(true)
  mine.close()
  // They stay in the meeting, with what is for everybody.
  expect(seat.socket.connected).toBe(true)
  expect((await house.view(house.colleague.client)).items).toContainEqual(
    expect.objectContaining({ itemId: house.general, restricted: false }),
  )
  expect(await house.records('access.withdraw')).toMatchObject([
    { actor: house.leader.user._id, subject: caseId, object: `agency.${house.member._id}`, outcome: 'ok' },
  ])
})

test('[BS3] a basis that runs out does the same by itself when the day is over in Seoul, and is noted once', async () => {
  const { app } = house.dure
  const known = await app.conferences.bases.find(caseId)
  const today = new Date(app.clock.now() + 9 * 3_600_000).toISOString().slice(0, 10)
  // The one of the fixture, but that it ends today; and its row of the register.
  const ending: Basis[] = known.bases.map(one => ({ ...one, until: today }))
  await app.conferences.bases.put(known, { sensitive: known.sensitive, bases: ending }, today)
  const basisId = must(ending[0], 'the basis').basisId
  const fields: DisclosureRow['fields'] = {
    file: '통합사례관리 대상자 파일',
    receiver: '기관',
    purpose: '연계',
    legalBasis: '동의',
    items: '성명',
    period: today,
    form: '열람',
    measures: '',
  }
  await app.conferences.disclosures.add({
    _id: `${basisId}.${house.member._id}`,
    caseId,
    giver: house.host._id,
    receiver: house.member._id,
    basis: 'statute',
    source: 'basis',
    at: new Date(app.clock.now()),
    by: house.leader.user._id,
    endedOn: null,
    fields,
  })
  const line = await house.openLine(house.colleague.client, documentOfItem())
  house.dure.advance(DAY_MS)
  await eventually(async () => (await house.records('access.withdraw')).length === 2, 'the records that it ran out')
  // With a day gone the sign-in is over as well: what is asked is asked of the grant itself.
  expect([4401, 4404]).toContain((await line.closed).code)
  const records = await house.records('access.withdraw')
  expect(records).toMatchObject(
    [house.member, house.school].map(({ _id }) => ({ actor: null, subject: caseId, object: `agency.${_id}` })),
  )
  const [one] = (await app.conferences.bases.find(caseId)).bases
  expect(one?.receivers.map(({ end }) => end?.why)).toEqual(['expired', 'expired'])
  await eventually(async () => (await app.conferences.disclosures.ofCase(caseId))[0]?.endedOn !== null, 'the register')
  await house.pass(0)
  const view = (await house.view(house.colleague.client)) as ConferenceView
  expect(view.items).toContainEqual({ restricted: true, itemId: house.about })
  expect(await house.records('access.withdraw')).toHaveLength(records.length)
})

test('[BS1] a basis that is entered in the meeting opens the item to those who sit there', async () => {
  const late = await house.dure.agency()
  const person = await house.dure.person({ agencyId: late._id })
  const conference = must(await house.dure.app.conferences.conferences.find(house.conferenceId), 'the conference')
  const participants = [
    ...conference.participants,
    { userId: person.user._id, agencyId: late._id, role: 'attendee' as const },
  ]
  await house.leader.client.patch(house.path, { _v: conference._v, participants })
  await person.client.post(`${house.path}/statement`, { accept: true })
  const item = must(await itemOf(house.about), 'the item')
  const agencies = [...item.agencies, late._id]
  const cleared = await house.leader.client.patch(`${house.path}/items/${house.about}`, { _v: item._v, agencies })
  expect(cleared.status).toBe(200)
  const check = async () => (await person.client.get(`/api/sync-check/${documentOfItem()}`)).status
  expect(await check()).toBe(404)
  await giveBases(house.dure.app, caseId, [late._id])
  expect(await check()).toBe(200)
})
