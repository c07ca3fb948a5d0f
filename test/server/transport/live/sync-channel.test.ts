import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { RoomDocument } from '../../../../server/rooms/room-document.ts'
import { documentNameOf } from '../../../../shared/documents/document-names.ts'
import { discussionOf } from '../../../../shared/documents/item-document.ts'
import { paragraphsOf } from '../../../../shared/documents/rich-text.ts'
import type { UserId } from '../../../../shared/ids.ts'
import { writeAwareness, writeStep1 } from '../../../../shared/protocol/sync-frames.ts'
import { HOSTILE_PAYLOADS } from '../../../support/hostile-payloads.ts'
import { type AnyEvents, comeByPolling, packet, pollWhenTold } from '../../../support/polling-by-hand.ts'
import { upgradeByHand } from '../../../support/raw-socket.ts'
import { ITEM } from '../../../support/room-under-test.ts'
import { openSyncServer, type SyncServer, until, type Visitor, visit } from '../../../support/sync-server.ts'

const NAME = documentNameOf(ITEM)
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const ASK = text(writeStep1(Uint8Array.of(0)))

let server: SyncServer
let housing: Visitor
let health: Visitor

beforeAll(async () => {
  // Much is written here in a short time by few.
  const limits = { byteBurst: 1e9, bytesPerSecond: 1e9 }
  server = await openSyncServer({ limits, liveLimits: { maxPerUser: 1000 } })
  for (const person of ['housing', 'health', 'bad', 'many', 'leaver']) {
    server.access.set(person as UserId, ITEM, { mayWrite: true })
  }
  housing = visit(server, NAME, { person: 'housing' })
  health = visit(server, NAME, { person: 'health', via: 'polling' })
  await until(() => housing.provider.synced && health.provider.synced, 'the honest two')
})

afterAll(async () => {
  housing.leave()
  health.leave()
  await server.close()
})

let written = 0
/** The honest two, over both kinds of line, write and read on. */
async function honestGoOn(): Promise<void> {
  const word = `줄${written++}`
  const [from, to] = written % 2 === 0 ? [housing, health] : [health, housing]
  discussionOf(from.doc).push(paragraphsOf(word))
  // The last lines only: the whole text grows large in some tests.
  const lastLines = () => discussionOf(to.doc).toArray().slice(-3).join()
  await until(() => lastLines().includes(`>${word}<`), `${word} to arrive`)
  expect(housing.provider.wsconnected && health.provider.wsconnected).toBe(true)
}

async function come(person = 'bad'): Promise<AnyEvents> {
  const client = comeByPolling(server.port, person)
  await until(() => client.socket.connected, 'the connection')
  return client
}

async function comeIn(person = 'bad'): Promise<AnyEvents> {
  const client = await come(person)
  client.socket.emit('open', 1, NAME, false)
  await until(() => client.entries.length > 0, 'the answer')
  expect(client.entries[0]).toEqual([1, 'opened'])
  return client
}

describe('the door', () => {
  test.each([
    { what: 'no access', document: NAME, person: 'stranger', reason: 'not-found', code: 4404 },
    { what: 'no such document', document: `item.${'A'.repeat(22)}`, person: 'bad', reason: 'not-found', code: 4404 },
    { what: 'no name', document: '../x', person: 'bad', reason: 'not-found', code: 4404 },
    { what: 'an empty name', document: '', person: 'bad', reason: 'not-found', code: 4404 },
    { what: 'a name of a megabyte', document: 'x'.repeat(1 << 20), person: 'bad', reason: 'not-found', code: 4404 },
  ])('$what is refused with its reason and no room is opened', async ({ document, person, reason, code }) => {
    const before = server.rooms.counts()
    const client = await come(person)
    client.socket.emit('open', 1, document, true)
    await until(() => client.closeOf(1) !== undefined, 'the refusal')
    expect(client.entries).toEqual([[1, 'closed', code, reason]])
    expect(server.rooms.counts()).toEqual(before)
    client.leave()
  })

  test('both kinds of line count together for one person', async () => {
    const sockets = await Promise.all(
      Array.from({ length: 30 }, () => upgradeByHand({ port: server.port, path: `/sync/${NAME}`, person: 'many' })),
    )
    const client = await come('many')
    for (let channel = 1; channel <= 11; channel++) client.socket.emit('open', channel, NAME, false)
    const answers = () => client.entries.filter(([, step]) => step === 'opened' || step === 'closed')
    await until(() => answers().length === 11, 'the answers')
    expect(answers().filter(([, step]) => step === 'opened')).toHaveLength(10)
    expect(
      answers()
        .find(([, step]) => step === 'closed')
        ?.slice(1),
    ).toEqual(['closed', 4429, 'too-many-connections'])
    client.leave()
    await until(() => server.channel.counts().open === 1, 'the channels to be gone')
    const again = await comeIn('many')
    again.leave()
    for (const { socket } of sockets) socket.destroy()
    await until(() => server.sockets.counts().open === 1, 'the sockets to be gone')
  })

  test('who opens faster than any page is told so, and the channels there are go on', async () => {
    const client = await comeIn()
    for (let channel = 2; channel <= 100; channel++)
      client.socket.emit('open', channel, `item.${'A'.repeat(22)}`, false)
    await until(() => client.closeOf(100) !== undefined, 'the last answer')
    expect(client.closeOf(100)).toEqual({ code: 4429, reason: 'too-fast' })
    expect(client.closeOf(1)).toBeUndefined()
    client.leave()
  })
})

