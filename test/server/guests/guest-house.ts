/**
 * The whole application with one live meeting, and a language for guests: a host agency that leads it, a member, two households and a general item.
 * The guest's agency has nobody with an account. Who is in a room is there over real sockets.
 */
import { io, Manager, type Socket } from 'socket.io-client'
import { WebSocket } from 'ws'
import type { AuditRecord } from '../../../server/audit/audit.ts'
import { newId } from '../../../server/lib/random.ts'
import type { Agency } from '../../../server/people/agency-repository.ts'
import type { StoredRecord } from '../../../server/storage/port.ts'
import { must } from '../../../shared/assert.ts'
import type { CommandId, ConferenceId, ItemId, UserId } from '../../../shared/ids.ts'
import type { MeetingView } from '../../../shared/meeting/meeting-view.ts'
import type { CreateGuestBody, GuestView, NewGuestView } from '../../../shared/protocol/guests.ts'
import type { CaseView, ConferenceView } from '../../../shared/protocol/http-api.ts'
import {
  type CommandBody,
  type CommandName,
  LIVE_PATH,
  type MeetingSnapshot,
} from '../../../shared/protocol/live-channel.ts'
import { type DeliveryEntry, POLLING_NAMESPACE } from '../../../shared/protocol/polling.ts'
import { type Answer, type AppUnderTest, startAppUnderTest, type TestClient } from '../../support/app-under-test.ts'
import { giveBases } from '../../support/bases.ts'
import { until } from '../../support/sync-server.ts'

export const HOUR = 3_600_000
/** Words that a guest who is not let into the item must never receive. */
export const CANARY = '카나리아 가구'
export const HOUSEHOLD = '김○○ 가구'
export const GUEST_NAME = '손님 박미래'
export const GUEST_TITLE = '학교사회복지사'

export interface Invited extends NewGuestView {
  browser: TestClient
}

/** A socket that notes how and when it ended. */
export interface Line {
  closed: Promise<{ code: number; afterMs(since: number): number }>
  isOpen(): boolean
  close(): void
}

export interface Seat {
  socket: Socket
  answer: { ok: boolean; reason?: string; value?: MeetingSnapshot }
  view(): MeetingView
  does<Name extends CommandName>(
    name: Name,
    said: Omit<CommandBody<Name>, 'conferenceId' | 'commandId'>,
  ): Promise<{ ok: boolean; reason?: string; message?: string }>
  ended: Promise<number>
}

