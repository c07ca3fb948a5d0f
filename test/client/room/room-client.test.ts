import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type RoomApi, RoomClient } from '../../../client/room/room-client.ts'
import { TransportChoice } from '../../../client/room/transport-choice.ts'
import { actionsOf, addAction } from '../../../shared/documents/actions-document.ts'
import { discussionOf } from '../../../shared/documents/item-document.ts'
import { paragraphsOf } from '../../../shared/documents/rich-text.ts'
import type { ActionId, AgencyId, CaseId, ConferenceId, ItemId, UserId } from '../../../shared/ids.ts'
import type { ConferenceView, ItemView } from '../../../shared/protocol/http-api.ts'
import { writeChanged } from '../../../shared/protocol/sync-frames.ts'
import { FakeSyncServer } from './fake-sync-server.ts'

const id = <T extends string>(letter: string) => letter.repeat(22) as T
const CONFERENCE = id<ConferenceId>('C')
const ITEM = id<ItemId>('I')
const OTHER = id<ItemId>('O')
const AGENCY = id<AgencyId>('G')
const USER = id<UserId>('U')
const CASE = id<CaseId>('K')

/** One fake server per document, behind one WebSocket class. */
class Town {
  readonly servers = new Map<string, FakeSyncServer>()
  readonly make = (document: string) => {
    const server = this.servers.get(document) ?? new FakeSyncServer()
    this.servers.set(document, server)
    return server
  }
  get WebSocket(): typeof WebSocket {
    const base = new FakeSyncServer().WebSocket
    return new Proxy(base, {
      construct: (_target, [url, protocols]: [string, string[]], newTarget: new () => object) => {
        const server = this.make(url.slice(url.lastIndexOf('/') + 1))
        return Reflect.construct(server.WebSocket, [url, protocols], newTarget)
      },
    })
  }
}

/** A network in which no WebSocket opens. */
class BlockedTown extends Town {
  override readonly make = () => {
    const server = new FakeSyncServer()
    server.automatic = false
    queueMicrotask(() => server.socket.break())
    return server
  }
}

function caseItem(itemId: ItemId, extra: Partial<Extract<ItemView, { restricted: false }>> = {}): ItemView {
  return {
    restricted: false,
    itemId,
    kind: 'case',
    case: { caseId: CASE, number: '2026-031', label: '김○○ 가구', stage: 'intake', leadAgencyId: AGENCY },
    agencies: [{ agencyId: AGENCY, name: '생연1동 행정복지센터', shortName: '생연1동', colour: 0 }],
    grounds: [],
    narrowed: false,
    urgent: false,
    review: false,
    retabled: false,
    mayWrite: true,
    mayChangeClearance: false,
    recused: [],
    actionDocument: `actions.${CASE}.open`,
    otherActionDocuments: [],
    supervision: null,
    _v: 1,
    ...extra,
  }
}

function viewWith(items: ItemView[]): ConferenceView {
  return {
    conferenceId: CONFERENCE,
    type: 'integrated',
    title: '11월 통합사례회의',
    startsAt: '2026-11-24T05:00:00Z',
    minutes: 60,
    place: '',
    state: 'live',
    hostAgencyId: AGENCY,
    hostAgencyName: '생연1동 행정복지센터',
    myRole: 'attendee',
    mayChange: false,
    leaderName: '',
    presentCount: 0,
    remoteLink: '',
    participants: [{ userId: USER, name: '담당', agencyId: AGENCY, role: 'attendee' }],
    agencies: [],
    items,
    myStatement: 'not-needed',
    mayConduct: false,
    mayWriteNotes: true,
    mayWriteForOthers: false,
    startedAt: '2026-11-24T05:00:00Z',
    closedAt: null,
    synthetic: true,
    _v: 1,
  }
}

let town: Town
let view: ConferenceView
let api: RoomApi
let room: RoomClient
const settle = () => vi.advanceTimersByTimeAsync(1)

beforeEach(() => {
  vi.useFakeTimers()
  town = new Town()
  view = viewWith([caseItem(ITEM), { restricted: true, itemId: OTHER }])
  api = {
    conference: vi.fn(async () => view),
    actions: vi.fn(async () => ({ actions: [] })),
    syncCheck: vi.fn(async () => ({ mayWrite: true })),
  }
  room = new RoomClient({
    conferenceId: CONFERENCE,
    serverUrl: 'ws://dure.test/sync',
    api,
    WebSocket: town.WebSocket,
    random: () => 0,
  })
})

afterEach(() => {
  room.close()
  vi.useRealTimers()
})

test('a supervision’s line is open for who reads it, and closes when the record gives it to them no more', async () => {
  const name = `supervision.${ITEM}`
  view = viewWith([caseItem(ITEM, { supervision: { readers: [{ userId: USER, name: '담당' }] } })])
  room.start()
  room.openItem(ITEM)
  await settle()
  expect(room.getState().supervision).toMatchObject({ document: name, loaded: true })
  view = viewWith([caseItem(ITEM)])
  await room.refresh()
  await settle()
  expect(room.getState().supervision).toBeNull()
  expect(room.link(name)).toBeUndefined()
})