describe('what is not our client', () => {
  const VALUES: unknown[] = [
    null,
    undefined,
    -1,
    0,
    1.5,
    2 ** 31,
    Number.MAX_SAFE_INTEGER,
    'x',
    '',
    [],
    [1],
    {},
    { __proto__: null, toString: 'x' },
    true,
    Buffer.from('bytes'),
  ]
  const good: Record<string, unknown[]> = { open: [2, NAME, true], frame: [1, ASK, false], close: [1] }
  const isOfItsKind = (event: string, at: number, value: unknown) =>
    typeof value === typeof good[event]?.[at] && typeof value !== 'object' && typeof value !== 'number'
  const cases: { what: string; event: string; args: unknown[] }[] = Object.entries(good).flatMap(([event, args]) => [
    ...args.flatMap((_, at) =>
      VALUES.filter(value => !isOfItsKind(event, at, value)).map(value => ({
        what: `${event} with ${Buffer.isBuffer(value) ? 'bytes' : (JSON.stringify(value) ?? 'nothing')} as argument ${at + 1}`,
        event,
        args: args.with(at, value),
      })),
    ),
    { what: `${event} without arguments`, event, args: [] },
    { what: `${event} with one argument more`, event, args: [...args, 1] },
    { what: `${event} that asks for an acknowledgement`, event, args: [...args, () => {}] },
  ])
  cases.push(
    { what: 'an event of the server', event: 'deliver', args: [[[1, 'closed', 4404, 'not-found']]] },
    { what: 'an event nobody knows', event: 'join', args: [1] },
    { what: 'an event named like a method', event: 'toString', args: [1] },
    { what: 'a channel opened twice', event: 'open', args: [1, NAME, false] },
    { what: 'a frame for a channel that never was', event: 'frame', args: [7, ASK, false] },
    { what: 'the close of a channel that never was', event: 'close', args: [7] },
  )

  test.each(cases)('[SE2] $what ends its connection and costs nobody anything', async ({ event, args }) => {
    const client = await comeIn()
    client.socket.emit(event, ...args)
    await until(() => client.ending() !== undefined, 'the end')
    expect(client.ending()).toBe('bad-message')
    await until(() => server.channel.counts().connections === 1, 'its line to be gone')
    await honestGoOn()
  })

  test.each([
    { what: 'bytes attached that never come', sent: '451-/sync,["frame",1,{"_placeholder":true,"num":0},false]' },
    { what: 'a broken packet', sent: '42/sync,["frame",1' },
    { what: 'an event that is no word', sent: '42/sync,[{"toString":"x"},1]' },
    { what: 'a reserved event', sent: '42/sync,["disconnect",1]' },
    { what: 'a list without an event', sent: '42/sync,[]' },
  ])('[SE2] $what, by hand: the others go on', async ({ sent }) => {
    const poller = await pollWhenTold(server.port, 'bad')
    await poller.say(sent).catch(() => undefined)
    await honestGoOn()
    await poller.leave()
  })
})

