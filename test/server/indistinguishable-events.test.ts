/**
 * The same of everything that is not HTTP: each kind of document over both of its lines, each command of the live channel, by every relation
 * that somebody can have to a meeting. The expected answers are made from the tables of documents and of commands: a new one without an
 * expectation does not compile or fails.
 */
import { request } from 'node:http'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../server/lib/random.ts'
import { COMMAND_RULES } from '../../server/meetings/commands.ts'
import type { DocumentKind } from '../../shared/documents/document-names.ts'
import {
  type Ack,
  COMMANDS,
  type CommandName,
  LIVE_PATH,
  MEETING_NAMESPACE,
} from '../../shared/protocol/live-channel.ts'
import { type DeliveryEntry, POLLING_NAMESPACE } from '../../shared/protocol/polling.ts'
import { NOT_IN_THE_ITEM } from './conferences/route-lines.ts'
import { openRouteTown, RELATIONS, type Relation, type RouteTown, type Town } from './conferences/route-town.ts'
import { countedBeats } from './counted-beats.ts'
import { bodyOf } from './transport/live/sample-commands.ts'

const beats = countedBeats()
let house: RouteTown
const sockets: Socket[] = []

beforeAll(async () => {
  house = await openRouteTown({ parts: { clock: beats.clock, denialBeatMs: beats.beatMs } })
})
afterAll(async () => {
  for (const socket of sockets) socket.disconnect()
  await house.dure.close()
})

const CLEARED: readonly Relation[] = ['readOnly', 'supervisor', 'member']
const AT_THE_TABLE: readonly Relation[] = [...NOT_IN_THE_ITEM, ...CLEARED, 'guest', 'leader']
const OUTSIDE = RELATIONS.filter(relation => relation !== 'anonymous' && !AT_THE_TABLE.includes(relation))

/** A document of each kind, and who opens it while the meeting is live; to everybody else there is none. */
const DOCUMENTS: Record<
  DocumentKind | 'general item' | 'own ledger',
  { name(ids: Pick<Town, 'conferenceId' | 'itemId' | 'generalId' | 'caseId'>): string; opens: readonly Relation[] }
> = {
  conference: { name: ids => `conference.${ids.conferenceId}`, opens: AT_THE_TABLE },
  item: { name: ids => `item.${ids.itemId}`, opens: [...CLEARED, 'guest', 'leader'] },
  // A guest opens what was ticked for them.
  'general item': { name: ids => `item.${ids.generalId}`, opens: AT_THE_TABLE.filter(one => one !== 'guest') },
  case: { name: ids => `case.${ids.caseId}`, opens: ['member', 'leader'] },
  actions: { name: ids => `actions.${ids.caseId}.open`, opens: [...CLEARED, 'guest', 'leader'] },
  // Its action items stand in the open one.
  'own ledger': { name: ids => `actions.${ids.caseId}.${ids.itemId}`, opens: [] },
  supervision: { name: ids => `supervision.${ids.itemId}`, opens: ['supervisor', 'leader'] },
}

const never = () => ({
  conferenceId: newId<Town['conferenceId']>(),
  itemId: newId<Town['itemId']>(),
  generalId: newId<Town['generalId']>(),
  caseId: newId<Town['caseId']>(),
})

/** An upgrade by hand: the whole answer to one that is refused. */
function knock(relation: Relation, document: string): Promise<{ status: number; headers: string[]; body: string }> {
  const { dure } = house
  const { cookie } = house.client(relation)
  const { hostname, port } = new URL(dure.url)
  const headers = {
    host: dure.host,
    origin: dure.origin,
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': Buffer.alloc(16, 7).toString('base64'),
    ...(cookie !== undefined && { cookie }),
  }
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path: `/sync/${document}`, headers, agent: false })
    asked.on('error', reject)
    asked.on('upgrade', (_response, socket) => {
      socket.destroy()
      resolve({ status: 101, headers: [], body: '' })
    })
    asked.on('response', response => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.rawHeaders,
          body: Buffer.concat(chunks).toString(),
        }),
      )
    })
    asked.end()
  })
}

/** In a namespace of the live channel; the reason where one is not let in. */
function enter(relation: Relation, namespace: string, transport: 'websocket' | 'polling'): Promise<Socket | string> {
  const { dure } = house
  const { cookie } = house.client(relation)
  const socket = io(`${dure.url}${namespace}`, {
    path: LIVE_PATH,
    transports: [transport],
    forceNew: true,
    reconnection: false,
    extraHeaders: { origin: dure.origin, host: dure.host, ...(cookie !== undefined && { cookie }) },
  })
  sockets.push(socket)
  return new Promise(resolve => {
    socket.once('connect', () => resolve(socket))
    socket.once('connect_error', error => resolve(error.message || 'refused'))
  })
}