test('opens the conference, then the item with its action items, and closes them when left', async () => {
  room.start()
  await settle()
  expect(room.getState().conference?.line.phase).toBe('live')
  room.openItem(ITEM)
  await settle()
  expect(room.getState()).toMatchObject({ openItemId: ITEM, item: { loaded: true } })
  expect(room.getState().actions.map(a => a.document)).toEqual([`actions.${CASE}.open`])
  for (const server of town.servers.values()) server.receipt(1, 1)
  await settle()
  room.openItem(null)
  await settle()
  expect(room.getState().item).toBeNull()
  expect(room.link(`item.${ITEM}`)).toBeUndefined()
})

test('a restricted item opens no line at all', async () => {
  room.start()
  await settle()
  room.openItem(OTHER)
  await settle()
  expect(room.getState().openItem).toEqual({ restricted: true, itemId: OTHER })
  expect(room.getState().item).toBeNull()
  expect([...town.servers.keys()]).toEqual([`conference.${CONFERENCE}`])
})

test('an item that is left with something unstored keeps its line until it is stored', async () => {
  room.start()
  await settle()
  room.openItem(ITEM)
  await settle()
  const { doc } = room.getState().item ?? {}
  if (!doc) throw new Error('the item is not open')
  discussionOf(doc).insert(0, paragraphsOf('옮겨 가기 직전의 말'))
  room.openItem(null)
  await settle()
  expect(room.getState()).toMatchObject({ item: null, unsavedElsewhere: true, receipt: { place: 'here' } })
  const server = town.make(`item.${ITEM}`)
  server.receipt(server.socket.updates, server.socket.updates)
  await settle()
  expect(room.getState()).toMatchObject({ unsavedElsewhere: false, receipt: { place: 'stored' } })
  expect(room.link(`item.${ITEM}`)).toBeUndefined()
})

test('a general item keeps its action items in the conference document', async () => {
  view = viewWith([caseItem(ITEM, { kind: 'general', case: null, actionDocument: `conference.${CONFERENCE}` })])
  room.start()
  await settle()
  room.openItem(ITEM)
  await settle()
  const [actions] = room.getState().actions
  if (!actions) throw new Error('no action document')
  expect(actions.doc).toBe(room.getState().conference?.doc)
  addAction(actions.doc, {
    id: id<ActionId>('A'),
    agencyId: AGENCY,
    what: '회의실 예약',
    by: USER,
    at: new Date().toISOString(),
  })
  await settle()
  expect(actionsOf(town.make(`conference.${CONFERENCE}`).doc)).toHaveLength(1)
})

test('notices ask HTTP again, gathered into one question', async () => {
  room.start()
  await vi.advanceTimersByTimeAsync(500)
  const before = vi.mocked(api.conference).mock.calls.length
  const server = town.make(`conference.${CONFERENCE}`)
  view = viewWith([caseItem(ITEM), caseItem(OTHER)])
  server.socket.deliver(writeChanged('conference'))
  server.socket.deliver(writeChanged('item'))
  await vi.advanceTimersByTimeAsync(500)
  expect(vi.mocked(api.conference).mock.calls.length).toBe(before + 1)
  expect(room.getState().view?.items[1]).toMatchObject({ restricted: false })
})

test('access withdrawn while it is open: the item turns into what others see of it', async () => {
  room.start()
  await settle()
  room.openItem(ITEM)
  await settle()
  view = viewWith([
    { restricted: true, itemId: ITEM },
    { restricted: true, itemId: OTHER },
  ])
  town.make(`item.${ITEM}`).socket.break(4404, 'not-found')
  town.make(`actions.${CASE}.open`).socket.break(4404, 'not-found')
  await vi.advanceTimersByTimeAsync(500)
  expect(room.getState()).toMatchObject({ openItem: { restricted: true }, item: null, actions: [] })
  expect(room.link(`item.${ITEM}`)).toBeUndefined()
})

test('the words that access took away are shown until they are put away', async () => {
  room.start()
  await settle()
  room.openItem(ITEM)
  await settle()
  const { doc } = room.getState().item ?? {}
  if (!doc) throw new Error('the item is not open')
  discussionOf(doc).insert(0, paragraphsOf('보내지 못한 말'))
  view = viewWith([{ restricted: true, itemId: ITEM }])
  town.make(`item.${ITEM}`).socket.break(4404, 'not-found')
  await vi.advanceTimersByTimeAsync(500)
  expect(room.getState().returned).toEqual([
    { document: `item.${ITEM}`, reason: 'not-found', detail: '', words: ['보내지 못한 말'] },
  ])
  room.putAwayReturned(`item.${ITEM}`)
  expect(room.getState().returned).toEqual([])
  expect(room.link(`item.${ITEM}`)).toBeUndefined()
})