describe('what a document refuses', () => {
  test.each(HOSTILE_PAYLOADS)('[SE2] $what costs its sender the channel and nobody anything', async about => {
    await honestGoOn()
    const client = await comeIn()
    for (const frame of about.frames(housing.doc)) client.socket.emit('frame', 1, text(frame), false)
    await until(() => client.closeOf(1) !== undefined, 'the close')
    expect(about.codes).toContain(client.closeOf(1)?.code)
    await honestGoOn()
    // The connection stands, and what was still on its way to the channel is no offence.
    client.socket.emit('frame', 1, ASK, false)
    client.socket.emit('open', 2, NAME, false)
    await until(() => client.entries.some(([channel, step]) => channel === 2 && step === 'opened'), 'the next')
    client.leave()
  })

  test.each([
    { what: 'a piece that is not base64', pieces: ['****'], codes: [4400] },
    { what: 'base64 of the address kind', pieces: ['-_-_'], codes: [4400] },
    { what: 'base64 with a line break', pieces: ['AA\nA'], codes: [4400] },
    { what: 'base64 without its end', pieces: ['AAA'], codes: [4400] },
    { what: 'a frame in 65 pieces', pieces: Array<string>(66).fill('AAAA'), codes: [1009] },
    { what: 'a frame of more than a megabyte', pieces: Array<string>(6).fill('A'.repeat(256 << 10)), codes: [1009] },
  ])('[SE2] $what', async ({ pieces, codes }) => {
    const client = await comeIn()
    for (const piece of pieces) client.socket.emit('frame', 1, piece, true)
    await until(() => client.closeOf(1) !== undefined, 'the close')
    expect(codes).toContain(client.closeOf(1)?.code)
    await honestGoOn()
    client.leave()
  })

  test('[SE2] a frame before the door has answered', async () => {
    server.access.isSlow = true
    const client = await come()
    client.socket.emit('open', 1, NAME, false)
    client.socket.emit('frame', 1, ASK, false)
    await until(() => client.closeOf(1) !== undefined, 'the close')
    expect(client.entries).toEqual([[1, 'closed', 4400, 'bad-message']])
    server.access.isSlow = false
    server.access.answerAll()
    // The answer that comes too late opens nothing.
    await honestGoOn()
    expect(server.channel.counts().open).toBe(1)
    client.leave()
  })

  test('[AW3] a kick and a poisoned clock against somebody’s presence change nothing', async () => {
    housing.provider.awareness.setLocalState({ field: 'discussion' })
    const shown = () => health.provider.awareness.getStates().get(housing.doc.clientID)
    await until(() => shown()?.field === 'discussion', 'the presence')
    const client = await comeIn()
    const about = housing.doc.clientID
    for (const state of [undefined, { field: 'stolen' }]) {
      client.socket.emit('frame', 1, text(writeAwareness([{ client: about, clock: 2 ** 41, state }])), false)
    }
    await honestGoOn()
    expect(shown()?.field).toBe('discussion')
    client.leave()
  })
})

describe('large frames', () => {
  test('[SY1] a frame of nearly a megabyte arrives whole, in pieces; its answer comes back as one', async () => {
    const big = ['가', '나', '다', '라', '마'].map(letter => letter.repeat(60_000))
    const before = discussionOf(health.doc).length
    discussionOf(health.doc).push(paragraphsOf(big.join('\n')))
    expect(discussionOf(health.doc).length).toBe(before + 5)
    await until(
      () =>
        discussionOf(housing.doc)
          .toString()
          .includes(big.at(-1) ?? ''),
      'the text',
    )
    const late = visit(server, NAME, { person: 'bad', via: 'polling' })
    await until(() => late.provider.synced, 'the newcomer')
    expect(discussionOf(late.doc).toString()).toBe(discussionOf(housing.doc).toString())
    late.leave()
    discussionOf(health.doc).delete(before, 5)
    await honestGoOn()
  })
})

