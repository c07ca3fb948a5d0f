import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { RoomDocument } from '../../../server/rooms/room-document.ts'
import { documentNameOf } from '../../../shared/documents/document-names.ts'
import { discussionOf } from '../../../shared/documents/item-document.ts'
import type { UserId } from '../../../shared/ids.ts'
import { writeAwareness, writeStep1 } from '../../../shared/protocol/sync-frames.ts'
import { HOSTILE_PAYLOADS } from '../../support/hostile-payloads.ts'
import { type RawSocket, rawFrame, upgradeByHand } from '../../support/raw-socket.ts'
import { ITEM } from '../../support/room-under-test.ts'
import { openSyncServer, type SyncServer, until, type Visitor, visit } from '../../support/sync-server.ts'

const NAME = documentNameOf(ITEM)
const BINARY = 0x82
let server: SyncServer
let housing: Visitor
let health: Visitor
/** Processor time of the dearest case, this process being server, honest people and attacker at once. */
let dearest = { what: '', cpuMs: 0 }

beforeAll(async () => {
  // What the system's own buffers hold comes on top, and who writes must not be the one who sends too much.
  server = await openSyncServer({ limits: { byteBurst: 64 << 20 } })
  for (const person of ['housing', 'health', 'bad']) server.access.set(person as UserId, ITEM, { mayWrite: true })
  housing = visit(server, NAME, { person: 'housing' })
  health = visit(server, NAME, { person: 'health' })
  await until(() => housing.provider.synced && health.provider.synced, 'the honest two')
})

afterAll(async () => {
  housing.leave()
  health.leave()
  await server.close()
})

function come(): Promise<RawSocket> {
  return upgradeByHand({ port: server.port, path: `/sync/${NAME}`, person: 'bad' })
}

const binary = (payload: Uint8Array) => rawFrame(BINARY, payload)

const cases: { what: string; bytes: () => Buffer; codes: number[] }[] = [
  { what: 'an RSV2 bit', bytes: () => rawFrame(0x80 | 0x20 | 2, Buffer.from('x')), codes: [1002] },
  { what: 'a close frame of 126 bytes', bytes: () => rawFrame(0x88, Buffer.alloc(126)), codes: [1002] },
  { what: 'an unmasked frame', bytes: () => rawFrame(BINARY, Buffer.from([3]), { masked: false }), codes: [1002] },
  { what: 'a reserved opcode', bytes: () => rawFrame(0x83, Buffer.from('x')), codes: [1002] },
  { what: 'a fragmented control frame', bytes: () => rawFrame(0x09, Buffer.from('x')), codes: [1002] },
  { what: 'an invalid close code', bytes: () => rawFrame(0x88, Buffer.from([3, 237])), codes: [1002] },
  { what: 'text that is not UTF-8', bytes: () => rawFrame(0x81, Buffer.from([0xff, 0xfe])), codes: [1007] },
  { what: 'a text frame', bytes: () => rawFrame(0x81, Buffer.from('hello')), codes: [4400] },
  {
    what: 'a text frame that looks like a step 1',
    bytes: () => rawFrame(0x81, Buffer.from('2000000000')),
    codes: [4400],
  },
  {
    what: 'a ping flood',
    bytes: () => Buffer.concat(Array.from({ length: 2000 }, () => rawFrame(0x89, Buffer.alloc(125)))),
    codes: [4429],
  },
  {
    what: 'a message of 2 MB by its header',
    bytes: () => rawFrame(BINARY, Buffer.alloc(10), { claimed: 2 << 20 }),
    codes: [1009],
  },
  {
    what: 'a message in 100,000 fragments',
    bytes: () =>
      Buffer.concat([
        rawFrame(0x02, Buffer.from([0])),
        ...Array.from({ length: 100_000 }, () => rawFrame(0x00, Buffer.from([0]))),
      ]),
    codes: [1008, 1009],
  },
  ...HOSTILE_PAYLOADS.map(({ what, frames, codes }) => ({
    what,
    bytes: () => Buffer.concat(frames(housing.doc).map(binary)),
    codes,
  })),
]

let written = 0
async function honestGoOn(): Promise<void> {
  const word = `줄${written++}`
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [new Y.XmlText(word)])
  const [from, to] = written % 2 === 0 ? [housing, health] : [health, housing]
  discussionOf(from.doc).push([paragraph])
  await until(() => discussionOf(to.doc).toString().includes(`<paragraph>${word}</paragraph>`), `${word} to arrive`)
}

test.each(cases)('[SE2] $what costs its sender the socket and nobody anything', async ({ what, bytes, codes }) => {
  await honestGoOn()
  const bad = await come()
  expect(bad.status).toBe(101)
  const frame = bytes()
  const cpu = process.cpuUsage()
  bad.write(frame)
  await until(() => bad.closeCode() !== undefined || bad.isClosed(), 'the close')
  bad.socket.destroy()
  const { user, system } = process.cpuUsage(cpu)
  if ((user + system) / 1000 > dearest.cpuMs) dearest = { what, cpuMs: (user + system) / 1000 }
  expect(codes).toContain(bad.closeCode())
  await honestGoOn()
  expect(housing.provider.wsconnected && health.provider.wsconnected).toBe(true)
})

test('[AW3] a kick and a poisoned clock against somebody’s presence change nothing', async () => {
  housing.provider.awareness.setLocalState({ field: 'discussion' })
  const shown = () => health.provider.awareness.getStates().get(housing.doc.clientID)
  await until(() => shown()?.field === 'discussion', 'the presence')
  const bad = await come()
  const client = housing.doc.clientID
  bad.write(binary(writeAwareness([{ client, clock: 2 ** 40, state: undefined }])))
  bad.write(binary(writeAwareness([{ client, clock: 2 ** 41, state: { field: 'stolen' } }])))
  await honestGoOn()
  expect(shown()?.field).toBe('discussion')
  housing.provider.awareness.setLocalState({ field: 'decision' })
  await until(() => shown()?.field === 'decision', 'the next word')
  bad.socket.destroy()
})

test('[SE4] a reader that never reads is cut, and memory does not grow with what it was to be sent', async () => {
  const bad = await come()
  bad.socket.pause()
  bad.write(binary(writeStep1(Uint8Array.of(0))))
  const text = '가'.repeat(60_000)
  let sent = 0
  while (server.sockets.counts().open > 2 && sent < 200) {
    sent++
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText(text)])
    discussionOf(housing.doc).push([paragraph])
    discussionOf(housing.doc).delete(discussionOf(housing.doc).length - 1, 1)
    await honestGoOn()
  }
  expect(server.sockets.counts().open).toBe(2)
  expect(server.log.lines.some(line => JSON.stringify(line.fields).includes('slow-reader'))).toBe(true)
  bad.socket.destroy()
}, 240_000)

test('[SY1] after all of it the honest two and the store have the same text, and no case was dear', async () => {
  await until(() => discussionOf(housing.doc).toString() === discussionOf(health.doc).toString(), 'the same text')
  const { doc } = RoomDocument.fromStored(await server.store.load(NAME))
  expect(discussionOf(doc).toString()).toBe(discussionOf(housing.doc).toString())
  expect(written).toBeGreaterThan(cases.length * 2)
  // Not the clock's time: on a busy machine that says nothing. Waiting in a loop for the close is in it too.
  expect(dearest.cpuMs, dearest.what).toBeLessThan(process.env.DEEP ? 300 : 2_000)
  console.info(
    `dearest hostile case: ${dearest.what}, ${Math.round(dearest.cpuMs)} ms of processor time, waiting included`,
  )
})
