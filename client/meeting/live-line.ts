/**
 * One connection of the live channel, from opening to its end; never opened again. What a meeting needs of socket.io and no more, so that
 * tests put their own line in its place. Runs in Node as well.
 */
import { io, type Socket } from 'socket.io-client'
import type { ConferenceId } from '../../shared/ids.ts'
import type { MeetingChange } from '../../shared/meeting/meeting-view.ts'
import {
  type Ack,
  type ClientEvents,
  type CommandBody,
  type CommandName,
  type JoinBody,
  LIVE_PATH,
  MEETING_NAMESPACE,
  type MeetingSnapshot,
  type ServerEvents,
} from '../../shared/protocol/live-channel.ts'
import { REFUSALS, type RefusalReason } from '../../shared/protocol/refusals.ts'

export type Transport = 'websocket' | 'polling'

export interface LineEvents {
  opened(transport: Transport): void
  /** The end, told once: before it opened or after. `reason` when the server gave one. */
  ended(reason: RefusalReason | null): void
  change(conferenceId: ConferenceId, change: MeetingChange): void
  closed(reason: RefusalReason, conferenceId: ConferenceId | null): void
}

export interface LiveLine {
  join(body: JoinBody, ack: (answer: Ack<MeetingSnapshot>) => void): void
  command<Name extends CommandName>(name: Name, body: CommandBody<Name>, ack: (answer: Ack<null>) => void): void
  /** Nothing is told afterwards. */
  close(): void
}

/** @param transports in the order to try them */
export type OpenLine = (transports: readonly Transport[], events: LineEvents) => LiveLine

export interface SocketLineOptions {
  /** e.g. `https://host`. */
  serverUrl: string
  /** Node only: a browser sends its cookies and origin by itself. */
  headers?: Record<string, string>
}

/** A proxy that swallows an upgrade without an answer costs so long. */
const OPENS_WITHIN_MS = 6_000

export function socketLines({ serverUrl, headers }: SocketLineOptions): OpenLine {
  return (transports, events) => {
    const socket: Socket<ServerEvents, ClientEvents> = io(`${serverUrl}${MEETING_NAMESPACE}`, {
      path: LIVE_PATH,
      transports: [...transports],
      tryAllTransports: true,
      // Where polling works and WebSockets do not, trying again and again would only make noise; the next line tries anew.
      upgrade: transports[0] === 'websocket',
      // Coming back is decided in one place (meeting-link.ts).
      reconnection: false,
      forceNew: true,
      timeout: OPENS_WITHIN_MS,
      ...(headers && { extraHeaders: headers }),
    })
    let over = false
    const end = (reason: RefusalReason | null) => {
      if (over) return
      over = true
      socket.disconnect()
      events.ended(reason)
    }
    const unlessOver =
      <Args extends unknown[]>(listener: (...args: Args) => void) =>
      (...args: Args) => {
        if (!over) listener(...args)
      }
    socket.on(
      'connect',
      unlessOver(() => events.opened(socket.io.engine.transport.name === 'polling' ? 'polling' : 'websocket')),
    )
    socket.on('connect_error', error => end(reasonOfError(error)))
    socket.on('disconnect', () => end(null))
    socket.on('meeting.change', unlessOver(events.change))
    socket.on('closed', unlessOver(events.closed))
    return {
      join: (body, ack) => socket.emit('meeting.join', body, unlessOver(ack)),
      command: (name, body, ack) => socket.emit('command', name, body, unlessOver(ack)),
      close: () => {
        over = true
        socket.disconnect()
      },
    }
  }
}

/** A refusal before the namespace opened carries its reason as the message, or in its data. */
function reasonOfError(error: Error & { data?: unknown }): RefusalReason | null {
  const { data } = error
  const told = typeof data === 'object' && data !== null && 'reason' in data ? data.reason : error.message
  return typeof told === 'string' && Object.hasOwn(REFUSALS, told) ? (told as RefusalReason) : null
}