describe('somebody who does not ask', () => {
  const secret = '이 말은 나가면 안 된다'
  const saySecret = async () => {
    const before = discussionOf(health.doc).length
    discussionOf(housing.doc).push(paragraphsOf(secret))
    await until(() => discussionOf(health.doc).length > before, 'the secret to be said')
  }
  /** Everything that an answer holds, frames read. */
  const wordsOf = (answer: string) =>
    answer + [...answer.matchAll(/"([A-Za-z0-9+/=]{8,})"/g)].map(([, b]) => Buffer.from(b ?? '', 'base64')).join(' ')

  test('[AX2] what waited is dropped when access is withdrawn, and only the reason is left', async () => {
    const poller = await pollWhenTold(server.port, 'leaver')
    await poller.say(packet('open', 1, NAME, false))
    expect((await poller.ask()).text).toContain('opened')
    await poller.say(packet('frame', 1, ASK, false))
    await saySecret()
    server.access.set('leaver' as UserId, ITEM, undefined)
    await honestGoOn()
    const { text: answer } = await poller.ask()
    expect(answer).toContain('"closed",4404,"not-found"')
    expect(wordsOf(answer)).not.toContain(secret)
    server.access.set('leaver' as UserId, ITEM, { mayWrite: true })
    await poller.leave()
  })

  test('without the withdrawal the same answer holds the words: the test above sees what it looks for', async () => {
    const poller = await pollWhenTold(server.port, 'leaver')
    await poller.say(packet('open', 1, NAME, false))
    await poller.ask()
    await poller.say(packet('frame', 1, ASK, false))
    await saySecret()
    expect(wordsOf((await poller.ask()).text)).toContain(secret)
    await poller.leave()
  })

  test('[AX2] what is on its way and not taken yet is cut off with the line', async () => {
    await until(() => server.channel.counts().connections === 1, 'earlier ones to be gone')
    const poller = await pollWhenTold(server.port, 'leaver')
    await poller.say(packet('open', 1, NAME, false))
    await poller.ask()
    // More than the buffers of two sockets hold.
    for (let i = 0; i < 24; i++) {
      discussionOf(housing.doc).push(paragraphsOf('나'.repeat(80_000)))
      await honestGoOn()
    }
    await saySecret()
    await poller.say(packet('frame', 1, ASK, false))
    let unread = await poller.askAndNotRead()
    // Presence may come first.
    while (unread.bytes < 1_000_000) {
      await unread.read()
      unread = await poller.askAndNotRead()
    }
    server.access.set('leaver' as UserId, ITEM, undefined)
    await until(() => server.channel.counts().connections === 1, 'the line to be cut', 1_000)
    const { text: answer, whole } = await unread.read()
    expect(whole).toBe(false)
    expect(wordsOf(answer)).not.toContain(secret)
    discussionOf(housing.doc).delete(0, discussionOf(housing.doc).length)
    await honestGoOn()
    server.access.set('leaver' as UserId, ITEM, { mayWrite: true })
  })

  test('[SE4] a reader that never asks again is let go with a reason, and what waited for it is forgotten', async () => {
    const poller = await pollWhenTold(server.port, 'leaver')
    await poller.say(packet('open', 1, NAME, false))
    await poller.ask()
    await poller.say(packet('frame', 1, ASK, false))
    for (let i = 0; i < 100 && server.channel.counts().open > 1; i++) {
      discussionOf(housing.doc).push(paragraphsOf('다'.repeat(60_000)))
      discussionOf(housing.doc).delete(discussionOf(housing.doc).length - 1, 1)
      await honestGoOn()
    }
    expect(server.channel.counts().open).toBe(1)
    let answer = ''
    // The engine's question whether anybody is there may come first.
    while (!answer.includes('closed')) answer += (await poller.ask()).text
    expect(answer).toContain('"closed",1013,"slow-reader"')
    expect(answer.length).toBeLessThan(1_000)
    await poller.leave()
  })
})

test('[AW2] somebody who vanishes without a word is gone from the others’ screens', async () => {
  const silent = await openSyncServer({ liveLimits: { pingEveryMs: 100, pingAnswerMs: 100 } })
  for (const person of ['housing', 'gone']) silent.access.set(person as UserId, ITEM, { mayWrite: true })
  const stays = visit(silent, NAME, { person: 'housing' })
  await until(() => stays.provider.synced, 'the one who stays')
  const poller = await pollWhenTold(silent.port, 'gone')
  await poller.say(packet('open', 1, NAME, false))
  await poller.ask()
  const presence = writeAwareness([{ client: 77, clock: 1, state: { field: 'discussion' } }])
  await poller.say(packet('frame', 1, ASK, false), packet('frame', 1, text(presence), false))
  await until(() => stays.provider.awareness.getStates().has(77), 'the presence')
  await until(() => !stays.provider.awareness.getStates().has(77), 'the presence to go', 5_000)
  expect(silent.channel.counts()).toEqual({ connections: 0, open: 0 })
  stays.leave()
  await silent.close()
})

test('[RL6] when the server stops, everybody over polling is told to come back', async () => {
  const stopping = await openSyncServer()
  stopping.access.set('housing' as UserId, ITEM, { mayWrite: true })
  const client = comeByPolling(stopping.port, 'housing')
  client.socket.emit('open', 1, NAME, false)
  await until(() => client.entries.length > 0, 'the opening')
  await stopping.close()
  await until(() => client.closeOf(1) !== undefined, 'the close')
  expect(client.closeOf(1)).toEqual({ code: 1012, reason: 'server-restarting' })
  client.leave()
})

test('[SY1] after all of it the honest two and the store have the same text', async () => {
  await until(() => discussionOf(housing.doc).toString() === discussionOf(health.doc).toString(), 'the same text')
  const { doc } = RoomDocument.fromStored(await server.store.load(NAME))
  expect(discussionOf(doc).toString()).toBe(discussionOf(housing.doc).toString())
  expect(written).toBeGreaterThan(50)
  expect(server.log.lines.filter(({ level }) => level === 'error')).toEqual([])
  expect(Y.encodeStateVector(housing.doc)).toEqual(Y.encodeStateVector(health.doc))
})