describe('[R01] [LR-01] every kind of document × every relation', () => {
  test.each(RELATIONS)('over a WebSocket: %s', async relation => {
    for (const [kind, { name, opens }] of Object.entries(DOCUMENTS)) {
      const before = beats.released()
      const there = await knock(relation, name(house.town))
      const nothing = await knock(relation, name(never()))
      const expected = relation === 'anonymous' ? 401 : opens.includes(relation) ? 101 : 404
      expect([kind, there.status]).toEqual([kind, expected])
      expect([kind, nothing.status]).toEqual([kind, relation === 'anonymous' ? 401 : 404])
      if (expected !== 101) expect([kind, there]).toEqual([kind, nothing])
      const denied = [there, nothing].filter(answer => answer.status === 404).length
      expect([kind, beats.released() - before]).toEqual([kind, denied])
    }
  })

  test.each(RELATIONS)('over polling: %s', async relation => {
    const socket = await enter(relation, POLLING_NAMESPACE, 'polling')
    if (relation === 'anonymous') return expect(typeof socket).toBe('string')
    if (typeof socket === 'string') throw new Error(socket)
    const entries: DeliveryEntry[] = []
    socket.on('deliver', (list: DeliveryEntry[]) => entries.push(...list))
    const steps = (channel: number) => entries.filter(([of]) => of === channel).map(([, ...step]) => step)
    let channel = 0
    const open = async (document: string) => {
      channel += 1
      const mine = channel
      socket.emit('open', mine, document, false)
      await expect.poll(() => steps(mine).length > 0).toBe(true)
      socket.emit('close', mine)
      return steps(mine)[0]
    }
    for (const [kind, { name, opens }] of Object.entries(DOCUMENTS)) {
      const there = await open(name(house.town))
      const nothing = await open(name(never()))
      expect([kind, nothing]).toEqual([kind, ['closed', 4404, 'not-found']])
      expect([kind, there]).toEqual([kind, opens.includes(relation) ? ['opened'] : nothing])
    }
    socket.disconnect()
  })
})

const NAMES = Object.keys(COMMANDS) as CommandName[]
/** The conference's own id and item in place of the samples'. */
function asked(name: CommandName, ids: Pick<Town, 'conferenceId' | 'itemId'>): object {
  const body = bodyOf(name)
  return { ...body, conferenceId: ids.conferenceId, ...('itemId' in body && { itemId: ids.itemId }) }
}

/** What the command's own rule says to this relation; undefined where who it is is no reason to say no. */
function expectedOf(name: CommandName, relation: Relation): 'not-found' | 'not-allowed' | undefined {
  const { policy, on } = COMMAND_RULES[name]
  if (OUTSIDE.includes(relation)) return 'not-found'
  const isIn = !NOT_IN_THE_ITEM.some(one => one === relation)
  // Recusal takes the item away itself and may be repeated (`command-rule.ts`): who is recused knows from what.
  if (name === 'recusal.begin' && relation === 'recused') return undefined
  if (on === 'hearing' && !isIn) return 'not-found'
  if (policy === 'canWriteForOthers' && relation !== 'leader') return 'not-allowed'
  if (policy === 'canWriteItem' && relation === 'readOnly') return 'not-allowed'
  return undefined
}

describe('[R01] [LR-01] [S08] [S17] every command of a meeting × every relation', () => {
  test('a stranger does not come so far', async () => {
    expect(typeof (await enter('anonymous', MEETING_NAMESPACE, 'websocket'))).toBe('string')
    expect(typeof (await enter('anonymous', MEETING_NAMESPACE, 'polling'))).toBe('string')
  })

  // The leader last: what the leader changes would change the answers to the others.
  test.each(RELATIONS.filter(relation => relation !== 'anonymous'))('%s', async relation => {
    const socket = await enter(relation, MEETING_NAMESPACE, 'websocket')
    if (typeof socket === 'string') throw new Error(socket)
    const { town } = house
    const nothing = { conferenceId: newId<Town['conferenceId']>(), itemId: newId<Town['itemId']>() }
    const ask = async (event: string, ...args: unknown[]): Promise<Ack<unknown>> => {
      // One's allowance fills with the application's time.
      beats.advance(50)
      return socket.emitWithAck(event, ...args)
    }
    const missing = { ok: false, reason: 'not-found', message: '' }
    const joined = await ask('meeting.join', { conferenceId: town.conferenceId })
    const isOutside = OUTSIDE.includes(relation)
    expect(joined).toMatchObject(isOutside ? missing : { ok: true })
    expect(await ask('meeting.join', { conferenceId: nothing.conferenceId })).toEqual(missing)
    const wrong: unknown[] = []
    for (const name of NAMES) {
      if (relation === 'leader' && name === 'meeting.close') continue
      const before = beats.released()
      const there = await ask('command', name, asked(name, town))
      // To who is at the table the conference is there and the item is not; to who is not, neither.
      const other = isOutside ? nothing : { ...nothing, conferenceId: town.conferenceId }
      const gone = await ask('command', name, asked(name, other))
      const expected = expectedOf(name, relation)
      const reason = there.ok ? 'done' : there.reason
      if (expected !== undefined && reason !== expected) wrong.push([name, reason, expected])
      // A step may say no for what there is now, and then says why; about oneself alone it asks who that is.
      const isRefused = !there.ok && there.reason === 'not-allowed' && there.message === ''
      if (expected === undefined && COMMAND_RULES[name].policy !== 'canEnterRoom' && isRefused)
        wrong.push([name, there])
      if (expected === 'not-found' && JSON.stringify(there) !== JSON.stringify(gone)) wrong.push([name, there, gone])
      const denied = [there, gone].filter(answer => !answer.ok && answer.reason === 'not-found').length
      if (beats.released() - before !== denied) wrong.push([name, 'beats', beats.released() - before, denied])
    }
    expect(wrong).toEqual([])
    socket.disconnect()
  })
})
