/**
 * Figures of one room over real sockets, server and load each in a process of its own:
 *
 *   npx tsx test/support/measure-rooms.ts [full-speed|typing]
 *
 *   full-speed  10 writers send as fast as receipts come back: delivered updates a second, server CPU per update
 *   typing      30 people, 10 of them typing 10 characters a second: delay from key to the other 29 screens' sockets
 *
 * The server is the whole path: guard, sealed records on the embedded store, receipts. What the load counts are WebSocket frames with an update;
 * it does not apply them, so that the server is what is measured.
 */
import { fork } from 'node:child_process'
import type { Socket } from 'node:net'
import * as Y from 'yjs'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import { discussionOf } from '../../shared/documents/item-document.ts'
import type { UserId } from '../../shared/ids.ts'
import { RECEIPTS_SUBPROTOCOL } from '../../shared/protocol/protocol-version.ts'
import { writeStep1, writeUpdate } from '../../shared/protocol/sync-frames.ts'
import { rawFrame, upgradeByHand } from './raw-socket.ts'
import { ITEM } from './room-under-test.ts'
import { ORIGIN, openSyncServer } from './sync-server.ts'

const NAME = documentNameOf(ITEM)
const BINARY = 0x82

interface ServerFigures {
  cpuMs: number
  rssMb: number
}

async function serve(): Promise<void> {
  const unlimited = { frameBurst: 1e9, framesPerSecond: 1e9, byteBurst: 1e12, bytesPerSecond: 1e12 }
  const server = await openSyncServer({ limits: unlimited, doorLimits: { maxPerUser: 1000 } })
  for (let n = 0; n < 100; n++) server.access.set(`p${n}`.padEnd(22, '_') as UserId, ITEM, { mayWrite: true })
  let cpu = process.cpuUsage()
  process.on('message', (message: string) => {
    if (message === 'start') cpu = process.cpuUsage()
    if (message === 'figures') {
      const used = process.cpuUsage(cpu)
      process.send?.({ cpuMs: (used.user + used.system) / 1000, rssMb: process.memoryUsage.rss() / 2 ** 20 })
    }
    if (message === 'stop') {
      server.close().then(
        () => process.exit(0),
        () => process.exit(1),
      )
    }
  })
  process.send?.({ port: server.port })
}

/** One connection that counts what it hears. */
class Listener {
  updates = 0
  stored = 0
  onUpdate: (client: number) => void = () => {}
  onReceipt: () => void = () => {}
  readonly socket: Socket
  #rest: Buffer = Buffer.alloc(0)

  constructor(socket: Socket, first: Buffer) {
    this.socket = socket
    socket.setNoDelay(true)
    this.#read(first)
    socket.removeAllListeners('data')
    socket.on('data', chunk => this.#read(chunk))
  }

  send(frame: Uint8Array): void {
    this.socket.write(rawFrame(BINARY, frame))
  }

  #read(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    let at = 0
    while (at + 2 <= bytes.length) {
      const short = (bytes[at + 1] ?? 0) & 127
      const head = short < 126 ? 2 : short === 126 ? 4 : 10
      if (at + head > bytes.length) break
      const length =
        short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2))
      if (at + head + length > bytes.length) break
      this.#hear(bytes, at + head)
      at += head + length
    }
    this.#rest = bytes.subarray(at)
  }

  #hear(bytes: Buffer, at: number): void {
    if (bytes[at] === 120) {
      this.stored = varUint(bytes, at + 1).value
      this.onReceipt()
    } else if (bytes[at] === 0 && bytes[at + 1] === 2) {
      this.updates++
      // type, kind, length, then one client with one struct: its id is what follows.
      const length = varUint(bytes, at + 2)
      this.onUpdate(varUint(bytes, length.next + 2).value)
    }
  }
}

function varUint(bytes: Buffer, at: number): { value: number; next: number } {
  let value = 0
  let factor = 1
  let next = at
  for (;;) {
    const byte = bytes[next++] ?? 0
    value += (byte & 127) * factor
    factor *= 128
    if (byte < 128) return { value, next }
  }
}

/** One person's typing, one update per character, made beforehand. */
function typing(client: number, characters: number): Uint8Array[] {
  const doc = new Y.Doc()
  doc.clientID = client
  const frames: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => frames.push(rawFrame(BINARY, writeUpdate(update))))
  const paragraph = new Y.XmlElement('paragraph')
  const text = new Y.XmlText()
  paragraph.insert(0, [text])
  discussionOf(doc).insert(0, [paragraph])
  for (let i = 0; i < characters; i++) text.insert(i, '가')
  return frames
}

async function join(port: number, n: number): Promise<Listener> {
  const headers = [`Origin: ${ORIGIN}`, `Sec-WebSocket-Protocol: ${RECEIPTS_SUBPROTOCOL}`]
  const raw = await upgradeByHand({ port, path: `/sync/${NAME}`, headers, person: `p${n}`.padEnd(22, '_') })
  if (raw.status !== 101) throw new Error(`refused with ${raw.status}`)
  const listener = new Listener(raw.socket, raw.received())
  listener.send(writeStep1(Uint8Array.of(0)))
  return listener
}

