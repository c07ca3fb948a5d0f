/**
 * How long an agency still has a case open after its consent was withdrawn: `tsx test/benchmark/withdrawals.ts [withdrawals]`. Eight live meetings; in each a
 * partner has the item open on a socket while others type, and its consent is withdrawn and entered again and again. Measured from the moment at which the
 * withdrawal is sent to the one at which the partner's socket is closed. Server, clients and writers share one process.
 */
import { WebSocket } from 'ws'
import { newId } from '../../server/lib/random.ts'
import { must } from '../../shared/assert.ts'
import { discussionOf } from '../../shared/documents/item-document.ts'
import { paragraphsOf } from '../../shared/documents/rich-text.ts'
import type { CommandId } from '../../shared/ids.ts'
import type { CaseBasesView } from '../../shared/protocol/bases.ts'
import type { CaseView, ConferenceView } from '../../shared/protocol/http-api.ts'
import { type AppUnderTest, startAppUnderTest, type TestClient } from '../support/app-under-test.ts'
import { consentFor } from '../support/bases.ts'
import { TEST_PASSWORD } from '../support/builders.ts'
import { signIn } from '../support/person.ts'

const MEETINGS = 8
/** Each of two writers types that often. */
const TYPING_MS = 100

interface Table {
  casePath: string
  partnerId: CaseView['agencies'][number]['agencyId']
  document: string
  leader: TestClient
  partner: TestClient
}

async function post<T>(client: TestClient, path: string, body?: object): Promise<T> {
  const answer = await client.post(path, body)
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status} ${answer.text}`)
  return answer.body as T
}

async function meet(dure: AppUnderTest): Promise<Table & { stop(): void }> {
  const [dong, angel] = [await dure.agency(), await dure.agency()]
  const leader = await dure.person({ agencyId: dong._id })
  const partner = await dure.person({ agencyId: angel._id })
  const { caseId } = await post<CaseView>(leader.client, '/api/cases', {
    number: '2026-001',
    label: '김○○ 가구',
    agencies: [
      { agencyId: dong._id, role: 'lead' },
      { agencyId: angel._id, role: 'partner' },
    ],
    workers: [{ userId: leader.user._id, agencyId: dong._id }],
  })
  const casePath = `/api/cases/${caseId}`
  await post(leader.client, `${casePath}/consents`, consentFor([angel._id]))
  const made = await post<ConferenceView>(leader.client, '/api/conferences', {
    type: 'integrated',
    title: '통합사례회의',
    startsAt: new Date().toISOString(),
    minutes: 90,
    place: '',
    remoteLink: '',
    hostAgencyId: dong._id,
    participants: [
      { userId: leader.user._id, agencyId: dong._id, role: 'leader' },
      { userId: partner.user._id, agencyId: angel._id, role: 'attendee' },
    ],
  })
  const path = `/api/conferences/${made.conferenceId}`
  const agencies = [dong._id, angel._id]
  let view = await post<ConferenceView>(leader.client, `${path}/items`, { kind: 'case', caseId, agencies, minutes: 30 })
  for (const to of ['scheduled', 'live']) view = await post(leader.client, `${path}/state`, { _v: view._v, to })
  for (const { client } of [leader, partner]) await post(client, `${path}/statement`, { accept: true })
  const document = `item.${must(view.items[0], 'the item').itemId}`
  const writers = await Promise.all(
    [0, 1].map(async () => {
      const person = await signIn(dure.url.replace('localhost', '127.0.0.1'), leader.user.login, TEST_PASSWORD)
      const opened = person.open(document)
      await opened.live()
      const typing = setInterval(() => discussionOf(opened.doc).push(paragraphsOf('함께 적습니다')), TYPING_MS)
      return () => {
        clearInterval(typing)
        person.leave()
      }
    }),
  )
  const stop = () => {
    for (const one of writers) one()
  }
  return { casePath, partnerId: angel._id, document, leader: leader.client, partner: partner.client, stop }
}

/** @returns milliseconds until the socket was closed, and until the answer had come */
async function withdrawOnce(dure: AppUnderTest, table: Table): Promise<{ closed: number; answered: number }> {
  const { casePath, partnerId, document, leader, partner } = table
  const address = dure.url.replace('localhost', '127.0.0.1')
  const socket = new WebSocket(`${address.replace('http', 'ws')}/sync/${document}`, {
    headers: { origin: address, cookie: partner.cookie ?? '' },
  })
  const closed = new Promise<{ code: number; at: number }>(resolve =>
    socket.once('close', code => resolve({ code, at: performance.now() })),
  )
  await new Promise<void>((resolve, reject) => {
    // Anything that comes is content: the document is open.
    socket.once('message', () => resolve())
    socket.once('error', reject)
    socket.once('open', () => socket.send(new Uint8Array([0, 0, 1, 0])))
  })
  const bases = (await leader.get(`${casePath}/bases`)).body as CaseBasesView
  const basisId = must(
    bases.bases.find(one => one.receivers.some(({ end }) => end === null)),
    'a consent that holds',
  ).basisId
  const sent = performance.now()
  await post(leader, `${casePath}/bases/${basisId}/end`, { _v: bases._v, agencies: [partnerId], why: 'withdrawn' })
  const answered = performance.now() - sent
  const { code, at } = await closed
  if (code !== 4404) throw new Error(`The socket was closed with ${code}`)
  const check = await partner.get(`/api/sync-check/${document}`)
  if (check.status !== 404) throw new Error(`After the withdrawal the document answered ${check.status}`)
  await post(leader, `${casePath}/consents`, {
    ...consentFor([partnerId]),
    _v: bases._v + 1,
    command: newId<CommandId>(),
  })
  return { closed: at - sent, answered }
}

export async function measureWithdrawals(count: number) {
  const dure = await startAppUnderTest()
  const tables = await Promise.all(Array.from({ length: MEETINGS }, () => meet(dure)))
  try {
    const all = await Promise.all(
      tables.map(async table => {
        const times: { closed: number; answered: number }[] = []
        for (let at = 0; at < count / MEETINGS; at++) times.push(await withdrawOnce(dure, table))
        return times
      }),
    )
    return all.flat()
  } finally {
    for (const table of tables) table.stop()
    await dure.close()
  }
}

if (process.argv[1]?.endsWith('withdrawals.ts')) {
  const began = performance.now()
  const times = await measureWithdrawals(Number(process.argv[2] ?? 1000))
  const percentile = (list: number[], at: number) => list.sort((a, b) => a - b)[Math.ceil(list.length * at) - 1] ?? 0
  const told = (name: 'closed' | 'answered') => {
    const list = times.map(one => one[name])
    return `${name}: median ${percentile(list, 0.5).toFixed(0)} ms, p99 ${percentile(list, 0.99).toFixed(0)} ms, longest ${Math.max(...list).toFixed(0)} ms`
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(0)
  process.stdout.write(`${times.length} withdrawals in ${seconds} s; ${told('closed')}; ${told('answered')}\n`)
}