test('access that comes back opens the item anew, also while the words it took away are still shown', async () => {
  room.start()
  await settle()
  room.openItem(ITEM)
  await settle()
  const { doc } = room.getState().item ?? {}
  if (!doc) throw new Error('the item is not open')
  discussionOf(doc).insert(0, paragraphsOf('보내지 못한 말'))
  const before = view
  view = viewWith([{ restricted: true, itemId: ITEM }])
  town.make(`item.${ITEM}`).socket.break(4404, 'not-found')
  await vi.advanceTimersByTimeAsync(500)
  view = before
  await room.refresh()
  await settle()
  expect(room.getState().item).toMatchObject({ line: { phase: 'live' }, loaded: true })
  expect(room.getState().returned).toMatchObject([{ words: ['보내지 못한 말'] }])
  expect(discussionOf(town.make(`item.${ITEM}`).doc).length).toBe(0)
  expect(town.make(`item.${ITEM}`).sockets).toHaveLength(2)

  // Refused again although the record says otherwise: it is not asked in a circle.
  town.make(`item.${ITEM}`).socket.break(4404, 'not-found')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(town.make(`item.${ITEM}`).sockets).toHaveLength(2)
})

test('the whole conference is not for me: nothing of the record stays', async () => {
  vi.mocked(api.conference).mockRejectedValue(Object.assign(new Error('no'), { reason: 'not-found' }))
  room.start()
  await settle()
  expect(room.getState()).toMatchObject({ view: null, trouble: 'not-found' })
})

test('no server: the record stays on the screen and the trouble has a word', async () => {
  room.start()
  await vi.advanceTimersByTimeAsync(500)
  vi.mocked(api.conference).mockRejectedValue(new TypeError('fetch failed'))
  await room.refresh()
  expect(room.getState().trouble).toBe('unreachable')
  expect(room.getState().view?.title).toBe('11월 통합사례회의')
})

test('leaving with something unstored waits for it, then closes', async () => {
  room.start()
  await settle()
  room.openItem(ITEM)
  await settle()
  for (const server of town.servers.values()) server.receipt(1, 1)
  await settle()
  const { doc } = room.getState().item ?? {}
  if (!doc) throw new Error('the item is not open')
  discussionOf(doc).insert(0, paragraphsOf('나가기 직전의 말'))
  room.leave()
  await settle()
  const server = town.make(`item.${ITEM}`)
  expect(server.socket.readyState).toBe(1)
  server.receipt(server.socket.updates, server.socket.updates)
  await settle()
  expect(server.socket.readyState).toBe(3)
})

test('signed out while typing: HTTP is asked, which brings the cover up; when it answers, everything is sent', async () => {
  room.start()
  await vi.advanceTimersByTimeAsync(500)
  room.openItem(ITEM)
  await settle()
  const { doc } = room.getState().item ?? {}
  if (!doc) throw new Error('the item is not open')
  let back: () => void = () => {}
  const signedIn = new Promise<void>(resolve => {
    back = resolve
  })
  vi.mocked(api.conference).mockImplementation(async () => {
    await signedIn
    return view
  })
  for (const server of town.servers.values()) server.socket.break(4401, 'session-locked')
  discussionOf(doc).insert(0, paragraphsOf('덮개가 내려온 뒤의 말'))
  await vi.advanceTimersByTimeAsync(60_000)
  expect(room.getState().item?.line.phase).toBe('signed-out')
  expect(town.make(`item.${ITEM}`).sockets).toHaveLength(1)
  back()
  await settle()
  expect(room.getState().item?.line.phase).toBe('live')
  expect(discussionOf(town.make(`item.${ITEM}`).doc).length).toBe(1)
})

test('a socket that goes on saying signed out is not asked in a circle', async () => {
  room.start()
  await vi.advanceTimersByTimeAsync(500)
  const server = town.make(`conference.${CONFERENCE}`)
  for (let i = 0; i < 20; i += 1) {
    server.socket.break(4401, 'password-change-required')
    await vi.advanceTimersByTimeAsync(400)
  }
  expect(server.sockets.length).toBeLessThanOrEqual(4)
})

test('a network that refuses WebSockets: the room opens over polling and says so', async () => {
  room.close()
  const transport = new TransportChoice({ WebSocket: new BlockedTown().WebSocket, polling: town.WebSocket })
  room = new RoomClient({ conferenceId: CONFERENCE, serverUrl: 'ws://dure.test/sync', api, transport, random: () => 0 })
  room.start()
  room.openItem(ITEM)
  expect(room.getState().transport).toBe('websocket')
  await vi.advanceTimersByTimeAsync(3_000)
  expect(room.getState()).toMatchObject({
    transport: 'polling',
    conference: { line: { phase: 'live' } },
    item: { line: { phase: 'live' }, loaded: true },
  })
})
