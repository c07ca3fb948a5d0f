/**
 *   npx tsx test/benchmark/following.ts [people] [moves]
 *
 * One room with so many people, each with an account and a connection of their own to the live channel of a real server (build it first). The chair
 * moves the pointer; measured is the time from the press until each of the others has been told, over WebSockets and, again, over polling.
 */
import { io, type Socket } from 'socket.io-client'
import { DEMO_PASSWORD } from '../../server/demo/community.ts'
import type { AgencyId, ConferenceId, ItemId, UserId } from '../../shared/ids.ts'
import type { MeetingChange } from '../../shared/meeting/meeting-view.ts'
import type { ConferenceView, SessionView, TemporaryPasswordView } from '../../shared/protocol/http-api.ts'
import { type Ack, LIVE_PATH, MEETING_NAMESPACE, type MeetingSnapshot } from '../../shared/protocol/live-channel.ts'
import { type DureProcess, startDure } from '../support/dure-process.ts'

const PEOPLE = Number(process.argv[2] ?? 100)
const MOVES = Number(process.argv[3] ?? 50)
const PASSWORD = 'a-long-enough-one-2026'

interface Member {
  cookie: string
  address: string
  userId: UserId
}

/** Somebody behind the proxy, at an address of their own: one address may sign in sixty times a minute. */
async function call<T>(dure: DureProcess, who: Partial<Member>, method: string, path: string, body?: object) {
  const answer = await fetch(`${dure.url}${path}`, {
    method,
    headers: {
      origin: dure.url,
      'x-forwarded-for': who.address ?? '10.0.0.1',
      ...(who.cookie && { cookie: who.cookie }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`)
  const set = answer.headers.getSetCookie()[0]?.split(';', 1)[0]
  return { cookie: set ?? who.cookie ?? '', value: (await answer.json()) as T }
}

async function signIn(dure: DureProcess, login: string, password: string, address: string): Promise<Member> {
  const { cookie, value } = await call<SessionView>(dure, { address }, 'POST', '/api/session', { login, password })
  if (value.state !== 'signed-in') throw new Error(`${login} is not signed in but ${value.state}`)
  return { cookie, address, userId: value.person.userId }
}

/** A new person of the agency, with a password of their own. */
async function hire(dure: DureProcess, admin: Member, agencyId: AgencyId, n: number): Promise<Member> {
  const address = `10.1.${n >> 7}.${1 + (n & 127)}`
  const login = `follower.${n}`
  const made = await call<TemporaryPasswordView>(dure, admin, 'POST', `/api/agencies/${agencyId}/staff`, {
    name: `참석자 ${n}`,
    login,
    role: 'case_worker',
  })
  const first = await signIn(dure, login, made.value.temporaryPassword, address)
  await call(dure, first, 'POST', '/api/password', { current: made.value.temporaryPassword, next: PASSWORD })
  return signIn(dure, login, PASSWORD, address)
}

async function liveConference(dure: DureProcess, leader: Member, agencyId: AgencyId, members: readonly Member[]) {
  const participants = [
    { userId: leader.userId, agencyId, role: 'leader' },
    ...members.map(({ userId }) => ({ userId, agencyId, role: 'attendee' })),
  ]
  const { value: planned } = await call<ConferenceView>(dure, leader, 'POST', '/api/conferences', {
    type: 'integrated',
    title: '백 명이 함께 보는 회의',
    startsAt: '2026-11-24T05:00:00Z',
    minutes: 60,
    place: '',
    remoteLink: '',
    participants,
    hostAgencyId: agencyId,
  })
  const path = `/api/conferences/${planned.conferenceId}`
  let view = planned
  for (const label of ['첫째', '둘째', '셋째', '넷째']) {
    view = (await call<ConferenceView>(dure, leader, 'POST', `${path}/items`, { kind: 'general', label, minutes: 10 }))
      .value
  }
  for (const to of ['scheduled', 'live']) {
    view = (await call<ConferenceView>(dure, leader, 'POST', `${path}/state`, { _v: view._v, to })).value
  }
  return { conferenceId: view.conferenceId, items: view.items.map(item => item.itemId) }
}

type Told = (itemId: ItemId) => void

async function connect(
  dure: DureProcess,
  member: Member,
  conferenceId: ConferenceId,
  transport: 'websocket' | 'polling',
  told: Told,
): Promise<Socket> {
  const socket = io(`${dure.url}${MEETING_NAMESPACE}`, {
    path: LIVE_PATH,
    transports: [transport],
    upgrade: false,
    forceNew: true,
    reconnection: false,
    extraHeaders: {
      cookie: member.cookie,
      origin: dure.url,
      'x-forwarded-for': member.address,
      'sec-fetch-site': 'same-origin',
    },
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })
  socket.on('meeting.change', (_id: ConferenceId, { set }: MeetingChange) => {
    if (set.pointer) told(set.pointer.itemId)
  })
  const answer = (await socket.timeout(20_000).emitWithAck('meeting.join', { conferenceId })) as Ack<MeetingSnapshot>
  if (!answer.ok) throw new Error(`The meeting is not open: ${answer.reason}`)
  return socket
}

async function measure(
  dure: DureProcess,
  leader: Member,
  members: readonly Member[],
  transport: 'websocket' | 'polling',
  { conferenceId, items }: { conferenceId: ConferenceId; items: readonly ItemId[] },
) {
  const times: number[] = []
  const acks: number[] = []
  let pressedAt = 0
  let waiting: { itemId: ItemId; left: number; all(): void } | undefined
  const told: Told = itemId => {
    if (waiting?.itemId !== itemId) return
    times.push(performance.now() - pressedAt)
    waiting.left -= 1
    if (waiting.left === 0) waiting.all()
  }
  const sockets: Socket[] = []
  for (const member of members) sockets.push(await connect(dure, member, conferenceId, transport, told))
  const chair = await connect(dure, leader, conferenceId, 'websocket', () => {})
  for (let move = 0; move < MOVES; move++) {
    const itemId = items[(move + 1) % items.length] as ItemId
    const all = new Promise<void>(resolve => {
      waiting = { itemId, left: members.length, all: resolve }
    })
    pressedAt = performance.now()
    const commandId = crypto.getRandomValues(new Uint8Array(16))
    const body = { conferenceId, commandId: Buffer.from(commandId).toString('base64url'), itemId, place: null }
    const answer = (await chair.timeout(20_000).emitWithAck('command', 'pointer.move', body)) as Ack<null>
    if (!answer.ok) throw new Error(`The pointer did not move: ${answer.reason} ${answer.message}`)
    acks.push(performance.now() - pressedAt)
    await all
    // As fast as somebody presses who looks where everybody lands: within the channel's rate.
    await new Promise(resolve => setTimeout(resolve, 200))
  }
  for (const socket of [...sockets, chair]) socket.disconnect()
  return { times: times.toSorted((a, b) => a - b), acks: acks.toSorted((a, b) => a - b) }
}

const at = (sorted: readonly number[], share: number) =>
  (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(0)

const dure = await startDure({ DURE_TRUSTED_PROXIES: '127.0.0.1,::1' })
try {
  const admin = await signIn(dure, 'saengyeon.admin', DEMO_PASSWORD, '10.0.0.2')
  const leader = await signIn(dure, 'saengyeon.team', DEMO_PASSWORD, '10.0.0.3')
  const { value: session } = await call<SessionView>(dure, leader, 'GET', '/api/session')
  const agencyId = session.state === 'signed-in' ? session.person.memberships[0]?.agencyId : undefined
  if (agencyId === undefined) throw new Error('The leader has no agency')
  const members: Member[] = []
  for (let n = 0; n < PEOPLE; n++) members.push(await hire(dure, admin, agencyId, n))
  const conference = await liveConference(dure, leader, agencyId, members)
  for (const transport of ['websocket', 'polling'] as const) {
    const { times, acks } = await measure(dure, leader, members, transport, conference)
    console.log(
      `${transport}: ${PEOPLE} people, ${MOVES} moves: told after median ${at(times, 0.5)} ms, p95 ${at(times, 0.95)} ms, ` +
        `last ${at(times, 1)} ms; the chair's press answered after median ${at(acks, 0.5)} ms, p95 ${at(acks, 0.95)} ms`,
    )
  }
} finally {
  await dure.close()
}
