/** The live channel's other end, without sockets: a meeting of plain values, lines that open, break and hold answers back when told to. */
import type { LineEvents, LiveLine, OpenLine, Transport } from '../../../client/meeting/live-line.ts'
import type { CommandId, ConferenceId, ItemId, UserId } from '../../../shared/ids.ts'
import { idFromBytes } from '../../../shared/ids.ts'
import { changeBetween, type MeetingView } from '../../../shared/meeting/meeting-view.ts'
import type { Ack, CommandName, MeetingSnapshot } from '../../../shared/protocol/live-channel.ts'
import type { RefusalReason } from '../../../shared/protocol/refusals.ts'

export const CONFERENCE = 'conference-0123456789a' as ConferenceId
export const CHAIR = 'chair-0123456789abcdef' as UserId

export function emptyView(): MeetingView {
  return {
    chair: { userId: CHAIR, since: null, awaySince: null, order: [CHAIR] },
    pointer: null,
    attendance: [],
    progress: {},
    speaking: { now: null, since: null, queue: [] },
    online: [CHAIR],
    features: { timer: false, requests: false, brainstorming: false, voting: false, quorum: false },
    quorumChoice: 'majority',
    quorum: null,
    hearings: {},
    own: { cards: {} },
  }
}

interface Said {
  name: CommandName
  commandId: CommandId
  body: object
}

interface Connected {
  events: LineEvents
  isOpen: boolean
  joined: boolean
  n: number
  sent: MeetingView
}

export class FakeMeetingServer {
  view = emptyView()
  /** Commands that took effect, each once. */
  readonly done: Said[] = []
  /** Everything that arrived, repetitions included. */
  readonly heard: Said[] = []
  readonly tried: (readonly Transport[])[] = []
  joins = 0
  nowMs = Date.UTC(2026, 10, 24, 5)
  /** How the next lines go. */
  opening: 'opens' | 'refused' | 'hangs' = 'opens'
  transport: Transport = 'websocket'
  joinAnswer: RefusalReason | null = null
  commandAnswer: RefusalReason | null = null
  losesAcks = false
  #lines: Connected[] = []

  readonly openLine: OpenLine = (transports, events) => {
    this.tried.push(transports)
    const line: Connected = { events, isOpen: true, joined: false, n: 0, sent: this.view }
    this.#lines.push(line)
    if (this.opening === 'opens') queueMicrotask(() => line.isOpen && events.opened(this.transport))
    else if (this.opening === 'refused') queueMicrotask(() => this.#end(line, null))
    return this.#lineOf(line)
  }

  #lineOf(line: Connected): LiveLine {
    return {
      join: (_conferenceId, ack) => {
        this.joins += 1
        const answer: Ack<MeetingSnapshot> =
          this.joinAnswer === null
            ? {
                ok: true,
                value: {
                  view: this.view,
                  now: new Date(this.nowMs).toISOString(),
                  connectionId: idFromBytes(new Uint8Array(16)),
                },
              }
            : { ok: false, reason: this.joinAnswer, message: '' }
        line.joined = answer.ok
        line.n = 0
        line.sent = this.view
        queueMicrotask(() => line.isOpen && ack(answer))
      },
      command: (name, body, ack) => {
        const said = { name, commandId: body.commandId, body }
        this.heard.push(said)
        if (this.commandAnswer === null && !this.done.some(one => one.commandId === said.commandId))
          this.done.push(said)
        if (this.losesAcks) return
        const answer: Ack<null> =
          this.commandAnswer === null
            ? { ok: true, value: null }
            : { ok: false, reason: this.commandAnswer, message: '' }
        queueMicrotask(() => line.isOpen && ack(answer))
      },
      close: () => {
        line.isOpen = false
      },
    }
  }

  /** What holds changes; everybody who has joined is told, unless the change is `lost` on the way. */
  set(change: Partial<MeetingView>, { lost = false } = {}): void {
    this.view = { ...this.view, ...change }
    for (const line of this.#open()) {
      if (!line.joined) continue
      const step = changeBetween(line.sent, this.view, line.n + 1)
      if (step === undefined) continue
      line.n += 1
      line.sent = this.view
      if (!lost) line.events.change(CONFERENCE, step)
    }
  }

  pointTo(itemId: string): void {
    this.set({
      pointer: { itemId: itemId as ItemId, place: null, since: new Date(this.nowMs).toISOString(), by: CHAIR },
    })
  }

  /** All lines break, with or without a word before. */
  breakLines(reason: RefusalReason | null = null): void {
    for (const line of this.#open()) this.#end(line, reason)
  }

  /** The server says it before it cuts. */
  sayClosed(reason: RefusalReason, conferenceId: ConferenceId | null): void {
    for (const line of this.#open()) line.events.closed(reason, conferenceId)
  }

  get openLines(): number {
    return this.#open().length
  }

  #open(): Connected[] {
    return this.#lines.filter(line => line.isOpen)
  }

  #end(line: Connected, reason: RefusalReason | null): void {
    if (!line.isOpen) return
    line.isOpen = false
    line.events.ended(reason)
  }
}