async function withServer(measure: (port: number, ask: (what: string) => Promise<ServerFigures>) => Promise<void>) {
  const child = fork(process.argv[1] ?? '', ['serve'], {
    execArgv: [...process.execArgv, ...(process.env.SERVER_ARGS?.split(' ') ?? [])],
  })
  const next = () => new Promise<never>(resolve => child.once('message', message => resolve(message as never)))
  const { port } = (await next()) as { port: number }
  try {
    await measure(port, async what => {
      child.send(what)
      return what === 'figures' ? await next() : ({} as ServerFigures)
    })
  } finally {
    child.send('stop')
    await new Promise(resolve => child.once('exit', resolve))
  }
}

async function fullSpeed(): Promise<void> {
  const writers = 10
  const each = Number(process.env.CHARACTERS ?? 20_000)
  const window = 400
  await withServer(async (port, ask) => {
    const scripts = Array.from({ length: writers }, (_, n) => typing(1000 + n, each))
    const people = await Promise.all(scripts.map((_, n) => join(port, n)))
    await new Promise(resolve => setTimeout(resolve, 300))
    await ask('start')
    const startedAt = performance.now()
    await Promise.all(
      people.map(
        (person, n) =>
          new Promise<void>(resolve => {
            const script = scripts[n] ?? []
            let sent = 0
            const pump = () => {
              const until = Math.min(script.length, person.stored + window)
              if (sent < until) {
                person.socket.write(Buffer.concat(script.slice(sent, until)))
                sent = until
              }
              if (person.stored >= script.length) resolve()
            }
            person.onReceipt = pump
            pump()
          }),
      ),
    )
    const seconds = (performance.now() - startedAt) / 1000
    const figures = await ask('figures')
    await new Promise(resolve => setTimeout(resolve, 500))
    const accepted = writers * (each + 1)
    const delivered = people.reduce((sum, person) => sum + person.updates, 0)
    console.info(
      `full speed: ${accepted} updates in ${seconds.toFixed(2)} s: ${Math.round(accepted / seconds)} accepted/s, ` +
        `${Math.round(delivered / seconds)} delivered/s (${delivered} of ${accepted * (writers - 1)}), ` +
        `server CPU ${((figures.cpuMs * 1000) / accepted).toFixed(1)} µs per update, ` +
        `${((figures.cpuMs * 1000) / delivered).toFixed(2)} µs per delivery, ${figures.rssMb.toFixed(0)} MB`,
    )
    for (const person of people) person.socket.destroy()
  })
}

async function typists(): Promise<void> {
  const everybody = 30
  const typing10 = 10
  const seconds = Number(process.env.SECONDS ?? 10)
  await withServer(async (port, ask) => {
    const people = await Promise.all(Array.from({ length: everybody }, (_, n) => join(port, n)))
    const scripts = Array.from({ length: typing10 }, (_, n) => typing(1000 + n, seconds * 10 + 5))
    const sentAt = scripts.map(() => [] as number[])
    const delays: number[] = []
    const receipts: number[] = []
    for (const [p, person] of people.entries()) {
      const heard = new Array<number>(typing10).fill(0)
      person.onUpdate = client => {
        const writer = client - 1000
        const at = sentAt[writer]?.[heard[writer] ?? 0]
        heard[writer] = (heard[writer] ?? 0) + 1
        if (at !== undefined) delays.push(performance.now() - at)
      }
      person.onReceipt = () => {
        const at = sentAt[p]?.[person.stored - 1]
        if (at !== undefined) receipts.push(performance.now() - at)
      }
    }
    await new Promise(resolve => setTimeout(resolve, 300))
    await ask('start')
    await Promise.all(
      scripts.map(async (script, n) => {
        await new Promise(resolve => setTimeout(resolve, n * 10))
        for (const frame of script) {
          sentAt[n]?.push(performance.now())
          people[n]?.socket.write(frame)
          await new Promise(resolve => setTimeout(resolve, 100))
        }
      }),
    )
    const { cpuMs } = await ask('figures')
    const updates = sentAt.reduce((sum, times) => sum + times.length, 0)
    console.info(
      `typing: ${updates} updates, ${delays.length} deliveries, delay ${percentiles(delays)}; ` +
        `to the receipt ${percentiles(receipts)}; server CPU ${((cpuMs * 1000) / delays.length).toFixed(0)} µs per delivery`,
    )
    for (const person of people) person.socket.destroy()
  })
}

function percentiles(values: number[]): string {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (p: number) => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? 0).toFixed(2)
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, most ${at(1)} ms`
}

const what = process.argv[2]
if (what === 'serve') await serve()
else {
  if (what !== 'typing') await fullSpeed()
  if (what !== 'full-speed') await typists()
}
