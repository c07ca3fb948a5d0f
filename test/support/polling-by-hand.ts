/** Polling clients that do what they are told, right or wrong: one that speaks socket.io and says any event, one that asks only when told to. */
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { Manager, type Socket } from 'socket.io-client'
import { LIVE_PATH } from '../../shared/protocol/live-channel.ts'
import { type DeliveryEntry, POLLING_NAMESPACE } from '../../shared/protocol/polling.ts'
import { ORIGIN } from './sync-server.ts'

export interface AnyEvents {
  socket: Socket
  /** Everything delivered so far, in order. */
  entries: DeliveryEntry[]
  /** What ended a channel, once it did. */
  closeOf(channel: number): { code: number; reason: string } | undefined
  /** Why the connection ended, once it did. */
  ending(): string | undefined
  leave(): void
}

export function comeByPolling(port: number, person: string): AnyEvents {
  const manager = new Manager(`http://127.0.0.1:${port}`, {
    path: LIVE_PATH,
    transports: ['polling'],
    upgrade: false,
    reconnection: false,
    forceNew: true,
    extraHeaders: { origin: ORIGIN, cookie: `person=${person}` },
  })
  const socket = manager.socket(POLLING_NAMESPACE)
  const entries: DeliveryEntry[] = []
  let ending: string | undefined
  socket.on('deliver', (list: DeliveryEntry[]) => entries.push(...list))
  socket.on('closed', (reason: string) => {
    ending ??= reason
  })
  socket.on('disconnect', reason => {
    ending ??= reason
  })
  return {
    socket,
    entries,
    closeOf(channel) {
      for (const [of, step, ...rest] of entries) {
        if (of === channel && step === 'closed') return { code: Number(rest[0]), reason: String(rest[1]) }
      }
      return undefined
    },
    ending: () => ending,
    leave: () => {
      socket.disconnect()
    },
  }
}

export interface SlowPoller {
  say(...packets: string[]): Promise<void>
  /** One request; resolves with the whole answer. */
  ask(): Promise<{ status: number; text: string }>
  /** One request whose answer is not read. */
  askAndNotRead(): Promise<UnreadAnswer>
  /** Says goodbye; a connection that the server has ended already takes no notice. */
  leave(): Promise<void>
}

export interface UnreadAnswer {
  /** How long it says it is. */
  bytes: number
  /** Reads on; resolves with what came and whether it was whole. */
  read(): Promise<{ text: string; whole: boolean }>
}

/** Begins a connection and enters the namespace; nothing more is asked by itself. */
export async function pollWhenTold(port: number, person: string): Promise<SlowPoller> {
  const headers = { origin: ORIGIN, cookie: `person=${person}` }
  let sid = ''
  const path = () => `${LIVE_PATH}?EIO=4&transport=polling${sid && `&sid=${sid}`}`
  const send = (method: string, body?: string): ClientRequest => {
    const asked = request({ port, host: '127.0.0.1', method, path: path(), headers, agent: false })
    asked.end(body)
    return asked
  }
  const answered = (asked: ClientRequest) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      asked.once('response', resolve)
      asked.once('error', reject)
    })
  const whole = async (asked: ClientRequest) => {
    const answer = await answered(asked)
    const chunks: Buffer[] = []
    for await (const chunk of answer) chunks.push(chunk as Buffer)
    return { status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }
  }
  const poller: SlowPoller = {
    async say(...packets) {
      const { status } = await whole(send('POST', packets.join('\u001e')))
      if (status !== 200) throw new Error(`What was said was answered ${status}`)
    },
    ask: () => whole(send('GET')),
    async askAndNotRead() {
      const asked = send('GET')
      const answer = await answered(asked)
      answer.pause()
      asked.on('error', () => {})
      return {
        bytes: Number(answer.headers['content-length']),
        read: () =>
          new Promise(resolve => {
            const chunks: Buffer[] = []
            answer.on('data', (chunk: Buffer) => chunks.push(chunk))
            answer.on('error', () => {})
            answer.on('close', () => resolve({ text: Buffer.concat(chunks).toString(), whole: answer.complete }))
            answer.resume()
          }),
      }
    },
    leave: () => poller.say('1').catch(() => undefined),
  }
  await begin()
  return poller

  async function begin(): Promise<void> {
    const { text } = await poller.ask()
    sid = (JSON.parse(text.slice(1)) as { sid: string }).sid
    await poller.say(`40${POLLING_NAMESPACE},`)
    await poller.ask()
  }
}

/** A namespace event as a packet. */
export const packet = (event: string, ...args: unknown[]): string =>
  `42${POLLING_NAMESPACE},${JSON.stringify([event, ...args])}`
