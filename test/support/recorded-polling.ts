/**
 * The lines of a recorded browser that go over polling: puts each document's frames together from the requests' bodies (PROTOCOL.md, "Over
 * polling"; engine.io 4 separates packets by U+001E and writes a message as `4`, socket.io an event as `2/namespace,[…]`).
 */
import { MEETING_NAMESPACE } from '../../shared/protocol/live-channel.ts'
import { POLLING_NAMESPACE } from '../../shared/protocol/polling.ts'
import { type RecordedSocket, recordedSocket, takeFrame } from './recorded-socket.ts'

export class RecordedPolling {
  /** Lines to documents. */
  readonly #sockets: RecordedSocket[]
  readonly #live: RecordedSocket[]
  /** By engine session, then by channel; the meeting's under 0. */
  readonly #lines = new Map<string, Map<number, RecordedSocket>>()

  /** @param into where new lines are put, in the order of their opening */
  constructor(into: { sockets: RecordedSocket[]; live: RecordedSocket[] }) {
    this.#sockets = into.sockets
    this.#live = into.live
  }

  /** A request's body. */
  asked(url: string, body: string | null): void {
    const session = sessionOf(url)
    for (const packet of packetsOf(body ?? '')) {
      const { namespace, event } = packet
      if (namespace !== POLLING_NAMESPACE || event === undefined) continue
      const [name, channel, words] = event
      if (typeof channel !== 'number') continue
      if (name === 'open') this.#add(session, channel, recordedSocket(String(words)), this.#sockets)
      const line = this.#lines.get(session)?.get(channel)
      if (name === 'frame') line?.sent.push({ at: Date.now(), bytes: Buffer.from(String(words), 'base64') })
      if (name === 'close' && line) line.closedAt ??= Date.now()
    }
  }

  /** An answer's body. */
  answered(url: string, body: string): void {
    const session = sessionOf(url)
    for (const { namespace, event, text } of packetsOf(body)) {
      if (namespace === MEETING_NAMESPACE) {
        const line = this.#lineOf(session, 0) ?? this.#add(session, 0, recordedSocket('the live channel'), this.#live)
        line.received.push({ at: Date.now(), bytes: Buffer.from(text) })
      } else if (namespace === POLLING_NAMESPACE && event?.[0] === 'deliver') {
        for (const entry of Array.isArray(event[1]) ? event[1] : []) this.#deliver(session, entry)
      }
    }
  }

  /** A request that came to nothing: with it the connection is over. */
  failed(url: string): void {
    for (const line of this.#lines.get(sessionOf(url))?.values() ?? []) line.closedAt ??= Date.now()
  }

  #deliver(session: string, entry: unknown): void {
    if (!Array.isArray(entry)) return
    const [channel, step, ...rest] = entry
    const line = this.#lineOf(session, Number(channel))
    if (line === undefined) throw new Error(`Something was delivered to a channel that nobody opened: ${entry}`)
    if (step === 'closed') line.closedAt ??= Date.now()
    if (step === 'frames') for (const frame of rest) takeFrame(line, Buffer.from(String(frame), 'base64'))
  }

  #lineOf(session: string, channel: number): RecordedSocket | undefined {
    return this.#lines.get(session)?.get(channel)
  }

  #add(session: string, channel: number, line: RecordedSocket, list: RecordedSocket[]): RecordedSocket {
    const lines = this.#lines.get(session) ?? new Map<number, RecordedSocket>()
    this.#lines.set(session, lines.set(channel, line))
    list.push(line)
    return line
  }
}

const sessionOf = (url: string): string => new URL(url).searchParams.get('sid') ?? ''

interface Packet {
  namespace: string
  /** The name and arguments of an event. */
  event: unknown[] | undefined
  text: string
}

/** The messages in one body; what is not one (an opening, a ping) is left out. */
function packetsOf(body: string): Packet[] {
  return body.split('\u001e').flatMap(text => {
    const [, kind, namespace, json] = /^4(\d)(?:(\/[^,]*),)?\d*(.*)$/s.exec(text) ?? []
    if (namespace === undefined) return []
    const event: unknown = kind === '2' ? JSON.parse(json ?? '') : undefined
    return [{ namespace, event: Array.isArray(event) ? event : undefined, text }]
  })
}