export async function openGuestHouse(options: { state?: 'scheduled' | 'live' } = {}) {
  let dure: AppUnderTest = await startAppUnderTest()
  const [host, member, school] = [await dure.agency(), await dure.agency(), await dure.agency({ name: '새빛중학교' })]
  const leader = await dure.person({ agencyId: host._id, name: '팀장' })
  const colleague = await dure.person({ agencyId: member._id, name: '동료' })
  const sockets: Socket[] = []

  const post = async <T>(path: string, body?: object): Promise<T> => {
    const answer = await leader.client.post(path, body)
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status} ${answer.text}`)
    return answer.body as T
  }
  const caseOf = (label: string, number: string) =>
    post<CaseView>('/api/cases', {
      number,
      label,
      agencies: [{ agencyId: host._id, role: 'lead' }],
      workers: [{ userId: leader.user._id, agencyId: host._id }],
    })
  const household = await caseOf(HOUSEHOLD, '2026-001')
  const canary = await caseOf(CANARY, '2026-002')
  for (const { caseId } of [household, canary]) await giveBases(dure.app, caseId, [member._id, school._id])

  async function meeting(state: 'draft' | 'scheduled' | 'live') {
    const { conferenceId } = await post<ConferenceView>('/api/conferences', {
      type: 'integrated',
      title: '11월 통합사례회의',
      startsAt: new Date(dure.app.clock.now()).toISOString(),
      minutes: 90,
      place: '',
      remoteLink: '',
      hostAgencyId: host._id,
      participants: [
        { userId: leader.user._id, agencyId: host._id, role: 'leader' },
        { userId: colleague.user._id, agencyId: member._id, role: 'attendee' },
      ],
    })
    const path = `/api/conferences/${conferenceId}`
    const items: ItemId[] = []
    for (const { caseId } of [household, canary]) {
      const view = await post<ConferenceView>(`${path}/items`, {
        kind: 'case',
        caseId,
        agencies: [host._id, member._id],
        minutes: 20,
      })
      items.push(
        must(
          view.items.find(item => !items.includes(item.itemId)),
          'the new item',
        ).itemId,
      )
    }
    const view = await post<ConferenceView>(`${path}/items`, { kind: 'general', label: '공지', minutes: 5 })
    items.push(
      must(
        view.items.find(item => !items.includes(item.itemId)),
        'the general item',
      ).itemId,
    )
    const states = ['draft', 'scheduled', 'live']
    for (const to of states.slice(1, states.indexOf(state) + 1)) {
      const now = must(await dure.app.conferences.conferences.find(conferenceId), 'the conference')
      await post(`${path}/state`, { _v: now._v, to })
    }
    if (state === 'live') await post(`${path}/statement`, { accept: true })
    const [about, secret, general] = items
    return {
      conferenceId,
      path,
      about: must(about, 'item'),
      secret: must(secret, 'item'),
      general: must(general, 'item'),
    }
  }

  const here = await meeting(options.state ?? 'live')
  const bodyOf = (change: Partial<CreateGuestBody> = {}): CreateGuestBody => ({
    agency: { agencyId: school._id },
    name: GUEST_NAME,
    title: GUEST_TITLE,
    role: 'attendee',
    items: [here.about],
    from: new Date(dure.app.clock.now() - HOUR).toISOString(),
    until: new Date(dure.app.clock.now() + 2 * HOUR).toISOString(),
    ...change,
  })

  const house = {
    get dure() {
      return dure
    },
    host,
    member,
    school,
    leader,
    colleague,
    ...here,
    meeting,
    bodyOf,
    ask: (change: Partial<CreateGuestBody> = {}, by: TestClient = leader.client, path = here.path): Promise<Answer> =>
      by.post(`${path}/guests`, bodyOf(change)),
    /** An invitation as the leader makes it, and the browser of whom it is for. */
    async invite(change: Partial<CreateGuestBody> = {}, path = here.path): Promise<Invited> {
      const answer = await house.ask(change, leader.client, path)
      if (answer.status !== 200) throw new Error(`The invitation answered ${answer.status} ${answer.text}`)
      return { ...(answer.body as NewGuestView), browser: dure.stranger() }
    },
    enter: ({ browser, token, code }: Pick<Invited, 'browser' | 'token' | 'code'>): Promise<Answer> =>
      browser.post('/api/guest', { token, code }),
    admit: ({ guest }: Pick<Invited, 'guest'>): Promise<Answer> =>
      leader.client.post(`${here.path}/guests/${guest.guestId}/admit`),
    takeBack: ({ guest }: Pick<Invited, 'guest'>): Promise<Answer> =>
      leader.client.delete(`${here.path}/guests/${guest.guestId}`),
    /** Invited, through the door and let in. */
    async letIn(change: Partial<CreateGuestBody> = {}, path = here.path): Promise<Invited> {
      const invited = await house.invite(change, path)
      const entered = await house.enter(invited)
      const admitted = await leader.client.post(`${path}/guests/${invited.guest.guestId}/admit`)
      if (entered.status !== 200 || admitted.status !== 200) throw new Error(entered.text + admitted.text)
      return invited
    },
    async guests(by: TestClient = leader.client): Promise<GuestView[]> {
      return ((await by.get(`${here.path}/guests`)).body as { guests: GuestView[] }).guests
    },
    view: async (client: TestClient): Promise<ConferenceView> => (await client.get(here.path)).body as ConferenceView,
    /** A socket to a document as a browser opens it. Rejects when the upgrade is refused. */
    openLine(client: TestClient, document: string): Promise<Line> {
      return openLine(dure, client, document)
    },
    /** What becomes of opening a document where WebSockets are blocked. */
    openByPolling(client: TestClient, document: string): Promise<readonly unknown[]> {
      return openByPolling(dure, client, document)
    },
    async sit(client: TestClient, conferenceId: ConferenceId = here.conferenceId): Promise<Seat> {
      const seat = await sit(dure, client, conferenceId)
      sockets.push(seat.socket)
      return seat
    },
    /** Everything that the store holds, as text: what is sealed is not readable in it. */
    async dump(): Promise<Record<string, string>> {
      const names = ['guestInvitations', 'guestNames', 'sessions', 'users', 'visits', 'conferences', 'audit'] as const
      const all = await Promise.all(
        names.map(async name => [
          name,
          JSON.stringify(await dure.app.store.collection<StoredRecord>(name).find({}).toArray()),
        ]),
      )
      return Object.fromEntries(all)
    },
    async records(action: string): Promise<AuditRecord[]> {
      return dure.app.store
        .collection<AuditRecord>('audit')
        .find({ action }, { sort: { sequence: 1 } })
        .toArray()
    },
    async seatOf(guestId: UserId) {
      const conference = await dure.app.conferences.conferences.find(here.conferenceId)
      return conference?.participants.find(one => one.userId === guestId)
    },
    async closeMeeting(): Promise<Answer> {
      const conference = must(await dure.app.conferences.conferences.find(here.conferenceId), 'the conference')
      return leader.client.post(`${here.path}/state`, { _v: conference._v, to: 'closed' })
    },
    /** Time passes, and everybody with an account gives their password again. */
    async pass(ms: number) {
      dure.advance(ms)
      for (const person of [leader, colleague]) person.client = await dure.signIn(person.user.login)
    },
    async restart() {
      for (const socket of sockets) socket.disconnect()
      dure = await dure.restart()
    },
    async close() {
      for (const socket of sockets) socket.disconnect()
      await dure.close()
    },
  }
  return house
}

export type GuestHouse = Awaited<ReturnType<typeof openGuestHouse>>
export type { Agency }

const addressOf = (dure: AppUnderTest) => dure.url.replace('localhost', '127.0.0.1')

function openLine(dure: AppUnderTest, client: TestClient, document: string): Promise<Line> {
  const address = addressOf(dure)
  const socket = new WebSocket(`${address.replace('http', 'ws')}/sync/${document}`, {
    headers: { origin: address, ...(client.cookie && { cookie: client.cookie }) },
  })
  let endedAt = 0
  const closed = new Promise<Awaited<Line['closed']>>(resolve =>
    socket.once('close', code => {
      endedAt = performance.now()
      resolve({ code, afterMs: since => endedAt - since })
    }),
  )
  return new Promise((resolve, reject) => {
    socket.once('unexpected-response', (_request, response) => {
      reject(new Error(String(response.statusCode)))
      socket.terminate()
    })
    socket.on('error', () => undefined)
    socket.once('open', () =>
      resolve({ closed, isOpen: () => socket.readyState === WebSocket.OPEN, close: () => socket.close() }),
    )
  })
}

async function openByPolling(dure: AppUnderTest, client: TestClient, document: string): Promise<readonly unknown[]> {
  const address = addressOf(dure)
  const manager = new Manager(address, {
    path: LIVE_PATH,
    transports: ['polling'],
    upgrade: false,
    reconnection: false,
    forceNew: true,
    extraHeaders: { origin: address, cookie: client.cookie ?? '' },
  })
  const socket = manager.socket(POLLING_NAMESPACE)
  const entries: DeliveryEntry[] = []
  socket.on('deliver', (list: DeliveryEntry[]) => entries.push(...list))
  socket.once('connect', () => socket.emit('open', 1, document, true))
  await until(() => entries.length > 0, 'an answer over polling')
  socket.disconnect()
  return entries[0] ?? []
}

async function sit(dure: AppUnderTest, client: TestClient, conferenceId: ConferenceId): Promise<Seat> {
  const address = addressOf(dure)
  const socket = io(`${address}/meeting`, {
    path: LIVE_PATH,
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: { origin: address, cookie: client.cookie ?? '' },
  })
  const ended = new Promise<number>(resolve => socket.once('disconnect', () => resolve(performance.now())))
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })
  let view: MeetingView | undefined
  socket.on('meeting.change', (_id, change) => {
    if (view) view = { ...view, ...change.set, hearings: { ...view.hearings, ...change.hearings } }
  })
  const answer = await socket.emitWithAck('meeting.join', { conferenceId })
  view = answer.value?.view
  return {
    socket,
    answer,
    ended,
    view: () => must(view, 'the picture of somebody who is in'),
    does: (name, said) => socket.emitWithAck('command', name, { conferenceId, commandId: newId<CommandId>(), ...said }),
  }
}

export { until }
